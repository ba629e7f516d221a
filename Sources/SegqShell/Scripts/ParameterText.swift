import SegqLanguage
import SegqPlanner
import SegqRecords

extension Period {
  /// Whether there is such a day.
  fileprivate var isReal: Bool {
    switch self {
    case .day(let year, let month, let day), .time(let year, let month, let day, _, _, _):
      CivilDate(validYear: year, month: month, day: day) != nil
    case .year, .month, .relative: true
    }
  }
}

/// `name=value` on the command line: text that becomes a value of a certain type.
struct ParameterText {
  let text: String
  let zone: TimeZone
  let now: Int64

  init(_ text: String, zone: TimeZone, now: Int64) {
    self.text = text
    self.zone = zone
    self.now = now
  }

  /// Nil where the text is no value of the default's type.
  func literal(like fallback: Variables.Value?) -> Literal? {
    guard case .literal(let example) = fallback else { return free }
    switch example {
    case .string: return .string(text)
    case .number(let usual):
      guard case .number(let digits) = Parser.parseLiteral(text),
        Int(digits) != nil || Int(usual) == nil
      else { return nil }
      return .number(digits)
    case .boolean:
      guard case .boolean(let bit) = Parser.parseLiteral(text) else { return nil }
      return .boolean(bit)
    case .period, .now, .duration: return date
    case .null: return free
    }
  }

  /// Without a type to go by: a number or date where it looks like one, else text.
  var free: Literal {
    switch Parser.parseLiteral(text) {
    case .number(let digits): .number(digits)
    case .period(let period): .period(period)
    case .null, .boolean, .string, .now, .duration, nil: date ?? .string(text)
    }
  }

  /// `2024-01`, `2024`, `today`, `-30d`
  private var date: Literal? {
    switch Parser.parseLiteral(text) {
    case .period(let period): return period.isReal ? .period(period) : nil
    case .now: return .now
    case .number(let digits):
      return digits.count == 4 ? Int(digits).map { .period(.year($0)) } : nil
    case .null, .boolean, .string, .duration: return nil
    case nil: break
    }
    guard text.hasPrefix("-"),
      case .duration(let back) = Parser.parseLiteral(String(text.dropFirst()))
    else { return nil }
    let today = CivilDate(days: zone.day(of: now))
    switch back.unit {
    case .day, .week:
      let days = back.count * (back.unit == .week ? 7 : 1)
      return Literal(.date(today.days - Int64(days)), in: zone)
    case .month, .year:
      let months = back.count * (back.unit == .year ? 12 : 1)
      return Literal(.date(today.adding(months: -months).days), in: zone)
    case .hour, .second: return nil
    }
  }
}
