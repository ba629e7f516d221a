/// How many columns of a terminal text takes.
///
/// East Asian wide and full-width characters and emoji take two, combining and zero-width ones
/// none, the ambiguous ones and all others one. Control characters count nothing: show them by
/// ``VisibleText`` first.
public enum DisplayWidth {
  /// 2 for `日` and `👩‍👩‍👧`, 1 for `é`.
  public static func of(_ character: Character) -> Int {
    if let ascii = character.asciiValue { return ascii >= 0x20 && ascii < 0x7f ? 1 : 0 }
    let scalars = character.unicodeScalars
    guard let first = scalars.first else { return 0 }
    if scalars.count == 1 { return of(first) }
    if first.properties.isEmoji, scalars.contains(where: makesEmoji) { return 2 }
    return min(2, scalars.reduce(0) { $0 + of($1) })
  }

  public static func of(_ text: some StringProtocol) -> Int {
    ofPlain(text.utf8) ?? text.reduce(0) { $0 + of($1) }
  }

  static func of(utf8 text: [UInt8]) -> Int {
    ofPlain(text) ?? of(String(decoding: text, as: UTF8.self))
  }

  /// The width of printable ASCII and of Latin letters up to U+02FF, which take a column each.
  private static func ofPlain(_ text: some Collection<UInt8>) -> Int? {
    var width = 0
    for byte in text {
      // 0xc2 may begin a control character, 0xcc a combining one.
      guard byte >= 0x20, byte < 0xcc, byte != 0x7f, byte != 0xc2 else { return nil }
      if byte & 0xc0 != 0x80 { width += 1 }
    }
    return width
  }

  /// The text, cut so that it takes at most `width` columns, of which `…` is one: `Champs-É…`.
  public static func cut(_ text: String, to width: Int) -> String {
    guard of(text) > width else { return text }
    var rest = width - 1
    var result = ""
    for character in text {
      rest -= of(character)
      if rest < 0 { break }
      result.append(character)
    }
    return width > 0 ? result + "…" : ""
  }

  private static func of(_ scalar: Unicode.Scalar) -> Int {
    if isZeroWidth(scalar) { return 0 }
    return WideScalars.contains(scalar) ? 2 : 1
  }

  /// What, after an emoji, makes the whole one picture: the emoji presentation, a joiner, a skin
  /// tone, a second flag letter, a tag.
  private static func makesEmoji(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xfe0f, 0x200d, 0x1f3fb...0x1f3ff, 0x1f1e6...0x1f1ff, 0xe0020...0xe007f: true
    default: false
    }
  }

  private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x00ad: return false  // the soft hyphen: terminals draw it
    case 0x1160...0x11ff, 0xd7b0...0xd7ff: return true  // vowels and tails of Hangul syllables
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator:
      return true
    default: return false
    }
  }
}
