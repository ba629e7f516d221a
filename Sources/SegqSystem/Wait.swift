import CLibEdit
import Glibc

/// Why a wait for the terminal ended.
enum Wait {
  case ready
  case timedOut
  /// A signal came; `Signals` and `Interrupt` know which.
  case signalled

  /// Waits for something to read, for ever if no limit is given.
  ///
  /// A signal that came before the call ends it as well: signals are held back while the flags are
  /// looked at, and let through only within the wait.
  static func forInput(_ descriptor: Int32, milliseconds: Int? = nil) -> Wait {
    var held = sigset_t()
    var usual = sigset_t()
    unsafe sigemptyset(&held)
    for number in [SIGINT, SIGWINCH, SIGCONT, Signals.told] { unsafe sigaddset(&held, number) }
    unsafe pthread_sigmask(SIG_BLOCK, &held, &usual)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &usual, nil) }
    if Signals.arePending { return .signalled }
    switch unsafe segq_wait(descriptor, Int32(milliseconds ?? -1), &usual) {
    case 0: return .timedOut
    case 1...: return .ready
    default: return .signalled
    }
  }
}
