import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

/// A mistake with the text that it is in.
struct Mistake {
  let source: SourceText
  let diagnostic: Diagnostic
  /// The text does not parse, so that nothing of it can run.
  var isSyntax = false
}

extension Session {
  /// What is wrong with the names and types of a script, as far as can be told before it runs.
  ///
  /// Included files are looked into. Nothing is run and nothing changes; tables that are named are
  /// read, as the script will need them anyway.
  func check(_ texts: [(source: SourceText, statements: [Statement])]) -> [Mistake] {
    var checker = ScriptChecker(self)
    let (variables, files) = (catalog.variables, openFiles)
    catalog.isChecking = true
    defer {
      catalog.isChecking = false
      catalog.variables = variables
      catalog.checkedResult = nil
      openFiles = files
    }
    for (source, statements) in texts { checker.foresee(statements, in: source) }
    for (source, statements) in texts { checker.check(statements, in: source) }
    return checker.mistakes
  }
}

/// Goes through a script as a run would, looking at names and types only.
private struct ScriptChecker {
  private let session: Session
  private(set) var mistakes: [Mistake] = []
  /// Something was loaded or opened: what tables and segments there are will be seen.
  private var isStoreOpen: Bool
  /// Segments were made, renamed or dropped.
  private var areSegmentsOpen = false

  init(_ session: Session) {
    self.session = session
    isStoreOpen = session.options.isOnlyChecking && session.catalog.tableNames.isEmpty
  }

  private var catalog: StoreCatalog { session.catalog }

  /// Remembers where variables will be set, for those who ask too early.
  mutating func foresee(_ statements: [Statement], in source: SourceText) {
    for statement in statements {
      guard case .command(let command) = statement.kind else { continue }
      if case .loop(let loop) = command { foresee(loop.body, in: source) }
      if case .conditional(let conditional) = command {
        foresee(conditional.body + conditional.otherwise, in: source)
      }
      guard let name = command.variable else { continue }
      let line = source.line(of: name.span.start)
      catalog.variables.foresee(name.text, at: "\(source.name):\(line)")
    }
  }

  mutating func check(_ statements: [Statement], in source: SourceText) {
    for statement in statements { check(statement, in: source) }
  }

  private mutating func check(_ statement: Statement, in source: SourceText) {
    noting(source, of: statement) { (checker) throws(ShellError) in
      switch statement.kind {
      case .query(let query): try checker.check(query, in: source)
      case .command(let command): try checker.check(command, in: source)
      }
    }
  }

  private mutating func noting(
    _ source: SourceText, of statement: Statement? = nil,
    _ body: (inout ScriptChecker) throws(ShellError) -> Void
  ) {
    do throws(ShellError) { try body(&self) } catch {
      switch error {
      case .diagnostic(let diagnostic): note(diagnostic, source, of: statement)
      // What files and the user's Ctrl-C do is seen when the script runs.
      case .file, .ended, .interrupted, .assertion, .closedPipe: return
      }
    }
  }

  private mutating func note(
    _ diagnostic: Diagnostic, _ source: SourceText, of statement: Statement?
  ) {
    for one in [diagnostic] + diagnostic.others where isCertain(one) {
      // What is wrong with a statement as a whole is told at its place.
      var placed = one
      placed.span = one.span ?? statement?.span
      mistakes.append(Mistake(source: source, diagnostic: placed))
    }
  }

  /// Whether a mistake will still be one when the statement runs.
  private func isCertain(_ mistake: Diagnostic) -> Bool {
    switch mistake.code {
    case "unknown-variable", "unknown-function", "wrong-arguments", "unknown-setting",
      "unknown-format", "wrong-setting", "cycle", "invalid-date", "missing-parameter",
      "wrong-parameter", "unknown-layout", "layout-of-report", "unreadable", "ansi-quotes",
      "shell-arithmetic", "nul-in-value":
      true
    case "unknown-segment", "ambiguous-segment": !isStoreOpen && !areSegmentsOpen
    case "nothing-selected", "unavailable-segment": false
    default: !isStoreOpen
    }
  }

  private mutating func check(_ query: Query, in source: SourceText) throws(ShellError) {
    try checkOutput(query.output, of: query)
    let planned = try session.planned { () throws(Diagnostic) in
      try Planner.plan(query, source, catalog)
    }
    catalog.checkedResult = planned.plan.columns.map(\.field)
  }

  private func checkOutput(_ output: Output, of query: Query) throws(ShellError) {
    if let name = output.format { _ = try session.format(name) }
    _ = try session.layout(of: output, for: query)
    for text in [output.file].compactMap({ $0 }) { _ = try session.text(text) }
    if let pipe = output.pipe { _ = try session.invocation(pipe) }
  }

  private mutating func check(_ command: Command, in source: SourceText) throws(ShellError) {
    switch command {
    case .tick(let list), .untick(let list), .refresh(let list), .drop(let list):
      _ = try session.places(list)
      if case .drop = command { areSegmentsOpen = true }
    case .export(let export):
      let queries = session.queries(of: export)
      try checkOutput(export.output, of: queries[0])
      for query in queries { try check(query, in: source) }
    case .describe(let subject): try check(subject)
    case .create(let definition):
      areSegmentsOpen = true
      _ = try session.text(definition.name)
      try check(rule: definition.rule, in: source)
    case .alter(let segment, let change):
      _ = try session.places([segment])
      areSegmentsOpen = true
      if case .rule(let rule) = change { try check(rule: rule, in: source) }
    case .load(let load):
      isStoreOpen = true
      for text in [load.path] + load.columns.map(\.header) { _ = try session.text(text) }
    case .open(let path):
      isStoreOpen = true
      _ = try session.text(path)
    case .set(let name, let value): try check(setting: name, value)
    case .source(let path, let arguments): try check(included: path, arguments, in: source)
    case .echo(let parts):
      for part in parts {
        if case .variable(let name) = part.kind {
          _ = try session.planned { () throws(Diagnostic) in try catalog.variables.text(of: name) }
        } else {
          try check(part, in: source)
        }
      }
    case .assert(let condition, let message):
      try check(condition, in: source, isCondition: true)
      if let message { _ = try session.text(message) }
    case .param(let name, let value):
      try define(name, value, in: source, isParameter: true)
    case .assign(let name, let value): try define(name, value, in: source, isParameter: false)
    case .loop(let loop): try check(loop, in: source)
    case .conditional(let conditional):
      noting(source) { (checker) throws(ShellError) in
        try checker.check(conditional.condition, in: source, isCondition: true)
      }
      check(conditional.body, in: source)
      check(conditional.otherwise, in: source)
    case .explain(let statement, _), .watch(_, let statement): check(statement, in: source)
    case .forget(let customer):
      _ = try session.planned { () throws(Diagnostic) in
        try Planner.customer(customer, source, catalog)
      }
    case .shell(let command): _ = try session.invocation(command)
    case .save(let path), .edit(let path):
      if let path { _ = try session.text(path) }
    case .saveSession(let path): _ = try session.text(path)
    case .tickAll, .untickAll, .tickVisible, .untickVisible, .refreshStale, .undo, .help, .history,
      .page, .last, .toggle, .quit:
      return
    }
  }

  private func check(_ subject: DescribeSubject) throws(ShellError) {
    switch subject {
    case .tables, .load: return
    case .table(let name): _ = try session.table(toDescribe: name)
    case .segment(let segment): _ = try session.places([segment])
    }
  }

  private func check(
    _ expression: Expression, in source: SourceText, isCondition: Bool = false
  ) throws(ShellError) {
    _ = try session.planned { () throws(Diagnostic) in
      try Planner.constant(expression, source, catalog, isCondition: isCondition)
    }
  }

  private func check(rule: Expression, in source: SourceText) throws(ShellError) {
    _ = try session.planned { () throws(Diagnostic) in try Planner.rule(rule, source, catalog) }
  }

  private func check(setting name: Identifier?, _ value: SettingValue?) throws(ShellError) {
    guard let name else { return }
    let entry = try Settings.entry(name)
    guard let value, catalog.variables.isKnown(value.text) else { return }
    var settings = session.settings
    try entry.apply(try session.text(value.text), to: &settings, at: value.text.span)
  }

  private mutating func check(_ loop: Loop, in source: SourceText) throws(ShellError) {
    let row: Variables.Value
    switch loop.rows {
    case .query(let query):
      try check(query, in: source)
      row = .row(
        (catalog.checkedResult ?? []).map { ($0.name.lowercased(), .unknown($0.type)) })
    case .values: row = .unknown(nil)
    case .variable(let name):
      _ = try session.planned { () throws(Diagnostic) in try catalog.variables.value(of: name) }
      row = .unknown(nil)
    }
    catalog.variables[loop.name.text] = row
    check(loop.body, in: source)
  }

  /// What is written out is known; of the rest the type.
  private mutating func define(
    _ name: Identifier, _ value: Expression?, in source: SourceText, isParameter: Bool
  ) throws(ShellError) {
    // Whatever is wrong with its value, the name is known from here on.
    let before = catalog.variables[name.text]
    catalog.variables.meet(name.text)
    catalog.variables[name.text] = .unknown(nil)
    if isParameter {
      if session.parameters[name.text.lowercased()] == nil, value == nil, before == nil,
        !session.options.isOnlyChecking
      {
        throw .diagnostic(Session.missingParameter(name))
      }
      if session.parameters[name.text.lowercased()] != nil {
        if let value { try check(value, in: source) }
        return
      }
    }
    guard let value else { return }
    if let literal = value.literal {
      catalog.variables[name.text] = .literal(literal)
      return
    }
    if case .variable(let other) = value.kind {
      catalog.variables[name.text] = before
      let known = try session.planned { () throws(Diagnostic) in
        try catalog.variables.value(of: other)
      }
      catalog.variables[name.text] = known
      return
    }
    let plan = try session.planned { () throws(Diagnostic) in
      catalog.variables[name.text] = before
      defer {
        if catalog.variables[name.text] == nil { catalog.variables[name.text] = .unknown(nil) }
      }
      return try Planner.constant(value, source, catalog)
    }
    catalog.variables[name.text] = .unknown(plan.plan.columns[0].field.type)
  }

  private mutating func check(
    included path: Template, _ arguments: [ScriptArgument], in source: SourceText
  ) throws(ShellError) {
    _ = try session.text(path)
    for argument in arguments where argument.value.identifiers.count != 1 {
      try check(argument.value, in: source)
    }
    guard catalog.variables.isKnown(path) else { return }
    let inner: SourceText
    do throws(ShellError) { inner = try session.openIncluded(path, in: source) } catch {
      guard case .file(let name, let reason) = error, session.options.isOnlyChecking else {
        throw error
      }
      throw .diagnostic(
        Diagnostic(code: "unreadable", "\(name): \(reason.message)", at: path.span))
    }
    let outer = session.parameters
    defer {
      session.openFiles.removeLast()
      session.parameters = outer
    }
    try session.checkArguments(arguments, of: inner)
    for argument in arguments {
      session.parameters[argument.name.text.lowercased()] = .value(.unknown(nil))
    }
    let parsed = Parser.parse(inner)
    mistakes += parsed.diagnostics.map { Mistake(source: inner, diagnostic: $0, isSyntax: true) }
    foresee(parsed.statements, in: inner)
    check(parsed.statements, in: inner)
  }
}

extension Command {
  /// The variable that it sets.
  fileprivate var variable: Identifier? {
    if case .assign(let name, _) = self { return name }
    if case .param(let name, _) = self { return name }
    return nil
  }
}
