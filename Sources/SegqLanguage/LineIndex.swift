import Synchronization

/// Where the lines of a text begin, found when somebody first asks; then a place is found in O(log n).
final class LineIndex: Sendable {
  private let starts = Mutex<[Int]?>(nil)

  /// How many lines begin at or before the offset, less one. `find` gives the offsets behind line ends.
  func line(at offset: Int, _ find: () -> [Int]) -> Int {
    starts.withLock { known in
      let all = known ?? find()
      known = all
      var (low, high) = (0, all.count)
      while low < high {
        let middle = (low + high) / 2
        if all[middle] <= offset { low = middle + 1 } else { high = middle }
      }
      return low
    }
  }
}
