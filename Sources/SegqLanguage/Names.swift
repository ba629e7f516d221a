extension String {
  /// A header as the language names it: `State/Province` is `state_province`; nil where nothing is
  /// left of it.
  public var snakeCased: String? {
    var result = ""
    for character in lowercased() {
      if character.isLetter || character.isNumber {
        result.append(character)
      } else if !result.isEmpty, result.last != "_" {
        result.append("_")
      }
    }
    if result.last == "_" { result.removeLast() }
    return result.isEmpty ? nil : result
  }

  /// With each line end, and the blanks around it, made one blank.
  public var inOneLine: String {
    guard utf8.contains(where: { $0 == 10 || $0 == 13 }) else { return self }
    return split { $0 == " " || $0 == "\t" || $0.isNewline }.joined(separator: " ")
  }

  /// Without blanks and tabs at both ends.
  public var trimmingBlanks: String {
    let isBlank: (UInt8) -> Bool = { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard let first = utf8.first, let last = utf8.last, isBlank(first) || isBlank(last) else {
      return String(self)
    }
    guard let start = utf8.firstIndex(where: { !isBlank($0) }),
      let end = utf8.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(self[start...end])
  }
}
