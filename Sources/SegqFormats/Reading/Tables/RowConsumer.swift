public import SegqRecords

/// Takes the rows of a file as they are read, so that nobody holds them all: of the members of
/// segments only a bit each is kept.
public protocol RowConsumer: Sendable {
  /// Takes some rows. Several threads call it at once, in any order.
  func take(_ rows: ReadRows)

  /// What was taken so far is void: the file is read once more, because its dates are written in
  /// another way than the first of them looked.
  func startOver()
}

/// Some neighbouring rows of a file, with the columns that were asked for.
public struct ReadRows: Sendable {
  private let result: BlockResult

  init(_ result: BlockResult) { self.result = result }

  public var count: Int { result.rowCount }

  /// The line at which a row begins.
  public func line(ofRow row: Int) -> Int {
    guard let note = result.lines.last(where: { $0.row <= row }) else { return 0 }
    return note.line + row - note.row
  }

  /// The numbers of a column; a null and what is no number have 0. None of a column of text.
  public func numbers(_ column: Int) -> ArraySlice<Int64> {
    let part = result.parts[column]
    switch part.kind {
    case .text: return []
    case .nothing: return ArraySlice(repeating: 0, count: result.rowCount)
    case .empty, .placeholders, .integer, .decimal, .date, .datetime, .boolean:
      return part.numbers.prefix(result.rowCount)
    }
  }

  /// The values of a column as they were read.
  public func vector(_ column: Int) -> ColumnVector {
    let part = result.parts[column]
    var nulls: Bitmap?
    if part.kind == .nothing {
      nulls = ~Bitmap(count: result.rowCount)
    } else if !part.nullRows.isEmpty {
      nulls = Bitmap(count: result.rowCount)
      for row in part.nullRows { nulls?[Int(row)] = true }
    }
    guard part.kind == .text else {
      let type = part.kind.hasValues ? part.kind.type : .integer
      return ColumnVector(type: type, storage: .numbers(Array(numbers(column))), nulls: nulls)
    }
    return ColumnVector(type: .text, storage: .texts(part.texts), nulls: nulls)
  }

  /// Days, where no value of these rows has a clock; else seconds.
  public func areDays(_ column: Int) -> Bool { result.parts[column].kind == .date }

  /// Whether these rows were read as text: ids that are not all whole numbers (``ColumnWish/id``).
  public func areTexts(_ column: Int) -> Bool { result.parts[column].kind == .text }

  /// In no order.
  public func nullRows(_ column: Int) -> [Int32] { result.parts[column].nullRows }

  /// What did not fit the wish, by its row among these; these rows are null too.
  public func badValues(_ column: Int) -> [CSVDocument.BadValue] {
    result.parts[column].badValues
  }
}
