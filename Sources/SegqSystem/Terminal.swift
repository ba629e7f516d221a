import Glibc
import SegqBytes

/// What is known of the terminal without asking it anything.
public enum Terminal {
  /// Character cells, for example 80 × 24.
  public struct Size: Equatable, Sendable {
    public var columns: Int
    public var rows: Int

    public init(columns: Int, rows: Int) {
      self.columns = columns
      self.rows = rows
    }
  }

  /// Whether a descriptor (0, 1, 2…) is a terminal.
  public static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1
  }

  /// The size of the terminal on standard output or else on standard input; nil when neither is
  /// one, and when it does not know its own size (a serial line, a bare pseudo-terminal).
  public static var size: Size? {
    size(of: STDOUT_FILENO) ?? size(of: STDIN_FILENO)
  }

  /// Whether a line can be edited here: keys come from a terminal, there is one to paint on, and
  /// `TERM` names one that moves its cursor.
  public static var supportsEditing: Bool {
    isTerminal(STDIN_FILENO) && screen != nil && movesCursor(environment("TERM"))
  }

  /// Where prompts are painted: standard output or, when that is redirected, standard error.
  static var screen: Int32? {
    [STDOUT_FILENO, STDERR_FILENO].first(where: isTerminal)
  }

  static var movesCursor: Bool { movesCursor(environment("TERM")) }

  static func movesCursor(_ name: String?) -> Bool {
    switch name {
    case nil, "", "dumb", "unknown", "emacs": false
    case .some: true
    }
  }

  /// Writes lines to a terminal, without what it would obey; false where that cannot be done.
  @discardableResult
  static func show(_ text: String, on descriptor: Int32) -> Bool {
    var bytes: [UInt8] = []
    VisibleText.append(lines: Array(text.utf8), as: .plain, to: &bytes)
    return Descriptor.write(bytes, to: descriptor)
  }

  static func size(of descriptor: Int32) -> Size? {
    var window = winsize()
    guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &window) == 0 else { return nil }
    guard window.ws_col > 0, window.ws_row > 0 else { return nil }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }

  private static func environment(_ name: String) -> String? {
    guard let value = unsafe getenv(name) else { return nil }
    return unsafe String(cString: value)
  }
}
