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
    while at(word.rawValue) {
      takeKeyword(openBrackets == 0 ? .logical : .keyword)
      operands.append(try operand(&self))
    }
    if at(.both) { throw SyntaxError(kind: .foreign(.and), span: token.span) }
    guard operands.count > 1 else { return first }
    return make(.logical(word, operands), from: first.span, over: operands)
  }

  private mutating func negation() throws(SyntaxError) -> Expression {
    let start = token.span
    var count = 0
    while at("not"), !isWord(lookahead, "in") {
      takeKeyword()
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
    if isNegated { takeKeyword() }
    if at("in"), isNegated || !lookahead.isComparison {
      takeKeyword()
      let segments = try segmentExpression()
      endOfSet = segments.span.end
      return Expression(.inSegments(segments, isNegated: isNegated), span(from: start))
    }
    if at("has"), lookahead.startsOperand, !isWord(lookahead, "not") {
      takeKeyword()
      expect(.customer)
      let id = try primary()
      return Expression(.has(id), span(from: start))
    }
    return nil
  }

  /// What follows a left side; nil where nothing does.
  private mutating func comparisonTail(_ left: Expression) throws(SyntaxError) -> Expression? {
    if let comparison = try eatComparison() {
      try refuseBars(left)
      expect(.value(of: left.span))
      let right = try value()
      return make(.compare(comparison, left, right), from: left.span, over: [left, right])
    }
    if at("is") { return try isTail(left) }
    let isNegated = at("not")
    if isNegated { takeKeyword() }
    if let match = eatMatch() {
      expect(.value(of: left.span))
      try refuseBarePattern()
      let right = try value()
      if touchesPrevious { try refuseBarePattern() }
      return make(
        .match(match, left, right, isNegated: isNegated), from: left.span, over: [left, right])
    }
    if eat("between") { return try betweenTail(left, isNegated: isNegated) }
    if eat("in") { return try inTail(left, isNegated: isNegated) }
    if isNegated { throw refusedNegation }
    try refuseForeignOperator(behind: left)
    return nil
  }

  private mutating func eatMatch() -> TextMatch? {
    for match in TextMatch.allCases {
      switch match {
      case .contains, .like, .matches: if eat(match.rawValue) { return match }
      case .startsWith: if eat("starts", "with") { return match }
      case .endsWith: if eat("ends", "with") { return match }
      }
    }
    return nil
  }

  private mutating func eatComparison() throws(SyntaxError) -> ComparisonOperator? {
    expect(.comparison)
    guard !atStatementEnd, case .symbol(let symbol) = token.kind else { return nil }
    let comparison: ComparisonOperator
    switch symbol {
    case .lessOrGreater: comparison = .notEqual
    case .equal, .identical, .similar, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
      guard let known = ComparisonOperator(rawValue: symbol.rawValue) else { return nil }
      comparison = known
    default: return nil
    }
    advance()
    return comparison
  }

  private mutating func isTail(_ left: Expression) throws(SyntaxError) -> Expression {
    let start = token.span
    takeKeyword()
    let isNegated = eat("not")
    let kind: ExpressionKind
    if eat("null") {
      kind = .isNull(left, isNegated: isNegated)
    } else if eat("empty") {
      kind = .isEmpty(left, isNegated: isNegated)
    } else if !atStatementEnd {
      let (form, end) = foreignIs(left, isNegated: isNegated)
      throw SyntaxError(kind: .foreign(form), span: start.through(end))
    } else {
      throw unexpected()
    }
    return make(kind, from: left.span, over: [left])
  }

  private mutating func betweenTail(
    _ left: Expression, isNegated: Bool
  ) throws(SyntaxError) -> Expression {
    expect(.value(of: left.span))
    if isWord(token, "symmetric"), lookahead.startsOperand {
      throw SyntaxError(
        kind: .foreign(.wordOperator(text(token), "the lower value first")), span: token.span)
    }
    let low = try concatenation()
    try require("and")
    expect(.value(of: left.span))
    let high = try value()
    return make(
      .between(left, low, high, isNegated: isNegated), from: left.span, over: [left, low, high])
  }

  private mutating func inTail(
    _ left: Expression, isNegated: Bool
  ) throws(SyntaxError) -> Expression {
    try openBracket()
    var values: [Expression] = []
    if at("select") { throw SyntaxError(kind: .foreign(.inSelect), span: token.span) }
    if !at(.rightParenthesis) {
      repeat {
        expect(.value(of: left.span))
        values.append(try value())
        if at("or") || at("and") { throw SyntaxError(kind: .foreign(.orInList), span: token.span) }
      } while eat(.comma)
    }
    try closeBracket()
    return make(.inList(left, values, isNegated: isNegated), from: left.span, over: [left] + values)
  }

  /// What stands behind a comparison, where a bare word is a value.
  private mutating func value() throws(SyntaxError) -> Expression {
    let value = try concatenation()
    noteBareValue(value)
    return value
  }

  mutating func noteBareValue(_ value: Expression) {
    if case .name(let path) = value.kind, path.count == 1 { bareValue = value.span }
  }

  mutating func concatenation() throws(SyntaxError) -> Expression {
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
    while token.kind == .symbol(.minus) || token.kind == .symbol(.plus), !atStatementEnd {
      if token.kind == .symbol(.minus) { isNegative.toggle() }
      mark(.sign, token.span)
      advance()
    }
    let operand = try primary()
    return isNegative ? make(.negate(operand), from: start, over: [operand]) : operand
  }

  private func make(
    _ kind: ExpressionKind, from start: SourceSpan, over parts: [Expression]
  ) -> Expression {
    var depth = 0
    for part in parts { depth = max(depth, part.depth) }
    return Expression(kind, span(from: start), depth: depth + 1)
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
    guard at(.leftParenthesis) else { throw unexpected(requiring: .symbol("(")) }
    openBrackets += 1
    openings.append(token.span)
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
    try refuseStatement()
    switch token.kind {
    case .integer, .decimal:
      return try number()
    case .date: return try date()
    case .duration: return try durationLiteral()
    case .string:
      let text = try stringLiteral()
      return Expression(text.plain.map { .literal(.string($0)) } ?? .template(text), text.span)
    case .variable:
      guard let name = try variable() else { throw unexpected() }
      return Expression(.variable(name), name.span)
    case .word, .quotedName: return try name()
    case .symbol(.leftParenthesis): return try parenthesized()
    case .symbol(.exclamation):
      throw SyntaxError(kind: .foreign(.exclamation), span: start)
    case .symbol(.leftBracket):
      throw SyntaxError(kind: .foreign(.squareBracket), span: start)
    case .symbol, .invalid, .end: throw unexpected()
    }
  }

  /// Where an operand is wanted: a clause, a query without brackets, the next statement.
  private mutating func refuseStatement() throws(SyntaxError) {
    guard token.kind == .word else { return }
    let next = lookahead
    if isWord(token, "order") || isWord(token, "group"), isWord(next, "by") { throw unexpected() }
    let goesOn: Bool
    switch next.kind {
    case .word, .symbol(.star), .integer, .string: goesOn = !next.followsNewline
    default: goesOn = false
    }
    guard goesOn else { return }
    if beginsStatement, openBrackets == 0, previous.kind != .symbol(.comma) {
      atStatementEnd = true
      throw unexpected()
    }
    if isWord(token, "select"), !isWord(next, "from"), !isClause(next) {
      throw SyntaxError(kind: .foreign(.bareQuery), span: token.span)
    }
  }

  private func isClause(_ token: Token) -> Bool {
    Clause.allCases.contains { isWord(token, $0.words.0) }
      || ["and", "or", "is", "not", "in", "asc", "desc"].contains { isWord(token, $0) }
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
    if token.kind == .word, !atStatementEnd {
      if touchesPrevious, let plain = NumberSuffix.plain(digits + text(token)) {
        throw SyntaxError(kind: .foreign(.numberSuffix(plain)), span: span.through(token.span))
      }
      let word = text(token).lowercased()
      if let unit = ForeignWords.units[word] {
        throw SyntaxError(
          kind: .foreign(.spokenDuration(digits + unit)), span: span.through(token.span))
      }
      if ForeignWords.month(word) != nil {
        throw SyntaxError(kind: .foreign(.monthName(nil)), span: span.through(token.span))
      }
    }
    return Expression(.literal(.number(digits)), span)
  }

  /// `'it''s'`, `"caf\u{e9}"`
  mutating func stringLiteral() throws(SyntaxError) -> Template {
    guard !atStatementEnd, token.kind == .string else { throw unexpected() }
    let template = try StringLiteral.template(of: source, token.span)
    advance()
    return template
  }

  /// `$country`, `$s.id`; nil where no variable stands.
  mutating func variable() throws(SyntaxError) -> VariableName? {
    guard !atStatementEnd, token.kind == .variable else { return nil }
    let start = token.span
    let name = Identifier(text: String(source[start].dropFirst()), span: start)
    guard Int(name.text) == nil else { throw SyntaxError(kind: .foreign(.currency), span: start) }
    advance()
    let field = eat(.dot) ? try identifier() : nil
    return VariableName(name, field: field, span(from: start))
  }

  private mutating func name() throws(SyntaxError) -> Expression {
    if let literal = literalWord() { return literal }
    let start = token.span
    try refuseForeignOperand()
    let first = try identifier()
    if at(.leftParenthesis) { return try call(first) }
    var path = [first]
    while eat(.dot) {
      if at(.star) {
        throw SyntaxError(
          kind: .foreign(.starOfTable(first.text)), span: start.through(token.span))
      }
      path.append(try identifier())
    }
    return Expression(.name(path), span(from: start))
  }

  private mutating func literalWord() -> Expression? {
    let span = token.span
    if let period = relativePeriod() { return Expression(period, self.span(from: span)) }
    guard lookahead.kind != .symbol(.leftParenthesis), lookahead.kind != .symbol(.dot) else {
      return nil
    }
    let literal: Literal
    if isWord(token, "null") {
      literal = .null
    } else if isWord(token, "true") {
      literal = .boolean(true)
    } else if isWord(token, "false") {
      literal = .boolean(false)
    } else if isWord(token, "now") {
      literal = .now
    } else if isWord(token, "today") {
      literal = .period(.relative(isLast: false, .day))
    } else if isWord(token, "yesterday") {
      literal = .period(.relative(isLast: true, .day))
    } else {
      return nil
    }
    takeKeyword()
    return Expression(.literal(literal), span)
  }

  /// `this month`, `last quarter`
  private mutating func relativePeriod() -> ExpressionKind? {
    let isLast = isWord(token, "last")
    guard isLast || isWord(token, "this"), !lookahead.followsNewline || openBrackets > 0,
      let unit = PeriodUnit(rawValue: text(lookahead).lowercased())
    else { return nil }
    takeKeyword()
    takeKeyword()
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
    case .string:
      throw SyntaxError(kind: .quotedName(source[span]), span: span)
    default: throw unexpected()
    }
  }

  /// `count(distinct country)`, `sum(orders.total where status = complete)`
  private mutating func call(_ name: Identifier) throws(SyntaxError) -> Expression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.depthLimit else { throw SyntaxError(kind: .tooDeep, span: token.span) }
    mark(.call, token.span)
    try openBracket()
    var call = Call(name: name, isDistinct: false, isStar: false, arguments: [], filter: nil)
    if at(.star), lookahead.kind == .symbol(.rightParenthesis) {
      advance()
      call.isStar = true
    } else if at("distinct"), lookahead.startsOperand {
      takeKeyword()
      call.isDistinct = true
    }
    do throws(SyntaxError) { try arguments(of: &call) } catch {
      // What is wrong inside of its brackets says less than that there is no such function.
      guard FunctionReference.find(name.text) == nil, error.isMisplacedToken else { throw error }
      throw SyntaxError(kind: .unknownFunction(name.text), span: name.span)
    }
    let parts = call.arguments + (call.filter.map { [$0] } ?? [])
    return make(.call(call), from: name.span, over: parts)
  }
}

extension Parser {
  fileprivate mutating func arguments(of call: inout Call) throws(SyntaxError) {
    if !call.isStar, !at(.rightParenthesis), !(isWord(token, "where") && lookahead.startsOperand) {
      repeat { call.arguments.append(try argument(of: call.name)) } while try eatListComma()
    }
    if eat("where") { call.filter = try condition() }
    try closeBracket()
  }

  /// An argument; in `exists(select …)` and `extract(year from d)` the habit is answered.
  fileprivate mutating func argument(of name: Identifier) throws(SyntaxError) -> Expression {
    expect(.argument(of: name.span))
    if isWord(token, "select"), lookahead.startsOperand {
      throw SyntaxError(kind: .foreign(.selectInCall), span: token.span)
    }
    let argument = try expression()
    let word = name.text.lowercased()
    if isWord(token, "as"), !atStatementEnd, ["cast", "try_cast", "convert"].contains(word) {
      throw SyntaxError(kind: .foreign(.cast), span: name.span.through(token.span))
    }
    if isWord(token, "from"), !atStatementEnd, word == "extract" {
      throw SyntaxError(
        kind: .foreign(.extract(source[argument.span])), span: name.span.through(token.span))
    }
    return argument
  }
}

extension SyntaxError {
  /// Whether a token stands where another was expected, or is none.
  fileprivate var isMisplacedToken: Bool {
    switch kind {
    case .unexpected(_, let isEnd, _): !isEnd
    case .lexical(.unknownCharacter), .lexical(.foreignSign): true
    default: false
    }
  }
}

extension Token {
  /// Whether an expression may begin with it.
  var startsOperand: Bool {
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
    case .symbol(.equal), .symbol(.identical), .symbol(.similar), .symbol(.notEqual),
      .symbol(.lessOrGreater), .symbol(.less), .symbol(.lessOrEqual), .symbol(.greater),
      .symbol(.greaterOrEqual):
      true
    default: false
    }
  }
}

extension Expression {
  /// The names of a column reference; empty for anything else.
  public var path: [String] { identifiers.map(\.text) }

  public var identifiers: [Identifier] {
    guard case .name(let parts) = kind else { return [] }
    return parts
  }
}
