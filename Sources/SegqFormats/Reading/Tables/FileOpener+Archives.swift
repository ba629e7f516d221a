import SegqBytes

// Zip files: a workbook, or tables that somebody packed.
extension FileOpener {
  func open(_ archive: any Archive) throws(ReadingFailure) -> TableFile {
    if Workbook.isIn(archive.names) {
      let book = Workbook(archive, blockSize: blockSize, isInterrupted: isInterrupted)
      let (sheets, empty) = try book.sheets()
      return TableFile(
        input, .workbook, sheets: sheets, notes: empty.isEmpty ? [] : [.leftOut(empty)])
    }
    if archive.names.contains("mimetype"), archive.names.contains("content.xml") {
      throw .foreign(.openDocument)
    }
    return try openPacked(archive)
  }

  private static let endings = [
    ".csv", ".tsv", ".tab", ".json", ".jsonl", ".ndjson", ".xml", ".xlsx", ".xlsm",
  ]

  private static func isTable(_ name: String) -> Bool {
    let name = Input(path: name.lowercased(), content: .bytes(MemorySource([]))).name
    return endings.contains { name.hasSuffix($0) }
  }

  /// Each file that may be a table is one sheet, or as many as are in it.
  private func openPacked(_ archive: any Archive) throws(ReadingFailure) -> TableFile {
    let names = archive.names.filter { name in
      // What a Mac adds to each file.
      !name.hasPrefix("__MACOSX/") && !name.hasPrefix(".") && !name.contains("/.")
    }
    var tables = names.filter(Self.isTable)
    if tables.isEmpty, names.count == 1 { tables = names }
    guard !tables.isEmpty else {
      throw .noTable(
        reason: "no file in it ends with \(Self.endings.joined(separator: ", "))",
        help: "unpack it, and load the file that has the table")
    }
    var sheets: [TableSheet] = []
    var formats: [TableFile.Format] = []
    for name in tables {
      let file = try open(name, of: archive)
      sheets += file.sheets.map { $0.named(Self.sheetName($0, file)).moved(by: sheets.count) }
      formats.append(file.format)
    }
    let others = names.filter { !tables.contains($0) }
    return TableFile(
      input, formats.count == 1 ? formats[0] : .archive, sheets: sheets,
      notes: others.isEmpty ? [] : [.leftOut(others)])
  }

  private func open(
    _ name: String, of archive: any Archive
  ) throws(ReadingFailure) -> TableFile {
    let packed: Input?
    do throws(SourceFailure) { packed = try archive.unpacked(name) } catch { throw .source(error) }
    guard let packed else { throw .source(.damaged(.zip, detail: "'\(name)' is not in it")) }
    if case .archive(let inner) = packed.content, !Workbook.isIn(inner.names) {
      throw .noTable(
        reason: "'\(name)' is a zip file in a zip file", help: "unpack it first")
    }
    return try FileOpener(packed, blockSize: blockSize, isInterrupted: isInterrupted).open()
  }

  /// `orders` of `export/orders.csv`, `shop/Orders` of a sheet in `shop.xlsx`.
  private static func sheetName(_ sheet: TableSheet, _ file: TableFile) -> String {
    let name = file.input.name
    let stem = String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)])
    return sheet.name.isEmpty || sheet.name == stem ? stem : stem + "/" + sheet.name
  }
}
