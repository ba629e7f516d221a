/// Makes texts comparable without regard to case, for every script: `STRASSE` and `straße`, `É` and
/// `é` fold to the same bytes, however the accent is composed.
public enum TextFolding {
  /// Folded UTF-8.
  public static func fold(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    append(Array(text.utf8)[...], to: &result)
    return result
  }

  /// Appends the folded form of a piece of UTF-8.
  public static func append(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
    let start = out.count
    for byte in bytes {
      guard byte < 0x80 else {
        out.removeSubrange(start...)
        appendForeign(bytes, to: &out)
        return
      }
      out.append(byte.asciiLowercase)
    }
  }

  /// Full case mapping both ways is Unicode's case folding but for a few letters of no two cases.
  private static func appendForeign(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self).uppercased().lowercased()
    for character in text { out.append(contentsOf: character.composed.utf8) }
  }
}

extension UInt8 {
  @inline(__always)
  var asciiLowercase: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension Character {
  /// The character with its accents composed: `e` and U+0301 as `é`.
  ///
  /// Characters are equal when canonically equivalent; a small cache of what was met would be
  /// wrong across threads, so the few accents of Latin, Greek and Cyrillic are looked for.
  fileprivate var composed: Character {
    guard unicodeScalars.count == 2, let base = unicodeScalars.first,
      let mark = unicodeScalars.last, mark.value >= 0x300, mark.value < 0x370
    else { return self }
    for range in [0xC0...0x24F, 0x370...0x4FF, 0x1E00...0x1FFF] {
      for value in range {
        guard let scalar = Unicode.Scalar(UInt32(value)), scalar.value > base.value else {
          continue
        }
        if Character(scalar) == self { return Character(scalar) }
      }
    }
    return self
  }
}
