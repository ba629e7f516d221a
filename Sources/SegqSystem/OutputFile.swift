import CLibEdit
import Glibc

/// A file that appears whole or not at all.
///
/// It is written under a hidden name in the same folder and takes its place with ``commit()``.
/// What is not a regular file (`/dev/null`, a pipe) is written directly.
public final class OutputFile {
  public enum Mode: Sendable {
    /// Takes the place of a file that is there.
    case replace
    /// `report.csv`, else `report (1).csv`, `report (2).csv`, …
    case keepOthers
  }

  public let stream: OutputStream
  private let descriptor: Int32
  private let path: String
  private let temporary: String?
  private let mode: Mode
  private var isOpen = true

  public init(_ path: String, _ mode: Mode) throws(SystemError) {
    self.mode = mode
    if let kind = Files.kind(path), kind != .file {
      self.path = path
      temporary = nil
      descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // A link is written through, so that it stays one.
      self.path = mode == .replace ? Files.resolved(path) : path
      let hidden =
        Files.folder(of: self.path) + "/." + Files.name(of: self.path) + ".segq-\(getpid())"
      temporary = hidden
      descriptor = unsafe open(
        hidden, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, Self.mode(of: self.path))
    }
    guard descriptor >= 0 else { throw .last }
    stream = OutputStream(descriptor: descriptor)
  }

  deinit { discard() }

  /// Puts these bytes in the place of the file, or leaves it as it was.
  public static func replace(_ path: String, _ bytes: [UInt8]) throws(SystemError) {
    let file = try OutputFile(path, .replace)
    do throws(SystemError) {
      try file.stream.write(bytes)
      _ = try file.commit()
    } catch {
      file.discard()
      throw error
    }
  }

  /// Makes the file appear, and tells under which path.
  public func commit() throws(SystemError) -> String {
    try stream.flush()
    guard let temporary else {
      isOpen = false
      guard close(descriptor) == 0 else { throw .last }
      return path
    }
    try sync()
    let final = try place(temporary)
    isOpen = false
    guard close(descriptor) == 0 else { throw .last }
    return final
  }

  /// Waits until it is on the disk, piece by piece: one wait for all of it would not hear Ctrl-C.
  private func sync() throws(SystemError) {
    let piece: off_t = 1 << 23
    let size = lseek(descriptor, 0, SEEK_CUR)
    var done: off_t = 0
    while done + piece < size {
      guard !Interrupt.isRequested else { throw SystemError(code: EINTR) }
      // What it cannot do, `fsync` does below.
      _ = segq_sync(descriptor, done, piece)
      done += piece
    }
    guard fsync(descriptor) == 0 else { throw .last }
  }

  /// Leaves everything as it was before.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    close(descriptor)
    if let temporary { unsafe unlink(temporary) }
  }

  private func place(_ temporary: String) throws(SystemError) -> String {
    guard mode == .keepOthers else {
      guard unsafe rename(temporary, path) == 0 else { throw .last }
      return path
    }
    for number in 0..<100_000 {
      let candidate = number == 0 ? path : Self.numbered(path, number)
      if unsafe link(temporary, candidate) == 0 {
        unsafe unlink(temporary)
        return candidate
      }
      guard errno == EEXIST else { throw .last }
    }
    throw SystemError(code: EEXIST)
  }

  /// `report (1).csv`
  private static func numbered(_ path: String, _ number: Int) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else {
      return "\(path) (\(number))"
    }
    return "\(path[..<dot]) (\(number))\(path[dot...])"
  }

  /// The rights of the file that is replaced; else those of any new file.
  private static func mode(of path: String) -> mode_t {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? status.st_mode & 0o777 : 0o666
  }
}
