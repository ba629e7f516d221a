import SegqBytes

/// Excel XML of 2003, as the Admin exports it and as Excel and LibreOffice save it again.
///
/// ```xml
/// <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Sheet 1"><Table>
/// <Row><Cell><Data ss:Type="String">ID</Data></Cell>…</Row>
/// ```
/// Source: Microsoft, "XML Spreadsheet Reference" (aa140066).
struct SpreadsheetML {
  private let source: any ByteSource
  private let blockSize: Int
  private let isInterrupted: @Sendable () -> Bool

  init(_ source: any ByteSource, blockSize: Int, isInterrupted: @escaping @Sendable () -> Bool) {
    self.source = source
    self.blockSize = blockSize
    self.isInterrupted = isInterrupted
  }

  /// Whether a file that begins so is Excel XML, in UTF-8, UTF-16 or another encoding.
  static func isIn(_ head: [UInt8]) -> Bool {
    let letters = String(decoding: head.prefix(1 << 14).lazy.filter { $0 != 0 }, as: UTF8.self)
    let text = letters.drop { $0.isWhitespace || $0 == "\u{FEFF}" || $0 == "\u{FFFD}" }
    return text.hasPrefix("<") && text.contains("urn:schemas-microsoft-com:office:spreadsheet")
      && text.contains("Workbook")
  }

  /// Looks through the whole file: a worksheet may begin anywhere.
  func sheets() throws(ReadingFailure) -> [TableSheet] {
    let samples = SheetSamples()
    let scanner = SpreadsheetMLScanner(source, sheet: nil, samples)
    samples.scanner = scanner
    while try scanner.advance() {
      guard !isInterrupted() else { throw .interrupted }
    }
    let names = scanner.names
    let sheets = names.indices.compactMap { sheet($0, names[$0], samples.rows(of: $0)) }
    guard !sheets.isEmpty else {
      throw .noTable(
        reason: "its worksheets are empty", help: "the first row names the columns: ID, Name, …")
    }
    return sheets
  }

  private func sheet(_ place: Int, _ name: String, _ rows: [GridSample.Row]) -> TableSheet? {
    guard !rows.isEmpty else { return nil }
    let layout = GridLayout(rows)
    let (source, blockSize) = (source, blockSize)
    return TableSheet(
      name: name, header: layout.header, headerLine: layout.headerRow, unit: .row,
      notes: layout.notes,
      // The markup of a cell takes more than what is in it.
      rows: RowSource(source: source, byteCount: source.size / 4) { width in
        GridCutter(layout, width: width, blockSize: blockSize) {
          SpreadsheetMLScanner(source, sheet: place, $0)
        }
      })
  }
}

/// The first rows of each worksheet.
private final class SheetSamples: GridConsumer {
  weak var scanner: SpreadsheetMLScanner?
  private var samples: [Int: GridSample] = [:]

  func rows(of sheet: Int) -> [GridSample.Row] { samples[sheet]?.rows ?? [] }

  func take(_ row: GridRow) -> Bool {
    let sheet = max(0, (scanner?.names.count ?? 1) - 1)
    let sample = samples[sheet] ?? GridSample()
    samples[sheet] = sample
    if sample.rows.count < GridSample.most { _ = sample.take(row) }
    // The file has further sheets, and may be damaged.
    return true
  }
}
