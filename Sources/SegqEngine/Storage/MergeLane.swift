/// Where the merging of two ascending lists stands.
///
/// Each step waits for what the one before found, not for memory or arithmetic. So two lists are cut
/// at the same row, and the parts are merged in turns: two steps at a time. No step branches on what
/// it finds, since which list goes on can't be foretold.
struct MergeLane {
  private(set) var i: Int
  private let iEnd: Int
  private(set) var j: Int
  private let jEnd: Int
  /// Where the next row is written, or how many there were.
  private(set) var n: Int
  private let first: Int
  /// Of runs: 1 if the rows behind the last edge are kept.
  var isInside = 0

  /// Two lanes, the rows of one before those of the other. Neither can write over the other's.
  static func cut(_ a: Memory<UInt32>, _ b: Memory<UInt32>) -> (low: MergeLane, high: MergeLane) {
    let i = a.count / 2
    let j = a.count == 0 ? 0 : b.span.countBelow(a.span[i])
    return (
      MergeLane(i: 0, iEnd: i, j: 0, jEnd: j, n: 0, first: 0),
      MergeLane(i: i, iEnd: a.count, j: j, jEnd: b.count, n: i + j, first: i + j)
    )
  }

  /// The same of runs, where the rows of a run in `b` can lie on both sides of the cut.
  static func cutRuns(_ a: Memory<UInt32>, _ b: Memory<UInt32>) -> (low: MergeLane, high: MergeLane)
  {
    let i = a.count / 2 & ~1
    let below = a.count == 0 ? 0 : b.span.countBelow(a.span[i])
    return (
      MergeLane(i: 0, iEnd: i, j: 0, jEnd: (below + 1) & ~1, n: 0, first: 0),
      MergeLane(i: i, iEnd: a.count, j: below & ~1, jEnd: b.count, n: 0, first: 0)
    )
  }

  /// Merges both to where one of their lists ends.
  @inline(__always)
  static func inTurns(
    _ low: inout MergeLane, _ high: inout MergeLane, _ step: (inout MergeLane) -> Void
  ) {
    while low.isMerging && high.isMerging {
      step(&low)
      step(&high)
    }
    while low.isMerging { step(&low) }
    while high.isMerging { step(&high) }
  }

  /// How many rows it has written or counted.
  var count: Int { n - first }

  var isMerging: Bool { i < iEnd && j < jEnd }

  /// One row, written if it is kept; see ``SetOperation/kept``.
  @unsafe @inline(__always)
  mutating func stepRows(
    _ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>, _ kept: Int,
    to out: UnsafeMutablePointer<UInt32>
  ) {
    let (x, y) = unsafe (a[i], b[j])
    let fromLeft = x <= y ? 1 : 0
    let fromRight = y <= x ? 1 : 0
    unsafe out[n] = min(x, y)
    n &+= kept >> (fromLeft | fromRight << 1) & 1
    i &+= fromLeft
    j &+= fromRight
  }

  /// One row, counted if it is in both.
  @unsafe @inline(__always)
  mutating func countRows(_ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>) {
    let (x, y) = unsafe (a[i], b[j])
    let fromLeft = x <= y ? 1 : 0
    let fromRight = y <= x ? 1 : 0
    n &+= fromLeft & fromRight
    i &+= fromLeft
    j &+= fromRight
  }

  /// One edge, written if rows are kept before it and not behind it, or the other way round.
  @unsafe @inline(__always)
  mutating func stepRuns(
    _ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>, _ kept: Int,
    to out: UnsafeMutablePointer<UInt32>
  ) {
    let (x, y) = unsafe (a[i], b[j])
    i &+= x <= y ? 1 : 0
    j &+= y <= x ? 1 : 0
    unsafe out[n] = min(x, y)
    let now = isInside(kept)
    n &+= now ^ isInside
    isInside = now
  }

  /// One run, whose rows are counted that are in one of `b`.
  @unsafe @inline(__always)
  mutating func countRuns(_ a: UnsafePointer<UInt32>, _ b: UnsafePointer<UInt32>) {
    let (x, y) = unsafe (a[i + 1], b[j + 1])
    let start = unsafe max(a[i], b[j])
    n &+= max(0, Int(min(x, y)) &- Int(start))
    i &+= x <= y ? 2 : 0
    j &+= y <= x ? 2 : 0
  }

  /// A row, or an edge that lies no later; the row is written if it is in a run, or in none.
  @unsafe @inline(__always)
  mutating func stepRowsInRuns(
    _ rows: UnsafePointer<UInt32>, _ edges: UnsafePointer<UInt32>, wanted: Int,
    to out: UnsafeMutablePointer<UInt32>
  ) {
    let row = unsafe rows[i]
    let isPassed = unsafe edges[j] <= row ? 1 : 0
    unsafe out[n] = row
    n &+= (isPassed ^ 1) & (j & 1 ^ wanted ^ 1)
    i &+= isPassed ^ 1
    j &+= isPassed
  }

  /// The same, only counted.
  @unsafe @inline(__always)
  mutating func countRowsInRuns(_ rows: UnsafePointer<UInt32>, _ edges: UnsafePointer<UInt32>) {
    let isPassed = unsafe edges[j] <= rows[i] ? 1 : 0
    n &+= (isPassed ^ 1) & j
    i &+= isPassed ^ 1
    j &+= isPassed
  }

  /// How many rows are counted when the last edges are passed.
  var restOfRowsInRuns: Int { j & 1 == 0 ? 0 : iEnd - i }

  @unsafe
  mutating func copyRestOfRowsInRuns(
    _ rows: Memory<UInt32>, wanted: Int, to out: UnsafeMutablePointer<UInt32>
  ) {
    if j & 1 == wanted { unsafe copy(rows, i..<iEnd, to: out) }
  }

  /// Whether rows here are kept: a set holds them if an odd number of its edges lies behind.
  @inline(__always)
  func isInside(_ kept: Int) -> Int { kept >> (i & 1 | (j & 1) << 1) & 1 }

  /// What is left of one list when the other is at its end.
  @unsafe
  mutating func copyRest(
    _ a: Memory<UInt32>, _ keepsLeft: Bool, _ b: Memory<UInt32>, _ keepsRight: Bool,
    to out: UnsafeMutablePointer<UInt32>
  ) {
    if keepsLeft { unsafe copy(a, i..<iEnd, to: out) }
    if keepsRight { unsafe copy(b, j..<jEnd, to: out) }
  }

  /// The same of edges: they are kept if it matters for the result what the other set is here.
  @unsafe
  mutating func copyRestOfRuns(
    _ a: Memory<UInt32>, _ b: Memory<UInt32>, _ kept: Int, to out: UnsafeMutablePointer<UInt32>
  ) {
    let (inLeft, inRight) = (i & 1, j & 1)
    let keepsLeft = (kept >> (inRight << 1) ^ kept >> (1 | inRight << 1)) & 1 != 0
    let keepsRight = (kept >> inLeft ^ kept >> (inLeft | 2)) & 1 != 0
    unsafe copyRest(a, keepsLeft && i < iEnd, b, keepsRight && j < jEnd, to: out)
  }

  @unsafe
  private mutating func copy(
    _ values: Memory<UInt32>, _ range: Range<Int>, to out: UnsafeMutablePointer<UInt32>
  ) {
    unsafe (out + n).update(from: values.pointer + range.lowerBound, count: range.count)
    n += range.count
  }

  /// Puts what the higher lane wrote behind what this one did, and tells how much there is.
  @unsafe
  func close(with high: MergeLane, in out: UnsafeMutablePointer<UInt32>) -> Int {
    unsafe (out + n).update(from: out + high.first, count: high.count)
    return count + high.count
  }
}
