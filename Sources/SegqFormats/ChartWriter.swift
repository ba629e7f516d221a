import SegqBytes
public import SegqRecords

public import SegqRecords

/// A picture of an answer for a terminal: bars for its first figure, a line where the first column
/// is a date, and a small one for each figure where there are several. A second key makes a series of
/// each of its values.
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
  /// The columns that name the rows, and those that name the series.
  private var keys: (label: Int?, series: [Int]) = (nil, [])
  private var labels: [String] = []
  private var series: [String] = []
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
    keys = (schema.label, schema.series)
    figures = schema.figures.map { ChartFigure(column: $0, fields[$0]) }
    if figures.isEmpty { table = TableWriter(options) }
    table?.begin(schema, to: &out)
  }

  mutating func write(_ batch: RecordBatch, to out: inout [UInt8]) {
    if table != nil { return table?.write(batch, to: &out) ?? () }
    for row in 0..<batch.rowCount {
      labels.append(keys.label.map { text(batch.columns[$0], row) } ?? "")
      series.append(keys.series.map { text(batch.columns[$0], row) }.joined(separator: " · "))
      if let label = keys.label, isOverTime {
        times.append(batch.columns[label][row].number ?? 0)
      }
      for index in figures.indices {
        let column = batch.columns[figures[index].column]
        let number = column.isNull(row) ? nil : column[row].number
        figures[index].append(number, shown: text(column, row))
      }
    }
  }

  mutating func end(to out: inout [UInt8]) {
    table?.end(to: &out)
    guard !labels.isEmpty else { return }
    let pen = TerminalPen(usesColor: options.usesColor)
    let width = max(20, options.terminalWidth ?? Self.usualWidth)
    if isOverTime, figures.count > 1, keys.series.isEmpty {
      return Sparklines(labels, figures, width: width).draw(pen, &out)
    }
    for (index, figure) in figures.enumerated() {
      if index > 0 { out.append(UInt8(ascii: "\n")) }
      draw(figure, pen, width, &out)
    }
  }

  private func draw(
    _ figure: ChartFigure, _ pen: TerminalPen, _ width: Int, _ out: inout [UInt8]
  ) {
    let grouped = ChartSeries(labels, series, names: names)
    switch (isOverTime, keys.series.isEmpty) {
    case (true, true): LineChart(labels, times, figure, width: width).draw(pen, &out)
    case (true, false):
      LineChart(labels, times, figure, of: grouped, width: width).draw(pen, &out)
    case (false, true): BarChart(names.label, labels, figure, width: width).draw(pen, &out)
    case (false, false):
      BarChart(grouped.header, grouped.labels, figure.picked(grouped.order), width: width)
        .draw(pen, &out)
    }
  }

  private var names: (label: String, series: String) {
    let names = keys.series.map { VisibleText.of(fields[$0].header) }
    return (
      keys.label.map { VisibleText.of(fields[$0].header) } ?? "", names.joined(separator: " · ")
    )
  }

  private var isOverTime: Bool { keys.label.map { fields[$0].type.isTemporal } ?? false }

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

  /// The values of these rows, in this order.
  func picked(_ rows: [Int]) -> ChartFigure {
    var figure = self
    (figure.values, figure.shown) = (rows.map { values[$0] }, rows.map { shown[$0] })
    return figure
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
  private var keys: [Int] { fields.indices.filter { fields[$0].isKey } }

  /// The column that names the rows of a chart: the first key, else the first column, unless that is
  /// all there is to draw.
  var label: Int? { keys.first ?? (figures.first == 0 || fields.isEmpty ? nil : 0) }

  /// The columns whose values are a series each: the keys behind the first.
  var series: [Int] { Array(keys.dropFirst()) }

  /// The columns that a chart draws: those of numbers that are no keys; where there are no keys, all but
  /// the first, which names the rows, unless it is the only one.
  public var figures: [Int] {
    let numeric = fields.indices.filter { fields[$0].type.isNumeric && !fields[$0].isKey }
    return keys.isEmpty && fields.count > 1 ? numeric.filter { $0 > 0 } : numeric
  }
}
