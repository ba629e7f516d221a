import SegqRecords
import Testing

@testable import SegqFormats

@Suite("CSV and XML as the Admin exports them")
struct AdminWriterTests {
  static var options: WriterOptions {
    var options = WriterOptions()
    options.isAsAdmin = true
    options.title = "customersegment_customers.xml"
    return options
  }

  static let report = Answer([
    ("ID", .integer, [.integer(7), .integer(0), .null]),
    ("Name", .text, [.text("O\"Brien, V."), .text(""), .null]),
    ("Phone", .text, [.text("+1 555"), .text("5551234"), .text("-5")]),
    ("ZIP", .text, [.text("01310"), .text("90210"), .text("=A1")]),
    ("Customer Since", .text, [.text("Oct 26, 2016, 3:00:57 PM"), .null, .text("@x")]),
  ])

  @Test("CSV: quotes at blanks too, a blank before what may run, null and empty text alike")
  func csv() {
    #expect(
      Self.report.written(as: .csv, Self.options) == """
        ID,Name,Phone,ZIP,"Customer Since"
        7,"O""Brien, V."," +1 555",01310,"Oct 26, 2016, 3:00:57 PM"
        0,,5551234,90210,
        ,," -5"," =A1",@x

        """)
  }

  @Test("CSV: what asks for quotes, and what does not")
  func quotes() {
    let texts = ["a b", "a;b", "a\tb", "a\nb", "a\rb", "a\0b", "ä|'", #"a\b"#, #"\N"#]
    #expect(
      Answer(texts: texts).written(as: .csv, Self.options)
        == "Text\n\"a b\"\na;b\n\"a\tb\"\n\"a\nb\"\n\"a\rb\"\n\"a\0b\"\nä|'\na\\b\n\\N\n")
  }

  @Test("CSV: numbers that were never text are guarded too")
  func numbers() {
    let answer = Answer([
      ("N", .integer, [.integer(-5), .integer(5)]),
      ("D", .decimal, [.decimal(Decimal(units: -15_000)), .decimal(Decimal(units: 5000))]),
      ("T", .datetime, [.datetime(0), .null]), ("B", .boolean, [.boolean(true), .boolean(false)]),
    ])
    #expect(
      answer.written(as: .csv, Self.options)
        == "N,D,T,B\n\" -5\",\" -1.5\",\"1970-01-01 00:00:00\",true\n5,0.5,,false\n")
  }

  @Test("CSV: Python's reader reads back every text, less the guard")
  func reread() throws {
    let texts = Answer.nastyTexts
    let rows = try Python.rows(
      Answer(texts: ["first"] + texts).written(as: .csv, Self.options), DelimitedWriterTests.readCSV
    )
    let read = rows.dropFirst(2).map { $0.first ?? "" }
    #expect(
      read.map { String(decoding: AdminGuard.unguard(Array($0.utf8)[...]), as: UTF8.self) } == texts
    )
  }

  @Test("XML: one line without a line end, and the type that PHP sees")
  func xml() throws {
    let text = Self.report.written(as: .xml, Self.options)
    #expect(!text.contains("\n"))
    #expect(
      text.hasPrefix(
        #"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:"#))
    #expect(text.contains(#"<Worksheet ss:Name="customersegment_customers.xml"><Table><Row>"#))
    #expect(text.hasSuffix("</Row></Table></Worksheet></Workbook>"))
    let rows = try SpreadsheetXMLWriterTests.sheets(text)[0].rows
    let cells = rows.dropFirst().map { $0.map { [$0[0], $0[1]] } }
    #expect(rows[0].allSatisfy { $0[0] == "String" })
    #expect(
      cells == [
        [
          ["Number", "7"], ["String", "O\"Brien, V."], ["String", " +1 555"], ["String", "01310"],
          ["String", "Oct 26, 2016, 3:00:57 PM"],
        ],
        [
          ["String", "0"], ["String", ""], ["Number", "5551234"], ["Number", "90210"],
          ["String", ""],
        ],
        [
          ["String", ""], ["String", ""], ["String", " -5"], ["String", " =A1"], ["String", "@x"],
        ],
      ])
  }

  @Test(
    "XML: which text is a number",
    arguments: [
      ("42", true), ("12.50", true), ("1e5", true), ("1E-5", true), (".5", true), ("1.", true),
      ("0", false), ("0.5", false), ("01310", false), ("+5", false), ("-5", false), (" 5", false),
      ("5 ", false), ("", false), (".", false), ("e5", false), ("1e", false), ("1.2.3", false),
      ("TR4", false), ("1,5", false), ("٣", false),
    ])
  func numberText(text: String, isNumber: Bool) {
    #expect(AdminSheetCells.isNumber(Array(text.utf8)[...]) == isNumber)
  }

  @Test("XML: every line break is one, quotes are spelled out, and what XML has not is replaced")
  func escapes() throws {
    let text = Answer(texts: ["a\r\nb\rc\nd\te", "<'&\">", "\u{1}\u{fffe}"])
      .written(as: .xml, Self.options)
    #expect(text.contains(">a&#10;b&#10;c&#10;d\te<"))
    #expect(text.contains(">&lt;&#039;&amp;&quot;&gt;<"))
    #expect(text.contains(">\u{fffd}\u{fffd}<"))
  }

  @Test("XML: Python's reader reads back every text, line breaks as one kind")
  func rereadXML() throws {
    let texts = Answer.nastyTexts
    let rows = try SpreadsheetXMLWriterTests.sheets(
      Answer(texts: texts).written(as: .xml, Self.options))[0].rows
    let read = rows.dropFirst().map { row in
      String(decoding: AdminGuard.unguard(Array(row[0][1].utf8)[...]), as: UTF8.self)
    }
    #expect(
      read
        == texts.map { $0.replacing("\r\n", with: "\n").replacing("\r", with: "\n") })
  }

  @Test("Without a header", arguments: [Format.csv, .xml])
  func noHeader(format: Format) {
    var options = Self.options
    options.showsHeader = false
    #expect(!Answer(texts: ["x"]).written(as: format, options).contains("Text"))
  }

  @Test("Other formats know no other bytes", arguments: [Format.tsv, .json, .jsonl, .markdown])
  func others(format: Format) {
    #expect(
      Self.report.written(as: format, Self.options) == Self.report.written(as: format))
  }
}

@Suite("Times as the Admin shows them")
struct ShownTimesTests {
  static let second: Int64 = 1_477_494_057

  private func shown(_ value: Value, _ type: DataType, _ zone: Zone = .utc) -> Value {
    var times = ShownTimes(timeZone: zone)
    return times.texts(of: ColumnVector([value], type: type))[0]
  }

  @Test("Month by name, hours from 12 to 11")
  func words() {
    #expect(shown(.datetime(Self.second), .datetime) == .text("Oct 26, 2016, 3:00:57 PM"))
    #expect(shown(.date(17_100), .date) == .text("Oct 26, 2016, 12:00:00 AM"))
    #expect(shown(.datetime(12 * 3600), .datetime) == .text("Jan 1, 1970, 12:00:00 PM"))
    #expect(shown(.datetime(-1), .datetime) == .text("Dec 31, 1969, 11:59:59 PM"))
    #expect(shown(.null, .datetime) == .null)
    let zone = Zone(name: "Kathmandu", offset: 20_700)
    #expect(shown(.datetime(Self.second), .datetime, zone) == .text("Oct 26, 2016, 8:45:57 PM"))
  }

  @Test("What is shown is read back")
  func read() {
    for i in 0..<2000 {
      let instant = -1_000_000_000 + Int64(i) * 1_234_567
      guard case .text(let text) = shown(.datetime(instant), .datetime) else { return }
      let read = FieldParse.time(Array(text.utf8)[...], order: .monthFirst)
      #expect(read.map { $0.day * 86_400 + ($0.clock ?? -1) } == instant)
      #expect(read?.isLocal == true)
    }
  }
}
