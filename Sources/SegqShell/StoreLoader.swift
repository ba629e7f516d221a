import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

/// Reads files into tables and tells of the rows that it could not take.
struct StoreLoader {
  let zone: TimeZone
  let dateOrder: DateOrder?
  let stopsOnBadRow: Bool
  /// Tells the user something that is no error.
  let warn: (Diagnostic) -> Void

  /// How many bad rows of a file are told one by one.
  private static let toldRows = 5

  /// What was read of one file.
  struct Sheet {
    let path: String
    let shape: TableShape
    var document: CSVDocument
  }

  /// Opens a folder: customers, segments and members are read, other files when they are needed.
  func open(folder: String) throws(ShellError) -> (Store, [StoreCatalog.WaitingTable]) {
    var paths: [String: (path: String, shape: TableShape)] = [:]
    for name in try Self.names(in: folder) {
      let path = folder + "/" + name
      let shape = try shape(of: path, table: nil, columns: [:])
      if let other = paths[shape.name] {
        warn(
          Diagnostic(
            .warning, code: "two-files",
            "\(Files.name(of: other.path)) and \(name) both hold \(shape.name); \(name) is left out",
            help: "load 'FILE' as \(shape.name) append"))
        continue
      }
      paths[shape.name] = (path, shape)
    }
    guard !paths.isEmpty else {
      throw .diagnostic(
        Diagnostic(
          code: "no-files", "there are no CSV files in \(folder)",
          help: "segq demo \(folder) makes a store to try"))
    }
    return try assemble(paths)
  }

  private static func names(in folder: String) throws(ShellError) -> [String] {
    do throws(SystemError) {
      return try Files.list(folder).filter { name in
        [".csv", ".tsv"].contains { name.lowercased().hasSuffix($0) }
      }
    } catch { throw .file(folder, error) }
  }

  private func assemble(
    _ paths: [String: (path: String, shape: TableShape)]
  ) throws(ShellError) -> (Store, [StoreCatalog.WaitingTable]) {
    var store = Store()
    if let file = paths["customers"] {
      store.put(try table(try sheet(file.path, file.shape), parent: nil))
    }
    if let file = paths["segments"] {
      let members = try paths["members"].map { (file) throws(ShellError) in
        try sheet(file.path, file.shape)
      }
      store.segments = try segments(
        try sheet(file.path, file.shape), members: members, customers: store.customers)
    }
    let children = paths.values.filter {
      !["customers", "segments", "members"].contains($0.shape.name)
    }
    let names = Set(paths.keys)
    let waiting = children.map { child in
      StoreCatalog.WaitingTable(
        path: child.path, shape: child.shape,
        parent: child.shape.parents.first { names.contains($0.table) }?.table)
    }
    return (store, waiting.sorted { $0.shape.name < $1.shape.name })
  }

  /// What a file holds, by its name and first line.
  func shape(
    of path: String, table: String?, columns: [String: String]
  ) throws(ShellError) -> TableShape {
    let head: [UInt8]
    do throws(SystemError) { head = try Files.readHead(path) } catch { throw .file(path, error) }
    let name = Files.name(of: path)
    let stem = String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
    let header = CSVReader.header(head)
    for (column, wanted) in columns
    where !header.contains(where: { $0.lowercased() == wanted.lowercased() }) {
      throw .diagnostic(
        Diagnostic(
          code: "unknown-header", "\(name) has no column '\(wanted)' to take as \(column)",
          help: Suggestion.nearest(to: wanted, in: header).map { "did you mean '\($0)'?" }))
    }
    let shape = Recognition.shape(file: stem, header: header, table: table, columns: columns)
    guard !header.isEmpty, shape.idColumn != nil || shape.name != "customers" else {
      throw .diagnostic(
        Diagnostic(
          code: "no-header",
          header.isEmpty ? "\(path) is empty" : "\(path) has no column with the customers' ids",
          help: "the first line names the columns: ID,Name,Email,…"))
    }
    return shape
  }

  /// Reads a file whole.
  func sheet(_ path: String, _ shape: TableShape) throws(ShellError) -> Sheet {
    do throws(SystemError) {
      let document = CSVReader.read(try Files.read(path))
      if document.foreignValues > 0 {
        warn(
          Diagnostic(
            .note, code: "not-utf8",
            "\(path):\(document.firstForeignLine): not UTF-8, read as Windows-1252 "
              + "(\(document.foreignValues) values)"))
      }
      return Sheet(path: path, shape: shape, document: document)
    } catch { throw .file(path, error) }
  }

  /// Gives a sheet its types and makes a table of it.
  func table(_ sheet: Sheet, parent: Table?) throws(ShellError) -> Table {
    var bad = sheet.document.badRows
    var (columns, badRows) = typed(sheet, &bad)
    if let id = sheet.shape.idColumn {
      let vector = columns[id].vector
      badRows.formUnion(duplicates(sheet, vector, badRows, &bad))
    }
    if !badRows.isEmpty {
      let kept = (0..<Int32(sheet.document.rowCount)).filter { !badRows.contains(Int($0)) }
      for i in columns.indices { columns[i].vector = columns[i].vector.gathered(kept) }
    }
    try tell(bad, of: sheet)
    var builder = TableBuilder(name: sheet.shape.name, columns: columns)
    builder.aliases = sheet.shape.aliases
    builder.dateColumn = sheet.shape.dateColumn.flatMap {
      columns[$0].vector.type.isTemporal ? $0 : nil
    }
    builder.idColumn = sheet.shape.idColumn
    if let parent, let link = sheet.shape.parents.first(where: { $0.table == parent.name }) {
      builder.parent = (parent, link.column)
    }
    let table = builder.build()
    if builder.orphanCount > 0, let parent {
      let column = sheet.shape.columns[builder.parent?.column ?? 0].header
      warn(
        Diagnostic(
          .warning, code: "orphans",
          "\(sheet.path): \(builder.orphanCount) \(builder.orphanCount == 1 ? "row has" : "rows have") "
            + "a \(column) that no row of \(parent.name) has; they are kept and belong to nobody"))
    }
    return table
  }

  private func typed(
    _ sheet: Sheet, _ bad: inout [CSVDocument.BadRow]
  ) -> ([Column], Set<Int>) {
    var badRows: Set<Int> = []
    var columns: [Column] = []
    for (i, column) in sheet.shape.columns.enumerated() {
      let typing = ColumnTyping(column.kind.wish, dateOrder: dateOrder, zone: zone)
      let raw = sheet.document.columns[i]
      var result = typing.read(raw)
      // A date column in which hardly anything is a date is text of some kind.
      if column.kind == .time, result.badRows.count * 2 > sheet.document.rowCount {
        result = ColumnTyping(.text, dateOrder: dateOrder, zone: zone).read(raw)
        warn(
          Diagnostic(
            .warning, code: "not-dates",
            "\(sheet.path): '\(column.header)' does not look like dates and is read as text"))
      }
      for row in result.badRows where badRows.insert(row).inserted {
        bad.append(
          CSVDocument.BadRow(
            line: sheet.document.line(ofRow: row),
            reason: "\(column.header) '\(raw.texts[row])' is not \(column.kind.article)"))
      }
      if result.roundedCount > 0 {
        warn(
          Diagnostic(
            .warning, code: "rounded",
            "\(sheet.path): \(result.roundedCount) values of '\(column.header)' have more than 4 "
              + "decimal places and are rounded"))
      }
      let field = Field(name: column.name, header: column.header, type: result.vector.type)
      columns.append(Column(field, result.vector, isShown: column.isShown))
    }
    return (columns, badRows)
  }

  /// Rows without an id, or with one that an earlier row has.
  private func duplicates(
    _ sheet: Sheet, _ ids: ColumnVector, _ known: Set<Int>, _ bad: inout [CSVDocument.BadRow]
  ) -> Set<Int> {
    guard let numbers = ids.numbers else { return [] }
    let isAscending = ids.nulls == nil && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
    guard !isAscending else { return [] }
    var seen: Set<Int64> = []
    var rows: Set<Int> = []
    for (row, id) in numbers.enumerated() where !known.contains(row) {
      let isNull = ids.isNull(row)
      guard isNull || !seen.insert(id).inserted else { continue }
      rows.insert(row)
      bad.append(
        CSVDocument.BadRow(
          line: sheet.document.line(ofRow: row),
          reason: isNull ? "no id" : "the id \(id) stands in an earlier row too"))
    }
    return rows
  }

  /// Tells of bad rows: the first by line, then how many there are; or stops at the first.
  func tell(_ bad: [CSVDocument.BadRow], of sheet: Sheet) throws(ShellError) {
    let sorted = bad.sorted { $0.line < $1.line }
    guard let first = sorted.first else { return }
    if stopsOnBadRow {
      throw .diagnostic(
        Diagnostic(
          code: "bad-row", "\(sheet.path):\(first.line): \(first.reason)",
          help: "without '--on-bad-row stop' such rows are left out and counted"))
    }
    for row in sorted.prefix(Self.toldRows) {
      warn(Diagnostic(.warning, code: "bad-row", "\(sheet.path):\(row.line): \(row.reason)"))
    }
    let total = sorted.count
    warn(
      Diagnostic(
        .warning, code: "bad-rows",
        "\(sheet.path): \(total) \(total == 1 ? "row was" : "rows were") left out"))
  }
}

extension TableShape.Column.Kind {
  fileprivate var wish: ColumnTyping.Wish {
    switch self {
    case .any: .any
    case .text: .text
    case .integer: .integer
    case .decimal: .decimal
    case .time: .time
    }
  }

  fileprivate var article: String {
    switch self {
    case .any, .text: "a value"
    case .integer: "a whole number"
    case .decimal: "a number"
    case .time: "a date"
    }
  }
}
