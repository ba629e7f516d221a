import SegqBytes

/// A line over dates, drawn with the dots of braille: two across and four down in each cell.
///
/// ```
///  3,120 ⡇     ⣀⠤⠒
///        ⣇⠤⠒⠉
///  1,204 ⠁
///        2025-01-01  2025-12-01
/// ```
///
/// Several series have a colour each, which a line below names. Without colours, or where there are more
/// series, each has a chart of its own, in the same scale.
struct LineChart {
  private let labels: [String]
  private let times: [Int64]
  private let figure: ChartFigure
  private let series: [(name: String, rows: [Int])]
  private let margin: Int
  private let columns: Int

  private static let rows = 8

  init(_ labels: [String], _ times: [Int64], _ figure: ChartFigure, width: Int) {
    self.init(labels, times, figure, [("", Array(times.indices))], width)
  }

  init(
    _ labels: [String], _ times: [Int64], _ figure: ChartFigure, of series: ChartSeries, width: Int
  ) {
    self.init(labels, times, figure, Array(zip(series.names, series.rows)), width)
  }

  private init(
    _ labels: [String], _ times: [Int64], _ figure: ChartFigure,
    _ series: [(name: String, rows: [Int])], _ width: Int
  ) {
    (self.labels, self.times, self.figure, self.series) = (labels, times, figure, series)
    margin = figure.shown.reduce(0) { max($0, DisplayWidth.of($1)) } + 1
    columns = max(8, width - margin - 1)
  }

  func draw(_ pen: TerminalPen, _ out: inout [UInt8]) {
    guard let bounds = figure.bounds else { return }
    if series.count > 1, !pen.usesColor || series.count > TerminalPen.colors.count {
      for (place, one) in series.enumerated() {
        if place > 0 { out.append(UInt8(ascii: "\n")) }
        draw([one], "\(figure.name) · \(one.name)", Self.rows / 2, bounds, pen, &out)
      }
      return
    }
    draw(series, figure.name, Self.rows, bounds, pen, &out)
    if series.count > 1 { drawLegend(pen, &out) }
  }

  private func draw(
    _ series: [(name: String, rows: [Int])], _ title: String, _ height: Int,
    _ bounds: (least: Int, greatest: Int), _ pen: TerminalPen, _ out: inout [UInt8]
  ) {
    pen.bold({ $0 += title.utf8 }, &out)
    out.append(UInt8(ascii: "\n"))
    var dots = DotCanvas(columns: columns, rows: height)
    for (place, one) in series.enumerated() {
      dots.color = place
      let points = points(one.rows, bounds, height)
      for (from, to) in zip(points, points.dropFirst()) { dots.line(from, to) }
      if points.count == 1 { dots.set(points[0].x, points[0].y) }
    }
    for row in 0..<height {
      let label =
        row == 0
        ? figure.shown[bounds.greatest] : row == height - 1 ? figure.shown[bounds.least] : ""
      let blanks = max(0, margin - 1 - DisplayWidth.of(label))
      out += (String(repeating: " ", count: blanks) + label + " ").utf8
      for run in dots.runs(row) {
        if series.count > 1, let color = run.color {
          pen.color(color, { $0 += run.text.utf8 }, &out)
        } else {
          out += run.text.utf8
        }
      }
      out.append(UInt8(ascii: "\n"))
    }
    pen.dim({ $0 += axis.utf8 }, &out)
    out.append(UInt8(ascii: "\n"))
  }

  private func drawLegend(_ pen: TerminalPen, _ out: inout [UInt8]) {
    out += String(repeating: " ", count: margin).utf8
    for (place, one) in series.enumerated() {
      if place > 0 { out += "  ".utf8 }
      pen.color(place, { $0 += "━━".utf8 }, &out)
      out += (" " + VisibleText.of(one.name)).utf8
    }
    out.append(UInt8(ascii: "\n"))
  }

  /// The first and the last date at the ends of the line.
  private var axis: String {
    let order = times.indices.sorted { times[$0] < times[$1] }
    let (first, last) = (order.first.map { labels[$0] } ?? "", order.last.map { labels[$0] } ?? "")
    let gap = columns - DisplayWidth.of(first) - DisplayWidth.of(last)
    let start = String(repeating: " ", count: margin) + first
    return labels.count == 1 || gap < 1 ? start : start + String(repeating: " ", count: gap) + last
  }

  private func points(
    _ rows: [Int], _ bounds: (least: Int, greatest: Int), _ height: Int
  ) -> [(x: Int, y: Int)] {
    let (first, last) = (times.min() ?? 0, times.max() ?? 0)
    let (low, high) = (figure.values[bounds.least] ?? 0, figure.values[bounds.greatest] ?? 0)
    return rows.sorted { times[$0] < times[$1] }.compactMap { index in
      guard let value = figure.values[index] else { return nil }
      let x = Self.part(times[index], first, last, of: columns * 2 - 1)
      let y = height * 4 - 1 - Self.part(value, low, high, of: height * 4 - 1)
      return (x, y)
    }
  }

  private static func part(_ value: Int64, _ low: Int64, _ high: Int64, of length: Int) -> Int {
    guard high > low else { return 0 }
    let share = (Double(value) - Double(low)) / (Double(high) - Double(low))
    return Int((share * Double(length)).rounded())
  }
}

/// Cells of eight dots each, with the colour that was drawn in each last.
private struct DotCanvas {
  /// The number of the colour that is drawn in.
  var color = 0
  private let columns: Int
  private var cells: [UInt8]
  private var colors: [Int?]

  init(columns: Int, rows: Int) {
    self.columns = columns
    cells = Array(repeating: 0, count: columns * rows)
    colors = Array(repeating: nil, count: columns * rows)
  }

  /// The bit of each dot in a cell, by row and column (Unicode 15, 21.1: dots 1–8).
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  mutating func set(_ x: Int, _ y: Int) {
    let cell = y / 4 * columns + x / 2
    cells[cell] |= Self.bits[y % 4][x % 2]
    colors[cell] = color
  }

  mutating func line(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int)) {
    let steps = max(1, abs(to.x - from.x), abs(to.y - from.y))
    for step in 0...steps {
      set(from.x + (to.x - from.x) * step / steps, from.y + (to.y - from.y) * step / steps)
    }
  }

  /// A row of cells in stretches of one colour, without the empty ones at its end.
  func runs(_ row: Int) -> [(color: Int?, text: String)] {
    let start = row * columns
    let used = ((0..<columns).last { cells[start + $0] != 0 } ?? -1) + 1
    var runs: [(color: Int?, text: String)] = []
    for cell in start..<start + used {
      let dots = String(Character(Unicode.Scalar(0x2800 + UInt32(cells[cell])) ?? " "))
      if let last = runs.last, last.color == colors[cell] {
        runs[runs.count - 1].text += dots
      } else {
        runs.append((colors[cell], dots))
      }
    }
    return runs
  }
}
