import SegqFormats
import SegqRecords
import Testing

@Suite("Markdown")
struct MarkdownWriterTests {
  @Test("A table has a rule below its header, and numbers stand right")
  func table() {
    let answer = Answer([
      ("ID", .integer, [.integer(7), .null]),
      ("Name", .text, [.text("Jane"), .text("")]),
      ("Total", .decimal, [.decimal(Decimal(units: 125_000)), .null]),
      ("Day", .date, [.date(19_753), .null]),
    ])
    #expect(
      answer.written(as: .markdown) == """
        | ID | Name | Total | Day |
        | ---: | --- | ---: | --- |
        | 7 | Jane | 12.5 | 2024-01-31 |
        |  |  |  |  |

        """)
  }

  @Test(
    "Nothing in a text ends its cell, its line or its meaning",
    arguments: [
      ("a|b", #"a\|b"#), (#"a\|b"#, #"a\\\|b"#), ("a\nb", "a<br>b"),
      ("a\r\nb\rc\n", "a<br>b<br>c<br>"),
      ("<b>", #"\<b>"#), ("&lt;", #"\&lt;"#), ("*x* `y`", #"\*x\* \`y\`"#),
      ("snake_case", "snake_case"), ("[a](b) ~~c~~", #"\[a](b) \~\~c\~\~"#),
      ("a\u{1b}[31m\tb", "a␛\\[31m⇥b"), ("日本", "日本"),
    ])
  func escapes(text: String, written: String) {
    #expect(Answer(texts: [text]).written(as: .markdown) == "| Text |\n| --- |\n| \(written) |\n")
  }

  @Test("Without a header there are rows only")
  func rowsOnly() {
    var options = WriterOptions()
    options.showsHeader = false
    #expect(Answer(texts: ["x"]).written(as: .markdown, options) == "| x |\n")
  }
}
