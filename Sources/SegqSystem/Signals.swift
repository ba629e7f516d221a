import Glibc
import Synchronization

/// Signals that change what is on the screen, as flags for the editor to act on.
enum Signals {
  static func install() {
    resized.store(false, ordering: .relaxed)
    continued.store(false, ordering: .relaxed)
    handle(SIGWINCH) { _ in resized.store(true, ordering: .relaxed) }
    handle(SIGCONT) { _ in continued.store(true, ordering: .relaxed) }
  }

  /// Whether one of them, or Ctrl-C, has come and was not taken yet.
  static var arePending: Bool {
    resized.load(ordering: .relaxed) || continued.load(ordering: .relaxed) || Interrupt.isRequested
  }

  /// Whether the window has another size since the last call.
  static func takeResized() -> Bool {
    resized.exchange(false, ordering: .relaxed)
  }

  /// Whether the program was stopped and goes on, since the last call.
  static func takeContinued() -> Bool {
    continued.exchange(false, ordering: .relaxed)
  }

  /// Stops this program and what runs with it, as Ctrl-Z does; returns when it goes on.
  static func stopJob() {
    kill(0, SIGTSTP)
    continued.store(true, ordering: .relaxed)
  }
}

private let resized = Atomic<Bool>(false)
private let continued = Atomic<Bool>(false)
