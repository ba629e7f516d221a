import CKernels
import SegqRecords

/// CSV (RFC 4180) and TSV: lines that end in LF, quotes only where they are needed.
///
/// ```
/// ID,Name,ZIP
/// 7,"Doe, Jane",01310
/// 8,"",
/// ```
/// Null is nothing, empty text is `""`, and the text `\N` is quoted, as bare it would be read as null.
struct DelimitedWriter: ResultWriter {
  var isUniform: Bool { true }

  private let options: WriterOptions
  private let style: DelimitedCells
  private var encoder: RowEncoder<DelimitedCells>

  init(delimiter: UInt8, _ options: WriterOptions) {
    self.options = options
    style = DelimitedCells(delimiter: delimiter, guardsFormulas: options.guardsFormulas)
    encoder = RowEncoder(
      style: style, rows: RowAssembler(leads: [], end: "\n"), timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    encoder.rows.leads = schema.fields.indices.map { $0 == 0 ? [] : [style.delimiter] }
    guard options.showsHeader else { return }
    for (field, lead) in zip(schema.fields, encoder.rows.leads) {
      out += lead
      style.appendText(Array(field.header.utf8)[...], to: &out)
    }
    out.append(UInt8(ascii: "\n"))
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    encoder.append(batch, rows: 0..<batch.rowCount, to: &out)
  }

  mutating func end(to out: inout [UInt8]) {}
}

/// A cell between delimiters.
struct DelimitedCells: CellStyle {
  let delimiter: UInt8
  let guardsFormulas: Bool

  func isVerbatim(_ bytes: Span<UInt8>) -> Bool {
    var found: UInt64 = 0
    unsafe bytes.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      for at in stride(from: 0, to: buffer.count & ~63, by: 64) {
        let marks = unsafe segq_marks_at(start + at, delimiter)
        found |= marks.quotes | marks.delimiters | marks.feeds | marks.returns
      }
    }
    guard found == 0 else { return false }
    for i in bytes.count & ~63..<bytes.count where asksForQuotes(bytes[i]) { return false }
    return true
  }

  func isRisky(first: UInt8?) -> Bool {
    guard let first, first != UInt8(ascii: "\\") else { return true }
    return guardsFormulas && FormulaGuard.mayTrigger(first)
  }

  var null: [UInt8] { [] }

  func appendNumber(
    _ number: Int64, _ type: DataType, _ values: inout ValueText, to out: inout OutputSpan<UInt8>
  ) {
    values.append(number, as: type, to: &out)
  }

  func isVerbatim(risky text: ArraySlice<UInt8>) -> Bool {
    !isQuoted(text) && !(guardsFormulas && FormulaGuard.isNeeded(text))
  }

  func appendText(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    let isGuarded = guardsFormulas && FormulaGuard.isNeeded(text)
    guard isQuoted(text) else {
      if isGuarded { out.append(FormulaGuard.mark) }
      out += text
      return
    }
    out.append(quote)
    if isGuarded { out.append(FormulaGuard.mark) }
    for byte in text {
      if byte == quote { out.append(quote) }
      out.append(byte)
    }
    out.append(quote)
  }

  private var quote: UInt8 { UInt8(ascii: "\"") }

  private func isQuoted(_ text: ArraySlice<UInt8>) -> Bool {
    text.isEmpty || text.contains(where: asksForQuotes) || text.elementsEqual(#"\N"#.utf8)
  }

  private func asksForQuotes(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == quote || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }
}
