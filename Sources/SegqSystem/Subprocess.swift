import Glibc

/// A command run by the user's shell.
public final class Subprocess {
  private let process: pid_t
  private let input: Int32?
  /// The command's standard input, where it was asked for.
  public let stream: OutputStream?

  /// Starts `sh -c command` with some variables more in its environment. With `isFed` its input is
  /// ``stream``, else this program's.
  ///
  /// - Throws: `E2BIG` where it is too long for the system, and where a zero byte would cut it off.
  public init(
    _ command: String, environment: [(name: String, value: String)] = [], isFed: Bool
  ) throws(SystemError) {
    let added = environment.map { "\($0.name)=\($0.value)" }
    guard !([command] + added).contains(where: { $0.utf8.contains(0) }) else { throw .zeroByte }
    var ends: [Int32] = [0, 0]
    if isFed {
      guard unsafe pipe(&ends) == 0 else { throw .last }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    }
    do throws(SystemError) {
      process = try Self.spawn(
        ["sh", "-c", command], adding: added, input: isFed ? ends[0] : nil)
    } catch {
      if isFed { for end in ends { close(end) } }
      throw error
    }
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

  /// The environment of this program, byte for byte, without some variables.
  private static func surroundings(
    without added: [String]
  ) -> [UnsafeMutablePointer<CChar>?] {
    // `SEGQ_1=`
    let starts = added.map { entry in
      entry.utf8.prefix { $0 != UInt8(ascii: "=") }.map(CChar.init) + [CChar(61)]
    }
    var entries: [UnsafeMutablePointer<CChar>?] = unsafe []
    var next = unsafe environ
    while let entry = unsafe next.pointee {
      let isReplaced = starts.contains { unsafe strncmp(entry, $0, $0.count) == 0 }
      if !isReplaced { unsafe entries.append(entry) }
      unsafe next += 1
    }
    return unsafe entries
  }

  private static func spawn(
    _ words: [String], adding added: [String], input: Int32?
  ) throws(SystemError) -> pid_t {
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
    let arguments = unsafe words.map { unsafe copy($0) } + [nil]
    let variables = unsafe added.map { unsafe copy($0) }
    defer {
      for i in words.indices { unsafe free(arguments[i]) }
      for i in added.indices { unsafe free(variables[i]) }
    }
    let surroundings = unsafe surroundings(without: added) + variables + [nil]
    var process: pid_t = 0
    let failure = unsafe posix_spawn(
      &process, "/bin/sh", &actions, &attributes, arguments, surroundings)
    guard failure == 0 else { throw SystemError(code: failure) }
    return process
  }

  /// The bytes of the text, which has no zero byte; a file's name comes back as it was.
  private static func copy(_ text: String) -> UnsafeMutablePointer<CChar>? {
    unsafe try? text.withPath { unsafe strdup($0) }
  }
}
