/// The first records of a file as one dialect reads them.
struct DialectAttempt {
  let dialect: TextDialect
  private(set) var records: [RecordParser.Record]
  private var commentCount = 0
  /// How many fields the rows have; with a trailing delimiter one more than the header.
  private let rowWidth: Int
  private(set) var score = 0.0

  init(_ dialect: TextDialect, _ records: [RecordParser.Record]) {
    self.dialect = dialect
    self.records = records
    rowWidth = Self.usualWidth(records)
    dropComments()
    score = judged()
  }

  /// The most frequent number of fields; of those as frequent the larger.
  private static func usualWidth(_ records: [RecordParser.Record]) -> Int {
    var counts: [Int: Int] = [:]
    for record in records { counts[record.fields.count, default: 0] += 1 }
    let many = counts.filter { $0.key > 1 }
    return (many.isEmpty ? counts : many).max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1
  }

  /// `# exported 2024-01-31`, above the header and not cut as the rows are.
  private mutating func dropComments() {
    commentCount =
      records.prefix { record in
        (record.fields[0]?.first == UInt8(ascii: "#"))
          && (record.fields.count != rowWidth || rowWidth == 1 && records.count > 1)
      }.count
    if commentCount < records.count { records.removeFirst(commentCount) } else { commentCount = 0 }
  }

  private func judged() -> Double {
    guard rowWidth > 1, !records.isEmpty else { return 0 }
    let start = tableStart
    let table = records[start...]
    let alike = table.count { isAlike($0) }
    guard start == 0 || alike > 1 else { return 0 }
    let loose = table.reduce(0) { $0 + $1.looseQuotes }
    let share = Double(alike) / Double(table.count)
    let coverage = Double(table.count) / Double(records.count)
    let quotes = 1 - Double(min(loose, table.count)) / Double(table.count + 1) / 2
    let titles = start == 0 ? 1 : 0.9 + coverage / 10
    // Of two that cut all lines alike, the one with more fields.
    let uncut = Double(table.count { holdsOtherDelimiters($0) }) / Double(table.count)
    return share * quotes * titles * (1 - uncut / 10) * (1 + Double(min(rowWidth, 50)) / 1000)
      * (looksLikeHeader(records[start]) ? 1 : 0.85) * (dialect.escapes.hasBackslashes ? 1.05 : 1)
  }

  /// Whether a field looks as if it should be cut by another delimiter: `A;1`, but not `1,5`.
  private func holdsOtherDelimiters(_ record: RecordParser.Record) -> Bool {
    record.fields.contains { field in
      guard let field else { return false }
      return field.contains { TextDialect.delimiters.contains($0) && $0 != dialect.delimiter }
        && FieldKind(field) != .numeric
    }
  }

  private func looksLikeHeader(_ record: RecordParser.Record) -> Bool {
    record.fields.allSatisfy { FieldKind($0) != .numeric }
  }

  /// Whether a record has as many fields as the others, or one more that is empty, or a header's
  /// fewer.
  private func isAlike(_ record: RecordParser.Record) -> Bool {
    record.fields.count == rowWidth
      || record.fields.count == rowWidth + 1 && record.endsEmpty
      || record.fields.count == rowWidth - 1 && rowWidth > 2 && rowsEndEmpty
  }

  /// All rows end with a delimiter.
  private var rowsEndEmpty: Bool {
    let rows = records.filter { $0.fields.count == rowWidth }
    return rows.count > 0 && rows.dropFirst().allSatisfy { $0.endsEmpty }
      && rows.contains { $0.endsEmpty }
  }

  /// The first record that is cut as the others are.
  private var tableStart: Int { records.firstIndex { isAlike($0) } ?? 0 }

  func layout(in bytes: ArraySlice<UInt8>) -> DelimitedLayout? {
    guard !records.isEmpty else { return nil }
    let begin = tableStart
    let rows = records[begin...].map(\.fields)
    let finder = HeaderFinder(rows, width: rowWidth)
    let first = begin + finder.first
    let width = width(from: first, hasHeader: finder.header != nil)
    var layout =
      finder.header == nil
      ? DelimitedLayout(dialect, firstRow: records[first], width: width)
      : DelimitedLayout(dialect, headerRecord: records[first], width: width, bytes)
    layout.notes = notes(first: first, layout, in: bytes)
    return layout
  }

  /// How many columns there are: an empty last field that no row fills is none.
  private func width(from first: Int, hasHeader: Bool) -> Int {
    let record = records[first]
    let table = records[first...]
    guard hasHeader else {
      let endsEmpty = rowWidth > 1 && rowsEndEmpty && record.endsEmpty
      return endsEmpty ? rowWidth - 1 : max(rowWidth, 1)
    }
    let count = record.fields.count
    guard count > 1, (record.fields[count - 1] ?? []).isEmpty else { return count }
    let isFilled = table.contains {
      $0.fields.count >= count && !($0.fields[count - 1] ?? []).isEmpty
    }
    return isFilled ? count : count - 1
  }

  private func notes(
    first: Int, _ layout: DelimitedLayout, in bytes: ArraySlice<UInt8>
  ) -> [SheetNote] {
    var notes: [SheetNote] = []
    if commentCount > 0 { notes.append(.comments(count: commentCount)) }
    if first > 0 {
      notes.append(.titleLines(count: first, first: text(of: records[0], in: bytes)))
    }
    if layout.headerLine == 0 {
      notes.append(.noHeader(first: text(of: records[first], in: bytes)))
    }
    if dialect.escapes.hasBackslashes { notes.append(.backslashes) }
    if layout.width < rowWidth, rowsEndEmpty { notes.append(.trailingDelimiter) }
    return notes
  }

  private func text(of record: RecordParser.Record, in bytes: ArraySlice<UInt8>) -> String {
    let end = record.ends.last ?? record.start
    return String(decoding: bytes[record.start..<end].prefix(80), as: UTF8.self)
  }
}
