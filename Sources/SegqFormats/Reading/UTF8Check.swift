/// Whether bytes are UTF-8 (RFC 3629: no overlong forms, no surrogates, up to U+10FFFF).
enum UTF8Check {
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  /// O(n), 32 bytes at a time where they are ASCII.
  static func isValid(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var at = range.lowerBound
    while at < range.upperBound {
      if at &+ 32 <= range.upperBound, isASCII(bytes, at) {
        at &+= 32
      } else if at &+ 8 <= range.upperBound, bytes.word(at) & highBits == 0 {
        at &+= 8
      } else if bytes[at] < 0x80 {
        at &+= 1
      } else {
        let length = sequenceLength(bytes, at, range.upperBound)
        if length == 0 { return false }
        at &+= length
      }
    }
    return true
  }

  /// Whether 32 bytes are.
  @inline(__always)
  private static func isASCII(_ bytes: Span<UInt8>, _ at: Int) -> Bool {
    let low = bytes.word(at) | bytes.word(at &+ 8)
    let high = bytes.word(at &+ 16) | bytes.word(at &+ 24)
    return (low | high) & highBits == 0
  }

  /// The length of the sequence that begins with a byte outside ASCII; 0 where it is none.
  private static func sequenceLength(_ bytes: Span<UInt8>, _ at: Int, _ end: Int) -> Int {
    let first = bytes[at]
    let length: Int
    var second: ClosedRange<UInt8> = 0x80...0xBF
    switch first {
    case 0xC2...0xDF: length = 2
    case 0xE0...0xEF:
      length = 3
      if first == 0xE0 { second = 0xA0...0xBF }
      if first == 0xED { second = 0x80...0x9F }
    case 0xF0...0xF4:
      length = 4
      if first == 0xF0 { second = 0x90...0xBF }
      if first == 0xF4 { second = 0x80...0x8F }
    default: return 0
    }
    guard at + length <= end, second.contains(bytes[at + 1]) else { return 0 }
    for i in 2..<max(2, length) where bytes[at + i] & 0xC0 != 0x80 { return 0 }
    return length
  }
}
