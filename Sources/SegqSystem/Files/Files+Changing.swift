import Glibc

// Making, renaming and removing files and folders.
extension Files {
  /// Makes the folder and those above it, private to the user where asked.
  public static func makeFolder(_ path: String, isPrivate: Bool = false) throws(SystemError) {
    guard kind(path) != .folder else { return }
    let parent = folder(of: path)
    if parent != path, kind(parent) == nil { try makeFolder(parent, isPrivate: isPrivate) }
    do throws(SystemError) { try makeNewFolder(path, isPrivate: isPrivate) } catch {
      guard error.code == EEXIST else { throw error }
    }
  }

  /// Makes a folder where nothing is, not even a link.
  public static func makeNewFolder(_ path: String, isPrivate: Bool = false) throws(SystemError) {
    let place = try Place(path, for: .writing, followsLink: false)
    let code = unsafe try place.name.withPath {
      unsafe mkdirat(place.folder, $0, isPrivate ? 0o700 : 0o777)
    }
    guard code == 0 else { throw .last }
  }

  public static func rename(_ from: String, to: String) throws(SystemError) {
    try Place(from, for: .writing, followsLink: false)
      .rename(to: Place(to, for: .writing, followsLink: false))
  }

  /// Removes a file, if it is there.
  ///
  /// Giving back what a large one took of the disk goes on in the background.
  public static func remove(_ path: String) {
    guard let place = try? Place(path, for: .writing, followsLink: false) else { return }
    remove(place)
  }

  private static func remove(_ place: Place) {
    let descriptor = try? place.open(O_RDONLY | O_NONBLOCK | O_NOFOLLOW)
    try? place.remove()
    if let descriptor { closeLater(descriptor) }
  }

  static func closeLater(_ descriptor: Int32) {
    var status = stat()
    let isSmall = unsafe fstat(descriptor, &status) == 0 && status.st_size < 1 << 20
    if isSmall || !Workers.detach({ close(descriptor) }) { close(descriptor) }
  }

  /// Removes a folder of this user's and the files in it; a link to one is left alone.
  public static func removeFolder(_ path: String) {
    guard isOwnFolder(path), let place = try? Place(path, for: .writing, followsLink: false),
      let folder = try? place.open(O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    else { return }
    let inside = Place(in: folder, ".")
    for name in names(in: fcntl(folder, F_DUPFD_CLOEXEC, 3)) where !name.hasPrefix(".") {
      remove(inside.besides(name))
    }
    try? place.remove(isFolder: true)
  }

  /// Waits until a file, or the names in a folder, are on the disk; Ctrl-C ends the waiting.
  public static func sync(_ descriptor: Int32) throws(SystemError) {
    let code = Workers.untilInterrupted { _ in fsync(descriptor) == 0 ? 0 : errno }
    guard let code else { throw SystemError(code: EINTR) }
    guard code == 0 else { throw SystemError(code: code) }
  }

  /// Waits until the names in a folder are on the disk.
  public static func sync(folder: String) throws(SystemError) {
    let descriptor = try Place(folder).open(O_RDONLY | O_DIRECTORY)
    defer { close(descriptor) }
    try sync(descriptor)
  }

  /// Lets nobody but the user read or change a file.
  public static func makePrivate(_ path: String) throws(SystemError) {
    let descriptor = try Place(path, for: .writing).open(O_RDONLY)
    defer { close(descriptor) }
    guard fchmod(descriptor, 0o600) == 0 else { throw .last }
  }

  /// A new file of a name that nobody can guess, private to the user, that holds these bytes.
  public static func makeTemporary(
    _ prefix: String, _ suffix: String, _ bytes: [UInt8]
  ) throws(SystemError) -> String {
    let path = "\(Environment.temporaryFolder)/\(prefix)\(unguessable())\(suffix)"
    let descriptor = try Place(own: path).open(O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600)
    defer { close(descriptor) }
    let stream = OutputStream(descriptor: descriptor)
    try stream.write(bytes)
    try stream.flush()
    return path
  }

  /// `1f0c9a…`: 64 bits of chance, for a name that nobody can have prepared.
  static func unguessable() -> String {
    var source = SystemRandomNumberGenerator()
    return String(source.next() as UInt64, radix: 16)
  }
}
