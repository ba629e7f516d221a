// `1 + 'VIP' & selected`: & binds tighter than + and -, and all go left to right.
extension Parser {
  mutating func segmentExpression() throws(SyntaxError) -> SegmentExpression {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.depthLimit else { throw SyntaxError(kind: .tooDeep, span: token.span) }
    var left = try intersection()
    while let operation = eatUnionOrExcept() {
      left = try combine(operation, left, try intersection())
    }
    return left
  }

  private mutating func eatUnionOrExcept() -> SetOperator? {
    if eat(.plus) || eat("union") { return .union }
    if eat(.minus) || eat("except") { return .except }
    return nil
  }

  private mutating func intersection() throws(SyntaxError) -> SegmentExpression {
    var left = try segmentOperand()
    while eat(.ampersand) || eat("intersect") {
      left = try combine(.intersect, left, try segmentOperand())
    }
    if at(.both) { throw SyntaxError(kind: .foreign(.and), span: token.span) }
    if nesting <= 2, !atStatementEnd, openBrackets == 0, isSetWord {
      throw SyntaxError(kind: .foreign(.setWord(text(token))), span: token.span)
    }
    return left
  }

  /// `drill 1 and 2`: words that join conditions, before another segment.
  private var isSetWord: Bool {
    guard isWord(token, "and") || isWord(token, "or") else { return false }
    switch lookahead.kind {
    case .integer, .string:
      var trial = self
      trial.advance()
      trial.advance()
      return trial.atStatementEnd
        || Clause.allCases.contains { trial.isWord(trial.token, $0.words.0) }
    default: return false
    }
  }

  private func combine(
    _ operation: SetOperator, _ left: SegmentExpression, _ right: SegmentExpression
  ) throws(SyntaxError) -> SegmentExpression {
    let depth = 1 + max(left.depth, right.depth)
    guard depth <= Self.depthLimit else { throw SyntaxError(kind: .tooDeep, span: right.span) }
    return SegmentExpression(
      .combined(operation, left, right), left.span.through(right.span), depth: depth)
  }

  private mutating func segmentOperand() throws(SyntaxError) -> SegmentExpression {
    expect(.segment)
    guard !atStatementEnd else { throw unexpected() }
    let start = token.span
    switch token.kind {
    case .integer:
      guard let id = Int(text(token)) else {
        throw SyntaxError(kind: .numberTooLarge(text(token)), span: start)
      }
      advance()
      return SegmentExpression(.id(id), start)
    case .string:
      let name = try stringLiteral()
      return SegmentExpression(.name(name), start)
    case .variable:
      guard let name = try variable() else { throw unexpected() }
      return SegmentExpression(.variable(name), name.span)
    case .symbol(.leftParenthesis):
      try openBracket()
      if at("select") { throw SyntaxError(kind: .foreign(.inSelect), span: token.span) }
      var inner = try segmentExpression()
      if at(.comma) { throw SyntaxError(kind: .listOfSegments, span: token.span) }
      try closeBracket()
      inner.span = span(from: start)
      return inner
    case .word: return try segmentWord()
    case .quotedName, .decimal, .date, .duration, .symbol, .invalid, .end: throw unexpected()
    }
  }

  private mutating func segmentWord() throws(SyntaxError) -> SegmentExpression {
    let start = token.span
    if eat("selected") { return SegmentExpression(.selected, start) }
    if eat("all") { return SegmentExpression(.all, start) }
    if eat("union") { return try setFunction(.union, start) }
    if eat("intersection") || eat("intersect") { return try setFunction(.intersect, start) }
    if isWord(token, "segment"), lookahead.kind == .integer || lookahead.kind == .string {
      throw SyntaxError(kind: .foreign(.inSegment), span: start)
    }
    if isWord(token, "into") || isWord(token, "segments") || isWord(token, "customers") {
      throw unexpected()
    }
    let name = looseWords()
    throw SyntaxError(kind: .segmentNameUnquoted(source[name]), span: name)
  }

  /// The words up to the next clause: `VIP customers`
  private func looseWords() -> SourceSpan {
    var trial = self
    var span = token.span
    while trial.token.kind == .word || trial.token.kind == .integer, !trial.atStatementEnd {
      let isClause = Clause.allCases.contains { trial.isWord(trial.token, $0.words.0) }
      let isOther = ["with", "by", "against", "joined", "left", "and", "or"].contains {
        trial.isWord(trial.token, $0)
      }
      if isClause || isOther { break }
      span = span.through(trial.token.span)
      trial.advance()
    }
    return span
  }

  /// `intersection(1, 2, 5)`, `intersection(selected)`
  private mutating func setFunction(
    _ operation: SetOperator, _ start: SourceSpan
  ) throws(SyntaxError) -> SegmentExpression {
    try openBracket()
    var sets = [try setArgument(operation)]
    while eat(.comma) { sets.append(try setArgument(operation)) }
    // By halves, so that hundreds of them nest a few levels deep.
    while sets.count > 1 {
      var halves: [SegmentExpression] = []
      for i in stride(from: 0, to: sets.count, by: 2) {
        halves.append(
          i + 1 < sets.count ? try combine(operation, sets[i], sets[i + 1]) : sets[i])
      }
      sets = halves
    }
    var result = sets[0]
    try closeBracket()
    result.span = span(from: start)
    return result
  }

  /// One of several sets; what stands for several segments is each of them.
  private mutating func setArgument(
    _ operation: SetOperator
  ) throws(SyntaxError) -> SegmentExpression {
    let set = try segmentExpression()
    switch set.kind {
    case .selected, .all, .variable:
      return SegmentExpression(.each(operation, set), set.span, depth: set.depth + 1)
    case .id, .name, .combined, .each: return set
    }
  }

  /// `3, 'VIP', 1 + 2`
  mutating func segmentList() throws(SyntaxError) -> [SegmentExpression] {
    let start = token.span
    var list = [try segmentExpression()]
    while eat(.comma) { list.append(try segmentExpression()) }
    try refuseMissingCommas(between: span(from: start))
    return list
  }
}
