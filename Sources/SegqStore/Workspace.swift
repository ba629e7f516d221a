public import SegqEngine
import SegqSystem

/// A store that is kept: what it holds when it is opened, and how it becomes another.
///
/// ```swift
/// let workspace = try Workspace(opening: "shop.segdb")
/// try workspace.beginWriting()
/// try workspace.commit(changed, settings: workspace.settings)
/// ```
///
/// Reading needs no right and disturbs nobody: a workspace is seen as it stood when it was opened.
public final class Workspace {
  public var path: String { folder.path }
  /// As it stood when it was opened, or was last changed here.
  public internal(set) var store = Store()
  public internal(set) var settings: [String: String] = [:]

  var folder: WorkspaceFolder
  /// That folder, open, so that it is seen when another is in its place.
  var held: HeldFolder?
  var image = CatalogImage()
  var files = FileMap()
  var writing: Writing?
  /// How many numbers belong to files that were not finished.
  var skippedFiles = 0

  /// The right to change it, and the connection by which it is.
  struct Writing {
    let lock: WorkspaceLock
    var database: Database
  }

  public init(opening path: String) throws(StoreError) {
    folder = WorkspaceFolder(path: path)
    guard folder.isWorkspace else {
      // Nobody but its owner may look into it.
      if Files.kind(path) == .folder {
        do throws(SystemError) { _ = try Files.list(path) } catch { throw .file(path, error) }
      }
      throw .notAWorkspace(path)
    }
    try open()
  }

  /// One that is not there yet.
  init(making folder: WorkspaceFolder, _ writing: Writing) {
    self.folder = folder
    self.writing = writing
  }

  /// Whether the folder is where it was when it was opened.
  public var isInPlace: Bool { held?.isAt(folder) ?? true }

  /// The store without what only the folder keeps of it: how segments grew, and what `undo` takes back.
  public static func withoutKept(_ store: Store) -> Store {
    var store = store
    for place in store.segments.indices { store.segments[place].growth = Growth() }
    store.journal = ChangeJournal()
    return store
  }

  public static func isWorkspace(_ path: String) -> Bool {
    WorkspaceFolder(path: path).isWorkspace
  }

  /// Opens it anew: what others changed is seen, and nothing is held any more that was computed of
  /// what was there.
  public func reopen() throws(StoreError) {
    Damage.forget()
    try open()
  }

  /// Who changes a workspace removes files that it no longer names; then it is read again.
  private func open() throws(StoreError) {
    try folder.checkKinds()
    _ = try hold()
    var image = try currentImage()
    while true {
      do throws(StoreError) { return try take(image) } catch {
        guard case .incompleteFile = error else { throw error }
        let next = try currentImage()
        guard next.meta("changes") != image.meta("changes") else { throw error }
        image = next
      }
    }
  }

  func take(_ image: CatalogImage) throws(StoreError) {
    try folder.checkRoom(for: image.files.count)
    var reader = StoreReader(image, in: folder)
    let store = try reader.store()
    (self.store, files, self.image, settings) = (store, reader.files, image, image.settings)
  }

  private func currentImage() throws(StoreError) -> CatalogImage {
    if let writing {
      return try CatalogImage(
        writing.database, path: folder.catalog, after: writing.lock.lastChange)
    }
    return try CatalogImage(reading: folder)
  }

  /// What was found to be damaged since it was opened.
  public var damage: StoreError? {
    Damage.found.first.map { damage in
      .damagedFile(
        folder.file(damage.file), offset: damage.offset,
        holds: image.file(damage.file)?.holds ?? "nothing known")
    }
  }
}

extension CatalogImage {
  init(reading folder: WorkspaceFolder) throws(StoreError) {
    // It is read first: another program may go on in between.
    let lastChange = WorkspaceLock.lastChange(folder.lock)
    self = try Database.reading(folder) { (database) throws(StoreError) in
      try CatalogImage(database, path: folder.catalog, after: lastChange)
    }
  }
}

extension Database {
  /// Reads the catalog as whoever may: on media that can't be written, or have no room for what readers
  /// share, SQLite needs to be told that nobody else writes there either.
  static func reading<Result>(
    _ folder: WorkspaceFolder, _ body: (Database) throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    if let identity = folder.identity, FileIdentity(folder.path) != identity {
      throw .replaced(folder.path)
    }
    try folder.checkKinds()
    do throws(StoreError) {
      // Behind a fence readers leave nothing there either; who writes has put a log there already.
      let mode: Mode =
        folder.isWritable ? .write : folder.isFenced && !folder.hasLog ? .immutable : .read
      return try body(try Database(folder.catalog, mode))
    } catch {
      switch error {
      case .readOnly: guard !folder.hasLog else { throw .unfinished(folder.path) }
      // Who writes has a log, and what is in it is not in the catalog yet.
      case .file(_, .diskFull): guard !folder.hasLog else { throw error }
      default: throw error
      }
      return try body(try Database(folder.catalog, .immutable))
    }
  }
}

extension WorkspaceFolder {
  fileprivate var hasLog: Bool { ((try? Files.readHead(log)) ?? []).isEmpty == false }
}
