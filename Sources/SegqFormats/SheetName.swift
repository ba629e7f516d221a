/// The name of a worksheet as Excel allows it.
enum SheetName {
  /// In UTF-16.
  static let longest = 31

  /// `Sales: FR/DE` is `Sales- FR-DE`; nothing is `Sheet 1`; the second sheet has ` (2)` behind.
  static func of(_ title: String, number: Int = 1) -> String {
    let ending = number == 1 ? "" : " (\(number))"
    let name = trimmed(cut(trimmed(replaced(title)), to: longest - ending.utf16.count))
    // Excel keeps this one for itself.
    let isReserved = name.lowercased() == "history"
    return (name.isEmpty ? "Sheet 1" : isReserved ? name + "-" : name) + ending
  }

  private static func replaced(_ title: String) -> String {
    String(
      title.unicodeScalars.lazy.map { scalar -> Character in
        let isForbidden = #":\/?*[]"#.unicodeScalars.contains(scalar) || scalar.value < 0x20
        return isForbidden ? "-" : Character(scalar)
      })
  }

  /// Without blanks and apostrophes at the ends.
  private static func trimmed(_ name: String) -> String {
    let isKept = { (character: Character) in character != "'" && character != " " }
    guard let first = name.firstIndex(where: isKept), let last = name.lastIndex(where: isKept)
    else { return "" }
    return String(name[first...last])
  }

  private static func cut(_ name: String, to count: Int) -> String {
    var result = name
    while result.utf16.count > count { result.removeLast() }
    return result
  }
}
