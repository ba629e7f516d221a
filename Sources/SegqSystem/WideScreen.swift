import Glibc

/// A terminal of nobody, 64 lines of 16,384 columns: the screen on which libedit believes to draw.
///
/// On one as small as the user's it goes past the end of its own memory, since it counts the lines that it
/// fills and does not hear of the text that segq replaces. It asks for the size when a line begins, of the
/// descriptor from which it reads; so that is another one for this screen then, and for the user's terminal
/// as soon as keys are read.
final class WideScreen {
  /// What libedit is given.
  let descriptor: Int32
  private let user: Int32
  private let screen: Int32
  private var isShown = false

  /// Nil where the system has no such terminal to give.
  init?(besides user: Int32) {
    let screen = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard screen >= 0 else { return nil }
    var size = winsize(ws_row: 64, ws_col: 16_384, ws_xpixel: 0, ws_ypixel: 0)
    let other = fcntl(user, F_DUPFD_CLOEXEC, 3)
    guard other >= 0, unsafe ioctl(screen, UInt(TIOCSWINSZ), &size) == 0 else {
      close(screen)
      if other >= 0 { close(other) }
      return nil
    }
    (descriptor, self.user, self.screen) = (other, user, screen)
  }

  deinit {
    close(descriptor)
    close(screen)
  }

  /// A line begins.
  func show() {
    var modes = termios()
    // What libedit learns of the modes is what the user's terminal has now.
    if unsafe tcgetattr(user, &modes) == 0 { unsafe _ = tcsetattr(screen, TCSANOW, &modes) }
    become(screen)
    isShown = true
  }

  /// A key is wanted; true when the user's terminal comes back by it.
  func leave() -> Bool {
    guard isShown else { return false }
    isShown = false
    become(user)
    return true
  }

  private func become(_ terminal: Int32) {
    dup2(terminal, descriptor)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
  }
}
