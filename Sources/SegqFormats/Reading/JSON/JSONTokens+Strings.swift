// Strings of JSON.
extension JSONTokens {
  /// Puts the text of a string into ``text``: escapes decoded, bytes that are not UTF-8 as they are.
  mutating func readString() throws(ReadingFailure) {
    at &+= 1
    text.removeAll(keepingCapacity: true)
    while try peek() != nil {
      let start = at
      let end = plainEnd()
      text.append(contentsOf: bytes[start..<end])
      at = end
      guard at < count else { continue }
      switch bytes[at] {
      case UInt8(ascii: "\""):
        at &+= 1
        return
      case UInt8(ascii: "\\"):
        at &+= 1
        try escape()
      default:
        text.append(bytes[at])
        at &+= 1
        newLine()
      }
    }
    throw failure("the JSON ends too early: a string does not close")
  }

  /// Where the next quote, backslash or line end is in the bytes at hand.
  @inline(__always)
  private func plainEnd() -> Int {
    let span = bytes.span
    var place = at
    while place < count {
      let byte = span[place]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == 0x0A { break }
      place &+= 1
    }
    return place
  }

  private mutating func escape() throws(ReadingFailure) {
    guard let byte = try peek() else { return }
    at &+= 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"): try unicode()
    default: throw failure("an escape that JSON does not know: \\\(Unicode.Scalar(byte))")
    }
  }

  /// `\u00e9`, `\ud83d\ude00`; half of a pair that stands alone is U+FFFD.
  private mutating func unicode() throws(ReadingFailure) {
    var unit = try hex()
    while UTF16.isLeadSurrogate(unit) {
      guard try peek() == UInt8(ascii: "\\") else { break }
      at &+= 1
      guard try peek() == UInt8(ascii: "u") else {
        append(0xFFFD)
        return try escape()
      }
      at &+= 1
      let next = try hex()
      if UTF16.isTrailSurrogate(next) {
        return append(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(next) - 0xDC00)
      }
      append(0xFFFD)
      unit = next
    }
    append(UTF16.isSurrogate(unit) ? 0xFFFD : UInt32(unit))
  }

  private mutating func append(_ code: UInt32) {
    text.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
  }

  private mutating func hex() throws(ReadingFailure) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = try peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("'\\u' is followed by four hexadecimal digits")
      }
      at &+= 1
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}
