/// Finds records and fields in delimited text.
enum CSVScanner {
  struct Place {
    var position: Int
    /// From 1.
    var line: Int
  }

  /// Where a field lies, without its quotes.
  struct Field {
    var start: Int
    var end: Int
    var isQuoted = false
    /// It holds doubled quotes.
    var isEscaped = false
    /// It holds bytes outside ASCII.
    var isForeign = false

    /// Nothing, not even quotes.
    var isBlank: Bool { start == end && !isQuoted }

    /// `\N`, as databases write null.
    func isNullMark(_ bytes: [UInt8]) -> Bool {
      end - start == 2 && bytes[start] == UInt8(ascii: "\\")
        && bytes[start + 1] == UInt8(ascii: "N")
    }
  }

  enum Result {
    case record
    case openQuote(line: Int)
    case endOfText
  }

  /// The delimiter that the first line has most of, outside quotes.
  static func delimiter(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      counts[byte, default: 0] += 1
    }
    let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    let best = candidates.max { counts[$0] ?? 0 < counts[$1] ?? 0 }
    return best.flatMap { counts[$0] == nil ? nil : $0 } ?? UInt8(ascii: ",")
  }

  /// Adds the fields of the next record and goes behind its line end.
  static func scan(
    _ bytes: Span<UInt8>, _ delimiter: UInt8, _ place: inout Place, _ fields: inout [Field]
  ) -> Result {
    guard place.position < bytes.count else { return .endOfText }
    while true {
      var field = Field(start: place.position, end: place.position)
      if place.position < bytes.count, bytes[place.position] == UInt8(ascii: "\"") {
        let line = place.line
        guard scanQuoted(bytes, delimiter, &place, &field) else { return .openQuote(line: line) }
      } else {
        field.end = scanPlain(bytes, delimiter, from: place.position, &field.isForeign)
        place.position = field.end
      }
      fields.append(field)
      guard place.position < bytes.count, bytes[place.position] == delimiter else { break }
      place.position += 1
    }
    endLine(bytes, &place)
    return .record
  }

  /// Goes on with the next line, as if there were no quotes in this one.
  static func skipLine(_ bytes: Span<UInt8>, _ place: inout Place) {
    while place.position < bytes.count, !bytes[place.position].endsLine { place.position += 1 }
    endLine(bytes, &place)
  }

  private static func endLine(_ bytes: Span<UInt8>, _ place: inout Place) {
    place.line += 1
    guard place.position < bytes.count else { return }
    place.position += 1
    if bytes[place.position - 1] == UInt8(ascii: "\r"), place.position < bytes.count,
      bytes[place.position] == UInt8(ascii: "\n")
    {
      place.position += 1
    }
  }

  @inline(__always)
  private static func scanPlain(
    _ bytes: Span<UInt8>, _ delimiter: UInt8, from start: Int, _ isForeign: inout Bool
  ) -> Int {
    var at = start
    var seen: UInt8 = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == delimiter || byte.endsLine { break }
      seen |= byte
      at += 1
    }
    if seen >= 0x80 { isForeign = true }
    return at
  }

  /// Tells whether the quote closes. What follows it up to the delimiter is taken as it is.
  private static func scanQuoted(
    _ bytes: Span<UInt8>, _ delimiter: UInt8, _ place: inout Place, _ field: inout Field
  ) -> Bool {
    var at = place.position + 1
    var seen: UInt8 = 0
    field.start = at
    field.isQuoted = true
    while at < bytes.count {
      let byte = bytes[at]
      seen |= byte
      at += 1
      if byte == UInt8(ascii: "\n") { place.line += 1 }
      guard byte == UInt8(ascii: "\"") else { continue }
      if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
        field.isEscaped = true
        at += 1
        continue
      }
      field.isForeign = seen >= 0x80
      field.end = at - 1
      if at < bytes.count, bytes[at] != delimiter, !bytes[at].endsLine {
        // The closing quote goes, and doubled ones become single, when the field is copied.
        at = scanPlain(bytes, delimiter, from: at, &field.isForeign)
        field.end = at
        field.isEscaped = true
      }
      place.position = at
      return true
    }
    return false
  }

  /// Copies a field, with its doubled quotes single; tells whether it was UTF-8.
  @discardableResult
  static func append(_ field: Field, of bytes: [UInt8], to out: inout [UInt8]) -> Bool {
    let start = out.count
    if field.isEscaped {
      var at = field.start
      while at < field.end {
        if bytes[at] == UInt8(ascii: "\"") { at += 1 }
        if at < field.end { out.append(bytes[at]) }
        at += 1
      }
    } else {
      out.append(contentsOf: bytes[field.start..<field.end])
    }
    guard field.isForeign, String(validating: out[start...], as: UTF8.self) == nil else {
      return true
    }
    let foreign = Array(out[start...])
    out.removeSubrange(start...)
    for byte in foreign { out.append(contentsOf: Character(Windows1252.scalar(byte)).utf8) }
    return false
  }
}

extension UInt8 {
  fileprivate var endsLine: Bool { self == UInt8(ascii: "\n") || self == UInt8(ascii: "\r") }
}

/// The character set of older Windows programs.
enum Windows1252 {
  /// What 0x80–0x9F stand for; the five that are not assigned are control characters.
  private static let upper: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
  ]

  static func scalar(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(upper[Int(byte) - 0x80]) ?? "\u{FFFD}"
  }
}
