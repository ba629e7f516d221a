import SegqFormats

/// The rows of a file that could not be taken: the first of them, and how many there are.
struct RejectedRows {
  /// So many are told one by one.
  private static let told = 5

  /// The first by line.
  private(set) var first: [CSVDocument.BadRow] = []
  private(set) var count = 0

  init(_ rows: [CSVDocument.BadRow]) {
    for row in rows { add(line: row.line, row.reason) }
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
