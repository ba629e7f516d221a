import SegqRecords

/// Goes through the text of a time from left to right.
struct TimeScanner {
  var rest: ArraySlice<UInt8>
  let isSought: Bool

  /// The whole text; nil where it is no time.
  mutating func time() -> TimeText? {
    skipWeekday()
    guard var time = date() else { return nil }
    if time.clock == nil, !rest.isEmpty {
      guard takeGap(&time), let clock = clock() else { return nil }
      time.clock = clock
    }
    if time.clock != nil, time.offset == nil, let offset = zone() { time.offset = offset }
    if time.offset != nil { time.isLocal = false }
    skipBlanks()
    return rest.isEmpty ? time : nil
  }

  // Parts.

  mutating func number(_ digits: ClosedRange<Int>) -> Int? {
    let found = rest.prefix(digits.upperBound).prefix(while: \.isDigit)
    guard found.count >= digits.lowerBound else { return nil }
    rest = rest.dropFirst(found.count)
    return found.reduce(0) { $0 * 10 + Int($1 & 15) }
  }

  mutating func eat(_ mark: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Whether there were any.
  @discardableResult
  mutating func skipBlanks() -> Bool {
    let count = rest.count
    while true {
      let length = Blanks.length(rest)
      if length == 0 { return rest.count < count }
      rest = rest.dropFirst(length)
    }
  }

  /// Letters, also those outside ASCII.
  func peekWord() -> ArraySlice<UInt8> {
    var end = rest.startIndex
    while end < rest.endIndex, rest[end].isLetter || rest[end] >= 0x80 {
      if rest[end] >= 0xC0, Blanks.length(rest[end...]) > 0 { break }
      end += 1
    }
    return rest[..<end]
  }

  mutating func eat(word words: [String]) -> Bool {
    let word = peekWord()
    guard !word.isEmpty, word.count <= 5, words.contains(DateNames.folded(word)) else {
      return false
    }
    rest = rest.dropFirst(word.count)
    return true
  }

  /// A month's name, with the point behind one that is cut short.
  mutating func month() -> Int? {
    let word = peekWord()
    guard let month = DateNames.month(word) else { return nil }
    rest = rest.dropFirst(word.count)
    _ = eat(".")
    return month
  }

  /// `Fri, `, `vendredi `; a word that can be a month too (`mar`) only before one.
  private mutating func skipWeekday() {
    let word = peekWord()
    guard !word.isEmpty, DateNames.isWeekday(word) else { return }
    var behind = self
    behind.rest = rest.dropFirst(word.count)
    _ = behind.eat(".")
    _ = behind.eat(",")
    guard behind.skipBlanks() else { return }
    if DateNames.month(word) != nil {
      var probe = behind
      if probe.number(1...2) != nil { probe.skipDayMarks() }
      guard probe.month() != nil || behind.rest.first.map({ !$0.isDigit }) ?? true else { return }
    }
    self = behind
  }

  // Behind the day.

  /// What stands between a day and a clock: `T`, blanks, `, `, ` at `. A comma is what the Admin shows.
  private mutating func takeGap(_ time: inout TimeText) -> Bool {
    if eat("T") || eat("t") { return true }
    if eat(",") { time.isLocal = true }
    var hasGap = skipBlanks() || time.isLocal
    if eat("-") || eat(word: ["at", "um", "a", "om", "alle", "as", "kl", "o", "la", "las"]) {
      _ = eat(".")
      hasGap = skipBlanks()
      if eat(word: ["las"]) { skipBlanks() }
    }
    return hasGap
  }
}
