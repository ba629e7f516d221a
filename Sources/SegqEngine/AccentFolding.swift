import SegqRecords

/// Makes texts comparable without regard to case and accents, as a database does whose collation
/// ignores both: `André`, `ANDRE` and `andré` with its accent apart fold to `andre`, `Straße` to
/// `strasse`, `Ærø` to `aero`, `Ёлка` to `елка`.
///
/// Letters are those of Latin, Greek and Cyrillic (``AccentTable``); `й` is a letter of its own.
public enum AccentFolding {
  public static func fold(_ text: String) -> String {
    var bytes: [UInt8] = []
    append(Array(text.utf8)[...], to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends the folded form of a piece of UTF-8.
  static func append(_ bytes: ArraySlice<UInt8>, to out: inout [UInt8]) {
    guard !bytes.allSatisfy({ $0 < 0x80 }) else {
      for byte in bytes { out.append(byte.asciiLowercase) }
      return
    }
    var folded: [UInt8] = []
    TextFolding.append(bytes, to: &folded)
    for scalar in String(decoding: folded, as: UTF8.self).unicodeScalars {
      if let letters = letters[scalar] {
        out.append(contentsOf: letters)
      } else if !isAccent(scalar) {
        out.append(contentsOf: Character(scalar).utf8)
      }
    }
  }

  private static let letters: [Unicode.Scalar: [UInt8]] = {
    var letters: [Unicode.Scalar: [UInt8]] = [:]
    for line in AccentTable.lines.split(separator: "\n") {
      let parts = line.split(separator: " ")
      for scalar in parts[1].unicodeScalars { letters[scalar] = Array(parts[0].utf8) }
    }
    return letters
  }()

  /// A mark that combines with the letter before it.
  private static func isAccent(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x300...0x36F, 0x483...0x489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF,
      0xFE20...0xFE2F:
      true
    default: false
    }
  }
}
