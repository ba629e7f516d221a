/// Blanks around and inside values: those of ASCII, and what programs put into numbers and times:
/// U+00A0 in `1 234,50 €`, U+202F in `3:00:57 PM`, U+200E in dates of Windows.
enum Blanks {
  /// How many bytes the blank at the beginning of a text takes; 0 if there is none.
  static func length(_ text: ArraySlice<UInt8>) -> Int {
    guard let first = text.first else { return 0 }
    if first < 0x80 { return isASCII(first) ? 1 : 0 }
    if text.starts(with: [0xC2, 0xA0]) { return 2 }
    return isWide(text.prefix(3)) ? 3 : 0
  }

  /// The text without the blanks around it. O(n) of these.
  static func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = text
    while true {
      let length = length(text)
      if length == 0 { break }
      text = text.dropFirst(length)
    }
    while true {
      let length = lastLength(text)
      if length == 0 { return text }
      text = text.dropLast(length)
    }
  }

  private static func lastLength(_ text: ArraySlice<UInt8>) -> Int {
    guard let last = text.last else { return 0 }
    if last < 0x80 { return isASCII(last) ? 1 : 0 }
    if text.suffix(2).elementsEqual([0xC2, 0xA0]) { return 2 }
    return isWide(text.suffix(3)) ? 3 : 0
  }

  @inline(__always)
  static func isASCII(_ byte: UInt8) -> Bool { byte == 0x20 || byte >= 0x09 && byte <= 0x0D }

  /// U+2000–200F (spaces, marks of direction), U+202F, U+205F, U+3000, U+FEFF.
  private static func isWide(_ bytes: ArraySlice<UInt8>) -> Bool {
    guard bytes.count == 3 else { return false }
    let place = bytes.startIndex
    switch (bytes[place], bytes[place + 1], bytes[place + 2]) {
    case (0xE2, 0x80, 0x80...0x8F), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80),
      (0xEF, 0xBB, 0xBF):
      return true
    default: return false
    }
  }
}

extension UInt8 {
  @inline(__always)
  var isDigit: Bool { self &- 0x30 <= 9 }

  @inline(__always)
  var isLetter: Bool { (self | 0x20) &- 0x61 <= 25 }
}
