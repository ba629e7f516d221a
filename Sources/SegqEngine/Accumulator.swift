import SegqRecords

/// Collects one figure for each of many groups.
struct Accumulator: Sendable {
  private let aggregate: Aggregate
  private var groups: Int
  private var counts: [Int64] = []
  private var total: Int64 = 0
  /// Sums, or the least or greatest so far.
  private var numbers: [Int128] = []
  private var seen: Bitmap
  private var texts: [Int: String] = [:]
  private var distinct: DistinctValues
  private var collected: [[Ranked]] = []

  private struct Ranked: Sendable {
    var key: Int64
    var value: Value
  }

  init(_ aggregate: Aggregate, groups: Int) {
    self.aggregate = aggregate
    self.groups = 0
    seen = Bitmap(count: 0)
    distinct = DistinctValues(aggregate.argument?.type ?? .integer, hasOneGroup: groups == 1)
    grow(to: groups)
  }

  private mutating func grow(to groups: Int) {
    let more = groups - self.groups
    guard more > 0 else { return }
    self.groups = groups
    switch aggregate.function {
    case .count, .exists, .share: counts.extend(by: more, with: 0)
    case .sum: numbers.extend(by: more, with: 0)
    case .minimum, .maximum: numbers.extend(by: more, with: 0)
    case .average:
      counts.extend(by: more, with: 0)
      numbers.extend(by: more, with: 0)
    case .countDistinct: break
    case .percentile, .nth: collected.extend(by: more, with: [])
    }
    seen.extend(to: groups)
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
    case .countDistinct: if let values { distinct.add(owners, values) }
    case .percentile:
      forEachValue(owners, values) { collected[$0].append(Ranked(key: $1.number ?? 0, value: $1)) }
    case .nth:
      guard let values, let keys = order?.numbers else { return }
      for (i, owner) in owners.enumerated() where !(order?.isNull(i) ?? true) {
        collected[Int(owner)].append(Ranked(key: keys[i], value: values[i]))
      }
    }
  }

  /// Adds what was collected of rows behind these: its group `g` is the group `owners[g]` here.
  mutating func merge(_ other: Accumulator, _ owners: [Int32], groups: Int) {
    grow(to: groups)
    total += other.total
    switch aggregate.function {
    case .count, .exists, .share: addCounts(other, owners)
    case .sum, .average:
      if !counts.isEmpty { addCounts(other, owners) }
      for (group, owner) in owners.enumerated() where other.seen[group] {
        numbers[Int(owner)] += other.numbers[group]
        seen[Int(owner)] = true
      }
    case .minimum, .maximum: keepExtremes(of: other, owners)
    case .countDistinct: distinct.merge(other.distinct, owners)
    case .percentile, .nth:
      for (group, owner) in owners.enumerated() {
        collected[Int(owner)] += other.collected[group]
      }
    }
  }

  private mutating func addCounts(_ other: Accumulator, _ owners: [Int32]) {
    for (group, owner) in owners.enumerated() { counts[Int(owner)] += other.counts[group] }
  }

  private mutating func keepExtremes(of other: Accumulator, _ owners: [Int32]) {
    for (group, owner) in owners.enumerated() where other.seen[group] {
      keep(other.numbers[group], Int(owner))
    }
    for (group, text) in other.texts { keep(text, Int(owners[group])) }
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
    guard let candidates = values.numbers else {
      forEachValue(owners, values) { group, value in
        if case .text(let text) = value { keep(text, group) }
      }
      return
    }
    for (i, owner) in owners.enumerated() where !values.isNull(i) {
      keep(Int128(candidates[i]), Int(owner))
    }
  }

  private mutating func keep(_ candidate: Int128, _ group: Int) {
    let isMinimum = aggregate.function == .minimum
    if seen.insert(group) || isMinimum == (candidate < numbers[group]) {
      numbers[group] = candidate
    }
  }

  private mutating func keep(_ candidate: String, _ group: Int) {
    let isMinimum = aggregate.function == .minimum
    guard let best = texts[group] else {
      texts[group] = candidate
      return
    }
    if isMinimum == TextOrder.precedes(candidate, best), candidate != best {
      texts[group] = candidate
    }
  }

  /// The figures, a value a group.
  func finish() throws(EngineError) -> ColumnVector {
    let type = aggregate.type
    switch aggregate.function {
    case .count: return ColumnVector(type: type, storage: .numbers(counts))
    case .exists: return ColumnVector(type: type, storage: .numbers(counts.map { $0 > 0 ? 1 : 0 }))
    case .countDistinct:
      return ColumnVector(type: type, storage: .numbers(distinct.counts(groups: groups)))
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

/// The different values of each of many groups.
private struct DistinctValues: Sendable {
  private var values: ValueCodes
  /// Group and code of a value in one number; nil where there is but one group.
  private var pairs: ValueCodes?

  init(_ type: DataType, hasOneGroup: Bool) {
    values = ValueCodes(type)
    pairs = hasOneGroup ? nil : ValueCodes(.integer)
  }

  /// Nulls do not count.
  mutating func add(_ owners: [Int32], _ vector: ColumnVector) {
    var (owners, vector) = (owners, vector)
    if let nulls = vector.nulls, !nulls.isEmpty {
      let kept = Rows.range(0..<vector.count).filtered(~nulls)
      vector = vector.gathered(kept)
      owners = kept.map { owners[Int($0)] }
    }
    add(owners, codes: values.codes(of: vector))
  }

  private mutating func add(_ owners: [Int32], codes: [Int32]) {
    guard pairs != nil else { return }
    let joined = zip(owners, codes).map { Int64($0) << 32 | Int64($1) }
    _ = pairs?.codes(of: ColumnVector(type: .integer, storage: .numbers(joined)))
  }

  mutating func merge(_ other: DistinctValues, _ owners: [Int32]) {
    let known = values.codes(of: other.values.values)
    let joined = other.pairs.map { $0.values.numbers ?? [] } ?? known.indices.map { Int64($0) }
    add(
      joined.map { owners[Int($0 >> 32)] },
      codes: joined.map { known[Int($0 & 0xFFFF_FFFF)] })
  }

  func counts(groups: Int) -> [Int64] {
    guard let joined = pairs?.values.numbers else { return [Int64(values.count)] }
    var counts = [Int64](repeating: 0, count: groups)
    for pair in joined { counts[Int(pair >> 32)] += 1 }
    return counts
  }
}

extension Array {
  fileprivate mutating func extend(by count: Int, with value: Element) {
    append(contentsOf: repeatElement(value, count: count))
  }
}

extension Bitmap {
  /// Adds clear bits up to so many.
  fileprivate mutating func extend(to count: Int) {
    self = Bitmap(
      words: words + repeatElement(0, count: (count + 63) >> 6 - words.count), count: count)
  }
}
