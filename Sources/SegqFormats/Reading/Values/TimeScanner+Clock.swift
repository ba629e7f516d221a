// Clocks and zones.
extension TimeScanner {
  /// `10:00`, `10:00:00.123`, `3:00:57 PM`, `3pm`, `10h30`, `100000`, `24:00`
  mutating func clock() -> Int64? {
    let digits = rest.prefix(while: \.isDigit).count
    guard var hour = digits == 4 || digits == 6 ? number(2...2) : number(1...2) else { return nil }
    var (minute, second) = (0, 0)
    var isWhole = false
    if digits == 4 || digits == 6 {
      minute = number(2...2) ?? 60
      if digits == 6 { second = number(2...2) ?? 60 }
    } else if eat(":") || eat("h") {
      guard let minutes = number(2...2) else { return nil }
      minute = minutes
      if eat(":") {
        guard let seconds = number(2...2) else { return nil }
        second = seconds
      }
    } else {
      isWhole = true
    }
    if eat(".") || eat(",") {
      guard skipDigits() else { return nil }
    }
    if let half = half() {
      guard (1...12).contains(hour) else { return nil }
      hour = hour % 12 + half
    } else if isWhole {
      return nil
    }
    // 23:59:60 is a leap second.
    guard minute < 60, second <= 60, hour < 24 || hour == 24 && minute == 0 && second == 0 else {
      return nil
    }
    return Int64(hour * 3600 + minute * 60 + second)
  }

  private mutating func skipDigits() -> Bool {
    let digits = rest.prefix(while: \.isDigit)
    rest = rest.dropFirst(digits.count)
    return !digits.isEmpty
  }

  /// `AM`, `p.m.`: how many hours to add.
  private mutating func half() -> Int? {
    var probe = self
    probe.skipBlanks()
    guard let mark = probe.rest.first.map({ $0 | 0x20 }),
      mark == UInt8(ascii: "a") || mark == UInt8(ascii: "p")
    else { return nil }
    probe.rest = probe.rest.dropFirst()
    _ = probe.eat(".")
    probe.skipBlanks()
    guard probe.eat("m") || probe.eat("M") else { return nil }
    _ = probe.eat(".")
    rest = probe.rest
    return mark == UInt8(ascii: "p") ? 12 : 0
  }

  /// `Z`, `+02:00`, `-0500`, ` UTC`, ` GMT+1`, and what JavaScript and Java put behind these in
  /// brackets: `(Central European Time)`, `[Europe/Paris]`. Seconds east of UTC.
  mutating func zone() -> Int64? {
    var probe = self
    probe.skipBlanks()
    let word = probe.peekWord()
    var offset: Int64?
    if let named = ZoneNames.offset(word) {
      offset = named
      probe.rest = probe.rest.dropFirst(word.count)
    }
    if offset ?? 0 == 0, let digits = probe.signedOffset() { offset = digits }
    guard offset != nil else { return nil }
    probe.skipBrackets()
    rest = probe.rest
    return offset
  }

  private mutating func signedOffset() -> Int64? {
    let isNegative = rest.first == UInt8(ascii: "-") || rest.starts(with: [0xE2, 0x88, 0x92])
    guard isNegative || rest.first == UInt8(ascii: "+") else { return nil }
    rest = rest.dropFirst(rest.first == 0xE2 ? 3 : 1)
    guard let hours = number(1...2) else { return nil }
    _ = eat(":")
    let minutes = number(2...2) ?? 0
    guard hours <= 15, minutes < 60 else { return nil }
    return Int64((isNegative ? -1 : 1) * (hours * 3600 + minutes * 60))
  }

  private mutating func skipBrackets() {
    var probe = self
    probe.skipBlanks()
    for (open, close) in [("(", ")"), ("[", "]")] as [(Unicode.Scalar, Unicode.Scalar)] {
      guard probe.eat(open), let end = probe.rest.firstIndex(of: UInt8(ascii: close)) else {
        continue
      }
      rest = probe.rest[(end + 1)...]
      return
    }
  }
}
