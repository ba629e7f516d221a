import SegqBytes
import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

// Reading files.
extension StoreLoader {
  /// Reads a sheet whole, with the kinds of values that its shape has.
  func sheet(_ item: LoadItem) throws(ShellError) -> Sheet {
    try sheet(item, wishes: item.shape.columns.map(\.kind.wish))
  }

  /// Reads a sheet whose values are taken as they are written: few rows, of which each value means
  /// something else.
  func textSheet(_ item: LoadItem) throws(ShellError) -> Sheet {
    try sheet(item, wishes: item.shape.columns.map { _ in .text })
  }

  func sheet(
    _ item: LoadItem, wishes: [ColumnWish?], consumer: (any RowConsumer)? = nil
  ) throws(ShellError) -> Sheet {
    told(try read(item, wishes, consumer))
  }

  /// The same, without a word of what was found.
  private func read(
    _ item: LoadItem, _ wishes: [ColumnWish?], _ consumer: (any RowConsumer)? = nil
  ) throws(ShellError) -> Sheet {
    let progress = showsProgress ? ProgressLine("reading \(Files.name(of: item.path))") : nil
    defer { progress?.finish() }
    let reader = item.sheet.reader(
      columns: wishes, settings: ReadingSettings(dateOrder: dateOrder, zone: zone),
      consumer: consumer, isInterrupted: isInterrupted)
    do throws(ReadingFailure) {
      let document = try reader.read {
        Workers.run(min(Workers.limit, reader.usefulWorkers), $0)
      }
      return Sheet(item: item, wishes: wishes, document: document)
    } catch {
      throw Self.unreadable(error, item.path, header: item.shape.columns.map(\.header))
    }
  }

  /// Opens a file, whatever its format.
  func open(_ path: String) throws(ReadingFailure) -> TableFile {
    let input: Input
    do throws(SourceFailure) {
      input = try InputSource.open(path, isInterrupted: isInterrupted)
    } catch { throw .source(error) }
    return try TableFile(input, isInterrupted: isInterrupted)
  }

  /// The code of what says that a file holds no table.
  static let noTable = "no-table"

  static func unreadable(
    _ failure: ReadingFailure, _ path: String, header: [String] = []
  ) -> ShellError {
    switch failure {
    case .interrupted, .source(.interrupted): .interrupted
    case .source(.system(let code, _)): .file(path, SystemError(code: code))
    case .foreign, .empty, .noTable:
      .diagnostic(Diagnostic(code: Self.noTable, failure.message(path), help: failure.help))
    case .source, .malformed, .textTooLarge, .recordTooLarge, .tooManyRows, .changed:
      .diagnostic(
        Diagnostic(
          code: "unreadable", failure.message(path, header: header), help: failure.help))
    }
  }

  /// Reads a file whose rows are to stand behind those of a table: with the kinds of values that its
  /// columns have. Values that would make a column of numbers or times one of text are bad ones.
  func sheet(_ item: LoadItem, behind table: Table) throws(ShellError) -> Sheet {
    let shape = item.shape
    let places = Self.places(of: shape, in: table)
    let keys = Set([table.idColumn, table.parent?.key.id].compactMap(\.self))
    let known = places.map { table.columns.indices.contains($0) ? table.columns[$0].values : nil }
    var wishes = shape.columns.indices.map { i in
      known[i]?.wish(isKey: keys.contains(places[i])) ?? shape.columns[i].kind.wish
    }
    var sheet = try read(item, wishes)
    let strict = known.enumerated().map { i, column in
      sheet.document.columns[i].flatMap { column?.wish(for: $0.vector) }
    }
    if strict.contains(where: { $0 != nil }) {
      for (i, wish) in strict.enumerated() { wishes[i] = wish ?? wishes[i] }
      sheet = try read(item, wishes)
      for (i, column) in known.enumerated() where strict[i] == .number && column?.type == .integer {
        sheet.document.columns[i]?.vector.makeIntegers()
      }
    }
    return told(sheet)
  }

  private func told(_ sheet: Sheet) -> Sheet {
    tellForeign(sheet.document, sheet.item)
    return sheet
  }

  /// Reports what there is to say of the values of a sheet.
  func note(_ document: CSVDocument, _ sheet: Sheet, rows: Int) throws(ShellError) {
    let count = rows + document.badRowCount
    report.note(sheet.item.name) { $0.rows = count }
    try tell(RejectedRows(document), of: sheet.item, among: count)
    for (index, column) in sheet.shape.columns.enumerated() {
      guard let read = document.columns[index] else { continue }
      // A row without an id is a bad row, and stops the load in its turn.
      if stopsOnBadRow, index != sheet.shape.idColumn, let misfit = read.misfits.first.first {
        throw .badRow(
          sheet.item.place(document.line(ofRow: misfit.row)),
          "\(column.header) '\(misfit.text)' is not \(sheet.wishes[index]?.article ?? "a value")")
      }
      note(read, column, sheet)
    }
    notePlaceholders(document, sheet)
    noteRows(document.notes, sheet)
  }

  /// Rows and cells that the reader left out, or read as null.
  private func noteRows(_ notes: RowNotes, _ sheet: Sheet) {
    let found = [
      (
        notes.repeatedHeaders, "row repeats the header and is skipped",
        "rows repeat the header and are skipped"
      ),
      (
        notes.strayCells, "value has no header above it and is skipped",
        "values have no header above them and are skipped"
      ),
      (
        notes.errorCells, "cell holds an error such as #N/A and is read as null",
        "cells hold errors such as #N/A and are read as null"
      ),
    ]
    for (tally, one, many) in found where tally.count > 0 {
      let text = "\(tally.count) \(tally.count == 1 ? one : many)"
      warn(Diagnostic(.note, code: "cells", "\(sheet.item.place(tally.firstLine)): \(text)"))
      report.note(sheet.item.name) { $0.notes.append(text) }
    }
  }

  /// Words that stand for nothing, those of all columns together: `customers.csv:3: 'NULL' in 4 columns`.
  private func notePlaceholders(_ document: CSVDocument, _ sheet: Sheet) {
    let found = zip(sheet.shape.columns, document.columns).compactMap { column, read in
      read.flatMap { $0.placeholders.count > 0 ? (column.header, $0.placeholders) : nil }
    }
    guard let first = found.min(by: { $0.1.firstRow < $1.1.firstRow }) else { return }
    let count = found.reduce(0) { $0 + $1.1.count }
    let columns = found.map { "'\($0.0)'" }.joined(separator: ", ")
    let text =
      "\(count.counted("value")) of \(columns) \(count == 1 ? "is" : "are") a placeholder "
      + "such as '\(first.1.text)', read as null"
    let line = document.line(ofRow: first.1.firstRow)
    warn(Diagnostic(.note, code: "placeholders", "\(sheet.item.place(line)): \(text)"))
    report.note(sheet.item.name) { $0.notes.append(text) }
  }

  private func note(
    _ read: CSVDocument.Column, _ column: TableShape.Column, _ sheet: Sheet
  ) {
    func place(_ row: Int) -> String { sheet.item.place(sheet.document.line(ofRow: row)) }
    func tell(_ severity: Diagnostic.Severity, _ code: String, _ text: String, row: Int? = nil) {
      warn(Diagnostic(severity, code: code, "\(row.map(place) ?? sheet.item.name): \(text)"))
      report.note(sheet.item.name) { $0.notes.append(text) }
    }
    let name = "'\(column.header)'"
    if let misfit = read.misfits.first.first {
      let wanted = sheet.wishes[column: column, in: sheet.shape]?.article ?? "a value"
      tell(
        .warning, "misfits",
        "\(name) has \(read.misfits.count.counted("value")) that \(read.misfits.count == 1 ? "is" : "are") "
          + "not \(wanted), the first is '\(misfit.text)'; \(read.misfits.count == 1 ? "it is" : "they are") read as null",
        row: misfit.row)
    }
    if read.isNoTime {
      tell(.warning, "not-dates", "\(name) does not look like dates and is read as text")
    } else if let nearly = read.evidence.nearly, let other = nearly.others.first {
      tell(
        .note, "nearly",
        "\(name) is read as \(read.evidence.description); it compares and sorts as text",
        row: other.row)
    } else if read.evidence.isGuessed {
      tell(.note, "guessed", "\(name) is read as \(read.evidence.description)")
    }
    if read.roundedCount > 0 {
      tell(
        .warning, "rounded",
        "\(read.roundedCount.counted("value")) of \(name) \(read.roundedCount == 1 ? "has" : "have") "
          + "more than 4 decimal places and \(read.roundedCount == 1 ? "is" : "are") rounded")
    }
    if read.evidence.currencies.words.count > 1 {
      tell(
        .warning, "currencies",
        "\(name) has amounts in several currencies "
          + "(\(read.evidence.currencies.words.joined(separator: ", "))); sums add them as if they were one",
        row: read.evidence.currencies.firstRow)
    }
  }

  private func tellForeign(_ document: CSVDocument, _ item: LoadItem) {
    guard document.foreignValues > 0 else { return }
    warn(
      Diagnostic(
        .note, code: "not-utf8",
        "\(item.place(document.firstForeignLine)): not UTF-8, read as Windows-1252 "
          + "(\(document.foreignValues) values)"))
  }
}

extension StoredColumn {
  /// What values that come later should be; nil where that is open. The ids of rows stay numbers,
  /// whatever a file has in their place.
  fileprivate func wish(isKey: Bool) -> ColumnWish? {
    if isAllNull { return nil }
    return switch type {
    case .text: .text
    case .integer: isKey ? .integer : nil
    case .decimal: isKey ? .decimal : nil
    case .date, .datetime, .boolean: nil
    }
  }
}

extension StoredColumn {
  /// What values are to be read as that would make text of a column as they were read; nil where they
  /// fit it.
  fileprivate func wish(for values: ColumnVector) -> ColumnWish? {
    guard type != .text, commonType(with: values) == .text else { return nil }
    return switch type {
    // Numbers that are too large for decimals can only be followed by integers.
    case .integer: values.type == .decimal ? .integer : .number
    case .decimal: .number
    case .date, .datetime: .timeOnly
    case .boolean: .boolean
    case .text: nil
    }
  }
}

extension ColumnVector {
  /// Makes integers of decimals that all are whole.
  fileprivate mutating func makeIntegers() {
    guard let numbers, numbers.allSatisfy({ $0.isMultiple(of: Decimal.scale) }) else { return }
    self = ColumnVector(
      type: .integer, storage: .numbers(numbers.map { $0 / Decimal.scale }), nulls: nulls)
  }
}

extension ColumnWish {
  /// What a value that does not fit it is not.
  var article: String {
    switch self {
    case .any, .text: "a value"
    case .integer: "a whole number"
    case .id: "an id"
    case .decimal, .number: "a number"
    case .time, .timeOnly: "a date"
    case .boolean: "true or false"
    }
  }
}

extension [ColumnWish?] {
  /// What a column was read as.
  fileprivate subscript(column column: TableShape.Column, in shape: TableShape) -> ColumnWish? {
    shape.columns.firstIndex(of: column).flatMap { self[$0] }
  }
}

extension Int {
  /// `1 value`, `3 values`
  fileprivate func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}

extension TableShape.Column.Kind {
  var wish: ColumnWish {
    switch self {
    case .any: .any
    case .id: .id
    case .text: .text
    case .integer: .integer
    case .decimal: .decimal
    case .time: .time
    }
  }
}
