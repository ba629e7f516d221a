/// Ids of customers, ascending, in about as few bits as telling them apart takes: where one in a
/// thousand changed, 11.5 bits an id.
///
/// ```
/// IDSet(ascending: [7, 12, 300])   // k = 6; 7 in eight bytes; 4 and 287 as 0·64 + 4 and 4·64 + 31
/// ```
/// A byte `k`, the first id in eight bytes (little-endian), then for each further id what lies between
/// it and the one before (their difference less one) in Rice's code: its upper part as so many ones
/// and a zero, its lower `k` bits, the lowest first. No byte where there are no ids.
public struct IDSet: Sendable, Hashable {
  /// As they are kept, in memory and in a workspace.
  public let bytes: [UInt8]
  public let count: Int

  public static let none = IDSet(ascending: [])

  /// Of ids in ascending order, each once. O(n).
  ///
  /// One that is not above the one before it is left out. Rows that were read from a damaged file have such
  /// ids, and the gap to them would be written as 2⁵⁸ ones before anybody hears of the damage.
  public init(ascending ids: [Int64]) {
    guard let first = ids.first, let last = ids.last else {
      (bytes, count) = ([], 0)
      return
    }
    let range = UInt64(bitPattern: last &- first)
    // The best for gaps as they come by chance is ln 2 of their mean.
    let mean = ids.count > 1 ? 0.69 * Double(range) / Double(ids.count - 1) : 0
    let k = mean < 2 ? 0 : UInt64(mean.exponent)
    var bits = BitWriter(reserving: ids.count * (Int(k) + 2) / 8)
    bits.append(k, count: 8)
    bits.append(UInt64(bitPattern: first), count: 64)
    var (before, count) = (first, 1)
    for id in ids.dropFirst() where id > before {
      let gap = UInt64(bitPattern: id &- before &- 1)
      bits.append(ones: gap >> k)
      bits.append(gap & (1 << k - 1), count: k)
      (before, count) = (id, count + 1)
    }
    self.count = count
    bytes = bits.finished()
  }

  /// What ``bytes`` and ``count`` were, read again; nil where they do not belong together.
  public init?(bytes: [UInt8], count: Int) {
    guard bytes.isEmpty ? count == 0 : bytes.count >= 9 && bytes[0] < 64,
      count >= 0, count <= 1 + 8 * max(0, bytes.count - 9)
    else { return nil }
    (self.bytes, self.count) = (bytes, count)
  }

  /// O(n).
  public var ids: [Int64] {
    var ids: [Int64] = []
    ids.reserveCapacity(count)
    forEach {
      ids.append($0)
      return true
    }
    return ids
  }

  /// O(n).
  public func contains(_ wanted: Int64) -> Bool {
    var isFound = false
    forEach { id in
      isFound = id == wanted
      return id < wanted
    }
    return isFound
  }

  /// O(n).
  public func removing(_ id: Int64) -> IDSet {
    contains(id) ? IDSet(ascending: ids.filter { $0 != id }) : self
  }

  /// In order, as long as `body` says to go on.
  private func forEach(_ body: (Int64) -> Bool) {
    guard count > 0 else { return }
    var bits = BitReader(bytes)
    let k = bits.next(8)
    var id = Int64(bitPattern: bits.next(64))
    guard body(id) else { return }
    for _ in 1..<count {
      let high = bits.nextOnes()
      id = id &+ Int64(bitPattern: high << k | bits.next(k)) &+ 1
      guard body(id) else { return }
    }
  }
}

/// Bits end to end, the lowest of each byte first.
private struct BitWriter {
  private var bytes: [UInt8] = []
  private var pending: UInt64 = 0
  private var pendingCount: UInt64 = 0

  init(reserving count: Int) { bytes.reserveCapacity(count + 16) }

  mutating func append(_ bits: UInt64, count: UInt64) {
    guard count <= 32 else {
      append(bits & 0xFFFF_FFFF, count: 32)
      append(bits >> 32, count: count - 32)
      return
    }
    pending |= bits << pendingCount
    pendingCount += count
    while pendingCount >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      pendingCount -= 8
    }
  }

  /// So many ones, and a zero.
  mutating func append(ones count: UInt64) {
    var rest = count
    while rest >= 32 {
      append(0xFFFF_FFFF, count: 32)
      rest -= 32
    }
    append(1 << rest - 1, count: rest + 1)
  }

  consuming func finished() -> [UInt8] {
    if pendingCount > 0 { append(0, count: 8 - pendingCount) }
    return bytes
  }
}

/// Behind the end there are zeros.
private struct BitReader {
  private let bytes: [UInt8]
  private var place = 0
  private var pending: UInt64 = 0
  private var pendingCount: UInt64 = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private mutating func fill() {
    while pendingCount <= 56 {
      if place < bytes.count { pending |= UInt64(bytes[place]) << pendingCount }
      place += 1
      pendingCount += 8
    }
  }

  mutating func next(_ count: UInt64) -> UInt64 {
    if count > 32 { return next(32) | next(count - 32) << 32 }
    if pendingCount < count { fill() }
    let bits = pending & (1 << count - 1)
    pending >>= count
    pendingCount -= count
    return bits
  }

  /// How many ones there are before the next zero, which is passed.
  mutating func nextOnes() -> UInt64 {
    var ones: UInt64 = 0
    while true {
      fill()
      let run = UInt64((~pending).trailingZeroBitCount)
      guard run >= pendingCount else {
        pending >>= run + 1
        pendingCount -= run + 1
        return ones + run
      }
      ones += pendingCount
      (pending, pendingCount) = (0, 0)
    }
  }
}
