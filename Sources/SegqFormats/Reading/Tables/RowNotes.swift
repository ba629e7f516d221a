/// What happened to rows and cells that are neither good rows nor bad ones, so that nothing is lost
/// in silence.
public struct RowNotes: Sendable, Hashable {
  /// How often something happened, and the line of the first.
  public struct Tally: Sendable, Hashable {
    public private(set) var count = 0
    public private(set) var firstLine = 0

    public mutating func add(line: Int) {
      if count == 0 { firstLine = line }
      count += 1
    }

    mutating func add(_ other: Tally) {
      if count == 0 { firstLine = other.firstLine }
      count += other.count
    }
  }

  /// Rows that repeat the header, as files have that were put behind each other: left out.
  public var repeatedHeaders = Tally()
  /// Cells of a spreadsheet that are left or right of the header and hold something: left out.
  public var strayCells = Tally()
  /// Cells of a spreadsheet that hold an error, such as `#N/A`: read as null.
  public var errorCells = Tally()

  public init() {}

  public var isEmpty: Bool { self == RowNotes() }

  mutating func add(_ other: RowNotes) {
    repeatedHeaders.add(other.repeatedHeaders)
    strayCells.add(other.strayCells)
    errorCells.add(other.errorCells)
  }
}
