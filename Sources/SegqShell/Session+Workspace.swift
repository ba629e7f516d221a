import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqStore
import SegqSystem

// The workspace that is open: what changes is kept in it before a statement is done.
extension Session {
  /// `open 'shop.segdb'`; also a folder of CSVs or a file, as on the command line.
  func open(_ path: Template) throws(ShellError) {
    let name = relative(try text(path))
    try checkReading(name)
    guard Files.kind(name) != nil else {
      throw ShellError.file(name, SystemError(code: 2)).placed(at: path.span)
    }
    do throws(ShellError) { try open(name) } catch { throw error.placed(at: path.span) }
    guard !options.isQuiet else { return }
    tellLine(summary)
  }

  /// Goes over to what a workspace holds.
  func openWorkspace(_ path: String) throws(ShellError) {
    try checkFiles(of: path)
    let opened = try kept { () throws(StoreError) in try Workspace(opening: path) }
    leaveWorkspace()
    show(opened)
    takeSettings(of: opened)
    LastWorkspace.remember(path)
  }

  /// Shows a workspace as it is now; nothing stays that was computed of another.
  private func show(_ opened: Workspace) {
    workspace = opened
    catalog.replace(opened.store, waiting: [])
    forgetResults()
  }

  func leaveWorkspace() {
    workspace?.endWriting()
    workspace = nil
    forgetResults()
  }

  func forgetResults() {
    (catalog.lastAnswer, lastResult, grid) = (nil, nil, nil)
    unsavedBeforeForgetting = [:]
  }

  /// `save` and `save 'shop.segdb'`.
  func save(_ path: Template?) throws(ShellError) {
    guard let path else { return try saveHere() }
    let name = relative(try text(path))
    try checkWriting(name)
    for table in catalog.tableNames {
      _ = try planned { () throws(Diagnostic) in try catalog.table(table) }
    }
    try checkFiles(of: name)
    if let workspace, workspace.isInPlace,
      Files.resolved(workspace.path) == Files.resolved(name)
    {
      return try changing { () throws(ShellError) in }
    }
    let store = storeToSave(as: name)
    let settings = keptSettings
    let saved: Workspace
    do throws(ShellError) {
      saved = try kept { () throws(StoreError) in
        try Workspace.save(
          store, settings: settings, as: name, showsProgress: !options.isQuiet
        ) { Interrupt.isRequested }
      }
    } catch {
      // Where what is open is damaged, that is to be told.
      try checkSoundness()
      throw error
    }
    workspace?.endWriting()
    workspace = saved
    catalog.takeGrowth(of: saved.store)
    LastWorkspace.remember(name)
    guard !options.isQuiet else { return }
    tellLine("saved as \(name): \(summary)")
  }

  /// What can still be kept where the folder of the workspace that is open was removed or replaced.
  private func storeToSave(as name: String) -> Store {
    guard let workspace, !workspace.isInPlace else { return catalog.store }
    tell(
      Diagnostic(
        .warning, code: "replaced",
        "\(workspace.path) was removed or replaced since it was opened; \(name) holds its tables and "
          + "segments, and neither how they grew nor what 'undo' takes back"), in: nil)
    return Workspace.withoutKept(catalog.store)
  }

  private func saveHere() throws(ShellError) {
    guard let workspace else {
      throw .diagnostic(
        Diagnostic(
          code: "no-workspace", "no workspace is open to save into",
          help: "name one: save 'shop.segdb'"))
    }
    guard !options.isQuiet else { return }
    tellLine("\(workspace.path) holds every change already")
  }

  /// `10000 customers, 18 segments`
  var summary: String {
    let customers = catalog.store.customers?.rowCount ?? 0
    let segments = catalog.segments.count
    return "\(customers) \(customers == 1 ? "customer" : "customers"), "
      + "\(segments) \(segments == 1 ? "segment" : "segments")"
  }

  // Changes.

  /// Runs what changes the store. Where a workspace is open the change is kept in it before this
  /// returns; if that can't be done, all is as it was. `forgotten` tells the id of a customer whom the
  /// result says to be forgotten.
  func changing<Result>(
    forgetting forgotten: (Result) -> Int64? = { _ in nil },
    _ body: () throws(ShellError) -> Result
  ) throws(ShellError) -> Result {
    try beginChange()
    let (store, waiting) = (catalog.store, catalog.waitingTables)
    let result = try body()
    do throws(ShellError) {
      try keep(keptSettings, forgetting: forgotten(result))
      return result
    } catch {
      catalog.replace(store, waiting: waiting)
      throw error
    }
  }

  /// Waits for another program to be done with the workspace.
  private func beginChange(patience: Int = 2) throws(ShellError) {
    guard let workspace, !workspace.isWriting else { return }
    try checkWriting(workspace.path)
    let isOther = try kept { () throws(StoreError) in
      try workspace.beginWriting(patience: patience)
    }
    guard isOther else { return }
    show(workspace)
    tell(
      Diagnostic(
        .note, code: "changed",
        "\(workspace.path) was changed by another since it was opened; "
          + "from here on it is seen as it is now"), in: nil)
  }

  private func keep(
    _ settings: [String: String], forgetting forgotten: Int64? = nil
  ) throws(ShellError) {
    guard let workspace else { return }
    try kept { () throws(StoreError) in
      try workspace.commit(
        catalog.store, settings: settings, forgetting: forgotten,
        showsProgress: !options.isQuiet
      ) { Interrupt.isRequested }
    }
    catalog.takeGrowth(of: workspace.store)
  }

  func kept<T>(_ body: () throws(StoreError) -> T) throws(ShellError) -> T {
    do throws(StoreError) { return try body() } catch { throw ShellError(error) }
  }

  // Settings.

  /// What the workspace keeps besides data: its settings, and what was said of files.
  private var keptSettings: [String: String] {
    (workspace?.settings ?? [:]).merging(keptChoices) { $1 }
  }

  /// The code of what says that a workspace can't be changed just now.
  fileprivate static let notNow = "workspace-not-now"

  /// Keeps a setting in the workspace. Where that can't be changed now the setting holds all the same.
  func keep(setting entry: Settings.Entry) throws(ShellError) {
    guard let workspace else { return }
    do throws(ShellError) {
      try beginChange(patience: 0)
      var all = workspace.settings
      all[entry.name] = entry.show(settings)
      try keep(all)
    } catch {
      guard case .diagnostic(let reason) = error,
        [Self.notNow, Self.unsafeCode].contains(reason.code)
      else { throw error }
      tell(
        Diagnostic(
          .note, code: reason.code,
          "'\(entry.name)' holds for this session only: \(reason.message)"), in: nil)
    }
  }

  /// The settings of a workspace hold where the command line says nothing else.
  private func takeSettings(of workspace: Workspace) {
    var said: Set<String> = []
    if options.format != nil || options.output != nil { said.insert("format") }
    if options.timezone != nil { said.insert("timezone") }
    if !options.showsHeader { said.insert("header") }
    for entry in Settings.entries where !said.contains(entry.name) {
      if let value = workspace.settings[entry.name] { _ = entry.change(&settings, value) }
    }
    catalog.zone = settings.zone
  }

  // Damage.

  /// Whether anything was computed of a damaged file. The workspace is opened anew then, so that
  /// nothing of it is answered later.
  func checkSoundness() throws(ShellError) {
    guard Damage.isFound, let workspace else { return }
    let damage = workspace.damage
    do throws(ShellError) {
      try kept { () throws(StoreError) in try workspace.reopen() }
      show(workspace)
    } catch {
      leaveWorkspace()
      catalog.replace(Store(), waiting: [])
      throw error
    }
    if let damage { throw ShellError(damage) }
  }
}

extension ShellError {
  init(_ error: StoreError) {
    switch error {
    case .interrupted: self = .interrupted
    case .file(let path, let reason): self = reason.isInterrupt ? .interrupted : .file(path, reason)
    case .locked, .readOnly:
      self = .diagnostic(Diagnostic(code: Session.notNow, error.message, help: error.help))
    case .notAWorkspace, .occupied, .format, .damagedCatalog, .damagedFile, .incompleteFile,
      .otherMembers, .wrongKind, .lostChanges, .replaced, .lostLock, .tooManyFiles, .database,
      .unfinished:
      self = .diagnostic(Diagnostic(code: "workspace", error.message, help: error.help))
    }
  }
}
