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
    (try? Place(path))?.status.map(kind)
  }

  /// Whether there is a file of the program's own, such as its settings.
  public static func isOwnFile(_ path: String) -> Bool {
    Place(own: path).status.map(kind) == .file
  }

  /// Whether a folder of this user's stands there; a link to one is none.
  public static func isOwnFolder(_ path: String) -> Bool {
    guard let place = try? Place(path, followsLink: false),
      let descriptor = try? place.open(O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
    else { return false }
    defer { close(descriptor) }
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_uid == geteuid()
  }

  static func kind(_ status: stat) -> Kind {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return .other
    }
  }

  /// How many bytes a file on a disk has; nil of anything else.
  public static func size(of path: String) -> Int? {
    guard let status = (try? Place(path))?.status, kind(status) == .file else { return nil }
    return Int(status.st_size)
  }

  /// Whether what is open there is a file on a disk.
  public static func isRegular(_ descriptor: Int32) -> Bool {
    var status = stat()
    return unsafe fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  /// The bytes of a file, or of a pipe up to its end.
  public static func read(_ path: String) throws(SystemError) -> [UInt8] {
    let descriptor = try Place(path).open(O_RDONLY)
    defer { close(descriptor) }
    return try read(descriptor)
  }

  /// The same of a file of the program's own, such as its settings: no ``Fence`` stands before it.
  public static func readOwn(_ path: String) throws(SystemError) -> [UInt8] {
    let descriptor = try Place(own: path).open(O_RDONLY)
    defer { close(descriptor) }
    return try read(descriptor)
  }

  /// When a file was last written, in seconds since 1970; nil where there is none.
  public static func modified(_ path: String) -> Int64? {
    (try? Place(path))?.status.map { Int64($0.st_mtim.tv_sec) }
  }

  /// The beginning of a file: enough for its first line.
  public static func readHead(_ path: String) throws(SystemError) -> [UInt8] {
    let descriptor = try Place(path).open(O_RDONLY)
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
      guard !block.isEmpty else {
        try checkUnchanged(descriptor, since: status)
        return bytes
      }
      if bytes.isEmpty { bytes = block } else { bytes += block }
    }
  }

  /// Fails where a file on a disk was written to since.
  static func checkUnchanged(_ descriptor: Int32, since old: stat) throws(SystemError) {
    var new = stat()
    guard unsafe fstat(descriptor, &new) == 0 else { throw .last }
    guard kind(old) != .file || FileStamp(new) == FileStamp(old) else { throw .changed }
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
    names(in: try Place(path).open(O_RDONLY | O_DIRECTORY))
  }

  /// Takes the descriptor of a folder, and closes it.
  static func names(in descriptor: Int32) -> [String] {
    guard let folder = unsafe fdopendir(descriptor) else {
      close(descriptor)
      return []
    }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { name in
          unsafe String(
            system: Array(UnsafeBufferPointer(start: name, count: unsafe strlen(pointer))))
        }
      }
      names.append(name)
    }
    return names.sorted()
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
    let real = unsafe try? path.withPath { path -> String? in
      guard let real = unsafe realpath(path, nil) else { return nil }
      defer { unsafe free(real) }
      return unsafe String(
        system: Array(UnsafeRawBufferPointer(start: real, count: strlen(real))))
    }
    return (real ?? nil) ?? path
  }
}
