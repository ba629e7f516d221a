/// Text as people see it: nothing in it moves a cursor, changes a colour or turns the line around.
public enum VisibleText {
  /// The text with a mark for each control character: `a␛[31m`, `two⏎lines`, `\u{202e}`.
  public static func of(_ text: some StringProtocol) -> String {
    let bytes = Array(text.utf8)
    var out: [UInt8] = []
    append(bytes[...], to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  /// Appends ``of(_:)`` of text in UTF-8.
  static func append(_ text: ArraySlice<UInt8>, to out: inout [UInt8]) {
    if isHarmless(text) {
      out += text
      return
    }
    for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
      if let mark = mark(for: scalar) {
        out += mark.utf8
      } else {
        out += String(scalar).utf8
      }
    }
  }

  /// No control character, and no byte that one outside ASCII begins with.
  private static func isHarmless(_ text: ArraySlice<UInt8>) -> Bool {
    text.allSatisfy { $0 >= 0x20 && $0 != 0x7f && $0 != 0xc2 && $0 != 0xe2 && $0 != 0xf4 }
  }

  private static func mark(for scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x0a: "⏎"
    case 0x09: "⇥"
    case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value).map { String($0) }
    case 0x7f: "␡"
    case 0x80..<0xa0, 0x2028...0x202e, 0x2066...0x2069:
      #"\u{"# + String(scalar.value, radix: 16) + "}"
    // A byte of a file's name that is no UTF-8 (`String(system:)`).
    case 0x10_fe80...0x10_feff: "\u{FFFD}"
    default: nil
    }
  }
}
