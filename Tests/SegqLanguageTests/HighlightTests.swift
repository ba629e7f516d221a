import Testing

@testable import SegqLanguage

@Suite("Colours while typing")
struct HighlightTests {
  /// What each stretch is, mistakes last: `keyword:select number:5`
  private func highlights(_ text: String) -> String {
    let source = SourceText(text, name: "")
    return Parser.highlights(of: source).map { "\($0.kind):\(source[$0.span])" }
      .joined(separator: " ")
  }

  @Test(
    "Words are keywords where the grammar has one, and names elsewhere",
    arguments: [
      ("select 5", "keyword:select number:5"),
      ("SELECT order FROM orders", "keyword:SELECT keyword:FROM"),
      ("select name as 'n' from customers", "keyword:select keyword:as string:'n' keyword:from"),
      ("echo 1 -- one", "keyword:echo number:1 comment:-- one"),
      ("# all\necho $x, 2024-01", "comment:# all keyword:echo variable:$x number:2024-01"),
      ("!ls -la # 'x", ""),
    ])
  func words(text: String, shown: String) {
    #expect(highlights(text) == shown)
  }

  @Test(
    "What nothing closes is told at once, and what cannot be right once it is finished",
    arguments: [
      ("echo 'abc", "keyword:echo string:'abc mistake:'"),
      ("select count(", "keyword:select mistake:("),
      ("select (1 + 2)", "keyword:select number:1 number:2"),
      ("selct x from", "mistake:selct"), ("selct", ""),
    ])
  func mistakes(text: String, shown: String) {
    #expect(highlights(text) == shown)
  }

  @Test("A quote that is open is found, one that is closed is not")
  func openQuote() {
    #expect(SourceText("load 'fol", name: "").openQuote == 5)
    #expect(SourceText("load 'fol' as x", name: "").openQuote == nil)
    #expect(SourceText("echo 'a', \"it's", name: "").openQuote == 10)
  }
}
