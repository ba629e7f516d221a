import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqRecords

// What there is to say of how rows are linked.
extension StoreLoader {
  /// Many shops write 0 for the customer of a guest's order, where Adobe Commerce has null: unless there
  /// is a customer 0, it is null here too.
  func clearGuests(
    of rows: inout FileRows, _ parent: (table: Table, link: TableShape.Link)
  ) {
    let column = parent.link.column
    guard parent.table.name == "customers", parent.link.key == .id, !parent.table.hasZero else {
      return
    }
    let zeros = rows.zeros(column)
    guard !zeros.isEmpty else { return }
    let nulls = rows.columns[column].vector.nulls ?? Bitmap(count: rows.count)
    rows.columns[column].vector.nulls = nulls | zeros
    let count = zeros.setCount
    report.note(rows.name) {
      $0.notes.append(
        "\(count) \(count == 1 ? "row has" : "rows have") the customer id 0, which is read as null: "
          + "there is no customer 0")
    }
  }

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
    let customers = plan.recipe(named: "customers")?.sources[0].item
    // Whose default address a customer names is known without a link.
    if rows.shape.name == "addresses", customers?.shape.column(named: "default_billing") != nil {
      return
    }
    let isNamed =
      rows.shape.column(named: "customer") != nil
      && customers.map { $0.shape.idColumn == nil } ?? false
    let reason = isNamed ? "the customers have no ids" : "no column has the customer's id or email"
    let text = "\(reason), so its \(rows.shape.name) are linked to nobody"
    report.note(rows.name) { $0.notes.append(text) }
    let header = rows.headerOfNames
    let way =
      isNamed
      ? "load '\(customers?.path ?? "FILE")' as customers (id = 'HEADER')"
      : "load '\(rows.item.path)' as \(rows.shape.name) (customer = '\(header ?? "HEADER")')"
        + (header == nil ? "" : " links them by the customers' names")
    warn(Diagnostic(.warning, code: "unlinked", "\(rows.name): \(text)", help: way))
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

extension FileRows {
  /// The header of a column with names of customers, by which only the user can know rows to be linked.
  fileprivate var headerOfNames: String? {
    let names = ["customer_name", "customer", "client_name", "client", "buyer_name", "buyer"]
    return names.lazy.compactMap { shape.column(named: $0) }.first.map { shape.columns[$0].header }
  }

  /// The rows whose value in a column is 0, as a number or as text.
  func zeros(_ column: Int) -> Bitmap {
    let vector = columns[column].vector
    var zeros = Bitmap(count: vector.count)
    func isZero(_ texts: TextVector, _ row: Int) -> Bool {
      texts.range(row).count == 1 && texts[row] == "0"
    }
    switch vector.storage {
    case .numbers(let numbers):
      for (row, number) in numbers.enumerated() where number == 0 { zeros[row] = true }
    case .texts(let texts):
      for row in 0..<vector.count where isZero(texts, row) { zeros[row] = true }
    case .coded(let codes, let texts):
      guard let zero = (0..<texts.count).first(where: { isZero(texts, $0) }) else { break }
      for (row, code) in codes.enumerated() where Int(code) == zero { zeros[row] = true }
    }
    return vector.nulls.map { zeros & ~$0 } ?? zeros
  }
}

extension Table {
  /// Whether a row has the id 0.
  fileprivate var hasZero: Bool {
    guard let idColumn, let index else { return false }
    let isText = columns[idColumn].values.type == .text
    let zero = ColumnVector(
      [isText ? .text("0") : .integer(0)], type: isText ? .text : .integer)
    return index.rows(of: zero)[0] >= 0
  }

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
