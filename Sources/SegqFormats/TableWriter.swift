import SegqRecords

/// A table for a terminal.
///
/// ```
///  ID │ Name      │ Total
/// ────┼───────────┼───────
///   7 │ Jane Doe  │ 12.5
///  12 │ Zoë Müll… │  3
/// ```
/// It draws at the end, as it must know the widest value; ``TableLayout`` says what it does where
/// the terminal is too narrow, and ``TerminalCell`` how values show.
struct TableWriter: ResultWriter {
  var isUniform: Bool { false }

  private let options: WriterOptions
  private let pen: TerminalPen
  private var cell: TerminalCell
  private var schema = Schema([])
  private var columns: [TableColumn] = []
  private var batches: [RecordBatch] = []

  init(_ options: WriterOptions) {
    self.options = options
    pen = TerminalPen(usesColor: options.usesColor)
    cell = TerminalCell(timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    self.schema = schema
    columns = schema.fields.map(TableColumn.init)
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    for (index, column) in batch.columns.enumerated() { columns[index].measure(column, &cell) }
    batches.append(batch)
  }

  mutating func end(to out: inout [UInt8]) {
    let natural = TableLayout(columns, terminalWidth: nil).totalWidth
    if options.turnsWhenWide, natural > options.terminalWidth ?? .max {
      return turn(to: &out)
    }
    let widths = TableLayout(columns, terminalWidth: options.terminalWidth).widths
    if options.showsHeader {
      drawHeader(widths, &out)
      drawRule(widths, &out)
    }
    for batch in batches {
      for row in 0..<batch.rowCount { draw(batch, row, widths, &out) }
    }
    nameHidden(columns.dropFirst(widths.count), &out)
  }

  /// What `\x auto` asks for: the same rows a line a value.
  private func turn(to out: inout [UInt8]) {
    var writer = VerticalWriter(options)
    writer.begin(schema, to: &out)
    for batch in batches { writer.write(batch, to: &out) }
    writer.end(to: &out)
  }

  private func drawHeader(_ widths: [Int], _ out: inout [UInt8]) {
    for (index, width) in widths.enumerated() {
      let column = columns[index]
      let text = DisplayWidth.cut(column.header, to: width)
      let blanks = width - DisplayWidth.of(text)
      let isLast = index == widths.count - 1
      separate(index, &out)
      if column.isRight { appendBlanks(blanks, &out) }
      pen.bold({ $0 += text.utf8 }, &out)
      if !column.isRight && !isLast { appendBlanks(blanks, &out) }
    }
    out.append(UInt8(ascii: "\n"))
  }

  private func drawRule(_ widths: [Int], _ out: inout [UInt8]) {
    let parts = widths.map { String(repeating: "─", count: $0 + 2) }
    pen.dim({ $0 += parts.joined(separator: "┼").utf8 }, &out)
    out.append(UInt8(ascii: "\n"))
  }

  private mutating func draw(
    _ batch: RecordBatch, _ row: Int, _ widths: [Int], _ out: inout [UInt8]
  ) {
    var text: [UInt8] = []
    for (index, width) in widths.enumerated() {
      text.removeAll(keepingCapacity: true)
      cell.append(batch.columns[index], row, isTickBox: columns[index].isTickBox, to: &text)
      separate(index, &out)
      let isNull = batch.columns[index].isNull(row)
      draw(&text, columns[index], width, isNull: isNull, isLast: index == widths.count - 1, &out)
    }
    out.append(UInt8(ascii: "\n"))
  }

  private func draw(
    _ text: inout [UInt8], _ column: TableColumn, _ width: Int, isNull: Bool, isLast: Bool,
    _ out: inout [UInt8]
  ) {
    var used = DisplayWidth.of(utf8: text)
    if used > width, column.type == .text {
      text = Array(DisplayWidth.cut(String(decoding: text, as: UTF8.self), to: width).utf8)
      used = DisplayWidth.of(utf8: text)
    }
    let after = column.isRight ? column.fractionWidth - column.fraction(of: text) : width - used
    appendBlanks(width - used - after, &out)
    if isNull { pen.dim({ $0 += text }, &out) } else { out += text }
    if !isLast { appendBlanks(after, &out) }
  }

  private func separate(_ index: Int, _ out: inout [UInt8]) {
    if index > 0 {
      out.append(UInt8(ascii: " "))
      pen.dim({ $0 += "│".utf8 }, &out)
    }
    out.append(UInt8(ascii: " "))
  }

  private func appendBlanks(_ count: Int, _ out: inout [UInt8]) {
    guard count > 0 else { return }
    out.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count))
  }

  /// `2 columns hidden: ZIP, Customer Since`; of very many the first, in some lines.
  private func nameHidden(_ hidden: ArraySlice<TableColumn>, _ out: inout [UInt8]) {
    guard !hidden.isEmpty else { return }
    let room = options.terminalWidth ?? .max
    var line = ""
    var lines = 1
    let start = hidden.count == 1 ? ["1", "column"] : ["\(hidden.count)", "columns"]
    let names = hidden.dropLast().map { $0.header + "," } + hidden.suffix(1).map(\.header)
    for word in start + ["hidden:"] + names {
      let shown = DisplayWidth.cut(word, to: room - 1)
      let isLast = lines == Self.noteLines
      if !line.isEmpty, DisplayWidth.of(line) + (isLast ? 3 : 1) + DisplayWidth.of(shown) > room {
        if isLast {
          line += " …"
          break
        }
        drawNote(line, &out)
        (line, lines) = ("", lines + 1)
      }
      line += " " + shown
    }
    drawNote(line, &out)
  }

  /// More would push the table off the screen.
  private static let noteLines = 3

  private func drawNote(_ line: String, _ out: inout [UInt8]) {
    pen.dim({ $0 += line.utf8 }, &out)
    out.append(UInt8(ascii: "\n"))
  }
}
