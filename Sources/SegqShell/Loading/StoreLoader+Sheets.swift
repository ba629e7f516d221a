import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem
import Synchronization

// Reading files.
extension StoreLoader {
  /// Reads a file whole, with the kinds of values that its shape has.
  func sheet(_ item: LoadItem) throws(ShellError) -> Sheet {
    try sheet(item.path, item.shape, wishes: item.shape.columns.map(\.kind.wish))
  }

  /// Reads a file whose values are taken as they are written: few rows, of which each value means
  /// something else.
  func textSheet(_ item: LoadItem) throws(ShellError) -> Sheet {
    try sheet(item.path, item.shape, wishes: item.shape.columns.map { _ in .text })
  }

  func sheet(
    _ path: String, _ shape: TableShape, wishes: [ColumnWish?],
    consumer: (any RowConsumer)? = nil
  ) throws(ShellError) -> Sheet {
    told(try read(path, shape, wishes, consumer))
  }

  /// The same, without a word of what was found.
  private func read(
    _ path: String, _ shape: TableShape, _ wishes: [ColumnWish?],
    _ consumer: (any RowConsumer)? = nil
  ) throws(ShellError) -> Sheet {
    let file: FileSource
    do throws(SystemError) { file = try FileSource(path) } catch { throw .file(path, error) }
    if showsProgress { file.showProgress("reading \(Files.name(of: path))") }
    defer { file.progress?.finish() }
    let reader = CSVReader(
      file, columns: wishes, settings: ReadingSettings(dateOrder: dateOrder, zone: zone),
      consumer: consumer, isInterrupted: isInterrupted)
    let document: CSVDocument
    do throws(CSVReader.Failure) {
      document = try reader.read { Workers.run(file.workers, $0) }
    } catch { throw failure(error, path, shape) }
    if let error = file.error { throw .file(path, error) }
    return Sheet(path: path, shape: shape, wishes: wishes, document: document)
  }

  /// Reads a file whose rows are to stand behind those of a table: with the kinds of values that its
  /// columns have. Values that would make a column of numbers or times one of text are bad ones.
  func sheet(_ item: LoadItem, behind table: Table) throws(ShellError) -> Sheet {
    let (path, shape) = (item.path, item.shape)
    let places = Self.places(of: shape, in: table)
    let keys = Set([table.idColumn, table.parent?.key.id].compactMap(\.self))
    let known = places.map { table.columns.indices.contains($0) ? table.columns[$0].values : nil }
    var wishes = shape.columns.indices.map { i in
      known[i]?.wish(isKey: keys.contains(places[i])) ?? shape.columns[i].kind.wish
    }
    var sheet = try read(path, shape, wishes)
    let strict = known.enumerated().map { i, column in
      sheet.document.columns[i].flatMap { column?.wish(for: $0.vector) }
    }
    if strict.contains(where: { $0 != nil }) {
      for (i, wish) in strict.enumerated() { wishes[i] = wish ?? wishes[i] }
      sheet = try read(path, shape, wishes)
      for (i, column) in known.enumerated() where strict[i] == .number && column?.type == .integer {
        sheet.document.columns[i]?.vector.makeIntegers()
      }
    }
    return told(sheet)
  }

  private func told(_ sheet: Sheet) -> Sheet {
    tellForeign(sheet.document, sheet.path)
    return sheet
  }

  /// Reports what there is to say of the values of a sheet.
  func note(_ document: CSVDocument, _ sheet: Sheet, rows: Int) throws(ShellError) {
    let count = rows + document.badRows.count
    report.note(sheet.path) { $0.rows = count }
    try tell(RejectedRows(document.badRows), of: sheet.path, among: count)
    for (index, column) in sheet.shape.columns.enumerated() {
      guard let read = document.columns[index] else { continue }
      note(read, column, sheet)
    }
  }

  private func note(
    _ read: CSVDocument.Column, _ column: TableShape.Column, _ sheet: Sheet
  ) {
    func tell(_ code: String, _ text: String) {
      warn(Diagnostic(.warning, code: code, "\(sheet.path): \(text)"))
      report.note(sheet.path) { $0.notes.append(text) }
    }
    if read.isNoTime {
      tell("not-dates", "'\(column.header)' does not look like dates and is read as text")
    }
    if read.roundedCount > 0 {
      tell(
        "rounded",
        "\(read.roundedCount) values of '\(column.header)' have more than 4 decimal places and are "
          + "rounded")
    }
  }

  private func tellForeign(_ document: CSVDocument, _ path: String) {
    guard document.foreignValues > 0 else { return }
    warn(
      Diagnostic(
        .note, code: "not-utf8",
        "\(path):\(document.firstForeignLine): not UTF-8, read as Windows-1252 "
          + "(\(document.foreignValues) values)"))
  }

  private func failure(
    _ failure: CSVReader.Failure, _ path: String, _ shape: TableShape
  ) -> ShellError {
    let reason: String
    switch failure {
    case .interrupted: return .interrupted
    case .textTooLarge(let column):
      reason = "\(path): '\(shape.columns[column].header)' holds more than 4 GiB of text"
    case .recordTooLarge(let line):
      reason = "\(path):\(line): a record of more than 2 GiB"
    case .tooManyRows: reason = "\(path): more than 2,147,483,647 rows"
    case .changed: reason = "\(path) was changed while it was read"
    }
    return .diagnostic(Diagnostic(code: "unreadable", reason))
  }
}

/// A file, or what came out of a pipe.
private final class FileSource: ByteSource {
  private let file: InputFile
  private let piped: MemorySource?
  private let failure = Mutex<SystemError?>(nil)
  private let line = Mutex<ProgressLine?>(nil)

  init(_ path: String) throws(SystemError) {
    file = try InputFile(path)
    piped = file.isRegular ? nil : MemorySource(try file.readToEnd())
  }

  var size: Int { piped?.size ?? file.size }

  /// Why it ended before its end.
  var error: SystemError? { failure.withLock { $0 } }

  var progress: ProgressLine? { line.withLock { $0 } }

  func showProgress(_ what: String) {
    guard piped == nil else { return }
    line.withLock { $0 = ProgressLine(what, of: size, .bytes) }
  }

  /// A short file is read before another thread has begun.
  var workers: Int { min(Workers.limit, size / (2 * CSVReader.usualBlockSize) + 1) }

  func read(at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>) -> Int {
    progress?.advance(to: offset)
    if let piped { return piped.read(at: offset, into: &buffer, range) }
    do throws(SystemError) { return try file.read(at: offset, into: &buffer, range) } catch {
      failure.withLock { $0 = error }
      return 0
    }
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
    case .decimal, .number: "a number"
    case .time, .timeOnly: "a date"
    case .boolean: "true or false"
    }
  }
}

extension TableShape.Column.Kind {
  var wish: ColumnWish {
    switch self {
    case .any, .id: .any
    case .text: .text
    case .integer: .integer
    case .decimal: .decimal
    case .time: .time
    }
  }
}
