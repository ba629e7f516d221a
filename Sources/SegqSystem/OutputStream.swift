import Glibc
public import SegqBytes

/// Where bytes go: standard output, a file, a pipe. Buffered; every write is checked.
///
/// Where a terminal is at the other end, nothing goes to it that it would obey, but colours of our own.
public final class OutputStream {
  private let descriptor: Int32
  private var buffer: [UInt8] = []
  private static let blockSize = 1 << 16

  /// Whether what is written comes to a terminal; also what goes to a pager does.
  public var leadsToTerminal: Bool

  public init(descriptor: Int32) {
    self.descriptor = descriptor
    leadsToTerminal = Terminal.isTerminal(descriptor)
  }

  public static let standardOutput = 1 as Int32
  public static let standardError = 2 as Int32

  /// Writes the bytes, now or with the next ``flush()``.
  ///
  /// Elsewhere than on a terminal they stay as they are. There they are whole characters.
  public func write(_ bytes: [UInt8], as kind: ScreenText = .plain) throws(SystemError) {
    if leadsToTerminal {
      VisibleText.append(lines: bytes, as: kind, to: &buffer)
    } else {
      buffer += bytes
    }
    if buffer.count >= Self.blockSize { try flush() }
  }

  public func write(_ text: String, as kind: ScreenText = .plain) throws(SystemError) {
    try write(Array(text.utf8), as: kind)
  }

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
