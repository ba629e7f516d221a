// Conditions that lack a comparison: `where country FR`.
extension Parser {
  mutating func condition() throws(SyntaxError) -> Expression {
    expect(.column)
    let condition = try expression()
    try refuseMissingComparison(behind: condition)
    return condition
  }

  /// `country FR`, `since last month`, `status = complete and total 500`
  mutating func refuseMissingComparison(behind condition: Expression) throws(SyntaxError) {
    guard !atStatementEnd, token.startsOperand, token.kind != .symbol(.leftParenthesis),
      !isWord(token, "from"), let column = condition.lastOperand, !column.path.isEmpty,
      column.span.end == previous.span.end, !atWordOfClause,
      ForeignWords.clauses[text(token).lowercased()] == nil,
      SyntaxError.suggestion(text(token), expected) == nil
    else { return }
    let value = missingValue
    let form = SyntaxError.ForeignForm.missingComparison(
      "\(source[column.span]) \(value.comparison)")
    throw SyntaxError(kind: .foreign(form), span: column.span.through(value.span))
  }

  /// Whether the token is a word that goes on behind a condition.
  private var atWordOfClause: Bool {
    Clause.allCases.contains { isWord(token, $0.words.0) }
      || ["and", "or", "with", "against", "joined", "left"].contains { isWord(token, $0) }
  }

  /// `= FR`, `= 'New York'`, `>= -30d`, `= last month`
  var missingValue: (comparison: String, span: SourceSpan) {
    let piece = source.piece(around: token.span)
    if source[piece].contains("@") { return ("= '\(source[piece])'", piece) }
    var trial = self
    let isSigned = token.kind == .symbol(.minus)
    if let value = try? trial.concatenation(), trial.atStatementEnd || trial.atWordOfClause {
      let words = source[value.span]
      let isDuration = isSigned || token.kind == .duration
      return (isDuration ? ">= -\(words.drop { $0 == "-" })" : "= \(words)", value.span)
    }
    trial = self
    while [.word, .integer].contains(trial.token.kind), !trial.atStatementEnd, !trial.atWordOfClause {
      trial.advance()
    }
    let words = trial.span(from: token.span)
    return ("= \(StringLiteral.quoted(source[words]))", words)
  }
}

extension Expression {
  /// What stands last in a condition: `total` of `status = complete and total`.
  fileprivate var lastOperand: Expression? {
    switch kind {
    case .logical(_, let parts): parts.last?.lastOperand
    case .not(let inner): inner.lastOperand
    default: self
    }
  }
}
