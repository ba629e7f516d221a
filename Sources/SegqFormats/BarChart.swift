/// A bar a row, as long as its figure is great; what is negative is hatched.
///
/// ```
/// France   1,204 ████████████████████
/// Germany    903 ███████████████
/// ```
struct BarChart {
  private let header: String
  private let labels: [String]
  private let figure: ChartFigure
  private let labelWidth: Int
  private let figureWidth: Int
  private let room: Int

  init(_ header: String, _ labels: [String], _ figure: ChartFigure, width: Int) {
    (self.header, self.labels, self.figure) = (header, labels, figure)
    let longest = (labels + [header]).reduce(0) { max($0, DisplayWidth.of($1)) }
    labelWidth = min(longest, width / 2)
    figureWidth = (figure.shown + [figure.name]).reduce(0) { max($0, DisplayWidth.of($1)) }
    room = max(8, width - labelWidth - figureWidth - 4)
  }

  func draw(_ pen: TerminalPen, _ out: inout [UInt8]) {
    pen.bold({ $0 += line(header, figure.name).utf8 }, &out)
    out.append(UInt8(ascii: "\n"))
    let greatest = figure.values.reduce(0) { max($0, ($1 ?? 0).magnitude) }
    for (index, label) in labels.enumerated() {
      let value = figure.values[index] ?? 0
      let bar = Self.bar(value, of: greatest, room)
      out += line(label, figure.shown[index]).utf8
      if !bar.isEmpty { out += (" " + bar).utf8 }
      out.append(UInt8(ascii: "\n"))
    }
  }

  private func line(_ label: String, _ figure: String) -> String {
    let label = DisplayWidth.cut(label, to: labelWidth)
    let gap = labelWidth - DisplayWidth.of(label) + figureWidth - DisplayWidth.of(figure)
    return label + String(repeating: " ", count: max(0, gap) + (labelWidth == 0 ? 0 : 2)) + figure
  }

  private static let eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]

  /// In eighths of a cell; what is there at all is seen.
  static func bar(_ value: Int64, of greatest: UInt64, _ room: Int) -> String {
    guard value != 0, greatest > 0 else { return "" }
    let share = Double(value.magnitude) / Double(greatest)
    let length = max(1, Int((share * Double(room * 8)).rounded()))
    if value < 0 { return String(repeating: "▒", count: max(1, length / 8)) }
    return String(repeating: "█", count: length / 8) + eighths[length % 8]
  }
}
