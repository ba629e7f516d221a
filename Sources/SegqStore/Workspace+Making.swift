public import SegqEngine
import SegqSystem

extension Workspace {
  /// Keeps a store under a name: a new workspace, or in the place of what the one of that name holds.
  /// The workspace appears whole or not at all.
  public static func save(
    _ store: Store, settings: [String: String], as path: String, showsProgress: Bool = false,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) throws(StoreError) -> Workspace {
    let folder = WorkspaceFolder(path: path)
    if folder.isWorkspace {
      let workspace = try Workspace(opening: path)
      _ = try workspace.beginWriting()
      try workspace.commit(
        store, settings: settings, showsProgress: showsProgress, isInterrupted: isInterrupted)
      return workspace
    }
    if let kind = Files.kind(path) {
      guard kind == .folder, (try? Files.list(path))?.isEmpty == true else {
        throw .occupied(path)
      }
    }
    let parent = Files.folder(of: path)
    guard Files.kind(parent) == .folder else { throw .file(parent, SystemError(code: 2)) }
    folder.removeAbandoned()
    return try make(folder) { (workspace) throws(StoreError) in
      try workspace.commit(
        store, settings: settings, showsProgress: showsProgress, isInterrupted: isInterrupted)
    }
  }

  /// Makes a workspace beside its place, fills it, and puts it there.
  private static func make(
    _ folder: WorkspaceFolder, _ fill: (Workspace) throws(StoreError) -> Void
  ) throws(StoreError) -> Workspace {
    let temporary = folder.temporary()
    var made: Workspace?
    do throws(StoreError) {
      do throws(SystemError) { try temporary.make() } catch { throw .file(folder.path, error) }
      let writing = Writing(
        lock: try lock(temporary, patience: 0), database: try database(in: temporary))
      let workspace = Workspace(making: temporary, writing)
      _ = try workspace.hold()
      made = workspace
      try fill(workspace)
      try workspace.move(to: folder)
      return workspace
    } catch {
      if Interrupt.isRequested {
        // It goes when those who still write in it have seen that nobody wants it.
        nonisolated(unsafe) let abandoned = made
        Workers.afterwards {
          unsafe abandoned?.endWriting()
          return temporary.remove()
        }
      } else {
        temporary.remove()
      }
      throw error.renamed(from: temporary.path, to: folder.path)
    }
  }

  private static func database(in folder: WorkspaceFolder) throws(StoreError) -> Database {
    let database = try Database(folder.catalog, .create)
    // A row of `steps` takes kilobytes: of small pages half would be empty.
    try database.run("pragma page_size = 16384")
    database.leaveRoomForTrailers()
    // Nobody waits for the disk here: all of it is synced before the folder takes its name.
    try database.run("pragma synchronous = off; pragma journal_mode = wal; begin")
    for table in CatalogTable.allCases { try database.run(table.definition) }
    try database.run("commit")
    try database.prepareToWrite()
    return database
  }

  private func move(to folder: WorkspaceFolder) throws(StoreError) {
    writing?.database.close()
    do throws(SystemError) {
      try Files.makePrivate(self.folder.catalog)
      try Files.sync(folder: path)
      try Files.rename(path, to: folder.path)
      try Files.sync(folder: Files.folder(of: folder.path))
    } catch { throw .file(folder.path, error) }
    self.folder = WorkspaceFolder(path: folder.path, identity: held?.identity)
    takeGrowth(from: image)
    takeJournal(from: image)
    writing?.database = try Database(folder.catalog, .write)
    try writing?.database.prepareToWrite()
  }
}

extension StoreError {
  /// The user knows the workspace by the name that it was to have.
  fileprivate func renamed(from old: String, to new: String) -> StoreError {
    func name(_ path: String) -> String {
      path.hasPrefix(old) ? new + path.dropFirst(old.count) : path
    }
    return switch self {
    case .file(let path, let error): .file(name(path), error)
    case .database(let path, let message): .database(name(path), message: message)
    case .damagedCatalog(let path, let what): .damagedCatalog(name(path), what: what)
    case .readOnly(let path): .readOnly(name(path))
    case .wrongKind(let path, let kind, let expected):
      .wrongKind(name(path), kind, expected: expected)
    case .replaced(let path): .replaced(name(path))
    case .lostLock(let path): .lostLock(name(path))
    case .tooManyFiles(let path, let count, let most):
      .tooManyFiles(name(path), count: count, most: most)
    case .notAWorkspace, .occupied, .format, .damagedFile, .incompleteFile, .otherMembers, .locked,
      .lostChanges, .unfinished, .interrupted:
      self
    }
  }
}
