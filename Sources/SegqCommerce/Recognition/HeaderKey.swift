import SegqLanguage

extension Recognition {
  /// A header as names are compared: `State/Province` is `state_province`, `CustomerID` and
  /// `customerId` are `customer_id`.
  static func key(_ header: String) -> String { spaced(header).snakeCased ?? "" }

  /// `Customer ID` of `CustomerID`: a blank before a capital that begins a word.
  private static func spaced(_ header: String) -> String {
    let letters = Array(header)
    guard letters.contains(where: \.isLowercase), letters.contains(where: \.isUppercase) else {
      return header
    }
    var result = ""
    for (i, letter) in letters.enumerated() {
      if letter.isUppercase, i > 0 {
        let next = i + 1 < letters.count ? letters[i + 1] : nil
        // The plural of an abbreviation is no word: `OrderIDs`.
        let isPlural = next == "s" && (i + 2 == letters.count || !letters[i + 2].isLowercase)
        let endsAbbreviation =
          letters[i - 1].isUppercase && next.map(\.isLowercase) ?? false && !isPlural
        if letters[i - 1].isLowercase || letters[i - 1].isNumber || endsAbbreviation {
          result.append(" ")
        }
      }
      result.append(letter)
    }
    return result
  }
}
