/// A whole text, parsed: its statements and all that is wrong with it.
public struct ParsedText: Sendable {
  public var statements: [Statement] = []
  public var diagnostics: [Diagnostic] = []
}

/// What ``Parser/step(isFinal:)`` found next.
public enum ParsingStep: Sendable {
  case statement(Statement)
  case failure(Diagnostic)
  /// The text may go on: the statement is not finished, or the next line may belong to it.
  case incomplete(Diagnostic?)
  case end
}

extension Parser {
  /// Parses a text whole; after a mistake it goes on with the next statement.
  public static func parse(_ source: SourceText) -> ParsedText {
    var parser = Parser(source)
    var result = ParsedText()
    while true {
      switch parser.step(isFinal: true) {
      case .statement(let statement): result.statements.append(statement)
      case .failure(let diagnostic): result.diagnostics.append(diagnostic)
      case .incomplete(let diagnostic): result.diagnostics += diagnostic.map { [$0] } ?? []
      case .end: return result
      }
    }
  }

  /// Whether more lines could make the text right: what Enter at the prompt asks.
  public static func isIncomplete(_ source: SourceText) -> Bool {
    var parser = Parser(source)
    while true {
      switch parser.step(isFinal: true) {
      case .statement, .failure: continue
      case .incomplete: return true
      case .end: return false
      }
    }
  }

  /// Parses a condition that stands alone, such as a segment's rule.
  public static func parseCondition(_ source: SourceText) throws(Diagnostic) -> Expression {
    var parser = Parser(source)
    parser.openBrackets = 1
    do throws(SyntaxError) {
      let condition = try parser.condition()
      parser.expect(.end)
      guard parser.token.kind == .end else { throw parser.unexpected() }
      return condition
    } catch { throw error.diagnostic }
  }

  /// What the grammar allows at the end of `source`, for completion.
  public static func expectations(atEndOf source: SourceText) -> [Expectation] {
    var parser = Parser(source)
    while true {
      parser.skipSemicolons()
      if parser.token.kind == .end { return StatementReference.words.map { .keyword($0) } }
      let start = parser.offset
      let result = parser.tryStatement()
      if parser.token.kind == .end, parser.previous.kind != .symbol(.semicolon) {
        return parser.expected
      }
      if case .failure = result { parser.recover(from: start) }
    }
  }

  /// The next statement. Where `isFinal` is false more text may come behind this one.
  public mutating func step(isFinal: Bool) -> ParsingStep {
    skipSemicolons()
    if token.kind == .end { return .end }
    let start = offset
    switch tryStatement() {
    case .success(let statement):
      return token.kind == .end && !isFinal ? .incomplete(nil) : .statement(statement)
    case .failure(let error):
      let reachedEnd = token.kind == .end || error.mayGoOn
      if reachedEnd { finish() } else { recover(from: start) }
      return reachedEnd ? .incomplete(error.diagnostic) : .failure(error.diagnostic)
    }
  }

  /// Where the next statement begins, in bytes.
  public var offset: Int { token.span.start }

  private mutating func skipSemicolons() {
    while token.kind == .symbol(.semicolon) { advance() }
  }

  private mutating func tryStatement() -> Result<Statement, SyntaxError> {
    openBrackets = 0
    nesting = 0
    startStatement()
    do throws(SyntaxError) { return .success(try statement()) } catch { return .failure(error) }
  }

  private mutating func finish() {
    while token.kind != .end { advance() }
  }

  /// Skips to where the next statement probably begins, behind the one that began at `start`.
  private mutating func recover(from start: Int) {
    // Inside brackets a new line says little; only a word that begins statements does.
    let isInside = openBrackets > 0
    openBrackets = 0
    if offset == start { advance() }
    while token.kind != .end, token.kind != .symbol(.semicolon) {
      let isKnown = StatementReference.words.contains(text(token).lowercased())
      if token.followsNewline, isKnown || !isInside && beginsLine { return }
      advance()
    }
  }
}

extension SyntaxError {
  /// Whether text behind the end could still mend it.
  fileprivate var mayGoOn: Bool {
    switch kind {
    case .lexical(.unterminatedString): true
    default: false
    }
  }
}
