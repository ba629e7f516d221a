import SegqFormats
import SegqRecords
import Testing

@Suite("CSV and TSV")
struct DelimitedWriterTests {
  static let readCSV = "say(list(csv.reader(io.StringIO(data.decode(), newline=''), strict=True)))"
  static let readTSV = """
    say(list(csv.reader(io.StringIO(data.decode(), newline=''), delimiter='\\t', strict=True)))
    """

  @Test("Every type is written as answers show it, null as nothing and empty text as two quotes")
  func types() {
    let answer = Answer([
      ("ID", .integer, [.integer(7), .integer(-8), .null]),
      (
        "Grand Total", .decimal,
        [.decimal(Decimal(units: 125_000)), .null, .decimal(Decimal(units: -1))]
      ),
      ("Name", .text, [.text("Doe, Jane"), .text(""), .null]),
      ("Day", .date, [.date(19_753), .date(-1), .null]),
      ("Since", .datetime, [.datetime(1_706_695_200), .datetime(-1), .null]),
      ("Active", .boolean, [.boolean(true), .boolean(false), .null]),
    ])
    #expect(
      answer.written(as: .csv) == """
        ID,Grand Total,Name,Day,Since,Active
        7,12.5,"Doe, Jane",2024-01-31,2024-01-31 10:00:00,true
        -8,,"",1969-12-31,1969-12-31 23:59:59,false
        ,-0.0001,,,,

        """)
  }

  @Test("Datetimes are shown on the clocks of the time zone")
  func timeZone() {
    let answer = Answer([("Since", .datetime, [.datetime(1_706_695_200)])])
    let zone = Zone(name: "Kathmandu", offset: 20_700)
    #expect(
      answer.written(as: .csv, WriterOptions(timeZone: zone)) == "Since\n2024-01-31 15:45:00\n")
  }

  @Test("Quotes stand only where a comma, a quote or a line break asks for them")
  func quotes() {
    let texts = ["a b", " a ", "a;b", "a\tb", "a,b", "a\"b", "a\nb", "a\rb", "ä|'", #"\N"#, #"\n"#]
    #expect(
      Answer(texts: texts).written(as: .csv) == """
        Text
        a b
         a\u{20}
        a;b
        a\tb
        "a,b"
        "a""b"
        "a
        b"
        "a\rb"
        ä|'
        "\\N"
        \\n

        """)
    #expect(Answer(texts: ["a,b", "a\tb"]).written(as: .tsv) == "Text\na,b\n\"a\tb\"\n")
  }

  @Test("Python's reader reads back what was written", arguments: [Format.csv, .tsv])
  func reread(format: Format) throws {
    let texts = Answer.nastyTexts
    let answer = Answer([
      ("Number", .integer, texts.indices.map { .integer(Int64($0)) }),
      ("Text, with \"quotes\"", .text, texts.map(Value.text)),
    ])
    let rows = try Python.rows(
      answer.written(as: format), format == .csv ? Self.readCSV : Self.readTSV)
    #expect(rows.first == ["Number", "Text, with \"quotes\""])
    #expect(rows.dropFirst().map { $0[1] } == texts)
    #expect(rows.dropFirst().map { $0[0] } == texts.indices.map(String.init))
  }

  @Test("A result without rows still has its header, unless it is to have none")
  func header() {
    var options = WriterOptions()
    #expect(Answer(texts: []).written(as: .csv, options) == "Text\n")
    options.showsHeader = false
    #expect(Answer(texts: []).written(as: .csv, options) == "")
    #expect(Answer(texts: ["x"]).written(as: .tsv, options) == "x\n")
  }

  @Test("Only text that a spreadsheet would run is guarded, and only in files")
  func guardedText() {
    let answer = Answer([
      ("Text", .text, ["=1+1", "-5", "+49 170", "-cmd", "@x", ""].map(Value.text)),
      ("Number", .integer, (0..<6).map { .integer(-$0) }),
    ])
    var options = WriterOptions()
    #expect(answer.written(as: .csv, options).hasPrefix("Text,Number\n=1+1,0\n"))
    options.guardsFormulas = true
    #expect(
      answer.written(as: .csv, options) == """
        Text,Number
        '=1+1,0
        -5,-1
        +49 170,-2
        '-cmd,-3
        '@x,-4
        "",-5

        """)
  }

  @Test("A header may not be run either")
  func guardedHeader() {
    var options = WriterOptions()
    options.guardsFormulas = true
    #expect(Answer([("=cmd()", .integer, [])]).written(as: .csv, options) == "'=cmd()\n")
  }
}

@Suite("The guard against formulas")
struct FormulaGuardWriterTests {
  func isGuarded(_ text: String) -> Bool { FormulaGuard.isNeeded(Array(text.utf8)[...]) }

  @Test(
    "What would run is guarded",
    arguments: [
      "=1+1", "=", "+cmd|' /C calc'!A0", "-2+3", "-", "+", "@SUM(A1)", "\t=1", "\r=1", "-5.", "-.5",
      "-5e3",
      "-1-2", "+A1", "+1*2", "+()", "'=x", "''=x", "'-5", "'+49 170", "＝1+1", "＋1", "－5",
      "＠SUM(A1)",
      "＝", "'＝1", "''＠", "＋49 170",
    ])
  func guarded(text: String) {
    #expect(isGuarded(text))
  }

  @Test(
    "Plain numbers, phones and all else are not",
    arguments: [
      "", "-5", "+5.20", "-0.0001", "+49 170 123", "+49 (0)170/12-34.5", "1+1", " =1", "'", "''",
      "'x", "x'=",
      "O'Brien", "'t Hooft", "日本", "１＝", "＜b", "＊", "｢", "\u{feff}=", "'＜",
    ])
  func plain(text: String) {
    #expect(!isGuarded(text))
  }

  @Test(
    "Taking one off restores every text",
    arguments: Answer.nastyTexts + [
      "=x", "'=x", "'''@", "'-5", "'a", "＝x", "'＝x", "''＠", "\tx", "\rx", "'\t",
    ])
  func restores(text: String) {
    let bytes = Array(text.utf8)[...]
    let written = FormulaGuard.isNeeded(bytes) ? [UInt8(ascii: "'")] + bytes : Array(bytes)
    #expect(Array(FormulaGuard.unguard(written[...])) == Array(bytes))
  }
}
