public import SegqRecords

/// A picture of an answer for a terminal: bars for its first figure, a line where the first column
/// is a date, and a small one for each figure where there are several.
///
/// ```
/// Country  Customers
/// France       1,204 ████████████████████
/// Germany        903 ███████████████
/// ```
/// It draws at the end, as it must know the greatest value. Null draws nothing, and an answer without
/// numbers is a table.
struct ChartWriter: ResultWriter {
  var isUniform: Bool { false }

  private let options: WriterOptions
  private var cell: TerminalCell
  private var fields: [Field] = []
  private var labels: [String] = []
  private var times: [Int64] = []
  private var figures: [ChartFigure] = []
  private var table: TableWriter?

  /// How wide a chart is that goes to no terminal.
  private static let usualWidth = 80

  init(_ options: WriterOptions) {
    self.options = options
    cell = TerminalCell(timeZone: options.timeZone)
  }

  mutating func begin(_ schema: Schema, to out: inout [UInt8]) {
    fields = schema.fields
    figures = schema.figures.map { ChartFigure(column: $0, fields[$0]) }
    if figures.isEmpty { table = TableWriter(options) }
    table?.begin(schema, to: &out)
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    if table != nil { return table?.write(batch, to: &out) ?? () }
    for row in 0..<batch.rowCount {
      labels.append(hasLabels ? text(batch.columns[0], row) : "")
      if isOverTime { times.append(batch.columns[0][row].number ?? 0) }
      for index in figures.indices {
        let column = batch.columns[figures[index].column]
        let number = column.isNull(row) ? nil : column[row].number
        figures[index].append(number, shown: text(column, row))
      }
    }
  }

  mutating func end(to out: inout [UInt8]) {
    table?.end(to: &out)
    let pen = TerminalPen(usesColor: options.usesColor)
    let width = max(20, options.terminalWidth ?? Self.usualWidth)
    guard !labels.isEmpty else { return }
    if isOverTime, figures.count == 1 {
      LineChart(labels, times, figures[0], width: width).draw(pen, &out)
    } else if isOverTime {
      Sparklines(labels, figures, width: width).draw(pen, &out)
    } else {
      let header = hasLabels ? VisibleText.of(fields[0].header) : ""
      for (index, figure) in figures.enumerated() {
        if index > 0 { out.append(UInt8(ascii: "\n")) }
        BarChart(header, labels, figure, width: width).draw(pen, &out)
      }
    }
  }

  private var hasLabels: Bool { figures.first?.column != 0 }
  private var isOverTime: Bool { hasLabels && fields.first?.type.isTemporal == true }

  private mutating func text(_ column: ColumnVector, _ row: Int) -> String {
    var bytes: [UInt8] = []
    cell.append(column, row, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// A column of numbers, as they are and as they show.
struct ChartFigure {
  let column: Int
  let name: String
  private(set) var values: [Int64?] = []
  private(set) var shown: [String] = []

  init(column: Int, _ field: Field) {
    self.column = column
    name = VisibleText.of(field.header)
  }

  mutating func append(_ value: Int64?, shown text: String) {
    values.append(value)
    shown.append(text)
  }

  /// The places of the least and the greatest value; nil where all are null.
  var bounds: (least: Int, greatest: Int)? {
    let known = values.indices.filter { values[$0] != nil }
    guard let least = known.min(by: { values[$0] ?? 0 < values[$1] ?? 0 }),
      let greatest = known.max(by: { values[$0] ?? 0 < values[$1] ?? 0 })
    else { return nil }
    return (least, greatest)
  }
}

extension Schema {
  /// The columns that a chart draws: all of numbers but the first, which names the rows, unless it is
  /// the only one.
  public var figures: [Int] {
    let numeric = fields.indices.filter { fields[$0].type.isNumeric }
    return fields.count > 1 ? numeric.filter { $0 > 0 } : numeric
  }
}
