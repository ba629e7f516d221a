public import SegqRecords

/// A table of a file, read into columns of values.
public struct CSVDocument: Sendable {
  /// In the order of the file; nil for those that nobody asked for.
  public var columns: [Column?] = []
  public internal(set) var rowCount = 0
  /// Rows that were not cut into as many fields as the header has, in order: the first
  /// ``mostBadRows`` of them.
  public internal(set) var badRows: [BadRow] = []
  /// How many such rows there are.
  public internal(set) var badRowCount = 0
  /// So many are kept: of a file of other things every row may be bad.
  public static let mostBadRows = 1000
  /// How many values were no UTF-8 and were read as Windows-1252, and the line of the first.
  public internal(set) var foreignValues = 0
  public internal(set) var firstForeignLine = 0
  /// Rows and cells that were left out, or read as null, for other reasons.
  public internal(set) var notes = RowNotes()
  private var lines: [(row: Int, line: Int)] = []

  /// The values of one column. A null is nothing between delimiters, or `\N`.
  public struct Column: Sendable {
    public var vector: ColumnVector
    /// Values that stand for none, `-` or `NULL`, and are null.
    public var placeholders = WordTally()
    /// Values that did not fit the wish, and are null.
    public var misfits = Misfits()
    /// Why it was read as it was.
    public var evidence: ColumnEvidence
    /// How many numbers had more than four decimal places and were rounded.
    public var roundedCount = 0
    /// It was to hold dates, and hardly anything in it is one: it was read as text.
    public var isNoTime = false
  }

  public struct BadValue: Sendable, Hashable {
    public var row: Int
    public var text: String
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

  /// The line at which a row begins. O(log n).
  public func line(ofRow row: Int) -> Int {
    var low = 0
    var high = lines.count
    while low < high {
      let middle = (low + high) / 2
      if lines[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return row + 2 }
    return lines[low - 1].line + row - lines[low - 1].row
  }

  /// Adds the rows of a block, without their values.
  mutating func append(rowsOf block: BlockResult) {
    for note in block.lines {
      let row = rowCount + note.row
      if line(ofRow: row) != note.line { lines.append((row, note.line)) }
    }
    rowCount += block.rowCount
    badRows += block.badRows.prefix(Self.mostBadRows - badRows.count)
    badRowCount += block.badRowCount
    if foreignValues == 0 { firstForeignLine = block.foreign.firstLine }
    foreignValues += block.foreign.count
    notes.add(block.notes)
  }
}
