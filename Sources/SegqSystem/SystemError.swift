import Glibc

/// What the operating system refused, and why.
public struct SystemError: Error, Sendable, Hashable {
  /// As `errno` has it.
  public let code: Int32

  public init(code: Int32) { self.code = code }

  public static var last: SystemError { SystemError(code: errno) }

  /// `No space left on device`
  public var message: String {
    guard let text = unsafe strerror(code) else { return "error \(code)" }
    return unsafe String(cString: text)
  }

  /// The reader of a pipe has gone: no error to speak of.
  public var isClosedPipe: Bool { code == EPIPE }
  public var isInterrupt: Bool { code == EINTR }
  public var isMissing: Bool { code == ENOENT }
  /// More than a program can be given when it is started.
  public var isTooLong: Bool { code == E2BIG }
}
