import CKernels

/// Loops over the words of a set, a bit a row. They are so plain that the compiler makes vectors of
/// them; where bits are only counted they are in C, for the processor at hand. Who calls vouches for
/// the bounds.
enum WordKernel {
  /// How many bits are set.
  @unsafe
  static func count(_ words: UnsafePointer<UInt64>, count: Int) -> Int {
    unsafe Int(segq_count(words, Int64(count)))
  }

  /// How many bits of these rows are set.
  @unsafe
  static func count(_ words: UnsafePointer<UInt64>, in rows: Range<Int>) -> Int {
    guard !rows.isEmpty else { return 0 }
    let first = rows.lowerBound >> 6
    let last = (rows.upperBound - 1) >> 6
    let head = UInt64.max << UInt64(rows.lowerBound & 63)
    let tail = UInt64.max >> UInt64(63 - (rows.upperBound - 1) & 63)
    if first == last { return unsafe (words[first] & head & tail).nonzeroBitCount }
    let between = unsafe count(words + first + 1, count: last - first - 1)
    return unsafe (words[first] & head).nonzeroBitCount + (words[last] & tail).nonzeroBitCount
      + between
  }

  /// How many runs of neighbouring bits there are.
  @unsafe
  static func runCount(_ words: UnsafePointer<UInt64>, count: Int) -> Int {
    guard count > 0 else { return 0 }
    var sum = unsafe (words[0] & ~(words[0] << 1)).nonzeroBitCount
    for i in 1..<count {
      sum &+= unsafe (words[i] & ~(words[i] << 1 | words[i - 1] >> 63)).nonzeroBitCount
    }
    return sum
  }

  @unsafe
  static func or(_ words: UnsafePointer<UInt64>, into out: UnsafeMutablePointer<UInt64>, count: Int)
  {
    for i in 0..<count { unsafe out[i] |= words[i] }
  }

  /// Sets all bits of so many rows or none, and gives how many are set.
  @unsafe
  static func fill(_ words: UnsafeMutablePointer<UInt64>, _ rowCount: Int, with bit: Bool) -> Int {
    unsafe words.initialize(repeating: 0, count: (rowCount + 63) >> 6)
    if bit { unsafe set(0..<rowCount, in: words) }
    return bit ? rowCount : 0
  }

  /// Turns the bits of so many rows.
  @unsafe
  static func complement(_ words: UnsafeMutablePointer<UInt64>, _ rowCount: Int) {
    for i in 0..<rowCount >> 6 { unsafe words[i] = ~words[i] }
    let used = UInt64(rowCount & 63)
    if used != 0 { unsafe words[rowCount >> 6] ^= (1 << used) - 1 }
  }

  /// Writes the words of the result and gives how many bits are set in them.
  @unsafe
  static func combine(
    _ operation: SetOperation, _ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>,
    into out: UnsafeMutablePointer<UInt64>, count: Int
  ) -> Int {
    switch operation {
    case .union: unsafe combine(a, b, into: out, count: count) { $0 | $1 }
    case .intersection: unsafe combine(a, b, into: out, count: count) { $0 & $1 }
    case .difference: unsafe combine(a, b, into: out, count: count) { $0 & ~$1 }
    case .reverseDifference: unsafe combine(a, b, into: out, count: count) { ~$0 & $1 }
    case .symmetricDifference: unsafe combine(a, b, into: out, count: count) { $0 ^ $1 }
    }
  }

  @unsafe @inline(__always)
  private static func combine(
    _ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>,
    into out: UnsafeMutablePointer<UInt64>, count: Int, _ operation: (UInt64, UInt64) -> UInt64
  ) -> Int {
    var sum = 0
    for i in 0..<count {
      let word = unsafe operation(a[i], b[i])
      unsafe out[i] = word
      sum &+= word.nonzeroBitCount
    }
    return sum
  }

  /// How many bits are set in both.
  @unsafe
  static func sharedCount(
    _ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>, count: Int
  ) -> Int {
    unsafe Int(segq_shared_count(a, b, Int64(count)))
  }

  @unsafe
  static func areEqual(
    _ a: UnsafePointer<UInt64>, _ b: UnsafePointer<UInt64>, count: Int
  ) -> Bool {
    for i in 0..<count where unsafe a[i] != b[i] { return false }
    return true
  }
}

// Between bits and rows.
extension WordKernel {
  /// The rows whose bits are set, of which there are `setCount`.
  @unsafe
  static func rows(
    _ words: UnsafePointer<UInt64>, count: Int, setCount: Int
  ) -> Memory<UInt32> {
    unsafe Memory(writing: setCount) { out in
      unsafe copyRows(words, 0..<count, skipping: 0, count: setCount, to: out)
    }
  }

  /// Writes `count` rows whose bits are set in a range of words, without the first `skipped` ones. Of
  /// words that a damaged file no longer has there are fewer; row 0 is written in their place.
  @unsafe
  static func copyRows(
    _ words: UnsafePointer<UInt64>, _ range: Range<Int>, skipping skipped: Int, count: Int,
    to out: UnsafeMutablePointer<UInt32>
  ) {
    guard count > 0 else { return }
    var (index, rest) = unsafe skip(words, range, skipped)
    for place in 0..<count {
      while rest == 0 {
        index += 1
        guard index < range.upperBound else {
          return unsafe (out + place).initialize(repeating: 0, count: count - place)
        }
        rest = unsafe words[index]
      }
      unsafe out[place] = UInt32(truncatingIfNeeded: index << 6 | rest.trailingZeroBitCount)
      rest &= rest &- 1
    }
  }

  /// The word in which the bit behind so many lies, and what is left of it.
  @unsafe
  private static func skip(
    _ words: UnsafePointer<UInt64>, _ range: Range<Int>, _ skipped: Int
  ) -> (index: Int, rest: UInt64) {
    var index = range.lowerBound
    var left = skipped
    while index < range.upperBound, unsafe left >= words[index].nonzeroBitCount {
      left -= unsafe words[index].nonzeroBitCount
      index += 1
    }
    guard index < range.upperBound else { return (index, 0) }
    var rest = unsafe words[index]
    for _ in 0..<left { rest &= rest &- 1 }
    return (index, rest)
  }

  /// Where the runs of set bits begin and end.
  @unsafe
  static func edges(
    _ words: UnsafePointer<UInt64>, count: Int, rowCount: Int
  ) -> Memory<UInt32> {
    unsafe Memory(writing: 2 * runCount(words, count: count)) { out in
      var end = unsafe out
      var before: UInt64 = 0
      for index in 0..<count {
        let word = unsafe words[index]
        unsafe end = copyBits(word ^ (word << 1 | before), of: index, to: end)
        before = word >> 63
      }
      if before != 0 { unsafe end.initialize(to: UInt32(rowCount)) }
    }
  }

  @unsafe @inline(__always)
  private static func copyBits(
    _ word: UInt64, of index: Int, to out: UnsafeMutablePointer<UInt32>
  ) -> UnsafeMutablePointer<UInt32> {
    var rest = word
    var end = unsafe out
    while rest != 0 {
      unsafe end.initialize(to: UInt32(index << 6 | rest.trailingZeroBitCount))
      unsafe end += 1
      rest &= rest &- 1
    }
    return unsafe end
  }

  /// Sets the bits of neighbouring rows.
  @unsafe
  static func set(_ rows: Range<Int>, in words: UnsafeMutablePointer<UInt64>) {
    guard !rows.isEmpty else { return }
    let first = rows.lowerBound >> 6
    let last = (rows.upperBound - 1) >> 6
    let head = UInt64.max << UInt64(rows.lowerBound & 63)
    let tail = UInt64.max >> UInt64(63 - (rows.upperBound - 1) & 63)
    if first == last { return unsafe words[first] |= head & tail }
    unsafe words[first] |= head
    unsafe (words + first + 1).update(repeating: .max, count: last - first - 1)
    unsafe words[last] |= tail
  }
}
