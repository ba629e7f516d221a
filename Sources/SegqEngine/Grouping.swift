import SegqRecords

extension Evaluator {
  /// One row for each different combination of keys, in the order in which they were met; without
  /// keys one row in any case.
  func group(
    _ input: Relation, _ keys: [NamedExpression], _ figures: [(Field, Aggregate)]
  ) throws(EngineError) -> Relation {
    let keyExpressions = try keys.map { (key) throws(EngineError) in
      try prepared(key.expression, for: input.table)
    }
    let aggregates = try figures.map { (figure) throws(EngineError) in
      try prepared(figure.1, below: input.table)
    }
    var groups = GroupTable(keys.map(\.expression.type))
    if keys.isEmpty { groups.addEmptyGroup() }
    var pieces: [(rows: Rows, owners: [Int32])] = []
    try input.rows.forEachGroup { (rows) throws(EngineError) in
      try checkInterrupt()
      let vectors = try keyExpressions.map { (key) throws(EngineError) in
        try values(key, input.table, rows)
      }
      pieces.append((rows, groups.owners(of: vectors, count: rows.count)))
    }
    var columns = zip(keys, groups.keys()).map { Column($0.field, $1) }
    for (i, aggregate) in aggregates.enumerated() {
      var accumulator = Accumulator(aggregate, groups: groups.count)
      for piece in pieces {
        try checkInterrupt()
        try accumulate(aggregate, input.table, piece.rows, piece.owners, into: &accumulator)
      }
      columns.append(Column(figures[i].0, try accumulator.finish()))
    }
    let table = Table(name: "groups", columns: columns, rowCount: groups.count)
    return Relation(table: table, rows: .all(groups.count))
  }
}

/// Numbers the different combinations of keys.
private struct GroupTable {
  private let types: [DataType]
  private(set) var count = 0
  /// For each key the value of each group.
  private var numbers: [[Int64]]
  private var texts: [TextVector]
  private var nulls: [Bitmap]
  private var byNumber: [Int64: Int32] = [:]
  private var byBytes: [[UInt8]: Int32] = [:]

  init(_ types: [DataType]) {
    self.types = types
    numbers = Array(repeating: [], count: types.count)
    texts = Array(repeating: TextVector(), count: types.count)
    nulls = Array(repeating: Bitmap(count: 0), count: types.count)
  }

  mutating func addEmptyGroup() { count = 1 }

  /// The group of each row.
  mutating func owners(of vectors: [ColumnVector], count rows: Int) -> [Int32] {
    guard let first = vectors.first else { return [Int32](repeating: 0, count: rows) }
    if vectors.count == 1 {
      if let numbers = first.numbers { return owners(of: numbers, first) }
      if case .coded(let codes, let dictionary) = first.storage {
        return owners(of: codes, dictionary, first)
      }
    }
    var key: [UInt8] = []
    return (0..<rows).map { row in
      key.removeAll(keepingCapacity: true)
      for vector in vectors { vector.appendKey(row, to: &key) }
      return group(key, vectors, row)
    }
  }

  private mutating func owners(of numbers: [Int64], _ vector: ColumnVector) -> [Int32] {
    var last: (number: Int64, group: Int32)?
    return numbers.indices.map { row in
      if vector.isNull(row) { return group([0], [vector], row) }
      if let last, last.number == numbers[row] { return last.group }
      let found = byNumber[numbers[row]] ?? add([vector], row)
      byNumber[numbers[row]] = found
      last = (numbers[row], found)
      return found
    }
  }

  /// Each code is looked up once.
  private mutating func owners(
    of codes: [Int32], _ dictionary: TextVector, _ vector: ColumnVector
  ) -> [Int32] {
    var known = [Int32](repeating: -1, count: dictionary.count)
    var key: [UInt8] = []
    return codes.indices.map { row in
      let code = Int(codes[row])
      if !vector.isNull(row), known[code] >= 0 { return known[code] }
      key.removeAll(keepingCapacity: true)
      vector.appendKey(row, to: &key)
      let found = group(key, [vector], row)
      if !vector.isNull(row) { known[code] = found }
      return found
    }
  }

  private mutating func group(_ key: [UInt8], _ vectors: [ColumnVector], _ row: Int) -> Int32 {
    if let found = byBytes[key] { return found }
    let new = add(vectors, row)
    byBytes[key] = new
    return new
  }

  private mutating func add(_ vectors: [ColumnVector], _ row: Int) -> Int32 {
    for (i, vector) in vectors.enumerated() {
      nulls[i].append(vector.isNull(row))
      if let values = vector.numbers {
        numbers[i].append(vector.isNull(row) ? 0 : values[row])
      } else {
        texts[i].append(TextReader(vector)[row])
      }
    }
    count += 1
    return Int32(count - 1)
  }

  /// The keys of all groups.
  func keys() -> [ColumnVector] {
    types.indices.map { i in
      ColumnVector(
        type: types[i], storage: types[i] == .text ? .texts(texts[i]) : .numbers(numbers[i]),
        nulls: nulls[i].isEmpty ? nil : nulls[i])
    }
  }
}

extension ColumnVector {
  /// Appends bytes that are equal for equal values only.
  fileprivate func appendKey(_ row: Int, to key: inout [UInt8]) {
    guard !isNull(row) else {
      key.append(0)
      return
    }
    key.append(1)
    if let numbers {
      key.append(word: UInt64(bitPattern: numbers[row]))
    } else {
      let text = TextReader(self)[row]
      key.append(word: UInt64(text.count))
      key.append(contentsOf: text)
    }
  }
}

extension [UInt8] {
  fileprivate mutating func append(word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }
}
