internal import SegqRecords

/// When things happen in the made-up store: its years, its seasons, its hours.
///
/// Time is a *position*, from 0 to ``length``: the busier an hour, the more positions it has, so
/// that a position drawn evenly gives a date as a store would have it, and positions sort as times.
///
/// No hour between 31 December 10:00 and 1 January 12:00 has any: a rule such as
/// `since >= 2026` then means the same customers in every time zone of the earth.
struct DemoCalendar {
  /// 2021-01-01.
  static let firstDay = CivilDate(year: 2021, month: 1, day: 1).days
  /// 2026-10-31; nothing happens on it after 20:00.
  static let lastDay = CivilDate(year: 2026, month: 10, day: 31).days

  /// Positions before each hour; one more than there are hours.
  private var before: [Int] = [0]
  /// `2021-01-01 ` and so on, eleven bytes a day.
  private var dayTexts: [UInt8] = []

  /// How many positions there are.
  let length: Int

  init() {
    var total = 0
    for day in Self.firstDay...Self.lastDay {
      let date = CivilDate(days: day)
      date.appendDay(to: &dayTexts)
      dayTexts.append(UInt8(ascii: " "))
      let weight = Self.weight(of: date, day: Int(day - Self.firstDay))
      for hour in 0..<24 {
        total += Self.isOpen(date, hour: hour) ? weight * Self.hourWeights[hour] : 0
        before.append(total)
      }
    }
    length = total
  }

  /// UTC; most customers are in Europe and America.
  private static let hourWeights = [
    30, 18, 12, 10, 10, 14, 24, 40, 60, 75, 82, 85, 80, 78, 80, 84, 90, 98, 110, 120, 115, 95, 70,
    45,
  ]
  private static let monthWeights = [0, 88, 82, 92, 93, 97, 90, 84, 82, 96, 104, 135, 142]
  private static let weekdayWeights = [0, 108, 104, 100, 98, 92, 90, 112]

  /// Growth from 1,000 to about 2,400, times the season's and the weekday's percentages.
  private static func weight(of date: CivilDate, day: Int) -> Int {
    let growth = 1000 + day * 2 / 3
    let isBlackWeek = date.month == 11 && date.day >= 22
    return growth * monthWeights[date.month] * weekdayWeights[date.weekday] * (isBlackWeek ? 2 : 1)
      / 100
  }

  private static func isOpen(_ date: CivilDate, hour: Int) -> Bool {
    if date.month == 12 && date.day == 31 { return hour < 10 }
    if date.month == 1 && date.day == 1 { return hour >= 12 }
    return date.days < lastDay || hour < 20
  }

  /// The second at `position`, counted from 2021-01-01 00:00:00 UTC.
  func second(at position: Int) -> Int {
    var low = 0
    var high = before.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if before[middle] <= position { low = middle } else { high = middle }
    }
    return low * 3600 + (position - before[low]) * 3600 / (before[low + 1] - before[low])
  }

  /// The same for a moment of the calendar, in seconds.
  static func second(_ year: Int, _ month: Int, _ day: Int, hour: Int = 0, minute: Int = 0) -> Int {
    let days = CivilDate(year: year, month: month, day: day).days - firstDay
    return Int(days) * 86_400 + hour * 3600 + minute * 60
  }

  /// 0 for 2021, 5 for 2026; near enough for prices.
  static func year(of second: Int) -> Int { second / (365 * 86_400 + 21_600) }

  /// Appends `2024-01-31 10:00:00`.
  func append(_ second: Int, to out: inout [UInt8]) {
    let day = second / 86_400 * 11
    out.append(contentsOf: dayTexts[day..<day + 11])
    let time = second % 86_400
    out.appendTwoDigits(time / 3600)
    out.append(UInt8(ascii: ":"))
    out.appendTwoDigits(time / 60 % 60)
    out.append(UInt8(ascii: ":"))
    out.appendTwoDigits(time % 60)
  }
}

extension CivilDate {
  /// Appends `1984-02-29`.
  func appendDay(to out: inout [UInt8]) {
    out.appendTwoDigits(year / 100)
    out.appendTwoDigits(year % 100)
    out.append(UInt8(ascii: "-"))
    out.appendTwoDigits(month)
    out.append(UInt8(ascii: "-"))
    out.appendTwoDigits(day)
  }
}

extension [UInt8] {
  /// Appends a number of 0–99 as two digits.
  fileprivate mutating func appendTwoDigits(_ number: Int) {
    append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number / 10))
    append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: number % 10))
  }
}
