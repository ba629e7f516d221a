// Loosest first: or, and, not, comparison, ||, + -, * /, minus.
extension Parser {
  mutating func expression() throws(SyntaxError) -> Expression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.depthLimit else { throw SyntaxError(kind: .tooDeep, span: token.span) }
    return try logical(.or) { (parser: inout Parser) throws(SyntaxError) in
      try parser.logical(.and) { (parser: inout Parser) throws(SyntaxError) in
        try parser.negation()
      }
    }
  }

  private mutating func logical(
    _ word: LogicalOperator,
    of operand: (inout Parser) throws(SyntaxError) -> Expression
  ) throws(SyntaxError) -> Expression {
    let first = try operand(&self)
    var operands = [first]
    while eat(word.rawValue) { operands.append(try operand(&self)) }
    if at(.both) { throw SyntaxError(kind: .foreign(.and), span: token.span) }
    guard operands.count > 1 else { return first }
    return make(.logical(word, operands), from: first.span, over: operands)
  }

  private mutating func negation() throws(SyntaxError) -> Expression {
    let start = token.span
    var count = 0
    while at("not"), !isWord(lookahead, "in") {
      advance()
      count += 1
    }
    var result = try comparison()
    // Two of them cancel out: null stays null.
    if count % 2 == 1 { result = make(.not(result), from: start, over: [result]) }
    return result
  }

  private mutating func comparison() throws(SyntaxError) -> Expression {
    if let membership = try membership() { return membership }
    var left = try concatenation()
    while let next = try comparisonTail(left) { left = next }
    return left
  }

  /// `in 7`, `not in 'VIP'`, `has 42`: conditions without a left side.
  private mutating func membership() throws(SyntaxError) -> Expression? {
    let start = token.span
    let isNegated = isWord(token, "not") && isWord(lookahead, "in")
    if isNegated { advance() }
    if at("in"), isNegated || !lookahead.isComparison {
      advance()
      if isWord(token, "segment") {
        throw SyntaxError(kind: .foreign(.inSegment), span: token.span)
      }
      let segments = try segmentExpression()
      return Expression(.inSegments(segments, isNegated: isNegated), span(from: start))
    }
    if at("has"), lookahead.startsOperand, !isWord(lookahead, "not") {
      advance()
      let id = try primary()
      return Expression(.has(id), span(from: start))
    }
    return nil
  }

  /// What follows a left side; nil where nothing does.
  private mutating func comparisonTail(_ left: Expression) throws(SyntaxError) -> Expression? {
    if let comparison = eatComparison() {
      expect(.value(of: left.path))
      let right = try concatenation()
      return make(.compare(comparison, left, right), from: left.span, over: [left, right])
    }
    if at("is") { return try isTail(left) }
    let isNegated = at("not")
    if isNegated { advance() }
    for match in TextMatch.allCases {
      let words = match.rawValue.split(separator: " ").map(String.init)
      let isHere = words.count == 2 ? eat(words[0], words[1]) : eat(words[0])
      guard isHere else { continue }
      expect(.value(of: left.path))
      let right = try concatenation()
      return make(
        .match(match, left, right, isNegated: isNegated), from: left.span, over: [left, right])
    }
    if eat("between") { return try betweenTail(left, isNegated: isNegated) }
    if eat("in") { return try inTail(left, isNegated: isNegated) }
    if isWord(token, "ilike") { throw SyntaxError(kind: .foreign(.ilike), span: token.span) }
    if at(.percent) { throw SyntaxError(kind: .foreign(.percent), span: token.span) }
    guard !isNegated else { throw unexpected() }
    return nil
  }

  private mutating func eatComparison() -> ComparisonOperator? {
    for comparison in ComparisonOperator.allCases {
      guard let symbol = Token.Symbol(rawValue: comparison.rawValue) else { continue }
      if eat(symbol) { return comparison }
    }
    guard !atStatementEnd, token.kind == .symbol(.lessOrGreater) else { return nil }
    advance()
    return .notEqual
  }

  private mutating func isTail(_ left: Expression) throws(SyntaxError) -> Expression {
    let start = token.span
    advance()
    let isNegated = eat("not")
    let kind: ExpressionKind
    if eat("null") {
      kind = .isNull(left, isNegated: isNegated)
    } else if eat("empty") {
      kind = .isEmpty(left, isNegated: isNegated)
    } else if !atStatementEnd {
      throw SyntaxError(kind: .foreign(.isComparison), span: start)
    } else {
      throw unexpected()
    }
    return make(kind, from: left.span, over: [left])
  }

  private mutating func betweenTail(
    _ left: Expression, isNegated: Bool
  ) throws(SyntaxError) -> Expression {
    expect(.value(of: left.path))
    let low = try concatenation()
    try require("and")
    expect(.value(of: left.path))
    let high = try concatenation()
    return make(
      .between(left, low, high, isNegated: isNegated), from: left.span, over: [left, low, high])
  }

  private mutating func inTail(
    _ left: Expression, isNegated: Bool
  ) throws(SyntaxError) -> Expression {
    try openBracket()
    var values: [Expression] = []
    if !at(.rightParenthesis) {
      repeat {
        expect(.value(of: left.path))
        values.append(try expression())
      } while eat(.comma)
    }
    try closeBracket()
    return make(.inList(left, values, isNegated: isNegated), from: left.span, over: [left] + values)
  }

  private mutating func concatenation() throws(SyntaxError) -> Expression {
    var left = try sum()
    while eat(.concatenate) {
      let right = try sum()
      left = make(.arithmetic(.concatenate, left, right), from: left.span, over: [left, right])
      try checkDepth(left)
    }
    return left
  }

  private mutating func sum() throws(SyntaxError) -> Expression {
    var left = try product()
    while let sign = eatEither(.plus, .minus) {
      let right = try product()
      let operation: ArithmeticOperator = sign == .plus ? .add : .subtract
      left = make(.arithmetic(operation, left, right), from: left.span, over: [left, right])
      try checkDepth(left)
    }
    return left
  }

  private mutating func product() throws(SyntaxError) -> Expression {
    var left = try signed()
    while let sign = eatEither(.star, .slash) {
      let right = try signed()
      let operation: ArithmeticOperator = sign == .star ? .multiply : .divide
      left = make(.arithmetic(operation, left, right), from: left.span, over: [left, right])
      try checkDepth(left)
    }
    return left
  }

  private mutating func eatEither(_ a: Token.Symbol, _ b: Token.Symbol) -> Token.Symbol? {
    eat(a) ? a : eat(b) ? b : nil
  }

  private mutating func signed() throws(SyntaxError) -> Expression {
    let start = token.span
    var isNegative = false
    while let sign = eatEither(.minus, .plus) { if sign == .minus { isNegative.toggle() } }
    let operand = try primary()
    return isNegative ? make(.negate(operand), from: start, over: [operand]) : operand
  }

  private func make(
    _ kind: ExpressionKind, from start: SourceSpan, over parts: [Expression]
  ) -> Expression {
    Expression(kind, span(from: start), depth: 1 + (parts.map(\.depth).max() ?? 0))
  }

  /// Chains such as `1 + 1 + …` nest to the left without recursion here, but not elsewhere.
  private func checkDepth(_ expression: Expression) throws(SyntaxError) {
    guard expression.depth <= Self.depthLimit else {
      throw SyntaxError(kind: .tooDeep, span: token.span)
    }
  }
}

// The smallest parts.
extension Parser {
  mutating func openBracket() throws(SyntaxError) {
    guard at(.leftParenthesis) else { throw unexpected() }
    openBrackets += 1
    advance()
  }

  mutating func closeBracket() throws(SyntaxError) {
    guard at(.rightParenthesis) else { throw unexpected() }
    openBrackets -= 1
    advance()
  }

  private mutating func primary() throws(SyntaxError) -> Expression {
    expect(.expression)
    guard !atStatementEnd else { throw unexpected() }
    let start = token.span
    switch token.kind {
    case .integer, .decimal:
      return try number()
    case .date: return try date()
    case .duration: return try durationLiteral()
    case .string:
      let text = try stringLiteral()
      return Expression(.literal(.string(text.value)), text.span)
    case .variable:
      advance()
      return Expression(.variable(String(source[start].dropFirst())), start)
    case .word, .quotedName: return try name()
    case .symbol(.leftParenthesis): return try parenthesized()
    case .symbol(.exclamation):
      throw SyntaxError(kind: .foreign(.exclamation), span: start)
    case .symbol, .invalid, .end: throw unexpected()
    }
  }

  private mutating func parenthesized() throws(SyntaxError) -> Expression {
    let start = token.span
    try openBracket()
    if isWord(token, "select"), lookahead.startsOperand {
      let query = try selectQuery()
      try closeBracket()
      return Expression(.subquery(query), span(from: start), depth: nesting)
    }
    var inner = try expression()
    try closeBracket()
    inner.span = span(from: start)
    return inner
  }

  private mutating func number() throws(SyntaxError) -> Expression {
    let digits = text(token)
    let span = token.span
    advance()
    return Expression(.literal(.number(digits)), span)
  }

  /// `'it''s'`, `"caf\u{e9}"`
  mutating func stringLiteral() throws(SyntaxError) -> Output.Text {
    guard !atStatementEnd, token.kind == .string else { throw unexpected() }
    let span = token.span
    let value = try StringLiteral.value(of: source, span)
    advance()
    return Output.Text(value: value, span: span)
  }

  private mutating func name() throws(SyntaxError) -> Expression {
    if let literal = literalWord() { return literal }
    let start = token.span
    let first = try identifier()
    if openBrackets < 10_000, at(.leftParenthesis) { return try call(first) }
    var path = [first]
    while eat(.dot) { path.append(try identifier()) }
    return Expression(.name(path), span(from: start))
  }

  private mutating func literalWord() -> Expression? {
    let span = token.span
    if let period = relativePeriod() { return Expression(period, self.span(from: span)) }
    guard lookahead.kind != .symbol(.leftParenthesis), lookahead.kind != .symbol(.dot) else {
      return nil
    }
    let literal: Literal
    switch token.kind == .word ? text(token).lowercased() : "" {
    case "null": literal = .null
    case "true": literal = .boolean(true)
    case "false": literal = .boolean(false)
    case "now": literal = .now
    case "today": literal = .period(.relative(isLast: false, .day))
    case "yesterday": literal = .period(.relative(isLast: true, .day))
    default: return nil
    }
    advance()
    return Expression(.literal(literal), span)
  }

  /// `this month`, `last quarter`
  private mutating func relativePeriod() -> ExpressionKind? {
    let isLast = isWord(token, "last")
    guard isLast || isWord(token, "this"), !lookahead.followsNewline || openBrackets > 0,
      let unit = PeriodUnit(rawValue: text(lookahead).lowercased())
    else { return nil }
    advance()
    advance()
    return .literal(.period(.relative(isLast: isLast, unit)))
  }

  mutating func identifier() throws(SyntaxError) -> Identifier {
    expect(.name)
    guard !atStatementEnd else { throw unexpected() }
    let span = token.span
    switch token.kind {
    case .word:
      advance()
      return Identifier(text: source[span], span: span)
    case .quotedName:
      advance()
      return Identifier(text: String(source[span].dropFirst().dropLast()), span: span)
    default: throw unexpected()
    }
  }

  /// `count(distinct country)`, `sum(orders.total where status = complete)`
  private mutating func call(_ name: Identifier) throws(SyntaxError) -> Expression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.depthLimit else { throw SyntaxError(kind: .tooDeep, span: token.span) }
    try openBracket()
    var call = Call(name: name, isDistinct: false, isStar: false, arguments: [], filter: nil)
    if at(.star), lookahead.kind == .symbol(.rightParenthesis) {
      advance()
      call.isStar = true
    } else if at("distinct"), lookahead.startsOperand {
      advance()
      call.isDistinct = true
    }
    if !call.isStar, !at(.rightParenthesis), !(isWord(token, "where") && lookahead.startsOperand) {
      repeat { call.arguments.append(try expression()) } while eat(.comma)
    }
    if eat("where") { call.filter = try expression() }
    try closeBracket()
    let parts = call.arguments + (call.filter.map { [$0] } ?? [])
    return make(.call(call), from: name.span, over: parts)
  }
}

extension Token {
  /// Whether an expression may begin with it.
  fileprivate var startsOperand: Bool {
    switch kind {
    case .word, .quotedName, .integer, .decimal, .date, .duration, .string, .variable,
      .symbol(.leftParenthesis), .symbol(.minus), .symbol(.star):
      true
    case .symbol, .invalid, .end: false
    }
  }

  /// Whether it compares, so that what stands before it is a column: `in = 5`.
  fileprivate var isComparison: Bool {
    switch kind {
    case .symbol(.equal), .symbol(.identical), .symbol(.notEqual), .symbol(.lessOrGreater),
      .symbol(.less), .symbol(.lessOrEqual), .symbol(.greater), .symbol(.greaterOrEqual):
      true
    default: false
    }
  }
}

extension Expression {
  /// The names of a column reference; empty for anything else.
  public var path: [String] {
    guard case .name(let parts) = kind else { return [] }
    return parts.map(\.text)
  }
}
