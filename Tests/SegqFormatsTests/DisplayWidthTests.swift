import SegqBytes
import SegqFormats
import Testing

@Suite("Width on a terminal")
struct DisplayWidthTests {
  @Test(
    "Characters take none, one or two columns",
    arguments: [
      ("", 0), ("a", 1), ("Ünïcödé", 7), ("e\u{301}", 1), ("日本", 4), ("ｆｕ", 4), ("ﾊﾝ", 2),
      ("한국", 4),
      ("\u{1112}\u{1161}\u{11ab}", 2), ("😀", 2), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇫🇷", 2), ("🇫🇷🇩🇪", 4),
      ("🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}", 2),
      ("❤\u{fe0f}", 2), ("❤", 1), ("1\u{fe0f}\u{20e3}", 2), ("☎", 1), ("⌚", 2), ("✔", 1), ("✅", 2),
      ("→", 1),
      ("…", 1), ("│─", 2), ("␛⏎⇥–", 4), ("\u{200b}", 0), ("a\u{200d}b", 2), ("\u{feff}", 0),
      ("°§£", 3),
      ("\u{3000}", 2), ("、。", 4), ("שלום", 4), ("ไทย", 3), ("ก็", 1), ("नमस्ते", 4), ("\u{1f6dc}", 2),
      ("🫠", 2),
      ("𠮷", 2), ("\u{1b}", 0), ("Ω≈", 2), ("①", 1), ("か\u{3099}", 2),
    ])
  func widths(text: String, width: Int) {
    #expect(DisplayWidth.of(text) == width)
    #expect(text.reduce(0) { $0 + DisplayWidth.of($1) } == width)
    #expect(DisplayWidth.of(text[...]) == width)
  }

  @Test(
    "A text within a text is as wide as by itself", arguments: ["日本", "e\u{301}", "❤\u{fe0f}", "é"])
  func sums(text: String) {
    #expect(DisplayWidth.of("[" + text + "]") == DisplayWidth.of(text) + 2)
  }

  @Test(
    "Cut text fits and ends in three dots",
    arguments: [
      ("Champs-Élysées", 9, "Champs-É…"), ("abc", 3, "abc"), ("abcd", 3, "ab…"), ("日本語", 5, "日本…"),
      ("日本語", 4, "日…"), ("日本語", 6, "日本語"), ("abc", 1, "…"), ("abc", 0, ""),
      ("👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"), ("", 0, ""),
    ])
  func cuts(text: String, width: Int, result: String) {
    #expect(DisplayWidth.cut(text, to: width) == result)
    #expect(DisplayWidth.of(result) <= width)
  }

  @Test(
    "Control characters have marks, and marks have a width",
    arguments: [
      ("a\u{1b}[0m", "a␛[0m"), ("\n\t\r", "⏎⇥␍"), ("\r\n", "␍⏎"), ("\u{0}\u{7f}", "␀␡"),
      ("\u{85}", #"\u{85}"#),
      ("\u{202e}x\u{2069}", #"\u{202e}x\u{2069}"#), ("\u{2028}", #"\u{2028}"#),
      ("\u{61c}\u{200e}\u{200f}", #"\u{61c}\u{200e}\u{200f}"#), ("\u{10fe9b}m", "\u{fffd}m"),
      ("é ° “q” 日", "é ° “q” 日"), ("", ""),
    ])
  func visible(text: String, shown: String) {
    #expect(VisibleText.of(text) == shown)
  }

  @Test(
    "On a terminal lines stay lines, and what is hidden is written as the format has it",
    arguments: [
      (ScreenText.plain, "a\u{1b}[31mb\n\t\u{9b}\r", #"a␛[31mb\#n\#t\u{9b}␍"#),
      (
        .styled, "\u{1b}[1;31ma\u{1b}[0m\u{1b}[2J\u{1b}]0;t\u{7}",
        "\u{1b}[1;31ma\u{1b}[0m␛[2J␛]0;t␇"
      ),
      (.styled, "\u{1b}[1;3\u{1b}[m\u{1b}[", "␛[1;3\u{1b}[m␛["),
      (.json, "\"\u{9b}\u{202e}\u{7f}\u{10fe80}\"\n", "\"\\u009b\\u202e\\u007f\\ufffd\"\n"),
      (.xml, "<a>\u{85}\u{61c}</a>\n", "<a>&#x85;&#x61c;</a>\n"), (.plain, "é日👩‍👩‍👧\n", "é日👩‍👩‍👧\n"),
    ])
  func lines(kind: ScreenText, text: String, shown: String) {
    var out: [UInt8] = []
    VisibleText.append(lines: Array(text.utf8), as: kind, to: &out)
    #expect(String(decoding: out, as: UTF8.self) == shown)
  }
}
