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

  /// `drill 5`, `overlap 1, 2`, … and the clauses behind.
  mutating func query(
    _ subject: (inout Parser) throws(SyntaxError) -> Query.Subject
  ) throws(SyntaxError) -> Query {
    let start = token.span
    takeKeyword()
    var query = Query(try subject(&self), start)
    try clauses(of: &query)
    query.span = span(from: start)
    return query
  }

  mutating func drillSubject() throws(SyntaxError) -> Query.Subject {
    let segments = try oneSet()
    return .drill(segments, try history())
  }

  /// A set of customers where a list would be a mistake.
  mutating func oneSet() throws(SyntaxError) -> SegmentExpression {
    let segments = try segmentExpression()
    let isList = token.kind == .integer && !atStatementEnd
    if at(.comma) || isList { throw SyntaxError(kind: .listOfSegments, span: token.span) }
    return segments
  }

  /// A single segment, where a set or a list would be a mistake.
  mutating func oneSegment() throws(SyntaxError) -> SegmentExpression {
    let word = previous.span
    let segments = try segmentExpression()
    switch segments.kind {
    case .combined, .each:
      throw SyntaxError(kind: .foreign(.oneSegment(source[word])), span: segments.span)
    case .id, .name, .variable, .selected, .all: break
    }
    if at(.comma) { throw SyntaxError(kind: .foreign(.oneSegment(source[word])), span: token.span) }
    return segments
  }

  /// `joined since 2024-01`, `left since -30d`, `as of 2024-01-31`
  private mutating func history() throws(SyntaxError) -> History? {
    for kind in History.Kind.allCases {
      let words = kind.words
      guard eat(words.0, words.1) else { continue }
      return History(kind: kind, date: try concatenation())
    }
    return nil
  }

  mutating func overlapSubject() throws(SyntaxError) -> Query.Subject {
    .overlap(try segmentList())
  }

  mutating func profileSubject() throws(SyntaxError) -> Query.Subject {
    let segments = try oneSet()
    var attributes: [Expression] = []
    if eat("by") {
      repeat {
        expect(.column)
        attributes.append(try expression())
      } while eat(.comma)
    }
    return .profile(segments, by: attributes, against: eat("against") ? try oneSet() : nil)
  }

  mutating func whySubject() throws(SyntaxError) -> Query.Subject {
    if isWord(token, "not"), !isWord(lookahead, "in") { takeKeyword() }
    expect(.customer)
    if isWord(token, "in") { throw unexpected() }
    let customer = try concatenation()
    try require("in")
    return .why(customer, try oneSegment())
  }

  /// `select`, for the rows of a loop: its result goes nowhere else.
  mutating func loopQuery() throws(SyntaxError) -> Query {
    let query = try selectQuery()
    guard query.output.isEmpty else {
      throw SyntaxError(kind: .foreign(.loopOutput), span: span(from: query.span))
    }
    return query
  }

  private mutating func selectSubject() throws(SyntaxError) -> Query.Subject {
    expect(.table)
    let isDistinct = isWord(token, "distinct") && !lookahead.followsNewline && eat("distinct")
    if !isDistinct, let table = bareTable() { return .table(table) }
    if isDistinct { try refuseDistinctOn() }
    var items = [try selectItem()]
    while try eatListComma() { items.append(try selectItem()) }
    try refuseMissingComma(items)
    guard eat("from") else { return .columns(items, isDistinct: isDistinct, from: nil) }
    return .columns(items, isDistinct: isDistinct, from: try querySource())
  }

  /// `select distinct on (country) name from customers`
  private func refuseDistinctOn() throws(SyntaxError) {
    guard isWord(token, "on"), lookahead.kind == .symbol(.leftParenthesis) else { return }
    let help = "write select country, min(name) from customers group by country"
    throw SyntaxError(
      kind: .foreign(.clause("distinct on", help)), span: previous.span.through(token.span))
  }

  /// `select id name from customers`
  private mutating func refuseMissingComma(_ items: [SelectItem]) throws(SyntaxError) {
    if items.allSatisfy({ $0.alias == nil && $0.expression?.literal != nil }) {
      try refuseMissingCommas(between: items[0].span.through(previous.span))
    }
    guard !atStatementEnd, token.kind == .word, !atClause, !isWord(token, "from") else { return }
    if let apostrophe { throw apostrophe }
    let isSlip =
      Suggestion.nearest(to: text(token), in: ["from"] + Clause.allCases.map(\.words.0)) != nil
    if isSlip || ForeignWords.clauses[text(token).lowercased()] != nil { return }
    if items.count == 1, let word = items[0].expression?.path.first,
      Suggestion.nearest(to: word, in: ["distinct"]) != nil
    {
      throw SyntaxError(kind: .foreign(.misspelt("distinct")), span: items[0].span)
    }
    throw SyntaxError(kind: .foreign(.missingComma), span: token.span)
  }

  /// Whether `from` is the clause here, and no name.
  private var isFromClause: Bool {
    guard isWord(token, "from"), !atStatementEnd else { return false }
    let next = lookahead
    return next.kind == .word && !isWord(next, "from") && !isWord(next, "as")
      && !next.followsNewline
  }

  private var isLiteralWord: Bool {
    ["null", "true", "false", "now", "today", "yesterday"].contains { isWord(token, $0) }
  }

  /// A single name with no `from` behind it is a table, also in `select customers as csv`.
  private mutating func bareTable() -> Identifier? {
    guard token.kind == .word || token.kind == .quotedName, !isFromClause, !isLiteralWord else {
      return nil
    }
    var trial = self
    trial.marks = nil
    guard (try? trial.identifier()) != nil else { return nil }
    if trial.eat("as") {
      guard (try? trial.identifier()) != nil, !trial.at("from"), !trial.at(.comma) else {
        return nil
      }
    } else {
      guard trial.atStatementEnd || trial.atClause || trial.at(.rightParenthesis) else {
        return nil
      }
    }
    return try? identifier()
  }

  private var atClause: Bool {
    token.kind == .symbol(.pipe) || Clause.allCases.contains { isWord(token, $0.words.0) }
  }

  private mutating func selectItem() throws(SyntaxError) -> SelectItem {
    let start = token.span
    if eat(.star) { return SelectItem(expression: nil, alias: nil, span: start) }
    expect(.column)
    try refuseNoColumn()
    let expression = try expression()
    var alias: Identifier?
    if eat("as") {
      alias = try columnName()
    } else if atBareAlias(of: expression) {
      let name = try columnName()
      return SelectItem(
        expression: expression, alias: name, span: span(from: start), isAliasBare: true)
    }
    return SelectItem(expression: expression, alias: alias, span: span(from: start))
  }

  /// `count() n`: a name without `as`, where the item must end behind it.
  private func atBareAlias(of expression: Expression) -> Bool {
    guard !atStatementEnd, !touchesPrevious, token.kind == .word || token.kind == .quotedName,
      !atClause, !isWord(token, "from"), !isSlipOfDistinct(expression)
    else { return false }
    var trial = self
    trial.advance()
    if trial.atStatementEnd { return true }
    switch trial.token.kind {
    case .symbol(.comma), .symbol(.rightParenthesis), .symbol(.pipe): return true
    case .word: return trial.isFromClause || trial.atClause
    default: return false
    }
  }

  /// `select distint country from …`
  private func isSlipOfDistinct(_ expression: Expression) -> Bool {
    guard let word = expression.path.first else { return false }
    return Suggestion.nearest(to: word, in: ["distinct"]) != nil
  }

  /// `id, from customers`, `top 10 id`
  private func refuseNoColumn() throws(SyntaxError) {
    if isFromClause {
      guard previous.kind == .symbol(.comma) else { throw unexpected(requiring: .column) }
      throw SyntaxError(kind: .foreign(.strayComma), span: previous.span)
    }
    let next = lookahead
    guard isWord(token, "top"), next.kind == .integer, !next.followsNewline else { return }
    throw SyntaxError(kind: .foreign(.top(text(next))), span: token.span.through(next.span))
  }

  /// A name; in quotes it is what SQL shells take, and meant.
  private mutating func columnName() throws(SyntaxError) -> Identifier {
    if isFromClause { throw unexpected(requiring: .name) }
    guard token.kind == .string, !atStatementEnd else { return try identifier() }
    let text = try stringLiteral()
    guard let name = text.plain, !name.isEmpty else {
      throw SyntaxError(kind: .foreign(.quotedAlias), span: text.span)
    }
    return Identifier(text: name, span: text.span)
  }

  private mutating func querySource() throws(SyntaxError) -> Source {
    expect(.table)
    let isSet = ["selected", "all", "union", "intersection", "intersect"].contains {
      isWord(token, $0)
    }
    if token.kind == .symbol(.leftParenthesis), isWord(lookahead, "select") {
      throw SyntaxError(kind: .foreign(.fromQuery), span: token.span.through(lookahead.span))
    }
    guard token.kind == .quotedName || token.kind == .word && !isSet else {
      return .segments(try oneSet())
    }
    let table = try identifier()
    if at(.dot) {
      throw SyntaxError(kind: .foreign(.schema), span: table.span.through(token.span))
    }
    if at(.comma) { throw SyntaxError(kind: .foreign(.join), span: token.span) }
    if at(.leftParenthesis) {
      throw SyntaxError(kind: .foreign(.tableFunction), span: table.span)
    }
    if !atStatementEnd, token.kind == .word, !atClause, !isWord(token, "sample") {
      let isJoin = ["join", "inner", "left", "right", "full", "cross", "natural"].contains {
        isWord(token, $0)
      }
      // A slip of the finger in a clause word is answered by the parser itself.
      let isSlip = Suggestion.nearest(to: text(token), in: Clause.allCases.map(\.words.0)) != nil
      let isForeign = ForeignWords.clauses[text(token).lowercased()] != nil
      if isJoin || !isSlip && !isForeign {
        throw SyntaxError(
          kind: .foreign(isJoin ? .join : .secondName(table.text, text(token))), span: token.span)
      }
    }
    return .table(table)
  }
}

extension History.Kind {
  fileprivate var words: (String, String) {
    switch self {
    case .joinedSince: ("joined", "since")
    case .leftSince: ("left", "since")
    case .asOf: ("as", "of")
    }
  }
}

/// The clauses of a query, in the order in which they stand.
enum Clause: Int, CaseIterable {
  case filter
  case grouping
  case having
  case ordering
  case limit
  case offset
  case sample
  case format
  case file
  case layout

  /// One word or two.
  var words: (String, String?) {
    switch self {
    case .filter: ("where", nil)
    case .grouping: ("group", "by")
    case .having: ("having", nil)
    case .ordering: ("order", "by")
    case .limit: ("limit", nil)
    case .offset: ("offset", nil)
    case .sample: ("sample", nil)
    case .format: ("as", nil)
    case .file: ("to", nil)
    case .layout: ("layout", nil)
    }
  }

  var text: String { words.1.map { "\(words.0) \($0)" } ?? words.0 }
}

extension Parser {
  mutating func clauses(of query: inout Query) throws(SyntaxError) {
    var last: Clause?
    var start = token.span
    while let clause = try nextClause(after: last) {
      if clause == .grouping || clause == .having, query.groups == nil {
        query.groups = span(from: start)
      }
      try parse(clause, into: &query)
      last = clause
      start = token.span
    }
    try pipe(into: &query.output)
  }

  /// Takes the words of the next clause; one that stands too late is an error of its own.
  private mutating func nextClause(after last: Clause?) throws(SyntaxError) -> Clause? {
    for clause in Clause.allCases where clause.rawValue > last?.rawValue ?? -1 {
      if eat(clause) { return clause }
    }
    guard let last, !atStatementEnd, token.kind == .word else { return nil }
    var trial = self
    for clause in Clause.allCases where trial.eat(clause) {
      let span = SourceSpan(token.span.start, trial.previous.span.end)
      if clause == last { throw SyntaxError(kind: .duplicateClause(clause.text), span: span) }
      throw SyntaxError(kind: .misplacedClause(clause.text, before: last.text), span: span)
    }
    return nil
  }

  mutating func eat(_ clause: Clause) -> Bool {
    let (first, second) = clause.words
    expected.append(second.map { .words(first, $0) } ?? .keyword(first))
    guard !atStatementEnd, isWord(token, first) else { return false }
    guard let second else {
      takeKeyword(.clause)
      return true
    }
    guard isWord(lookahead, second) else { return false }
    takeKeyword(.clause)
    takeKeyword()
    return true
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
    case .sample: query.sample = try count()
    case .format: query.output.format = try format()
    case .file: try file(of: &query.output)
    case .layout:
      expect(.layout)
      query.output.layout = try identifier()
      // Either may come first.
      if query.output.file == nil, eat(.file) { try file(of: &query.output) }
    }
  }

  /// `to 'x.csv'`, `to 'x.csv' append`
  private mutating func file(of output: inout Output) throws(SyntaxError) {
    output.file = try fileName()
    output.isAppending = eat("append")
  }

  mutating func sortItems() throws(SyntaxError) -> [SortItem] {
    var items: [SortItem] = []
    repeat {
      expect(.column)
      let expression = try expression()
      let isDescending = eat("desc") || eat("descending")
      if !isDescending { _ = eat("asc") || eat("ascending") }
      if isWord(token, "nulls"), !atStatementEnd {
        throw SyntaxError(kind: .foreign(.nullsLast), span: token.span.through(lookahead.span))
      }
      items.append(SortItem(expression: expression, isDescending: isDescending))
    } while eat(.comma)
    return items
  }

  /// `10`; MySQL's `10, 20` is answered with the form that says which is which, `1,500` with both.
  mutating func limit() throws(SyntaxError) -> Count {
    if isWord(token, "all"), !atStatementEnd {
      throw SyntaxError(kind: .foreign(.limitAll), span: token.span)
    }
    let first = try count()
    guard at(.comma) else { return first }
    throw try limitWithComma(first)
  }

  private mutating func limitWithComma(_ first: Count) throws(SyntaxError) -> SyntaxError {
    let number = commaNumber
    if let number, number.isCertain { return number.error }
    advance()
    let second = try count()
    var forms = ["limit \(source[second.span]) offset \(source[first.span])"]
    if let number, number.isGrouped { forms.insert("limit \(number.plain)", at: 0) }
    return SyntaxError(
      kind: .foreign(.limitWithOffset(forms)), span: first.span.through(second.span))
  }

  mutating func count() throws(SyntaxError) -> Count {
    expect(.number)
    let span = token.span
    if let variable = try variable() {
      return Count(kind: .variable(variable), span: variable.span)
    }
    guard !atStatementEnd else { throw unexpected() }
    switch token.kind {
    case .integer: break
    case .string: throw SyntaxError(kind: .quotedName(source[span]), span: span)
    case .symbol(.minus): throw SyntaxError(kind: .notACount, span: span.through(lookahead.span))
    case .decimal: throw SyntaxError(kind: .notACount, span: span)
    default: throw unexpected()
    }
    guard let value = Int(text(token)) else {
      throw SyntaxError(kind: .numberTooLarge(text(token)), span: span)
    }
    advance()
    if at(.percent) {
      throw SyntaxError(kind: .foreign(.rowShare), span: span.through(token.span))
    }
    return Count(kind: .number(value), span: span)
  }

  private mutating func format() throws(SyntaxError) -> Identifier {
    expect(.format)
    return try identifier()
  }

  mutating func fileName() throws(SyntaxError) -> Template {
    expect(.file)
    if !atStatementEnd, token.kind == .word {
      throw SyntaxError(kind: .unquotedText(looseWord()), span: looseSpan())
    }
    return try stringLiteral()
  }

  /// What stands here up to the next blank: `out/x.csv`
  private func looseWord() -> String { source[looseSpan()] }

  private func looseSpan() -> SourceSpan {
    let rest = source.bytes[token.span.start...]
    let end = rest.firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ";") } ?? rest.endIndex
    return SourceSpan(token.span.start, max(end, token.span.end))
  }

  private mutating func pipe(into output: inout Output) throws(SyntaxError) {
    guard openBrackets == 0, at(.pipe) else { return }
    let command = ShellCommand(source, takeLine(from: token.span.end))
    guard !command.isEmpty else {
      throw SyntaxError(
        kind: .unexpected(found: "end", isEnd: true, expected: [.command]), span: command.span)
    }
    output.pipe = command
  }
}
