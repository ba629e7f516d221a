import SegqBytes

/// Tells the format of a file by its bytes, and finds its sheets.
struct FileOpener {
  let input: Input
  let blockSize: Int
  let isInterrupted: @Sendable () -> Bool
  /// Enough for the first records of most files.
  private static let firstHead = 1 << 18

  init(_ input: Input, blockSize: Int, isInterrupted: @escaping @Sendable () -> Bool) {
    self.input = input
    self.blockSize = blockSize
    self.isInterrupted = isInterrupted
  }

  func open() throws(ReadingFailure) -> TableFile {
    switch input.content {
    case .bytes(let source): try open(source)
    case .archive(let archive): try open(archive)
    }
  }

  private func open(_ source: any ByteSource) throws(ReadingFailure) -> TableFile {
    let head = try Self.head(of: source, Self.firstHead)
    guard !head.allSatisfy(Self.isBlank) || head.count == Self.firstHead else {
      throw .empty
    }
    if SpreadsheetML.isIn(head) { return try openSpreadsheet(source) }
    if let encoding = TextEncoding(head: head) {
      let text = encoding.utf8(source)
      return try openText(text, try Self.head(of: text, Self.firstHead), notes: [.utf16])
    }
    if let kind = ForeignFile(head: head) { throw .foreign(kind) }
    return try openText(source, head, notes: [])
  }

  private func openText(
    _ source: any ByteSource, _ head: [UInt8], notes: [SheetNote]
  ) throws(ReadingFailure) -> TableFile {
    if SpreadsheetML.isIn(head) { return try openSpreadsheet(source) }
    if let kind = MarkupKind.foreign(head) { throw .foreign(kind) }
    if JSONDocument.isIn(head) {
      return try JSONDocument(source, input, blockSize: blockSize, isInterrupted: isInterrupted)
        .file(notes: notes)
    }
    return try openDelimited(source, head, notes: notes)
  }

  private func openSpreadsheet(_ source: any ByteSource) throws(ReadingFailure) -> TableFile {
    let document = SpreadsheetML(source, blockSize: blockSize, isInterrupted: isInterrupted)
    return TableFile(input, .excelXML, sheets: try document.sheets())
  }

  private func openDelimited(
    _ source: any ByteSource, _ head: [UInt8], notes: [SheetNote]
  ) throws(ReadingFailure) -> TableFile {
    var head = head
    var size = Self.firstHead
    while true {
      let isWhole = head.count < size
      if let layout = DialectJudge(head, isWhole: isWhole).layout() {
        return TableFile(
          input, .delimited, sheets: [sheet(source, layout, notes: notes)])
      }
      guard !isWhole else { throw .empty }
      guard size < 1 << 31 else { throw .recordTooLarge(line: 1) }
      guard !isInterrupted() else { throw .interrupted }
      size *= 4
      head = try Self.head(of: source, size)
    }
  }

  private func sheet(
    _ source: any ByteSource, _ layout: DelimitedLayout, notes: [SheetNote]
  ) -> TableSheet {
    TableSheet(
      header: layout.header, headerLine: layout.headerLine, notes: notes + layout.notes,
      rows: RowSource(delimited: source, layout, blockSize: blockSize))
  }

  static func head(of source: any ByteSource, _ count: Int) throws(ReadingFailure) -> [UInt8] {
    do throws(SourceFailure) { return try source.head(count) } catch { throw .source(error) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}

extension RowSource {
  /// The rows of delimited text.
  init(delimited source: any ByteSource, _ layout: DelimitedLayout, blockSize: Int) {
    self.init(source: source, byteCount: source.size) { width in
      if layout.dialect.escapes == .doubledQuotes {
        BlockCutter(source, layout, width: width, blockSize: blockSize)
      } else {
        EscapedTextCutter(source, layout, blockSize: blockSize)
      }
    }
  }
}

/// Markup that is no spreadsheet.
enum MarkupKind {
  static func foreign(_ head: [UInt8]) -> ForeignFile? {
    let text = head.dropFirst(head.starts(with: ByteOrderMark.utf8) ? 3 : 0)
    let words = text.lazy.filter { !" \t\r\n".utf8.contains($0) }.prefix(16)
    let begin = String(decoding: Array(words), as: UTF8.self).lowercased()
    for mark in ["<!doctypehtml", "<html", "<table"] where begin.hasPrefix(mark) { return .html }
    return begin.hasPrefix("<") ? .xml : nil
  }
}
