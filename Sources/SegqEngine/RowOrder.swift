/// The order in which rows are to lie, found by counting: O(n) for each 16 bits in which keys differ.
struct RowOrder {
  private(set) var rows: [Int32]

  init(count: Int) { rows = (0..<Int32(truncatingIfNeeded: count)).map { $0 } }

  /// Brings the rows into the order of their keys; those with equal keys stay as they are.
  mutating func sort(by keys: [UInt64]) {
    var low = UInt64.max
    var high: UInt64 = 0
    for key in keys {
      low = min(low, key)
      high = max(high, key)
    }
    guard low < high else { return }
    var shift: UInt64 = 0
    while shift < 64, (high - low) >> shift != 0 {
      sort(by: keys, minus: low, shift: shift)
      shift += 16
    }
  }

  private mutating func sort(by keys: [UInt64], minus low: UInt64, shift: UInt64) {
    var places = [Int](repeating: 0, count: 65_537)
    for key in keys { places[Int((key &- low) >> shift & 0xFFFF) + 1] += 1 }
    for i in 1..<places.count { places[i] += places[i - 1] }
    var sorted = rows
    for row in rows {
      let digit = Int((keys[Int(row)] &- low) >> shift & 0xFFFF)
      sorted[places[digit]] = row
      places[digit] += 1
    }
    rows = sorted
  }
}

extension RowOrder {
  /// The rows by parent, those without one (−1) last; those of one parent as in `first`, which is
  /// the order as they are if there is none. O(n + parents), one step through the rows.
  static func byParent(_ parents: [Int32], parentCount: Int, first: [Int32]?) -> [Int32] {
    var places = [Int32](repeating: 0, count: parentCount + 1)
    func bucket(_ parent: Int32) -> Int { parent < 0 ? parentCount : Int(parent) }
    for parent in parents { places[bucket(parent)] &+= 1 }
    var sum: Int32 = 0
    for i in places.indices {
      let size = places[i]
      places[i] = sum
      sum &+= size
    }
    var order = [Int32](repeating: 0, count: parents.count)
    func put(_ row: Int32) {
      let bucket = bucket(parents[Int(row)])
      order[Int(places[bucket])] = row
      places[bucket] &+= 1
    }
    if let first {
      for row in first { put(row) }
    } else {
      for row in 0..<Int32(truncatingIfNeeded: parents.count) { put(row) }
    }
    return order
  }
}

extension Int64 {
  /// As a number without a sign, in the same order.
  var sortKey: UInt64 { UInt64(bitPattern: self) ^ 1 << 63 }
}
