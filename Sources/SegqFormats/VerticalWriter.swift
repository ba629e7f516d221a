import SegqBytes
import SegqRecords

/// A line a value, for rows that are wider than a terminal.
///
/// ```
/// ── row 1 ──
///   ID: 7
/// Name: Jane
/// ```
struct VerticalWriter: ResultWriter {
  var isUniform: Bool { false }

  private let pen: TerminalPen
  private var cell: TerminalCell
  private var names: [[UInt8]] = []
  private var fields: [Field] = []
  private var rowCount = 0

  init(_ options: WriterOptions) {
    pen = TerminalPen(usesColor: options.usesColor)
    cell = TerminalCell(timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    fields = schema.fields
    let shown = fields.map { VisibleText.of($0.header) }
    let width = shown.reduce(0) { max($0, DisplayWidth.of($1)) }
    names = shown.map { name in
      [UInt8](repeating: UInt8(ascii: " "), count: width - DisplayWidth.of(name)) + name.utf8
    }
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    for row in 0..<batch.rowCount {
      rowCount += 1
      pen.dim({ $0 += "── row \(rowCount) ──".utf8 }, &out)
      out.append(UInt8(ascii: "\n"))
      for (index, column) in batch.columns.enumerated() { write(index, column, row, &out) }
    }
  }

  private mutating func write(
    _ index: Int, _ column: ColumnVector, _ row: Int, _ out: inout [UInt8]
  ) {
    pen.bold({ $0 += names[index] }, &out)
    out += ": ".utf8
    if column.isNull(row) {
      pen.dim({ $0 += TerminalCell.null.utf8 }, &out)
    } else {
      cell.append(column, row, isTickBox: fields[index].isTickBox, to: &out)
    }
    out.append(UInt8(ascii: "\n"))
  }

  mutating func end(to out: inout [UInt8]) {}
}
