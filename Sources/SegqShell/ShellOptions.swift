/// What the command line says.
public struct ShellOptions: Sendable {
  /// A folder of CSVs.
  public var store: String?
  /// Texts of `-c`, in order.
  public var commands: [String] = []
  public var script: String?
  /// What stands behind the script: `country=FR`, and anything else.
  public var arguments: [String] = []
  /// Names and types are looked at and nothing is run: `segq check`.
  public var isOnlyChecking = false
  /// `csv`, …; nil is table on a terminal and CSV elsewhere.
  public var format: String?
  public var output: String?
  public var showsHeader = true
  /// Nil: scripts stop, the prompt goes on.
  public var stopsOnError: Bool?
  public var stopsOnBadRow = false
  /// As written: `2024-01-31`, `2024-01-31T10:00`.
  public var now: String?
  public var timezone: String?
  public var color = ColorChoice.auto
  public var isSafe = false
  public var readsConfig = true
  public var isQuiet = false

  public enum ColorChoice: String, Sendable, CaseIterable {
    case auto
    case always
    case never
  }

  public init() {}
}

/// How a run ended, as the caller's shell sees it.
public enum ExitCode: Int32, Sendable {
  case success = 0
  /// A statement failed, or a file could not be read or written.
  case failure = 1
  /// Wrong usage, or text that does not parse.
  case usage = 2
  /// An `assert` did not hold.
  case assertion = 3
  case interrupted = 130

  /// What two statements one after the other end with: the first failure, but an interrupt always.
  func and(_ next: ExitCode) -> ExitCode {
    self == .success || next == .interrupted ? next : self
  }
}
