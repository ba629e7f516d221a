/// One bit a row, in 64-bit words; bits past ``count`` are always 0.
@frozen
public struct Bitmap: Sendable, Hashable {
  public var words: [UInt64]
  public var count: Int

  /// `count` bits, all equal to `bit`.
  @inlinable
  public init(count: Int, filledWith bit: Bool = false) {
    words = [UInt64](repeating: bit ? .max : 0, count: (count + 63) >> 6)
    self.count = count
    if bit { clearTail() }
  }

  /// Bits given as words; those past `count` are dropped.
  @inlinable
  public init(words: [UInt64], count: Int) {
    precondition(words.count == (count + 63) >> 6)
    self.words = words
    self.count = count
    clearTail()
  }

  @usableFromInline
  mutating func clearTail() {
    let used = count & 63
    if used != 0 { words[words.count - 1] &= (1 << UInt64(used)) - 1 }
  }

  @inlinable
  public subscript(index: Int) -> Bool {
    get { words[index >> 6] >> UInt64(index & 63) & 1 != 0 }
    set {
      let bit: UInt64 = 1 << UInt64(index & 63)
      if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
    }
  }

  /// Sets the bit and tells whether it was clear.
  @inlinable
  public mutating func insert(_ index: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(index & 63)
    let isNew = words[index >> 6] & bit == 0
    words[index >> 6] |= bit
    return isNew
  }

  @inlinable
  public mutating func append(_ bit: Bool) {
    if count & 63 == 0 { words.append(0) }
    if bit { words[count >> 6] |= 1 << UInt64(count & 63) }
    count += 1
  }

  /// How many bits are set.
  @inlinable
  public var setCount: Int {
    var n = 0
    for word in words { n &+= word.nonzeroBitCount }
    return n
  }

  @inlinable
  public var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// Calls `body` with each set position, ascending.
  @inlinable
  public func forEachSet(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(index << 6 | rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }

  /// The set positions, ascending.
  public var positions: [Int] {
    var result: [Int] = []
    result.reserveCapacity(setCount)
    forEachSet { result.append($0) }
    return result
  }

  /// The bits of `range` as a bitmap of its own; quick when it starts at a multiple of 64.
  public func slice(_ range: Range<Int>) -> Bitmap {
    let shift = UInt64(range.lowerBound & 63)
    let first = range.lowerBound >> 6
    let size = (range.count + 63) >> 6
    if shift == 0 { return Bitmap(words: Array(words[first..<first + size]), count: range.count) }
    var result = [UInt64](repeating: 0, count: size)
    for i in 0..<size {
      let high = first + i + 1 < words.count ? words[first + i + 1] << (64 - shift) : 0
      result[i] = words[first + i] >> shift | high
    }
    return Bitmap(words: result, count: range.count)
  }

  /// Adds the bits of `other` behind this one's.
  public mutating func append(contentsOf other: Bitmap) {
    guard count & 63 == 0 else {
      for i in 0..<other.count { append(other[i]) }
      return
    }
    words += other.words
    count += other.count
  }
}

// The algebra. Both sides have the same count.
extension Bitmap {
  @inlinable
  func combined(_ other: Bitmap, _ operation: (UInt64, UInt64) -> UInt64) -> Bitmap {
    precondition(count == other.count)
    var result = words
    for i in result.indices { result[i] = operation(words[i], other.words[i]) }
    return Bitmap(words: result, count: count)
  }

  public static func & (a: Bitmap, b: Bitmap) -> Bitmap { a.combined(b) { $0 & $1 } }
  public static func | (a: Bitmap, b: Bitmap) -> Bitmap { a.combined(b) { $0 | $1 } }
  public static func ^ (a: Bitmap, b: Bitmap) -> Bitmap { a.combined(b) { $0 ^ $1 } }
  /// What `a` has and `b` has not.
  public static func - (a: Bitmap, b: Bitmap) -> Bitmap { a.combined(b) { $0 & ~$1 } }
  public static prefix func ~ (a: Bitmap) -> Bitmap {
    Bitmap(words: a.words.map { ~$0 }, count: a.count)
  }
  public static func &= (a: inout Bitmap, b: Bitmap) { a = a & b }
  public static func |= (a: inout Bitmap, b: Bitmap) { a = a | b }
  public static func -= (a: inout Bitmap, b: Bitmap) { a = a - b }
}
