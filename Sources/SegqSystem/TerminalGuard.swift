import Glibc
import Synchronization

/// The way back to an ordinary terminal from anywhere, a signal handler included.
///
/// Armed while a line is being edited; `restore()` then gives the modes back that the terminal
/// had before, and takes bracketed paste off.
enum TerminalGuard {
  /// Makes everything that a handler will touch, since a handler must not allocate.
  static func prepare() {
    armed.store(-1, ordering: .relaxed)
    unsafe modes.initialize(to: termios())
  }

  /// Remembers the modes of a terminal that is not yet in raw mode.
  static func arm(_ descriptor: Int32) {
    registered
    guard unsafe tcgetattr(descriptor, modes) == 0 else { return }
    armed.store(descriptor, ordering: .releasing)
  }

  static func disarm() {
    armed.store(-1, ordering: .releasing)
  }

  /// Does nothing when disarmed, and in the background, where the terminal is somebody else's.
  static func restore() {
    let descriptor = armed.exchange(-1, ordering: .acquiringAndReleasing)
    guard descriptor >= 0, tcgetpgrp(descriptor) == getpgrp() else { return }
    unsafe tcsetattr(descriptor, TCSANOW, modes)
    unsafe _ = write(descriptor, farewell.utf8Start, farewell.utf8CodeUnitCount)
  }
}

private let armed = Atomic<Int32>(-1)
private nonisolated(unsafe) let modes = UnsafeMutablePointer<termios>.allocate(capacity: 1)
private let registered: Void = { _ = atexit { TerminalGuard.restore() } }()

/// Paste brackets off, cursor shown, and on to a clean row.
private let farewell: StaticString = "\u{1B}[?2004l\u{1B}[?25h\r\n\u{1B}[J"
