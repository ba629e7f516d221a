import Glibc

/// Where a path leads: a name in a folder.
///
/// What is asked about it and what is opened go through it, so that what was checked is what is used:
/// where the folder is held, a link that somebody puts in the way meanwhile leads nowhere.
final class Place {
  /// The descriptor of the folder; `AT_FDCWD` where the name is the path as it was typed.
  let folder: Int32
  let name: String
  private var isHeld: Bool { folder != AT_FDCWD }
  /// Who closes the folder, where that is another place in it.
  private let holder: Place?

  enum Purpose {
    case reading
    case writing
  }

  /// `O_PATH`, which Glibc shows to C only: a folder is found, and not read.
  static let onlyPath: Int32 = 0o10_000_000

  /// Takes an open folder, and closes it in the end.
  init(in folder: Int32, _ name: String) { (self.folder, self.name, holder) = (folder, name, nil) }

  /// A path of the program's own, such as that of its history: no ``Fence`` stands before it.
  init(own path: String) { (folder, name, holder) = (AT_FDCWD, path, nil) }

  private init(_ name: String, besides other: Place) {
    (folder, self.name, holder) = (other.folder, name, other)
  }

  /// Another name in the same folder.
  func besides(_ name: String) -> Place { Place(name, besides: self) }

  /// A path that a user names. Behind a ``Fence`` it must not leave that; a link in the last place is
  /// followed where `followsLink` says so.
  convenience init(
    _ path: String, for purpose: Purpose = .reading, followsLink: Bool = true
  ) throws(SystemError) {
    guard !path.utf8.contains(0) else { throw .zeroByte }
    guard let fence = Fence.current else {
      self.init(own: path)
      return
    }
    let (folder, name) = try fence.walk(path, purpose, followsLink)
    self.init(in: folder, name)
  }

  /// The same of a file that is to be made or replaced, with its folder held in any case.
  static func forFile(_ path: String, followsLink: Bool) throws(SystemError) -> Place {
    let place: Place
    if Fence.current != nil {
      place = try Place(path, for: .writing, followsLink: followsLink)
    } else {
      let real = followsLink ? Files.resolved(path) : path
      let folder = unsafe try Files.folder(of: real).withPath { path in
        unsafe Glibc.open(path, Place.onlyPath | O_DIRECTORY | O_CLOEXEC)
      }
      guard folder >= 0 else { throw .last }
      place = Place(in: folder, Files.name(of: real))
    }
    guard !["", ".", ".."].contains(place.name) else { throw SystemError(code: EISDIR) }
    return place
  }

  deinit { if isHeld, holder == nil { close(folder) } }

  /// What stands there; nil where nothing does.
  var status: stat? {
    var status = stat()
    let code = unsafe try? name.withPath { name in
      unsafe fstatat(folder, name, &status, isHeld ? AT_SYMLINK_NOFOLLOW : 0)
    }
    return code == 0 ? status : nil
  }

  func open(_ flags: Int32, _ rights: mode_t = 0) throws(SystemError) -> Int32 {
    let flags = flags | O_CLOEXEC | (isHeld ? O_NOFOLLOW : 0)
    let descriptor = unsafe try name.withPath { unsafe openat(folder, $0, flags, rights) }
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  /// The folder in which it is, to be read or locked.
  func openFolder() -> Int32? {
    guard isHeld else { return nil }
    let descriptor = unsafe openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    return descriptor >= 0 ? descriptor : nil
  }

  func remove(isFolder: Bool = false) throws(SystemError) {
    let code = unsafe try name.withPath { unsafe unlinkat(folder, $0, isFolder ? AT_REMOVEDIR : 0) }
    guard code == 0 else { throw .last }
  }

  func rename(to other: Place) throws(SystemError) {
    let code = unsafe try name.withPath { old in
      unsafe try? other.name.withPath { unsafe renameat(folder, old, other.folder, $0) }
    }
    guard let code else { throw .zeroByte }
    guard code == 0 else { throw .last }
  }
}
