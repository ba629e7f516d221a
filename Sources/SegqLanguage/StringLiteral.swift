/// The text that a string in quotes stands for.
enum StringLiteral {
  /// `'it''s\n'` is `it's` and a newline.
  static func value(of source: SourceText, _ span: SourceSpan) throws(SyntaxError) -> String {
    let quote = source.bytes[span.start]
    var rest = source.bytes[span.start + 1..<span.end - 1]
    var result: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\") {
        try appendEscape(&rest, to: &result)
      } else {
        result.append(byte)
        if byte == quote { rest = rest.dropFirst() }
      }
    }
    guard let text = String(validating: result, as: UTF8.self) else {
      throw SyntaxError(kind: .lexical(.invalidUTF8), span: span)
    }
    return text
  }

  private static func appendEscape(
    _ rest: inout ArraySlice<UInt8>, to result: inout [UInt8]
  ) throws(SyntaxError) {
    let start = rest.startIndex - 1
    guard let mark = rest.popFirst() else { return }
    switch mark {
    case UInt8(ascii: "'"), UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"):
      result.append(mark)
    case UInt8(ascii: "n"): result.append(UInt8(ascii: "\n"))
    case UInt8(ascii: "t"): result.append(UInt8(ascii: "\t"))
    case UInt8(ascii: "u"):
      guard let scalar = unicodeEscape(&rest) else { fallthrough }
      result.append(contentsOf: Character(scalar).utf8)
    default:
      // The whole character, should it have several bytes.
      let end = rest.firstIndex { $0 & 0xC0 != 0x80 } ?? rest.endIndex
      throw SyntaxError(kind: .lexical(.unknownEscape), span: SourceSpan(start, end))
    }
  }

  /// `{e9}` behind `\u`.
  private static func unicodeEscape(_ rest: inout ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard rest.first == UInt8(ascii: "{"), let close = rest.firstIndex(of: UInt8(ascii: "}")),
      let value = UInt32(
        String(decoding: rest[rest.startIndex + 1..<close], as: UTF8.self), radix: 16),
      let scalar = Unicode.Scalar(value)
    else { return nil }
    rest = rest[(close + 1)...]
    return scalar
  }
}
