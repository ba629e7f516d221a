import Foundation
import SegqRecords
import Testing

@testable import SegqFormats

@Suite("SpreadsheetML")
struct SpreadsheetXMLWriterTests {
  /// Sheets of rows of `[type, text]`, as Python's reader sees them.
  static let read = """
    ss = '{urn:schemas-microsoft-com:office:spreadsheet}'
    def cell(c):
        d = c.find(ss + 'Data')
        return [d.get(ss + 'Type'), d.text or '', c.get(ss + 'StyleID') or ''] if d is not None else []
    say([[s.get(ss + 'Name'), [[cell(c) for c in r.iter(ss + 'Cell')] for r in s.iter(ss + 'Row')]]
         for s in tree.fromstring(data).iter(ss + 'Worksheet')])
    """

  static func sheets(_ text: String) throws -> [(name: String, rows: [[[String]]])] {
    let sheets = try #require(Python.read(text, read) as? [[Any]])
    return try sheets.map {
      (try #require($0[0] as? String), try #require($0[1] as? [[[String]]]))
    }
  }

  @Test("Every type has its own, and null is a cell without data")
  func types() throws {
    let answer = Answer([
      ("ID", .integer, [.integer(7), .null]),
      ("Total", .decimal, [.decimal(Decimal(units: 125_000)), .null]),
      ("ZIP", .text, [.text("01310"), .text("")]),
      ("Day", .date, [.date(19_753), .date(-30_000)]),
      ("Since", .datetime, [.datetime(1_706_695_200), .datetime(-3_000_000_000)]),
      ("Active", .boolean, [.boolean(true), .boolean(false)]),
    ])
    let rows = try Self.sheets(answer.written(as: .xml))[0].rows
    #expect(rows[0].map { $0[1] } == ["ID", "Total", "ZIP", "Day", "Since", "Active"])
    #expect(
      rows[1] == [
        ["Number", "7", ""], ["Number", "12.5", ""], ["String", "01310", "t"],
        ["DateTime", "2024-01-31T00:00:00.000", "d"], ["DateTime", "2024-01-31T10:00:00.000", "s"],
        ["String", "true", "t"],
      ])
    #expect(
      rows[2] == [
        [], [], ["String", "", "t"], ["String", "1887-11-12", "t"],
        ["String", "1874-12-07 18:40:00", "t"], ["String", "false", "t"],
      ])
  }

  @Test("Numbers of more digits than a spreadsheet keeps are texts")
  func digits() throws {
    let numbers: [Int64] = [
      999_999_999_999_999, 1_000_000_000_000_000, 9_007_199_254_740_993, .min,
      -120_000_000_000_000_000,
    ]
    let answer = Answer([
      ("N", .integer, numbers.map { .integer($0) }),
      ("D", .decimal, numbers.map { .decimal(Decimal(units: $0)) }),
    ])
    let rows = try Self.sheets(answer.written(as: .xml))[0].rows.dropFirst()
    #expect(
      rows.map { $0.map { $0[0] } } == [
        ["Number", "Number"], ["Number", "Number"], ["String", "String"], ["String", "String"],
        ["Number", "Number"],
      ])
    #expect(rows.map { $0[0][1] } == numbers.map(String.init))
  }

  @Test("Python's reader reads back every text; what XML has not is a replacement mark")
  func reread() throws {
    let controls = (0..<32).map { "c\(Unicode.Scalar(UInt8($0)))" } + ["\u{fffe}\u{ffff}", "ｆｕｌｌ"]
    let texts = Answer.nastyTexts + controls
    let rows = try Self.sheets(Answer(texts: texts).written(as: .xml))[0].rows
    let legal = texts.map { text in
      String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { scalar in
            let isLegal =
              scalar.value >= 0x20 && scalar.value < 0xfffe || [9, 10, 13].contains(scalar.value)
            return isLegal || scalar.value > 0xffff ? scalar : "\u{fffd}"
          }))
    }
    #expect(rows.dropFirst().map { $0[0][1] } == legal)
    #expect(rows.dropFirst().allSatisfy { $0[0][0] == "String" })
  }

  @Test("There is never a formula, and line breaks and outer blanks are spelled out")
  func bytes() {
    let text = Answer(texts: ["=1+1", " a\nb  "]).written(as: .xml)
    #expect(!text.contains("Formula"))
    #expect(text.contains(#"<Data ss:Type="String">&#32;a&#10;b&#32;&#32;</Data>"#))
    #expect(
      text.hasPrefix(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<?mso-application progid=\"Excel.Sheet\"?>\n"))
  }

  @Test("A full sheet is followed by another with the header again", arguments: [1, 3, 100])
  func fullSheets(batchSize: Int) throws {
    let answer = Answer([("N", .integer, (1...7).map { .integer($0) })])
    var options = WriterOptions()
    options.title = "Numbers"
    var writer: any ResultWriter = SpreadsheetXMLWriter(options, rowsPerSheet: 3)
    let sheets = try Self.sheets(answer.written(by: &writer, batchSize: batchSize))
    #expect(sheets.map(\.name) == ["Numbers", "Numbers (2)", "Numbers (3)"])
    #expect(
      sheets.map { $0.rows.map { $0[0][1] } } == [
        ["N", "1", "2", "3"], ["N", "4", "5", "6"], ["N", "7"],
      ])
  }

  @Test("A sheet that is just full is not followed by an empty one")
  func exactlyFull() throws {
    var writer: any ResultWriter = SpreadsheetXMLWriter(WriterOptions(), rowsPerSheet: 3)
    let answer = Answer([("N", .integer, (1...3).map { .integer($0) })])
    #expect(try Self.sheets(answer.written(by: &writer)).count == 1)
    #expect(SpreadsheetXMLWriter.rowsOfSheet == 1_048_575)
  }

  @Test(
    "Sheet names are such as Excel allows",
    arguments: [
      ("", "Sheet 1"), ("'", "Sheet 1"), ("Sales", "Sales"), ("Sales: FR/DE", "Sales- FR-DE"),
      (#"\a?b*c[d]"#, "-a-b-c-d-"), ("'quoted'", "quoted"), ("O'Brien", "O'Brien"),
      ("History", "History-"),
      ("customersegment_customers of 2024", "customersegment_customers of 20"),
      ("thirty characters and an emoj😀", "thirty characters and an emoj😀"),
      ("thirty-one characters and emoj😀", "thirty-one characters and emoj"), ("a\nb", "a-b"),
    ])
  func names(title: String, name: String) {
    #expect(SheetName.of(title) == name)
  }

  @Test("The number of a further sheet fits in its name")
  func numberedName() {
    let name = SheetName.of(String(repeating: "x", count: 40), number: 12)
    #expect(name == String(repeating: "x", count: 26) + " (12)")
  }

  @Test("Long text stays whole")
  func longText() throws {
    let text = String(repeating: "ab&", count: 20_000)
    let rows = try Self.sheets(Answer(texts: [text]).written(as: .xml))[0].rows
    #expect(rows[1][0][1] == text)
  }
}
