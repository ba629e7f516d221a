import SegqRecords

/// The numbers of a column, in as few bytes each as all of them fit in: `base` is added to what is
/// stored.
///
/// 2021-01-01 … 2026-11-24 in seconds is a base of 1,609,459,200 and four bytes a row.
public struct PackedNumbers: Sendable {
  enum Storage: Sendable {
    case bytes(Memory<UInt8>)
    case halves(Memory<UInt16>)
    case words(Memory<UInt32>)
    case whole(Memory<Int64>)
  }

  let base: Int64
  let storage: Storage
  /// The least and the greatest number of each row group; no number lies in an empty one.
  let zones: [Zone]

  public let count: Int

  struct Zone: Sendable, Hashable {
    var low = Int64.max
    var high = Int64.min

    var isEmpty: Bool { low > high }

    mutating func add(_ other: Zone) {
      low = min(low, other.low)
      high = max(high, other.high)
    }
  }

  /// Where `isNull` is set the number does not count. O(n).
  init(_ numbers: [Int64], nulls: Bitmap?) {
    zones = stride(from: 0, to: numbers.count, by: RowSelection.groupSize).map { start in
      Self.zone(numbers, start..<min(start + RowSelection.groupSize, numbers.count), nulls)
    }
    var all = zones.reduce(into: Zone()) { $0.add($1) }
    if all.isEmpty { all = Zone(low: 0, high: 0) }
    let (span, isWide) = all.high.subtractingReportingOverflow(all.low)
    base = isWide || span > Int64(UInt32.max) ? 0 : all.low
    storage =
      switch isWide ? .max : span {
      case 0...0xFF: .bytes(Self.packed(numbers, base: all.low))
      case 0...0xFFFF: .halves(Self.packed(numbers, base: all.low))
      case 0...0xFFFF_FFFF: .words(Self.packed(numbers, base: all.low))
      default: .whole(Memory(numbers))
      }
    count = numbers.count
  }

  private static func zone(_ numbers: [Int64], _ rows: Range<Int>, _ nulls: Bitmap?) -> Zone {
    var zone = Zone()
    guard let nulls else {
      for row in rows {
        zone.low = min(zone.low, numbers[row])
        zone.high = max(zone.high, numbers[row])
      }
      return zone
    }
    for row in rows where !nulls[row] { zone.add(Zone(low: numbers[row], high: numbers[row])) }
    return zone
  }

  private static func packed<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ numbers: [Int64], base: Int64
  ) -> Memory<Element> {
    Memory(count: numbers.count) { out in
      for number in numbers { out.append(Element(truncatingIfNeeded: number &- base)) }
    }
  }

  public subscript(row: Int) -> Int64 {
    switch storage {
    case .bytes(let values): base &+ Int64(values.span[row])
    case .halves(let values): base &+ Int64(values.span[row])
    case .words(let values): base &+ Int64(values.span[row])
    case .whole(let values): values.span[row]
    }
  }

  /// The numbers of neighbouring rows, appended.
  func append<Number: FixedWidthInteger>(_ rows: Range<Int>, to numbers: inout [Number]) {
    switch storage {
    case .bytes(let values): append(values.span, rows, to: &numbers)
    case .halves(let values): append(values.span, rows, to: &numbers)
    case .words(let values): append(values.span, rows, to: &numbers)
    case .whole(let values): append(values.span, rows, to: &numbers)
    }
  }

  private func append<Element: FixedWidthInteger & BitwiseCopyable, Number: FixedWidthInteger>(
    _ values: Span<Element>, _ rows: Range<Int>, to numbers: inout [Number]
  ) {
    let base = Number(truncatingIfNeeded: base)
    numbers.append(addingCapacity: rows.count) { out in
      for row in rows { out.append(base &+ Number(truncatingIfNeeded: values[row])) }
    }
  }

  /// The numbers of these rows, appended.
  func append<Number: FixedWidthInteger>(_ rows: [Int32], to numbers: inout [Number]) {
    switch storage {
    case .bytes(let values): append(values.span, rows, to: &numbers)
    case .halves(let values): append(values.span, rows, to: &numbers)
    case .words(let values): append(values.span, rows, to: &numbers)
    case .whole(let values): append(values.span, rows, to: &numbers)
    }
  }

  private func append<Element: FixedWidthInteger & BitwiseCopyable, Number: FixedWidthInteger>(
    _ values: Span<Element>, _ rows: [Int32], to numbers: inout [Number]
  ) {
    let base = Number(truncatingIfNeeded: base)
    numbers.append(addingCapacity: rows.count) { out in
      for row in rows { out.append(base &+ Number(truncatingIfNeeded: values[Int(row)])) }
    }
  }

  /// Counts how often each number from 0 on stands in neighbouring rows.
  func count(_ rows: Range<Int>, into counts: inout [Int64]) {
    switch storage {
    case .bytes(let values): count(values.span, rows, into: &counts)
    case .halves(let values): count(values.span, rows, into: &counts)
    case .words(let values): count(values.span, rows, into: &counts)
    case .whole(let values): count(values.span, rows, into: &counts)
    }
  }

  private func count<Element: FixedWidthInteger & BitwiseCopyable>(
    _ values: Span<Element>, _ rows: Range<Int>, into counts: inout [Int64]
  ) {
    let base = Int(truncatingIfNeeded: base)
    for row in rows { counts[base &+ Int(truncatingIfNeeded: values[row])] &+= 1 }
  }

  /// Which of neighbouring rows have a number, from 0 on, that is wanted.
  func having(_ wanted: [Bool], _ rows: Range<Int>) -> Bitmap {
    switch storage {
    case .bytes(let values): having(values.span, wanted, rows)
    case .halves(let values): having(values.span, wanted, rows)
    case .words(let values): having(values.span, wanted, rows)
    case .whole(let values): having(values.span, wanted, rows)
    }
  }

  private func having<Element: FixedWidthInteger & BitwiseCopyable>(
    _ values: Span<Element>, _ wanted: [Bool], _ rows: Range<Int>
  ) -> Bitmap {
    let base = Int(truncatingIfNeeded: base)
    var words = [UInt64](repeating: 0, count: (rows.count + 63) >> 6)
    for i in 0..<rows.count {
      let number = base &+ Int(truncatingIfNeeded: values[rows.lowerBound &+ i])
      words[i >> 6] |= (wanted[number] ? 1 : 0) &<< UInt64(truncatingIfNeeded: i)
    }
    return Bitmap(words: words, count: rows.count)
  }

  /// All of them.
  public var numbers: [Int64] {
    var result: [Int64] = []
    append(0..<count, to: &result)
    return result
  }

  var byteCount: Int {
    let values =
      switch storage {
      case .bytes(let values): values.byteCount
      case .halves(let values): values.byteCount
      case .words(let values): values.byteCount
      case .whole(let values): values.byteCount
      }
    return values + zones.count * MemoryLayout<Zone>.stride
  }
}
