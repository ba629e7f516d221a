/// The text that a string in quotes stands for.
enum StringLiteral {
  /// `'it''s\n'` is `it's` and a newline; `'${x}.csv'` has a variable in it.
  static func template(of source: SourceText, _ span: SourceSpan) throws(SyntaxError) -> Template {
    let quote = source.bytes[span.start]
    var rest = source.bytes[span.start + 1..<span.end - 1]
    var pieces: [Template.Piece] = []
    var text: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\") {
        try appendEscape(&rest, to: &text)
      } else if byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "{") {
        let variable = try variable(&rest, source)
        if !text.isEmpty { pieces.append(.text(try validated(text, span))) }
        pieces.append(.variable(variable))
        text.removeAll()
      } else {
        text.append(byte)
        if byte == quote { rest = rest.dropFirst() }
      }
    }
    if !text.isEmpty || pieces.isEmpty { pieces.append(.text(try validated(text, span))) }
    return Template(pieces, span)
  }

  private static func validated(
    _ bytes: [UInt8], _ span: SourceSpan
  ) throws(SyntaxError) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw SyntaxError(kind: .lexical(.invalidUTF8), span: span)
    }
    return text
  }

  /// `{s.id}` behind `$`.
  private static func variable(
    _ rest: inout ArraySlice<UInt8>, _ source: SourceText
  ) throws(SyntaxError) -> VariableName {
    let start = rest.startIndex + 1
    guard let close = rest.firstIndex(of: UInt8(ascii: "}")),
      let name = VariableName(source, SourceSpan(start, close))
    else {
      let end = rest.firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 } ?? rest.endIndex
      throw SyntaxError(kind: .interpolation, span: SourceSpan(start - 2, end))
    }
    rest = rest[(close + 1)...]
    return name
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
      var end = rest.firstIndex { $0 & 0xC0 != 0x80 } ?? rest.endIndex
      if mark == UInt8(ascii: "u") {
        let isBraced = rest.first == UInt8(ascii: "{")
        end =
          rest.firstIndex { isBraced ? $0 == UInt8(ascii: "}") : !$0.isWordPart } ?? rest.endIndex
        if isBraced { end = min(end + 1, rest.endIndex) }
      }
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
