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
  /// SIGINT sets the flag and makes a blocked read return; SIGPIPE is ignored, so that a write
  /// fails instead; SIGTERM, SIGHUP and SIGQUIT restore the terminal and then kill.
  public static func install() {
    clear()
    handle(SIGINT) { _ in requested.store(true, ordering: .relaxed) }
    ignore(SIGPIPE)
    TerminalGuard.prepare()
    for deadly in [SIGTERM, SIGHUP, SIGQUIT] { handle(deadly, by: restoreAndDie) }
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

private let restoreAndDie: @convention(c) (Int32) -> Void = { number in
  TerminalGuard.restore()
  signal(number, SIG_DFL)
  raise(number)
}

/// Installs a handler without SA_RESTART: a call that blocks shall return when the signal comes.
func handle(_ number: Int32, by handler: @escaping @convention(c) (Int32) -> Void) {
  var action = sigaction()
  unsafe action.__sigaction_handler.sa_handler = handler
  unsafe sigaction(number, &action, nil)
}

private func ignore(_ number: Int32) {
  signal(number, SIG_IGN)
}
