extension Parser {
  /// One statement, from its first word to its last.
  mutating func statement() throws(SyntaxError) -> Statement {
    let start = token.span
    let kind: Statement.Kind
    switch token.kind {
    case .word: kind = try wordStatement()
    case .symbol(.exclamation): kind = .command(.shell(takeLine(from: token.span.end).value))
    case .symbol(.dot): kind = .command(try habit())
    case .invalid where source.bytes[start.start] == UInt8(ascii: "\\"):
      kind = .command(try habit())
    default:
      if case .invalid = token.kind { throw unexpected() }
      throw SyntaxError(kind: .unknownStatement(text(token)), span: start)
    }
    expect(.end)
    guard atStatementEnd else { throw unexpected() }
    return Statement(kind: kind, span: span(from: start))
  }

  private mutating func wordStatement() throws(SyntaxError) -> Statement.Kind {
    let word = text(token)
    switch word.lowercased() {
    case "select": return try selectStatement()
    case "drill": return .query(try drill())
    case "deselect", "unselect": return .command(try unselect())
    case "refresh": return .command(try refresh())
    case "export": return .command(.export(try export()))
    case "describe": return .command(try describe())
    case "help": return .command(.help(words()))
    case "set": return .command(try set())
    case "source":
      advance()
      return .command(.source(try fileName()))
    case "load": return .command(.load(try load()))
    case "echo": return .command(try echo())
    case "assert": return .command(try assertion())
    case "history": return .command(bare(.history))
    case "next": return .command(bare(.page(.next)))
    case "prev": return .command(bare(.page(.previous)))
    case "page": return .command(try page())
    case "quit", "exit": return .command(bare(.quit))
    default: throw SyntaxError(kind: .unknownStatement(word), span: token.span)
    }
  }

  private mutating func bare(_ command: Command) -> Command {
    advance()
    return command
  }

  private mutating func selectStatement() throws(SyntaxError) -> Statement.Kind {
    if let verb = tickVerb("all", .tickAll) ?? tickVerb("visible", .tickVisible) {
      return .command(verb)
    }
    let query = try selectQuery()
    return tickedSegments(query).map { .command(.tick($0)) } ?? .query(query)
  }

  /// `select all`: the verb and one word, and nothing behind them.
  private mutating func tickVerb(_ word: String, _ command: Command) -> Command? {
    guard isWord(lookahead, word) else { return nil }
    var trial = self
    trial.advance()
    trial.advance()
    guard trial.atStatementEnd else { return nil }
    self = trial
    return command
  }

  /// `select 3, 'VIP'`: ids and quoted names alone tick the Select column.
  private func tickedSegments(_ query: Query) -> [SegmentExpression]? {
    guard case .columns(let items, isDistinct: false, from: nil) = query.subject, query.isBare
    else { return nil }
    var segments: [SegmentExpression] = []
    for item in items {
      guard let expression = item.expression, item.alias == nil else { return nil }
      switch expression.kind {
      case .literal(.number(let digits)):
        guard let id = Int(digits) else { return nil }
        segments.append(SegmentExpression(.id(id), expression.span))
      case .literal(.string(let name)):
        segments.append(SegmentExpression(.name(name), expression.span))
      default: return nil
      }
    }
    return segments
  }

  private mutating func unselect() throws(SyntaxError) -> Command {
    if let verb = tickVerb("all", .untickAll) ?? tickVerb("visible", .untickVisible) { return verb }
    advance()
    expect(.keyword("all"))
    expect(.keyword("visible"))
    return .untick(try segmentList())
  }

  private mutating func refresh() throws(SyntaxError) -> Command {
    if let verb = tickVerb("stale", .refreshStale) { return verb }
    advance()
    expect(.keyword("stale"))
    return .refresh(try segmentList())
  }

  private mutating func export() throws(SyntaxError) -> Export {
    advance()
    expect(.keyword("segments"))
    var segments: [SegmentExpression] = []
    if !eat("segments") {
      if atStatementEnd || isWord(token, "as") {
        throw atStatementEnd
          ? unexpected() : SyntaxError(kind: .foreign(.exportWithoutSegment), span: token.span)
      }
      segments = try segmentList()
    }
    var export = Export(segments: segments, output: Output())
    if eat("where") { export.filter = try condition() }
    if eat("order", "by") { export.ordering = try sortItems() }
    if eat("limit") { export.limit = try limit() }
    export.output = try output()
    return export
  }

  private mutating func describe() throws(SyntaxError) -> Command {
    advance()
    expect(.table)
    if atStatementEnd { return .describe(.tables) }
    if token.kind == .quotedName || token.kind == .word {
      return .describe(.table(try identifier()))
    }
    return .describe(.segment(try segmentExpression()))
  }

  private mutating func set() throws(SyntaxError) -> Command {
    advance()
    expect(.setting)
    if atStatementEnd { return .set(nil, nil) }
    let name = try identifier()
    let hasSign = eat(.equal)
    if atStatementEnd {
      if hasSign {
        expect(.value(of: [name.text]))
        throw unexpected()
      }
      return .set(name, nil)
    }
    if token.kind == .string {
      let value = try stringLiteral()
      return .set(name, SettingValue(text: value.value, span: value.span))
    }
    let start = token.span
    let text = words()
    return .set(name, SettingValue(text: text, span: span(from: start)))
  }

  private mutating func load() throws(SyntaxError) -> Load {
    advance()
    var load = Load(try fileName())
    if eat("as") { load.table = try identifier() }
    if eat("append") { load.isAppend = true }
    guard at(.leftParenthesis) else { return load }
    try openBracket()
    repeat {
      let column = try identifier()
      try require(.equal)
      load.columns.append(Load.Mapping(column: column, header: try fileName()))
    } while eat(.comma)
    try closeBracket()
    return load
  }

  private mutating func echo() throws(SyntaxError) -> Command {
    advance()
    var parts = [try expression()]
    while eat(.comma) { parts.append(try expression()) }
    return .echo(parts)
  }

  private mutating func assertion() throws(SyntaxError) -> Command {
    advance()
    let condition = try condition()
    guard eat(.comma) else { return .assert(condition, nil) }
    return .assert(condition, try stringLiteral())
  }

  private mutating func page() throws(SyntaxError) -> Command {
    advance()
    expect(.number)
    guard !atStatementEnd, token.kind == .integer, let number = Int(text(token)), number > 0 else {
      throw unexpected()
    }
    advance()
    return .page(.number(number))
  }

  /// What is left of the statement, as typed.
  private mutating func words() -> String {
    if isWord(token, "help") { advance() }
    guard !atStatementEnd else { return "" }
    let start = token.span
    while !atStatementEnd { advance() }
    return source[span(from: start)]
  }

  /// What other shells taught the fingers: `\q`, `.quit`, `\d customers`, `.tables`, `\?`.
  private mutating func habit() throws(SyntaxError) -> Command {
    let start = token.span
    let line = takeLine(from: start.start)
    let words = line.value.split { $0 == " " || $0 == "\t" || $0 == ";" }.map(String.init)
    let argument = words.count > 1 ? words[1] : nil
    switch words.first?.lowercased() {
    case "\\q", ".quit", ".exit": return .quit
    case "\\?", "\\h", ".help": return .help(argument ?? "")
    case "\\d", "\\dt", ".tables", ".schema":
      guard let argument else { return .describe(.tables) }
      return .describe(.table(Identifier(text: argument, span: line.span)))
    case "\\x":
      return .set(
        Identifier(text: "format", span: line.span), SettingValue(text: "vertical", span: line.span)
      )
    case "\\timing", ".timer":
      return .set(
        Identifier(text: "timing", span: line.span), SettingValue(text: "on", span: line.span))
    case "\\i", ".read":
      guard let argument else { throw unexpected() }
      return .source(Output.Text(value: argument, span: line.span))
    default:
      throw SyntaxError(
        kind: .unknownStatement(words.first ?? line.value),
        span: SourceSpan(
          start.start, min(line.span.end, start.start + (words.first ?? ".").utf8.count)))
    }
  }
}

extension Query {
  /// Nothing but its subject.
  fileprivate var isBare: Bool {
    filter == nil && grouping.isEmpty && having == nil && ordering.isEmpty && limit == nil
      && offset == nil && output.isEmpty
  }
}
