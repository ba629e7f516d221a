import Glibc

/// A command run by the user's shell.
public final class Subprocess {
  private let process: pid_t
  private let input: Int32?
  /// The command's standard input, where it was asked for.
  public let stream: OutputStream?

  /// Starts `sh -c command`. With `isFed` its input is ``stream``, else this program's.
  public init(_ command: String, isFed: Bool) throws(SystemError) {
    var ends: [Int32] = [0, 0]
    if isFed {
      guard unsafe pipe(&ends) == 0 else { throw .last }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    process = try Self.spawn(command, input: isFed ? ends[0] : nil)
    if isFed { close(ends[0]) }
    input = isFed ? ends[1] : nil
    stream = isFed ? OutputStream(descriptor: ends[1]) : nil
  }

  /// Closes the command's input, waits for its end and tells its exit code.
  public func finish() -> Int32 {
    if let input { close(input) }
    var status: Int32 = 0
    while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7f
    return signal == 0 ? status >> 8 & 0xff : 128 + signal
  }

  private static func spawn(_ command: String, input: Int32?) throws(SystemError) -> pid_t {
    // The shell would be given the part before it.
    guard !command.utf8.contains(0) else { throw .zeroByte }
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if let input { unsafe posix_spawn_file_actions_adddup2(&actions, input, 0) }
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    // This program ignores them, and children would inherit that.
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe sigaddset(&signals, SIGPIPE)
    unsafe sigaddset(&signals, SIGXFSZ)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    let words = ["sh", "-c", command]
    let arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { for i in words.indices { unsafe free(arguments[i]) } }
    var process: pid_t = 0
    let failure = unsafe posix_spawn(
      &process, "/bin/sh", &actions, &attributes, arguments, environ)
    guard failure == 0 else { throw SystemError(code: failure) }
    return process
  }
}
