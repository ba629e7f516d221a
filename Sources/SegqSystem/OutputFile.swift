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
  /// Where it will stand; nil where it is written directly.
  private let place: Place?
  /// The name that it has until then, which nobody can guess.
  private let hiddenName = ".segq-\(Files.unguessable())"
  private var isHidden = false
  private var isOpen = true
  /// The file to which this one adds; it is held until this one stands in its place.
  private let old: AppendedFile?

  /// The first bytes of the file to which this one adds, enough for a header, and its last one; nothing
  /// where there is none.
  public private(set) var existing: (head: [UInt8], last: UInt8?) = ([], nil)

  public convenience init(_ path: String, _ mode: Mode) throws(SystemError) {
    try self.init(path, mode, isUnnamed: true)
  }

  /// `isUnnamed` is false where a hidden file is wanted although one without a name could be had.
  init(_ path: String, _ mode: Mode, isUnnamed: Bool) throws(SystemError) {
    self.mode = mode
    self.path = path
    let direct = try Place(path, for: .writing)
    if let kind = direct.status.map(Files.kind), kind != .file {
      (place, old) = (nil, nil)
      descriptor = try direct.open(O_WRONLY)
    } else {
      // A link is written through, so that it stays one.
      let place = try Place.forFile(path, followsLink: mode != .keepOthers)
      self.place = place
      old = mode == .append ? try AppendedFile(place) : nil
      let rights = Self.rights(at: place)
      let unnamed = isUnnamed ? segq_open_unnamed(place.folder, rights) : -1
      isHidden = unnamed < 0
      descriptor =
        unnamed >= 0
        ? unnamed : try place.besides(hiddenName).open(O_WRONLY | O_CREAT | O_EXCL, rights)
    }
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
    if let place {
      try Files.sync(descriptor)
      final = try stand(at: place)
    }
    isOpen = false
    guard close(descriptor) == 0 else { throw .last }
    return final
  }

  /// Leaves everything as it was before.
  public func discard() {
    guard isOpen else { return }
    isOpen = false
    if isHidden, let place { try? place.besides(hiddenName).remove() }
    Files.closeLater(descriptor)
  }

  private func stand(at place: Place) throws(SystemError) -> String {
    guard mode == .keepOthers else {
      if !isHidden {
        if try give(place) { return path }
        // Only a rename takes the place of another file.
        guard try give(place.besides(hiddenName)) else { throw SystemError(code: EEXIST) }
        isHidden = true
      }
      try place.besides(hiddenName).rename(to: place)
      return path
    }
    for number in 0..<100_000 {
      let name = number == 0 ? place.name : Self.numbered(place.name, number)
      guard try give(place.besides(name)) else { continue }
      if isHidden { try? place.besides(hiddenName).remove() }
      return number == 0 ? path : Self.numbered(path, number)
    }
    throw SystemError(code: EEXIST)
  }

  /// Gives the file a name; false where another one has it.
  private func give(_ place: Place) throws(SystemError) -> Bool {
    let code = unsafe try place.name.withPath { [isHidden] name in
      guard isHidden else { return unsafe segq_link(descriptor, place.folder, name) }
      return unsafe linkat(place.folder, hiddenName, place.folder, name, 0)
    }
    guard code == 0 || errno == EEXIST else { throw .last }
    return code == 0
  }

  /// `report (1).csv`
  private static func numbered(_ path: String, _ number: Int) -> String {
    guard let dot = path.lastIndex(of: "."), !path[dot...].contains("/") else {
      return "\(path) (\(number))"
    }
    return "\(path[..<dot]) (\(number))\(path[dot...])"
  }

  /// The rights of the file that is replaced; else those of any new file.
  private static func rights(at place: Place) -> mode_t {
    guard let status = place.status, Files.kind(status) == .file else { return 0o666 }
    return status.st_mode & 0o777
  }
}
