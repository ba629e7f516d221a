import SegqFormats
import SegqRecords
import Testing

@Suite("A table for a terminal")
struct TableWriterTests {
  @Test("Numbers stand right with their points below one another, all else left")
  func alignment() {
    let answer = Answer([
      ("ID", .integer, [.integer(7), .integer(-12_000), .null]),
      ("Name", .text, [.text("Jane"), .text(""), .null]),
      ("Total", .decimal, [12_5000, 3_0000, -1_0025].map { .decimal(Decimal(units: $0)) }),
      ("Day", .date, [.date(19_753), .null, .date(0)]),
    ])
    #expect(
      answer.written(as: .table, batchSize: 1) == """
             ID │ Name │   Total │ Day
        ────────┼──────┼─────────┼────────────
              7 │ Jane │ 12.5    │ 2024-01-31
         -12000 │      │  3      │ –
              – │ –    │ -1.0025 │ 1970-01-01

        """)
  }

  @Test("Wide, combined and joined characters line up")
  func wide() {
    let answer = Answer([
      ("名前", .text, ["日本語", "e\u{301}t\u{e9}", "👩‍👩‍👧", "🇫🇷 ok", "x"].map(Value.text)),
      ("N", .integer, (0..<5).map { .integer($0) }),
    ])
    #expect(
      answer.written(as: .table) == """
         名前   │ N
        ────────┼───
         日本語 │ 0
         e\u{301}té    │ 1
         👩‍👩‍👧     │ 2
         🇫🇷 ok  │ 3
         x      │ 4

        """)
  }

  @Test("Nothing in the data moves the cursor or turns the line around")
  func controlCharacters() {
    let answer = Answer(texts: [
      "\u{1b}[31mred\u{7}", "a\nb\r\tc", "\u{202e}txt\u{9b}", "\u{0}\u{7f}",
    ])
    #expect(
      answer.written(as: .table) == #"""
         Text
        ───────────────────
         ␛[31mred␇
         a⏎b␍⇥c
         \u{202e}txt\u{9b}
         ␀␡

        """#)
  }

  @Test("Tick boxes are boxes, other truth values words")
  func tickBoxes() {
    var answer = Answer([
      ("Select", .boolean, [.boolean(true), .boolean(false)]),
      ("Active", .boolean, [.boolean(true), .boolean(false)]),
    ])
    answer.fields[0].isTickBox = true
    #expect(
      answer.written(as: .table) == """
         Select │ Active
        ────────┼────────
         [x]    │ true
         [ ]    │ false

        """)
  }

  static let customer = Answer([
    ("ID", .integer, [.integer(1_000_001)]),
    ("Name", .text, [.text("Wolfeschlegelsteinhausen, Hubert Blaine")]),
    ("Email", .text, [.text("hubert@example.com")]),
    ("Orders in all", .integer, [.integer(12)]),
    ("Since", .datetime, [.datetime(1_706_695_200)]),
  ])

  static func customer(width: Int?) -> String {
    var options = WriterOptions()
    options.terminalWidth = width
    return customer.written(as: .table, options)
  }

  @Test("The widest text gives way first")
  func shrinks() {
    #expect(
      Self.customer(width: 90) == """
              ID │ Name                │ Email              │ Orders in all │ Since
        ─────────┼─────────────────────┼────────────────────┼───────────────┼─────────────────────
         1000001 │ Wolfeschlegelstein… │ hubert@example.com │            12 │ 2024-01-31 10:00:00

        """)
  }

  @Test("Then headers give way, then whole columns, which are named")
  func hides() {
    #expect(
      Self.customer(width: 60) == """
              ID │ Name     │ Email    │ Ord… │ Since
        ─────────┼──────────┼──────────┼──────┼─────────────────────
         1000001 │ Wolfesc… │ hubert@… │   12 │ 2024-01-31 10:00:00

        """)
    #expect(
      Self.customer(width: 40) == """
              ID │ Name     │ Email    │ Order…
        ─────────┼──────────┼──────────┼────────
         1000001 │ Wolfesc… │ hubert@… │     12
         1 column hidden: Since

        """)
    #expect(
      Self.customer(width: 30) == """
              ID │ Name
        ─────────┼────────────────────
         1000001 │ Wolfeschlegelstei…
         3 columns hidden: Email,
         Orders in all, Since

        """)
  }

  @Test("At every width the lines fit, and no number is cut", arguments: 12...140)
  func fits(width: Int) {
    let lines = Self.customer(width: width).split(separator: "\n")
    for line in lines { #expect(DisplayWidth.of(line) <= width) }
    #expect(lines[2].contains("1000001"))
  }

  @Test("Off a terminal nothing is ever cut")
  func uncut() {
    #expect(Self.customer(width: nil).contains("Wolfeschlegelsteinhausen, Hubert Blaine"))
    #expect(!Self.customer(width: nil).contains("…"))
  }

  @Test("A result without rows has its header; without a header there are rows only")
  func header() {
    var options = WriterOptions()
    #expect(Answer(texts: []).written(as: .table, options) == " Text\n──────\n")
    options.showsHeader = false
    #expect(Answer(texts: ["x"]).written(as: .table, options) == " x\n")
  }

  @Test("A terminal with colours gets a bold header and dim lines")
  func color() {
    var options = WriterOptions()
    options.usesColor = true
    #expect(
      Answer([("A", .integer, [.integer(1)]), ("B", .text, [.null])]).written(as: .table, options)
        == """
         \u{1b}[1mA\u{1b}[0m \u{1b}[2m│\u{1b}[0m \u{1b}[1mB\u{1b}[0m
        \u{1b}[2m───┼───\u{1b}[0m
         1 \u{1b}[2m│\u{1b}[0m \u{1b}[2m–\u{1b}[0m

        """)
  }
}
