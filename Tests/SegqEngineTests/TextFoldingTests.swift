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
}
