import SegqFormats
import SegqRecords
import Testing

@Suite("A line a value")
struct VerticalWriterTests {
  static let answer = Answer([
    ("ID", .integer, [.integer(7), .integer(8)]),
    ("Größe", .text, [.text("two\nlines"), .text("")]),
    ("Customer Since", .datetime, [.datetime(1_706_695_200), .null]),
  ])

  @Test("Rows are numbered through all batches, and the values line up")
  func rows() {
    #expect(
      Self.answer.written(as: .vertical, batchSize: 1) == """
        ── row 1 ──
                    ID: 7
                 Größe: two⏎lines
        Customer Since: 2024-01-31 10:00:00
        ── row 2 ──
                    ID: 8
                 Größe:\u{20}
        Customer Since: –

        """)
  }

  @Test("A terminal with colours gets them, and only then is there an escape")
  func color() {
    var options = WriterOptions()
    #expect(!Self.answer.written(as: .vertical, options).contains("\u{1b}"))
    options.usesColor = true
    let text = Self.answer.written(as: .vertical, options)
    #expect(text.contains("\u{1b}[2m── row 1 ──\u{1b}[0m\n"))
    #expect(text.contains("\u{1b}[1m            ID\u{1b}[0m: 7\n"))
    #expect(text.contains(": \u{1b}[2m–\u{1b}[0m\n"))
  }
}
