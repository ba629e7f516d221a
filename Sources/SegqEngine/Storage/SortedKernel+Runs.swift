// Runs, as lists of edges: where each begins and where it ends.
extension SortedKernel {
  /// The edges of the rows that the operation keeps: between two edges no set changes, so whether a
  /// row is in a set is whether an odd number of its edges lies behind. O(a + b).
  static func combineRuns(
    _ operation: SetOperation, _ a: Memory<UInt32>, _ b: Memory<UInt32>
  ) -> Memory<UInt32> {
    let kept = operation.kept
    return unsafe Memory(atMost: a.count + b.count) { out in
      var (low, high) = MergeLane.cut(a, b)
      high.isInside = high.isInside(kept)
      MergeLane.inTurns(&low, &high) {
        unsafe $0.stepRuns(a.pointer, b.pointer, kept, to: out)
      }
      unsafe low.copyRestOfRuns(a, b, kept, to: out)
      unsafe high.copyRestOfRuns(a, b, kept, to: out)
      return unsafe low.close(with: high, in: out)
    }
  }

  /// How many rows are in runs of both.
  static func sharedCountOfRuns(_ a: Memory<UInt32>, _ b: Memory<UInt32>) -> Int {
    var (low, high) = MergeLane.cutRuns(a, b)
    MergeLane.inTurns(&low, &high) { unsafe $0.countRuns(a.pointer, b.pointer) }
    return low.count + high.count
  }

  /// How many runs of neighbours the rows are.
  static func runCount(_ rows: Memory<UInt32>) -> Int {
    let source = unsafe rows.pointer
    var n = min(rows.count, 1)
    for place in stride(from: 1, to: rows.count, by: 1) {
      n &+= unsafe source[place] &- source[place - 1] == 1 ? 0 : 1
    }
    return n
  }

  /// Where the runs of neighbours begin and end.
  static func edges(_ rows: Memory<UInt32>) -> Memory<UInt32> {
    let source = unsafe rows.pointer
    return unsafe Memory(writing: 2 * runCount(rows)) { out in
      var n = 0
      for place in 0..<rows.count {
        let row = unsafe source[place]
        if unsafe n == 0 || out[n - 1] != row {
          unsafe out[n] = row
          n += 2
        }
        unsafe out[n - 1] = row + 1
      }
    }
  }

  /// How many rows before `row` are in the runs of these edges, the last of which may be a beginning.
  static func count(_ edges: Span<UInt32>, in range: Range<Int>, below row: Int) -> Int {
    var n = 0
    for place in stride(from: range.lowerBound, to: range.upperBound - 1, by: 2) {
      n += Int(edges[place + 1] - edges[place])
    }
    return range.count & 1 == 0 ? n : n + row - Int(edges[range.upperBound - 1])
  }

  /// Writes `count` rows of the runs of a range of edges, without the first `skipped` ones. Of edges
  /// that a damaged file no longer has there are fewer; row 0 is written in their place.
  @unsafe
  static func copyRows(
    _ edges: UnsafePointer<UInt32>, _ range: Range<Int>, skipping skipped: Int, count: Int,
    to out: UnsafeMutablePointer<UInt32>
  ) {
    var (place, left, n) = (range.lowerBound, skipped, 0)
    while n < count {
      guard place < range.upperBound else {
        return unsafe (out + n).initialize(repeating: 0, count: count - n)
      }
      let length = unsafe Int(edges[place + 1] - edges[place])
      let copied = max(0, min(length - left, count - n))
      let start = unsafe edges[place] &+ UInt32(truncatingIfNeeded: left)
      for i in 0..<copied { unsafe out[n + i] = start &+ UInt32(truncatingIfNeeded: i) }
      n += copied
      left = max(0, left - length)
      place += 2
    }
  }
}
