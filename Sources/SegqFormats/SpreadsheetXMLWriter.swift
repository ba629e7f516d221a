import SegqRecords

/// SpreadsheetML 2003, which Excel and LibreOffice open with types, formats and a frozen header.
///
/// ```
/// <Row><Cell><Data ss:Type="Number">7</Data></Cell>…</Row>
/// ```
/// A row has a line. A sheet that is full is followed by `name (2)`, which begins with the header
/// again. Cells are never cut, also where Excel shows 32,767 characters only.
struct SpreadsheetXMLWriter: ResultWriter {
  var isUniform: Bool { false }

  /// What a sheet of Excel holds, less the header.
  static let rowsOfSheet = 1_048_575

  private let options: WriterOptions
  private let rowsPerSheet: Int
  private var encoder: RowEncoder<SpreadsheetXMLCells>
  private var fields: [Field] = []
  private var sheetCount = 0
  private var room = 0

  init(_ options: WriterOptions, rowsPerSheet: Int = Self.rowsOfSheet) {
    self.options = options
    self.rowsPerSheet = rowsPerSheet
    encoder = RowEncoder(
      style: SpreadsheetXMLCells(), rows: RowAssembler(start: "<Row>", leads: [], end: "</Row>\n"),
      timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    fields = schema.fields
    encoder.rows.leads = fields.map { _ in [] }
    out += Self.head.utf8
    beginSheet(&out)
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    var start = 0
    while start < batch.rowCount {
      if room == 0 {
        endSheet(&out)
        beginSheet(&out)
      }
      let count = min(room, batch.rowCount - start)
      encoder.append(batch, rows: start..<start + count, to: &out)
      room -= count
      start += count
    }
  }

  mutating func end(to out: inout [UInt8]) {
    endSheet(&out)
    out += "</Workbook>\n".utf8
  }

  private mutating func beginSheet(_ out: inout [UInt8]) {
    sheetCount += 1
    room = rowsPerSheet
    out += #"<Worksheet ss:Name=""#.utf8
    let name = SheetName.of(options.title, number: sheetCount)
    SpreadsheetXMLCells.appendEscaped(Array(name.utf8)[...], to: &out)
    out += "\">\n<Table>\n".utf8
    for field in fields { out += "<Column ss:Width=\"\(Self.width(of: field))\"/>\n".utf8 }
    if options.showsHeader { appendHeader(&out) }
  }

  private func appendHeader(_ out: inout [UInt8]) {
    out += "<Row>".utf8
    for field in fields {
      out += #"<Cell ss:StyleID="h"><Data ss:Type="String">"#.utf8
      SpreadsheetXMLCells.appendEscaped(Array(field.header.utf8)[...], to: &out)
      out += "</Data></Cell>".utf8
    }
    out += "</Row>\n".utf8
  }

  private func endSheet(_ out: inout [UInt8]) {
    out += "</Table>\n".utf8
    if options.showsHeader { out += Self.frozenHeader.utf8 }
    out += "</Worksheet>\n".utf8
  }

  /// In points: enough for every date, and for the bold header.
  private static func width(of field: Field) -> Int {
    let content =
      switch field.type {
      case .integer, .boolean: 54
      case .decimal, .date: 66
      case .datetime: 114
      case .text: 96
      }
    return max(content, min(200, DisplayWidth.of(field.header) * 7 + 6))
  }

  private static let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Styles>
    <Style ss:ID="Default" ss:Name="Normal"/>
    <Style ss:ID="h"><Font ss:Bold="1"/><NumberFormat ss:Format="@"/></Style>
    <Style ss:ID="t"><NumberFormat ss:Format="@"/></Style>
    <Style ss:ID="d"><NumberFormat ss:Format="yyyy\\-mm\\-dd"/></Style>
    <Style ss:ID="s"><NumberFormat ss:Format="yyyy\\-mm\\-dd\\ hh:mm:ss"/></Style>
    </Styles>

    """

  private static let frozenHeader = """
    <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">\
    <FreezePanes/><FrozenNoSplit/><SplitHorizontal>1</SplitHorizontal>\
    <TopRowBottomPane>1</TopRowBottomPane><ActivePane>2</ActivePane></WorksheetOptions>

    """
}
