extension Parser {
  /// `select …` with a result; the Select column's verbs are told apart by ``selectStatement()``.
  mutating func selectQuery() throws(SyntaxError) -> Query {
    let start = token.span
    try require("select")
    let subject = try selectSubject()
    var query = Query(subject, start)
    try clauses(of: &query)
    query.span = span(from: start)
    return query
  }

  mutating func drill() throws(SyntaxError) -> Query {
    let start = token.span
    advance()
    let segments = try segmentExpression()
    if at(.comma) { throw SyntaxError(kind: .listOfSegments, span: token.span) }
    var query = Query(.drill(segments), start)
    try clauses(of: &query)
    query.span = span(from: start)
    return query
  }

  private mutating func selectSubject() throws(SyntaxError) -> Query.Subject {
    expect(.table)
    let isDistinct = isWord(token, "distinct") && !lookahead.followsNewline && eat("distinct")
    if !isDistinct, let table = bareTable() { return .table(table) }
    var items = [try selectItem()]
    while eat(.comma) { items.append(try selectItem()) }
    guard eat("from") else { return .columns(items, isDistinct: isDistinct, from: nil) }
    return .columns(items, isDistinct: isDistinct, from: try querySource())
  }

  /// A single name with no `from` behind it is a table, also in `select customers as csv`.
  private mutating func bareTable() -> Identifier? {
    var trial = self
    guard token.kind == .word || token.kind == .quotedName, let name = try? trial.identifier()
    else { return nil }
    if trial.eat("as") {
      guard (try? trial.identifier()) != nil, !trial.at("from"), !trial.at(.comma) else {
        return nil
      }
    } else {
      guard trial.atStatementEnd || trial.atClause || trial.at(.rightParenthesis) else {
        return nil
      }
    }
    return (try? identifier()) ?? name
  }

  private var atClause: Bool {
    Clause.allCases.contains { isWord(token, $0.words[0]) } || token.kind == .symbol(.pipe)
  }

  private mutating func selectItem() throws(SyntaxError) -> SelectItem {
    let start = token.span
    if eat(.star) { return SelectItem(expression: nil, alias: nil, span: start) }
    expect(.column)
    let expression = try expression()
    var alias: Identifier?
    if eat("as") { alias = try identifier() }
    return SelectItem(expression: expression, alias: alias, span: span(from: start))
  }

  private mutating func querySource() throws(SyntaxError) -> Source {
    expect(.table)
    let isSet = ["selected", "all", "union", "intersection", "intersect"].contains {
      isWord(token, $0)
    }
    if token.kind == .quotedName || token.kind == .word && !isSet {
      return .table(try identifier())
    }
    let segments = try segmentExpression()
    if at(.comma) { throw SyntaxError(kind: .listOfSegments, span: token.span) }
    return .segments(segments)
  }
}

/// The clauses of a query, in the order in which they stand.
private enum Clause: Int, CaseIterable {
  case filter
  case grouping
  case having
  case ordering
  case limit
  case offset
  case format
  case file

  var words: [String] {
    switch self {
    case .filter: ["where"]
    case .grouping: ["group", "by"]
    case .having: ["having"]
    case .ordering: ["order", "by"]
    case .limit: ["limit"]
    case .offset: ["offset"]
    case .format: ["as"]
    case .file: ["to"]
    }
  }
}

extension Parser {
  private mutating func clauses(of query: inout Query) throws(SyntaxError) {
    var last: Clause?
    while let clause = try nextClause(after: last) {
      try parse(clause, into: &query)
      last = clause
    }
    try pipe(into: &query.output)
  }

  /// Takes the words of the next clause; one that stands too late is an error of its own.
  private mutating func nextClause(after last: Clause?) throws(SyntaxError) -> Clause? {
    for clause in Clause.allCases where clause.rawValue > last?.rawValue ?? -1 {
      if eat(clause) { return clause }
    }
    guard let last, !atStatementEnd else { return nil }
    var trial = self
    for clause in Clause.allCases where trial.eat(clause) {
      let span = SourceSpan(token.span.start, trial.previous.span.end)
      let words = clause.words.joined(separator: " ")
      if clause == last { throw SyntaxError(kind: .duplicateClause(words), span: span) }
      throw SyntaxError(
        kind: .misplacedClause(words, before: last.words.joined(separator: " ")), span: span)
    }
    return nil
  }

  private mutating func eat(_ clause: Clause) -> Bool {
    let words = clause.words
    return words.count == 2 ? eat(words[0], words[1]) : eat(words[0])
  }

  private mutating func parse(_ clause: Clause, into query: inout Query) throws(SyntaxError) {
    switch clause {
    case .filter: query.filter = try condition()
    case .grouping:
      repeat {
        expect(.column)
        query.grouping.append(try expression())
      } while eat(.comma)
    case .having: query.having = try condition()
    case .ordering: query.ordering = try sortItems()
    case .limit: query.limit = try limit()
    case .offset: query.offset = try count()
    case .format: query.output.format = try format()
    case .file: query.output.file = try fileName()
    }
  }

  mutating func condition() throws(SyntaxError) -> Expression {
    expect(.column)
    return try expression()
  }

  mutating func sortItems() throws(SyntaxError) -> [SortItem] {
    var items: [SortItem] = []
    repeat {
      expect(.column)
      let expression = try expression()
      let isDescending = eat("desc") || eat("descending")
      if !isDescending { _ = eat("asc") || eat("ascending") }
      items.append(SortItem(expression: expression, isDescending: isDescending))
    } while eat(.comma)
    return items
  }

  /// `10`; MySQL's `10, 20` is answered with the form that says which is which.
  mutating func limit() throws(SyntaxError) -> Count {
    let first = try count()
    guard at(.comma) else { return first }
    let start = first.span
    advance()
    let second = try count()
    throw SyntaxError(
      kind: .foreign(.limitWithOffset(source[first.span], source[second.span])),
      span: start.through(second.span))
  }

  private mutating func count() throws(SyntaxError) -> Count {
    expect(.number)
    guard !atStatementEnd, token.kind == .integer else { throw unexpected() }
    let span = token.span
    guard let value = Int(text(token)) else {
      throw SyntaxError(kind: .numberTooLarge(text(token)), span: span)
    }
    advance()
    return Count(value: value, span: span)
  }

  private mutating func format() throws(SyntaxError) -> Identifier {
    expect(.format)
    return try identifier()
  }

  mutating func fileName() throws(SyntaxError) -> Output.Text {
    expect(.file)
    return try stringLiteral()
  }

  /// `as csv to 'x.csv'`, `| less`
  mutating func output() throws(SyntaxError) -> Output {
    var output = Output()
    if eat("as") { output.format = try format() }
    if eat("to") { output.file = try fileName() }
    try pipe(into: &output)
    return output
  }

  private mutating func pipe(into output: inout Output) throws(SyntaxError) {
    guard openBrackets == 0, at(.pipe) else { return }
    let command = takeLine(from: token.span.end)
    guard !command.value.isEmpty else {
      throw SyntaxError(
        kind: .unexpected(found: "end", isEnd: true, expected: [.name]), span: command.span)
    }
    output.pipe = command
  }
}
