import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords

// Values behind a comparison, and those of settings.
extension Completer {
  /// The values of a column, or of a setting where that is what stands before the sign.
  func values(of name: String, at place: CompletionPlace, _ span: SourceSpan) -> [Offer] {
    if place.isSetting(at: span) { return settingValues(name) }
    let parts = name.split(separator: ".").map { $0.lowercased() }
    guard let last = parts.last else { return [] }
    let named = parts.count > 1 ? [catalog.store.table(named: parts[0])].compactMap { $0 } : []
    for table in named + tables(at: place) {
      guard let column = table.column(named: last) else { continue }
      return values(of: table.columns[column].values, at: place)
    }
    return []
  }

  private func settingValues(_ name: String) -> [Offer] {
    guard let entry = Settings.entries.first(where: { $0.name == name.lowercased() }) else {
      return []
    }
    return entry.values.map { Offer($0, $0 == entry.show(Settings()) ? "the default" : "") }
  }

  private func values(of column: StoredColumn, at place: CompletionPlace) -> [Offer] {
    switch column.type {
    case .text:
      let counts = column.valueCounts(atMost: Self.mostValues, waits: waitsForCounts) ?? []
      return counts.map { value in
        let shown = value.count.map { "(\($0.grouped))" } ?? ""
        return Offer(value.text, inserting: value.text.literal + " ", shown)
      }
    case .boolean: return [Offer("true"), Offer("false")]
    case .integer, .decimal: return figures(of: column)
    case .date, .datetime: return (place.isRange ? Self.spans : Self.periods) + figures(of: column)
    }
  }

  /// More would not be read; whoever knows the value types on.
  private static let mostValues = 500

  private func figures(of column: StoredColumn) -> [Offer] {
    guard let sketch = column.sketch(waits: waitsForCounts) else { return [] }
    let isTime = column.type == .datetime
    let named = [
      (sketch.least, "the least"), (sketch.median, "about the median"),
      (sketch.greatest, "the greatest"),
    ]
    return named.map { number, what in
      let value = Value(
        isTime ? catalog.zone.day(of: number) : number, as: isTime ? .date : column.type)
      return Offer(value.text(in: catalog.zone), what)
    }
  }

  private static let spans = [
    Offer("-7d", "the last 7 days"), Offer("-30d", "the last 30 days"),
    Offer("-3m", "the last 3 months"), Offer("-1y", "the last year"), Offer("today"),
  ]

  private static let periods = [
    Offer("today"), Offer("yesterday"), Offer("this month"), Offer("last month"),
    Offer("last quarter"), Offer("last year"),
  ]
}

extension CompletionPlace {
  /// Whether a comparison with more or less stands before the cursor.
  fileprivate var isRange: Bool {
    let text = head.trimmingBlanks
    return [">", "<", ">=", "<="].contains { text.hasSuffix($0) }
  }

  /// Whether the name at the span is that of a setting: `set format = |`
  fileprivate func isSetting(at span: SourceSpan) -> Bool {
    let before = String(decoding: source.bytes[..<span.start], as: UTF8.self)
    return before.split(whereSeparator: \.isWhitespace).last?.lowercased() == "set"
  }
}

extension String {
  /// As it is typed as a value: in quotes where it is not one word.
  fileprivate var literal: String {
    let isWord = !isEmpty && allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
    return isWord ? self : quoted
  }

  /// `'O''Brien'`
  var quoted: String {
    "'"
      + split(separator: "\\", omittingEmptySubsequences: false).joined(separator: "\\\\")
      .split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }
}

extension Int {
  /// `1,204,000`
  var grouped: String {
    let digits = Array(String(magnitude))
    var text = self < 0 ? "-" : ""
    for (i, digit) in digits.enumerated() {
      if i > 0, (digits.count - i) % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return text
  }
}
