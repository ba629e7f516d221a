import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords

// From a file to rows that a table can take.
extension StoreLoader {
  /// All rows of a file, with what is computed of its columns. Behind a table its values are read as
  /// the kinds that its columns have.
  func fileRows(of item: LoadItem, behind table: Table? = nil) throws(ShellError) -> FileRows {
    var sheet = if let table { try self.sheet(item, behind: table) } else { try sheet(item) }
    let columns = columns(of: &sheet)
    let document = sheet.document
    var rows = FileRows(shape: item.shape, columns: columns, item: item, document: document)
    try note(document, sheet, rows: document.rowCount)
    leaveOutFooter(of: &rows)
    if let column = item.shape.continuedWhereEmpty {
      rows.continued = rows.columns[column].vector.emptyRows
    }
    rows.clearParts()
    rows.compute()
    return rows
  }

  /// Leaves out rows at the end that only sum the others or say something of them, and reports each.
  private func leaveOutFooter(of rows: inout FileRows) {
    let footer = rows.footer
    guard !footer.isEmpty else { return }
    for (row, kind) in footer {
      let text = kind.message(isLast: row == rows.count - 1)
      warn(Diagnostic(.note, code: kind.rawValue, "\(rows.item.place(rows.line(row))): \(text)"))
      report.note(rows.name) { $0.notes.append("line \(rows.line(row)): \(text)") }
    }
    rows = rows.keeping(Array(0..<Int32(rows.count - footer.count)))
    rows.makeWholeIDs()
  }

  /// Takes the values out of the sheet: they are held once only.
  private func columns(of sheet: inout Sheet) -> [LoadedColumn] {
    sheet.shape.columns.indices.map { index in
      let column = sheet.shape.columns[index]
      let read = sheet.document.columns[index]
      var vector = read?.vector ?? ColumnVector(type: .text, storage: .texts(TextVector()))
      sheet.document.columns[index]?.vector = ColumnVector([], type: vector.type)
      if sheet.item.hasReportTexts { vector = ReportText.restored(vector) }
      let field = Field(name: column.name, header: column.header, type: vector.type)
      var loaded = LoadedColumn(field, vector, isShown: column.isShown)
      loaded.evidence = read.map { $0.evidence.description }
      return loaded
    }
  }

  /// Leaves the rows that a table can take: those with an id that no earlier row has, and that none of
  /// `table` has. The others are reported.
  func accept(
    _ rows: inout FileRows, besides table: Table?, isQuiet: Bool = false
  ) throws(ShellError) {
    guard let id = rows.shape.idColumn else { return }
    var rejected = RejectedRows()
    var bad = rows.continued ?? Bitmap(count: rows.count)
    let ids = rows.columns[id].vector
    ids.emptyRows.forEachSet { row in
      if bad.insert(row) { rejected.add(line: rows.line(row), "no id") }
    }
    if let index = table?.index, let table {
      for (row, known) in index.rows(of: ids).enumerated() where known >= 0 && bad.insert(row) {
        guard !isQuiet else { continue }
        rejected.add(
          line: rows.line(row), "the id \(ids[row].text(in: .utc)) is in \(table.name) already")
      }
    }
    addRepeated(ids, rows, &bad, &rejected)
    try checkInterrupt()
    try tell(rejected, of: rows.item, among: rows.count)
    guard !bad.isEmpty else { return }
    rows = rows.keeping((~bad).positions.map { Int32(truncatingIfNeeded: $0) })
  }

  /// Rows with an id that an earlier row has. Where the file has a row for each order of a person, the
  /// first is the person's.
  private func addRepeated(
    _ ids: ColumnVector, _ rows: FileRows, _ bad: inout Bitmap, _ rejected: inout RejectedRows
  ) {
    if let numbers = ids.numbers, bad.isEmpty, numbers.isStrictlyAscending { return }
    let kept = bad.isEmpty ? nil : (~bad).positions.map { Int32(truncatingIfNeeded: $0) }
    let valid = kept.map { ids.gathered($0) } ?? ids
    var merged = 0
    for (index, first) in KeyIndex(ofRows: valid).rows(of: valid).enumerated()
    where first != Int32(truncatingIfNeeded: index) {
      let row = kept.map { Int($0[index]) } ?? index
      bad[row] = true
      guard rows.shape.keyColumn == nil else {
        merged += 1
        continue
      }
      rejected.add(
        line: rows.line(row), "an earlier row has the id \(ids[row].text(in: .utc)) too")
    }
    guard merged > 0, let id = rows.shape.idColumn else { return }
    let header = rows.item.glimpse.header[id]
    report.note(rows.name) {
      $0.notes.append(
        "\(merged) \(merged == 1 ? "row has" : "rows have") the \(header) of an earlier row and "
          + "\(merged == 1 ? "is" : "are") the same customer")
    }
  }

  /// Reports rows that were skipped: the first by line, then how many there are; or stops at the
  /// first. Where most rows of a file would be lost, it is taken for something that it is not.
  func tell(_ rejected: RejectedRows, of item: LoadItem, among count: Int) throws(ShellError) {
    guard let first = rejected.first.first else { return }
    if stopsOnBadRow {
      throw .badRow(item.place(first.line), first.reason)
    }
    let total = rejected.count
    guard total * 2 <= count || count < 10 else {
      throw .diagnostic(
        Diagnostic(
          code: "most-rows-bad",
          "\(item.name): \(total) of \(count) rows can't be read, the first at line \(first.line): "
            + first.reason,
          help: "say what the file is: load '\(item.path)' as TABLE (id = 'HEADER')"))
    }
    for row in rejected.first {
      warn(Diagnostic(.warning, code: "bad-row", "\(item.place(row.line)): \(row.reason)"))
    }
    warn(
      Diagnostic(
        .warning, code: "bad-rows",
        "\(item.name): \(total) \(total == 1 ? "row was" : "rows were") skipped"))
    report.note(item.name) { $0.skipped += total }
  }
}

extension FileRows {
  /// Ids that only the row that was left out made texts are numbers again.
  fileprivate mutating func makeWholeIDs() {
    for (i, column) in shape.columns.enumerated() where column.kind == .id {
      guard let numbers = columns[i].vector.wholeNumbers else { continue }
      columns[i].vector = numbers
      columns[i].field.type = .integer
    }
  }

  /// What a row at the end of a file is that is none of the table's.
  fileprivate enum Footer: String {
    case total = "total-row"
    case remark

    func message(isLast: Bool) -> String {
      let row = isLast ? "the last row" : "this row"
      return switch self {
      case .total: "\(row) is a total of the others and is skipped"
      case .remark: "\(row) is a remark and is skipped"
      }
    }
  }

  /// The rows at the end that only sum, or that are a remark, last row first.
  ///
  /// ```
  /// id,date,total
  /// 1,2024-01-01,10
  /// Total,,10
  /// Exported by Ann,,
  /// ```
  fileprivate var footer: [(row: Int, kind: Footer)] {
    var found: [(row: Int, kind: Footer)] = []
    while found.count < min(Self.longestFooter, count - 1),
      let kind = footer(row: count - 1 - found.count)
    {
      found.append((count - 1 - found.count, kind))
    }
    return found
  }

  private static let longestFooter = 10

  /// A row that sums says so (`Total`, `Summe`, nothing in the other texts), and has no date. A remark
  /// is one text of several words, in the first column, with nothing beside it.
  private func footer(row: Int) -> Footer? {
    let words = columns.compactMap { column -> String? in
      guard column.vector.type == .text, case .text(let text) = column.vector[row] else {
        return nil
      }
      return text.isEmpty ? nil : text.lowercased()
    }
    let dates = columns.filter { $0.vector.type.isTemporal }
    guard words.count == 1, let word = words.first,
      dates.allSatisfy({ $0.vector.isNull(row) }),
      shape.dateColumn == nil || dates.contains(where: { !$0.vector.isNull(0) })
    else { return nil }
    if Self.totals.contains(where: { word.hasPrefix($0) }) { return .total }
    let isAlone = columns.dropFirst().allSatisfy { $0.vector.emptyCell(row) }
    return isAlone && columns.count > 2 && word.contains(" ") && shape.idColumn == 0 ? .remark : nil
  }

  private static let totals = ["total", "grand total", "sum", "summe", "gesamt", "somme", "totale"]
}

extension ColumnVector {
  /// Whether a value is null, or empty text.
  fileprivate func emptyCell(_ row: Int) -> Bool {
    if isNull(row) { return true }
    if case .text(let text) = self[row] { return text.isEmpty }
    return false
  }

  /// Texts that all are whole numbers as numbers.
  fileprivate var wholeNumbers: ColumnVector? {
    guard type == .text else { return nil }
    var values: [Value] = []
    for row in 0..<count {
      guard case .text(let text) = self[row] else {
        values.append(.null)
        continue
      }
      guard let number = Int64(text), String(number) == text else { return nil }
      values.append(.integer(number))
    }
    return ColumnVector(values, type: .integer)
  }
}

extension [Int64] {
  fileprivate var isStrictlyAscending: Bool {
    for i in 1..<Swift.max(1, count) where self[i] <= self[i - 1] { return false }
    return true
  }
}

extension ShellError {
  /// The first row that can't be taken whole, where such a row is to stop the load.
  static func badRow(_ place: String, _ reason: String) -> ShellError {
    .diagnostic(
      Diagnostic(
        code: "bad-row", "\(place): \(reason)",
        help: "leave out '--on-bad-row stop' to skip such rows and read such values as null"))
  }
}
