import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqRecords

// What a table has from other files: more columns by its ids, names for its codes, the customer's
// default address.
extension StoreLoader {
  func complete(
    _ rows: inout FileRows, _ recipe: TableRecipe, _ plan: LoadPlan, _ files: ReadFiles
  ) throws(ShellError) {
    for item in recipe.columns {
      var more = try fileRows(of: item)
      try accept(&more, besides: nil)
      rows.addColumns(of: more)
    }
    try addAttributes(to: &rows, plan)
    if rows.shape.name == "customers" {
      try addAddresses(to: &rows, plan, files)
      try addIDs(to: &rows, plan, files)
    }
    try addLookups(to: &rows, plan, files)
    try takeKeys(for: &rows, plan, files)
  }

  /// Values that other files have for those of a column: `1` of the column `group` is `General` by the
  /// file `customer_group`, and a `product_id` has a `sku`.
  private func addLookups(
    to rows: inout FileRows, _ plan: LoadPlan, _ files: ReadFiles
  ) throws(ShellError) {
    for lookup in rows.shape.lookups {
      guard let source = plan.recipe(named: lookup.table)?.sources[0], source.part == nil,
        let id = source.item.shape.idColumn
      else { continue }
      let other = try files.rows(of: source.item, keeps: true) { () throws(ShellError) in
        try fileRows(of: source.item)
      }
      let keys = rows.columns[lookup.column].vector
      let found = KeyIndex(ofRows: other.columns[id].vector).rows(of: keys)
      for taken in lookup.takes {
        guard let values = other.vector(taken.column) else { continue }
        rows.take(
          values.gathered(withMissing: found), taken.name, besides: lookup.column,
          evidence: "from \(other.name)")
      }
      report.note(rows.name) {
        $0.notes.append(
          "from \(other.name): \(lookup.takes.map(\.name).joined(separator: ", "))")
      }
    }
  }

  /// Customers who have no phone, ZIP, country and state of their own have those of their default
  /// billing address.
  private func addAddresses(
    to rows: inout FileRows, _ plan: LoadPlan, _ files: ReadFiles
  ) throws(ShellError) {
    let wanted = Self.addressColumns.filter { name in
      rows.vector(name).map { ($0.nulls?.setCount ?? 0) == rows.count } ?? true
    }
    // Where customers name their address, a lookup finds it.
    guard !wanted.isEmpty, !rows.shape.lookups.contains(where: { $0.table == "addresses" }),
      let recipe = plan.recipe(named: "addresses")
    else { return }
    let source = recipe.sources[0]
    let all = try files.rows(of: source.item) { () throws(ShellError) in
      try fileRows(of: source.item)
    }
    let addresses = source.part.map { all.part(source.item.verdict.parts[$0]) } ?? all
    guard let found = addresses.defaultRows(of: rows) else { return }
    for name in wanted {
      guard let values = addresses.vector(name),
        let column = Recognition.column(named: name, of: "customers")
      else { continue }
      rows.put(
        column, values.gathered(withMissing: found), evidence: "from \(addresses.name)")
    }
    rows.orderShown()
    let names = wanted.filter { addresses.vector($0) != nil }.joined(separator: ", ")
    report.note(rows.name) {
      $0.notes.append("from the default billing address in \(addresses.name): \(names)")
    }
  }

  private static let addressColumns = ["phone", "zip", "country", "state"]

  /// Customers without ids have those that orders bring with their emails; others are numbered behind
  /// them.
  private func addIDs(
    to rows: inout FileRows, _ plan: LoadPlan, _ files: ReadFiles
  ) throws(ShellError) {
    guard rows.shape.idColumn == nil,
      let column = Recognition.column(named: "id", of: "customers")
    else { return }
    let known = try broughtIDs(rows, plan, files)
    let ids = Self.numbered(known ?? Array(repeating: nil, count: rows.count))
    rows.put(column, ColumnVector(ids.map { .integer($0) }, type: .integer))
    rows.shape.idColumn = rows.shape.column(named: "id")
    rows.orderShown()
    let brought = known?.count { $0 != nil } ?? 0
    let others = rows.count - brought
    let text =
      brought == 0
      ? "no column has ids, so the customers are numbered from 1, in the order of the file"
      : "\(brought) \(brought == 1 ? "id comes" : "ids come") from the orders with the same email"
        + (others == 0
          ? ""
          : "; \(others) \(others == 1 ? "customer is" : "customers are") numbered after them")
    report.note(rows.name) { $0.notes.append(text) }
    warn(Diagnostic(.note, code: "numbered", "\(rows.name): \(text)"))
  }

  /// The ids by the emails of the first table that has both; nil where there is none.
  private func broughtIDs(
    _ rows: FileRows, _ plan: LoadPlan, _ files: ReadFiles
  ) throws(ShellError) -> [Int64?]? {
    guard let emails = rows.vector("email") else { return nil }
    for recipe in plan.recipes where recipe.name != "customers" {
      let key = recipe.shape.customerKey
      guard let id = key.id, let email = key.email else { continue }
      let source = recipe.sources[0]
      let read = try files.rows(of: source.item, keeps: source.part != nil) {
        () throws(ShellError) in
        try fileRows(of: source.item)
      }
      let other = source.part.map { read.part(source.item.verdict.parts[$0]) } ?? read
      // Guests have none, and some shops write 0.
      let none = other.columns[id].vector.emptyRows | other.zeros(id)
      let named = other.keeping((~none).positions.map { Int32(truncatingIfNeeded: $0) })
      guard let ids = named.columns[id].vector.numbers else { continue }
      let found = KeyIndex(ofRows: named.columns[email].vector.foldedEmails)
        .rows(of: emails.foldedEmails)
      return found.map { $0 < 0 ? nil : ids[Int($0)] }
    }
    return nil
  }

  /// `[7, nil, 7]` is `[7, 8, 9]`: each id once, and numbers behind the greatest for the others.
  static func numbered(_ known: [Int64?]) -> [Int64] {
    var used: Set<Int64> = []
    var free = FreeIDs(beside: known.compactMap(\.self))
    return known.map { id in
      if let id, used.insert(id).inserted { return id }
      return free.take()
    }
  }

  /// Where a table is referred to by another column than its id, keys become ids: in Olist an order
  /// names a `customer_id`, and the person's id is `customer_unique_id`.
  private func takeKeys(
    for rows: inout FileRows, _ plan: LoadPlan, _ files: ReadFiles
  ) throws(ShellError) {
    for link in rows.shape.links where link.key == .id {
      guard let source = plan.recipe(named: link.table)?.sources[0], source.part == nil,
        let key = source.item.shape.keyColumn, let id = source.item.shape.idColumn
      else { continue }
      let parent = try files.rows(of: source.item, keeps: true) { () throws(ShellError) in
        try fileRows(of: source.item)
      }
      let keys = rows.columns[link.column].vector
      let found = KeyIndex(ofRows: parent.columns[key].vector).rows(of: keys)
      let ids = parent.columns[id].vector.gathered(withMissing: found).filled(from: keys)
      rows.columns[link.column].vector = ids
      rows.columns[link.column].field.type = ids.type
    }
  }
}

extension TableShape {
  /// The columns that name a customer, whether the table is linked to customers or not.
  fileprivate var customerKey: LinkKey {
    guard let link = links.first(where: { $0.table == "customers" }) else { return LinkKey() }
    return key(to: link, matchesGuests: false)
  }
}

extension FileRows {
  /// Adds the columns of a file that has more of them for the same ids; where both have one, the
  /// table's own value counts unless it is null.
  mutating func addColumns(of other: FileRows) {
    guard let own = shape.idColumn, let id = other.shape.idColumn else { return }
    let found = KeyIndex(ofRows: other.columns[id].vector).rows(of: columns[own].vector)
    for (i, column) in other.shape.columns.enumerated() where i != id {
      let values = other.columns[i].vector.gathered(withMissing: found)
      let own = shape.column(named: column.name).map { columns[$0] }
      put(
        column, own?.vector.filled(from: values) ?? values,
        evidence: own?.evidence ?? "from \(other.name)")
    }
    for (alias, index) in other.shape.aliases where shape.aliases[alias] == nil {
      shape.aliases[alias] = shape.column(named: other.shape.columns[index].name)
    }
    shape.dateColumn =
      shape.dateColumn
      ?? other.shape.dateColumn.flatMap { shape.column(named: other.shape.columns[$0].name) }
    orderShown()
  }

  /// Known columns are shown in their order, the file's own behind them.
  mutating func orderShown() {
    let names = shape.columns.map(\.name)
    shape.shownColumns = Recognition.order(ofColumns: names, in: shape.name)
      .filter { columns[$0].isShown }
  }

  /// Takes values that another file has for those of a column: into the column itself, whose own values
  /// stay where there is no other, or into one beside it.
  fileprivate mutating func take(
    _ values: ColumnVector, _ name: String, besides column: Int, evidence: String
  ) {
    guard shape.columns[column].name != name else {
      let labelled = values.filled(from: columns[column].vector)
      columns[column].vector = labelled
      columns[column].field.type = labelled.type
      columns[column].evidence = evidence
      return
    }
    let known =
      Recognition.column(named: name, of: shape.name)
      ?? TableShape.Column(name: name, header: name, kind: .any, isShown: true)
    put(known, vector(name)?.filled(from: values) ?? values, evidence: evidence)
    orderShown()
  }

  /// The row of each customer's default billing address among these; −1 where there is none. Nil where
  /// that is not known.
  ///
  /// By the customer that the address names and its mark (`_address_default_billing_`), or the first
  /// address of a customer where there are no marks.
  fileprivate func defaultRows(of customers: FileRows) -> [Int32]? {
    guard let (own, theirs) = commonKey(with: customers) else { return nil }
    var chosen = [Int32](repeating: -1, count: customers.count)
    let isDefault = vector("default_billing")?.trueRows
    let found = KeyIndex(ofRows: theirs).rows(of: own)
    for (row, customer) in found.enumerated() where customer >= 0 {
      let isBetter = isDefault?[row] ?? false
      if chosen[Int(customer)] < 0 || isBetter {
        chosen[Int(customer)] = Int32(truncatingIfNeeded: row)
      }
    }
    if let isDefault {
      return chosen.map { $0 >= 0 && isDefault[Int($0)] ? $0 : -1 }
    }
    return chosen
  }

  /// What names a customer in these rows, and in those of customers.
  private func commonKey(with customers: FileRows) -> (own: ColumnVector, theirs: ColumnVector)? {
    for link in shape.links where link.table == "customers" {
      switch link.key {
      case .id:
        guard let id = customers.shape.idColumn else { continue }
        return (columns[link.column].vector, customers.columns[id].vector)
      case .column(let name):
        guard let values = customers.vector(name) else { continue }
        return (columns[link.column].vector, values)
      case .email(let website):
        guard let emails = customers.vector("email") else { continue }
        let (own, theirs) = (columns[link.column].vector, emails)
        guard let website, let websites = customers.vector("website") else {
          return (own.foldedEmails, theirs.foldedEmails)
        }
        return (
          own.foldedEmails.joined(with: columns[website].vector),
          theirs.foldedEmails.joined(with: websites)
        )
      }
    }
    return nil
  }
}

extension ColumnVector {
  /// Emails as they are compared: in small letters and without blanks around them.
  var foldedEmails: ColumnVector {
    ColumnVector(
      (0..<count).map { row -> Value in
        guard case .text(let text) = self[row] else { return .null }
        return .text(text.filter { !$0.isWhitespace }.lowercased())
      }, type: .text)
  }

  /// Each text with another behind it, as one key of two; null where either is.
  fileprivate func joined(with other: ColumnVector) -> ColumnVector {
    ColumnVector(
      (0..<count).map { row -> Value in
        if isNull(row) || other.isNull(row) { return .null }
        return .text(
          "\(self[row].text(in: .utc))\u{1F}\(other[row].text(in: .utc).lowercased())")
      }, type: .text)
  }

  /// The rows that say yes: 1, true, `Yes`.
  fileprivate var trueRows: Bitmap {
    var rows = Bitmap(count: count)
    for row in 0..<count {
      rows[row] = ["1", "true", "yes", "y"].contains(self[row].text(in: .utc).lowercased())
    }
    return rows
  }
}
