/// The characters that take two columns by themselves: `East_Asian_Width` W and F of Unicode 15.
///
/// Outside the blocks listed here these are just the characters that show as emoji unasked.
enum WideScalars {
  /// First and last of each block, ascending.
  private static let blocks: [(first: UInt32, last: UInt32)] = [
    (0x1100, 0x115f),  // heads of Hangul syllables
    (0x2329, 0x232a),  // angle brackets
    (0x2e80, 0x303e),  // radicals, ideographic punctuation
    (0x3041, 0x3247), (0x3250, 0x4dbf),  // kana, enclosed letters, ideographs A
    (0x4e00, 0xa4cf),  // ideographs, Yi
    (0xa960, 0xa97c), (0xac00, 0xd7a3),  // Hangul
    (0xf900, 0xfaff),  // compatibility ideographs
    (0xfe10, 0xfe19), (0xfe30, 0xfe6b),  // vertical and small forms
    (0xff01, 0xff60), (0xffe0, 0xffe6),  // full-width forms
    (0x16fe0, 0x18d08), (0x1aff0, 0x1b2fb),  // Tangut, kana supplements, Nüshu
    (0x1f200, 0x1f265),  // enclosed ideographs
    (0x20000, 0x2fffd), (0x30000, 0x3fffd),  // ideographs of the later planes
  ]

  static func contains(_ scalar: Unicode.Scalar) -> Bool {
    let value = scalar.value
    if value < 0x1100 { return false }
    if blocks.contains(where: { $0.first <= value && value <= $0.last }) { return true }
    return isRegionLetter(value) ? false : scalar.properties.isEmojiPresentation
  }

  /// `🇫` by itself is a letter; two make a flag.
  private static func isRegionLetter(_ value: UInt32) -> Bool {
    (0x1f1e6...0x1f1ff).contains(value)
  }
}
