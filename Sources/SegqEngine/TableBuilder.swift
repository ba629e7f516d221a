public import SegqRecords

/// A column as it was read, before its rows have come into their order.
public struct LoadedColumn: Sendable {
  public var field: Field
  public var vector: ColumnVector
  public var isShown: Bool

  public init(_ field: Field, _ vector: ColumnVector, isShown: Bool = true) {
    self.field = field
    self.vector = vector
    self.isShown = isShown
  }
}

/// Makes a table of what was read: orders the rows, links them to their parent, codes texts of few
/// values.
public struct TableBuilder: Sendable {
  public var name: String
  public var columns: [LoadedColumn]
  public var aliases: [String: Int] = [:]
  public var dateColumn: Int?
  /// See ``Table/shownColumns``.
  public var shownColumns: [Int]?
  /// The column of ids; the rows are brought into its order.
  public var idColumn: Int?
  /// The table that the rows hang on, and the column with its ids.
  public var parent: (table: Table, column: Int)?

  public init(name: String, columns: [LoadedColumn]) {
    self.name = name
    self.columns = columns
  }

  /// Whether texts of few values are still to be coded.
  public var codesTexts = true

  /// How many rows name a parent that is not there; they are kept, and hang on nothing.
  public private(set) var orphanCount = 0

  /// O(n), or O(n log n) where the rows come unordered.
  public mutating func build() -> Table {
    guard let table = build(isInterrupted: { false }) else {
      preconditionFailure("nothing interrupts it")
    }
    return table
  }

  /// The same; nil where it was interrupted.
  public mutating func build(isInterrupted: () -> Bool) -> Table? {
    let count = columns.first?.vector.count ?? 0
    var parentRows = self.parentRows()
    guard !isInterrupted() else { return nil }
    if let order = order(count: count, parentRows: parentRows) {
      for i in columns.indices {
        guard !isInterrupted() else { return nil }
        columns[i].vector = columns[i].vector.gathered(order)
      }
      parentRows = parentRows.map { rows in order.map { rows[Int($0)] } }
    }
    guard !isInterrupted() else { return nil }
    return finish(count, parentRows)
  }

  /// The columns as they are read give way to those of the table, one by one.
  private mutating func finish(_ count: Int, _ parentRows: [Int32]?) -> Table {
    let ids = idColumn.flatMap { columns[$0].vector.numbers }.map { KeyIndex($0) }
    var stored: [Column] = []
    for i in columns.indices {
      var vector = ColumnVector([], type: columns[i].vector.type)
      swap(&vector, &columns[i].vector)
      if codesTexts { vector = DictionaryEncoder.encode(vector) }
      stored.append(
        Column(columns[i].field, StoredColumn(vector), isShown: columns[i].isShown))
    }
    return Table(
      name: name, columns: stored, rowCount: count,
      parent: parentRows.flatMap { rows in
        parent.map { ParentLink(table: $0.table, column: $0.column, sortedRows: rows) }
      },
      aliases: aliases, dateColumn: dateColumn, index: ids,
      shownColumns: shownColumns)
  }

  private mutating func parentRows() -> [Int32]? {
    guard let parent, let index = parent.table.index,
      let keys = columns[parent.column].vector.numbers
    else { return nil }
    var rows = index.rows(of: keys)
    var missing = 0
    for row in rows where row < 0 { missing += 1 }
    // A null is 0 among the numbers, and an id 0 is not meant.
    columns[parent.column].vector.nulls?.forEachSet { row in
      if rows[row] < 0 { missing -= 1 }
      rows[row] = -1
    }
    orphanCount = missing
    return rows
  }

  /// The rows in the order in which they are to lie; nil where they lie so already.
  private func order(count: Int, parentRows: [Int32]?) -> [Int32]? {
    let ids = idColumn.flatMap { columns[$0].vector.numbers }
    if let parentRows { return Self.order(parentRows, then: ids) }
    guard let ids, !Self.isAscending(ids) else { return nil }
    var order = RowOrder(count: count)
    order.sort(by: ids.map(\.sortKey))
    return order.rows
  }

  private static func isAscending(_ ids: [Int64]) -> Bool {
    var last = Int64.min
    for id in ids {
      if id < last { return false }
      last = id
    }
    return true
  }

  /// By parent row, those without one last; within a parent by id.
  private static func order(_ parents: [Int32], then ids: [Int64]?) -> [Int32]? {
    guard !isOrdered(parents, then: ids) else { return nil }
    var order = RowOrder(count: parents.count)
    if let ids, !isAscending(ids) { order.sort(by: ids.map(\.sortKey)) }
    order.sort(by: parents.map { UInt64(UInt32(bitPattern: $0)) })
    return order.rows
  }

  private static func isOrdered(_ parents: [Int32], then ids: [Int64]?) -> Bool {
    for row in 1..<max(1, parents.count) {
      let (last, next) = (UInt32(bitPattern: parents[row - 1]), UInt32(bitPattern: parents[row]))
      if next < last { return false }
      if next == last, let ids, ids[row] < ids[row - 1] { return false }
    }
    return true
  }
}

extension ColumnVector {
  /// The numbers of any type but text.
  public var numbers: [Int64]? {
    guard case .numbers(let numbers) = storage else { return nil }
    return numbers
  }

  /// The values of these rows, in this order.
  public func gathered(_ rows: [Int32]) -> ColumnVector {
    var result: ColumnVector
    switch storage {
    case .numbers(let numbers):
      result = ColumnVector(type: type, storage: .numbers(rows.map { numbers[Int($0)] }))
    case .texts(let texts):
      result = ColumnVector(type: type, storage: .texts(texts.gathered(rows)))
    case .coded(let codes, let dictionary):
      result = ColumnVector(
        type: type, storage: .coded(rows.map { codes[Int($0)] }, dictionary))
    }
    if let nulls {
      var gathered = Bitmap(count: rows.count)
      for (i, row) in rows.enumerated() where nulls[Int(row)] { gathered[i] = true }
      result.nulls = gathered
    }
    return result
  }

  /// The values of neighbouring rows.
  func sliced(_ range: Range<Int>) -> ColumnVector {
    if range.count == count { return self }
    let nulls = nulls?.slice(range)
    switch storage {
    case .numbers(let numbers):
      return ColumnVector(type: type, storage: .numbers(Array(numbers[range])), nulls: nulls)
    case .texts(let texts):
      return ColumnVector(type: type, storage: .texts(texts.sliced(range)), nulls: nulls)
    case .coded(let codes, let dictionary):
      return ColumnVector(
        type: type, storage: .coded(Array(codes[range]), dictionary), nulls: nulls)
    }
  }
}

extension TextVector {
  func gathered(_ rows: [Int32]) -> TextVector {
    var result = TextVector()
    result.reserveCapacity(
      texts: rows.count, bytes: count == 0 ? 0 : bytes.count / count * rows.count)
    for row in rows { result.append(bytes[range(Int(row))]) }
    return result
  }

  func sliced(_ rows: Range<Int>) -> TextVector {
    let start = offsets[rows.lowerBound]
    var result = TextVector()
    result.bytes = Array(bytes[Int(start)..<Int(offsets[rows.upperBound])])
    result.offsets = offsets[rows.lowerBound...rows.upperBound].map { $0 - start }
    return result
  }
}
