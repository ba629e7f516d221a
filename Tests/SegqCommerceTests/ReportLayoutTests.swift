import SegqFormats
import SegqRecords
import Testing

@testable import SegqCommerce

@Suite("The layout of the report")
struct ReportLayoutTests {
  @Test("The columns are the report's")
  func columns() {
    #expect(
      ReportLayout.customers.columns.map(\.header) == [
        "ID", "Name", "Email", "Group", "Phone", "ZIP", "Country", "State/Province",
        "Customer Since",
      ])
    #expect(
      ReportLayout.segments.columns.map(\.name) == [
        "id", "segment", "status", "website", "customers",
      ])
  }

  private func written(
    _ columns: [(name: String, values: ColumnVector)], _ format: Format = .csv
  ) -> String {
    let schema = Schema(
      columns.map { Field(name: $0.name, header: "as it came", type: $0.values.type) })
    var writer = ReportLayout.customers.writer(format, WriterOptions())
    var out: [UInt8] = []
    writer.begin(schema, to: &out)
    writer.write(
      RecordBatch(columns: columns.map(\.values), rowCount: columns[0].values.count), to: &out)
    writer.end(to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  @Test("Columns come in the layout's order, under its headers, and what is missing is empty")
  func order() {
    let text = written([
      ("email", ColumnVector([.text("a@b.c"), .null], type: .text)),
      ("rfm_group", ColumnVector([.text("New"), .null], type: .text)),
      ("id", ColumnVector([.integer(3), .integer(4)], type: .integer)),
      ("country", ColumnVector([.text("US"), .text("Bosnia & Herzegovina")], type: .text)),
    ])
    #expect(
      text == """
        ID,Name,Email,Group,Phone,ZIP,Country,State/Province,"Customer Since"
        3,,a@b.c,,,,"United States",,
        4,,,,,,"Bosnia & Herzegovina",,

        """)
  }

  @Test("Coded text and text are written alike, with a dictionary larger or smaller than the rows")
  func coded() {
    let dictionary = TextVector(["B&B", "O'Hara", "x"])
    for codes: [Int32] in [[1], [0, 1, 2, 1, 0]] {
      let coded = ColumnVector(type: .text, storage: .coded(codes, dictionary))
      let plain = ColumnVector(codes.map { .text(dictionary[Int($0)]) }, type: .text)
      #expect(written([("name", coded)]) == written([("name", plain)]))
      #expect(written([("name", coded)]).contains("O&#039;Hara"))
      #expect(written([("name", coded)], .json).contains("O'Hara"))
    }
  }

  private func html(_ text: String) -> String {
    var out: [UInt8] = []
    ReportText.append(Array(text.utf8)[...], to: &out)
    return String(decoding: out, as: UTF8.self)
  }

  @Test(
    "Text is HTML, and what is so already stays",
    arguments: [
      ("O'Brien", "O&#039;Brien"), ("AT&T", "AT&amp;T"), ("<a \"b\">", "&lt;a &quot;b&quot;&gt;"),
      ("AT&amp;T", "AT&amp;T"), ("&#39;", "&#39;"), ("&;", "&amp;;"), ("& ;", "&amp; ;"),
      ("&#;", "&amp;#;"), ("é", "é"), ("", ""), ("&", "&amp;"),
    ])
  func writing(text: String, written: String) {
    #expect(html(text) == written)
  }

  @Test("What was written is meant again")
  func restoring() {
    let texts = [
      "O'Brien", "AT&T", "<\">", "=1+1", "+49 170", "-x", " two", "plain", "&nbsp;", "& +",
    ]
    let column = ColumnVector(
      texts.map { text in
        let isGuarded = ["=", "+", "-"].contains { text.hasPrefix($0) }
        return .text((isGuarded ? " " : "") + html(text))
      }, type: .text)
    let restored = ReportText.restored(column)
    #expect(texts.indices.map { restored[$0] } == texts.map(Value.text))
  }

  @Test("Two texts of a dictionary that become the same are one value")
  func restoringCoded() {
    let column = ColumnVector(
      type: .text, storage: .coded([0, 1, 0], TextVector(["B&amp;B", "B&B"])))
    let restored = ReportText.restored(column)
    #expect((0..<3).map { restored[$0] } == Array(repeating: .text("B&B"), count: 3))
    guard case .texts = restored.storage else {
      Issue.record("still coded")
      return
    }
  }

  @Test(
    "The Admin's files are told by their first line",
    arguments: [
      ("ID,Name,Email,Group,Phone,ZIP,Country,State/Province,\"Customer Since\"\n1", true),
      ("ID,Name,Email,Group,Phone,ZIP,Country,State/Province,\"Customer Since\"\r\n", true),
      ("ID,Name,Email,Group,Phone,ZIP,Country,State/Province,\"Customer Since\"", true),
      ("ID,Name,Email,Group,Phone,ZIP,Country,State/Province,Customer Since\n1", false),
      ("ID,Name,Email,Group,Phone,ZIP,Country,State/Province,\"Customer Since\",DOB\n", false),
      ("\u{FEFF}ID,Name,Email,Group,Phone,ZIP,Country,State/Province,\"Customer Since\"\n1", true),
      ("", false), ("\u{FEFF}", false),
    ])
  func recognition(head: String, isReport: Bool) {
    #expect(ReportText.isIn(Array(head.utf8)) == isReport)
  }
}
