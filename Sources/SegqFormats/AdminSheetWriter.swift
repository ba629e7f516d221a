import SegqRecords

/// SpreadsheetML 2003 byte for byte as a shop's Admin exports it: one sheet on one line, without
/// styles and without a line end behind it.
///
/// ```
/// <Row><Cell><Data ss:Type="Number">7</Data></Cell><Cell><Data ss:Type="String">01310</Data></Cell></Row>
/// ```
/// From magento/magento2, `Framework/Convert/Excel.php`. Where the Admin's file could not be opened
/// this one can be: control characters are replaced (they are not XML), and digits with a blank
/// behind them are a string (Excel refuses such a number, magento2 #38543).
struct AdminSheetWriter: ResultWriter {
  var isUniform: Bool { false }

  private let options: WriterOptions
  private var encoder: RowEncoder<AdminSheetCells>

  init(_ options: WriterOptions) {
    self.options = options
    encoder = RowEncoder(
      style: AdminSheetCells(), rows: RowAssembler(start: "<Row>", leads: [], end: "</Row>"),
      timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    encoder.rows.leads = schema.fields.map { _ in [] }
    out += Self.head.utf8
    out += #"<Worksheet ss:Name=""#.utf8
    let title = options.title.isEmpty ? "Sheet 1" : options.title
    AdminSheetCells.appendEscaped(Array(title.utf8)[...], to: &out)
    out += #""><Table>"#.utf8
    guard options.showsHeader else { return }
    out += "<Row>".utf8
    for field in schema.fields {
      encoder.style.appendText(Array(field.header.utf8)[...], to: &out)
    }
    out += "</Row>".utf8
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    encoder.append(batch, rows: 0..<batch.rowCount, to: &out)
  }

  mutating func end(to out: inout [UInt8]) { out += "</Table></Worksheet></Workbook>".utf8 }

  static let head = """
    <?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>\
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" \
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
    xmlns:x="urn:schemas-microsoft-com:office:excel" \
    xmlns:x2="http://schemas.microsoft.com/office/excel/2003/xml" \
    xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" \
    xmlns:o="urn:schemas-microsoft-com:office:office" \
    xmlns:html="http://www.w3.org/TR/REC-html40" \
    xmlns:c="urn:schemas-microsoft-com:office:component:spreadsheet">\
    <OfficeDocumentSettings xmlns="urn:schemas-microsoft-com:office:office">\
    </OfficeDocumentSettings>\
    <ExcelWorkbook xmlns="urn:schemas-microsoft-com:office:excel"></ExcelWorkbook>
    """
}

/// The cells of ``AdminSheetWriter``: whatever the column, a text that is a number is one, unless it
/// begins with `0`.
struct AdminSheetCells: CellStyle {
  var longestNumber: Int { ValueText.longest + 60 }

  var null: [UInt8] { Array(#"<Cell><Data ss:Type="String"></Data></Cell>"#.utf8) }

  func appendNumber(
    _ number: Int64, _ type: DataType, _ values: inout ValueText, to out: inout OutputSpan<UInt8>
  ) {
    let isNumber =
      switch type {
      case .integer: number > 0
      case .decimal: number >= Decimal.scale
      case .text, .date, .datetime, .boolean: false
      }
    out.append(ascii: isNumber ? Self.numberStart : Self.stringStart)
    if number < 0, type != .boolean, type != .datetime { out.append(AdminGuard.mark) }
    values.append(number, as: type, to: &out)
    out.append(ascii: "</Data></Cell>")
  }

  func appendText(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    out += (Self.isNumber(text) ? Self.numberStart : Self.stringStart).utf8
    if AdminGuard.isNeeded(text) { out.append(AdminGuard.mark) }
    Self.appendEscaped(text, to: &out)
    out += "</Data></Cell>".utf8
  }

  private static let numberStart = #"<Cell><Data ss:Type="Number">"#
  private static let stringStart = #"<Cell><Data ss:Type="String">"#

  /// What PHP takes for a number: `90210`, `12.50`, `.5`, `1e5`; not `01310`, `+5`, ` 5`.
  static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first != UInt8(ascii: "0") else { return false }
    var rest = text
    func digits() -> Int {
      let count = rest.prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }.count
      rest = rest.dropFirst(count)
      return count
    }
    var count = digits()
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      count += digits()
    }
    guard count > 0 else { return false }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard digits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Text between tags or quotes; every kind of line break is `&#10;`.
  static func appendEscaped(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    guard text.contains(where: { isSpecial($0) || $0 == 0xef }) else {
      out += text
      return
    }
    var rest = text
    while let byte = rest.popFirst() {
      if byte == 0xef, rest.starts(with: [0xbf, 0xbe]) || rest.starts(with: [0xbf, 0xbf]) {
        rest = rest.dropFirst(2)
        out += "\u{fffd}".utf8
      } else if byte == 0x0d, rest.first == 0x0a {
        continue
      } else if isSpecial(byte) {
        out += escape(byte).utf8
      } else {
        out.append(byte)
      }
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"):
      true
    default: byte < 0x20 && byte != 0x09
    }
  }

  private static func escape(_ byte: UInt8) -> String {
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "<"): "&lt;"
    case UInt8(ascii: ">"): "&gt;"
    case UInt8(ascii: "\""): "&quot;"
    case UInt8(ascii: "'"): "&#039;"
    case 0x0a, 0x0d: "&#10;"
    default: "\u{fffd}"
    }
  }
}
