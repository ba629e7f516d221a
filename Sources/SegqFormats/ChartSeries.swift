/// The rows of an answer with two keys, put together by the first: of each of its values the rows of the
/// second.
///
/// ```
/// Month    Status
/// 2025-01  complete
///          canceled
/// 2025-02  complete
/// ```
struct ChartSeries {
  /// The rows, those of one label together, those of one series in the same order in each.
  let order: [Int]
  /// Both names of each of them; the first only where it changes.
  let labels: [String]
  let header: String
  /// The values of the second key, in the order in which they come.
  let names: [String]
  /// The rows of each of them.
  let rows: [[Int]]

  init(_ labels: [String], _ series: [String], names headers: (label: String, series: String)) {
    let (groups, places) = (Numbers(labels), Numbers(series))
    order = labels.indices.sorted {
      (groups.of[$0], places.of[$0], $0) < (groups.of[$1], places.of[$1], $1)
    }
    names = places.distinct
    var rows = places.distinct.map { _ in [Int]() }
    for row in series.indices { rows[places.of[row]].append(row) }
    self.rows = rows
    let width = (labels + [headers.label]).reduce(0) { max($0, DisplayWidth.of($1)) }
    func both(_ label: String, _ series: String) -> String {
      label + String(repeating: " ", count: width - DisplayWidth.of(label) + 2) + series
    }
    header = both(headers.label, headers.series)
    var last: String?
    var shown: [String] = []
    for row in order {
      shown.append(both(labels[row] == last ? "" : labels[row], series[row]))
      last = labels[row]
    }
    self.labels = shown
  }

  /// Texts numbered in the order in which they come.
  private struct Numbers {
    var of: [Int] = []
    var distinct: [String] = []

    init(_ texts: [String]) {
      var known: [String: Int] = [:]
      for text in texts {
        let number = known[text] ?? distinct.count
        if number == distinct.count {
          known[text] = number
          distinct.append(text)
        }
        of.append(number)
      }
    }
  }
}
