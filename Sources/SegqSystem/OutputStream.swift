import Glibc

/// Where bytes go: standard output, a file, a pipe. Buffered; every write is checked.
public final class OutputStream {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let blockSize = 1 << 16

  public init(descriptor: Int32) { self.descriptor = descriptor }

  public static let standardOutput = 1 as Int32
  public static let standardError = 2 as Int32

  /// Writes the bytes, now or with the next ``flush()``.
  public func write(_ bytes: [UInt8]) throws(SystemError) {
    buffer += bytes
    if buffer.count >= Self.blockSize { try flush() }
  }

  public func write(_ text: String) throws(SystemError) { try write(Array(text.utf8)) }

  /// Sends what is buffered. After a failure the buffer is empty.
  public func flush() throws(SystemError) {
    defer { buffer.removeAll(keepingCapacity: true) }
    var start = 0
    while start < buffer.count {
      let written = unsafe buffer.withUnsafeBytes { bytes in
        unsafe Glibc.write(
          descriptor, bytes.baseAddress.map { unsafe $0 + start }, bytes.count - start)
      }
      if written >= 0 {
        start += written
      } else if errno != EINTR {
        throw .last
      }
    }
  }
}
