import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqStore
import SegqSystem

extension Session {
  /// `forget customer 42`: removes a customer from every table and segment, and from the files of the
  /// workspace.
  func forget(_ customer: Expression, in source: SourceText) throws(ShellError) {
    for table in catalog.tableNames {
      _ = try planned { () throws(Diagnostic) in try catalog.table(table) }
    }
    var removal: Store.Removal?
    var email: String?
    _ = try changing(forgetting: { (id: Int64?) in id }) { () throws(ShellError) in
      let row = try planned { () throws(Diagnostic) in
        try Planner.customer(customer, source, catalog)
      }
      guard let row else { return nil }
      email = catalog.store.customers?.text(row, "email")
      let id = catalog.store.customers?.identity(row)
      var store = catalog.store
      removal = store.forget(
        customer: row, namedIn: Recognition.customerColumns, catalog.execution)
      guard removal != nil else { throw .interrupted }
      catalog.replace(store, waiting: [])
      return id
    }
    forgetResults()
    if let workspace, try kept({ () throws(StoreError) in try !workspace.scrub() }) {
      tell(
        Diagnostic(
          .warning, code: "still-read",
          "another program reads \(workspace.path); the log of its catalog is emptied when it leaves"
        ),
        in: nil)
    }
    if let removal { tell(removal) }
    for mention in removal?.mentions ?? [] {
      tell(
        Diagnostic(
          .warning, code: "still-mentioned",
          "\(mention.count) \(mention.count == 1 ? "row" : "rows") of \(mention.table) still "
            + "\(mention.count == 1 ? "has" : "have") the email in '\(mention.column)'",
          help: "select \(mention.table) where \(mention.column) contains '\(email ?? "")'"),
        in: nil)
    }
    if let email { tellRules(naming: email) }
  }

  /// `forgotten: 1 row of customers, 3 rows of orders; a member of segments 1, 5`
  private func tell(_ removal: Store.Removal) {
    guard !options.isQuiet else { return }
    let rows = removal.rows.map { table, count in
      "\(count) \(count == 1 ? "row" : "rows") of \(table)"
    }
    let segments = removal.segments.map(String.init).joined(separator: ", ")
    let membership =
      removal.segments.isEmpty
      ? "" : "; a member of \(removal.segments.count == 1 ? "segment" : "segments") \(segments)"
    tellLine("forgotten: \(rows.joined(separator: ", "))\(membership)")
    tell("the files that were loaded still hold what they held\n")
    answerNotUndoable("forget")
  }

  private func tellRules(naming email: String) {
    let wanted = email.lowercased()
    for segment in catalog.segments
    where [segment.name, segment.rule, segment.description].contains(where: {
      $0?.lowercased().contains(wanted) ?? false
    }) {
      tell(
        Diagnostic(
          .warning, code: "named-in-segment",
          "segment \(segment.id) '\(segment.name)' still names the customer",
          help: "alter or drop it"), in: nil)
    }
  }
}

extension Table {
  fileprivate func text(_ row: Int, _ name: String) -> String? {
    guard let column = column(named: name), case .text(let text) = columns[column].values[row],
      !text.isEmpty
    else { return nil }
    return text
  }
}
