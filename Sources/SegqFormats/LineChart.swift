/// A line over dates, drawn with the dots of braille: two across and four down in each cell.
///
/// ```
///  3,120 ⡇     ⣀⠤⠒
///        ⣇⠤⠒⠉
///  1,204 ⠁
///        2025-01-01  2025-12-01
/// ```
struct LineChart {
  private let labels: [String]
  private let times: [Int64]
  private let figure: ChartFigure
  private let margin: Int
  private let columns: Int

  private static let rows = 8

  init(_ labels: [String], _ times: [Int64], _ figure: ChartFigure, width: Int) {
    (self.labels, self.times, self.figure) = (labels, times, figure)
    margin = figure.shown.reduce(0) { max($0, DisplayWidth.of($1)) } + 1
    columns = max(8, width - margin - 1)
  }

  func draw(_ pen: TerminalPen, _ out: inout [UInt8]) {
    guard let bounds = figure.bounds else { return }
    pen.bold({ $0 += figure.name.utf8 }, &out)
    out.append(UInt8(ascii: "\n"))
    var dots = DotCanvas(columns: columns, rows: Self.rows)
    let points = points(bounds)
    for (from, to) in zip(points, points.dropFirst()) { dots.line(from, to) }
    if points.count == 1 { dots.set(points[0].x, points[0].y) }
    for row in 0..<Self.rows {
      let label =
        row == 0
        ? figure.shown[bounds.greatest]
        : row == Self.rows - 1 ? figure.shown[bounds.least] : ""
      let blanks = max(0, margin - 1 - DisplayWidth.of(label))
      out += (String(repeating: " ", count: blanks) + label + " " + dots.text(row) + "\n").utf8
    }
    pen.dim({ $0 += axis.utf8 }, &out)
    out.append(UInt8(ascii: "\n"))
  }

  /// The first and the last date at the ends of the line.
  private var axis: String {
    let (first, last) = (labels.first ?? "", labels.last ?? "")
    let gap = columns - DisplayWidth.of(first) - DisplayWidth.of(last)
    let start = String(repeating: " ", count: margin) + first
    return labels.count == 1 || gap < 1 ? start : start + String(repeating: " ", count: gap) + last
  }

  private func points(_ bounds: (least: Int, greatest: Int)) -> [(x: Int, y: Int)] {
    let (first, last) = (times.min() ?? 0, times.max() ?? 0)
    let (low, high) = (figure.values[bounds.least] ?? 0, figure.values[bounds.greatest] ?? 0)
    return times.indices.sorted { times[$0] < times[$1] }.compactMap { index in
      guard let value = figure.values[index] else { return nil }
      let x = Self.part(times[index], first, last, of: columns * 2 - 1)
      let y = Self.rows * 4 - 1 - Self.part(value, low, high, of: Self.rows * 4 - 1)
      return (x, y)
    }
  }

  private static func part(_ value: Int64, _ low: Int64, _ high: Int64, of length: Int) -> Int {
    guard high > low else { return 0 }
    let share = (Double(value) - Double(low)) / (Double(high) - Double(low))
    return Int((share * Double(length)).rounded())
  }
}

/// Cells of eight dots each.
private struct DotCanvas {
  private let columns: Int
  private var cells: [UInt8]

  init(columns: Int, rows: Int) {
    self.columns = columns
    cells = Array(repeating: 0, count: columns * rows)
  }

  /// The bit of each dot in a cell, by row and column (Unicode 15, 21.1: dots 1–8).
  private static let bits: [[UInt8]] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]]

  mutating func set(_ x: Int, _ y: Int) {
    cells[y / 4 * columns + x / 2] |= Self.bits[y % 4][x % 2]
  }

  mutating func line(_ from: (x: Int, y: Int), _ to: (x: Int, y: Int)) {
    let steps = max(1, abs(to.x - from.x), abs(to.y - from.y))
    for step in 0...steps {
      set(from.x + (to.x - from.x) * step / steps, from.y + (to.y - from.y) * step / steps)
    }
  }

  /// A row of cells, without the empty ones at its end.
  func text(_ row: Int) -> String {
    var line = cells[(row * columns)..<((row + 1) * columns)]
    while line.last == 0 { line.removeLast() }
    return String(
      String.UnicodeScalarView(line.map { Unicode.Scalar(0x2800 + UInt32($0)) ?? " " }))
  }
}
