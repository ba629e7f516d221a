import SegqRecords

extension FieldParse {
  /// Reads the ways in which dates are met: `2024-01-31`, `2024-01-31 10:00:00`,
  /// `2024-01-31T10:00:00+02:00`, `1/31/2024`, `10/3/15 21:42`, `31.1.2024`,
  /// `Oct 26, 2016, 3:00:57 PM`.
  public static func time(_ text: ArraySlice<UInt8>, order: DateOrder) -> ParsedTime? {
    var scanner = DateScanner(rest: text)
    guard let first = scanner.rest.first else { return nil }
    guard first.isASCIIDigit else { return scanner.shown() }
    return scanner.numeric(order)
  }

  /// `0000-00-00` and `0000-00-00 00:00:00`: what MySQL writes where there is no date.
  static func isZeroDate(_ text: ArraySlice<UInt8>) -> Bool {
    text.starts(with: "0000-00-00".utf8)
      && text.dropFirst(10).allSatisfy { " T0:.".utf8.contains($0) }
  }

  /// Whether the text is a date with slashes that only makes sense with the day first.
  public static func isDayFirst(_ text: ArraySlice<UInt8>) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "/"), maxSplits: 2)
    guard parts.count == 3, let first = FieldParse.integer(parts[0].dropZeros) else { return false }
    return first > 12 && first <= 31
  }
}

private struct DateScanner {
  var rest: ArraySlice<UInt8>

  mutating func number(_ digits: ClosedRange<Int>) -> Int? {
    var value = 0
    var count = 0
    while count < digits.upperBound, let byte = rest.first, byte.isASCIIDigit {
      value = value * 10 + Int(byte & 15)
      rest = rest.dropFirst()
      count += 1
    }
    return count >= digits.lowerBound ? value : nil
  }

  mutating func eat(_ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest = rest.dropFirst()
    return true
  }

  mutating func numeric(_ order: DateOrder) -> ParsedTime? {
    let start = rest.count
    guard let first = number(1...4) else { return nil }
    let isYear = start - rest.count == 4
    if isYear, eat("-"), let month = number(2...2), eat("-"), let day = number(2...2) {
      return time(behind: CivilDate(validYear: first, month: month, day: day))
    }
    if eat("/"), let second = number(1...2), eat("/"), let third = number(2...4) {
      if isYear { return time(behind: CivilDate(validYear: first, month: second, day: third)) }
      let year = third < 70 ? third + 2000 : third < 100 ? third + 1900 : third
      let (month, day) = order == .monthFirst ? (first, second) : (second, first)
      return time(behind: CivilDate(validYear: year, month: month, day: day))
    }
    if eat("."), let month = number(1...2), eat("."), let year = number(4...4) {
      return time(behind: CivilDate(validYear: year, month: month, day: first))
    }
    return nil
  }

  /// The clock behind a day, if there is one.
  private mutating func time(behind date: CivilDate?) -> ParsedTime? {
    guard let date else { return nil }
    var result = ParsedTime(day: date.days)
    if rest.isEmpty { return result }
    guard eat(" ") || eat("T"), let clock = clock() else { return nil }
    result.clock = clock
    result.offset = offset()
    return rest.isEmpty ? result : nil
  }

  /// `10:00`, `10:00:00.123`, `3:00:57 PM`
  private mutating func clock() -> Int64? {
    guard var hour = number(1...2), eat(":"), let minute = number(2...2) else { return nil }
    var second = 0
    if eat(":") {
      guard let seconds = number(2...2) else { return nil }
      second = seconds
      if eat(".") { guard number(1...9) != nil else { return nil } }
    }
    // Newer exports put a narrow no-break space before AM and PM.
    if rest.starts(with: [0xE2, 0x80, 0xAF]) {
      rest = rest.dropFirst(3)
    } else {
      _ = eatHalfBlank()
    }
    if let half = half() {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half
    }
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return Int64(hour * 3600 + minute * 60 + second)
  }

  private mutating func eatHalfBlank() -> Bool {
    guard rest.count >= 3, rest.first == UInt8(ascii: " "),
      rest[rest.startIndex + 2] | 0x20 == UInt8(ascii: "m")
    else { return false }
    return eat(" ")
  }

  private mutating func half() -> Int? {
    guard rest.count >= 2, rest[rest.startIndex + 1] | 0x20 == UInt8(ascii: "m") else { return nil }
    let mark = rest[rest.startIndex] | 0x20
    guard mark == UInt8(ascii: "a") || mark == UInt8(ascii: "p") else { return nil }
    rest = rest.dropFirst(2)
    return mark == UInt8(ascii: "p") ? 12 : 0
  }

  /// `Z`, `+02:00`, `-0500`
  private mutating func offset() -> Int64? {
    if eat("Z") { return 0 }
    let isNegative = rest.first == UInt8(ascii: "-")
    guard isNegative || rest.first == UInt8(ascii: "+") else { return nil }
    rest = rest.dropFirst()
    guard let hours = number(2...2) else { return nil }
    _ = eat(":")
    let minutes = number(2...2) ?? 0
    return Int64((isNegative ? -1 : 1) * (hours * 3600 + minutes * 60))
  }

  private static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// `Oct 26, 2016, 3:00:57 PM`: on the clocks of the shop.
  mutating func shown() -> ParsedTime? {
    let name = String(decoding: rest.prefix(3), as: UTF8.self).lowercased()
    guard let month = Self.months.firstIndex(of: name) else { return nil }
    rest = rest.dropFirst(3)
    while let byte = rest.first, byte != UInt8(ascii: " ") {
      guard byte | 0x20 >= UInt8(ascii: "a") || byte == UInt8(ascii: ".") else { return nil }
      rest = rest.dropFirst()
    }
    guard eat(" "), let day = number(1...2), eat(","), eat(" "), let year = number(4...4),
      let date = CivilDate(validYear: year, month: month + 1, day: day)
    else { return nil }
    var result = ParsedTime(day: date.days)
    result.isLocal = true
    if rest.isEmpty { return result }
    _ = eat(",")
    guard eat(" "), let clock = clock(), rest.isEmpty else { return nil }
    result.clock = clock
    return result
  }
}

extension UInt8 {
  fileprivate var isASCIIDigit: Bool { self >= 0x30 && self <= 0x39 }
}

extension ArraySlice<UInt8> {
  fileprivate var dropZeros: ArraySlice<UInt8> {
    count > 1 ? drop { $0 == UInt8(ascii: "0") } : self
  }
}
