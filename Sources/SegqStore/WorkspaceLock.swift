import Glibc
import SegqSystem

/// The right to change a workspace, which one program has at a time.
///
/// The file `lock` says who has it, and how often the workspace was changed:
///
///     1234 1764059400 17 0a1b2c3d
///
/// are the process, since when, the number of the last change that is on the disk, and the CRC32C of what
/// is before. The system takes the right back when the process ends, however it ends. Whoever removes the
/// file gives the right to another: that is seen before a change counts.
final class WorkspaceLock {
  private let descriptor: Int32
  private let since = Environment.now
  private var isHeld = true
  /// The last change of which somebody was told.
  private(set) var lastChange: Int64?

  /// Waits so many seconds for another to be done.
  init(_ path: String, patience: Int) throws(LockFailure) {
    var left = patience * 1_000_000 / Int(Self.step)
    while true {
      let descriptor = try Self.open(path)
      try Self.take(descriptor, &left)
      // Where it was removed just now, others have another one.
      if Self.isAt(path, descriptor) {
        self.descriptor = descriptor
        break
      }
      close(descriptor)
    }
    lastChange = Self.lastChange(descriptor)
    write()
  }

  deinit { release() }

  func release() {
    guard isHeld else { return }
    isHeld = false
    close(descriptor)
  }

  /// Whether it is still the file that others look at.
  func isAt(_ path: String) -> Bool { isHeld && Self.isAt(path, descriptor) }

  /// Notes that a change is on the disk; who opens the workspace finds it there, or says that it is lost.
  func note(change: Int64) {
    lastChange = change
    write()
  }

  /// The last change of which somebody was told; nil where nobody knows.
  static func lastChange(_ path: String) -> Int64? {
    guard let descriptor = try? openFile(path, O_RDONLY | O_NOFOLLOW) else { return nil }
    defer { close(descriptor) }
    return lastChange(descriptor)
  }

  private static let step: UInt32 = 20_000

  private static func open(_ path: String) throws(LockFailure) -> Int32 {
    do throws(OpenFailure) { return try openFile(path, O_RDWR | O_CREAT | O_NOFOLLOW) } catch {
      switch error {
      case .system(let error): throw .system(error)
      case .wrongKind(let kind): throw .wrongKind(kind)
      }
    }
  }

  private static func take(_ descriptor: Int32, _ left: inout Int) throws(LockFailure) {
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        let error = SystemError.last
        close(descriptor)
        throw .system(error)
      }
      guard left > 0, !Interrupt.isRequested else {
        let words = words(descriptor)
        close(descriptor)
        throw holder(words)
      }
      left -= 1
      usleep(step)
    }
  }

  private static func isAt(_ path: String, _ descriptor: Int32) -> Bool {
    guard let own = FileIdentity(descriptor) else { return false }
    return FileIdentity(path) == own
  }

  // Its words.

  private func write() {
    let change = lastChange.map { "\($0)" } ?? "-"
    let words = "\(getpid()) \(since) \(change) "
    let text = Array((words + Self.check(words) + "\n").utf8)
    // It is never empty: who is killed in between leaves what the next one can read.
    let count = unsafe text.withUnsafeBytes {
      unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0)
    }
    if count == text.count { ftruncate(descriptor, off_t(count)) }
  }

  private static func check(_ words: String) -> String {
    let digits = String(Checksum.of(Array(words.utf8)), radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  private static func words(_ descriptor: Int32) -> [Substring] {
    var count = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 128) { buffer, used in
      count = unsafe pread(descriptor, buffer.baseAddress, buffer.count, 0)
      used = max(0, count)
    }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
  }

  private static func lastChange(_ descriptor: Int32) -> Int64? {
    let words = words(descriptor)
    guard words.count == 4,
      check(words.dropLast().map { $0 + " " }.joined()) == words[3]
    else { return nil }
    return Int64(words[2])
  }

  private static func holder(_ words: [Substring]) -> LockFailure {
    guard words.count >= 2, let process = Int64(words[0]), let since = Int64(words[1]) else {
      return .held(process: 0, since: Environment.now)
    }
    return .held(process: process, since: since)
  }
}

/// Why the right to change a workspace was not given.
enum LockFailure: Error {
  case system(SystemError)
  case wrongKind(FileKind)
  case held(process: Int64, since: Int64)
}
