/// Recursive descent over the tokens of one text.
///
/// Words have no fixed meaning: `order` is a keyword where the grammar has one and a name
/// elsewhere. Each question that the parser asks of a token (``at(_:)``) is remembered until the
/// token is consumed; what was asked in vain is what was expected.
public struct Parser {
  public let source: SourceText
  private var lexer: Lexer
  private(set) var token: Token
  private(set) var previous: Token
  /// What was asked about the current token.
  var expected: [Expectation] = []
  /// How many `(` and `[` are open.
  var openBrackets = 0 {
    didSet {
      if openBrackets < openings.count { openings.removeLast(openings.count - openBrackets) }
    }
  }
  /// Where the brackets that are open were opened.
  var openings: [SourceSpan] = []
  /// How many `{` are open, and how many of them belong to a statement that failed before them.
  var openBlocks = 0
  var orphanBlocks = 0
  /// Blocks of another language whose end is still to come: `do … done`.
  var foreignBlocks = 0
  var nesting = 0
  var openStatements = 0
  private var statementStart = -1
  /// Whether the current token no longer belongs to the statement.
  var atStatementEnd = false
  /// What tokens mean, where somebody wants to know (see ``Formatter``).
  var marks: [Mark]?
  /// Mistakes inside the blocks of the current statement.
  var blockErrors: [SyntaxError] = []
  /// The last bare word that is a value, and where the last segments end that `in` asks about: what
  /// stands behind one without fitting may have been meant as a part of it.
  var bareValue: SourceSpan?
  var endOfSet = -1

  static let depthLimit = 250
  /// Statements within statements take more of the stack.
  static let blockLimit = 50

  public init(_ source: SourceText) {
    self.source = source
    lexer = Lexer(source)
    token = lexer.next()
    previous = token
    startStatement()
  }
}

// Tokens.
extension Parser {
  /// Goes to the next token.
  mutating func advance() {
    previous = token
    token = lexer.next()
    expected.removeAll(keepingCapacity: true)
    atStatementEnd = findStatementEnd()
  }

  /// Forgets the statement before, so that the line end behind it says nothing about this one.
  mutating func startStatement() {
    previous = Token(
      kind: .symbol(.semicolon), span: SourceSpan(token.span.start, token.span.start),
      followsNewline: true)
    statementStart = token.span.start
    expected.removeAll(keepingCapacity: true)
    atStatementEnd = findStatementEnd()
  }

  /// The token behind the current one.
  var lookahead: Token {
    var copy = lexer
    return copy.next()
  }

  /// Takes the rest of the line as it is (a shell command) and goes on behind it.
  mutating func takeLine(from offset: Int) -> SourceSpan {
    let end = lexer.endOfLine(from: offset)
    let span = source.trimmed(SourceSpan(offset, end))
    lexer.move(to: end)
    previous = Token(kind: .string, span: span, followsNewline: false)
    token = lexer.next()
    expected.removeAll(keepingCapacity: true)
    atStatementEnd = findStatementEnd()
    mark(.raw, span)
    return span
  }

  func isWord(_ token: Token, _ keyword: String) -> Bool {
    guard token.kind == .word, token.span.end - token.span.start == keyword.utf8.count else {
      return false
    }
    var offset = token.span.start
    for byte in keyword.utf8 {
      guard source.bytes[offset] | 0x20 == byte else { return false }
      offset += 1
    }
    return true
  }

  mutating func expect(_ expectation: Expectation) { expected.append(expectation) }

  /// Whether the current token is this keyword (given in lower case) within the statement.
  mutating func at(_ keyword: String) -> Bool {
    expected.append(.keyword(keyword))
    return !atStatementEnd && isWord(token, keyword)
  }

  mutating func at(_ symbol: Token.Symbol) -> Bool {
    expected.append(.symbol(symbol.rawValue))
    return !atStatementEnd && token.kind == .symbol(symbol)
  }

  mutating func eat(_ keyword: String) -> Bool {
    guard at(keyword) else { return false }
    takeKeyword()
    return true
  }

  /// Goes past a word that is a keyword here.
  mutating func takeKeyword(_ kind: Mark.Kind = .keyword) {
    mark(kind, token.span)
    advance()
  }

  mutating func mark(_ kind: Mark.Kind, _ span: SourceSpan) {
    marks?.append(Mark(kind: kind, span: span))
  }

  /// Two words that only count together: `order by`.
  mutating func eat(_ first: String, _ second: String) -> Bool {
    expected.append(.words(first, second))
    guard !atStatementEnd, isWord(token, first), isWord(lookahead, second) else { return false }
    takeKeyword()
    takeKeyword()
    return true
  }

  mutating func eat(_ symbol: Token.Symbol) -> Bool {
    guard at(symbol) else { return false }
    advance()
    return true
  }

  mutating func require(_ symbol: Token.Symbol) throws(SyntaxError) {
    guard eat(symbol) else { throw unexpected(requiring: .symbol(symbol.rawValue)) }
  }

  mutating func require(_ keyword: String) throws(SyntaxError) {
    guard eat(keyword) else { throw unexpected(requiring: .keyword(keyword)) }
  }

  func text(_ token: Token) -> String { source[token.span] }

  /// The source from `start` to the last token consumed.
  func span(from start: SourceSpan) -> SourceSpan {
    SourceSpan(start.start, max(start.end, previous.span.end))
  }
}

// Where statements end (SPEC: a newline ends one unless something is open).
extension Parser {
  private static let continuations = [
    "from", "where", "and", "or", "group", "having", "order", "limit", "offset", "sample", "as",
    "to", "with", "against", "layout", "else",
  ]
  static let openWords = ["and", "or", "not", "in", "by", "where", "from"]

  private func findStatementEnd() -> Bool {
    switch token.kind {
    case .end, .symbol(.semicolon): true
    case .symbol(.rightBrace), .symbol(.leftBrace): openBrackets == 0
    default: token.followsNewline && openBrackets == 0 && isNewStatement
    }
  }

  private var isNewStatement: Bool {
    switch previous.kind {
    case .symbol(.semicolon), .symbol(.leftBrace): return false
    // A verb alone in its line is how formatters lay a long list out.
    case .word where isFirst(previous) && isWord(previous, "select"): return false
    case .symbol(.comma), .symbol(.plus), .symbol(.minus), .symbol(.star), .symbol(.slash),
      .symbol(.ampersand), .symbol(.concatenate), .symbol(.equal), .symbol(.identical),
      .symbol(.similar), .symbol(.notEqual), .symbol(.lessOrGreater), .symbol(.less),
      .symbol(.lessOrEqual), .symbol(.greater), .symbol(.greaterOrEqual), .symbol(.both):
      return false
    case .word where isAny(previous, of: Self.openWords): return false
    default: break
    }
    return beginsLine
  }

  /// Whether a line that begins with the current token does not go on with the one before.
  var beginsLine: Bool {
    token.kind != .word || !isAny(token, of: Self.continuations)
      || foreignBlocks > 0 && isWord(token, "else")
  }

  private func isFirst(_ token: Token) -> Bool { token.span.start == statementStart }

  private func isAny(_ token: Token, of words: [String]) -> Bool {
    words.contains { isWord(token, $0) }
  }
}

/// What a token turned out to be, for whoever writes the text anew.
struct Mark: Hashable {
  enum Kind: Hashable {
    /// The first word of a statement.
    case statement
    /// A word that the grammar knows.
    case keyword
    /// The first word of a clause, where a long statement may go on in a new line.
    case clause
    /// `and` or `or` outside of brackets.
    case logical
    /// A sign before its operand.
    case sign
    /// The `(` of a function.
    case call
    /// Text that is no business of the language: a shell command, a topic.
    case raw
  }
  var kind: Kind
  var span: SourceSpan
}
