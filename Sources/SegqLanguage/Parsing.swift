/// A whole text, parsed: its statements and all that is wrong with it.
public struct ParsedText: Sendable {
  public var statements: [Statement] = []
  public var diagnostics: [Diagnostic] = []
}

/// What ``Parser/step(isFinal:)`` found next.
public enum ParsingStep: Sendable {
  case statement(Statement)
  /// One mistake, or several inside the blocks of one statement.
  case failure([Diagnostic])
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
      case .failure(let diagnostics): result.diagnostics += diagnostics
      case .incomplete(let diagnostic): result.diagnostics += diagnostic.map { [$0] } ?? []
      case .end: return result
      }
    }
  }

  /// What more lines must bring before the text can be run: what Enter at the prompt asks.
  ///
  /// Nil where the text is complete, or wrong already.
  public static func incompleteness(of source: SourceText) -> Diagnostic? {
    var parser = Parser(source)
    var isWrong = false
    while true {
      switch parser.step(isFinal: true) {
      case .statement: continue
      case .failure: isWrong = true
      case .incomplete(let diagnostic): return isWrong ? nil : diagnostic
      case .end: return nil
      }
    }
  }

  /// Parses a condition that stands alone, such as a segment's rule.
  public static func parseCondition(_ source: SourceText) throws(Diagnostic) -> Expression {
    var parser = Parser(source)
    parser.openBrackets = 1
    parser.startStatement()
    do throws(SyntaxError) {
      let condition = try parser.condition()
      parser.expect(.end)
      guard parser.token.kind == .end else { throw parser.unexpected() }
      return condition
    } catch { throw error.diagnostic }
  }

  /// Parses a value that stands alone, such as that of a parameter on the command line.
  public static func parseLiteral(_ text: String) -> Literal? {
    let source = SourceText(text, name: "")
    guard let expression = try? parseCondition(source) else { return nil }
    return expression.literal
  }

  /// What the grammar allows at the end of `source`, for completion.
  public static func expectations(atEndOf source: SourceText) -> [Expectation] {
    var parser = Parser(source)
    while true {
      parser.skipSeparators()
      if parser.token.kind == .end { return StatementReference.words.map { .keyword($0) } }
      let start = parser.offset
      let result = parser.tryStatement()
      if parser.token.kind == .end, parser.previous.kind != .symbol(.semicolon) {
        return parser.expected.isEmpty
          ? StatementReference.words.map { .keyword($0) } : parser.expected
      }
      if case .failure = result { parser.recover(from: start) }
    }
  }

  /// The next statement. Where `isFinal` is false more text may come behind this one.
  public mutating func step(isFinal: Bool) -> ParsingStep {
    skipSeparators()
    if token.kind == .end { return .end }
    let start = offset
    blockErrors = []
    switch tryStatement() {
    case .success(let statement):
      if token.kind == .end, !isFinal { return .incomplete(nil) }
      return blockErrors.isEmpty
        ? .statement(statement) : .failure(blockErrors.map(\.diagnostic))
    case .failure(let error):
      let mistakes = blockErrors
      let reachedEnd = token.kind == .end && !error.isFinal || error.mayGoOn
      if reachedEnd { finish() } else { recover(from: start) }
      guard mistakes.isEmpty else { return .failure((mistakes + [error]).map(\.diagnostic)) }
      return reachedEnd ? .incomplete(error.diagnostic) : .failure([error.diagnostic])
    }
  }

  /// Where the next statement begins, in bytes.
  public var offset: Int { token.span.start }

  /// Skips what stands between statements, and what is left of blocks whose head was wrong.
  private mutating func skipSeparators() {
    while true {
      if eatSeparator() { continue }
      if token.kind == .symbol(.rightBrace), orphanBlocks > 0 {
        orphanBlocks -= 1
        advance()
        guard isWord(token, "else") else { continue }
        repeat { advance() } while !Self.endsHead.contains(token.kind) && !token.followsNewline
        if token.kind == .symbol(.leftBrace) {
          orphanBlocks += 1
          advance()
        }
      } else {
        return
      }
    }
  }

  /// What ends `else if …` before its block.
  private static let endsHead: Set<Token.Kind> = [
    .symbol(.leftBrace), .symbol(.rightBrace), .symbol(.semicolon), .end,
  ]

  private mutating func tryStatement() -> Result<Statement, SyntaxError> {
    openBrackets = 0
    openBlocks = 0
    nesting = 0
    openStatements = 0
    startStatement()
    do throws(SyntaxError) { return .success(try statement()) } catch { return .failure(error) }
  }

  private mutating func finish() {
    while token.kind != .end { advance() }
  }

  /// Skips to where the next statement probably begins, behind the one that began at `start`.
  mutating func recover(from start: Int) {
    // Inside brackets a new line says little; only a word that begins statements does.
    let isInside = openBrackets > 0
    openBrackets = 0
    if offset == start, token.kind != .symbol(.leftBrace) { advance() }
    // What follows a ; inside of brackets is no statement either.
    while token.kind != .end, isInside || token.kind != .symbol(.semicolon) {
      if token.kind == .symbol(.rightBrace), openBlocks > 0 || orphanBlocks > 0 { return }
      if token.kind == .symbol(.leftBrace) {
        orphanBlocks += 1
        advance()
        return
      }
      let isKnown = StatementReference.words.contains { isWord(token, $0) }
      if token.followsNewline, isKnown || !isInside && beginsLine { return }
      noteForeignBlock()
      advance()
    }
  }
}

extension Expression {
  /// The value that is written out; a minus before a number belongs to it.
  public var literal: Literal? {
    switch kind {
    case .literal(let literal): literal
    case .negate(let inner):
      if case .literal(.number(let digits)) = inner.kind { .number("-" + digits) } else { nil }
    default: nil
    }
  }
}

extension SyntaxError {
  /// Whether no text behind the end could mend it.
  fileprivate var isFinal: Bool {
    switch kind {
    case .unknownStatement, .notAState: true
    default: false
    }
  }

  /// Whether text behind the end could still mend it.
  fileprivate var mayGoOn: Bool {
    switch kind {
    case .lexical(.unterminatedString), .openBlock: true
    default: false
    }
  }
}
