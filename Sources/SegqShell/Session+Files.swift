import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqStore
import SegqSystem
import Synchronization

// Reading stores and scripts.
extension Session {
  /// Runs what reads files, until Ctrl-C is pressed. What it warns of is told behind it.
  func reading<Result: Sendable>(
    _ body: @escaping @Sendable (StoreLoader) throws(ShellError) -> Result
  ) throws(ShellError) -> Result {
    let warnings = Warnings()
    let (zone, order) = (settings.zone, settings.dateOrder)
    let (stopsOnBadRow, isQuiet) = (options.stopsOnBadRow, options.isQuiet)
    let outcome = catalog.execution.untilInterrupted { execution in
      let loader = StoreLoader(
        zone: zone, dateOrder: order, stopsOnBadRow: stopsOnBadRow, showsProgress: !isQuiet,
        execution: execution, warn: { warnings.add($0) })
      return Swift.Result { () throws(ShellError) in try body(loader) }
    }
    guard let outcome else { throw .interrupted }
    for warning in warnings.all { tell(warning, in: nil) }
    return try outcome.get()
  }

  /// Opens a workspace, a folder of CSVs or one file.
  func open(_ path: String) throws(ShellError) {
    if Workspace.isWorkspace(path) { return try openWorkspace(path) }
    if Files.name(of: path).hasSuffix(".segdb") { throw ShellError(.notAWorkspace(path)) }
    guard Files.kind(path) != .file else {
      let words = try load(path, Load(Template(path)))
      leaveWorkspace()
      return report(words)
    }
    // A row that must stop everything must be found now, not when it is needed.
    let readsAll = options.stopsOnBadRow
    var (store, waiting) = try reading { (loader) throws(ShellError) in
      try loader.open(folder: path, readsAll: readsAll)
    }
    leaveWorkspace()
    store.loaded = catalog.now
    catalog.replace(store, waiting: waiting)
  }

  /// Reads a child table that a statement needs.
  func read(_ waiting: StoreCatalog.WaitingTable) throws(Diagnostic) -> Table {
    let parent = try waiting.parent.map { (name) throws(Diagnostic) in try catalog.table(name) }
    do throws(ShellError) {
      return try reading { (loader) throws(ShellError) in
        try loader.table(try loader.sheet(waiting.path, waiting.shape), parent: parent)
      }
    } catch {
      switch error {
      case .diagnostic(let diagnostic): throw diagnostic
      case .file(let path, let reason):
        throw Diagnostic(code: "unreadable", "\(path): \(reason.message)")
      case .ended, .interrupted, .assertion, .closedPipe:
        throw Diagnostic(code: "unreadable", "\(waiting.path) was not read")
      }
    }
  }

  /// What was loaded, in words for when it is kept.
  func run(_ load: Load) throws(ShellError) -> String {
    let path = relative(try text(load.path))
    try checkReading(path)
    guard Files.kind(path) != nil else {
      throw ShellError.file(path, SystemError(code: 2)).placed(at: load.path.span)
    }
    do throws(ShellError) { return try self.load(all: path, load) } catch {
      throw error.placed(at: load.path.span)
    }
  }

  private func load(all path: String, _ load: Load) throws(ShellError) -> String {
    if load.isAppend { return try append(path, load) }
    guard Files.kind(path) == .folder else { return try self.load(path, load) }
    // A file that was cut to nothing must not take away what is there.
    let needed = Set(["customers"] + catalog.tableNames)
    var (store, waiting) = try reading { (loader) throws(ShellError) in
      try loader.open(folder: path, readsAll: true, needed: needed)
    }
    store.continueGrowth(of: catalog.store, at: catalog.now)
    store.loaded = catalog.now
    catalog.replace(store, waiting: waiting)
    return loaded(catalog.tableNames)
  }

  /// Loads a single file beside what is there, or in the place of the table of its name. What hangs
  /// on that is linked again, and segments keep their members.
  private func load(_ path: String, _ load: Load) throws(ShellError) -> String {
    let shape = try shape(of: path, load)
    if shape.name == "segments" || shape.name == "members" {
      throw .diagnostic(
        Diagnostic(
          code: "load-folder", "\(shape.name) are loaded together with their customers",
          at: load.path.span,
          help: "load the folder that holds them, or add them to what is there: load … append"))
    }
    let parent = try shape.parents.first { catalog.tableNames.contains($0.table) }.map {
      (link) throws(ShellError) in
      try planned { () throws(Diagnostic) in try catalog.table(link.table) }
    }
    let before = catalog.store
    let waiting = catalog.waitingTables.filter { $0.shape.name != shape.name }
    let old = before.table(named: shape.name)
    let parted = old.flatMap { before.children(of: $0).isEmpty ? nil : $0 }
    var store = try reading { (loader) throws(ShellError) in
      if let parted { try loader.checkID(of: shape, path, parted) }
      let table = try loader.table(try loader.sheet(path, shape), parent: parent)
      var store = before
      guard store.replace(table, loader.execution) else { throw .interrupted }
      return store
    }
    try noteLoading(of: shape.name, in: &store, before.customers)
    catalog.replace(store, waiting: waiting)
    tellLost(before)
    return loaded([shape.name])
  }

  /// Says of rows that they hang on nothing any more, as the table that was loaded has no such row.
  private func tellLost(_ before: Store) {
    for table in catalog.store.tables {
      guard let old = before.table(named: table.name), let link = table.parent,
        let oldLink = old.parent, link.table !== oldLink.table
      else { continue }
      let lost = link.looseCount(of: table.rowCount) - oldLink.looseCount(of: old.rowCount)
      guard lost > 0, old.rowCount == table.rowCount else { continue }
      tell(
        Diagnostic(
          .warning, code: "orphans",
          "\(table.name): \(lost) \(lost == 1 ? "row has" : "rows have") lost the "
            + "row of \(link.table.name) that they hung on; they are kept and belong to nobody"),
        in: nil)
    }
  }

  /// What a file holds, by its name and first line and by what the statement says.
  func shape(of path: String, _ load: Load) throws(ShellError) -> TableShape {
    var columns: [String: String] = [:]
    for mapping in load.columns {
      columns[mapping.column.text.lowercased()] = try text(mapping.header)
    }
    return try StoreLoader.shape(
      of: path, table: load.table?.text.lowercased(), columns: columns)
  }

  private func loaded(_ tables: [String]) -> String {
    tables.compactMap { name in
      catalog.store.table(named: name).map {
        "\(name): \($0.rowCount) \($0.rowCount == 1 ? "row" : "rows")"
      }
    }.joined(separator: ", ")
  }

  /// Says what is done.
  func report(_ words: String) {
    if !options.isQuiet { tell(words + "\n") }
  }

  /// Reads a file that another one includes, and remembers that it is open; the caller closes it.
  func openIncluded(
    _ path: Template, in source: SourceText
  ) throws(ShellError) -> SourceText {
    let file = relative(try text(path))
    try checkReading(file)
    let real = Files.resolved(file)
    if openFiles.contains(where: { $0.real == real }) {
      throw .diagnostic(
        Diagnostic(
          code: "cycle", "'\(path.text)' is being run already", at: path.span,
          help: (openFiles.map(\.real) + [real]).map { Files.name(of: $0) }
            .joined(separator: " → ")))
    }
    var inner: SourceText
    do throws(ShellError) { inner = try read(script: file) } catch {
      throw error.placed(at: path.span)
    }
    let line = source.line(of: path.span.start)
    inner.includers = ["\(source.name):\(line)"] + source.includers
    openFiles.append((file, real))
    return inner
  }

  func read(script path: String) throws(ShellError) -> SourceText {
    do throws(SystemError) {
      return SourceText(bytes: try Files.read(path), name: path)
    } catch { throw .file(path, error) }
  }

  /// Runs the statements of a file, which is parsed whole first.
  func runFile(_ path: String) -> ExitCode {
    let source: SourceText
    do throws(ShellError) { source = try read(script: path) } catch {
      return report(error, in: nil)
    }
    openFiles.append((path, Files.resolved(path)))
    defer { openFiles.removeLast() }
    return runWhole([source])
  }

  /// Looks at files without running them; what is wrong with each is told by `tell`.
  func checkFile(_ path: String) throws(ShellError) -> [Mistake] {
    let source = try read(script: path)
    openFiles.append((path, Files.resolved(path)))
    defer { openFiles.removeLast() }
    let parsed = Parser.parse(source)
    let syntax = parsed.diagnostics.map {
      Mistake(source: source, diagnostic: $0, isSyntax: true)
    }
    return (syntax + check([(source, parsed.statements)])).sorted { a, b in
      a.source.name == source.name && b.source.name == source.name
        && (a.diagnostic.span?.start ?? 0) < (b.diagnostic.span?.start ?? 0)
    }
  }

  /// As the file that is being run sees it.
  func relative(_ path: String) -> String {
    let path = Self.expanded(path)
    guard let file = openFiles.last?.shown, file.contains("/"), !path.hasPrefix("/") else {
      return path
    }
    return Files.folder(of: file) + "/" + path
  }

  /// The name of a file to be written.
  func path(_ file: Template) throws(ShellError) -> String { Self.expanded(try text(file)) }

  /// `~/report.csv` lies in the user's own folder.
  private static func expanded(_ path: String) -> String {
    guard path.hasPrefix("~/"), let home = Environment.variable("HOME") else { return path }
    return home + path.dropFirst()
  }

  // --safe

  func checkCommands() throws(ShellError) {
    guard options.isSafe else { return }
    throw Self.unsafe("shell commands are not run")
  }

  func checkWriting(_ path: String) throws(ShellError) {
    guard options.isSafe, !Self.isBelowWorkingFolder(path) else { return }
    throw Self.unsafe("nothing is written outside the working folder")
  }

  func checkReading(_ path: String) throws(ShellError) {
    guard options.isSafe, !Self.isBelowWorkingFolder(path) else { return }
    throw Self.unsafe("nothing is read outside the working folder")
  }

  private static func isBelowWorkingFolder(_ path: String) -> Bool {
    // Where there is no folder that is told in its own words.
    var folder = Files.folder(of: path)
    while Files.kind(folder) == nil, Files.name(of: folder) != "..", folder.contains("/") {
      folder = Files.folder(of: folder)
    }
    if Files.kind(folder) == nil, folder != ".." { folder = "." }
    folder = Files.resolved(folder)
    let working = Files.resolved(".")
    guard Files.kind(path) == nil || Files.resolved(path).hasPrefix(working + "/") else {
      return false
    }
    return folder == working || folder.hasPrefix(working + "/")
  }

  private static func unsafe(_ what: String) -> ShellError {
    .diagnostic(Diagnostic(code: "safe", "with --safe \(what)"))
  }
}

extension ParentLink {
  /// How many of so many rows hang on nothing; they come behind all others.
  fileprivate func looseCount(of rowCount: Int) -> Int {
    rowCount - Int(offsets.span[table.rowCount])
  }
}

/// What reading files has to tell, from whatever thread.
private final class Warnings: Sendable {
  private let list = Mutex<[Diagnostic]>([])

  var all: [Diagnostic] { list.withLock { $0 } }

  func add(_ warning: Diagnostic) { list.withLock { $0.append(warning) } }
}
