// What is said of a token that fits nothing that was asked for.
extension Parser {
  func unexpected() -> SyntaxError {
    if let known = knownMistake { return known }
    if !atStatementEnd, case .invalid(let error) = token.kind {
      return SyntaxError(kind: .lexical(error), span: errorSpan(error))
    }
    if let opening = openings.last,
      token.kind == .end || beginsStatement || beginsClause || beginsClauseInBrackets
    {
      return SyntaxError(kind: .openBracket(source[opening]), span: opening)
    }
    if token.kind == .symbol(.rightParenthesis), openBrackets == 0 {
      return SyntaxError(kind: .strayBracket, span: token.span)
    }
    if token.kind == .symbol(.semicolon), let opening = openings.last {
      return SyntaxError(kind: .semicolonInBrackets(source[opening]), span: token.span)
    }
    let isEnd = atStatementEnd
    let found =
      token.kind == .end ? "end" : isEnd ? "end of the statement" : Self.quotedToken(text(token))
    let span = isEnd ? SourceSpan(previous.span.end, previous.span.end) : token.span
    return SyntaxError(
      kind: .unexpected(found: found, isEnd: isEnd, expected: expected), span: span)
  }

  /// The error that something must stand here; operators could too, and say nothing.
  func unexpected(requiring needed: Expectation) -> SyntaxError {
    var parser = self
    parser.expected = expected.filter(\.isTelling)
    if !parser.expected.contains(needed) { parser.expected.append(needed) }
    return parser.unexpected()
  }

  private static func quotedToken(_ text: String) -> String {
    text.hasPrefix("'") || text.hasPrefix("\"") ? text : SyntaxError.quoted(text)
  }

  /// What spans lines is marked up to the end of its first one.
  private func errorSpan(_ error: LexicalError) -> SourceSpan {
    switch error {
    case .unterminatedString, .utf16:
      let line = source.lineRange(at: token.span.start)
      return SourceSpan(token.span.start, min(token.span.end, line.upperBound))
    case .unterminatedName, .unknownCharacter, .unknownEscape, .invalidUTF8, .blockComment,
      .bracedVariable, .foreignSign, .severalPoints:
      return token.span
    }
  }

  /// Whether the token is the first of its line and a word that begins statements.
  var beginsStatement: Bool {
    token.followsNewline && token.kind == .word
      && StatementReference.words.contains { isWord(token, $0) }
  }

  private var beginsClause: Bool {
    token.followsNewline && Clause.allCases.contains { isWord(token, $0.words.0) }
  }
}

extension Parser {
  /// `in (FR, DE limit 3`: a clause of the query where a bracket could be closed.
  private var beginsClauseInBrackets: Bool {
    guard token.kind == .word, expected.contains(.symbol(")")) else { return false }
    let isFrom = isWord(token, "from") && lookahead.kind == .word
    return isFrom
      || Clause.allCases.contains { clause in
        clause != .filter && clause != .format && isWord(token, clause.words.0)
          && clause.words.1.map { isWord(lookahead, $0) } ?? true
      }
  }
}

// Mistakes that are told by the tokens around them.
extension Parser {
  private var knownMistake: SyntaxError? {
    guard !atStatementEnd else { return nil }
    switch token.kind {
    case .invalid(.unknownCharacter("@")): return email
    case .invalid(.unterminatedString): return apostropheInWord
    case .symbol(.comma): return listOfSegments ?? commaNumber?.error
    case .word: return apostrophe ?? foreignClause ?? looseWords
    case .integer: return looseWords
    case .quotedName, .decimal, .date, .duration, .string, .variable, .symbol, .invalid, .end:
      return nil
    }
  }

  var touchesPrevious: Bool { previous.span.end == token.span.start }

  /// `ann@example.com`, `@example.com`
  private var email: SyntaxError? {
    let piece = source.piece(around: token.span)
    guard touchesPrevious || source[piece].contains(".") else { return nil }
    return SyntaxError(kind: .unquotedText(source[piece]), span: piece)
  }

  /// `in 1, 2`
  private var listOfSegments: SyntaxError? {
    guard endOfSet == previous.span.end else { return nil }
    return SyntaxError(kind: .listOfSegments, span: token.span)
  }

  /// `… union select …`: a word that begins a clause elsewhere, where a clause may stand.
  private var foreignClause: SyntaxError? {
    guard expected.contains(.keyword(Clause.layout.text)),
      let help = ForeignWords.clauses[text(token).lowercased()]
    else { return nil }
    return SyntaxError(kind: .foreign(.clause(text(token), help)), span: token.span)
  }

  /// `country = United Kingdom`, `date >= January 2024`, `date = this decade`
  private var looseWords: SyntaxError? {
    guard let value = bareValue, value.end == previous.span.end,
      SyntaxError.suggestion(text(token), expected) == nil
    else { return nil }
    var trial = self
    while [.word, .integer].contains(trial.token.kind), !trial.atStatementEnd, !trial.atKeyword {
      trial.advance()
    }
    guard trial.previous.span.end > value.end,
      trial.atStatementEnd || trial.atKeyword || trial.token.closesValue
    else { return nil }
    let words = trial.span(from: value)
    return SyntaxError(kind: looseKind(source[value].lowercased(), source[words]), span: words)
  }

  private func looseKind(_ first: String, _ words: String) -> SyntaxError.Kind {
    if ["this", "last", "next"].contains(first) { return .foreign(.period) }
    if token.kind == .integer, let month = ForeignWords.month(first) {
      let year = text(token)
      return .foreign(.monthName(year.utf8.count == 4 ? "\(year)-\(month)" : nil))
    }
    return .unquotedText(words)
  }

  /// Whether the token is a word that could go on behind a value.
  private var atKeyword: Bool {
    Clause.allCases.contains { isWord(token, $0.words.0) }
      || ["and", "or", "with", "by", "against", "joined", "left"].contains { isWord(token, $0) }
  }
}

extension Token {
  fileprivate var closesValue: Bool {
    kind == .symbol(.comma) || kind == .symbol(.rightParenthesis) || kind == .symbol(.pipe)
  }
}
