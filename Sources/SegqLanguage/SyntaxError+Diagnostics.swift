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
        help: ForeignWords.statements[word.lowercased()]
          ?? Suggestion.nearest(to: word, in: StatementReference.words).map {
            "did you mean '\($0)'?"
          } ?? "'help' lists the statements")
    case .notAState(let word, let states):
      Diagnostic(
        code: "unexpected",
        "unexpected \(Self.quoted(word)): \(states.dropLast().joined(separator: ", ")) "
          + "or \(states.last ?? "") expected", at: span)
    case .unknownFunction(let name): .unknownFunction(name, at: span)
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
        help: clause == "where"
          ? "join conditions with 'and'; one on orders stands inside: count(orders where …)" : nil)
    case .misplacedClause(let clause, let before):
      Diagnostic(
        code: "clause-order", "'\(clause)' stands too late", at: span,
        help: before == "as"
          ? "'as' gives the format and comes behind it; a table has no second name"
          : "'\(clause)' comes before '\(before)'")
    case .segmentNameUnquoted(let word):
      Diagnostic(
        code: "segment-name", "a segment is named by its id or its name in quotes", at: span,
        help: Suggestion.nearest(to: word, in: ["stale", "selected", "all", "visible"]).map {
          "did you mean '\($0)'?"
        } ?? "write '\(word)' with the quotes, or 'select segments' for the ids")
    case .quotedName(let text):
      Diagnostic(
        code: "quoted-name", "this stands in quotes, and is no text here", at: span,
        help: "write \(text.dropFirst().dropLast()) without them")
    case .notACount:
      Diagnostic(
        code: "wrong-value", "a whole number of rows is wanted here, 0 or more", at: span)
    case .unquotedText(let word):
      Diagnostic(
        code: "unquoted", "expected a text in quotes", at: span,
        help: "write \(StringLiteral.quoted(word))")
    case .segmentNameMissing:
      Diagnostic(
        code: "segment-name", "a new segment has a name in quotes", at: span,
        help: "create segment 'VIP' as …")
    case .listOfSegments:
      Diagnostic(
        code: "segment-list", "one set of customers is wanted here, not a list of segments",
        at: span,
        help: "join them with + (in any of them), & (in all of them) or - (in the first only)")
    case .unknownUnit(let word):
      Diagnostic(
        code: "unknown-unit", "no unit of time is called '\(word)'", at: span,
        help: "d, w, m and y are days, weeks, months and years: -30d")
    case .interpolation:
      Diagnostic(
        code: "interpolation", "only the name of a variable stands in ${…}", at: span,
        help: "compute it before: let x = …; for a plain $ before { write \\$")
    case .openBlock:
      Diagnostic(
        code: "open-block", "the block that begins here does not end", at: span,
        help: "close it with }")
    case .openBracket(let bracket):
      Diagnostic(
        code: "open-bracket", "this \(bracket) is not closed", at: span,
        help: "close it with \(bracket == "[" ? "]" : ")")")
    case .strayBracket:
      Diagnostic(
        code: "stray-bracket", "unmatched bracket", at: span, help: "leave it out, or open one before it")
    case .semicolonInBrackets:
      Diagnostic(
        code: "semicolon", "a ; ends the statement, and a bracket is open", at: span,
        help: "arguments are separated by commas; close the bracket with )")
    case .tooManyBlocks:
      Diagnostic(
        code: "too-deep", "this is nested too deeply (more than \(Parser.blockLimit) statements)",
        at: span, help: "put the inner ones into a file of their own: source 'inner.segq'")
    case .strayBrace:
      Diagnostic(
        code: "stray-brace", "unmatched '}'", at: span, help: "leave it out, or open a block with {")
    }
  }

  /// `'where', 'order by' or the end`: clauses before operators, and not more than a line of them.
  private static func list(_ expected: [Expectation]) -> String {
    var names: [String] = []
    let words = expected.filter { $0.isTelling }
    let least = expected.contains(.end) ? [.end] : expected
    for expectation in words.isEmpty ? least : words
    where !names.contains(expectation.description) {
      names.append(expectation.description)
    }
    guard names.count > 1, let last = names.last else { return names.first ?? "nothing more" }
    guard names.count <= 8 else { return names.prefix(7).joined(separator: ", ") + ", …" }
    return names.dropLast().joined(separator: ", ") + " or " + last
  }

  static func suggestion(_ found: String, _ expected: [Expectation]) -> String? {
    let word = found.filter { $0 != "'" }
    // `or` is near to nearly everything short.
    let keywords = expected.compactMap { expectation -> String? in
      switch expectation {
      case .keyword(let keyword): keyword.utf8.count > 2 || word.utf8.count > 3 ? keyword : nil
      case .words(let first, let second): "\(first) \(second)"
      default: nil
      }
    }
    let firsts = keywords.map { String($0.prefix { $0 != " " }) }
    guard let found = Suggestion.nearest(to: word, in: keywords + firsts) else { return nil }
    let whole = keywords.first { $0 == found || $0.hasPrefix(found + " ") } ?? found
    return "did you mean '\(whole)'?"
  }

  static func quoted(_ text: String) -> String {
    let shown = text.count > 40 ? text.prefix(40) + "…" : text
    return "'\(shown)'"
  }
}

extension Diagnostic {
  public static func unknownFunction(_ name: String, at span: SourceSpan) -> Diagnostic {
    let known = FunctionReference.all.map(\.name)
    return Diagnostic(
      code: "unknown-function", "there is no function '\(name)'", at: span,
      help: ForeignFunctions.help[name.lowercased()]
        ?? Suggestion.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
        ?? "'help functions' lists them")
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
    case .unknownCharacter(let scalar):
      return Diagnostic(
        code: "unknown-character", "nothing in the language begins with this character", at: span,
        help: ForeignWords.help(for: scalar))
    case .blockComment:
      return Diagnostic(
        code: "block-comment", "comments do not stand between /* and */", at: span,
        help: "a comment begins with -- or # and ends with its line")
    case .bracedVariable:
      return Diagnostic(
        code: "braced-variable", "${…} is for texts and shell commands", at: span,
        help: "here a variable is written $name")
    case .foreignSign(let sign):
      return Diagnostic(
        code: "foreign-form", "there is no sign '\(sign.rawValue)'", at: span, help: sign.help
      )
    case .severalPoints:
      return Diagnostic(
        code: "several-points", "this is no number and no date", at: span,
        help: "numbers are written 1000.50, dates 2024-01-31")
    case .unknownEscape:
      return Diagnostic(
        code: "unknown-escape", "this is no escape sequence", at: span,
        help: "there are \\' \\\" \\\\ \\n \\t \\$ and \\u{…}; a backslash itself is \\\\")
    case .invalidUTF8:
      return Diagnostic(code: "invalid-utf8", "these bytes are not UTF-8", at: span)
    case .utf16:
      return Diagnostic(
        code: "invalid-utf8", "this text is UTF-16", at: span, help: "save it as UTF-8")
    }
  }
}

extension SyntaxError.ForeignForm {
  fileprivate func diagnostic(at span: SourceSpan) -> Diagnostic {
    let (message, help): (String, String?) =
      switch self {
      case .ampersand:
        ("'&' is for segments", "texts are joined by ||, conditions by 'and'")
      case .and: ("'&&' joins nothing here", "write 'and'; & is for segments")
      case .bareAssignment(let name):
        ("a variable is set by 'let'", "write 'let \(name) = …'")
      case .bars:
        ("'||' joins texts, not conditions", "write 'or'")
      case .bareQuery:
        (
          "a query stands here without brackets",
          "as a value it is written (select …); a rule is a condition"
        )
      case .blockSign: ("a block stands in braces", "write { … }")
      case .cast:
        ("there are no casts", "values take the type of what they are compared with")
      case .caseWhen: ("there is no 'case'", "write if(condition, then, else)")
      case .clause(let word, let help): ("there is no '\(word.lowercased())' here", help)
      case .compareList(let first, let second):
        ("'compare' takes two sets with 'with' between them", "write compare \(first) with \(second)")
      case .createThing(let word):
        (
          "there is no 'create \(word.lowercased())'",
          "a table comes from a file: load 'orders.csv'; a condition is kept as a segment: "
            + "create segment 'French' as country = FR"
        )
      case .currency:
        (
          "a variable is not called by a number",
          "an amount stands without '$': 100; what a script was called with is $args"
        )
      case .dateLiteral: ("dates need no word before them", "write 2024-01-31, 2024-01 or 2024")
      case .dollarInName(let name):
        (
          "the name of a variable is given without '$' where it is set",
          "write '\(name.dropFirst())'"
        )
      case .exclamation: ("'!' stands alone here", "write 'not', or '!=' for unequal")
      case .exportGroups:
        (
          "an export lists customers, not groups",
          "select …, count() from 5 group by … to 'file.csv'"
        )
      case .exportWithoutSegment:
        ("export what?", "name segments by id or quoted name: export 5 as csv")
      case .extract(let part): ("there is no 'extract'", "write \(part.lowercased())(date)")
      case .fromQuery:
        ("a query does not stand behind 'from'", "group in one query, or make a segment")
      case .ilike: ("there is no 'ilike'", "write 'like': text compares without regard to case")
      case .inSegment:
        (
          "the word 'segment' is too much",
          "leave it out: a segment is its id, or its name in quotes"
        )
      case .inSelect:
        (
          "a query does not stand here",
          "orders and items are reached from the customer: exists(orders where …)"
        )
      case .interval: ("there is no 'interval'", "write a length of time as 30d, 6w, 3m or 1y")
      case .isComparison(let condition):
        ("'is' goes with null and empty only", "write \(condition)")
      case .isForm(let help): ("'is' goes with null and empty only", help)
      case .lastSpan(let count):
        (
          "periods are counted back from today",
          "write >= -\(count)d, -\(count)w, -\(count)m or -\(count)y"
        )
      case .join:
        (
          "there are no joins",
          "what hangs on a customer is reached by its name: count(orders where …), customers.country"
        )
      case .limitAll: ("'limit' takes a number", "leave it out for all rows")
      case .limitWithOffset(let forms):
        ("'limit' takes one number", "write " + forms.map { "'\($0)'" }.joined(separator: " or "))
      case .loopOutput: ("the rows of a loop go nowhere else", "leave out what stands behind them")
      case .loopRows:
        (
          "a loop goes through a list in brackets, a query or a variable",
          "for c in (FR, DE) { … } · for s in select id from segments { … }"
        )
      case .missingComma:
        ("a comma is missing before this", "columns are separated by commas; 'as' names one")
      case .missingComparison(let condition):
        ("a comparison is missing", "write \(condition)")
      case .misspelt(let word): ("a comma is missing behind this", "did you mean '\(word)'?")
      case .notForm(let ours): ("'not' does not stand here", "write \(ours)")
      case .numberSuffix(let number): ("numbers are written out", "write \(number)")
      case .nullsLast: ("where nulls come is not chosen", "they come last both ways: leave it out")
      case .oneSegment(let word):
        ("'\(word)' takes one segment", "ask for one at a time: \(word) 1")
      case .orInList: ("values of a list are separated by commas", "write in (FR, DE)")
      case .monthName(let month):
        (
          "months are written in digits",
          month.map { "write \($0)" } ?? "a day is written 2024-01-31"
        )
      case .period:
        (
          "there is no such period",
          "'this' and 'last' go with day, week, month, quarter and year; or write 2024-01"
        )
      case .percent: ("there is no remainder operator", "bucket(x, 10) gives the lower bound of x")
      case .quoteInside(let text): ("the text ends before this", "for a quote inside write \(text)")
      case .quoteInWord(let text): ("a text with an apostrophe needs quotes", "write \(text)")
      case .quotedAlias: ("a name can't have a variable in it", "write it without quotes")
      case .secondName(let table, let name):
        (
          "a table has no second name",
          "leave '\(name)' out: columns are named alone, or \(table).id"
        )
      case .rowShare:
        ("a number of rows stands here, not a share of them", "write 'sample 100'")
      case .schema: ("a table has no name before it", "leave out what stands before the dot")
      case .setWord(let word):
        (
          "'\(word)' joins conditions, not segments",
          word.lowercased() == "and"
            ? "write & for those in both" : "write + for those in any of them"
        )
      case .starOfTable(let table):
        ("a table's columns are not told by .*", "write *, or count(\(table))")
      case .strayComma: ("no column stands behind this comma", "leave it out")
      case .severalLets: ("one 'let' sets one variable", "write another: let b = …")
      case .spokenDuration(let duration):
        (
          "a length of time is written in one word",
          "write \(duration), or -\(duration) back from today"
        )
      case .squareBracket:
        ("names do not stand in [ ]", "write them alone, or in backquotes: `name`")
      case .segmentsWithoutCommas(let list):
        ("segments are separated by commas", "write \(list)")
      case .selectInCall:
        ("a query does not stand in a function", "name the table: exists(orders where …)")
      case .tableFunction:
        ("a table stands behind 'from', not a function", "load 'orders.csv' reads a file before")
      case .thousands(let number): ("numbers have no commas", "write \(number)")
      case .tilde: ("regular expressions stand behind a word", "write 'matches'")
      case .top(let count): ("there is no 'top'", "write 'limit \(count)' at the end")
      case .watchUnit:
        ("'watch' goes by seconds, minutes and hours", "write 5s, 2m or 1h")
      case .wordOperator(let word, let ours):
        ("'\(word.lowercased())' is not an operator", "write \(ours)")
      }
    return Diagnostic(code: "foreign-form", message, at: span, help: help)
  }
}

extension Expectation {
  /// Operators could stand nearly everywhere, and say little about what is missing.
  var isTelling: Bool {
    switch self {
    case .keyword(let word): !Self.operators.contains(word)
    case .words(let first, _): !Self.operators.contains(first)
    case .symbol(let symbol): symbol == ")" || symbol == "{" || symbol == "="
    case .end, .comparison, .argument: false
    case .table, .column, .value, .expression, .segment, .customer, .format, .layout, .file,
      .command, .quotedText, .number, .duration, .setting, .name, .topic:
      true
    }
  }

  private static let operators: Set<String> = [
    "and", "or", "not", "is", "in", "between", "contains", "starts", "ends", "like",
    "matches", "union", "except", "intersect", "has", "asc", "desc", "ascending", "descending",
  ]

  /// As messages say it.
  var description: String {
    switch self {
    case .keyword(let word), .symbol(let word): "'\(word)'"
    case .words(let first, let second): "'\(first) \(second)'"
    case .comparison: "a comparison"
    case .table: "a table"
    case .column: "a column"
    case .value: "a value"
    case .expression, .argument: "an expression"
    case .segment: "a segment"
    case .customer: "a customer's id or email"
    case .format: "a format"
    case .layout: "a layout"
    case .file: "a file name in quotes"
    case .command: "a shell command"
    case .quotedText: "a text in quotes"
    case .number: "a whole number"
    case .duration: "a length of time such as 5s"
    case .setting: "a setting"
    case .name: "a name"
    case .topic: "a topic"
    case .end: "the end of the statement"
    }
  }
}
