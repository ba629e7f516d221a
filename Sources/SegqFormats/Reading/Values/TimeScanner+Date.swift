import SegqRecords

// Days.
extension TimeScanner {
  mutating func date() -> TimeText? {
    guard let first = rest.first else { return nil }
    guard first.isDigit else { return namedMonthFirst() }
    let digits = rest.prefix(while: \.isDigit).count
    return switch digits {
    case 1, 2: beginsWithDay()
    case 4: beginsWithYear()
    case 8: packed()
    default: nil
    }
  }

  /// `2024-01-31`, `2024/1/5`, `2024.01.05`, `2024-Jan-05`
  private mutating func beginsWithYear() -> TimeText? {
    guard let year = number(4...4), let mark = rest.first, "-/.".utf8.contains(mark) else {
      return nil
    }
    rest = rest.dropFirst()
    if mark == UInt8(ascii: ".") { skipBlanks() }
    guard let month = rest.first?.isDigit ?? false ? number(1...2) : month(),
      rest.first == mark || mark == UInt8(ascii: ".")
    else { return nil }
    if rest.first == mark { rest = rest.dropFirst() }
    if mark == UInt8(ascii: ".") { skipBlanks() }
    guard let day = number(1...2) else { return nil }
    if mark == UInt8(ascii: ".") { _ = eat(".") }
    return fixed(year, month, day)
  }

  /// `20240105T100000Z`, `20240105 10:00`
  private mutating func packed() -> TimeText? {
    guard isSought || rest.dropFirst(8).first == UInt8(ascii: "T") else { return nil }
    guard let year = number(4...4), let month = number(2...2), let day = number(2...2),
      (1900..<2200).contains(year)
    else { return nil }
    return fixed(year, month, day)
  }

  /// `31/1/2024`, `31.01.2024`, `05-Jan-2024`, `5. Januar 2024`, `1st of May 2024`
  private mutating func beginsWithDay() -> TimeText? {
    let start = self
    guard let first = number(1...2) else { return nil }
    if let mark = rest.first, "/-.".utf8.contains(mark) {
      rest = rest.dropFirst()
      if mark == UInt8(ascii: ".") { skipBlanks() }
      if let second = number(1...2), rest.first == mark {
        rest = rest.dropFirst()
        if mark == UInt8(ascii: ".") { skipBlanks() }
        return open(first, second, mark)
      }
    }
    self = start
    return namedMonth(behind: number(1...2) ?? 0)
  }

  private mutating func open(_ first: Int, _ second: Int, _ mark: UInt8) -> TimeText? {
    guard let year = year(mayBeShort: isSought || mark == UInt8(ascii: "/")) else { return nil }
    if mark == UInt8(ascii: ".") { _ = eat(".") }
    let time = TimeText(.open(first: first, second: second, year: year, mark: mark))
    return time.time(.monthFirst) == nil && time.time(.dayFirst) == nil ? nil : time
  }

  private mutating func namedMonth(behind day: Int) -> TimeText? {
    let mark = rest.first
    let isMarked = mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/")
    if isMarked { rest = rest.dropFirst() } else { skipDayMarks() }
    guard let month = month() else { return nil }
    if isMarked {
      guard rest.first == mark else { return nil }
      rest = rest.dropFirst()
    } else {
      skipYearMarks()
    }
    guard let year = year(mayBeShort: true) else { return nil }
    // A database writes `05-Jan-2024`, the Admin `5 Jan 2024`.
    return fixed(year, month, day, isLocal: !isMarked)
  }

  /// What stands between a day and a month's name: `st`, `.`, `º`, ` de `.
  mutating func skipDayMarks() {
    _ = eat(word: ["st", "nd", "rd", "th", "er", "re", "º", "ª"])
    _ = eat(".")
    skipBlanks()
    if eat(word: ["de", "of", "d"]) {
      _ = eat("'")
      skipBlanks()
    }
  }

  private mutating func skipYearMarks() {
    _ = eat(",")
    skipBlanks()
    if eat(word: ["de", "del", "of"]) { skipBlanks() }
    _ = eat("'")
  }

  /// `Oct 26, 2016`, `May 1st 2024`, `Jan  5 10:00:00 UTC 2024`
  private mutating func namedMonthFirst() -> TimeText? {
    guard let month = month(), skipBlanks() || eat("-") else { return nil }
    guard let day = number(1...2) else { return nil }
    _ = eat(word: ["st", "nd", "rd", "th"])
    let dashed = eat("-")
    if !dashed { skipYearMarks() }
    guard rest.dropFirst().prefix(2).contains(UInt8(ascii: ":")) else {
      guard let year = year(mayBeShort: false) else { return nil }
      return fixed(year, month, day, isLocal: true)
    }
    guard let clock = clock() else { return nil }
    let offset = zone()
    guard skipBlanks(), let year = year(mayBeShort: false) else { return nil }
    var time = fixed(year, month, day)
    time?.clock = clock
    time?.offset = offset
    return time
  }

  /// `2024`; `24` and `99` where they may be short.
  private mutating func year(mayBeShort: Bool) -> Int? {
    let digits = rest.prefix(while: \.isDigit).count
    guard digits == 4 || digits == 2 && mayBeShort, let year = number(2...4) else { return nil }
    if digits == 4 { return year }
    return year < 70 ? year + 2000 : year + 1900
  }

  private func fixed(_ year: Int, _ month: Int, _ day: Int, isLocal: Bool = false) -> TimeText? {
    guard let date = CivilDate(validYear: year, month: month, day: day) else { return nil }
    var time = TimeText(.fixed(date.days))
    time.isLocal = isLocal
    return time
  }
}
