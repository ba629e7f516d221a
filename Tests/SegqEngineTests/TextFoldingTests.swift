import SegqRecords
import Testing

@testable import SegqEngine

@Suite("Text without regard to case")
struct TextFoldingTests {
  @Test(
    "The same but for case",
    arguments: [
      ("STRASSE", "straße"), ("É", "é"), ("e\u{301}", "É"), ("ÀÇ", "àç"), ("ΟΔΟΣ", "οδος"),
      ("ПРИВЕТ", "привет"), ("Ångström", "a\u{30A}NGSTRO\u{308}M"), ("日本", "日本"), ("", ""),
    ])
  func same(a: String, b: String) { #expect(TextFolding.fold(a) == TextFolding.fold(b)) }

  @Test("Not the same", arguments: [("e", "é"), ("a", "b"), ("ss", "s"), ("n", "ñ")])
  func different(a: String, b: String) { #expect(TextFolding.fold(a) != TextFolding.fold(b)) }

  @Test(
    "like: % is any text, _ one character",
    arguments: [
      ("%", "", true), ("a%c", "ABBC", true), ("a%c", "ab", false), ("_", "é", true),
      ("__", "日本", true), ("_", "", false), ("%b%b%", "abab", true), ("a\\%", "a%", true),
      ("a\\%", "ab", false), ("%%x", "xx", true), ("x_z%", "xyzzy", true),
    ])
  func like(pattern: String, text: String, fits: Bool) {
    #expect(TextPattern(.like, pattern).matches(TextFolding.fold(text)) == fits)
  }

  @Test("Each scalar of two bytes and more is folded as by the definition, alone and among others")
  func scalars() {
    let ranges = [0x80...0x7FF, 0x1DF0...0x20FF, 0x2FF0...0x3100, 0x4DF0...0x4E10, 0xABF0...0xAC10]
    for value in ranges.joined() {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      for text in ["\(scalar)", "a\(scalar)", "\(scalar)E\u{301}é", "É\(scalar)\(scalar)Z"] {
        check(text)
      }
    }
  }

  @Test("Letters with each accent are composed as by the definition")
  func accents() {
    let bases = [0x41...0x5A, 0xC0...0x24F, 0x370...0x4FF, 0x1F00...0x1FFF].joined()
    for value in bases {
      for mark in [0x300, 0x301, 0x308, 0x30C, 0x328, 0x342, 0x345, 0x36F]
      where (value + mark) % 11 == 0 {
        guard let base = Unicode.Scalar(value), let mark = Unicode.Scalar(mark) else { continue }
        check("\(base)\(mark)")
      }
    }
  }

  @Test("Any scalars together are folded as by the definition")
  func mixtures() {
    var random = Scramble(state: 5)
    let ranges: [Range<UInt32>] = [
      0x20..<0x7F, 0x80..<0x180, 0x180..<0x300, 0x300..<0x370, 0x370..<0x530, 0x530..<0x800,
      0x1E00..<0x2000, 0x2000..<0x2100, 0x3000..<0x3100, 0x4E00..<0x4F00, 0xAC00..<0xAD00,
      0x1100..<0x1200, 0x1F1E6..<0x1F200, 0x1F600..<0x1F610,
    ]
    for round in 0..<3000 {
      var text = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let range = ranges[Int.random(in: 0..<(round % 2 == 0 ? 3 : ranges.count), using: &random)]
        if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &random)) {
          text.append(scalar)
        }
      }
      check(String(text))
    }
  }

  @Test("Bytes that are no UTF-8 are folded as by the definition")
  func broken() {
    for bytes: [UInt8] in [
      [0xC3], [0xC3, 0x41], [0x80], [0xC0, 0x80], [0xE0, 0x80, 0x80], [0xE2, 0x80],
      [0xED, 0xA0, 0x80],
      [0xE4, 0xB8, 0x41], [0xF0, 0x9F, 0x98], [0xC3, 0x89, 0xFF], [0xE1, 0xB8],
    ] {
      #expect(folded(bytes) == defined(bytes), "\(bytes)")
    }
  }

  private func check(_ text: String) {
    let bytes = Array(text.utf8)
    if folded(bytes) != defined(bytes) {
      Issue.record("\(text.unicodeScalars.map { String($0.value, radix: 16) })")
    }
  }

  private func folded(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    TextFolding.append(bytes[...], to: &result)
    return result
  }

  /// Folding as it is meant, letter by letter.
  private func defined(_ bytes: [UInt8]) -> [UInt8] {
    guard bytes.contains(where: { $0 >= 0x80 }) else {
      return Array(String(decoding: bytes, as: UTF8.self).lowercased().utf8)
    }
    let text = String(decoding: bytes, as: UTF8.self).uppercased().lowercased()
    return text.flatMap { Array(composed($0).utf8) }
  }

  private func composed(_ character: Character) -> Character {
    let scalars = Array(character.unicodeScalars)
    guard scalars.count == 2, (0x300..<0x370).contains(scalars[1].value) else { return character }
    let letter = Self.letters.first {
      $0.scalar.value > scalars[0].value && $0.character == character
    }
    return letter?.character ?? character
  }

  private static let letters = [0xC0...0x24F, 0x370...0x4FF, 0x1E00...0x1FFF].joined()
    .compactMap { Unicode.Scalar(UInt32($0)) }.map { (scalar: $0, character: Character($0)) }
}

private struct Scramble: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state ^ (state >> 33)) &* 0xFF51_AFD7_ED55_8CCD
  }
}
