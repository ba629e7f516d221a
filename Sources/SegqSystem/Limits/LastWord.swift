import Glibc

/// What is said when the program can't go on because time or memory is used up.
///
/// A handler may not allocate: it writes what was there before and ends the program with 1. What was
/// being written has no name yet, and a workspace is as it was before the statement.
enum LastWord {
  static func install() {
    for (number, handler) in [(SIGXCPU, outOfTime), (SIGABRT, aborted)] {
      guard !Signals.isIgnored(number) else { continue }
      Signals.handle(number, by: handler)
    }
    warnBeforeTheEnd()
  }

  /// `ulimit -t 60` sets two limits, and at the second the system kills without a word: the first must
  /// come before it.
  private static func warnBeforeTheEnd() {
    let processorTime = __rlimit_resource_t(RLIMIT_CPU.rawValue)
    var limit = rlimit()
    guard unsafe getrlimit(processorTime, &limit) == 0, limit.rlim_cur == limit.rlim_max,
      limit.rlim_cur > 1, limit.rlim_cur < UInt(1) << 62
    else { return }
    limit.rlim_cur -= 1
    unsafe setrlimit(processorTime, &limit)
  }

  fileprivate static func end(_ words: StaticString) {
    TerminalGuard.restore()
    unsafe _ = write(2, words.utf8Start, words.utf8CodeUnitCount)
    _exit(1)
  }
}

private let outOfTime: @convention(c) (Int32) -> Void = { _ in
  LastWord.end(
    "segq: the processor time that it may take is used up (ulimit -t); files and workspaces are as they were before this statement\n"
  )
}

/// The runtime has said why: an allocation that failed, as a rule.
private let aborted: @convention(c) (Int32) -> Void = { _ in
  LastWord.end(
    "segq: it can't go on; files and workspaces are as they were before this statement. Where memory is short, ask for less at a time, or lower memory_limit to be told in time\n"
  )
}
