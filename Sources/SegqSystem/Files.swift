import Glibc

/// Reading files and folders.
public enum Files {
  public enum Kind: Sendable {
    case file
    case folder
    /// A device, a pipe, a socket.
    case other
  }

  /// What stands at the path; nil where nothing does.
  public static func kind(_ path: String) -> Kind? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// How many bytes a file on a disk has; nil of anything else.
  public static func size(of path: String) -> Int? {
    var status = stat()
    guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  /// Whether what is open there is a file on a disk.
  public static func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The bytes of a file, or of a pipe up to its end.
  public static func read(_ path: String) throws(SystemError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    return try read(descriptor)
  }

  /// When a file was last written, in seconds since 1970; nil where there is none.
  public static func modified(_ path: String) -> Int64? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return Int64(status.st_mtim.tv_sec)
  }

  /// The beginning of a file: enough for its first line.
  public static func readHead(_ path: String) throws(SystemError) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    return try readBlock(descriptor) ?? []
  }

  public static func read(_ descriptor: Int32) throws(SystemError) -> [UInt8] {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
    guard status.st_mode & S_IFMT != S_IFDIR else { throw SystemError(code: EISDIR) }
    var bytes: [UInt8] = []
    // One byte more shows the end without another round.
    bytes.reserveCapacity(Int(status.st_size) + 1)
    while true {
      guard
        let block = try readBlock(descriptor, max(1 << 16, Int(status.st_size) + 1 - bytes.count))
      else { continue }
      guard !block.isEmpty else { return bytes }
      if bytes.isEmpty { bytes = block } else { bytes += block }
    }
  }

  /// What is there to read next, empty at the end; nil where a signal came between.
  public static func readBlock(
    _ descriptor: Int32, _ size: Int = 1 << 16
  ) throws(SystemError) -> [UInt8]? {
    var count = 0
    let block = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, used in
      count = unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      used = max(0, count)
    }
    guard count >= 0 else {
      if errno == EINTR { return nil }
      throw .last
    }
    return block
  }

  /// The names in a folder, sorted, without those that begin with a dot.
  public static func list(_ path: String) throws(SystemError) -> [String] {
    try listAll(path).filter { !$0.hasPrefix(".") }
  }

  /// The names in a folder, sorted, and `.` and `..`.
  public static func listAll(_ path: String) throws(SystemError) -> [String] {
    guard let folder = unsafe opendir(path) else { throw .last }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
          unsafe String(cString: $0)
        }
      }
      names.append(name)
    }
    return names.sorted()
  }

  /// Makes the folder and those above it, private to the user where asked.
  public static func makeFolder(_ path: String, isPrivate: Bool = false) throws(SystemError) {
    guard kind(path) != .folder else { return }
    let parent = folder(of: path)
    if parent != path, kind(parent) == nil { try makeFolder(parent, isPrivate: isPrivate) }
    guard unsafe mkdir(path, isPrivate ? 0o700 : 0o777) == 0 || errno == EEXIST else { throw .last }
  }

  public static func rename(_ from: String, to: String) throws(SystemError) {
    guard unsafe Glibc.rename(from, to) == 0 else { throw .last }
  }

  /// Removes a file, if it is there.
  ///
  /// Giving back what a large one took of the disk goes on in the background.
  public static func remove(_ path: String) {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    unsafe unlink(path)
    if descriptor >= 0 { closeLater(descriptor) }
  }

  static func closeLater(_ descriptor: Int32) {
    var status = stat()
    let isSmall = unsafe fstat(descriptor, &status) == 0 && status.st_size < 1 << 20
    if isSmall || !Workers.detach({ close(descriptor) }) { close(descriptor) }
  }

  /// Waits until a file, or the names in a folder, are on the disk; Ctrl-C ends the waiting.
  public static func sync(_ descriptor: Int32) throws(SystemError) {
    let code = Workers.untilInterrupted { _ in fsync(descriptor) == 0 ? 0 : errno }
    guard let code else { throw SystemError(code: EINTR) }
    guard code == 0 else { throw SystemError(code: code) }
  }

  /// Waits until the names in a folder are on the disk.
  public static func sync(folder: String) throws(SystemError) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    try sync(descriptor)
  }

  /// Lets nobody but the user read or change a file.
  public static func makePrivate(_ path: String) throws(SystemError) {
    guard unsafe chmod(path, 0o600) == 0 else { throw .last }
  }

  /// A new file of a name that nobody can guess, private to the user, that holds these bytes.
  public static func makeTemporary(
    _ prefix: String, _ suffix: String, _ bytes: [UInt8]
  ) throws(SystemError) -> String {
    let folder = Environment.variable("TMPDIR") ?? "/tmp"
    var template = Array("\(folder)/\(prefix)XXXXXX\(suffix)".utf8CString)
    let descriptor = unsafe mkstemps(&template, Int32(suffix.utf8.count))
    guard descriptor >= 0 else { throw .last }
    defer { close(descriptor) }
    let stream = OutputStream(descriptor: descriptor)
    try stream.write(bytes)
    try stream.flush()
    return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Removes a folder and the files in it.
  public static func removeFolder(_ path: String) {
    for name in (try? list(path)) ?? [] { remove(path + "/" + name) }
    unsafe rmdir(path)
  }

  /// `a/b` of `a/b/c.csv`; `.` of a bare name.
  public static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// `c.csv` of `a/b/c.csv`
  public static func name(of path: String) -> String {
    String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
  }

  /// The path without `.` and links; as it is where there is no such file.
  public static func resolved(_ path: String) -> String {
    guard let real = unsafe realpath(path, nil) else { return path }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
