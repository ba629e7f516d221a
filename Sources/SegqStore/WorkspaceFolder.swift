import Glibc
import SegqSystem
import Synchronization

/// Where the parts of a workspace are:
///
///     shop.segdb/catalog.sqlite
///     shop.segdb/data/00017.seg
///     shop.segdb/lock
struct WorkspaceFolder: Sendable, Hashable {
  let path: String
  /// Which folder it is that the path led to when it was opened.
  var identity: FileIdentity?

  init(path: String, identity: FileIdentity? = nil) {
    (self.path, self.identity) = (path, identity)
  }

  var catalog: String { path + "/catalog.sqlite" }
  /// What of the catalog was not put into it yet.
  var log: String { catalog + "-wal" }
  var data: String { path + "/data" }
  var lock: String { path + "/lock" }

  /// `shop.segdb/data/00017.seg`
  func file(_ number: Int) -> String {
    let digits = String(number)
    return data + "/" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".seg"
  }

  /// Whatever is in the place of the catalog, it is not opened as something else.
  var isWorkspace: Bool { Files.kind(catalog) != nil }

  /// Whether `--safe` keeps it from being written to.
  var isFenced: Bool { (try? Fence.check(path, isWriting: true)) == nil }

  /// Whether this user can change what is in it.
  var isWritable: Bool {
    guard !isFenced else { return false }
    return unsafe access(path, W_OK) == 0 && access(data, W_OK) == 0 && access(catalog, W_OK) == 0
  }

  /// The numbers of the column files that are there; nil for other files.
  func dataFiles() throws(SystemError) -> [(name: String, number: Int?)] {
    try Files.list(data).map { name in
      let number = name.hasSuffix(".seg") ? Int(name.dropLast(4)) : nil
      return (name, number)
    }
  }

  func make() throws(SystemError) {
    try Files.makeNewFolder(path, isPrivate: true)
    try Files.makeNewFolder(data, isPrivate: true)
  }

  /// Whether it is gone.
  @discardableResult
  func remove() -> Bool {
    Files.removeFolder(data)
    Files.removeFolder(path)
    return Files.kind(path) == nil
  }

  /// Where a workspace is made before it takes its name: `.shop.segdb.segq-1234-1` beside it, no name
  /// twice.
  func temporary() -> WorkspaceFolder {
    let number = temporaryFolders.add(1, ordering: .relaxed).newValue
    return WorkspaceFolder(
      path: Files.folder(of: path) + "/" + temporaryPrefix + "\(getpid())-\(number)")
  }

  private var temporaryPrefix: String { ".\(Files.name(of: path)).segq-" }

  /// Removes what programs left that were killed while they made this workspace.
  func removeAbandoned() {
    let parent = Files.folder(of: path)
    for name in (try? Files.listAll(parent)) ?? [] where name.hasPrefix(temporaryPrefix) {
      // A link that somebody has put there leads elsewhere.
      guard Files.isOwnFolder(parent + "/" + name) else { continue }
      let abandoned = WorkspaceFolder(path: parent + "/" + name)
      guard let lock = try? WorkspaceLock(abandoned.lock, patience: 0) else { continue }
      abandoned.remove()
      lock.release()
    }
  }
}

private let temporaryFolders = Atomic<Int>(0)
