import SegqEngine
import SegqLanguage
import SegqRecords

// Literals and dates.
extension Binder {
  /// A literal that stands by itself, not beside a column whose type it should take.
  func literal(_ literal: Literal, _ span: SourceSpan) throws(Diagnostic) -> BoundExpression {
    switch literal {
    case .null: return .constant(.null, .text)
    case .boolean(let bit): return .constant(.boolean(bit), .boolean)
    case .string(let text): return .constant(.text(text), .text)
    case .now: return .constant(.datetime(catalog.now), .datetime)
    case .number(let digits):
      if let number = Int64(digits) { return .constant(.integer(number), .integer) }
      guard let decimal = Numbers.decimal(digits) else {
        throw Diagnostic(
          code: "number-too-large", "the number \(digits) is too large or too fine", at: span,
          help: "numbers have up to 4 decimal places and 15 digits before the point")
      }
      return .constant(.decimal(decimal), .decimal)
    case .period(let period):
      let days = try self.days(of: period, span)
      if case .time = period {
        return .constant(.datetime(try instants(of: period, span).lowerBound), .datetime)
      }
      return .constant(.date(days.lowerBound), .date)
    case .duration:
      throw Diagnostic(
        code: "misplaced-duration", "a length of time stands alone here", at: span,
        help: "count back from today with -30d, or add it to a date: date + 7d")
    }
  }

  /// The days of a period, the one behind it exclusive.
  func days(of period: Period, _ span: SourceSpan) throws(Diagnostic) -> Range<Int64> {
    let start: CivilDate
    let end: CivilDate
    switch period {
    case .year(let year):
      start = CivilDate(year: year, month: 1, day: 1)
      end = start.adding(months: 12)
    case .month(let year, let month):
      start = CivilDate(year: year, month: month, day: 1)
      end = start.adding(months: 1)
    case .day(let year, let month, let day), .time(let year, let month, let day, _, _, _):
      guard let date = CivilDate(validYear: year, month: month, day: day) else {
        throw Diagnostic(
          code: "invalid-date", "there is no such day: \(period.text)", at: span,
          help: "that month has \(CivilDate.length(ofMonth: month, year: year)) days")
      }
      return date.days..<date.days + 1
    case .relative(let isLast, let unit): return relativeDays(isLast, unit)
    }
    return start.days..<end.days
  }

  /// `this month`, `last week`, from today.
  private func relativeDays(_ isLast: Bool, _ unit: PeriodUnit) -> Range<Int64> {
    let today = CivilDate(days: catalog.today)
    let start: CivilDate
    let months: Int
    switch unit {
    case .day:
      let day = catalog.today - (isLast ? 1 : 0)
      return day..<day + 1
    case .week:
      let monday = catalog.today - Int64(today.weekday) + 1 - (isLast ? 7 : 0)
      return monday..<monday + 7
    case .month: (start, months) = (CivilDate(year: today.year, month: today.month, day: 1), 1)
    case .quarter:
      let month = (today.month - 1) / 3 * 3 + 1
      (start, months) = (CivilDate(year: today.year, month: month, day: 1), 3)
    case .year: (start, months) = (CivilDate(year: today.year, month: 1, day: 1), 12)
    }
    let first = isLast ? start.adding(months: -months) : start
    return first.days..<first.adding(months: months).days
  }

  /// The seconds of a period on the clocks of the session's zone.
  func instants(of period: Period, _ span: SourceSpan) throws(Diagnostic) -> Range<Int64> {
    let days = try days(of: period, span)
    guard case .time(_, _, _, let hour, let minute, let second) = period else {
      return catalog.zone.startOfDay(days.lowerBound)..<catalog.zone.startOfDay(days.upperBound)
    }
    let clock = hour * 3600 + (minute ?? 0) * 60 + (second ?? 0)
    let start = catalog.zone.instant(local: days.lowerBound * 86_400 + Int64(clock))
    return start..<start + (second != nil ? 1 : minute != nil ? 60 : 3600)
  }

  /// The day that is so long before or after today.
  func day(_ duration: Duration, isBack: Bool, _ span: SourceSpan) throws(Diagnostic) -> Int64 {
    let shift = try self.shift(duration, span)
    let sign = isBack ? -1 : 1
    return CivilDate(days: catalog.today).adding(months: sign * shift.months).days
      + Int64(sign * shift.days)
  }

  func shift(
    _ duration: Duration, _ span: SourceSpan
  ) throws(Diagnostic) -> (days: Int, months: Int) {
    switch duration.unit {
    case .day: return (duration.count, 0)
    case .week: return (duration.count * 7, 0)
    case .month: return (0, duration.count)
    case .year: return (0, duration.count * 12)
    case .hour, .second:
      throw Diagnostic(
        code: "unknown-unit", "dates are moved by whole days", at: span,
        help: "d, w, m and y are days, weeks, months and years: -30d")
    }
  }

  /// The period that an expression beside a date or time stands for; nil where it is none.
  func period(
    _ expression: Expression, for type: DataType
  ) throws(Diagnostic) -> Range<Int64>? {
    let span = expression.span
    switch expression.kind {
    case .literal(.period(let period)): return try range(of: period, span, type)
    case .literal(.number(let digits)):
      guard digits.count == 4, let year = Int(digits) else { return nil }
      return try range(of: .year(year), span, type)
    case .literal(.string(let text)):
      guard let period = Numbers.period(text) else { return nil }
      return try range(of: period, span, type)
    case .literal(.now):
      let now = type == .date ? catalog.today : catalog.now
      return now..<now + 1
    case .negate(let inner):
      guard case .literal(.duration(let duration)) = try substituted(inner).kind else {
        return nil
      }
      return range(ofDay: try day(duration, isBack: true, span), type)
    case .literal(.duration(let duration)):
      return range(ofDay: try day(duration, isBack: false, span), type)
    default: return nil
    }
  }

  private func range(
    of period: Period, _ span: SourceSpan, _ type: DataType
  ) throws(Diagnostic) -> Range<Int64> {
    type == .date ? try days(of: period, span) : try instants(of: period, span)
  }

  private func range(ofDay day: Int64, _ type: DataType) -> Range<Int64> {
    type == .date
      ? day..<day + 1 : catalog.zone.startOfDay(day)..<catalog.zone.startOfDay(day + 1)
  }
}

/// Numbers and dates in texts.
enum Numbers {
  /// `12.50`; nil where it does not fit four places and 64 bits.
  static func decimal(_ text: String) -> Decimal? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? parts[1] : ""
    let digits = fraction.prefix(4)
    guard fraction.dropFirst(4).allSatisfy({ $0 == "0" }), let whole = Int64(parts[0]),
      let part = Int64(digits.isEmpty ? "0" : digits), part >= 0
    else { return nil }
    let (scaled, isTooLarge) = whole.multipliedReportingOverflow(by: Decimal.scale)
    var places = part
    for _ in digits.count..<4 { places *= 10 }
    let (units, overflow) =
      parts[0].hasPrefix("-")
      ? scaled.subtractingReportingOverflow(places) : scaled.addingReportingOverflow(places)
    return isTooLarge || overflow ? nil : Decimal(units: units)
  }

  /// `2024`, `2024-01`, `2024-01-31`, `2024-01-31 10:00:00`
  static func period(_ text: String) -> Period? {
    let isShaped = text.allSatisfy { $0.isNumber || "-T: ".contains($0) }
    let parts = text.split { !$0.isNumber }
    guard isShaped, let first = parts.first, first.count == 4 else { return nil }
    let n = parts.compactMap { Int($0) }
    guard n.count == parts.count, n.dropFirst().first.map({ (1...12).contains($0) }) ?? true,
      n.dropFirst(3).allSatisfy({ $0 < 60 })
    else { return nil }
    switch n.count {
    case 1: return .year(n[0])
    case 2: return .month(n[0], n[1])
    case 3: return .day(n[0], n[1], n[2])
    case 4...6:
      return n[3] < 24
        ? .time(
          n[0], n[1], n[2], hour: n[3], minute: n.count > 4 ? n[4] : nil,
          second: n.count > 5 ? n[5] : nil) : nil
    default: return nil
    }
  }
}
