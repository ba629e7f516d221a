/// Where the table of a sheet lies: its header, its columns, its first row.
struct GridLayout: Sendable {
  var header: [String] = []
  /// Of the header in the sheet, from 1; 0 where there is none.
  var headerRow = 0
  /// As the header is written, by which one that comes again is told.
  var headerFields: [[UInt8]?] = []
  /// Of the first column in the sheet, from 0.
  var firstColumn = 0
  /// Rows before this one are titles, or the header.
  var firstRow = 1
  var notes: [SheetNote] = []

  var width: Int { header.count }

  /// Finds the table by the first rows that hold something.
  init(_ rows: [GridSample.Row]) {
    guard let first = rows.lazy.compactMap(\.firstColumn).min() else { return }
    let dense = rows.map { row in Array(row.fields.dropFirst(min(first, row.fields.count))) }
    let width = Self.usualWidth(dense)
    let finder = HeaderFinder(dense.map { Self.padded($0, width) }, width: width)
    firstColumn = first
    firstRow = rows[finder.first].number
    if let place = finder.header {
      // A table that begins right of a title.
      let shift = dense[place].prefix { ($0 ?? []).isEmpty }.count
      let isIndexed = dense[(place + 1)...].contains { !($0.first.flatMap { $0 } ?? []).isEmpty }
      let start = isIndexed ? 0 : shift
      firstColumn += start
      headerFields = Self.trimmed(Array(dense[place].dropFirst(start)))
      header = headerFields.map { String(decoding: $0 ?? [], as: UTF8.self) }
      headerRow = rows[place].number
      firstRow = headerRow + 1
    } else {
      header = (1...max(1, width)).map { "column_\($0)" }
      notes.append(.noHeader(first: Self.text(dense[finder.first])))
    }
    if finder.first > 0 {
      notes.append(.titleLines(count: finder.first, first: Self.text(dense[0])))
    }
  }

  private static func padded(_ row: [[UInt8]?], _ width: Int) -> [[UInt8]?] {
    row + [[UInt8]?](repeating: nil, count: max(0, width - row.count))
  }

  private static func trimmed(_ row: [[UInt8]?]) -> [[UInt8]?] {
    let last = row.lastIndex { !($0 ?? []).isEmpty } ?? 0
    return Array(row[...last])
  }

  /// How wide the widest of the rows are that are not titles.
  private static func usualWidth(_ rows: [[[UInt8]?]]) -> Int {
    let widths = rows.map { trimmed($0).count }.sorted()
    return widths[widths.count / 2]
  }

  private static func text(_ row: [[UInt8]?]) -> String {
    row.compactMap { $0 }.map { String(decoding: $0.prefix(40), as: UTF8.self) }
      .prefix(8).joined(separator: ", ")
  }
}

/// The first rows of a sheet that hold something.
final class GridSample: GridConsumer {
  struct Row {
    var number: Int
    var fields: [[UInt8]?]

    var firstColumn: Int? { fields.firstIndex { !($0 ?? []).isEmpty } }
  }

  private(set) var rows: [Row] = []
  static let most = 100

  func take(_ row: GridRow) -> Bool {
    guard row.cells.contains(where: { $0.end > $0.start }) else { return true }
    var fields: [[UInt8]?] = []
    for cell in row.cells where cell.column < mostGridColumns {
      while fields.count <= cell.column { fields.append(nil) }
      fields[cell.column] = Array(row.text[cell.start..<cell.end])
    }
    rows.append(Row(number: row.number, fields: fields))
    return rows.count < Self.most
  }
}
