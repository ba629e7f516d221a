import SegqRecords

/// Reads single values in the light of what their column is known to hold, whatever the others are.
struct ValueReader: Sendable {
  /// What a value can be. No value is of two sorts.
  enum Sort: Sendable {
    case number(NumberText)
    case time(TimeText)
    case boolean(Bool)
  }

  let wish: ColumnWish
  let latitude: TimeText.Latitude

  init(_ wish: ColumnWish, _ settings: ReadingSettings) {
    self.wish = wish
    latitude = wish.isTime ? .sought(settings.serialDays) : .unmistakable
  }

  /// What a text without blanks around it is; nil if it is nothing that the column may hold.
  func sort(_ text: ArraySlice<UInt8>) -> Sort? {
    switch wish {
    case .text, .id: nil
    case .integer, .decimal, .number: number(text).map { .number($0) }
    case .time, .timeOnly: time(text).map { .time($0) }
    case .boolean: boolean(text).map { .boolean($0) }
    case .any:
      if let time = TimeText(usual: text) {
        .time(time)
      } else if let number = number(text) {
        .number(number)
      } else if let time = time(text) {
        .time(time)
      } else {
        boolean(text).map { .boolean($0) }
      }
    }
  }

  /// A number. In a column of anything it must not be a phone, a code or an id: no `007`, `+49`, `1e5`.
  func number(_ text: ArraySlice<UInt8>) -> NumberText? {
    let text = wish == .any ? text : Self.withoutApostrophe(text)
    guard let number = NumberText(text) else { return nil }
    switch wish {
    case .any:
      if number.looksLikeID || number.isCodeLike { return nil }
    case .number:
      if number.looksLikeID { return nil }
    case .text, .id, .integer, .decimal, .time, .timeOnly, .boolean: break
    }
    return number
  }

  func time(_ text: ArraySlice<UInt8>) -> TimeText? {
    TimeText(latitude.isSought ? Self.withoutApostrophe(text) : text, latitude)
  }

  /// True or false; where nothing else can be meant also in one letter or digit.
  func boolean(_ text: ArraySlice<UInt8>) -> Bool? {
    if wish == .boolean, text.count == 1, let first = text.first {
      switch first {
      case UInt8(ascii: "1"), UInt8(ascii: "t"), UInt8(ascii: "T"), UInt8(ascii: "y"),
        UInt8(ascii: "Y"):
        return true
      case UInt8(ascii: "0"), UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "n"),
        UInt8(ascii: "N"):
        return false
      default: return nil
      }
    }
    return FieldParse.boolean(text)
  }

  /// What databases write if there is no date: `0000-00-00`, `00/00/0000`, `0001-01-01 00:00:00`, and
  /// `0` where times are sought.
  func isZeroTime(_ text: ArraySlice<UInt8>) -> Bool {
    guard wish.isTime || wish == .any, let first = text.first, first == UInt8(ascii: "0") else {
      return false
    }
    if latitude.isSought, text.allSatisfy({ $0 == first }) { return true }
    let rest = text.starts(with: "0001-01-01".utf8) ? text.dropFirst(10) : text
    return rest.allSatisfy(Self.isOfZeroTime) && text.count(where: \.isDigit) >= 8
      && text.count(where: { "-/.".utf8.contains($0) }) >= 2
  }

  private static func isOfZeroTime(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "0", "-", "/", ".", ":", " ", "T", "Z", "+": true
    default: false
    }
  }

  /// `'123`, as Excel writes numbers that are to stay text.
  static func withoutApostrophe(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard text.first == UInt8(ascii: "'"), let next = text.dropFirst().first,
      next.isDigit || next == UInt8(ascii: "-")
    else { return text }
    return text.dropFirst()
  }
}

extension NumberText {
  /// `1e5` alone may be the name of something; `1.5e5` and `1e+05` are not.
  fileprivate var isCodeLike: Bool {
    hasExponent && !hasExponentSign && !body.contains { !$0.isDigit }
  }
}

extension ColumnWish {
  var isTime: Bool { self == .time || self == .timeOnly }

  /// What is known of the values before any is read.
  var isKnown: Bool { self != .any && self != .text }
}
