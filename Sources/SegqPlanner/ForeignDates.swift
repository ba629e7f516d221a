import SegqRecords

/// Dates as they are written elsewhere.
enum ForeignDates {
  /// What to write for `01/31/2024`, `2024-1-5`, `2024-Q1`, `2024-W05` or `-30x` beside a date; nil
  /// for a text of another shape.
  static func help(for text: String) -> String? {
    let parts = text.split { $0 == "-" || $0 == "/" }
    guard (1...3).contains(parts.count), parts[0].first?.isASCIIDigit == true,
      parts.allSatisfy({ $0.allSatisfy { $0.isASCIIDigit || $0.isLetter } })
    else { return nil }
    let numbers = parts.compactMap { Int($0) }
    switch (parts.count, numbers.count) {
    case (1, 0) where text.hasPrefix("-"):
      return "d, w, m and y are days, weeks, months and years: -30d"
    case (2, 1): return period(of: numbers[0], parts[1])
    case (3, 3) where parts[0].count == 4:
      return "write \(parts[0])-\(twoDigits(numbers[1]))-\(twoDigits(numbers[2]))"
    case (2, 2), (3, 3): return "dates are written 2024-01-31, 2024-01 or 2024"
    default: return nil
    }
  }

  /// `Q1` and `W05` of a year.
  private static func period(of year: Int, _ name: Substring) -> String? {
    guard let number = Int(name.dropFirst()) else { return nil }
    switch name.prefix(1).lowercased() {
    case "q" where (1...4).contains(number):
      let last = number * 3
      return "write between \(year)-\(twoDigits(last - 2)) and \(year)-\(twoDigits(last))"
    case "w" where (1...53).contains(number):
      // The fourth of January is in the first week.
      let fourth = CivilDate(year: year, month: 1, day: 4)
      let monday = fourth.days - Int64(fourth.weekday) + 1 + Int64(number - 1) * 7
      return "write between \(written(monday)) and \(written(monday + 6))"
    default: return nil
    }
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }

  private static func written(_ day: Int64) -> String { Value.date(day).text(in: .utc) }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
