import CMapping
import Glibc
import SegqSystem

/// A new file, private to the user, that is on the disk when it is finished.
final class DurableFile {
  private let descriptor: Int32
  private let path: String
  private var written = 0
  private var isOpen = true

  /// There must be no such file yet.
  init(_ path: String) throws(SystemError) {
    self.path = path
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .last }
  }

  deinit { discard() }

  /// So much is given to the disk at a time, so that little is left to wait for at the end.
  private static let stretch = 8 << 20

  func write(_ bytes: [UInt8]) throws(SystemError) {
    let failure = unsafe bytes.withUnsafeBytes { unsafe put($0) }
    if let failure { throw failure }
  }

  @unsafe
  func write(_ bytes: UnsafeRawBufferPointer) throws(SystemError) {
    if let failure = unsafe put(bytes) { throw failure }
  }

  @unsafe
  private func put(_ bytes: UnsafeRawBufferPointer) -> SystemError? {
    var done = 0
    while done < bytes.count {
      let count = unsafe Glibc.write(
        descriptor, bytes.baseAddress.map { unsafe $0 + done }, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return .last }
      done += count
    }
    let before = written / Self.stretch
    written += bytes.count
    if written / Self.stretch > before {
      segq_begin_writing(descriptor, before * Self.stretch, Self.stretch)
    }
    return nil
  }

  /// Waits until it is on the disk. Its name is there with ``Files/sync(folder:)``.
  func finish() throws(SystemError) {
    try Files.sync(descriptor)
    isOpen = false
    guard close(descriptor) == 0 else { throw .last }
  }

  func discard() {
    guard isOpen else { return }
    isOpen = false
    Files.remove(path)
    close(descriptor)
  }
}
