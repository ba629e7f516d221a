import SegqLanguage

/// What the first values of a column look like.
struct ColumnProfile: Sendable {
  let count: Int
  let nulls: Int
  let distinct: Set<String>
  private let numbers: Int
  private let times: Int
  private let emails: Int
  private let names: Int
  /// Values that hold a digit.
  private let codes: Int

  init(_ values: [String?]) {
    var distinct: Set<String> = []
    var (nulls, numbers, times, emails, names, codes) = (0, 0, 0, 0, 0, 0)
    for value in values {
      guard let value = value?.trimmingBlanks, !Self.isNullWord(value) else {
        nulls += 1
        continue
      }
      distinct.insert(Self.idForm(value))
      let look = Look(value)
      if look.isNumber { numbers += 1 }
      if look.isTime { times += 1 }
      if look.isEmail { emails += 1 }
      if look.isName { names += 1 }
      if look.digits > 0 { codes += 1 }
    }
    count = values.count
    self.nulls = nulls
    self.distinct = distinct
    (self.numbers, self.times, self.emails, self.names) = (numbers, times, emails, names)
    self.codes = codes
  }

  private static let nullWords: Set<String> = ["", "NULL", "null", "\\N", "-", "n/a", "N/A", "nan"]

  private static func isNullWord(_ value: String) -> Bool {
    value.utf8.count <= 4 && nullWords.contains(value)
  }

  /// Whole numbers as pandas and spreadsheets write them: `17850.0` and `'17850` are `17850`.
  static func idForm(_ value: String) -> String {
    var text = Substring(value)
    if text.utf8.first == UInt8(ascii: "'") { text = text.dropFirst() }
    if text.utf8.suffix(2).elementsEqual(".0".utf8), text.utf8.dropLast(2).allSatisfy(Self.isDigit)
    {
      text = text.dropLast(2)
    }
    return String(text)
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  var known: Int { count - nulls }
  var isEmpty: Bool { known == 0 }
  /// Rows were seen, and none has a value.
  var isBlank: Bool { count > 0 && known == 0 }

  /// No value twice and none missing, as far as was seen.
  var isUnique: Bool { nulls == 0 && distinct.count == count }

  /// Nothing that was seen speaks against ids.
  var mayBeID: Bool { isEmpty || isUnique }

  /// Too often the same to tell rows apart.
  var areRepeated: Bool { distinct.count * 10 < known * 9 }

  var areEmails: Bool { known > 0 && emails * 2 > known }
  var areNumbers: Bool { known > 0 && numbers * 2 >= known }
  var areTimes: Bool { known > 0 && times * 2 >= known }
  /// `Anna Berg`: letters with a blank between, which ids are not.
  var areNames: Bool { known > 0 && names * 2 > known }
  var areCodes: Bool { known > 0 && codes * 2 > known }
  /// `enabled`, `invited`: what became of an account, which Shopify calls its state.
  var areStatuses: Bool {
    known > 0 && distinct.allSatisfy { Self.statusWords.contains($0.lowercased()) }
  }

  private static let statusWords: Set<String> = [
    "enabled", "disabled", "invited", "declined", "active", "inactive", "pending", "blocked",
    "locked", "archived", "deleted", "subscribed", "unsubscribed", "verified", "unverified",
    "registered", "confirmed", "open", "closed", "new",
  ]

  /// `Mr`, `Dr.`, as a title before a name is, and a job is not.
  var areShort: Bool { known > 0 && distinct.allSatisfy { $0.count <= 4 } }
  /// Long enough and not just a number, so that it is no accident where two columns share them.
  var areTelling: Bool {
    known > 0 && !areNumbers && !areTimes && distinct.allSatisfy { $0.count > 3 }
  }

  /// How many of its values another column has, as a share; nil where nothing was seen.
  func share(in other: ColumnProfile) -> Double? {
    guard !distinct.isEmpty, !other.distinct.isEmpty else { return nil }
    return Double(distinct.count { other.distinct.contains($0) }) / Double(distinct.count)
  }

  /// What one value looks like, generously: `1.234,50 €` is a number, `5 janv. 2024` a time.
  private struct Look {
    var digits = 0
    var letters = 0
    var isNumber: Bool
    var isTime: Bool
    var isEmail: Bool
    var isName: Bool

    init(_ value: String) {
      var (others, separators, blanks, spaces, ats, numberSeparators) = (0, 0, 0, 0, 0, 0)
      for scalar in value.unicodeScalars {
        switch scalar {
        case "0"..."9": digits += 1
        case "a"..."z", "A"..."Z": letters += 1
        case ".": separators += 1
        case "-", "/", ":": (separators, numberSeparators) = (separators + 1, numberSeparators + 1)
        case " ": (blanks, spaces) = (blanks + 1, spaces + 1)
        case ",", "'", "\u{A0}", "\u{202F}": blanks += 1
        case "@": ats += 1
        case "$", "€", "£", "¥", "%", "+", "(", ")": break
        default:
          if scalar.properties.isAlphabetic { letters += 1 } else { others += 1 }
        }
      }
      isNumber =
        digits > 0 && others == 0 && ats == 0 && letters <= 3 && digits >= letters
        && numberSeparators <= 1
      let isDate = digits >= 3 && separators + blanks >= 1 && others == 0 && ats == 0
      isTime =
        isDate && (separators >= 2 || letters >= 3) && letters <= 14 && digits <= 26
        || letters == 0 && separators == 0 && [8, 10, 13].contains(digits)
      isEmail = ats == 1 && letters > 1
      isName = letters > 3 && digits == 0 && ats == 0 && spaces > 0
    }
  }
}
