import SegqRecords

/// Collects one figure for each of many groups.
struct Accumulator {
  private let aggregate: Aggregate
  private let groups: Int
  private var counts: [Int64] = []
  private var total: Int64 = 0
  /// Sums, or the least or greatest so far.
  private var numbers: [Int128] = []
  private var seen: Bitmap
  private var texts: [Int: String] = [:]
  private var distinct: [Set<Value>] = []
  private var collected: [[Ranked]] = []

  private struct Ranked {
    var key: Int64
    var value: Value
  }

  init(_ aggregate: Aggregate, groups: Int) {
    self.aggregate = aggregate
    self.groups = groups
    seen = Bitmap(count: groups)
    switch aggregate.function {
    case .count, .exists, .share: counts = [Int64](repeating: 0, count: groups)
    case .sum, .minimum, .maximum: numbers = [Int128](repeating: 0, count: groups)
    case .average:
      counts = [Int64](repeating: 0, count: groups)
      numbers = [Int128](repeating: 0, count: groups)
    case .countDistinct: distinct = Array(repeating: [], count: groups)
    case .percentile, .nth: collected = Array(repeating: [], count: groups)
    }
  }

  /// Adds values to the groups that own them; without values the rows themselves.
  mutating func add(
    _ owners: [Int32], _ values: ColumnVector?, order: ColumnVector?
  ) throws(EngineError) {
    switch aggregate.function {
    case .count, .exists, .share:
      total += Int64(owners.count)
      for (i, owner) in owners.enumerated() where !(values?.isNull(i) ?? false) {
        counts[Int(owner)] += 1
      }
    case .sum, .average: add(owners, values)
    case .minimum, .maximum: keepExtreme(owners, values)
    case .countDistinct:
      forEachValue(owners, values) { distinct[$0].insert($1) }
    case .percentile:
      forEachValue(owners, values) { collected[$0].append(Ranked(key: $1.number ?? 0, value: $1)) }
    case .nth:
      guard let values, let keys = order?.numbers else { return }
      for (i, owner) in owners.enumerated() where !(order?.isNull(i) ?? true) {
        collected[Int(owner)].append(Ranked(key: keys[i], value: values[i]))
      }
    }
  }

  private func forEachValue(
    _ owners: [Int32], _ values: ColumnVector?, _ body: (Int, Value) -> Void
  ) {
    guard let values else { return }
    for (i, owner) in owners.enumerated() where !values.isNull(i) { body(Int(owner), values[i]) }
  }

  private mutating func add(_ owners: [Int32], _ values: ColumnVector?) {
    guard let values, let added = values.numbers else { return }
    for (i, owner) in owners.enumerated() where !values.isNull(i) {
      let group = Int(owner)
      numbers[group] += Int128(added[i])
      seen[group] = true
      if !counts.isEmpty { counts[group] += 1 }
    }
  }

  private mutating func keepExtreme(_ owners: [Int32], _ values: ColumnVector?) {
    guard let values else { return }
    let isMinimum = aggregate.function == .minimum
    guard let candidates = values.numbers else {
      keepExtremeText(owners, values, isMinimum)
      return
    }
    for (i, owner) in owners.enumerated() where !values.isNull(i) {
      let (group, candidate) = (Int(owner), Int128(candidates[i]))
      if seen.insert(group) || isMinimum == (candidate < numbers[group]) {
        numbers[group] = candidate
      }
    }
  }

  private mutating func keepExtremeText(
    _ owners: [Int32], _ values: ColumnVector, _ isMinimum: Bool
  ) {
    for (i, owner) in owners.enumerated() {
      guard case .text(let text) = values[i] else { continue }
      let group = Int(owner)
      guard let best = texts[group] else {
        texts[group] = text
        continue
      }
      if isMinimum == TextOrder.precedes(text, best), text != best { texts[group] = text }
    }
  }

  /// The figures, a value a group.
  func finish() throws(EngineError) -> ColumnVector {
    let type = aggregate.type
    switch aggregate.function {
    case .count: return ColumnVector(type: type, storage: .numbers(counts))
    case .exists: return ColumnVector(type: type, storage: .numbers(counts.map { $0 > 0 ? 1 : 0 }))
    case .countDistinct:
      return ColumnVector(type: type, storage: .numbers(distinct.map { Int64($0.count) }))
    case .share(let base): return shares(of: base.map { Int64($0) } ?? total)
    case .sum: return ColumnVector(type: type, storage: .numbers(try narrowed(numbers)))
    case .average: return try averages()
    case .minimum, .maximum:
      if type == .text {
        return ColumnVector((0..<groups).map { texts[$0].map { .text($0) } ?? .null }, type: .text)
      }
      return ColumnVector(type: type, storage: .numbers(try narrowed(numbers)), nulls: ~seen)
    case .percentile(let place): return percentiles(place)
    case .nth(let n): return ColumnVector(collected.map { Self.nth(n, of: $0) }, type: type)
    }
  }

  private func narrowed(_ wide: [Int128]) throws(EngineError) -> [Int64] {
    var result: [Int64] = []
    result.reserveCapacity(wide.count)
    for number in wide {
      guard let number = Int64(exactly: number) else { throw .overflow("a sum") }
      result.append(number)
    }
    return result
  }

  private func shares(of base: Int64) -> ColumnVector {
    let parts = counts.map { count in
      base == 0 ? 0 : Rounding.divide(Int128(count) * Int128(Decimal.scale), Int128(base))
    }
    return ColumnVector(
      type: .decimal, storage: .numbers(parts.map { Int64(clamping: $0) }),
      nulls: base == 0 ? Bitmap(count: groups, filledWith: true) : nil)
  }

  private func averages() throws(EngineError) -> ColumnVector {
    let scale: Int128 = aggregate.argument?.type == .integer ? Int128(Decimal.scale) : 1
    var means = numbers
    for i in means.indices where counts[i] > 0 {
      means[i] = Rounding.divide(numbers[i] * scale, Int128(counts[i]))
    }
    return ColumnVector(type: .decimal, storage: .numbers(try narrowed(means)), nulls: ~seen)
  }

  /// Between two values in proportion, as spreadsheets do; dates take the earlier.
  private func percentiles(_ place: Double) -> ColumnVector {
    let isInteger = aggregate.argument?.type == .integer
    let isDate = aggregate.type.isTemporal
    let millionths = Int128((place * 1_000_000).rounded())
    let values = collected.map { group -> Value in
      let keys = group.map(\.key).sorted()
      guard !keys.isEmpty else { return .null }
      let (whole, rest) = (millionths * Int128(keys.count - 1)).quotientAndRemainder(
        dividingBy: 1_000_000)
      let low = Int(whole)
      let scale: Int128 = isInteger ? Int128(Decimal.scale) : 1
      var result = Int128(keys[low]) * scale
      if low + 1 < keys.count, !isDate {
        result += Rounding.divide((Int128(keys[low + 1]) * scale - result) * rest, 1_000_000)
      }
      return Value(Int64(clamping: result), as: aggregate.type)
    }
    return ColumnVector(values, type: aggregate.type)
  }

  private static func nth(_ n: Int, of group: [Ranked]) -> Value {
    let sorted = group.enumerated().sorted {
      ($0.element.key, $0.offset) < ($1.element.key, $1.offset)
    }
    let position = n > 0 ? n - 1 : sorted.count + n
    return sorted.indices.contains(position) ? sorted[position].element.value : .null
  }
}
