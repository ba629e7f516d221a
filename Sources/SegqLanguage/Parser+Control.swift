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
    return .assign(name, try expression())
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
      throw unexpected()
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
      nesting += 1
      defer { nesting -= 1 }
      guard nesting <= Self.depthLimit else { throw SyntaxError(kind: .tooDeep, span: token.span) }
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
    guard token.kind == .symbol(.leftBrace) else { throw unexpected() }
    let opening = token.span
    openBlocks += 1
    defer { openBlocks -= 1 }
    advance()
    var statements: [Statement] = []
    while true {
      while token.kind == .symbol(.semicolon) { advance() }
      if token.kind == .symbol(.rightBrace) { break }
      guard token.kind != .end else {
        throw SyntaxError(kind: .openBlock, span: opening)
      }
      let (start, outer) = (offset, nesting)
      startStatement()
      do throws(SyntaxError) { statements.append(try statement()) } catch {
        guard token.kind != .end else { throw error }
        nesting = outer
        blockErrors.append(error)
        recover(from: start)
      }
    }
    advance()
    // `}` ends the statement as it is; `else` may still come, also in the next line.
    atStatementEnd = !isWord(token, "else")
    return statements
  }
}
