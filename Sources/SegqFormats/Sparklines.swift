/// A line of blocks for each of several figures over the same dates.
///
/// ```
/// orders   ▁▂▃▅▇█▆▅  201 … 1,204
/// revenue  ▂▁▃▄▆█▇▅  1,800.5 … 93,120
/// 2025-01-01 … 2025-08-01
/// ```
struct Sparklines {
  private let labels: [String]
  private let figures: [ChartFigure]
  private let nameWidth: Int
  private let room: Int

  init(_ labels: [String], _ figures: [ChartFigure], width: Int) {
    (self.labels, self.figures) = (labels, figures)
    nameWidth = min(width / 3, figures.reduce(0) { max($0, DisplayWidth.of($1.name)) })
    let bounds = figures.map { DisplayWidth.of(Self.range(of: $0)) }.max() ?? 0
    room = max(8, width - nameWidth - bounds - 5)
  }

  func draw(_ pen: TerminalPen, _ out: inout [UInt8]) {
    for figure in figures {
      let name = DisplayWidth.cut(figure.name, to: nameWidth)
      let blanks = String(repeating: " ", count: nameWidth - DisplayWidth.of(name) + 2)
      pen.bold({ $0 += name.utf8 }, &out)
      out += (blanks + Self.blocks(figure.values, room) + "  ").utf8
      pen.dim({ $0 += Self.range(of: figure).utf8 }, &out)
      out.append(UInt8(ascii: "\n"))
    }
    pen.dim({ $0 += "\(labels.first ?? "") … \(labels.last ?? "")".utf8 }, &out)
    out.append(UInt8(ascii: "\n"))
  }

  private static func range(of figure: ChartFigure) -> String {
    figure.bounds.map { "\(figure.shown[$0.least]) … \(figure.shown[$0.greatest])" } ?? "–"
  }

  private static let levels: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]

  /// A block a value, a blank for null. More values than cells: the mean of those that share one.
  static func blocks(_ values: [Int64?], _ room: Int) -> String {
    let count = min(values.count, room)
    let means = (0..<count).map { cell -> Double? in
      let known = values[(cell * values.count / count)..<((cell + 1) * values.count / count)]
        .compactMap { $0 }
      return known.isEmpty ? nil : known.reduce(0.0) { $0 + Double($1) } / Double(known.count)
    }
    let known = means.compactMap { $0 }
    guard let low = known.min(), let high = known.max() else { return "" }
    return String(
      means.map { mean in
        guard let mean else { return " " }
        return high > low ? levels[Int(((mean - low) / (high - low) * 7).rounded())] : levels[3]
      })
  }
}
