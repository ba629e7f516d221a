import SegqBytes
import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqStore
import SegqSystem

/// What lasts from one statement to the next, and the one place where a statement is run.
final class Session {
  let options: ShellOptions
  let catalog: StoreCatalog
  var settings = Settings() {
    didSet {
      if settings.memory != oldValue.memory { catalog.memoryLimit = settings.memory.limit }
    }
  }
  let output: ResultStream
  let renderer: DiagnosticRenderer
  /// Whether somebody types: results come in pages, and the prompt goes on after errors.
  let isInteractive: Bool

  /// Where the store is kept; nil where it is in memory only.
  var workspace: Workspace?
  /// The segments of the last grid: all of it, and the page shown.
  var grid: (all: [Int], visible: [Int])?
  /// What was said of files in this session, by their fingerprints.
  var sessionChoices: [String: FileGlimpse.Choice] = [:]
  /// Files about which somebody was asked, by their fingerprints.
  var asked: Set<String> = []
  var lastResult: PagedResult?
  /// The files that are being run, innermost last, for relative paths and cycles.
  var openFiles: [(shown: String, real: String)] = [] { didSet { setScriptFolder() } }
  var history: () -> [String] = { [] }
  /// What stood behind the script as `name=value`, by name in lower case.
  var parameters: [String: GivenParameter] = [:]
  /// Those that a statement has declared or named.
  var usedParameters: Set<String> = []
  /// The statements that went well, as typed; what `save session` writes.
  var succeeded: [String] = []
  /// The warnings of this run, so that a loop tells each once.
  var toldWarnings: Set<String> = []
  /// How many statements are open, one within the other.
  private(set) var depth = 0
  private(set) var startOfStatement = Environment.nanoseconds
  /// What `edit` left to be run next.
  var edited: String?
  var isQuitting = false
  /// The unsaved segments of which it was said that they would be lost, as they were then.
  var warnedOfLosing: [Int: Int] = [:]
  var unsavedBeforeForgetting: [Int: Int] = [:]

  init(_ options: ShellOptions, isInteractive: Bool) {
    self.options = options
    self.isInteractive = isInteractive
    let isTerminal = Terminal.isTerminal(OutputStream.standardOutput) && options.output == nil
    output = ResultStream(isTerminal: isTerminal)
    renderer = DiagnosticRenderer(
      usesColor: options.color.isOn(isTerminal: Terminal.isTerminal(OutputStream.standardError)))
    settings.zone = Zones.machine
    catalog = StoreCatalog(now: Environment.now, zone: settings.zone)
    catalog.execution = Execution(
      isInterrupted: { Interrupt.isRequested },
      onAllCores: { Workers.run(Workers.limit, $0) })
    catalog.memoryLimit = settings.memory.limit
    catalog.variables["args"] = .list([])
    setScriptFolder()
    catalog.checkSoundness = { [unowned self] () throws(Diagnostic) in
      do throws(ShellError) { try self.checkSoundness() } catch {
        guard case .diagnostic(let diagnostic) = error else {
          throw Diagnostic(code: "workspace", "the workspace can't be read any more")
        }
        throw diagnostic
      }
    }
    catalog.read = { [unowned self] (waiting) throws(Diagnostic) in try self.read(waiting) }
  }

  /// Runs a statement of `source`; what it can't do is told, and nothing is half done.
  func run(_ statement: Statement, in source: SourceText) -> ExitCode {
    let start = Environment.nanoseconds
    startOfStatement = start
    depth += 1
    defer { depth -= 1 }
    catalog.divisionsByZero = 0
    if !options.hasFixedNow { catalog.now = Environment.now }
    catalog.noteDay()
    do throws(ShellError) {
      switch statement.kind {
      case .query(let query): try run(query, in: source)
      case .command(let command): try run(command, statement.span, in: source)
      }
      try checkSoundness()
      do throws(SystemError) { try output.flush() } catch {
        throw ShellError(writing: output.name, error)
      }
    } catch { return report(error.within(statement), in: source) }
    if depth == 1, statement.isWorthSaving {
      succeeded.append(source[statement.span])
    }
    if settings.showsTiming {
      tell("Time: \(Self.milliseconds(since: start)) ms\n")
    }
    return .success
  }

  /// `$script_dir`: the folder of the file that runs, else the working folder.
  private func setScriptFolder() {
    let folder = openFiles.last.map { Files.folder(of: $0.real) } ?? Files.resolved(".")
    catalog.variables["script_dir"] = .literal(.string(folder))
  }

  static func milliseconds(since start: Int64) -> String {
    let hundredths = (Environment.nanoseconds - start) / 10_000
    return Value.decimal(Decimal(units: hundredths * 100)).text(in: .utc)
  }

  private func run(
    _ command: Command, _ span: SourceSpan, in source: SourceText
  ) throws(ShellError) {
    switch command {
    case .tickAll: tick(grid?.all ?? catalog.segments.map(\.id), replaces: true)
    case .untickAll: tick([], replaces: true)
    case .tickVisible: tick(grid?.visible ?? catalog.segments.map(\.id), replaces: true)
    case .untickVisible: untick(grid?.visible ?? catalog.segments.map(\.id))
    case .tick(let list): try tick(list)
    case .untick(let list): untick(try ids(list))
    case .refresh(let list):
      try refresh(list) { () throws(ShellError) in try places(list) }
    case .refreshStale:
      try refresh(nil) { () throws(ShellError) in
        catalog.segments.indices.filter { catalog.segments[$0].freshness != .fresh }
      }
    case .export(let export):
      try run(export, in: source)
      tellDivisions(in: queries(of: export).flatMap(\.expressions), source)
    case .describe(let subject): try describe(subject, in: source)
    case .create(let definition):
      try defining(span, in: source) { () throws(ShellError) in
        try create(definition, in: source)
      }
    case .alter(let segment, let change):
      try defining(span, in: source) { () throws(ShellError) in
        try alter(segment, change, in: source)
      }
    case .drop(let list):
      try defining(span, in: source) { () throws(ShellError) in try drop(list) }
    case .open(let path): try open(path)
    case .save(let path): try save(path)
    case .saveSession(let path): try saveSession(path)
    case .undo: try undo()
    case .forget(let customer):
      try keepingUnsaved { () throws(ShellError) in try forget(customer, in: source) }
    case .param(let name, let value):
      try declare(name, value, in: source)
      answerVariable(name)
    case .assign(let name, let value):
      try assign(name, value, in: source)
      answerVariable(name)
    case .loop(let loop): try run(loop, in: source)
    case .conditional(let conditional): try run(conditional, in: source)
    case .explain(let statement, let isAnalyzed):
      try explain(statement, isAnalyzed: isAnalyzed, in: source)
    case .watch(let every, let statement): try watch(every, statement, in: source)
    case .last: try showLast()
    case .edit(let path): try edit(path)
    case .help(let topic): try help(topic)
    case .set(let name, let value): try set(name, value)
    case .toggle(let habit, let state): toggle(habit, state)
    case .source(let path, let arguments): try include(path, arguments, in: source)
    case .load(let load):
      report(try changing { () throws(ShellError) in try run(load) })
      answerNotUndoable("load")
    case .echo(let parts): try echo(parts, in: source)
    case .assert(let condition, let message): try check(condition, message, in: source)
    case .shell(let command): try shell(try invocation(command))
    case .history: try printHistory()
    case .page(let move): try turn(move)
    case .quit: leave()
    }
  }

  private static func notYet(_ word: String, at span: SourceSpan?) -> ShellError {
    .diagnostic(
      Diagnostic(code: "not-yet", "'\(word)' is understood, and not there yet", at: span))
  }

  // Telling.

  /// Writes to standard error.
  func tell(_ text: String) { tell(text, as: .plain) }

  /// The same of one line, whatever is in the names that it mentions.
  func tellLine(_ text: String) { tell(VisibleText.of(text) + "\n") }

  private func tell(_ text: String, as kind: ScreenText) {
    ProgressLine.clear()
    let stream = OutputStream(descriptor: OutputStream.standardError)
    try? stream.write(text, as: kind)
    try? stream.flush()
  }

  func tell(_ diagnostic: Diagnostic, in source: SourceText?) {
    if options.isQuiet, diagnostic.severity != .error, !diagnostic.isAboutLoss { return }
    guard diagnostic.severity != .warning || isNew(diagnostic, in: source) else { return }
    for one in [diagnostic] + diagnostic.others {
      tell(renderer.render(one, in: source), as: .styled)
    }
  }

  /// Whether the warning of this place has not been told yet: a loop comes by often.
  private func isNew(_ warning: Diagnostic, in source: SourceText?) -> Bool {
    guard let source, let span = warning.span else { return true }
    let (line, column) = source.position(of: span.start)
    return toldWarnings.insert("\(source.name):\(line):\(column): \(warning.message)").inserted
  }

  /// Tells once where in the expressions of a statement something may have been divided by zero.
  func tellDivisions(in expressions: [Expression], _ source: SourceText) {
    guard catalog.divisionsByZero > 0 else { return }
    catalog.divisionsByZero = 0
    let places = expressions.flatMap { $0.divisions(in: source) }.sorted { $0.start < $1.start }
    let span = places.first.map { first in places.reduce(first) { $0.through($1) } }
    tell(
      Diagnostic(
        .warning, code: "division-by-zero", "something was divided by zero; such a value is null",
        at: span), in: span == nil ? nil : source)
  }

  /// Tells what went wrong and gives the exit code for it.
  func report(_ error: ShellError, in source: SourceText?) -> ExitCode {
    switch error {
    case .diagnostic(let diagnostic):
      tell(diagnostic, in: diagnostic.span == nil ? nil : source)
      if diagnostic.isUsage { return .usage }
    case .assertion(let diagnostic):
      tell(diagnostic, in: source)
      return .assertion
    case .file(let name, let error): tellLine("segq: \(name): \(error.message)")
    case .ended(let code): return code
    case .interrupted:
      if isInteractive { tell("interrupted\n") }
      return .interrupted
    case .closedPipe:
      isQuitting = true
      return .success
    }
    return .failure
  }

  // Segments by id or name.

  func places(_ list: [SegmentExpression]) throws(ShellError) -> [Int] {
    try planned { () throws(Diagnostic) in try Planner.places(list, catalog) }
  }

  private func ids(_ list: [SegmentExpression]) throws(ShellError) -> [Int] {
    try places(list).map { catalog.segments[$0].id }
  }

  func planned<T>(_ body: () throws(Diagnostic) -> T) throws(ShellError) -> T {
    do throws(Diagnostic) { return try body() } catch {
      if Interrupt.isRequested { throw .interrupted }
      throw .diagnostic(error)
    }
  }

  // The Select column (the Admin's grid.js: `select visible` replaces, `unselect visible` keeps what
  // was ticked on other pages).

  private func tick(_ ids: [Int], replaces: Bool) {
    catalog.selected = replaces ? Set(ids) : catalog.selected.union(ids)
    tellSelection()
  }

  private func untick(_ ids: [Int]) {
    catalog.selected.subtract(ids)
    tellSelection()
  }

  /// A single number may have been meant as one to compute.
  private func tick(_ list: [SegmentExpression]) throws(ShellError) {
    let ids = try ids(list)
    catalog.selected.formUnion(ids)
    guard list.count == 1, case .id(let id) = list[0].kind else { return tellSelection() }
    tellSelection(next: "to show the number: select \(id) as n")
  }

  private func tellSelection(next: String? = nil) {
    answer("\(Self.count(catalog.selected.count, "segment")) selected", next: next)
  }
}

extension Statement {
  /// Whether a report that is run again wants it.
  fileprivate var isWorthSaving: Bool {
    switch kind {
    case .query: true
    case .command(let command):
      switch command {
      case .help, .history, .page, .last, .edit, .quit, .saveSession, .explain, .describe: false
      case .tickAll, .untickAll, .tickVisible, .untickVisible, .tick, .untick, .refresh,
        .refreshStale, .export, .create, .alter, .drop, .load, .open, .save, .undo, .forget, .set,
        .toggle,
        .source, .echo, .assert, .param, .assign, .loop, .conditional, .watch, .shell:
        true
      }
    }
  }
}

extension ShellOptions {
  var hasFixedNow: Bool { now != nil }
}

extension ShellOptions.ColorChoice {
  /// Colour where the stream is a terminal that knows it, and nobody said no.
  func isOn(isTerminal: Bool) -> Bool {
    switch self {
    case .always: true
    case .never: false
    case .auto:
      isTerminal && Environment.variable("NO_COLOR") == nil
        && ![nil, "dumb"].contains(Environment.variable("TERM"))
    }
  }
}

extension Diagnostic {
  /// Whether data of a file is missing: that is said with `--quiet` too.
  fileprivate var isAboutLoss: Bool {
    ["no-table", "bad-rows", "misfits", "total-row", "remark"].contains(code)
  }
}
