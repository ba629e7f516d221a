/// What a style of a workbook says of a number: whether it is a date, or has zeros in front.
///
/// `yyyy-mm-dd`, `[$-409]d mmm yy` and `[h]:mm` are dates and times; `0.00%`, `#,##0 "days"` and
/// `General` are numbers; `00000` is a postal code.
enum CellFormat: Sendable, Hashable {
  case number
  case date
  /// At least so many digits.
  case digits(Int)

  /// One that every spreadsheet knows by its number (ECMA-376, 18.8.30, and those of East Asia).
  init(builtIn id: Int) {
    switch id {
    case 14...22, 27...36, 45...47, 50...58: self = .date
    default: self = .number
    }
  }

  init(code: String) {
    let section = Self.withoutQuoted(code.split(separator: ";", maxSplits: 1).first ?? "")
    if section.count > 1, section.allSatisfy({ $0 == "0" }) {
      self = .digits(section.count)
    } else if section.lowercased() != "general",
      section.contains(where: { "yYmMdDhHsS".contains($0) })
    {
      self = .date
    } else {
      self = .number
    }
  }

  /// Takes out texts in quotes, escaped characters, fill and width marks, and what is in brackets
  /// (colours, languages, conditions), but for `[h]`, `[mm]`, `[s]`, which are times.
  private static func withoutQuoted(_ code: Substring) -> String {
    var result = ""
    var rest = code[...]
    while let letter = rest.popFirst() {
      switch letter {
      case "\"":
        rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*":
        rest = rest.dropFirst()
      case "[":
        let inner = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inner.count + 1)
        if !inner.isEmpty, inner.allSatisfy({ "hHmMsS".contains($0) }) { result += inner }
      default: result.append(letter)
      }
    }
    return result
  }
}
