// Scripts: variables, loops, conditionals.
extension Parser {
  /// `param country = 'FR'`
  mutating func param() throws(SyntaxError) -> Command {
    takeKeyword()
    let name = try variableToSet()
    return .param(name, eat(.equal) ? try expression() : nil)
  }

  /// `let n = count(customers)`
  mutating func assign() throws(SyntaxError) -> Command {
    takeKeyword()
    let name = try variableToSet()
    try require(.equal)
    let value = try expression()
    noteBareValue(value)
    if at(.comma) {
      throw commaNumber?.error ?? SyntaxError(kind: .foreign(.severalLets), span: token.span)
    }
    return .assign(name, value)
  }

  /// A variable is made without its `$`; with it is what shells teach.
  private mutating func variableToSet() throws(SyntaxError) -> Identifier {
    if token.kind == .variable, !atStatementEnd {
      throw SyntaxError(kind: .foreign(.dollarInName(text(token))), span: token.span)
    }
    return try identifier()
  }

  /// `for s in select id from segments { … }`, `for c in (FR, DE) { … }`, `for a in $args { … }`
  mutating func loop() throws(SyntaxError) -> Loop {
    takeKeyword()
    let name = try variableToSet()
    try require("in")
    let rows: Loop.Rows
    if at("select") {
      rows = .query(try loopQuery())
    } else if at(.leftParenthesis) {
      rows = .values(try values())
    } else if let variable = try variable() {
      rows = .variable(variable)
    } else {
      guard !atStatementEnd else { throw unexpected() }
      throw SyntaxError(kind: .foreign(.loopRows), span: token.span)
    }
    return Loop(name: name, rows: rows, body: try block())
  }

  private mutating func values() throws(SyntaxError) -> [Expression] {
    try openBracket()
    var values = [try expression()]
    while eat(.comma) { values.append(try expression()) }
    try closeBracket()
    return values
  }

  /// `if count(customers) > 10 { … } else if … { … } else { … }`
  mutating func conditional() throws(SyntaxError) -> Conditional {
    takeKeyword()
    let condition = try condition()
    let body = try block()
    guard eat("else") else { return Conditional(condition: condition, body: body, otherwise: []) }
    let otherwise: [Statement]
    if isWord(token, "if"), !atStatementEnd {
      openStatements += 1
      defer { openStatements -= 1 }
      guard openStatements <= Self.blockLimit else {
        throw SyntaxError(kind: .tooManyBlocks, span: token.span)
      }
      let start = token.span
      let inner = try conditional()
      otherwise = [Statement(kind: .command(.conditional(inner)), span: span(from: start))]
    } else {
      otherwise = try block()
    }
    return Conditional(condition: condition, body: body, otherwise: otherwise)
  }

  /// Statements between braces. A mistake in one of them does not hide those in the next.
  private mutating func block() throws(SyntaxError) -> [Statement] {
    expected.append(.symbol("{"))
    guard token.kind == .symbol(.leftBrace) else {
      if token.kind == .symbol(.semicolon), isWord(lookahead, "do") || isWord(lookahead, "then") {
        advance()
      }
      if !atStatementEnd, isBlockSign || token.kind == .word {
        throw SyntaxError(kind: .foreign(.blockSign), span: token.span)
      }
      throw unexpected(requiring: .symbol("{"))
    }
    let opening = token.span
    openBlocks += 1
    defer { openBlocks -= 1 }
    advance()
    var statements: [Statement] = []
    while true {
      while eatSeparator() {}
      if token.kind == .symbol(.rightBrace) { break }
      guard token.kind != .end else {
        throw SyntaxError(kind: .openBlock, span: opening)
      }
      let (start, outer, open) = (offset, nesting, openStatements)
      startStatement()
      do throws(SyntaxError) { statements.append(try statement()) } catch {
        guard token.kind != .end else { throw error }
        (nesting, openStatements) = (outer, open)
        blockErrors.append(error)
        recover(from: start)
      }
    }
    advance()
    // `}` ends the statement as it is; `else` may still come, also in the next line.
    atStatementEnd = !isWord(token, "else")
    return statements
  }
  /// Goes past a `;`, or past the line that ends a block whose beginning has been answered.
  mutating func eatSeparator() -> Bool {
    if token.kind == .symbol(.semicolon) {
      advance()
      return true
    }
    guard foreignBlocks > 0, atForeignBlockEnd else { return false }
    if !isWord(token, "else") { foreignBlocks -= 1 }
    repeat {
      advance()
      noteForeignBlock()
    } while !token.followsNewline && !Self.lineEnds.contains(token.kind)
    return true
  }

  /// Remembers a `do` or `(` at the end of a line: something will end what it begins.
  mutating func noteForeignBlock() {
    if isBlockSign, lookahead.followsNewline { foreignBlocks += 1 }
  }

  private var isBlockSign: Bool {
    switch token.kind {
    case .symbol(.leftParenthesis), .invalid(.unknownCharacter(":")): true
    default: ["do", "then", "begin"].contains { isWord(token, $0) }
    }
  }

  private static let lineEnds: Set<Token.Kind> = [.symbol(.semicolon), .end]

  private var atForeignBlockEnd: Bool {
    token.kind == .symbol(.rightParenthesis)
      || ["done", "end", "fi", "endif", "else", "elif"].contains { isWord(token, $0) }
  }
}
