/// One row of the screen: the bytes that draw it and the cells they fill.
struct Row: Equatable {
  var bytes: [UInt8] = []
  var width = 0
}

/// What the editor shows at one moment, and where the cursor stands in it.
struct Frame: Equatable {
  struct Place: Equatable {
    var row: Int
    var column: Int
  }

  var rows: [Row]
  var cursor: Place
  /// How many rows are hidden above.
  var top: Int

  /// A window of `height` rows over all rows: as near to `top` as the cursor allows.
  init(rows: [Row], cursor: Place, height: Int, top: Int) {
    let last = max(0, rows.count - height)
    let first = min(max(min(top, cursor.row), cursor.row - height + 1), last)
    self.rows = Array(rows.dropFirst(first).prefix(height))
    self.cursor = Place(row: cursor.row - first, column: cursor.column)
    self.top = first
  }
}
