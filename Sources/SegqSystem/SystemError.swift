import Glibc

/// What the operating system refused, and why; or what is never asked of it.
public struct SystemError: Error, Sendable, Hashable {
  /// As `errno` has it; negative for what segq itself refuses.
  public let code: Int32

  public init(code: Int32) { self.code = code }

  public static var last: SystemError { SystemError(code: errno) }

  /// A path with a zero byte in it: the system would take it for the part before that.
  public static let zeroByte = SystemError(code: -1)
  /// A path that `--safe` keeps out.
  public static let outside = SystemError(code: -2)
  /// A file that was written to while it was read.
  public static let changed = SystemError(code: -3)

  /// `No space left on device`
  public var message: String {
    switch self {
    case .zeroByte: return "a path can't have a zero byte in it"
    case .outside: return "with --safe nothing outside the working folder is read or written"
    case .changed: return "the file changed while it was read"
    default: break
    }
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
