import SegqBytes
import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqStore
import SegqSystem
import Synchronization

// Loading: what is read is made beside the store that is there, and takes its place in one step.
extension Session {
  /// Runs what reads files, until Ctrl-C is pressed. What it warns of is told behind it.
  func reading<Result: Sendable>(
    _ body: @escaping @Sendable (StoreLoader) throws(ShellError) -> Result
  ) throws(ShellError) -> Result {
    let warnings = Warnings()
    let report = LoadReport(catalog.files)
    let (zone, order, matchesGuests) = (settings.zone, settings.dateOrder, settings.matchesGuests)
    let (stopsOnBadRow, isQuiet, choices) = (options.stopsOnBadRow, options.isQuiet, choices)
    let outcome = try catalog.undertake { execution in
      let loader = StoreLoader(
        zone: zone, dateOrder: order, stopsOnBadRow: stopsOnBadRow, matchesGuests: matchesGuests,
        choices: choices, showsProgress: !isQuiet, execution: execution, report: report,
        warn: { warnings.add($0) })
      return Swift.Result { () throws(ShellError) in try body(loader) }
    }
    for warning in warnings.all { tell(warning, in: nil) }
    let result = try outcome.get()
    catalog.files = report.files
    return result
  }

  /// Opens a workspace, a folder of files or one file.
  func open(_ path: String) throws(ShellError) {
    if Workspace.isWorkspace(path) { return try openWorkspace(path) }
    if Files.name(of: path).hasSuffix(".segdb") { throw ShellError(.notAWorkspace(path)) }
    // A row that must stop everything must be found now, not when it is needed.
    let readsAll = options.stopsOnBadRow
    let isFolder = Files.kind(path) == .folder
    catalog.files = []
    let items = try items { (loader) throws(ShellError) in
      try loader.items(isFolder ? try loader.paths(in: path) : [path])
    }
    let plan = LoadPlan(items)
    if !isFolder { try checkAlone(plan) }
    if isFolder { tellMissingCustomers(plan, path) }
    var (store, waiting) = try reading { (loader) throws(ShellError) in
      try loader.store(plan, readsAll: readsAll || !isFolder)
    }
    leaveWorkspace()
    store.noteLoading(at: catalog.now)
    catalog.replace(store, waiting: waiting)
    if !isFolder { report(loaded(catalog.tableNames)) }
  }

  /// Reads a table that a statement needs.
  func read(_ waiting: StoreCatalog.WaitingTable) throws(Diagnostic) -> Table {
    try checkUnchanged(waiting)
    let store = catalog.store
    do throws(ShellError) {
      return try reading { (loader) throws(ShellError) in
        try loader.table(waiting.recipe, waiting.plan, in: store)
      }
    } catch {
      switch error {
      case .diagnostic(let diagnostic): throw diagnostic
      case .file(let path, let reason):
        throw Diagnostic(code: "unreadable", "\(path): \(reason.message)")
      case .ended, .interrupted, .assertion, .closedPipe:
        throw Diagnostic(code: "unreadable", "\(waiting.shape.name) was not read")
      }
    }
  }

  /// What a table that waits comes of must be what was seen when the others were read.
  private func checkUnchanged(_ waiting: StoreCatalog.WaitingTable) throws(Diagnostic) {
    for item in waiting.recipe.sources.map(\.item) + waiting.recipe.columns {
      do throws(SourceFailure) { try item.sheet.checkUnchanged() } catch {
        throw Diagnostic(
          code: "changed", "\(item.path) changed since it was opened",
          help: "load '\(item.path)' reads it as it is now, open '\(Files.folder(of: item.path))' "
            + "everything beside it")
      }
    }
  }

  /// What was loaded, in words for when it is kept.
  func run(_ load: Load) throws(ShellError) -> String {
    let typed = try text(load.path)
    let path = typed == "-" ? typed : relative(typed)
    if path != "-" { try checkReading(path) }
    guard path == "-" || Files.kind(path) != nil else {
      throw ShellError.file(path, SystemError(code: 2)).placed(at: load.path.span)
    }
    if InputSource.isStandardInput(path), readsStatements {
      throw .diagnostic(
        Diagnostic(
          code: "standard-input",
          "statements come from standard input, so a table can't be read from it",
          at: load.path.span, help: "put the statements in a script or in -c"))
    }
    do throws(ShellError) {
      let choice = try choice(of: load)
      if load.isAppend { return try append(path, choice) }
      if Files.kind(path) == .folder { return try self.load(folder: path, choice) }
      return try self.load(file: path, choice)
    } catch {
      throw error.placed(at: load.path.span)
    }
  }

  /// What the statement says of the file.
  func choice(of load: Load) throws(ShellError) -> FileGlimpse.Choice? {
    guard load.table != nil || !load.columns.isEmpty else { return nil }
    var columns: [String: String] = [:]
    for mapping in load.columns {
      columns[mapping.column.text.lowercased()] = try text(mapping.header)
    }
    return FileGlimpse.Choice(table: load.table?.text.lowercased(), columns: columns)
  }

  /// A folder takes the place of all that there is.
  private func load(
    folder path: String, _ choice: FileGlimpse.Choice?
  ) throws(ShellError) -> String {
    // A file that was cut to nothing must not take away what is there.
    let needed = Set(["customers"] + catalog.tableNames)
    let items = try items { (loader) throws(ShellError) in
      try loader.items(try loader.paths(in: path), choice: choice, needed: needed)
    }
    var (store, waiting) = try reading { (loader) throws(ShellError) in
      try loader.store(LoadPlan(items), readsAll: true)
    }
    store.continueGrowth(of: catalog.store, at: catalog.now)
    store.noteLoading(at: catalog.now)
    catalog.replace(store, waiting: waiting)
    return loaded(catalog.tableNames)
  }

  /// A file takes the place of the tables of its names, beside what else there is. What is linked to
  /// these is linked again, and segments keep their members.
  private func load(file path: String, _ choice: FileGlimpse.Choice?) throws(ShellError) -> String {
    let existing = catalog.store.existingTables
    let items = try items { (loader) throws(ShellError) in
      try loader.items([path], choice: choice, existing: existing)
    }
    let plan = LoadPlan(items, hasCustomers: catalog.store.customers != nil)
    try checkAlone(plan)
    try readWaiting(besides: plan)
    let before = catalog.store
    let names = Set(plan.recipes.map(\.name))
    var store = try reading { (loader) throws(ShellError) in
      try loader.store(plan, replacingIn: before)
    }
    for recipe in plan.recipes { try mark(recipe.name, in: &store, before.customers) }
    if !plan.drillDowns.isEmpty { store = try added(plan.drillDowns, to: store) }
    let waiting = catalog.waitingTables.filter { !names.contains($0.shape.name) }
    catalog.replace(store, waiting: waiting)
    tellLost(before)
    remember(choice, for: items)
    let segments = plan.drillDowns.compactMap { item -> String? in
      guard case .segment(let name) = item.verdict.role else { return nil }
      return "segment '\(name)'"
    }
    return ([loaded(plan.recipes.map(\.name))] + segments).filter { !$0.isEmpty }
      .joined(separator: ", ")
  }

  /// Without customers there are no segments: somebody who has some under another name should know.
  private func tellMissingCustomers(_ plan: LoadPlan, _ path: String) {
    guard plan.recipe(named: "customers") == nil else { return }
    tell(
      Diagnostic(
        .note, code: "no-customers", "\(path): no file was taken for the customers",
        help: "'describe load' has what each file was taken for; load 'FILE' as customers"), in: nil
    )
  }

  /// Segments and members mean nothing without the customers that they are loaded with.
  private func checkAlone(_ plan: LoadPlan) throws(ShellError) {
    guard
      let item = plan.items.first(where: {
        ["segments", "members", "segment_websites"].contains($0.shape.name)
      })
    else { return }
    throw .diagnostic(
      Diagnostic(
        code: "load-folder", "\(item.shape.name) must be loaded together with their customers",
        help: "load the folder that has both, or add them to the store: load … append"))
  }

  /// Reads what a plan's tables are linked to.
  private func readWaiting(besides plan: LoadPlan) throws(ShellError) {
    for recipe in plan.recipes {
      for link in recipe.shape.links where catalog.tableNames.contains(link.table) {
        guard plan.recipe(named: link.table) == nil else { continue }
        _ = try planned { () throws(Diagnostic) in try catalog.table(link.table) }
      }
    }
  }

  /// The store with a segment for each export of the drill-down.
  private func added(_ items: [LoadItem], to store: Store) throws(ShellError) -> Store {
    try reading { (loader) throws(ShellError) in
      var store = store
      try loader.addDrillDowns(items, to: &store, ReadFiles())
      return store
    }
  }

  /// Reports rows that are linked to nothing any more, as the table that was loaded lacks theirs.
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
            + "row of \(link.table.name) that \(lost == 1 ? "it was" : "they were") linked to; "
            + "\(lost == 1 ? "it is kept and belongs" : "they are kept and belong") to nobody"
        ),
        in: nil)
    }
  }

  func loaded(_ tables: [String]) -> String {
    tables.compactMap { name in
      catalog.store.table(named: name).map {
        "\(name): \($0.rowCount) \($0.rowCount == 1 ? "row" : "rows")"
      }
    }.joined(separator: ", ")
  }

  /// Says what is done.
  func report(_ words: String) {
    if !options.isQuiet { tellLine(words) }
  }
}

extension StoreLoader {
  /// A store in which the tables of a plan take the place of those of their names.
  func store(_ plan: LoadPlan, replacingIn before: Store) throws(ShellError) -> Store {
    let files = ReadFiles()
    var store = before
    for recipe in plan.recipes {
      let old = before.table(named: recipe.name)
      if let old, !before.children(of: old).isEmpty, plan.recipes.count == 1 {
        try checkID(of: recipe.shape, recipe.sources[0].item.path, old)
      }
      let table = try table(recipe, plan, in: store, files)
      guard store.replace(table, execution) else { throw .interrupted }
    }
    return store
  }
}

/// What reading files has to say, from whatever thread.
private final class Warnings: Sendable {
  private let list = Mutex<[Diagnostic]>([])

  var all: [Diagnostic] { list.withLock { $0 } }

  func add(_ warning: Diagnostic) { list.withLock { $0.append(warning) } }
}
