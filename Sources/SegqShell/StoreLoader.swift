import SegqBytes
import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

/// Reads files into tables and tells of the rows that it could not take.
struct StoreLoader: Sendable {
  let zone: TimeZone
  let dateOrder: DateOrder?
  let stopsOnBadRow: Bool
  /// Whether long reading is told on the terminal.
  let showsProgress: Bool
  let execution: Execution
  /// Tells the user something that is no error.
  let warn: @Sendable (Diagnostic) -> Void

  var isInterrupted: @Sendable () -> Bool { execution.isInterrupted }

  typealias File = (path: String, shape: TableShape)

  /// What was read of one file.
  struct Sheet {
    let path: String
    let shape: TableShape
    /// What its columns were read as.
    let wishes: [ColumnWish?]
    var document: CSVDocument

    /// What stands in a column that was read as text; nil for nothing and for empty text.
    func text(_ name: String, _ row: Int) -> String? {
      guard let column = shape.column(named: name),
        case .text(let text)? = document.columns[column]?.vector[row]
      else { return nil }
      return text.isEmpty ? nil : text
    }
  }

  /// Opens a folder: customers, segments and members are read, other files when they are needed,
  /// unless all are wanted now. A file that holds no table is told and left out, unless it should hold
  /// one that is `needed`.
  func open(
    folder: String, readsAll: Bool, needed: Set<String> = ["customers"]
  ) throws(ShellError) -> (Store, [StoreCatalog.WaitingTable]) {
    var paths: [String: File] = [:]
    for path in try Self.paths(in: folder) {
      let name = Files.name(of: path)
      guard let shape = try shape(ofOneOfMany: path, needed: needed) else { continue }
      if let other = paths[shape.name] {
        warn(
          Diagnostic(
            .warning, code: "two-files",
            "\(Files.name(of: other.path)) and \(name) both hold \(shape.name); \(name) is left out",
            help: "load '\(path)' as \(shape.name) append"))
        continue
      }
      paths[shape.name] = (path, shape)
    }
    var (store, waiting) = try assemble(paths)
    // Parents come before what hangs on them.
    while readsAll, !waiting.isEmpty {
      let place = waiting.firstIndex { table in
        table.parent.map { store.table(named: $0) != nil } ?? true
      }
      guard let place else { break }
      let next = waiting.remove(at: place)
      let parent = next.parent.flatMap { store.table(named: $0) }
      store.put(try table(try sheet(next.path, next.shape), parent: parent))
    }
    return (store, waiting)
  }

  /// The files of a folder that can be read, in order.
  static func paths(in folder: String) throws(ShellError) -> [String] {
    let names: [String]
    do throws(SystemError) { names = try Files.list(folder) } catch { throw .file(folder, error) }
    let files = names.filter { name in
      [".csv", ".tsv"].contains { name.lowercased().hasSuffix($0) }
    }
    guard !files.isEmpty else {
      throw .diagnostic(
        Diagnostic(
          code: "no-files", "there are no CSV files in \(folder)",
          help: "segq demo \(folder) makes a store to try"))
    }
    return files.map { folder + "/" + $0 }
  }

  private func assemble(
    _ paths: [String: File]
  ) throws(ShellError) -> (Store, [StoreCatalog.WaitingTable]) {
    var store = Store()
    if let file = paths["customers"] {
      store.put(try table(try sheet(file.path, file.shape), parent: nil))
    }
    if let file = paths["segments"] {
      store.segments = try segments(
        try segmentSheet(file.path, file.shape), among: paths, customers: store.customers)
    }
    let children = paths.values.filter {
      !["customers", "segments", "members", "segment_websites"].contains($0.shape.name)
    }
    let names = Set(paths.keys)
    let waiting = children.map { child in
      StoreCatalog.WaitingTable(
        path: child.path, shape: child.shape,
        parent: child.shape.parents.first { names.contains($0.table) }?.table)
    }
    return (store, waiting.sorted { $0.shape.name < $1.shape.name })
  }

  /// The shape of a file of a folder; nil where it holds no table, which is told.
  private func shape(
    ofOneOfMany path: String, needed: Set<String>
  ) throws(ShellError) -> TableShape? {
    do throws(ShellError) { return try Self.shape(of: path, table: nil, columns: [:]) } catch {
      guard !stopsOnBadRow, case .diagnostic(let reason) = error, reason.code == Self.noTable,
        !needed.contains(Recognition.shape(file: Self.stem(path), header: []).name)
      else { throw error }
      warn(
        Diagnostic(
          .warning, code: reason.code, reason.message + "; it is left out", help: reason.help))
      return nil
    }
  }

  /// The code of what says that a file holds no table.
  private static let noTable = "no-table"

  /// `orders` of `shop/orders.csv`
  private static func stem(_ path: String) -> String {
    let name = Files.name(of: path)
    return String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
  }

  /// What a file holds, by its name and first line.
  static func shape(
    of path: String, table: String?, columns: [String: String]
  ) throws(ShellError) -> TableShape {
    let name = Files.name(of: path)
    let file: TableFile
    do throws(ReadingFailure) { file = try open(path) } catch { throw unreadable(error, path) }
    let header = file.sheets.first?.header ?? []
    guard !header.isEmpty else {
      throw .diagnostic(
        Diagnostic(
          code: Self.noTable, "\(path) is empty",
          help: "the first line names the columns: ID,Name,Email,…"))
    }
    for (column, wanted) in columns
    where !header.contains(where: { $0.lowercased() == wanted.lowercased() }) {
      throw .diagnostic(
        Diagnostic(
          code: "unknown-header", "\(name) has no column '\(wanted)' to take as \(column)",
          help: Suggestion.nearest(to: wanted, in: header).map { "did you mean '\($0)'?" }))
    }
    var shape = Recognition.shape(
      file: Self.stem(path), header: header, table: table, columns: columns)
    shape.isReport = file.isAdminExport || ReportText.isIn(file.head)
    guard shape.idColumn != nil || shape.name != "customers" else {
      throw .diagnostic(
        Diagnostic(
          code: "no-header", "\(path) has no column with the customers' ids",
          help: "the first line names the columns: ID,Name,Email,…"))
    }
    return shape
  }

  /// Opens a file, whatever its format.
  static func open(
    _ path: String, progress: (@Sendable (Int) -> Void)? = nil
  ) throws(ReadingFailure) -> TableFile {
    let input: Input
    do throws(SourceFailure) { input = try InputSource.open(path, progress: progress) } catch {
      throw .source(error)
    }
    return try TableFile(input)
  }

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

  /// Gives a sheet's columns their names and makes a table of it.
  func table(_ sheet: consuming Sheet, parent: Table?) throws(ShellError) -> Table {
    let progress = showsProgress ? ProgressLine("arranging \(sheet.shape.name)") : nil
    defer { progress?.finish() }
    let execution = execution.telling(progress)
    var builder = try rows(of: &sheet, besides: nil)
    // What the reader coded stays so; restored texts are no longer coded.
    builder.codesTexts = sheet.shape.isReport
    builder.aliases = sheet.shape.aliases
    builder.dateColumn = sheet.shape.dateColumn.flatMap {
      builder.columns[$0].field.type.isTemporal ? $0 : nil
    }
    builder.idColumn = sheet.shape.idColumn
    builder.shownColumns = sheet.shape.shownColumns
    if let parent, let link = sheet.shape.parents.first(where: { $0.table == parent.name }) {
      builder.parent = (parent, link.column)
    }
    guard let table = builder.build(execution) else { throw .interrupted }
    if let (parent, column) = builder.parent {
      tellOrphans(builder.orphanCount, of: sheet, column, parent)
    }
    return table
  }

  /// The rows of a sheet, without those that can't be taken; the ids of `table` are there already.
  func rows(
    of sheet: inout Sheet, besides table: Table?
  ) throws(ShellError) -> TableBuilder {
    var rejected = RejectedRows(sheet.document)
    let columns = columns(of: &sheet)
    var badRows = Bitmap(count: sheet.document.rowCount)
    addBadValues(sheet, to: &badRows, &rejected)
    if let id = sheet.shape.idColumn {
      if let table { addKnownIDs(sheet, columns[id].vector, of: table, to: &badRows, &rejected) }
      addRepeatedIDs(sheet, columns[id].vector, to: &badRows, &rejected)
    }
    try checkInterrupt()
    var builder = TableBuilder(name: sheet.shape.name, columns: consume columns)
    if !badRows.isEmpty {
      let kept = (~badRows).positions.map { Int32(truncatingIfNeeded: $0) }
      builder.keep(kept, execution)
      try checkInterrupt()
    }
    try tell(rejected, of: sheet)
    return builder
  }

  private func checkInterrupt() throws(ShellError) {
    if isInterrupted() { throw .interrupted }
  }

  func tellOrphans(_ count: Int, of sheet: Sheet, _ column: Int, _ parent: Table) {
    guard count > 0 else { return }
    let header = sheet.shape.columns[column].header
    warn(.orphans(count, of: sheet.path, by: header, in: parent.name))
  }

  /// Takes the values out of the sheet: they are held once only.
  private func columns(of sheet: inout Sheet) -> [LoadedColumn] {
    sheet.shape.columns.indices.map { place in
      let column = sheet.shape.columns[place]
      let read = sheet.document.columns[place]
      var vector = read?.vector ?? ColumnVector(type: .text, storage: .texts(TextVector()))
      sheet.document.columns[place]?.vector = ColumnVector([], type: vector.type)
      if sheet.shape.isReport { vector = ReportText.restored(vector) }
      if read?.isNoTime ?? false {
        warn(
          Diagnostic(
            .warning, code: "not-dates",
            "\(sheet.path): '\(column.header)' does not look like dates and is read as text"))
      }
      if let rounded = read?.roundedCount, rounded > 0 {
        warn(
          Diagnostic(
            .warning, code: "rounded",
            "\(sheet.path): \(rounded) values of '\(column.header)' have more than 4 "
              + "decimal places and are rounded"))
      }
      let field = Field(name: column.name, header: column.header, type: vector.type)
      return LoadedColumn(field, vector, isShown: column.isShown)
    }
  }

  /// Rows with a value that does not fit its column.
  private func addBadValues(
    _ sheet: Sheet, to badRows: inout Bitmap, _ rejected: inout RejectedRows
  ) {
    for (i, column) in sheet.shape.columns.enumerated() {
      for bad in sheet.document.columns[i]?.badValues ?? [] where badRows.insert(bad.row) {
        rejected.add(
          line: sheet.document.line(ofRow: bad.row),
          "\(column.header) '\(bad.text)' is not \(sheet.wishes[i]?.article ?? "a value")")
      }
    }
  }

  /// Rows with an id that the table has.
  private func addKnownIDs(
    _ sheet: Sheet, _ ids: ColumnVector, of table: Table, to badRows: inout Bitmap,
    _ rejected: inout RejectedRows
  ) {
    guard let index = table.index, let numbers = ids.numbers else { return }
    for (row, place) in index.rows(of: numbers).enumerated()
    where place >= 0 && !ids.isNull(row) && badRows.insert(row) {
      rejected.add(
        line: sheet.document.line(ofRow: row), "the id \(numbers[row]) is in \(table.name) already")
    }
  }

  /// Rows without an id, or with one that an earlier row has.
  private func addRepeatedIDs(
    _ sheet: Sheet, _ ids: ColumnVector, to badRows: inout Bitmap, _ rejected: inout RejectedRows
  ) {
    guard let numbers = ids.numbers, ids.nulls != nil || !numbers.isStrictlyAscending else {
      return
    }
    ids.nulls?.forEachSet { row in
      guard badRows.insert(row) else { return }
      rejected.add(line: sheet.document.line(ofRow: row), "no id")
    }
    let rows = badRows.isEmpty ? nil : (~badRows).positions
    let valid = rows.map { $0.map { numbers[$0] } } ?? numbers
    for (place, first) in KeyIndex(valid).rows(of: valid).enumerated() where first != place {
      let row = rows?[place] ?? place
      badRows[row] = true
      rejected.add(
        line: sheet.document.line(ofRow: row),
        "the id \(numbers[row]) stands in an earlier row too")
    }
  }

  /// Tells of bad rows: the first by line, then how many there are; or stops at the first.
  func tell(_ rejected: RejectedRows, of sheet: Sheet) throws(ShellError) {
    guard let first = rejected.first.first else { return }
    if stopsOnBadRow {
      throw .diagnostic(
        Diagnostic(
          code: "bad-row", "\(sheet.path):\(first.line): \(first.reason)",
          help: "without '--on-bad-row stop' such rows are left out and counted"))
    }
    for row in rejected.first {
      warn(Diagnostic(.warning, code: "bad-row", "\(sheet.path):\(row.line): \(row.reason)"))
    }
    let total = rejected.count
    warn(
      Diagnostic(
        .warning, code: "bad-rows",
        "\(sheet.path): \(total) \(total == 1 ? "row was" : "rows were") left out"))
  }
}

extension String {
  /// `a Customer ID`, `an Order ID`
  fileprivate var withArticle: String {
    let isVowel = first.map { "aeiou".contains($0.lowercased()) } ?? false
    return (isVowel ? "an " : "a ") + self
  }
}

extension [Int64] {
  fileprivate var isStrictlyAscending: Bool {
    for i in 1..<Swift.max(1, count) where self[i] <= self[i - 1] { return false }
    return true
  }
}

extension Diagnostic {
  /// Rows that name a row of a parent which is not there.
  static func orphans(
    _ count: Int, of rows: String, by header: String, in parent: String
  ) -> Diagnostic {
    Diagnostic(
      .warning, code: "orphans",
      "\(rows): \(count) \(count == 1 ? "row has" : "rows have") \(header.withArticle) "
        + "that no row of \(parent) has; they are kept and belong to nobody")
  }
}
