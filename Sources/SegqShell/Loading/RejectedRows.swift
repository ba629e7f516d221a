import SegqFormats

/// The rows of a file that could not be taken: the first of them, and how many there are.
struct RejectedRows {
  /// So many are told one by one.
  private static let told = 5

  /// The first by line.
  private(set) var first: [CSVDocument.BadRow] = []
  private(set) var count = 0

  /// Begins with the rows that the reader could not cut.
  init(_ document: CSVDocument) { add(document) }

  init() {}

  /// Adds those; a reader keeps the first of them only.
  mutating func add(_ document: CSVDocument) {
    for row in document.badRows { add(line: row.line, row.reason) }
    count += document.badRowCount - document.badRows.count
  }

  /// The reason is put into words only if it will be told.
  mutating func add(line: Int, _ reason: @autoclosure () -> String) {
    count += 1
    if first.count == Self.told {
      guard let last = first.last, line < last.line else { return }
      first.removeLast()
    }
    let place = first.firstIndex { $0.line > line } ?? first.count
    first.insert(CSVDocument.BadRow(line: line, reason: reason()), at: place)
  }
}
