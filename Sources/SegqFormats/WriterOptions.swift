public import SegqRecords

/// What a writer may be told beside the format.
public struct WriterOptions: Sendable {
  /// Whether column names come first. JSON always has them.
  public var showsHeader = true
  /// Where the clock hangs that datetimes are written by: `2024-01-31 10:00:00`.
  public var timeZone: TimeZone
  /// Whether CSV and TSV put a `'` before text that a spreadsheet would run (``FormulaGuard``).
  public var guardsFormulas = false
  /// Whether CSV and XML are byte for byte as a shop's Admin exports them.
  public var isAsAdmin = false
  /// The name of the sheet in XML.
  public var title = ""
  /// How many columns the terminal has; nil where a table may be as wide as it likes.
  public var terminalWidth: Int?
  /// Whether a table that is wider than the terminal is written a line a value.
  public var turnsWhenWide = false
  /// Whether the terminal's formats may use bold and dim.
  public var usesColor = false

  public init(timeZone: TimeZone = .utc) { self.timeZone = timeZone }
}
