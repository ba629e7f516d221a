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
    if edges.count > rows.count * skew { return leapCount(rows.span, inRuns: edges.span) }
    var (low, high) = MergeLane.cut(rows, edges)
    MergeLane.inTurns(&low, &high) { unsafe $0.countRowsInRuns(rows.pointer, edges.pointer) }
    return low.count + low.restOfRowsInRuns + high.count + high.restOfRowsInRuns
  }

  private static func leapCount(_ rows: Span<UInt32>, inRuns edges: Span<UInt32>) -> Int {
    var (passed, n) = (0, 0)
    for place in rows.indices {
      passed = edges.countUpTo(rows[place], from: passed)
      n &+= passed & 1
    }
    return n
  }
}
