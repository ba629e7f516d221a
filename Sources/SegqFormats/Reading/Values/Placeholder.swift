/// What people and programs write for a value that is not there: `-`, `n/a`, `NULL`, `#N/A`, `?`.
///
/// In a column of numbers, dates, booleans or ids these are null. A text column keeps them, unless the
/// file writes its nulls so in other columns (``isWord(_:)``).
public enum Placeholder {
  /// Whether a text, without blanks around it, stands for no value. Case does not matter.
  public static func isOne(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, text.count <= longest, mayBegin[Int(first)] else { return false }
    if text.allSatisfy({ $0 == first }), "-.?*_".utf8.contains(first) { return true }
    return words.contains(String(decoding: text, as: UTF8.self).lowercased())
  }

  /// Whether it is a word rather than a mark: `NULL`, not `-`.
  static func isWord(_ text: String) -> Bool { text.utf8.contains { $0.isLetter } }

  /// Whether a text that begins so may be one.
  @inline(__always)
  static func mayBegin(with byte: UInt8) -> Bool { mayBegin[Int(byte)] }

  private static let longest = 16

  private static let mayBegin: [Bool] = (0..<256).map { byte in
    let text = UInt8(byte)
    return "-.?*_".utf8.contains(text)
      || words.contains { word in
        let first = word.utf8.first ?? 0
        return first == text || first.isLetter && first & 0xDF == text
      }
  }

  /// Those that pandas, R, SQL clients, Excel in several languages, JavaScript and people write.
  private static let words: Set<String> = [
    "null", "(null)", "<null>", "[null]", "\\n", "nil", "none", "(none)", "<none>", "nan", "-nan",
    "na", "n/a", "n.a.", "n.a", "<na>", "#n/a", "#na", "#n/a n/a", "#nv", "#n/d", "n/d", "n.d.",
    "n.v.", "1.#qnan", "-1.#qnan", "1.#ind", "-1.#ind", "#null!", "#div/0!", "#value!", "#ref!",
    "#name?", "#num!", "(blank)", "(empty)", "empty", "missing", "unknown", "undefined",
    "not available", "not applicable", "not set", "invalid date", "k.a.", "k. a.", "tbd", "tba",
    "–", "—", "―", "−",
  ]
}
