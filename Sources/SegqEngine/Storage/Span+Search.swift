// Looking up in what ascends.
extension Span where Element == UInt32 {
  /// How many values are less. O(log n).
  func countBelow(_ value: UInt32) -> Int { countBelow(value, in: 0..<count) }

  /// How many values are not greater. O(log n).
  func countUpTo(_ value: UInt32) -> Int { value == .max ? count : countBelow(value + 1) }

  /// The same where it is known that `start` values are less: O(log of how many more).
  func countBelow(_ value: UInt32, from start: Int) -> Int {
    var (low, step) = (start, 1)
    while low + step <= count && self[low + step - 1] < value {
      low += step
      step <<= 1
    }
    return countBelow(value, in: low..<Swift.min(low + step - 1, count))
  }

  func countUpTo(_ value: UInt32, from start: Int) -> Int {
    value == .max ? count : countBelow(value + 1, from: start)
  }

  private func countBelow(_ value: UInt32, in range: Range<Int>) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while low < high {
      let middle = (low + high) >> 1
      if self[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
