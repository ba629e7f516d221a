/// Loops over ascending rows, and over the edges of ascending runs: where each begins and where it
/// ends. They have few branches, since which of two sets comes next can't be foretold.
enum SortedKernel {
  /// From this many times as many rows on, the greater set is leapt through.
  static var skew: Int { 32 }

  /// The rows that the operation keeps. O(a + b), or O(a log b) where `b` is far greater, and what is
  /// copied.
  static func combine(
    _ operation: SetOperation, _ a: Memory<UInt32>, _ b: Memory<UInt32>
  ) -> Memory<UInt32> {
    let most = a.count + b.count
    if a.count > b.count * skew {
      return unsafe Memory(atMost: most) { unsafe leap(operation, a, b, to: $0) }
    }
    if b.count > a.count * skew {
      return unsafe Memory(atMost: most) { unsafe leap(operation.swapped, b, a, to: $0) }
    }
    return unsafe Memory(atMost: most) { unsafe merge(operation, a, b, to: $0) }
  }

  @unsafe
  private static func merge(
    _ operation: SetOperation, _ a: Memory<UInt32>, _ b: Memory<UInt32>,
    to out: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let kept = operation.kept
    var (low, high) = MergeLane.cut(a, b)
    MergeLane.inTurns(&low, &high) {
      unsafe $0.stepRows(a.pointer, b.pointer, kept, to: out)
    }
    unsafe low.copyRest(a, operation.keepsLeft, b, operation.keepsRight, to: out)
    unsafe high.copyRest(a, operation.keepsLeft, b, operation.keepsRight, to: out)
    return unsafe low.close(with: high, in: out)
  }

  @unsafe
  private static func copy(
    _ values: Memory<UInt32>, _ range: Range<Int>, to out: UnsafeMutablePointer<UInt32>
  ) -> Int {
    unsafe out.initialize(from: values.pointer + range.lowerBound, count: range.count)
    return range.count
  }

  /// Leaps through the left, far greater set from one row of the right to the next.
  @unsafe
  private static func leap(
    _ operation: SetOperation, _ a: Memory<UInt32>, _ b: Memory<UInt32>,
    to out: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let (great, small) = (a.span, b.span)
    var (i, n) = (0, 0)
    for place in small.indices {
      let row = small[place]
      let next = great.countBelow(row, from: i)
      if operation.keepsLeft { n += unsafe copy(a, i..<next, to: out + n) }
      let isShared = next < great.count && great[next] == row
      if isShared ? operation.keepsBoth : operation.keepsRight {
        unsafe out[n] = row
        n += 1
      }
      i = isShared ? next + 1 : next
    }
    if operation.keepsLeft { n += unsafe copy(a, i..<a.count, to: out + n) }
    return n
  }

  /// How many rows are in both.
  static func sharedCount(_ a: Memory<UInt32>, _ b: Memory<UInt32>) -> Int {
    if a.count > b.count * skew { return leapCount(a.span, b.span) }
    if b.count > a.count * skew { return leapCount(b.span, a.span) }
    var (low, high) = MergeLane.cut(a, b)
    MergeLane.inTurns(&low, &high) {
      unsafe $0.countRows(a.pointer, b.pointer)
    }
    return low.count + high.count
  }

  private static func leapCount(_ great: Span<UInt32>, _ small: Span<UInt32>) -> Int {
    var (i, n) = (0, 0)
    for place in small.indices {
      i = great.countBelow(small[place], from: i)
      if i < great.count, great[i] == small[place] { n += 1 }
    }
    return n
  }
}

// Rows that are looked up, one by one, in a set of another form.
extension SortedKernel {
  /// Those of the rows whose bit is as wanted.
  static func probe(
    _ rows: Memory<UInt32>, in words: Memory<UInt64>, wanted: Bool
  ) -> Memory<UInt32> {
    let (source, bits) = unsafe (rows.pointer, words.pointer)
    let unwanted: UInt64 = wanted ? 0 : 1
    return unsafe Memory(atMost: rows.count) { out in
      var n = 0
      for place in 0..<rows.count {
        let row = unsafe source[place]
        unsafe out[n] = row
        n &+= unsafe Int(bits[Int(row >> 6)] >> UInt64(row & 63) & 1 ^ unwanted)
      }
      return n
    }
  }

  static func probeCount(_ rows: Memory<UInt32>, in words: Memory<UInt64>) -> Int {
    let (source, bits) = unsafe (rows.pointer, words.pointer)
    var n: UInt64 = 0
    for place in 0..<rows.count {
      let row = unsafe source[place]
      n &+= unsafe bits[Int(row >> 6)] >> UInt64(row & 63) & 1
    }
    return Int(n)
  }

  /// Those of the rows that are in a run, or those that are in none.
  static func probe(
    _ rows: Memory<UInt32>, inRuns edges: Memory<UInt32>, wanted: Bool
  ) -> Memory<UInt32> {
    let wanted = wanted ? 1 : 0
    return unsafe Memory(atMost: rows.count + edges.count) { out in
      if edges.count > rows.count * skew {
        return unsafe leap(rows, inRuns: edges, wanted, to: out)
      }
      var (low, high) = MergeLane.cut(rows, edges)
      MergeLane.inTurns(&low, &high) {
        unsafe $0.stepRowsInRuns(rows.pointer, edges.pointer, wanted: wanted, to: out)
      }
      unsafe low.copyRestOfRowsInRuns(rows, wanted: wanted, to: out)
      unsafe high.copyRestOfRowsInRuns(rows, wanted: wanted, to: out)
      return unsafe low.close(with: high, in: out)
    }
  }

  @unsafe
  private static func leap(
    _ rows: Memory<UInt32>, inRuns edges: Memory<UInt32>, _ wanted: Int,
    to out: UnsafeMutablePointer<UInt32>
  ) -> Int {
    let (rows, edges) = (rows.span, edges.span)
    var (passed, n) = (0, 0)
    for place in rows.indices {
      passed = edges.countUpTo(rows[place], from: passed)
      unsafe out[n] = rows[place]
      n &+= passed & 1 ^ wanted ^ 1
    }
    return n
  }

  static func probeCount(_ rows: Memory<UInt32>, inRuns edges: Memory<UInt32>) -> Int {
    let (rows, edges) = (rows.span, edges.span)
    var (passed, n) = (0, 0)
    for place in rows.indices {
      passed = edges.countUpTo(rows[place], from: passed)
      n &+= passed & 1
    }
    return n
  }
}

// Runs.
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

  /// Writes `count` rows of the runs from the edge `first` on, without the next `skipped` ones.
  @unsafe
  static func copyRows(
    _ edges: UnsafePointer<UInt32>, from first: Int, skipping skipped: Int, count: Int,
    to out: UnsafeMutablePointer<UInt32>
  ) {
    var (place, left, n) = (first, skipped, 0)
    while n < count {
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

// Rows and runs laid out in words of which the first is `range.lowerBound` of the table.
extension SortedKernel {
  /// Gives the place of the first row behind the words.
  @unsafe
  static func setRows(
    _ rows: Memory<UInt32>, from first: Int, in words: UnsafeMutablePointer<UInt64>,
    words range: Range<Int>
  ) -> Int {
    let source = unsafe rows.pointer
    var place = first
    while unsafe place < rows.count && Int(source[place]) < range.upperBound << 6 {
      let row = unsafe Int(source[place])
      unsafe words[row >> 6 - range.lowerBound] |= 1 << UInt64(row & 63)
      place += 1
    }
    return place
  }

  /// Sets, clears or turns the bits of some of the rows, and tells how many more bits are set now.
  @unsafe
  static func change(
    _ operation: SetOperation, _ rows: Memory<UInt32>, _ places: Range<Int>,
    in words: UnsafeMutablePointer<UInt64>, from first: Int
  ) -> Int {
    let source = unsafe rows.pointer
    let turned = (operation.keepsRight ? 1 : 0 as UInt64) | (operation.keepsBoth ? 0 : 2)
    var more = 0
    for place in places {
      let row = unsafe Int(source[place]) - (first << 6)
      let word = unsafe words[row >> 6]
      let isSet = word >> UInt64(row & 63) & 1
      let turn = turned >> isSet & 1
      unsafe words[row >> 6] = word ^ turn << UInt64(row & 63)
      more &+= Int(turn) &* (1 &- 2 &* Int(isSet))
    }
    return more
  }

  /// Gives the place of the first run that ends behind the words.
  @unsafe
  static func setRuns(
    _ edges: Memory<UInt32>, from first: Int, in words: UnsafeMutablePointer<UInt64>,
    words range: Range<Int>
  ) -> Int {
    let (start, end) = (range.lowerBound << 6, range.upperBound << 6)
    let edges = edges.span
    var place = first
    while place < edges.count && Int(edges[place]) < end {
      let run = max(Int(edges[place]), start)..<min(Int(edges[place + 1]), end)
      unsafe WordKernel.set(run.lowerBound - start..<run.upperBound - start, in: words)
      if Int(edges[place + 1]) > end { break }
      place += 2
    }
    return place
  }
}

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
