// Apostrophes that were taken for quotes: `'Women's club'`, `name = O'Brien`.
extension Parser {
  /// A word that touches the quote before it, and the text that was meant.
  var apostrophe: SyntaxError? {
    guard touchesPrevious, previous.kind == .string, let mark = text(previous).last else {
      return nil
    }
    let end = endOfQuoted(mark) ?? token.span.end
    let inside = SourceSpan(previous.span.start + 1, end)
    return SyntaxError(
      kind: .foreign(.quoteInside(StringLiteral.quoted(source[inside], by: mark))), span: token.span)
  }

  /// Where the text ends that an apostrophe seemed to end: at the next quote of its line that no letter
  /// follows.
  private func endOfQuoted(_ mark: Character) -> Int? {
    let line = source.lineRange(at: token.span.start)
    guard let quote = mark.asciiValue else { return nil }
    return (token.span.start..<line.upperBound).first { offset in
      guard source.bytes[offset] == quote else { return false }
      let next = offset + 1 < line.upperBound ? source.bytes[offset + 1] : 0x20
      return !Self.isLetter(next)
    }
  }

  /// `name = O'Brien`: a quote in the middle of a word, that nothing closes.
  var apostropheInWord: SyntaxError? {
    guard touchesPrevious, previous.kind == .word, case .invalid(.unterminatedString) = token.kind
    else { return nil }
    let line = source.lineRange(at: token.span.start)
    var end = token.span.start + 1
    while end < line.upperBound, Self.isLetter(source.bytes[end]) { end += 1 }
    let word = SourceSpan(previous.span.start, end)
    return SyntaxError(
      kind: .foreign(.quoteInWord(StringLiteral.quoted(source[word]))), span: word)
  }

  /// A letter, a digit, or a byte of a character beyond ASCII.
  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), 0x80...:
      true
    default: false
    }
  }
}

extension StringLiteral {
  /// `'Women''s club'`: a text of the source in quotes, with the quotes inside of it doubled.
  static func quoted(_ text: String, by mark: Character = "'") -> String {
    let inside = text.split(separator: mark, omittingEmptySubsequences: false)
      .joined(separator: "\(mark)\(mark)")
    return "\(mark)\(inside)\(mark)"
  }
}
