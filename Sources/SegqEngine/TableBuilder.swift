public import SegqRecords

/// Makes a table of what was read: orders the rows, links them to their parent, codes texts of few
/// values.
public struct TableBuilder: Sendable {
  public var name: String
  public var columns: [Column]
  public var aliases: [String: Int] = [:]
  public var dateColumn: Int?
  /// The column of ids; the rows are brought into its order.
  public var idColumn: Int?
  /// The table that the rows hang on, and the column with its ids.
  public var parent: (table: Table, column: Int)?

  public init(name: String, columns: [Column]) {
    self.name = name
    self.columns = columns
  }

  /// How many rows name a parent that is not there; they are kept, and hang on nothing.
  public private(set) var orphanCount = 0

  /// O(n), or O(n log n) where the rows come unordered.
  public mutating func build() -> Table {
    let count = columns.first?.vector.count ?? 0
    let parentRows = self.parentRows()
    if let order = order(count: count, parentRows: parentRows) {
      for i in columns.indices { columns[i].vector = columns[i].vector.gathered(order) }
      return finish(count, parentRows.map { rows in order.map { rows[Int($0)] } })
    }
    return finish(count, parentRows)
  }

  private func finish(_ count: Int, _ parentRows: [Int32]?) -> Table {
    var coded = columns
    for i in coded.indices { coded[i].vector = DictionaryEncoder.encode(coded[i].vector) }
    let ids = idColumn.flatMap { columns[$0].vector.numbers }
    return Table(
      name: name, columns: coded, rowCount: count,
      parent: parentRows.flatMap { rows in
        parent.map { ParentLink(table: $0.table, sortedRows: rows) }
      },
      aliases: aliases, dateColumn: dateColumn, index: ids.map { KeyIndex($0) })
  }

  private mutating func parentRows() -> [Int32]? {
    guard let parent, let index = parent.table.index,
      let keys = columns[parent.column].vector.numbers
    else { return nil }
    let vector = columns[parent.column].vector
    var rows = [Int32](repeating: -1, count: keys.count)
    for (i, key) in keys.enumerated() where !vector.isNull(i) {
      if let row = index.row(of: key) { rows[i] = Int32(row) } else { orphanCount += 1 }
    }
    return rows
  }

  /// The rows in the order in which they are to lie; nil where they lie so already.
  private func order(count: Int, parentRows: [Int32]?) -> [Int32]? {
    let ids = idColumn.flatMap { columns[$0].vector.numbers }
    if let parentRows { return Self.order(parentRows, then: ids) }
    guard let ids, !zip(ids, ids.dropFirst()).allSatisfy({ $0 <= $1 }) else { return nil }
    return (0..<Int32(count)).sorted {
      ids[Int($0)] != ids[Int($1)] ? ids[Int($0)] < ids[Int($1)] : $0 < $1
    }
  }

  /// By parent row, those without one last; within a parent by id.
  private static func order(_ parents: [Int32], then ids: [Int64]?) -> [Int32]? {
    func isBefore(_ a: Int, _ b: Int) -> Bool {
      let (p, q) = (UInt32(bitPattern: parents[a]), UInt32(bitPattern: parents[b]))
      if p != q { return p < q }
      if let ids, ids[a] != ids[b] { return ids[a] < ids[b] }
      return a < b
    }
    guard (1..<max(1, parents.count)).contains(where: { isBefore($0, $0 - 1) }) else { return nil }
    return (0..<Int32(parents.count)).sorted { isBefore(Int($0), Int($1)) }
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
