import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

// What files hold, before any is read whole.
extension StoreLoader {
  /// What each of these files was taken for, judged together. `existing` are the tables that they are
  /// loaded beside; a choice counts for every file.
  func items(
    _ paths: [String], choice: FileGlimpse.Choice? = nil, existing: [ExistingTable] = []
  ) throws(ShellError) -> [LoadItem] {
    var files: [(path: String, glimpse: FileGlimpse)] = []
    for path in paths {
      guard var glimpse = try glimpse(path, isAlone: paths.count == 1) else { continue }
      glimpse.choice = choice ?? choices[glimpse.fingerprint]
      files.append((path, glimpse))
    }
    if let choice, let only = files.first, files.count == 1 { try check(choice, only.glimpse) }
    let verdicts = Recognition.judge(files.map(\.glimpse), existing: existing)
    let items = zip(files, verdicts).map { file, verdict in
      LoadItem(path: file.path, glimpse: file.glimpse, verdict: verdict)
    }
    for item in items {
      report.begin(item)
      tellDoubt(item)
    }
    return items
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

  /// Where a second reading is nearly as good, it is said with what to type for it.
  private func tellDoubt(_ item: LoadItem) {
    guard let doubt = item.verdict.doubt else { return }
    let others = doubt.readings.dropFirst().map { reading in
      reading.statement.replacing("'\(item.glimpse.file)'", with: "'\(item.path)'")
    }
    warn(
      Diagnostic(
        .note, code: "doubt",
        "\(item.path): \(doubt.question) it was taken as \(doubt.readings.first?.meaning ?? "a table")",
        help: others.joined(separator: " or ")))
  }

  /// A choice can only name columns that the file has.
  private func check(_ choice: FileGlimpse.Choice, _ glimpse: FileGlimpse) throws(ShellError) {
    for (column, wanted) in choice.columns.sorted(by: { $0.key < $1.key })
    where !glimpse.header.contains(where: { $0.lowercased() == wanted.lowercased() }) {
      throw .diagnostic(
        Diagnostic(
          code: "unknown-header", "\(glimpse.file) has no column '\(wanted)' to take as \(column)",
          help: Suggestion.nearest(to: wanted, in: glimpse.header).map { "did you mean '\($0)'?" }))
    }
  }

  /// What is seen of a file at its beginning. Of several files one that holds no table is skipped with
  /// a warning, and nil.
  private func glimpse(_ path: String, isAlone: Bool) throws(ShellError) -> FileGlimpse? {
    let head: [UInt8]
    do throws(SystemError) { head = try Files.readHead(path) } catch { throw .file(path, error) }
    var reason: Diagnostic?
    if let kind = ForeignFile(head: head) {
      reason = Diagnostic(code: "no-table", "\(path) is \(kind.rawValue), not CSV", help: kind.help)
    } else if CSVReader.header(head).isEmpty {
      reason = Diagnostic(
        code: "no-table", "\(path) is empty",
        help: "the first line names the columns: ID,Name,Email,…")
    }
    if let reason {
      guard !isAlone, !stopsOnBadRow else { throw .diagnostic(reason) }
      warn(
        Diagnostic(
          .warning, code: reason.code, reason.message + "; it is left out", help: reason.help))
      return nil
    }
    let header = CSVReader.header(head)
    return FileGlimpse(
      file: Files.name(of: path), header: header, sample: Self.sample(head, header.count),
      isWhole: head.count < Files.headSize, isReport: ReportText.isIn(head))
  }

  private static let sampleRows = 1000

  /// The first values of each column.
  private static func sample(_ head: [UInt8], _ width: Int) -> [[String?]] {
    let reader = CSVReader(
      MemorySource(head), columns: Array(repeating: .text, count: width),
      settings: ReadingSettings(dateOrder: nil, zone: .utc))
    guard let document = try? reader.read() else { return [] }
    // The last row of a part of a file may be cut.
    let count = min(sampleRows, document.rowCount - (head.count < Files.headSize ? 0 : 1))
    return document.columns.map { column in
      (0..<max(0, count)).map { row in
        guard case .text(let text)? = column?.vector[row] else { return nil }
        return text
      }
    }
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
