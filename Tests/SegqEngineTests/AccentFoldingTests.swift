import Testing

@testable import SegqEngine

@Suite("Folding without accents")
struct AccentFoldingTests {
  @Test(
    "Letters are what the Unicode collation takes them for",
    arguments: [
      ("André", "andre"), ("ANDRE\u{301}", "andre"), ("Straße", "strasse"), ("ẞ", "ss"),
      ("Łódź", "lodz"), ("Đorđe", "dorde"), ("Ærøskøbing", "aeroskobing"), ("Œuvre", "oeuvre"),
      ("İstanbul", "istanbul"), ("ǅ", "dz"), ("Ångström", "angstrom"), ("ﬁn", "fin"),
      ("Ёлка", "елка"), ("Йод", "йод"), ("и\u{306}", "й"), ("ΆΓΙΟΣ", "αγιοσ"), ("ᾶ", "α"),
      ("ñ", "n"), ("Ｆｕｌｌ", "full"), ("e\u{301}\u{323}", "e"), ("日本", "日本"), ("", ""),
      ("plain ASCII 123!", "plain ascii 123!"),
    ])
  func letters(_ text: String, _ folded: String) {
    #expect(AccentFolding.fold(text) == folded)
  }

  @Test("What is folded stays as it is, and texts that compare equal fold to the same")
  func idempotent() {
    for value in UInt32(0xA0)..<0x2000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(Character(scalar))
      let folded = AccentFolding.fold(text)
      #expect(AccentFolding.fold(folded) == folded, "\(text)")
      #expect(AccentFolding.fold(text.uppercased()) == folded, "\(text)")
      for other in [text.uppercased(), text.lowercased()]
      where TextFolding.fold(other) == TextFolding.fold(text) {
        #expect(AccentFolding.fold(other) == folded, "\(text) \(other)")
      }
    }
  }
}
