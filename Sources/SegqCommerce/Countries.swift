/// Countries by their codes and by the names that the Admin shows and that people type.
public enum Countries {
  /// The other spellings of a country: `TR`, `TUR`, `Türkiye`, … for `Turkey`; none for anything else.
  public static func spellings(of text: String) -> [String] {
    let wanted = text.lowercased()
    guard let place = places[wanted] else { return [] }
    return entries[place].filter { $0.lowercased() != wanted }
  }

  /// The name that the Admin shows for a code of two letters: `United States` for `US`.
  public static func name(of code: String) -> String? {
    guard code.utf8.count == 2, let place = places[code.lowercased()],
      entries[place][0].lowercased() == code.lowercased()
    else { return nil }
    return entries[place][1]
  }

  private static let places: [String: Int] = Dictionary(
    entries.enumerated().flatMap { place, names in names.map { ($0.lowercased(), place) } },
    uniquingKeysWith: { first, _ in first })

  /// The code, the name that is shown, and the others.
  private static let entries: [[String]] = {
    var entries: [[String]] = []
    for line in CountryNames.table.split(separator: "\n") {
      let names = line.split(separator: "|").map(String.init)
      if line.hasPrefix("|") {
        entries[entries.count - 1] += names
      } else {
        let (code, shown) = (names[0].prefix(2), names[0].dropFirst(3))
        entries.append([String(code), String(shown)] + names.dropFirst())
      }
    }
    return entries
  }()
}
