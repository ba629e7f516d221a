import Glibc
public import SegqBytes
import Synchronization

/// A file on a disk that is read here and there, by several threads if need be.
///
/// It is opened once. A file that is written to in place is found out by its size and its time of
/// modification, one that takes its place by its path.
public final class InputFile: ByteSource {
  /// How large it was when it was opened.
  public let size: Int
  private let descriptor: Int32
  private let start: Int
  private let stamp: FileStamp
  /// Nil for standard input, whose file may have any name.
  private let path: String?
  private let watcher = Mutex<(@Sendable (Int) -> Void)?>(nil)

  /// Takes an open descriptor, and closes it in the end.
  init(descriptor: Int32, _ status: stat, path: String?) {
    self.descriptor = descriptor
    self.path = path
    stamp = FileStamp(status)
    start = max(0, lseek(descriptor, 0, SEEK_CUR))
    size = max(0, stamp.size - start)
  }

  deinit { close(descriptor) }

  /// Tells how far it was read, for a line of progress.
  func watch(_ body: @escaping @Sendable (Int) -> Void) { watcher.withLock { $0 = body } }

  public func read(
    at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SourceFailure) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count)
    watcher.withLock { $0 }?(offset)
    var done = 0
    while done < range.count {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe pread(
          descriptor, bytes.baseAddress.map { unsafe $0 + range.lowerBound + done },
          range.count - done, start + offset + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      if count == 0 { break }
      done += count
    }
    return done
  }

  public func checkUnchanged() throws(SourceFailure) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .last }
    guard FileStamp(status) == stamp else { throw .changed }
    // One that was removed is as it was.
    guard let path, let named = (try? Place(path))?.status else { return }
    guard FileStamp(named) == stamp else { throw .changed }
  }
}

extension SourceFailure {
  static var last: SourceFailure { SourceFailure(SystemError.last) }

  init(_ error: SystemError) { self = .system(code: error.code, message: error.message) }
}
