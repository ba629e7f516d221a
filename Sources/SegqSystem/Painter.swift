/// Turns frames into the bytes that change the screen from one to the next.
///
/// It moves only relative to the cursor, since nobody knows where on the screen the first row is.
struct Painter {
  private(set) var rows: [Row] = []
  private var cursor = Frame.Place(row: 0, column: 0)

  /// Draws the rows that differ, within one synchronized update, the cursor out of sight.
  mutating func paint(_ frame: Frame, into bytes: inout [UInt8]) {
    guard frame.rows != rows || frame.cursor != cursor else { return }
    bytes.append(text: "\u{1B}[?2026h\u{1B}[?25l")
    for index in frame.rows.indices
    where !rows.indices.contains(index) || rows[index] != frame.rows[index] {
      go(to: index, &bytes)
      draw(frame.rows[index], &bytes)
    }
    if frame.rows.count < rows.count {
      go(to: frame.rows.count, &bytes)
      bytes.append(text: "\u{1B}[J")
    }
    rows = frame.rows
    go(to: frame.cursor.row, &bytes)
    if frame.cursor.column > 0 { bytes.append(text: "\u{1B}[\(frame.cursor.column)C") }
    cursor.column = frame.cursor.column
    bytes.append(text: "\u{1B}[?25h\u{1B}[?2026l")
  }

  /// Leaves what is painted where it is and goes to the start of the row below it.
  mutating func finish(into bytes: inout [UInt8]) {
    if !rows.isEmpty { go(to: rows.count, &bytes) }
    forget()
  }

  /// Nothing is painted any more, and the cursor stands at the start of a row.
  mutating func forget() {
    rows = []
    cursor = Frame.Place(row: 0, column: 0)
  }

  /// Takes back what is painted, on a terminal that has since become `columns` wide and has folded
  /// the rows that no longer fit, as nearly all terminals do.
  mutating func erase(columns: Int, into bytes: inout [UInt8]) {
    guard !rows.isEmpty else { return }
    let above = rows.prefix(cursor.row).reduce(0) {
      $0 + max(1, ($1.width + columns - 1) / columns)
    }
    cursor.row = above + cursor.column / columns
    go(to: 0, &bytes)
    bytes.append(text: "\u{1B}[J")
    forget()
  }

  private mutating func draw(_ row: Row, _ bytes: inout [UInt8]) {
    bytes.append(text: "\u{1B}[K")
    bytes.append(contentsOf: row.bytes)
  }

  /// To the start of a row. Below the last one painted there may be no row of the screen yet, and
  /// only a line feed makes one.
  private mutating func go(to row: Int, _ bytes: inout [UInt8]) {
    bytes.append(text: "\r")
    let known = min(row, max(0, rows.count - 1, cursor.row))
    if known < cursor.row { bytes.append(text: "\u{1B}[\(cursor.row - known)A") }
    if known > cursor.row { bytes.append(text: "\u{1B}[\(known - cursor.row)B") }
    for _ in known..<row { bytes.append(text: "\n") }
    cursor = Frame.Place(row: row, column: 0)
  }
}

extension [UInt8] {
  mutating func append(text: String) {
    append(contentsOf: text.utf8)
  }
}
