// Expressions as other languages write them, answered with ours.
extension Parser {
  /// `country = FR || state = Texas`: a comparison before the sign of another.
  func refuseBars(_ comparison: Expression) throws(SyntaxError) {
    guard case .compare(_, _, let right) = comparison.kind,
      case .arithmetic(.concatenate, let a, _) = right.kind
    else { return }
    throw SyntaxError(kind: .foreign(.bars), span: source.token(behind: a.span))
  }

  /// `country not = FR`, `phone not null`
  var refusedNegation: SyntaxError {
    let ours: String? =
      switch token.kind {
      case .symbol(.equal), .symbol(.identical): "'!='"
      case .symbol(.notEqual), .symbol(.lessOrGreater): "'='"
      case .symbol(.less): "'>='"
      case .symbol(.lessOrEqual): "'>'"
      case .symbol(.greater): "'<='"
      case .symbol(.greaterOrEqual): "'<'"
      case .word where isWord(token, "null") || isWord(token, "empty"):
        "'is not \(text(token).lowercased())'"
      default: nil
      }
    guard let ours, !atStatementEnd else { return unexpected() }
    return SyntaxError(kind: .foreign(.notForm(ours)), span: previous.span.through(token.span))
  }

  /// `like FR%`, `matches ^a`: a pattern without its quotes.
  func refuseBarePattern() throws(SyntaxError) {
    switch token.kind {
    case .symbol(.percent), .symbol(.dot), .symbol(.star), .invalid(.unknownCharacter("^")):
      guard !atStatementEnd else { return }
      let pattern = source.piece(around: token.span)
      throw SyntaxError(kind: .unquotedText(source[pattern]), span: pattern)
    default: return
    }
  }

  /// Operators of other languages, answered with ours.
  mutating func refuseForeignOperator(behind left: Expression) throws(SyntaxError) {
    guard !atStatementEnd else { return }
    if let error = spokenComparison(behind: left) { throw error }
    let form: SyntaxError.ForeignForm
    switch token.kind {
    case .symbol(.percent): form = .percent
    case .symbol(.ampersand): form = .ampersand
    case .invalid(.unknownCharacter("~")): form = .tilde
    case .word:
      if isWord(token, "ilike") {
        form = .ilike
      } else if let ours = ForeignWords.operators[text(token).lowercased()] {
        form = .wordOperator(text(token), ours)
      } else {
        return
      }
    default: return
    }
    throw SyntaxError(kind: .foreign(form), span: token.span)
  }

  /// `country is FR`, `country is not in (FR, DE)`
  func foreignIs(
    _ left: Expression, isNegated: Bool
  ) -> (form: SyntaxError.ForeignForm, end: SourceSpan) {
    let lower = text(token).lowercased()
    if isNegated, ["in", "between", "like"].contains(lower) {
      return (.isForm("write 'not \(lower)'"), token.span)
    }
    if let spoken = spokenForm(isNegated: isNegated), !left.path.isEmpty {
      return (.isComparison("\(source[left.span]) \(spoken.condition)"), spoken.span)
    }
    if !isNegated, let ours = ForeignWords.behindIs[lower] { return (.isForm(ours), token.span) }
    let value = missingValue
    let sign = isNegated ? "!" + value.comparison : value.comparison
    return (.isComparison("\(source[left.span]) \(sign)"), value.span)
  }

  /// Operands of other languages, told by the word that they begin with and what follows it.
  mutating func refuseForeignOperand() throws(SyntaxError) {
    let next = lookahead
    let form: SyntaxError.ForeignForm
    if isWord(token, "last") || isWord(token, "past"), next.kind == .integer {
      form = .lastSpan(text(next))
    } else if isWord(token, "case"), isWord(next, "when") || next.kind == .word {
      form = .caseWhen
    } else if isWord(token, "interval"), next.kind == .string || next.kind == .integer {
      form = .interval
    } else if isWord(token, "date") || isWord(token, "timestamp"), next.kind == .string {
      form = .dateLiteral
    } else {
      return
    }
    guard !next.followsNewline || openBrackets > 0 else { return }
    throw SyntaxError(kind: .foreign(form), span: token.span.through(next.span))
  }
}
