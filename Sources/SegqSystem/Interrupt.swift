import Glibc
import Synchronization

/// Ctrl-C as a flag, and a terminal left as it was found when the program is told to die.
///
/// ```swift
/// Interrupt.install()
/// for batch in result where !Interrupt.isRequested { write(batch) }
/// Interrupt.clear()
/// ```
public enum Interrupt {
  /// SIGINT sets the flag and makes a blocked read return; SIGPIPE and SIGXFSZ are ignored, so that a
  /// write fails instead; SIGTERM, SIGHUP and those of a crash restore the terminal before they kill;
  /// where time or memory is used up the program ends with a word (`LastWord`).
  ///
  /// `nohup`, and what was started by something that ignores SIGHUP, keeps doing so; but a session
  /// at a terminal has nobody left when that goes away (`endsWithTerminal`).
  public static func install(endsWithTerminal: Bool = false) {
    clear()
    Signals.handle(SIGINT) { _ in requested.store(true, ordering: .relaxed) }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
    TerminalGuard.prepare()
    guard !isInstalled.exchange(true, ordering: .relaxed) else { return }
    LastWord.install()
    MemoryLimit.prepare()
    for number in deadly {
      let isIgnored = Signals.isIgnored(number)
      guard !isIgnored || endsWithTerminal && number == SIGHUP else { continue }
      unsafe (usual + Int(number)).initialize(
        to: isIgnored ? sigaction() : Signals.action(of: number))
      Signals.handle(number, by: restoreAndDie)
    }
  }

  /// Whether Ctrl-C was pressed since the last `clear()`.
  public static var isRequested: Bool {
    requested.load(ordering: .relaxed)
  }

  public static func clear() {
    requested.store(false, ordering: .relaxed)
  }
}

private let requested = Atomic<Bool>(false)
private let isInstalled = Atomic<Bool>(false)

private let deadly = [
  SIGTERM, SIGHUP, SIGQUIT, SIGILL, SIGTRAP, SIGFPE, SIGBUS, SIGSEGV,
]

/// What the deadly signals did before, by number: kill, or print a backtrace first.
private nonisolated(unsafe) let usual = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)

private let restoreAndDie: @convention(c) (Int32) -> Void = { number in
  TerminalGuard.restore()
  unsafe sigaction(number, usual + Int(number), nil)
  raise(number)
}
