import SegqBytes
import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

// What files hold, before any is read whole.
extension StoreLoader {
  /// What each sheet of these files was taken for, judged together. `existing` are the tables that they
  /// are loaded beside; a choice counts for every sheet. A file without a table is an error where its
  /// name is that of a table that is `needed`.
  func items(
    _ paths: [String], choice: FileGlimpse.Choice? = nil, existing: [ExistingTable] = [],
    needed: Set<String> = ["customers"]
  ) throws(ShellError) -> [LoadItem] {
    var sheets: [(path: String, file: TableFile, sheet: TableSheet)] = []
    var fileNotes: [String: [SheetNote]] = [:]
    for (path, result) in zip(paths, try onAllCores(paths, open)) {
      guard
        let file = try usable(
          result, path,
          isNeeded: paths.count == 1 || needed.contains(Recognition.table(named: path)))
      else { continue }
      fileNotes[path] = file.notes
      sheets += self.sheets(of: file, path, choice).map { (path, file, $0) }
    }
    var glimpses: [FileGlimpse] = []
    for (seen, result) in zip(sheets, try onAllCores(sheets, glimpse)) {
      do throws(ReadingFailure) { glimpses.append(try result.get()) } catch {
        throw Self.unreadable(error, seen.file.input.path)
      }
    }
    for i in glimpses.indices { glimpses[i].choice = choice ?? choices[glimpses[i].fingerprint] }
    if let choice, let only = glimpses.first, glimpses.count == 1 { try check(choice, only) }
    let items = zip(zip(sheets, glimpses), Recognition.judge(glimpses, existing: existing)).map {
      LoadItem(path: $0.0.path, sheet: $0.0.sheet, glimpse: $0.1, verdict: $1)
    }
    for item in items {
      report.begin(item)
      tellNotes(fileNotes[item.path] ?? [], item)
    }
    return items
  }

  /// The sheets of a file that are looked at: those that are shown in a workbook and, where the user
  /// says what the file is, the first with a table.
  private func sheets(
    of file: TableFile, _ path: String, _ choice: FileGlimpse.Choice?
  ) -> [TableSheet] {
    let shown =
      file.sheets.contains { !$0.isHidden } ? file.sheets.filter { !$0.isHidden } : file.sheets
    if shown.count < file.sheets.count {
      for sheet in file.sheets where sheet.isHidden {
        report.leaveOut(
          "\(path), sheet '\(sheet.name)'", because: "the sheet is hidden in the workbook")
      }
    }
    // Each member of an archive is a file of its own.
    guard let choice, choice.table != nil, file.format != .archive, shown.count > 1 else {
      return shown
    }
    let first = shown.first { $0.parent == nil && $0.mayBeMeant(choice) } ?? shown[0]
    let others = shown.filter { $0.name != first.name }.map { "'\($0.name)'" }
    warn(
      Diagnostic(
        .note, code: "sheets",
        "\(path): only \(first.name.isEmpty ? "the outermost list" : "'\(first.name)'") is loaded, "
          + "not \(others.joined(separator: ", "))"))
    return [first]
  }

  /// The files of a folder that may hold tables, in order; the others stand in the report.
  func paths(in folder: String) throws(ShellError) -> [String] {
    let names: [String]
    do throws(SystemError) { names = try Files.list(folder) } catch { throw .file(folder, error) }
    let files = names.filter { Self.mayHoldTable($0) }
    guard !files.isEmpty else {
      throw .diagnostic(
        Diagnostic(
          code: "no-files", "there are no data files in \(folder)",
          help: "segq demo \(folder) makes a store to try"))
    }
    for name in names where !files.contains(name) && Files.kind(folder + "/" + name) == .file {
      report.leaveOut(
        folder + "/" + name,
        because: "skipped: its name has no ending of a data file (.csv, .xlsx, .json, …)")
    }
    return files.map { folder + "/" + $0 }
  }

  private static let endings = [
    ".csv", ".tsv", ".tab", ".txt", ".json", ".jsonl", ".ndjson", ".xml", ".xlsx", ".zip",
  ]

  /// `orders.csv`, `Orders.XLSX`, `orders.csv.gz`; not `readme.md`, nor a text called `readme.txt`.
  private static func mayHoldTable(_ name: String) -> Bool {
    var name = name.lowercased()
    for packed in [".gz", ".zst"] where name.hasSuffix(packed) { name.removeLast(packed.count) }
    guard let ending = endings.first(where: { name.hasSuffix($0) }) else { return false }
    return !["readme", "license", "licence", "changelog"].contains(name.dropLast(ending.count))
  }

  /// Where a second reading is nearly as good, it is said with what to type for it.
  func tellDoubt(_ item: LoadItem) {
    guard let doubt = item.verdict.doubt else { return }
    warn(
      Diagnostic(
        .note, code: "doubt",
        "\(item.name): \(doubt.question) It is loaded as \(doubt.readings.first?.meaning ?? "a table")",
        help: doubt.readings.dropFirst().map { item.statement($0) }.joined(separator: " or ")))
  }

  /// A choice can only name columns that the file has.
  private func check(_ choice: FileGlimpse.Choice, _ glimpse: FileGlimpse) throws(ShellError) {
    for (column, wanted) in choice.columns.sorted(by: { $0.key < $1.key })
    where !glimpse.header.contains(where: { $0.lowercased() == wanted.lowercased() }) {
      throw .diagnostic(
        Diagnostic(
          code: "unknown-header", "\(glimpse.file) has no column '\(wanted)' for \(column)",
          help: Suggestion.nearest(to: wanted, in: glimpse.header).map { "did you mean '\($0)'?" }))
    }
  }

  /// What reading makes of each of these, in order.
  private func onAllCores<Value: Sendable, Made: Sendable>(
    _ values: [Value], _ read: @escaping @Sendable (Value) throws(ReadingFailure) -> Made
  ) throws(ShellError) -> [Result<Made, ReadingFailure>] {
    let made = execution.map(values) { value in
      Result { () throws(ReadingFailure) in try read(value) }
    }
    guard let made else { throw .interrupted }
    return made
  }

  /// A file with its sheets. Of several files one that holds no table is skipped with a warning.
  private func usable(
    _ file: Result<TableFile, ReadingFailure>, _ path: String, isNeeded: Bool
  ) throws(ShellError) -> TableFile? {
    do throws(ReadingFailure) { return try file.get() } catch {
      let reason = Self.unreadable(error, path)
      guard case .diagnostic(let diagnostic) = reason, diagnostic.code == Self.noTable, !isNeeded,
        !stopsOnBadRow
      else { throw reason }
      warn(
        Diagnostic(
          .warning, code: diagnostic.code, diagnostic.message + "; it is skipped",
          help: diagnostic.help))
      report.leaveOut(path, because: diagnostic.message)
      return nil
    }
  }

  /// What is seen of a sheet at its beginning.
  private func glimpse(
    _ seen: (path: String, file: TableFile, sheet: TableSheet)
  ) throws(ReadingFailure) -> FileGlimpse {
    let (file, sheet) = (seen.file, seen.sheet)
    let rows = try sheet.sample(rows: Self.sampleRows, isInterrupted: isInterrupted)
    let columns = sheet.header.indices.map { column in rows.map { $0[column] } }
    return FileGlimpse(
      file: Files.name(of: file.input.name),
      sheet: file.tellingName(of: sheet),
      header: sheet.header, sample: columns, isWhole: rows.count < Self.sampleRows,
      isReport: file.isReport)
  }

  private static let sampleRows = 1000

  /// What is to be known of how a sheet was opened.
  private func tellNotes(_ notes: [SheetNote], _ item: LoadItem) {
    for note in notes + item.sheet.notes {
      report.note(item.name) { $0.notes.append(note.message) }
      guard note.isDoubt else { continue }
      warn(Diagnostic(.note, code: "doubt", "\(item.name): \(note.message)"))
    }
  }
}

extension TableSheet {
  /// Whether it has several columns, those among them that the user names: a page of notes has not.
  fileprivate func mayBeMeant(_ choice: FileGlimpse.Choice) -> Bool {
    let headers = Set(header.map { $0.lowercased() })
    return header.count { !$0.isEmpty } > 1
      && choice.columns.values.allSatisfy { headers.contains($0.lowercased()) }
  }
}

extension TableFile {
  /// The name of a sheet where it tells something that the file's does not: one of several, or that of a
  /// table.
  fileprivate func tellingName(of sheet: TableSheet) -> String? {
    guard !sheet.name.isEmpty else { return nil }
    return sheets.count > 1 || Recognition.isTable(sheet.name) ? sheet.name : nil
  }

  /// Whether its texts are as the Admin exports the drill-down: HTML, with a blank before what a
  /// spreadsheet might run.
  fileprivate var isReport: Bool {
    isAdminExport || format == .delimited && ReportText.isIn(head)
  }
}

extension Store {
  /// What recognition is to know of the tables that there are.
  var existingTables: [ExistingTable] {
    tables.map { table in
      ExistingTable(
        name: table.name,
        ids: table.sampleIDs,
        columns: table.columns.map(\.field.name))
    }
  }
}

extension Table {
  /// About a thousand ids from all over the table.
  fileprivate var sampleIDs: [String] {
    stride(from: 0, to: rowCount, by: max(1, rowCount / 1000)).compactMap { idText($0) }
  }
}
