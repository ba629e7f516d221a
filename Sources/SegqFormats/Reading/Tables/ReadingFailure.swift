public import SegqBytes

/// Why a file, or a sheet of it, cannot be read.
public enum ReadingFailure: Error, Sendable, Hashable {
  case interrupted
  case source(SourceFailure)
  /// XML or JSON that breaks its own rules.
  case malformed(Malformed)
  /// A kind of file that is not read.
  case foreign(ForeignFile)
  /// Not a byte, or only blanks and line ends.
  case empty
  /// JSON or a workbook without anything that has rows.
  case noTable(reason: String, help: String)
  /// A column has more text than a ``TextVector`` holds.
  case textTooLarge(column: Int)
  case recordTooLarge(line: Int)
  case tooManyRows
  /// It had other rows when it was read once more.
  case changed

  public struct Malformed: Sendable, Hashable {
    /// The file in the archive, where the file is one: `xl/worksheets/sheet1.xml`.
    public var part: String?
    /// From 1, both of them.
    public var line: Int
    public var column: Int
    public var reason: String

    public init(part: String? = nil, line: Int, column: Int, reason: String) {
      self.part = part
      self.line = line
      self.column = column
      self.reason = reason
    }
  }
}

extension ReadingFailure {
  /// Why reading failed: what is half written looks damaged in any way, so `check` tells whether the file
  /// changed meanwhile.
  func caused(_ check: () throws(SourceFailure) -> Void) -> ReadingFailure {
    switch self {
    case .interrupted, .source(.interrupted): return self
    case .source, .malformed, .foreign, .empty, .noTable, .textTooLarge, .recordTooLarge,
      .tooManyRows, .changed:
      do throws(SourceFailure) { try check() } catch { return .source(error) }
      return self
    }
  }
}
