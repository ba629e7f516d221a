import SegqRecords

extension Evaluator {
  /// The rows in order; with a limit only the first so many are kept on the way.
  func sort(
    _ input: Relation, _ keys: [SortKey], limit: Int?
  ) throws(EngineError) -> Relation {
    var columns: [SortColumn] = []
    for key in keys {
      let expression = try prepared(key.expression, for: input.table)
      var column = SortColumn(isDescending: key.isDescending)
      try input.rows.forEachGroup { (rows) throws(EngineError) in
        try checkInterrupt()
        column.append(try values(expression, input.table, rows))
      }
      columns.append(column)
    }
    let rows = input.rows.rows
    let positions = Self.ordered(rows.count, limit: limit) { a, b in
      for column in columns {
        if let isBefore = column.order(a, b) { return isBefore }
      }
      return a < b
    }
    try checkInterrupt()
    return Relation(table: input.table, rows: .list(positions.map { rows[$0] }))
  }

  private static func ordered(
    _ count: Int, limit: Int?, _ isBefore: (Int, Int) -> Bool
  ) -> [Int] {
    guard let limit, limit < count / 4 else {
      return Array((0..<count).sorted(by: isBefore).prefix(limit ?? count))
    }
    guard limit > 0 else { return [] }
    var best: [Int] = []
    var worst: Int?
    for position in 0..<count {
      if let worst, !isBefore(position, worst) { continue }
      best.append(position)
      guard best.count >= limit * 2 + 1024 else { continue }
      best.sort(by: isBefore)
      best.removeSubrange(limit...)
      worst = best.last
    }
    return Array(best.sorted(by: isBefore).prefix(limit))
  }
}

/// The values of one sort key, ready to compare.
private struct SortColumn {
  let isDescending: Bool
  private var numbers: [Int64] = []
  private var folded = TextVector()
  private var texts = TextVector()
  private var nulls = Bitmap(count: 0)

  init(isDescending: Bool) { self.isDescending = isDescending }

  mutating func append(_ vector: ColumnVector) {
    nulls.append(contentsOf: vector.nulls ?? Bitmap(count: vector.count))
    if let values = vector.numbers {
      numbers += values
      return
    }
    let reader = TextReader(vector)
    for row in 0..<vector.count {
      texts.append(reader[row])
      TextFolding.append(reader[row], to: &folded.bytes)
      folded.endText()
    }
  }

  /// Whether `a` comes before `b`; nil where they are alike. Nulls come last both ways.
  func order(_ a: Int, _ b: Int) -> Bool? {
    if nulls[a] || nulls[b] { return nulls[a] == nulls[b] ? nil : nulls[b] }
    guard numbers.isEmpty else {
      return numbers[a] == numbers[b] ? nil : (numbers[a] < numbers[b]) != isDescending
    }
    if let isBefore = Self.order(folded, a, b) { return isBefore != isDescending }
    return Self.order(texts, a, b).map { $0 != isDescending }
  }

  private static func order(_ texts: TextVector, _ a: Int, _ b: Int) -> Bool? {
    let (x, y) = (texts.bytes[texts.range(a)], texts.bytes[texts.range(b)])
    if x.elementsEqual(y) { return nil }
    return x.lexicographicallyPrecedes(y)
  }
}
