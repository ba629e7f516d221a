extension Parser {
  /// One statement, from its first word to its last.
  mutating func statement() throws(SyntaxError) -> Statement {
    openStatements += 1
    defer { openStatements -= 1 }
    guard openStatements <= Self.blockLimit else {
      throw SyntaxError(kind: .tooManyBlocks, span: token.span)
    }
    let start = token.span
    mark(.statement, start)
    let kind: Statement.Kind
    switch token.kind {
    case .word: kind = try wordStatement()
    case .symbol(.exclamation):
      kind = .command(.shell(ShellCommand(source, takeLine(from: token.span.end))))
    case .symbol(.dot): kind = .command(try habit())
    case .invalid where source.bytes[start.start] == UInt8(ascii: "\\"):
      kind = .command(try habit())
    case .symbol(.rightBrace): throw SyntaxError(kind: .strayBrace, span: start)
    default:
      if case .invalid = token.kind { throw unexpected() }
      if token.kind == .variable, lookahead.kind == .symbol(.equal) {
        throw SyntaxError(
          kind: .foreign(.bareAssignment(String(text(token).dropFirst()))), span: start)
      }
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
    case "drill": return .query(try query { (p) throws(SyntaxError) in try p.drillSubject() })
    case "overlap": return .query(try query { (p) throws(SyntaxError) in try p.overlapSubject() })
    case "compare": return .query(try query { (p) throws(SyntaxError) in try p.compareSubject() })
    case "profile": return .query(try query { (p) throws(SyntaxError) in try p.profileSubject() })
    case "why": return .query(try query { (p) throws(SyntaxError) in try p.whySubject() })
    case "drift": return .query(try query { (p) throws(SyntaxError) in .drift(try p.oneSegment()) })
    case "growth":
      return .query(try query { (p) throws(SyntaxError) in .growth(try p.oneSegment()) })
    case "deselect", "unselect": return .command(try unselect())
    case "refresh": return .command(try refresh())
    case "export": return .command(.export(try export()))
    case "describe": return .command(try describe())
    case "create": return .command(.create(try create()))
    case "alter": return .command(try alter())
    case "drop": return .command(try drop())
    case "load": return .command(.load(try load()))
    case "open": return .command(.open(try wordAndFile()))
    case "save": return .command(try save())
    case "undo": return .command(bare(.undo))
    case "forget": return .command(try forget())
    case "help": return .command(try help())
    case "set": return .command(try set())
    case "source": return .command(try include())
    case "echo": return .command(try echo())
    case "assert": return .command(try assertion())
    case "param": return .command(try param())
    case "let": return .command(try assign())
    case "for": return .command(.loop(try loop()))
    case "if": return .command(.conditional(try conditional()))
    case "explain": return .command(try explain())
    case "watch": return .command(try watch())
    case "history": return .command(bare(.history))
    case "next": return .command(bare(.page(.next)))
    case "prev": return .command(bare(.page(.previous)))
    case "page": return .command(try page())
    case "last": return .command(bare(.last))
    case "edit": return .command(try edit())
    case "quit", "exit": return .command(bare(.quit))
    default:
      if lookahead.kind == .symbol(.equal), !lookahead.followsNewline {
        throw SyntaxError(kind: .foreign(.bareAssignment(word)), span: token.span)
      }
      throw SyntaxError(kind: .unknownStatement(word), span: token.span)
    }
  }

  private mutating func bare(_ command: Command) -> Command {
    takeKeyword()
    return command
  }

  private mutating func wordAndFile() throws(SyntaxError) -> Template {
    takeKeyword()
    return try fileName()
  }

  /// `source 'report.segq' country=FR since=2024-01`
  private mutating func include() throws(SyntaxError) -> Command {
    let path = try wordAndFile()
    var arguments: [ScriptArgument] = []
    while !atStatementEnd, token.kind == .word, lookahead.kind == .symbol(.equal) {
      let name = try identifier()
      try require(.equal)
      expect(.expression)
      arguments.append(ScriptArgument(name: name, value: try concatenation()))
      _ = eat(.comma)
    }
    return .source(path, arguments)
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
    trial.takeKeyword()
    trial.takeKeyword()
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
        segments.append(SegmentExpression(.name(Template(name)), expression.span))
      case .template(let name): segments.append(SegmentExpression(.name(name), expression.span))
      case .variable(let name): segments.append(SegmentExpression(.variable(name), expression.span))
      default: return nil
      }
    }
    return segments
  }

  private mutating func unselect() throws(SyntaxError) -> Command {
    if let verb = tickVerb("all", .untickAll) ?? tickVerb("visible", .untickVisible) { return verb }
    takeKeyword()
    expect(.keyword("all"))
    expect(.keyword("visible"))
    return .untick(try segmentList())
  }

  private mutating func refresh() throws(SyntaxError) -> Command {
    if let verb = tickVerb("stale", .refreshStale) { return verb }
    takeKeyword()
    expect(.keyword("stale"))
    return .refresh(try segmentList())
  }

  private mutating func export() throws(SyntaxError) -> Export {
    let start = token.span
    takeKeyword()
    expect(.keyword("segments"))
    var segments: [SegmentExpression] = []
    if !eat("segments") {
      if atStatementEnd || isWord(token, "as") {
        guard !atStatementEnd || token.kind != .end else { throw unexpected(requiring: .segment) }
        throw SyntaxError(kind: .foreign(.exportWithoutSegment), span: token.span)
      }
      segments = try segmentList()
    }
    var query = Query(.overlap(segments), start)
    try clauses(of: &query)
    if let span = query.groups { throw SyntaxError(kind: .foreign(.exportGroups), span: span) }
    return Export(
      segments: segments, filter: query.filter, ordering: query.ordering, limit: query.limit,
      offset: query.offset, sample: query.sample, output: query.output)
  }

  private mutating func describe() throws(SyntaxError) -> Command {
    takeKeyword()
    expect(.table)
    if eat("load") { return .describe(.load) }
    if atStatementEnd { return .describe(.tables) }
    if token.kind == .quotedName || token.kind == .word {
      return .describe(.table(try identifier()))
    }
    return .describe(.segment(try segmentExpression()))
  }

  private mutating func set() throws(SyntaxError) -> Command {
    takeKeyword()
    expect(.setting)
    if atStatementEnd { return .set(nil, nil) }
    let name = try identifier()
    // `set timezone to 'UTC'` is what psql takes.
    let hasSign = eat(.equal) || eat("to")
    expect(.value(of: name.span))
    if atStatementEnd {
      if hasSign { throw unexpected() }
      return .set(name, nil)
    }
    if token.kind == .string { return .set(name, SettingValue(try stringLiteral())) }
    if let variable = try variable() {
      return .set(name, SettingValue(Template([.variable(variable)], variable.span)))
    }
    let span = try words()
    return .set(name, SettingValue(Template(source[span], span)))
  }

  private mutating func load() throws(SyntaxError) -> Load {
    takeKeyword()
    var load = Load(try fileName())
    if eat("as") {
      expect(.table)
      load.table = try identifier()
    }
    if eat("append") { load.isAppend = true }
    if load.isAppend, !atStatementEnd, isWord(token, "as") {
      throw SyntaxError(kind: .misplacedClause("as", before: "append"), span: token.span)
    }
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

  private mutating func save() throws(SyntaxError) -> Command {
    takeKeyword()
    if eat("session") {
      try require("as")
      return .saveSession(try fileName())
    }
    expect(.file)
    return .save(atStatementEnd ? nil : try fileName())
  }

  private mutating func forget() throws(SyntaxError) -> Command {
    takeKeyword()
    try require("customer")
    expect(.customer)
    return .forget(try concatenation())
  }

  private mutating func echo() throws(SyntaxError) -> Command {
    takeKeyword()
    guard !atStatementEnd else { return .echo([]) }
    var parts: [Expression] = []
    repeat {
      parts.append(try expression())
      noteBareValue(parts[parts.count - 1])
    } while eat(.comma)
    return .echo(parts)
  }

  private mutating func assertion() throws(SyntaxError) -> Command {
    takeKeyword()
    let condition = try condition()
    guard eat(.comma) else { return .assert(condition, nil) }
    expect(.quotedText)
    return .assert(condition, try stringLiteral())
  }

  private mutating func explain() throws(SyntaxError) -> Command {
    takeKeyword()
    let isAnalyzed = at("analyze") || isWord(token, "analyse")
    if isAnalyzed { takeKeyword() }
    expectStatement()
    guard !atStatementEnd else { throw unexpected() }
    return .explain(try statement(), isAnalyzed: isAnalyzed)
  }

  private mutating func watch() throws(SyntaxError) -> Command {
    takeKeyword()
    expect(.duration)
    guard !atStatementEnd, token.kind == .duration else { throw unexpected() }
    let span = token.span
    let every = try duration()
    // Here `m` is minutes: nobody watches for months.
    guard every.unit == .second || every.unit == .month || every.unit == .hour else {
      throw SyntaxError(kind: .foreign(.watchUnit), span: span)
    }
    expectStatement()
    guard !atStatementEnd else { throw unexpected() }
    return .watch(every, try statement())
  }

  private mutating func expectStatement() {
    for word in StatementReference.words { expect(.keyword(word)) }
  }

  private mutating func edit() throws(SyntaxError) -> Command {
    takeKeyword()
    expect(.file)
    return .edit(atStatementEnd ? nil : try fileName())
  }

  private mutating func page() throws(SyntaxError) -> Command {
    takeKeyword()
    expect(.number)
    guard !atStatementEnd, token.kind == .integer, let number = Int(text(token)), number > 0 else {
      throw unexpected()
    }
    advance()
    return .page(.number(number))
  }

  private mutating func help() throws(SyntaxError) -> Command {
    takeKeyword()
    expect(.topic)
    if atStatementEnd { return .help("") }
    return .help(source[try words()])
  }

  /// What is left of the line up to a `;`, as typed.
  private mutating func words() throws(SyntaxError) -> SourceSpan {
    let start = token.span
    repeat {
      switch token.kind {
      case .invalid(.unterminatedString), .invalid(.unterminatedName), .invalid(.blockComment),
        .invalid(.unknownCharacter("\\")):
        throw unexpected()
      default: advance()
      }
    } while !atStatementEnd && !token.followsNewline
    let span = span(from: start)
    mark(.raw, span)
    atStatementEnd = true
    return span
  }

  /// What other shells taught the fingers: `\q`, `.quit`, `\d customers`, `.tables`, `\?`.
  private mutating func habit() throws(SyntaxError) -> Command {
    let start = token.span
    let line = takeLine(from: start.start)
    let words = source[line].split { $0 == " " || $0 == "\t" || $0 == ";" }.map(String.init)
    let argument = words.count > 1 ? words[1] : nil
    switch words.first?.lowercased() {
    case "\\q", ".quit", ".exit": return .quit
    case "\\?", "\\h", ".help": return .help(argument ?? "")
    case "\\d", "\\d+", "\\dt", "\\dt+", ".tables", ".schema":
      guard let argument else { return .describe(.tables) }
      return .describe(.table(Identifier(text: argument, span: line)))
    case "\\x": return .toggle(.vertical, try state(argument, [.on, .off, .auto], line))
    case "\\timing", ".timer": return .toggle(.timing, try state(argument, [.on, .off], line))
    case "\\i", ".read":
      guard let argument else { throw unexpected(requiring: .file) }
      return .source(Template(argument, line), [])
    case "\\e": return .edit(nil)
    case "\\s": return .history
    default:
      let word = words.first ?? "."
      throw SyntaxError(
        kind: .unknownStatement(word),
        span: SourceSpan(start.start, min(line.end, start.start + word.utf8.count)))
    }
  }
}

extension Parser {
  private func state(
    _ word: String?, _ states: [HabitState], _ line: SourceSpan
  ) throws(SyntaxError) -> HabitState? {
    guard let word else { return nil }
    if let state = states.first(where: { $0.rawValue == word.lowercased() }) { return state }
    throw SyntaxError(kind: .notAState(word, states.map(\.rawValue)), span: line)
  }
}

extension Query {
  /// Nothing but its subject.
  fileprivate var isBare: Bool {
    filter == nil && grouping.isEmpty && having == nil && ordering.isEmpty && limit == nil
      && offset == nil && sample == nil && output.isEmpty
  }
}
