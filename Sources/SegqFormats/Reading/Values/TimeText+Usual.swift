import SegqRecords

// Most columns of times: three numbers, and perhaps a clock.
extension TimeText {
  /// `31/12/2024`, `1.2.2024`, `2024-1-5`, also with ` 9:42` or `T10:00:00` behind. Nil for every other
  /// text, which may still be a time: ``TimeScanner`` tells, and reads these alike.
  init?(usual text: ArraySlice<UInt8>) {
    guard (8...19).contains(text.count) else { return nil }
    var digits = DigitReader(text)
    guard let first = digits.number(upTo: 4), let mark = digits.take(),
      mark == UInt8(ascii: "/") || mark == UInt8(ascii: "-") || mark == UInt8(ascii: "."),
      let second = digits.number(upTo: 2), digits.take() == mark,
      let third = digits.number(upTo: 4)
    else { return nil }
    switch (first.length, third.length) {
    case (4, 1...2):
      guard let date = CivilDate(validYear: first.value, month: second.value, day: third.value)
      else { return nil }
      self.init(.fixed(date.days))
    case (1...2, 4):
      self.init(
        .open(first: first.value, second: second.value, year: third.value, mark: mark))
      guard time(.monthFirst) != nil || time(.dayFirst) != nil else { return nil }
    default: return nil
    }
    guard let gap = digits.take() else { return }
    guard gap == UInt8(ascii: " ") || gap == UInt8(ascii: "T"), let clock = digits.clock() else {
      return nil
    }
    self.clock = clock
  }
}

/// Goes through numbers and the marks between them.
private struct DigitReader {
  let bytes: ArraySlice<UInt8>
  var at: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    at = bytes.startIndex
  }

  /// The next byte; nil at the end.
  mutating func take() -> UInt8? {
    guard at < bytes.endIndex else { return nil }
    at += 1
    return bytes[at - 1]
  }

  /// The digits here, if there are no more than `limit` of them, and one at least.
  mutating func number(upTo limit: Int) -> (value: Int, length: Int)? {
    let start = at
    var value = 0
    while at < bytes.endIndex, bytes[at].isDigit {
      value = value &* 10 &+ Int(bytes[at] & 15)
      at += 1
    }
    return (1...limit).contains(at - start) ? (value, at - start) : nil
  }

  /// `9:42`, `10:00:00`, to the end.
  mutating func clock() -> Int64? {
    guard let hour = number(upTo: 2), take() == UInt8(ascii: ":"),
      let minute = number(upTo: 2), minute.length == 2
    else { return nil }
    var second = 0
    if let mark = take() {
      guard mark == UInt8(ascii: ":"), let found = number(upTo: 2), found.length == 2 else {
        return nil
      }
      second = found.value
    }
    guard at == bytes.endIndex, hour.value < 24, minute.value < 60, second < 60 else { return nil }
    return Int64(hour.value * 3600 + minute.value * 60 + second)
  }
}
