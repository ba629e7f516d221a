/// A stretch of a text and what it is, for whoever shows the text in colours.
///
/// ```
/// select count() from orders where status = 'complete   -- so far
/// ^^^^^^         ^^^^        ^^^^^          ^           ^^^^^^^^^
/// keyword                                   mistake     (still in the text: it is not closed)
/// ```
public struct Highlight: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case keyword
    case string
    /// Numbers, dates and lengths of time.
    case number
    case comment
    case variable
    /// What cannot be right, and quotes and brackets that nothing closes yet.
    case mistake
  }

  public var kind: Kind
  public var span: SourceSpan
}

extension Parser {
  /// What the stretches of a text are, in no order; a mistake lies over what else is there.
  ///
  /// What is wrong at the very end is not told: somebody is still typing there. O(n).
  public static func highlights(of source: SourceText) -> [Highlight] {
    var parser = Parser(source)
    parser.marks = []
    var mistakes: [SourceSpan] = []
    loop: while true {
      switch parser.step(isFinal: true) {
      case .statement, .incomplete: continue
      case .failure(let found): mistakes += found.compactMap(\.span)
      case .end: break loop
      }
    }
    let marks = parser.marks ?? []
    let words = Set(marks.filter { $0.isKeyword(in: source) }.map(\.span.start))
    var painter = TokenPainter(source, raw: marks.filter { $0.kind == .raw }.map(\.span))
    painter.paint(keywords: words)
    let end = painter.lastTokenEnd
    return painter.highlights
      + mistakes.filter { $0.end < end }.map { Highlight(kind: .mistake, span: $0) }
  }
}

extension SourceText {
  /// The last token; nil where there is none.
  public var lastToken: SourceSpan? {
    var lexer = Lexer(self)
    var last: SourceSpan?
    while true {
      let token = lexer.next()
      if token.kind == .end { return last }
      last = token.span
    }
  }

  /// Where the text in quotes begins that the end of this text is in; nil where it is in none.
  public var openQuote: Int? {
    var lexer = Lexer(self)
    while true {
      let token = lexer.next()
      switch token.kind {
      case .end: return nil
      case .invalid(.unterminatedString): return token.span.start
      default: continue
      }
    }
  }
}

/// Goes through the tokens of a text, and the comments between them.
private struct TokenPainter {
  let source: SourceText
  /// Stretches that are no business of the language, in order.
  private var raw: [SourceSpan]
  private(set) var highlights: [Highlight] = []
  private(set) var lastTokenEnd = 0
  private var openings: [SourceSpan] = []

  init(_ source: SourceText, raw: [SourceSpan]) {
    self.source = source
    self.raw = raw.filter { $0.end > $0.start }.sorted { $0.start > $1.start }
  }

  /// `keywords` tells where those begin.
  mutating func paint(keywords: Set<Int>) {
    var lexer = Lexer(source)
    var token = lexer.next()
    while token.kind != .end {
      paintComments(lastTokenEnd..<token.span.start)
      while let next = raw.last, next.end <= token.span.start { raw.removeLast() }
      if let next = raw.last, next.start <= token.span.start {
        lexer.move(to: next.end)
        lastTokenEnd = next.end
      } else {
        paint(token, isKeyword: keywords.contains(token.span.start))
        lastTokenEnd = token.span.end
      }
      token = lexer.next()
    }
    paintComments(lastTokenEnd..<source.bytes.count)
    for opening in openings { add(.mistake, opening) }
  }

  private mutating func paint(_ token: Token, isKeyword: Bool) {
    switch token.kind {
    case .word: if isKeyword { add(.keyword, token.span) }
    case .string: add(.string, token.span)
    case .integer, .decimal, .date, .duration: add(.number, token.span)
    case .variable: add(.variable, token.span)
    case .invalid(.unterminatedString), .invalid(.unterminatedName):
      add(.string, token.span)
      add(.mistake, SourceSpan(token.span.start, token.span.start + 1))
    case .symbol(.leftParenthesis), .symbol(.leftBracket), .symbol(.leftBrace):
      openings.append(token.span)
    case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
      _ = openings.popLast()
    case .quotedName, .symbol, .invalid, .end: return
    }
  }

  /// Between tokens there are blanks and comments; a `\` at the end of a line is neither.
  private mutating func paintComments(_ gap: Range<Int>) {
    var offset = gap.lowerBound
    while offset < gap.upperBound {
      let byte = source.bytes[offset]
      guard byte == UInt8(ascii: "#") || byte == UInt8(ascii: "-") else {
        offset += 1
        continue
      }
      let end = min(Lexer(source).endOfLine(from: offset), gap.upperBound)
      add(.comment, SourceSpan(offset, end))
      offset = max(end, offset + 1)
    }
  }

  private mutating func add(_ kind: Highlight.Kind, _ span: SourceSpan) {
    highlights.append(Highlight(kind: kind, span: span))
  }
}

extension Mark {
  /// Whether the stretch is a word of the grammar; what stands first in a statement may be none.
  fileprivate func isKeyword(in source: SourceText) -> Bool {
    switch kind {
    case .statement: StatementReference.words.contains(source[span].lowercased())
    case .keyword, .clause, .logical: true
    case .sign, .call, .raw: false
    }
  }
}
