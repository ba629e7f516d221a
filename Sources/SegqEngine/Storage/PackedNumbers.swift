import SegqRecords

/// The numbers of a column, in as few bytes each as all of them fit in: `base` is added to what is
/// stored.
///
/// 2021-01-01 … 2026-11-24 in seconds is a base of 1,609,459,200 and four bytes a row.
public struct PackedNumbers: Sendable {
  package enum Storage: Sendable {
    case bytes(Memory<UInt8>)
    case halves(Memory<UInt16>)
    case words(Memory<UInt32>)
    case whole(Memory<Int64>)
  }

  package let base: Int64
  package let storage: Storage
  /// The least and the greatest number of each row group; no number lies in an empty one.
  package let zones: Memory<Zone>

  public let count: Int

  package struct Zone: Sendable, Hashable, BitwiseCopyable {
    package var low = Int64.max
    package var high = Int64.min

    var isEmpty: Bool { low > high }

    @inline(__always)
    mutating func add(_ number: Int64) {
      low = min(low, number)
      high = max(high, number)
    }

    mutating func add(_ other: Zone) {
      low = min(low, other.low)
      high = max(high, other.high)
    }
  }

  /// Where `nulls` is set the number does not count. O(n).
  init(_ numbers: [Int64], nulls: Bitmap?) {
    self.init(count: numbers.count, nulls: nulls) { numbers[$0] }
  }

  /// The codes of texts; a null has the code `null`. O(n).
  init(codes: [Int32], nulls: Bitmap?, null: Int) {
    guard let nulls else {
      self.init(count: codes.count, nulls: nil) { Int64(codes[$0]) }
      return
    }
    let null = Int64(null)
    self.init(count: codes.count, nulls: nil) { nulls[$0] ? null : Int64(codes[$0]) }
  }

  @inline(__always)
  private init(count: Int, nulls: Bitmap?, _ number: (Int) -> Int64) {
    let zones = Self.zones(count: count, nulls: nulls, number)
    self.zones = Memory(zones)
    let form = Form(zones.reduce(into: Zone()) { $0.add($1) })
    let base = form.base
    self.base = base
    storage =
      switch form.width {
      case 1: .bytes(Self.packed(count, base: base, number))
      case 2: .halves(Self.packed(count, base: base, number))
      case 4: .words(Self.packed(count, base: base, number))
      default: .whole(Self.packed(count, base: base, number))
      }
    self.count = count
  }

  /// How numbers lie: what is added to each, and how many bytes it takes.
  struct Form: Equatable {
    let base: Int64
    let width: Int

    /// The least that numbers fit in.
    init(_ numbers: Zone) {
      let all = numbers.isEmpty ? Zone(low: 0, high: 0) : numbers
      let (span, isWide) = all.high.subtractingReportingOverflow(all.low)
      width =
        switch isWide ? .max : span {
        case 0...0xFF: 1
        case 0...0xFFFF: 2
        case 0...0xFFFF_FFFF: 4
        default: 8
        }
      base = width == 8 ? 0 : all.low
    }

    init(of numbers: PackedNumbers) {
      base = numbers.base
      width =
        switch numbers.storage {
        case .bytes: 1
        case .halves: 2
        case .words: 4
        case .whole: 8
        }
    }

    func holds(_ numbers: Zone) -> Bool {
      guard width < 8 else { return true }
      let (span, isWide) = numbers.high.subtractingReportingOverflow(base)
      return numbers.low >= base && !isWide && span >> (8 * Int64(width)) == 0
    }
  }

  @inline(__always)
  private static func zones(count: Int, nulls: Bitmap?, _ number: (Int) -> Int64) -> [Zone] {
    stride(from: 0, to: count, by: RowSelection.groupSize).map { start in
      var zone = Zone()
      let rows = start..<min(start + RowSelection.groupSize, count)
      if let nulls {
        for row in rows where !nulls[row] { zone.add(number(row)) }
      } else {
        for row in rows { zone.add(number(row)) }
      }
      return zone
    }
  }

  @inline(__always)
  private static func packed<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ count: Int, base: Int64, _ number: (Int) -> Int64
  ) -> Memory<Element> {
    Memory(count: count) { out in
      for row in 0..<count { out.append(Element(truncatingIfNeeded: number(row) &- base)) }
    }
  }

  /// The numbers of these rows, in this order; `nulls` are those of the result.
  func gathered(_ rows: [Int32], nulls: Bitmap?) -> PackedNumbers {
    switch storage {
    case .bytes(let values): gathered(values, rows, nulls) { .bytes($0) }
    case .halves(let values): gathered(values, rows, nulls) { .halves($0) }
    case .words(let values): gathered(values, rows, nulls) { .words($0) }
    case .whole(let values): gathered(values, rows, nulls) { .whole($0) }
    }
  }

  private func gathered<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ values: Memory<Element>, _ rows: [Int32], _ nulls: Bitmap?,
    _ storage: (Memory<Element>) -> Storage
  ) -> PackedNumbers {
    let values = values.span
    let picked = Memory<Element>(count: rows.count) { out in
      for row in rows { out.append(values[Int(row)]) }
    }
    let found = picked.span
    let zones = Self.zones(count: rows.count, nulls: nulls) {
      base &+ Int64(truncatingIfNeeded: found[$0])
    }
    return PackedNumbers(
      base: base, storage: storage(picked), zones: Memory(zones), count: rows.count)
  }

  /// Numbers as they were stored.
  package init(base: Int64, storage: Storage, zones: Memory<Zone>, count: Int) {
    self.base = base
    self.storage = storage
    self.zones = zones
    self.count = count
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

  /// The numbers of rows.
  func values<Number: FixedWidthInteger>(of rows: Rows) -> [Number] {
    var numbers: [Number] = []
    switch rows {
    case .range(let range): append(range, to: &numbers)
    case .list(let list): append(list, to: &numbers)
    case .dictionary: preconditionFailure("a dictionary has no numbers")
    }
    return numbers
  }

  /// The least and the greatest of all.
  var zone: Zone {
    let zones = zones.span
    return zones.indices.reduce(into: Zone()) { $0.add(zones[$1]) }
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
    return values + zones.byteCount
  }
}
