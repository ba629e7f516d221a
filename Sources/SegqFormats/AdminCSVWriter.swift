import SegqRecords

/// CSV byte for byte as a shop's Admin exports it.
///
/// ```
/// ID,Name,Phone,ZIP,"Customer Since"
/// 7,"Veronica Costello"," +1 555 229",01310,"Oct 26, 2016, 3:00:57 PM"
/// ```
/// Lines end in LF, there is no byte order mark, null and empty text are nothing. A blank asks for
/// quotes too, and before text that begins with `=`, `+` or `-` stands one (magento/magento2,
/// `Framework/Filesystem/Driver/File.php`, and PHP's `fputcsv`).
struct AdminCSVWriter: ResultWriter {
  var isUniform: Bool { true }

  private let showsHeader: Bool
  private var encoder: RowEncoder<AdminCSVCells>

  init(_ options: WriterOptions) {
    showsHeader = options.showsHeader
    encoder = RowEncoder(
      style: AdminCSVCells(), rows: RowAssembler(leads: [], end: "\n"),
      timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    encoder.rows.leads = schema.fields.indices.map { $0 == 0 ? [] : [UInt8(ascii: ",")] }
    guard showsHeader else { return }
    for (field, lead) in zip(schema.fields, encoder.rows.leads) {
      out += lead
      encoder.style.appendText(Array(field.header.utf8)[...], to: &out)
    }
    out.append(UInt8(ascii: "\n"))
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    encoder.append(batch, rows: 0..<batch.rowCount, to: &out)
  }

  mutating func end(to out: inout [UInt8]) {}
}

/// The cells of ``AdminCSVWriter``.
struct AdminCSVCells: CellStyle {
  func isVerbatim(_ bytes: Span<UInt8>) -> Bool {
    var found: UInt8 = 0
    for i in bytes.indices { found |= asksForQuotes(bytes[i]) ? 1 : 0 }
    return found == 0
  }

  func isRisky(first: UInt8?) -> Bool { first.map(AdminGuard.isTrigger) ?? false }

  var null: [UInt8] { [] }

  func appendNumber(
    _ number: Int64, _ type: DataType, _ values: inout ValueText, to out: inout OutputSpan<UInt8>
  ) {
    let isQuoted = type == .datetime || number < 0 && type != .boolean
    if isQuoted { out.append(UInt8(ascii: "\"")) }
    if isQuoted, type != .datetime { out.append(AdminGuard.mark) }
    values.append(number, as: type, to: &out)
    if isQuoted { out.append(UInt8(ascii: "\"")) }
  }

  func appendText(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    let isGuarded = AdminGuard.isNeeded(text)
    guard isGuarded || text.contains(where: asksForQuotes) else {
      out += text
      return
    }
    let quote = UInt8(ascii: "\"")
    out.append(quote)
    if isGuarded { out.append(AdminGuard.mark) }
    out.append(text, replacing: { $0 == quote }) { byte, out in out += [byte, byte] }
    out.append(quote)
  }

  /// The zero byte is PHP's escape character, which asks for quotes like the others.
  private func asksForQuotes(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"),
      UInt8(ascii: "\t"), UInt8(ascii: " "), 0:
      true
    default: false
    }
  }
}

/// The blank that an Admin puts before what a spreadsheet may run: ` =1+1`, ` +49 170`, ` -5`.
///
/// It has none before `@` and a tab, and a reader cannot tell it from a blank that was there.
public enum AdminGuard {
  static let mark = UInt8(ascii: " ")

  static func isTrigger(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "=") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
  }

  static func isNeeded(_ text: ArraySlice<UInt8>) -> Bool { text.first.map(isTrigger) ?? false }

  /// The text without the blank.
  public static func unguard(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    text.first == mark && isNeeded(text.dropFirst()) ? text.dropFirst() : text
  }
}
