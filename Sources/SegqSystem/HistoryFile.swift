import Glibc

/// Entries on disk, one a line, private to the user.
///
/// ```
/// select customers\nwhere country = 'DE'
/// load 'C:\\data'
/// ```
/// An entry of several rows is written with `\n`, a backslash with `\\`. Every entry is one
/// appending write, so that sessions side by side keep each other's and a killed one loses none.
/// A file that cannot be read is empty, one that cannot be written stays as it is: history is no
/// reason to stop.
struct HistoryFile {
  let path: String

  /// All entries, oldest first. A file far beyond the limit is cut down on the way.
  func load() -> [String] {
    guard let descriptor = try? Place(own: path).open(O_RDONLY) else { return [] }
    defer { close(descriptor) }
    let entries = Self.decode(Self.contents(of: descriptor))
    if entries.count > 2 * History.limit { shorten(to: entries.suffix(History.limit), descriptor) }
    return entries
  }

  /// Adds one entry at the end.
  func append(_ entry: String) {
    makeFolder()
    guard let descriptor = openForAppending() else { return }
    defer { close(descriptor) }
    var line = Self.encode(entry)
    if !endsWithNewline(descriptor) { line.insert(Byte.newline, at: 0) }
    Descriptor.write(line, to: descriptor)
  }

  static func encode(_ entry: String) -> [UInt8] {
    var line: [UInt8] = []
    for byte in entry.utf8 {
      switch byte {
      case Byte.newline: line.append(text: "\\n")
      case UInt8(ascii: "\\"): line.append(text: "\\\\")
      default: line.append(byte)
      }
    }
    line.append(Byte.newline)
    return line
  }

  static func decode(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: Byte.newline).map { line in
      var entry: [UInt8] = []
      var isEscaped = false
      for byte in line {
        if !isEscaped, byte == UInt8(ascii: "\\") {
          isEscaped = true
          continue
        }
        entry.append(isEscaped && byte == UInt8(ascii: "n") ? Byte.newline : byte)
        isEscaped = false
      }
      return String(decoding: entry, as: UTF8.self)
    }
  }
}

// MARK: - The file

extension HistoryFile {
  /// Opens the file under a shared lock. If another session has just put a shorter one in its
  /// place, what was opened has no name any more, and is opened again.
  private func openForAppending() -> Int32? {
    for _ in 0..<3 {
      guard let descriptor = try? Place(own: path).open(O_RDWR | O_APPEND | O_CREAT, 0o600) else {
        return nil
      }
      flock(descriptor, LOCK_SH)
      var status = stat()
      if unsafe fstat(descriptor, &status) == 0, status.st_nlink > 0 { return descriptor }
      close(descriptor)
    }
    return nil
  }

  private func shorten(to entries: ArraySlice<String>, _ descriptor: Int32) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return }
    let draft = Place(own: path + ".new")
    try? draft.remove()
    guard let new = try? draft.open(O_WRONLY | O_CREAT | O_EXCL, 0o600) else { return }
    let isWritten = Descriptor.write(entries.flatMap(Self.encode), to: new)
    close(new)
    do throws(SystemError) {
      guard isWritten else { throw SystemError(code: EIO) }
      try draft.rename(to: Place(own: path))
    } catch { try? draft.remove() }
  }

  /// Makes what is missing of the folders above the file, private to the user.
  private func makeFolder() {
    let bytes = Array(path.utf8)
    for end in bytes.indices.dropFirst() where bytes[end] == UInt8(ascii: "/") {
      _ = unsafe try? String(decoding: bytes[..<end], as: UTF8.self).withPath {
        unsafe mkdir($0, 0o700)
      }
    }
  }

  /// An empty file does; one whose last write was cut short does not.
  private func endsWithNewline(_ descriptor: Int32) -> Bool {
    let size = lseek(descriptor, 0, SEEK_END)
    var last: UInt8 = 0
    guard size > 0, unsafe pread(descriptor, &last, 1, size - 1) == 1 else { return true }
    return last == Byte.newline
  }

  private static func contents(of descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    while case .bytes(let more) = Descriptor.read(descriptor) { bytes += more }
    return bytes
  }
}
