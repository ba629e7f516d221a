import Testing

@testable import SegqSystem

@Suite struct EditTextTests {
  /// A text with `|` where the cursor is.
  private func text(_ marked: String) -> EditText {
    let parts = marked.split(separator: "|", omittingEmptySubsequences: false)
    return EditText(parts.joined(), cursor: parts[0].utf8.count)
  }

  @Test(
    "The row is what stands between two newlines",
    arguments: [
      ("|", 0..<0), ("a|b", 0..<2), ("ab|\ncd", 0..<2), ("ab\n|cd", 3..<5), ("ab\n|", 3..<3),
      ("a\n|\nb", 2..<2),
    ])
  func row(_ marked: String, _ row: Range<Int>) {
    #expect(text(marked).row == row)
  }

  @Test("Left and right go by what is read as one character")
  func clusters() {
    #expect(text("xe\u{301}|y").left == 1)
    #expect(text("x|e\u{301}y").right == 4)
    #expect(text("|👩‍👩‍👧").right == 18)
    #expect(text("|").left == 0)
    #expect(text("a|").right == 1)
  }

  @Test("A cursor inside a character goes on to its edge")
  func snapping() {
    let inside = EditText("xe\u{301}y", cursor: 2)
    #expect(inside.snapped(forward: true) == 4)
    #expect(inside.snapped(forward: false) == 1)
    #expect(text("x|y").snapped(forward: true) == 1)
  }

  @Test("Up and down keep to the column, counted in cells, as far as the row goes")
  func vertically() {
    #expect(text("日本\nabc|d").above(column: 3, testWidth) == 3)
    #expect(text("日本\nabc|d").above(column: 4, testWidth) == 6)
    #expect(text("abcd|\nx").below(column: 4, testWidth) == 6)
    #expect(text("a|\nb").above(column: 1, testWidth) == nil)
    #expect(text("a\nb|").below(column: 1, testWidth) == nil)
    #expect(text("a\n\nb|").above(column: 1, testWidth) == 2)
    #expect(text("日本|x").column(testWidth) == 4)
  }

  @Test("Only a blank last row below others is one to run from")
  func blankLastRow() {
    #expect(text("abc\n|").isOnBlankLastRow)
    #expect(text("abc\n  \t|").isOnBlankLastRow)
    #expect(!text("|").isOnBlankLastRow)
    #expect(!text("abc\nd|").isOnBlankLastRow)
    #expect(!text("ab|c\n").isOnBlankLastRow)
  }

  @Test("Any text can be walked through from end to end and back", arguments: 0..<100)
  func walk(_ seed: UInt64) {
    var random = Seeded(seed)
    let scalars: [Unicode.Scalar] = ["a", "\n", "\r", "\u{301}", "\u{200D}", "👩", "🇩", "日"]
    var string = ""
    for _ in 0..<20 { string.unicodeScalars.append(scalars.randomElement(using: &random) ?? "a") }
    var text = EditText(string, cursor: 0)
    var places = [0]
    while !text.isAtEnd {
      text.cursor = text.right
      places.append(text.cursor)
    }
    #expect(places == text.places)
    while text.cursor > 0 {
      #expect(text.cursor == places.removeLast())
      text.cursor = text.left
    }
  }
}
