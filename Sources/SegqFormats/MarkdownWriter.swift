import SegqBytes
import SegqRecords

/// A table as GitHub reads it.
///
/// ```
/// | ID | Name |
/// | ---: | --- |
/// | 7 | Jane |
/// ```
/// Numbers stand right; a line break is `<br>`; null and empty text are nothing. Other control
/// characters show as ``VisibleText`` has them.
struct MarkdownWriter: ResultWriter {
  var isUniform: Bool { true }

  private let showsHeader: Bool
  private var encoder: RowEncoder<MarkdownCells>

  init(_ options: WriterOptions) {
    showsHeader = options.showsHeader
    encoder = RowEncoder(
      style: MarkdownCells(), rows: RowAssembler(start: "| ", leads: [], end: " |\n"),
      timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    encoder.rows.leads = schema.fields.indices.map { $0 == 0 ? [] : Array(" | ".utf8) }
    guard showsHeader else { return }
    for field in schema.fields {
      out += "| ".utf8
      encoder.style.appendText(Array(field.header.utf8)[...], to: &out)
      out.append(UInt8(ascii: " "))
    }
    out += "|\n".utf8
    for field in schema.fields { out += (field.type.isNumeric ? "| ---: " : "| --- ").utf8 }
    out += "|\n".utf8
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    encoder.append(batch, rows: 0..<batch.rowCount, to: &out)
  }

  mutating func end(to out: inout [UInt8]) {}
}

/// A cell between pipes: what Markdown would read as more than text has a backslash in front.
struct MarkdownCells: CellStyle {
  var null: [UInt8] { [] }

  func appendNumber(
    _ number: Int64, _ type: DataType, _ values: inout ValueText, to out: inout OutputSpan<UInt8>
  ) {
    values.append(number, as: type, to: &out)
  }

  func appendText(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    var text = text
    while let end = text.firstIndex(where: { $0 == 0x0a || $0 == 0x0d }) {
      appendLine(text[..<end], to: &out)
      out += "<br>".utf8
      let isPair = text[end...].starts(with: [0x0d, 0x0a])
      text = text[(end + (isPair ? 2 : 1))...]
    }
    appendLine(text, to: &out)
  }

  private func appendLine(_ line: ArraySlice<UInt8>, to out: inout [UInt8]) {
    var shown: [UInt8] = []
    VisibleText.append(line, to: &shown)
    out.append(shown[...], replacing: Self.isMarkup) { byte, out in
      out.append(UInt8(ascii: "\\"))
      out.append(byte)
    }
  }

  private static func isMarkup(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "|"), UInt8(ascii: "\\"), UInt8(ascii: "`"), UInt8(ascii: "*"),
      UInt8(ascii: "<"), UInt8(ascii: "&"), UInt8(ascii: "["), UInt8(ascii: "~"):
      true
    default: false
    }
  }
}
