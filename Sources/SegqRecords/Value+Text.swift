extension Value {
  /// Appends the value as answers show it: `12.5`, `2024-01-31 10:00:00`, `true`, nothing for null.
  ///
  /// A time is shown on the clocks of `zone`.
  public func append(to out: inout [UInt8], in zone: TimeZone) {
    switch self {
    case .null: break
    case .integer(let n): n.appendDigits(to: &out)
    case .decimal(let decimal): decimal.append(to: &out)
    case .text(let text): out.append(contentsOf: text.utf8)
    case .date(let days): CivilDate(days: days).append(to: &out)
    case .datetime(let seconds):
      CivilDate.appendTime(seconds + zone.offset(at: seconds), separator: " ", to: &out)
    case .boolean(let bit): out.append(contentsOf: (bit ? "true" : "false").utf8)
    }
  }

  /// What ``append(to:in:)`` appends.
  public func text(in zone: TimeZone) -> String {
    var bytes: [UInt8] = []
    append(to: &bytes, in: zone)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension CivilDate {
  /// Appends `2024-01-31`; a year of fewer than four digits is filled with zeros.
  public func append(to out: inout [UInt8]) {
    if year < 0 { out.append(UInt8(ascii: "-")) }
    let digits = year.magnitude
    for limit: UInt in [1000, 100, 10] where digits < limit { out.append(UInt8(ascii: "0")) }
    UInt64(digits).appendDigits(to: &out)
    out.append(UInt8(ascii: "-"))
    Self.appendTwoDigits(month, to: &out)
    out.append(UInt8(ascii: "-"))
    Self.appendTwoDigits(day, to: &out)
  }

  /// Appends `2024-01-31 10:00:00` for seconds since 1970 on some clock.
  public static func appendTime(
    _ seconds: Int64, separator: Unicode.Scalar, to out: inout [UInt8]
  ) {
    let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
    let clock = Int(seconds - days * 86_400)
    CivilDate(days: days).append(to: &out)
    out.append(UInt8(ascii: separator))
    appendTwoDigits(clock / 3600, to: &out)
    out.append(UInt8(ascii: ":"))
    appendTwoDigits(clock / 60 % 60, to: &out)
    out.append(UInt8(ascii: ":"))
    appendTwoDigits(clock % 60, to: &out)
  }

  static func appendTwoDigits(_ n: Int, to out: inout [UInt8]) {
    out.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: n / 10))
    out.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: n % 10))
  }
}
