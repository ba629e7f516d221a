import SegqRecords

extension Evaluator {
  /// The rows in order; with a limit only the first so many are kept on the way.
  func sort(
    _ input: Relation, _ keys: [SortKey], limit: Int?
  ) throws(EngineError) -> Relation {
    if let limit, let rows = try first(limit, of: input, keys) {
      return Relation(table: input.table, rows: .list(rows))
    }
    var columns: [SortColumn] = []
    for key in keys {
      columns.append(try column(input, key))
      try checkInterrupt()
    }
    let rows = input.rows.rows
    let positions = SortColumn.ordered(columns, count: rows.count, limit: limit)
    try checkInterrupt()
    return Relation(table: input.table, rows: .list(positions.map { rows[Int($0)] }))
  }

  private func column(_ input: Relation, _ key: SortKey) throws(EngineError) -> SortColumn {
    let expression = try prepared(key.expression, for: input.table)
    let table = input.table
    let parts = try map(input.rows) { (evaluator, rows) throws(EngineError) in
      try evaluator.values(expression, table, rows)
    }
    var column = SortColumn(isDescending: key.isDescending)
    for part in parts { column.append(part) }
    return column
  }

  /// The first rows by one column of numbers, if there are as many that have one: row groups whose
  /// zone holds nothing better than what is known are not looked at.
  private func first(
    _ limit: Int, of input: Relation, _ keys: [SortKey]
  ) throws(EngineError) -> [Int32]? {
    guard keys.count == 1, limit > 0, limit <= 1 << 16,
      case .column(let index, _) = keys[0].expression,
      let numbers = input.table.columns[index].values.numbers
    else { return nil }
    if case .list = input.rows { return nil }
    var best = BestRows(limit: limit, isDescending: keys[0].isDescending)
    let nulls = input.table.columns[index].values.nulls
    for group in numbers.zones.indices.sorted(by: { best.isBetter(numbers.zones[$0], $1, numbers) })
    {
      guard best.canImprove(by: numbers.zones[group], from: group * RowSelection.groupSize) else {
        continue
      }
      try checkInterrupt()
      best.add(group, of: input.rows, numbers, nulls)
    }
    return best.rows
  }
}

/// The best so many rows so far.
private struct BestRows {
  private let limit: Int
  private let isDescending: Bool
  /// Better ones have smaller keys.
  private var candidates: [(key: Int64, row: Int32)] = []
  private var worst: (key: Int64, row: Int32)?

  init(limit: Int, isDescending: Bool) {
    self.limit = limit
    self.isDescending = isDescending
  }

  /// Descending order is the ascending one of the complements.
  private func key(_ number: Int64) -> Int64 { isDescending ? ~number : number }

  private func bestKey(_ zone: PackedNumbers.Zone) -> Int64 {
    zone.isEmpty ? .max : key(isDescending ? zone.high : zone.low)
  }

  /// Whether the group is to be looked at before another.
  func isBetter(_ zone: PackedNumbers.Zone, _ other: Int, _ numbers: PackedNumbers) -> Bool {
    bestKey(zone) < bestKey(numbers.zones[other])
  }

  func canImprove(by zone: PackedNumbers.Zone, from row: Int) -> Bool {
    guard !zone.isEmpty else { return false }
    guard let worst else { return true }
    return (bestKey(zone), row) < (worst.key, Int(worst.row))
  }

  /// Looks at those rows of a group that could be better than the worst.
  mutating func add(
    _ group: Int, of rows: RowSelection, _ numbers: PackedNumbers, _ nulls: Bitmap?
  ) {
    let start = group * RowSelection.groupSize
    let range = start..<min(start + RowSelection.groupSize, numbers.count)
    let worst = worst?.key ?? .max
    var mask =
      isDescending ? numbers.within(~worst, .max, range) : numbers.within(.min, worst, range)
    if case .some(let set) = rows { mask &= set.slice(range) }
    if let nulls { mask &= ~nulls.slice(range) }
    mask.forEachSet { place in
      let row = range.lowerBound + place
      let candidate = (key: key(numbers[row]), row: Int32(truncatingIfNeeded: row))
      if let worst = self.worst, candidate >= worst { return }
      candidates.append(candidate)
      if candidates.count >= limit * 2 + 1024 { prune() }
    }
    if candidates.count > limit { prune() }
  }

  private mutating func prune() {
    candidates.sort { $0 < $1 }
    candidates.removeSubrange(min(limit, candidates.count)...)
    worst = candidates.count == limit ? candidates.last : nil
  }

  /// In order; nil where there are too few, and nulls must follow.
  var rows: [Int32]? {
    mutating get {
      prune()
      return candidates.count == limit ? candidates.map(\.row) : nil
    }
  }
}

/// The values of one sort key, ready to compare.
private struct SortColumn {
  let isDescending: Bool
  private var numbers: [Int64] = []
  private var folded = TextVector()
  private var texts = TextVector()
  private var nulls = Bitmap(count: 0)
  private var hasNulls = false

  init(isDescending: Bool) { self.isDescending = isDescending }

  mutating func append(_ vector: ColumnVector) {
    nulls.append(contentsOf: vector.nulls ?? Bitmap(count: vector.count))
    hasNulls = hasNulls || vector.nulls != nil
    if let values = vector.numbers {
      let start = numbers.count
      numbers += values
      // Nulls are alike, whatever number lies under each.
      vector.nulls?.forEachSet { numbers[start + $0] = 0 }
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
  private func order(_ a: Int, _ b: Int) -> Bool? {
    if hasNulls, nulls[a] || nulls[b] { return nulls[a] == nulls[b] ? nil : nulls[b] }
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

  /// The positions of `count` rows in order; those that are alike stay as they come.
  static func ordered(_ columns: [SortColumn], count: Int, limit: Int?) -> [Int32] {
    func isBefore(_ a: Int32, _ b: Int32) -> Bool {
      for column in columns {
        if let isBefore = column.order(Int(a), Int(b)) { return isBefore }
      }
      return a < b
    }
    let positions = 0..<Int32(truncatingIfNeeded: count)
    if let limit, limit < count / 4 { return first(limit, of: positions, isBefore) }
    guard columns.allSatisfy({ $0.texts.count == 0 }) else {
      return Array(positions.sorted(by: isBefore).prefix(limit ?? count))
    }
    // By the last key first: what is alike by the keys in front keeps its order.
    var order = RowOrder(count: count)
    for column in columns.reversed() { column.sort(&order) }
    return Array(order.rows.prefix(limit ?? count))
  }

  private static func first(
    _ limit: Int, of positions: Range<Int32>, _ isBefore: (Int32, Int32) -> Bool
  ) -> [Int32] {
    guard limit > 0 else { return [] }
    var best: [Int32] = []
    var worst: Int32?
    for position in positions {
      if let worst, !isBefore(position, worst) { continue }
      best.append(position)
      guard best.count >= limit * 2 + 1024 else { continue }
      best.sort(by: isBefore)
      best.removeSubrange(limit...)
      worst = best.last
    }
    return Array(best.sorted(by: isBefore).prefix(limit))
  }

  /// By numbers, and then the nulls to the end.
  private func sort(_ order: inout RowOrder) {
    order.sort(by: numbers.map { isDescending ? ~$0.sortKey : $0.sortKey })
    if hasNulls { order.sort(by: (0..<nulls.count).map { nulls[$0] ? 1 : 0 }) }
  }
}
