/// Keeps a spreadsheet from running text of a CSV file as a formula.
///
/// `=1+1` is written `'=1+1`, which spreadsheets show and do not run; so with `+`, `-`, `@`, their
/// full-width forms `＝ ＋ － ＠`, which Excel takes for the same, a tab or a carriage return in front,
/// unless the text is a plain number (`-5`, `+5.20`) or a phone (`+49 (170) 12-34`). Text that already
/// looks guarded (`'=x`, `''@`) gets one more, so that ``unguard(_:)`` always restores what was.
public enum FormulaGuard {
  static let mark = UInt8(ascii: "'")

  /// Whether the text is written with a `'` in front.
  public static func isNeeded(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    if first == mark { return isGuarded(text) }
    return isTrigger(text) && !isNumber(text) && !isPhone(text)
  }

  /// The text without the `'` that a guarded file has in front: `'=1+1` is `=1+1` again.
  public static func unguard(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    isGuarded(text) ? text.dropFirst() : text
  }

  /// Whether text that begins with the byte may be guarded: only what ``isNeeded(_:)`` says is.
  static func mayTrigger(_ first: UInt8) -> Bool {
    first == mark || first == wide || isTrigger(first)
  }

  private static func isTrigger(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
      UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      true
    default: false
    }
  }

  /// What the full-width forms of ASCII begin with: `＝`, U+FF1D, is EF BC 9D.
  private static let wide: UInt8 = 0xef

  private static func isTrigger(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first else { return false }
    guard first == wide else { return isTrigger(first) }
    guard text.count >= 3, text[text.startIndex + 1] == 0xbc else { return false }
    switch text[text.startIndex + 2] {
    case 0x9d, 0x8b, 0x8d, 0xa0: return true  // ＝ ＋ － ＠
    default: return false
    }
  }

  /// `'`, as often as you like, and then what a formula begins with.
  private static func isGuarded(_ text: ArraySlice<UInt8>) -> Bool {
    text.first == mark && isTrigger(text.drop { $0 == mark })
  }

  /// A sign, digits, and perhaps a point with digits after it.
  private static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-") else { return false }
    let rest = text.dropFirst()
    let whole = rest.prefix(while: isDigit)
    let fraction = rest.dropFirst(whole.count)
    guard !whole.isEmpty else { return false }
    if fraction.isEmpty { return true }
    return fraction.first == UInt8(ascii: ".") && fraction.count > 1
      && fraction.dropFirst().allSatisfy(isDigit)
  }

  /// `+49 170 123`: a plus, then digits, blanks and `()-./`.
  private static func isPhone(_ text: ArraySlice<UInt8>) -> Bool {
    let rest = text.dropFirst()
    return text.first == UInt8(ascii: "+") && rest.contains(where: isDigit)
      && rest.allSatisfy(belongsToPhone)
  }

  private static func belongsToPhone(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: " "), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"),
      UInt8(ascii: "."), UInt8(ascii: "/"):
      true
    default: isDigit(byte)
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
  }
}
