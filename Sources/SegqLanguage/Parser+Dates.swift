extension Parser {
  /// `2024-01-31T10:00`, `2024-01`. A year alone is a number that the planner reads as a year;
  /// it also knows how long each month is.
  mutating func date() throws(SyntaxError) -> Expression {
    let span = token.span
    let written = text(token)
    let parts = written.split { !$0.isNumber }.compactMap { Int($0) }
    guard let period = Self.period(parts) else {
      throw SyntaxError(kind: .invalidDate(written), span: span)
    }
    advance()
    return Expression(.literal(.period(period)), span)
  }

  private static func period(_ parts: [Int]) -> Period? {
    guard parts.count >= 2, (1...12).contains(parts[1]) else { return nil }
    guard parts.count >= 3 else { return .month(parts[0], parts[1]) }
    guard (1...31).contains(parts[2]) else { return nil }
    guard parts.count >= 4 else { return .day(parts[0], parts[1], parts[2]) }
    let minute = parts.count > 4 ? parts[4] : nil
    let second = parts.count > 5 ? parts[5] : nil
    guard parts[3] < 24, minute ?? 0 < 60, second ?? 0 < 60 else { return nil }
    return .time(parts[0], parts[1], parts[2], hour: parts[3], minute: minute, second: second)
  }

  /// `30d`
  mutating func durationLiteral() throws(SyntaxError) -> Expression {
    let span = token.span
    let duration = try self.duration()
    return Expression(.literal(.duration(duration)), span)
  }

  mutating func duration() throws(SyntaxError) -> Duration {
    let written = text(token).lowercased()
    guard let count = Int(written.dropLast()), count < 1_000_000 else {
      throw SyntaxError(kind: .numberTooLarge(written), span: token.span)
    }
    guard let unit = Duration.Unit(rawValue: String(written.suffix(1))) else {
      throw SyntaxError(kind: .unknownUnit(written), span: token.span)
    }
    advance()
    return Duration(count: count, unit: unit)
  }
}
