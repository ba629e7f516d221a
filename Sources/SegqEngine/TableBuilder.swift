public import SegqRecords

/// A column as it was read, before its rows have come into their order.
public struct LoadedColumn: Sendable {
  public var field: Field
  public var vector: ColumnVector
  public var isShown: Bool
  /// See ``Column/evidence``.
  public var evidence: String?

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
  /// The table that the rows are linked to, and by what.
  public var parent: (table: Table, key: LinkKey)?

  public init(name: String, columns: [LoadedColumn]) {
    self.name = name
    self.columns = columns
  }

  /// Whether texts of few values are still to be coded.
  public var codesTexts = true

  /// The columns as a table has them, where there is nothing left to pack; those of ``columns`` are
  /// empty then.
  var packed: [StoredColumn]?

  /// The table whose rows these were.
  var rebuilt: Table?
  /// Where rows were put that were appended, where that is known without looking at the others.
  public internal(set) var insertion: Insertion?
  /// Tables of fewer rows are built anew.
  var fewestKept = RowSelection.groupSize

  /// How many rows name a parent that is not there; they are kept, and linked to nothing.
  public private(set) var orphanCount = 0
  /// How many of these have an email that several customers have.
  public private(set) var ambiguousCount = 0

  /// Tables of fewer rows are made before another thread has begun.
  private static let fewRows = 20_000

  /// O(n); O(n log n) where the ids come unordered.
  public mutating func build() -> Table {
    guard let table = build(Execution()) else { preconditionFailure("nothing interrupts it") }
    return table
  }

  /// The same on all cores; nil where it was interrupted. ``columns`` give way to those of the table.
  public mutating func build(_ execution: Execution) -> Table? {
    let count = rowCount
    let execution = Self.execution(execution, rowCount: count)
    if let insertion, let packed {
      return table(packed, count, rebuilt?.parent?.inserting(insertion), execution)
    }
    guard var stored = pack(execution) else { return nil }
    let ranks = idColumn.map { RowRanks(stored[$0]) }
    guard let layout = layout(stored, ranks, count, execution) else { return nil }
    (orphanCount, ambiguousCount) = (layout.orphanCount, layout.ambiguousCount)
    var parents = layout.parents
    let order = layout.order(
      count: count, ids: ranks, parentCount: parent?.table.rowCount ?? 0)
    if let order {
      guard !execution.isInterrupted(),
        let ordered = execution.map(stored, { $0.gathered(order) })
      else { return nil }
      stored = ordered
      if !parents.isEmpty { parents = order.map { parents[Int($0)] } }
    }
    guard !execution.isInterrupted() else { return nil }
    return table(stored, count, link(stored, parents), execution)
  }

  public var rowCount: Int { packed?.first?.count ?? columns.first?.vector.count ?? 0 }

  private mutating func pack(_ execution: Execution) -> [StoredColumn]? {
    if let packed = packed.take() { return packed }
    let codesTexts = codesTexts
    return execution.map(takeVectors()) { vector in
      StoredColumn(codesTexts ? DictionaryEncoder.encode(vector) : vector)
    }
  }

  static func execution(_ execution: Execution, rowCount: Int) -> Execution {
    rowCount < fewRows ? Execution(isInterrupted: execution.isInterrupted) : execution
  }

  /// Leaves these rows only, in this order.
  public mutating func keep(_ rows: [Int32], _ execution: Execution) {
    let vectors = Self.execution(execution, rowCount: rows.count)
      .map(takeVectors()) { $0.gathered(rows) }
    for (i, vector) in (vectors ?? []).enumerated() { columns[i].vector = vector }
  }

  /// Moves the vectors out of the columns, so that each is given back when it has been used.
  mutating func takeVectors() -> [ColumnVector] {
    columns.indices.map { i in
      var vector = ColumnVector([], type: columns[i].vector.type)
      swap(&vector, &columns[i].vector)
      return vector
    }
  }

  private func layout(
    _ stored: [StoredColumn], _ ranks: RowRanks?, _ count: Int, _ execution: Execution
  ) -> RowLayout? {
    let linker = parent.flatMap { Linker($0.key, stored, to: $0.table) }
    let size = RowSelection.groupSize
    let groups = stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
    guard let parts = execution.map(groups, { RowLayout($0, ids: ranks, linker) }) else {
      return nil
    }
    var all = RowLayout(0..<0, ids: nil, nil)
    if parent != nil { all.reserve(count) }
    for part in parts { all.join(part) }
    return all
  }

  private func link(_ stored: [StoredColumn], _ parents: [Int32]) -> ParentLink? {
    parent.flatMap { parent in
      Linker.isPossible(parent.key, to: parent.table)
        ? ParentLink(table: parent.table, key: parent.key, sortedRows: parents) : nil
    }
  }

  /// Nil where it was interrupted.
  private func table(
    _ stored: [StoredColumn], _ count: Int, _ link: ParentLink?, _ execution: Execution
  ) -> Table? {
    let columns = zip(columns, stored).map { loaded, values in
      var column = Column(loaded.field, values, isShown: loaded.isShown)
      column.evidence = loaded.evidence
      return column
    }
    guard let columns = columns.findable(in: name, execution) else { return nil }
    return Table(
      name: name, columns: columns, rowCount: count, parent: link, aliases: aliases,
      dateColumn: dateColumn, idColumn: idColumn, shownColumns: shownColumns)
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
