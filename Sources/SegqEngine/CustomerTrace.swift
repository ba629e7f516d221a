import SegqRecords

/// What names a customer: the id, in columns that hold ids of customers, and the email.
struct CustomerTrace: Sendable {
  private let customers: Table
  private let id: String?
  private let email: String?
  /// `customer`, `customer_id`
  private let idColumns: [String]

  init(_ row: Int, of customers: Table, idColumns: [String]) {
    self.customers = customers
    self.idColumns = idColumns
    id = customers.idText(row)
    email = customers.column(named: "email").flatMap { column in
      guard case .text(let text) = customers.columns[column].values[row], !text.isEmpty else {
        return nil
      }
      return text
    }
  }

  /// The rows of a table that name the customer, ascending, whether they hang on it or not; nil where it
  /// was interrupted. O(n).
  func rows(of table: Table, _ execution: Execution) -> [Int32]? {
    let ids = Set(idColumns.compactMap { table.column(named: $0) })
      .subtracting(
        table.parent.flatMap { $0.table === customers ? [$0.key.id].compactMap(\.self) : nil } ?? []
      )
    let test = email.map { TextTest(equals: $0, isExact: false) }
    let found = execution.map(Array(table.columns.enumerated())) { place, column -> [Int32] in
      let byEmail = test.map { column.values.rows(passing: $0) } ?? []
      guard let id, ids.contains(place) else { return byEmail }
      return byEmail + column.values.rows(withID: id)
    }
    return found.map { Set($0.joined()).sorted() }
  }

  /// In how many rows of a column texts have the email somewhere in them.
  func mentionCount(in column: Column) -> Int {
    guard column.field.type == .text, let email else { return 0 }
    return column.values.rows(passing: TextTest(TextPattern(.contains, email))).count
  }
}

extension StoredColumn {
  fileprivate func rows(withID id: String) -> [Int32] {
    guard let numbers else { return rows(passing: TextTest(equals: id, isExact: true)) }
    guard let number = Int64(id) else { return [] }
    return rows { numbers.within(number, number, $0) }
  }

  fileprivate func rows(passing test: TextTest) -> [Int32] {
    switch storage {
    case .numbers: return []
    case .texts(let heap): return rows { test.matches(heap, $0) }
    case .coded(let codes, let dictionary):
      let found = test.matches(TextHeap(dictionary.texts), 0..<dictionary.count)
      guard !found.isEmpty else { return [] }
      let wanted = (0...dictionary.count).map { $0 < dictionary.count && found[$0] }
      return rows { codes.having(wanted, $0) }
    }
  }

  /// The rows that are not null and in what `found` has of each row group.
  private func rows(_ found: (Range<Int>) -> Bitmap) -> [Int32] {
    var rows: [Int32] = []
    for start in stride(from: 0, to: count, by: RowSelection.groupSize) {
      found(start..<min(start + RowSelection.groupSize, count)).forEachSet { i in
        if !isNull(start + i) { rows.append(Int32(start + i)) }
      }
    }
    return rows
  }
}
