extension SyntaxError {
  /// The error in words.
  var diagnostic: Diagnostic {
    switch kind {
    case .unexpected(let found, let isEnd, let expected):
      Diagnostic(
        code: isEnd ? "unfinished" : "unexpected",
        isEnd
          ? "the statement is not finished: \(Self.list(expected)) expected"
          : "unexpected \(found): \(Self.list(expected)) expected",
        at: span, help: isEnd ? nil : Self.suggestion(found, expected))
    case .lexical(let error): error.diagnostic(at: span)
    case .unknownStatement(let word):
      Diagnostic(
        code: "unknown-statement", "no statement begins with \(Self.quoted(word))", at: span,
        help: Suggestion.nearest(to: word, in: StatementReference.words).map {
          "did you mean '\($0)'?"
        } ?? "'help' lists the statements")
    case .tooDeep:
      Diagnostic(
        code: "too-deep", "this is nested too deeply (more than \(Parser.depthLimit) levels)",
        at: span, help: "take a part of it out into a segment of its own")
    case .numberTooLarge(let text):
      Diagnostic(
        code: "number-too-large", "the number \(text) is too large", at: span,
        help: "whole numbers go up to 9223372036854775807")
    case .invalidDate(let text):
      Diagnostic(
        code: "invalid-date", "there is no such date: \(text)", at: span,
        help: "dates are written 2024-01-31, 2024-01 or 2024")
    case .foreign(let form): form.diagnostic(at: span)
    case .duplicateClause(let clause):
      Diagnostic(
        code: "duplicate-clause", "'\(clause)' stands here a second time", at: span,
        help: clause == "where" ? "join conditions with 'and'" : nil)
    case .misplacedClause(let clause, let before):
      Diagnostic(
        code: "clause-order", "'\(clause)' stands too late", at: span,
        help: "'\(clause)' comes before '\(before)'")
    case .segmentNameUnquoted(let word):
      Diagnostic(
        code: "segment-name", "a segment is named by its id or its name in quotes", at: span,
        help: "write '\(word)' with the quotes, or 'select segments' for the ids")
    case .listOfSegments:
      Diagnostic(
        code: "segment-list", "one set of customers is wanted here, not a list of segments",
        at: span,
        help: "join them with + (in any of them), & (in all of them) or - (in the first only)")
    case .unknownUnit(let word):
      Diagnostic(
        code: "unknown-unit", "no unit of time is called '\(word)'", at: span,
        help: "d, w, m and y are days, weeks, months and years: -30d")
    }
  }

  /// `'where', 'order by' or the end`: clauses before operators, and not more than a line of them.
  private static func list(_ expected: [Expectation]) -> String {
    var names: [String] = []
    let words = expected.filter { $0.isTelling }
    for expectation in words.isEmpty ? expected : words
    where !names.contains(expectation.description) {
      names.append(expectation.description)
    }
    guard names.count > 1, let last = names.last else { return names.first ?? "nothing more" }
    guard names.count <= 8 else { return names.prefix(7).joined(separator: ", ") + ", …" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  private static func suggestion(_ found: String, _ expected: [Expectation]) -> String? {
    let word = found.filter { $0 != "'" }
    let keywords = expected.compactMap { expectation -> String? in
      guard case .keyword(let keyword) = expectation else { return nil }
      return keyword
    }
    return Suggestion.nearest(to: word, in: keywords).map { "did you mean '\($0)'?" }
  }

  static func quoted(_ text: String) -> String {
    let shown = text.count > 40 ? text.prefix(40) + "…" : text
    return "'\(shown)'"
  }
}

extension LexicalError {
  func diagnostic(at span: SourceSpan) -> Diagnostic {
    switch self {
    case .unterminatedString(let quote):
      let mark = Character(Unicode.Scalar(quote))
      return Diagnostic(
        code: "unterminated-string", "the text that begins here does not end", at: span,
        help: "close it with \(mark), or write \\\(mark) for a \(mark) inside")
    case .unterminatedName:
      return Diagnostic(
        code: "unterminated-name", "the name that begins here does not end on its line", at: span,
        help: "close it with `")
    case .unknownCharacter:
      return Diagnostic(
        code: "unknown-character", "nothing in the language begins with this character", at: span,
        help: "text stands in quotes: '…'")
    case .unknownEscape:
      return Diagnostic(
        code: "unknown-escape", "this is no escape sequence", at: span,
        help: "there are \\' \\\" \\\\ \\n \\t \\$ and \\u{…}; a backslash itself is \\\\")
    case .invalidUTF8:
      return Diagnostic(code: "invalid-utf8", "these bytes are not UTF-8", at: span)
    }
  }
}

extension SyntaxError.ForeignForm {
  fileprivate func diagnostic(at span: SourceSpan) -> Diagnostic {
    switch self {
    case .and: say("'&&' joins nothing here", "write 'and'; & is for segments", span)
    case .or: say("'||' joins texts, not conditions", "write 'or'", span)
    case .ilike:
      say("there is no 'ilike'", "write 'like': text compares without regard to case", span)
    case .limitWithOffset(let first, let second):
      say(
        "'limit' takes one number", "write 'limit \(second) offset \(first)'", span)
    case .inSegment: say("the word 'segment' is too much", "write 'in 7' or 'in \\'VIP\\''", span)
    case .percent: say("there is no remainder operator", nil, span)
    case .exclamation: say("'!' stands alone here", "write 'not', or '!=' for unequal", span)
    case .isComparison:
      say(
        "'is' goes with null and empty only", "write = to compare, 'is null' or 'is empty'", span)
    case .exportWithoutSegment:
      say("export what?", "name segments by id or quoted name: export 5 as csv", span)
    }
  }

  private func say(_ message: String, _ help: String?, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(code: "foreign-form", message, at: span, help: help)
  }
}

extension Expectation {
  /// Operators could stand nearly everywhere, and say little about what is missing.
  var isTelling: Bool {
    switch self {
    case .keyword(let word): !Self.operators.contains(word)
    case .symbol(let symbol): symbol == ")"
    case .end: false
    case .table, .column, .value, .expression, .segment, .format, .file, .number, .setting, .name,
      .topic:
      true
    }
  }

  private static let operators: Set<String> = [
    "and", "or", "not", "is", "in", "between", "contains", "starts with", "ends with", "like",
    "matches", "union", "except", "intersect", "has", "asc", "desc", "ascending", "descending",
  ]

  /// As messages say it.
  var description: String {
    switch self {
    case .keyword(let word), .symbol(let word): "'\(word)'"
    case .table: "a table"
    case .column: "a column"
    case .value: "a value"
    case .expression: "an expression"
    case .segment: "a segment"
    case .format: "a format"
    case .file: "a file name in quotes"
    case .number: "a number"
    case .setting: "a setting"
    case .name: "a name"
    case .topic: "a topic"
    case .end: "the end of the statement"
    }
  }
}
