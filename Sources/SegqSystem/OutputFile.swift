import CLibEdit
import Glibc

/// A file that appears whole or not at all.
///
/// It is written without a name in the same folder and gets one with ``commit()``: of a program that
/// is killed nothing stays. Where the file system knows no files without names it has a hidden one.
/// What is not a regular file (`/dev/null`, a pipe) is written directly.
public final class OutputFile {
  public enum Mode: Sendable {
    /// Takes the place of a file that is there.
    case replace
    /// `report.csv`, else `report (1).csv`, `report (2).csv`, …
    case keepOthers
    /// Begins with the bytes of a file that is there, and takes its place.
    case append
  }

  public let stream: OutputStream
  private let descriptor: Int32
  private let path: String
  private let mode: Mode
  /// Nil where it is written directly.
  private let hiddenPath: String?
  private var isHidden = false
  private var isOpen = true
  /// The file to which this one adds; it is held until this one stands in its place.
  private let old: AppendedFile?

  /// The first bytes of the file to which this one adds, enough for a header, and its last one; nothing
  /// where there is none.
  public private(set) var existing: (head: [UInt8], last: UInt8?) = ([], nil)

  public init(_ path: String, _ mode: Mode) throws(SystemError) {
    self.mode = mode
    let isRegular = Files.kind(path).map { $0 == .file } ?? true
    old = mode == .append && isRegular ? try AppendedFile(Files.resolved(path)) : nil
    if let kind = Files.kind(path), kind != .file {
      (self.path, hiddenPath) = (path, nil)
      descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // A link is written through, so that it stays one.
      self.path = mode == .keepOthers ? path : Files.resolved(path)
      let folder = Files.folder(of: self.path)
      let hidden = folder + "/." + Files.name(of: self.path) + ".segq-\(getpid())"
      let rights = Self.mode(of: self.path)
      hiddenPath = hidden
      let unnamed = unsafe segq_open_unnamed(folder, rights)
      isHidden = unnamed < 0
      descriptor =
        unnamed >= 0
        ? unnamed : unsafe open(hidden, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, rights)
    }
    guard descriptor >= 0 else { throw .last }
    stream = OutputStream(descriptor: descriptor)
    guard let old else { return }
    do throws(SystemError) {
      existing = (try old.head(), try old.lastByte())
      try old.copy(to: descriptor)
    } catch {
      discard()
      throw error
    }
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
    var final = path
    if let hiddenPath {
      try Files.sync(descriptor)
      final = try place(hiddenPath)
    }
    isOpen = false
    guard close(descriptor) == 0 else { throw .last }
    return final
  }

  /// Leaves everything as it was before.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    if isHidden, let hiddenPath { unsafe unlink(hiddenPath) }
    Files.closeLater(descriptor)
  }

  private func place(_ hidden: String) throws(SystemError) -> String {
    guard mode == .keepOthers else {
      if !isHidden {
        if give(path) { return path }
        guard errno == EEXIST else { throw .last }
        // Only a rename takes the place of another file.
        unsafe unlink(hidden)
        guard give(hidden) else { throw .last }
        isHidden = true
      }
      guard unsafe rename(hidden, path) == 0 else { throw .last }
      return path
    }
    for number in 0..<100_000 {
      let candidate = number == 0 ? path : Self.numbered(path, number)
      if give(candidate) {
        if isHidden { unsafe unlink(hidden) }
        return candidate
      }
      guard errno == EEXIST else { throw .last }
    }
    throw SystemError(code: EEXIST)
  }

  /// Gives the file a name that nobody has.
  private func give(_ name: String) -> Bool {
    if isHidden, let hiddenPath { return unsafe link(hiddenPath, name) == 0 }
    return unsafe segq_link(descriptor, name) == 0
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
