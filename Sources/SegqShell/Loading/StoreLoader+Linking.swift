import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqRecords

// What there is to say of how rows are linked.
extension StoreLoader {
  /// Guests' orders with the email of a customer are counted, unless they are linked by it.
  func countGuests(
    of name: String, _ builder: TableBuilder, _ key: LinkKey, _ customers: Table
  ) throws(ShellError) {
    guard let count = builder.guestCount(key, of: customers, execution) else { throw .interrupted }
    guard count > 0 else { return }
    let rows = "\(count) \(count == 1 ? "row" : "rows") without a customer id"
    report.note(name) {
      $0.notes.append("\(rows) \(count == 1 ? "has" : "have") a customer's email")
    }
    warn(
      Diagnostic(
        .note, code: "guests",
        "\(name): \(rows) \(count == 1 ? "has" : "have") the email of a customer and "
          + "\(count == 1 ? "is" : "are") linked to nobody",
        help: "set guests = match links them to the customer with that email"))
  }

  /// Warns where a table that belongs to customers, such as orders, names none.
  func noteUnlinked(_ rows: FileRows, in plan: LoadPlan, _ store: Store) {
    guard rows.shape.links.isEmpty, Recognition.belongsToCustomers(rows.shape.name),
      plan.recipe(named: "customers") != nil || store.customers != nil
    else { return }
    let text =
      "no column has the customer's id or email, so its \(rows.shape.name) are linked to nobody"
    report.note(rows.name) { $0.notes.append(text) }
    warn(
      Diagnostic(
        .warning, code: "unlinked", "\(rows.name): \(text)",
        help: "load '\(rows.item.path)' as \(rows.shape.name) (customer = 'HEADER')"))
  }

  /// Reports how many rows are linked, and warns of those that name a row which is not there.
  func noteLink(
    of name: String, _ shape: TableShape, _ builder: TableBuilder,
    _ parent: (table: Table, link: TableShape.Link), _ table: Table
  ) {
    let linked = table.linkedCount
    report.note(name) { file in
      guard file.table == shape.name else { return }
      file.linked = (file.linked ?? 0) + linked
      file.unlinked = (file.unlinked ?? 0) + table.rowCount - linked
    }
    guard builder.orphanCount > 0 else { return }
    let header = shape.columns[parent.link.column].header
    warn(
      .orphans(
        builder.orphanCount, ambiguous: builder.ambiguousCount, of: name, by: header,
        in: parent.table.name))
  }
}

extension Table {
  /// How many rows are linked to a row of the parent.
  var linkedCount: Int { parent.map { rowCount - $0.looseCount(of: rowCount) } ?? 0 }
}

extension ParentLink {
  /// How many of so many rows are linked to nothing; they come behind all others.
  func looseCount(of rowCount: Int) -> Int {
    rowCount - Int(offsets.span[table.rowCount])
  }
}

extension String {
  /// `a Customer ID`, `an Order ID`
  fileprivate var withArticle: String {
    let isVowel = first.map { "aeiou".contains($0.lowercased()) } ?? false
    return (isVowel ? "an " : "a ") + self
  }
}

extension Diagnostic {
  /// Rows that name a row of a parent which is not there.
  static func orphans(
    _ count: Int, ambiguous: Int = 0, of rows: String, by header: String, in parent: String
  ) -> Diagnostic {
    let several = ambiguous == 0 ? "" : ", \(ambiguous) of them an email of several \(parent)"
    let kept = count == 1 ? "it is kept and belongs" : "they are kept and belong"
    return Diagnostic(
      .warning, code: "orphans",
      "\(rows): \(count) \(count == 1 ? "row has" : "rows have") \(header.withArticle) "
        + "that no row of \(parent) has\(several); \(kept) to nobody")
  }
}
