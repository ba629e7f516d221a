import Glibc

/// A file that is read here and there, by several threads if need be.
public final class InputFile: Sendable {
  /// How large it was when it was opened.
  public let size: Int
  /// A device or a pipe can be read from its beginning to its end only.
  public let isRegular: Bool
  private let descriptor: Int32

  public init(_ path: String) throws(SystemError) {
    descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .last }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      let error = SystemError.last
      close(descriptor)
      throw error
    }
    size = Int(status.st_size)
    isRegular = status.st_mode & S_IFMT == S_IFREG
  }

  deinit { close(descriptor) }

  /// All of it, where it is no regular file.
  public func readToEnd() throws(SystemError) -> [UInt8] { try Files.read(descriptor) }

  /// Puts the bytes at `offset` into `range` of the buffer; how many there were. Fewer than asked for
  /// end the file.
  public func read(
    at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SystemError) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count)
    var done = 0
    while done < range.count {
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe pread(
          descriptor, bytes.baseAddress.map { unsafe $0 + range.lowerBound + done },
          range.count - done, offset + done)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .last }
      if count == 0 { break }
      done += count
    }
    return done
  }
}
