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
    append(bytes.span, to: &out)
  }

  static func append(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
    let start = out.count
    if !appendByTable(bytes, to: &out) {
      out.removeSubrange(start...)
      appendByScalars(bytes, to: &out)
    }
  }

  /// Any text, slowly: the definition, of which the table is a part.
  ///
  /// Full case mapping both ways is Unicode's case folding but for a few letters of no two cases.
  static func appendByScalars(_ bytes: Span<UInt8>, to out: inout [UInt8]) {
    var source: [UInt8] = []
    for place in bytes.indices { source.append(bytes[place]) }
    let text = String(decoding: source, as: UTF8.self).uppercased().lowercased()
    for character in text { out.append(contentsOf: character.composed.utf8) }
  }

  /// Appends the folded form, if each scalar is one whose neighbours mean nothing to it; what it has
  /// appended otherwise is of no use.
  private static func appendByTable(_ bytes: Span<UInt8>, to out: inout [UInt8]) -> Bool {
    var place = 0
    while place < bytes.count {
      let byte = bytes[place]
      if byte < 0x80 {
        out.append(byte.asciiLowercase)
        place += 1
      } else if let length = FoldingTable.shared.append(bytes, at: place, to: &out) {
        place += length
      } else {
        return false
      }
    }
    return true
  }
}

extension UInt8 {
  @inline(__always)
  var asciiUppercase: UInt8 { self >= 0x61 && self <= 0x7A ? self & 0xDF : self }
  @inline(__always)
  var asciiLowercase: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension Character {
  /// The character with its accents composed: `e` and U+0301 as `é`.
  fileprivate var composed: Character {
    guard unicodeScalars.count == 2, let base = unicodeScalars.first,
      let mark = unicodeScalars.last, mark.value >= 0x300, mark.value < 0x370,
      let scalar = Self.composites[self]?.first(where: { $0.value > base.value })
    else { return self }
    return Character(scalar)
  }

  /// The letters with accents of Latin, Greek and Cyrillic. Characters are equal when canonically
  /// equivalent, so that each is found by its parts.
  private static let composites: [Character: [Unicode.Scalar]] = {
    let scalars = [0xC0...0x24F, 0x370...0x4FF, 0x1E00...0x1FFF].joined()
      .compactMap { Unicode.Scalar(UInt32($0)) }
    return Dictionary(grouping: scalars) { Character($0) }
  }()
}
