import Glibc
import SegqSystem

/// The right to change a workspace, which one program has at a time.
///
/// The file `lock` says who has it: `1234 1764059400`, the process and since when. The system takes
/// the right back when the process ends, however it ends.
final class WorkspaceLock {
  private let descriptor: Int32
  private var isHeld = true

  /// Waits so many seconds for another to be done.
  init(_ path: String, patience: Int) throws(LockFailure) {
    descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system(.last) }
    let step: UInt32 = 20_000
    var left = patience * 1_000_000 / Int(step)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        let error = SystemError.last
        close(descriptor)
        throw .system(error)
      }
      guard left > 0, !Interrupt.isRequested else {
        close(descriptor)
        throw Self.holder(path)
      }
      left -= 1
      usleep(step)
    }
    let text = Array("\(getpid()) \(Environment.now)\n".utf8)
    ftruncate(descriptor, 0)
    _ = unsafe text.withUnsafeBytes { unsafe pwrite(descriptor, $0.baseAddress, $0.count, 0) }
  }

  deinit { release() }

  func release() {
    guard isHeld else { return }
    isHeld = false
    close(descriptor)
  }

  private static func holder(_ path: String) -> LockFailure {
    let words = (try? Files.read(path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let numbers = words.split(whereSeparator: \.isWhitespace).compactMap { Int64($0) }
    guard numbers.count == 2 else { return .held(process: 0, since: Environment.now) }
    return .held(process: numbers[0], since: numbers[1])
  }
}

/// Why the right to change a workspace was not given.
enum LockFailure: Error {
  case system(SystemError)
  case held(process: Int64, since: Int64)
}
