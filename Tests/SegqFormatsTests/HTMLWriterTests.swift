import SegqFormats
import SegqRecords
import Testing

@Suite("HTML")
struct HTMLWriterTests {
  @Test("Numbers stand right; null is neither text nor empty text; a row has a line")
  func table() {
    let answer = Answer([
      ("Name", .text, [.text("Jane"), .text(""), .null]),
      ("Total", .decimal, [.decimal(Decimal(units: 125_000)), .null, .null]),
      ("Day", .date, [.date(19_753), .null, .null]),
    ])
    let written = answer.written(as: .html)
    #expect(written.contains("tr>:is(:nth-child(2)){text-align:right"))
    #expect(
      written.hasSuffix(
        """
        <table>
        <thead>
        <tr><th>Name<th>Total<th>Day
        <tbody>
        <tr><td>Jane<td>12.5<td>2024-01-31
        <tr><td><td class=null><td class=null>
        <tr><td class=null><td class=null><td class=null>
        </table>

        """))
  }

  @Test(
    "Nothing in a text is markup, and it looks as it is",
    arguments: [
      ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
      ("a & b &lt;", "a &amp; b &amp;lt;"), ("a\r\nb\tc", "a&#13;&#10;b&#9;c"),
      ("a\u{1b}[31m", "a␛[31m"), ("日本 👩‍👧", "日本 👩‍👧"),
    ])
  func escapes(text: String, written: String) {
    let page = Answer(texts: [text]).written(as: .html)
    #expect(page.hasSuffix("<tr><th>Text\n<tbody>\n<tr><td>\(written)\n</table>\n"))
  }

  @Test("The title is the segment's, escaped; without a header there are rows only")
  func title() {
    var options = WriterOptions()
    options.title = "VIP <b>"
    options.showsHeader = false
    let page = Answer(texts: ["x"]).written(as: .html, options)
    #expect(page.contains("<title>VIP &lt;b&gt;</title>") && !page.contains("<th"))
    #expect(page.hasSuffix("<table>\n<tr><td>x\n</table>\n"))
  }
}
