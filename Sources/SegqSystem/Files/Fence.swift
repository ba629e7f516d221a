import Glibc
import Synchronization

/// What `--safe` allows to be read and written: the working folder, and to be read what was given on
/// the command line.
///
/// A path is walked name by name from a folder that is held open, and no link is followed that the walk
/// did not read itself: `..`, links and `/proc/self/…` lead out for nobody, whatever others do to
/// the folders meanwhile. (The same as `RESOLVE_BENEATH` of openat2, on any kernel.)
public final class Fence: Sendable {
  /// A folder within which paths may lead, or one file in a folder.
  private struct Root: Sendable {
    let descriptor: Int32
    let identity: Identity
    /// Nil for a folder.
    let file: String?
  }

  private struct Identity: Equatable, Sendable {
    let device: dev_t
    let inode: ino_t
    init(_ status: stat) { (device, inode) = (status.st_dev, status.st_ino) }
  }

  /// The working folder first.
  private let roots: [Root]
  private let workingPath: String

  static var current: Fence? { raised.withLock { $0 } }
  /// Whether there is one.
  public static var isRaised: Bool { current != nil }

  /// Stands before all that a statement names from now on; never taken down again. `given` may be read:
  /// the store and the script of the command line.
  public static func raise(admitting given: [String]) throws(SystemError) {
    let fence = try Fence(around: ".", given)
    raised.withLock { $0 = fence }
  }

  init(around folder: String, _ given: [String]) throws(SystemError) {
    workingPath = Files.resolved(folder)
    var roots = [try Self.root(folder)]
    // What is not there is told when it is opened.
    for path in given {
      if let root = try? Self.root(path) { roots.append(root) }
    }
    self.roots = roots
  }

  deinit { for root in roots { close(root.descriptor) } }

  /// Whether the path leads within it; throws why not.
  public static func check(_ path: String, isWriting: Bool) throws(SystemError) {
    _ = try Place(path, for: isWriting ? .writing : .reading)
  }

  private static func root(_ path: String) throws(SystemError) -> Root {
    let real = Files.resolved(path)
    guard let status = Place(own: real).status else { throw SystemError(code: ENOENT) }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    let descriptor = try Place(own: isFolder ? real : Files.folder(of: real))
      .open(Place.onlyPath | O_DIRECTORY)
    return Root(
      descriptor: descriptor, identity: Identity(status),
      file: isFolder ? nil : Files.name(of: real))
  }
}

private let raised = Mutex<Fence?>(nil)

// MARK: - Walking

extension Fence {
  /// So many links are followed, as the system does.
  private static let mostLinks = 40

  /// The folder, open, and the name in it to which a path leads.
  func walk(
    _ path: String, _ purpose: Place.Purpose, _ followsLink: Bool
  ) throws(SystemError) -> (folder: Int32, name: String) {
    var (walk, links) = (try begin(path, purpose), 0)
    while let name = walk.names.popLast() {
      let isLast = walk.names.isEmpty
      if name == ".." {
        try walk.leave()
      } else if name != "." {
        if !isLast || followsLink, let target = try walk.link(name) {
          links += 1
          guard links <= Self.mostLinks else { throw SystemError(code: ELOOP) }
          try follow(target, &walk, purpose)
          continue
        }
        guard !isLast else { return (try walk.hold(), name) }
        try walk.enter(name)
      }
    }
    return (try walk.hold(), walk.file ?? ".")
  }

  private func follow(
    _ target: String, _ walk: inout Walk, _ purpose: Place.Purpose
  ) throws(SystemError) {
    guard target.hasPrefix("/") else {
      walk.names += Walk.names(of: target).reversed()
      return
    }
    var other = try begin(target, purpose)
    guard other.file == nil || walk.names.isEmpty else { throw SystemError(code: ENOTDIR) }
    other.names = walk.names + other.names
    walk = other
  }

  /// Begins at the root to which the longest part of the path leads, so that `/home/ann/shop/a.csv` and
  /// `../shop/a.csv` are `a.csv` in `shop`.
  private func begin(
    _ path: String, _ purpose: Place.Purpose
  ) throws(SystemError) -> Walk {
    guard !path.isEmpty else { throw SystemError(code: ENOENT) }
    let names = Walk.names(of: path.hasPrefix("/") ? path : workingPath + "/" + path)
    let allowed = purpose == .reading ? roots[...] : roots.prefix(1)
    for count in (0...names.count).reversed() {
      let part = "/" + names.prefix(count).joined(separator: "/")
      guard let status = Place(own: part).status else { continue }
      let identity = Identity(status)
      guard
        let root = allowed.first(where: {
          $0.identity == identity && ($0.file == nil || count == names.count)
        })
      else { continue }
      return Walk(root.descriptor, root.file, names.dropFirst(count).reversed())
    }
    throw .outside
  }

  /// How far a walk has come.
  private struct Walk {
    /// Where it began; not its own.
    private let root: Int32
    /// Where it began at a file, that.
    let file: String?
    /// The folders below the root that it is in.
    private var folders: [Held] = []
    /// What is still to be walked, the next one last.
    var names: [String]

    private final class Held {
      let descriptor: Int32
      init(_ descriptor: Int32) { self.descriptor = descriptor }
      deinit { close(descriptor) }
    }

    init(_ root: Int32, _ file: String?, _ names: [String]) {
      (self.root, self.file, self.names) = (root, file, names)
    }

    private var here: Int32 { folders.last?.descriptor ?? root }

    /// `a`, `b`, `.` of `a//b/`: what ends in a slash is a folder.
    static func names(of path: String) -> [String] {
      path.split(separator: "/").map(String.init) + (path.hasSuffix("/") ? ["."] : [])
    }

    mutating func leave() throws(SystemError) {
      guard folders.popLast() != nil else { throw .outside }
    }

    mutating func enter(_ name: String) throws(SystemError) {
      let folder = unsafe try name.withPath {
        unsafe openat(here, $0, Place.onlyPath | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
      guard folder >= 0 else { throw .last }
      folders.append(Held(folder))
    }

    /// Where the link of that name leads; nil where it is none.
    func link(_ name: String) throws(SystemError) -> String? {
      var count = 0
      let bytes = unsafe try name.withPath { name in
        unsafe [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, used in
          unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
            guard let start = buffer.baseAddress else { return }
            count = unsafe readlinkat(here, name, start, buffer.count)
          }
          used = max(0, count)
        }
      }
      return count > 0 ? String(system: bytes) : nil
    }

    /// A descriptor of the folder in which it is, for the caller to close.
    func hold() throws(SystemError) -> Int32 {
      let copy = fcntl(here, F_DUPFD_CLOEXEC, 3)
      guard copy >= 0 else { throw .last }
      return copy
    }
  }
}
