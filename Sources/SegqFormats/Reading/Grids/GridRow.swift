/// A row of a spreadsheet: cells with their columns, some of which may be left out.
final class GridRow {
  struct Cell {
    /// From 0.
    var column: Int
    /// Where its text lies in ``GridRow/text``; nothing in it is null.
    var start: Int
    var end: Int
  }

  /// From 1.
  var number = 0
  private(set) var cells: [Cell] = []
  private(set) var text: [UInt8] = []
  /// Columns do not come in order, or twice.
  private(set) var isUnordered = false
  var errorCount = 0

  func begin(number: Int) {
    self.number = number
    cells.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    (isUnordered, errorCount) = (false, 0)
  }

  @inline(__always)
  func add(column: Int, _ value: ArraySlice<UInt8>) {
    if let last = cells.last, last.column >= column { isUnordered = true }
    let start = text.count
    text.append(contentsOf: value)
    cells.append(Cell(column: column, start: start, end: text.count))
  }

  /// Puts the columns in order; of one that comes twice the last counts, as in spreadsheets.
  func finish() {
    guard isUnordered else { return }
    var last: [Int: Cell] = [:]
    for cell in cells { last[cell.column] = cell }
    cells = last.values.sorted { $0.column < $1.column }
  }
}

/// Takes the rows of a spreadsheet in order; false where no more are wanted.
protocol GridConsumer: AnyObject {
  func take(_ row: GridRow) -> Bool
}

/// What reads a sheet row by row.
protocol GridScanner: AnyObject, Sendable {
  /// Reads a piece of the sheet and hands its rows over; false at the end.
  func advance() throws(ReadingFailure) -> Bool
}

/// A spreadsheet has no more columns than this.
let mostGridColumns = 1 << 14
