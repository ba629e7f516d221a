public import SegqRecords

/// A file of delimited text, cut into columns; no value has been given a type yet.
public struct CSVDocument: Sendable {
  public var header: [String] = []
  public var columns: [RawColumn] = []
  public var rowCount = 0
  /// Rows that could not be taken, in order.
  public var badRows: [BadRow] = []
  /// How many values were no UTF-8 and were read as Windows-1252, and the line of the first.
  public var foreignValues = 0
  public var firstForeignLine = 0
  private var lineOffsets: [(row: Int, extra: Int)] = []

  /// One column as text. A null is nothing between delimiters, or `\N`.
  public struct RawColumn: Sendable {
    public var texts = TextVector()
    public var nulls = Bitmap(count: 0)
  }

  public struct BadRow: Sendable, Hashable {
    /// From 1, the header's included.
    public var line: Int
    public var reason: String

    public init(line: Int, reason: String) {
      self.line = line
      self.reason = reason
    }
  }

  /// The line at which a row begins.
  public func line(ofRow row: Int) -> Int {
    row + 2 + (lineOffsets.last { $0.row <= row }?.extra ?? 0)
  }

  mutating func note(line: Int, ofRow row: Int) {
    let extra = line - row - 2
    if extra != lineOffsets.last?.extra ?? 0 { lineOffsets.append((row, extra)) }
  }
}
