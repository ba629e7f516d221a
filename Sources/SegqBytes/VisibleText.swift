/// Text as people see it: nothing in it moves a cursor, changes a colour or turns the line around.
///
/// What a terminal obeys are the control characters (also U+0080–009F); what turns a line around are
/// the marks of bidirectional text (Unicode Annex 9: U+061C, U+200E–200F, U+202A–202E, U+2066–2069).
public enum VisibleText {
  /// The text with a mark for each control character: `a␛[31m`, `two⏎lines`, `\u{202e}`.
  public static func of(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    append(bytes[...], to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends ``of(_:)`` of text in UTF-8.
  public static func append(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    if isHarmless(text) {
      out += text
      return
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if isHidden(scalar) { out += mark(for: scalar).utf8 } else { out += String(scalar).utf8 }
    }
  }

  /// No control character, and no byte that one outside ASCII begins with.
  private static func isHarmless(_ text: ArraySlice<UInt8>) -> Bool {
    text.allSatisfy {
      $0 >= 0x20 && $0 != 0x7f && $0 != 0xc2 && $0 != 0xd8 && $0 != 0xe2 && $0 != 0xf4
    }
  }

  /// Whether a terminal obeys it or turns the line around for it.
  public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x61c, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069: true
    // A byte of a file's name that is no UTF-8.
    case 0x10_fe80...0x10_feff: true
    default: false
    }
  }

  private static func mark(for scalar: Unicode.Scalar) -> String {
    switch scalar.value {
    case 0x0a: "⏎"
    case 0x09: "⇥"
    case 0x7f: "␡"
    case 0..<0x20: String(Unicode.Scalar(0x2400 + scalar.value) ?? "\u{fffd}")
    case 0x1_0000...: "\u{fffd}"
    default: #"\u{"# + String(scalar.value, radix: 16) + "}"
    }
  }
}

// MARK: - Lines

/// What lines are that go to a terminal: it says what stands for a character that is hidden.
public enum ScreenText: Sendable {
  /// Marks.
  case plain
  /// Marks, too; but `ESC [ 1 ; 31 m`, a change of colour, is our own.
  case styled
  /// `\u202e`, so that it stays JSON.
  case json
  /// `&#x202e;`, so that it stays XML.
  case xml
}

extension VisibleText {
  /// Appends lines as a terminal may have them. Line ends and tabs stay.
  public static func append(lines: [UInt8], as kind: ScreenText, to out: inout [UInt8]) {
    guard !lines.allSatisfy({ (0x20..<0x7f).contains($0) || $0 == 0x0a || $0 == 0x09 }) else {
      out += lines
      return
    }
    let text = String(decoding: lines, as: UTF8.self).unicodeScalars
    var position = text.startIndex
    while position < text.endIndex {
      let scalar = text[position]
      let next = text.index(after: position)
      if !isHidden(scalar) || scalar == "\n" || scalar == "\t" {
        out += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
        position = next
        continue
      }
      let end = kind == .styled && scalar == "\u{1b}" ? endOfColor(text[next...]) : nil
      if let end { out += String(text[position..<end]).utf8 } else { out += kind.mark(scalar).utf8 }
      position = end ?? next
    }
  }

  /// Where `[1;31m` ends; nil where something else stands.
  private static func endOfColor(
    _ text: Substring.UnicodeScalarView
  ) -> Substring.UnicodeScalarView.Index? {
    guard text.first == "[" else { return nil }
    let rest = text.dropFirst().drop { $0 == ";" || ("0"..."9").contains($0) }
    return rest.first == "m" ? rest.index(after: rest.startIndex) : nil
  }
}

extension ScreenText {
  fileprivate func mark(_ scalar: Unicode.Scalar) -> String {
    switch self {
    case .plain, .styled: return VisibleText.of(String(scalar))
    case .json:
      return "\\u" + String(repeating: "0", count: 4 - digits(scalar).count) + digits(scalar)
    case .xml: return "&#x" + digits(scalar) + ";"
    }
  }

  private func digits(_ scalar: Unicode.Scalar) -> String {
    scalar.value > 0xffff ? "fffd" : String(scalar.value, radix: 16)
  }
}
