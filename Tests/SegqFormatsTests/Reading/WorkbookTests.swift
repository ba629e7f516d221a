import SegqBytes
import Testing

@testable import SegqFormats

/// The parts of a workbook as literal texts; how they are packed is of no matter here.
struct BookParts: Archive {
  var files: [String: String]

  /// One sheet, with what it needs besides.
  init(_ rows: String, strings: String = "", styles: String = "", book: String = "") {
    files = [
      "[Content_Types].xml": "<Types/>",
      "_rels/.rels": Self.links([("rId1", "officeDocument", "xl/workbook.xml")]),
      "xl/_rels/workbook.xml.rels": Self.links([
        ("rId1", "worksheet", "worksheets/sheet1.xml"),
        ("rId2", "sharedStrings", "/xl/strings.xml"),
        ("rId3", "styles", "styles.xml"),
      ]),
      "xl/workbook.xml":
        "<workbook>\(book)<sheets><sheet name=\"Data\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>",
      "xl/worksheets/sheet1.xml": "<worksheet><sheetData>\(rows)</sheetData></worksheet>",
      "xl/strings.xml": "<sst>\(strings)</sst>",
      "xl/styles.xml": "<styleSheet>\(styles)</styleSheet>",
    ]
  }

  static func links(_ links: [(String, String, String)]) -> String {
    let type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    let list = links.map { "<Relationship Id=\"\($0)\" Type=\"\(type)\($1)\" Target=\"\($2)\"/>" }
    return "<Relationships>\(list.joined())</Relationships>"
  }

  var names: [String] { files.keys.sorted() }
  func file(_ name: String) -> (any ByteSource)? {
    files[name].map { MemorySource(Array($0.utf8)) }
  }
  func unpacked(_ name: String) -> Input? { files[name].map { Input(Array($0.utf8), path: name) } }
  var input: Input { Input(path: "t.xlsx", content: .archive(self)) }
}

@Suite("Reading Excel workbooks")
struct WorkbookTests {
  private static let header =
    "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>ID</t></is></c>"
    + "<c r=\"B1\" t=\"str\"><v>Value</v></c></row>"

  /// The values under a header `ID,Value`.
  private static func values(
    _ cells: [String], strings: String = "", styles: String = "", book: String = ""
  ) throws -> [String?] {
    let rows = cells.enumerated().map { i, cell in
      "<row r=\"\(i + 2)\"><c r=\"A\(i + 2)\"><v>\(i)</v></c>\(cell)</row>"
    }
    let parts = BookParts(header + rows.joined(), strings: strings, styles: styles, book: book)
    return try ReadTable(parts.input).rows.map { $0[1] }
  }

  @Test(
    "Numbers come as people expect them",
    arguments: [
      ("1", "1"), ("1.0", "1"), ("0.10000000000000001", "0.1"), ("2.2999999999999998", "2.3"),
      ("12345678901234567", "12345678901234567"), ("1E3", "1000"), ("1e-05", "0.00001"),
      ("1.2345678901234567E+20", "123456789012346000000"), ("-0.5", "-0.5"), ("99.990", "99.99"),
      ("0.99999999999999994", "1"), ("-1.5E-3", "-0.0015"), ("0.0", "0"), ("x", "x"),
    ])
  func numbers(raw: String, text: String) throws {
    #expect(try Self.values(["<c r=\"B2\"><v>\(raw)</v></c>"]) == [text])
  }

  @Test(
    "Dates are told by their format",
    arguments: [
      ("14", "", "45322", "2024-01-31"), ("22", "", "45322.5", "2024-01-31 12:00:00"),
      ("164", "yyyy\\-mm\\-dd", "45322", "2024-01-31"),
      ("164", "[$-409]d/m/yy\\ h:mm;@", "0.25", "06:00:00"),
      ("164", "0.00\"days\"", "45322", "45322"), ("164", "[Red]0.0", "1.50", "1.5"),
      ("164", "0.0%", "0.12", "0.12"), ("164", "00000", "1129", "01129"),
      ("14", "", "59", "1900-02-28"),
      ("14", "", "60", "1900-02-29"), ("14", "", "61", "1900-03-01"), ("14", "", "-5", "-5"),
      ("14", "", "45322.999999", "2024-02-01"), ("0", "", "45322", "45322"),
      ("164", "General", "5", "5"),
      ("164", "_-* #,##0.00\\ [$€-407]_-", "5", "5"), ("164", "[h]:mm", "0.5", "12:00:00"),
    ])
  func dates(id: String, code: String, raw: String, text: String) throws {
    let custom = code.replacing("\"", with: "&quot;")
    let styles =
      "<numFmts><numFmt numFmtId=\"164\" formatCode=\"\(custom)\"/></numFmts><cellStyleXfs><xf "
      + "numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"\(id)\"/></cellXfs>"
    #expect(try Self.values(["<c r=\"B2\" s=\"1\"><v>\(raw)</v></c>"], styles: styles) == [text])
  }

  @Test("A workbook of 1904 counts from another day")
  func epoch1904() throws {
    let styles = "<cellXfs><xf numFmtId=\"14\"/></cellXfs>"
    let values = try Self.values(
      ["<c r=\"B2\" s=\"0\"><v>43860</v></c>"], styles: styles, book: "<workbookPr date1904=\"1\"/>"
    )
    #expect(values == ["2024-01-31"])
  }

  @Test("Texts: shared, rich, in place, escaped; how they are pronounced is left out")
  func texts() throws {
    let strings =
      "<si><t>plain</t></si><si><r><t>ri</t></r><r><rPr/><t xml:space=\"preserve\">ch </t></r></si>"
      + "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh></si><si><t>a_x000D_b_x005F_c</t></si><si/>"
    let cells =
      (0..<5).map { "<c r=\"B\($0 + 2)\" t=\"s\"><v>\($0)</v></c>" }
      + [
        "<c r=\"B7\" t=\"inlineStr\"><is><r><t>in </t></r><r><t>place</t></r><rPh><t>x</t></rPh></is></c>"
      ]
    #expect(
      try Self.values(cells, strings: strings)
        == ["plain", "rich ", "東京", "a\rb_c", nil, "in place"])
  }

  @Test("Errors and texts that are not there are null, and counted")
  func errors() throws {
    let rows =
      Self.header + "<row r=\"2\"><c r=\"B2\" t=\"e\"><v>#N/A</v></c></row>"
      + "<row r=\"3\"><c r=\"A3\"><v>1</v></c><c r=\"B3\" t=\"s\"><v>99</v></c></row>"
      + "<row r=\"4\"><c r=\"A4\"><v>2</v></c><c r=\"B4\" t=\"b\"><v>0</v></c><c r=\"Z4\"><v>5</v></c></row>"
    let table = try ReadTable(BookParts(rows).input)
    #expect(table.rows == [["1", nil], ["2", "false"]])
    #expect(table.document.notes.errorCells.count == 2)
    #expect(table.document.notes.strayCells.count == 1)
    #expect(table.document.notes.strayCells.firstLine == 4)
  }

  @Test("Prefixes, missing references, gaps, a dimension that lies, strict relationships")
  func others() throws {
    var parts = BookParts("")
    parts.files["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x=\"u\"><x:dimension ref=\"A1\"/><x:sheetData><x:row><x:c t=\"str\"><x:v>ID</x:v>"
      + "</x:c><x:c t=\"str\"><x:v>A</x:v></x:c><x:c t=\"str\"><x:v>B</x:v></x:c></x:row><x:row r=\"9\">"
      + "<x:c r=\"C9\"><x:v>3</x:v></x:c><x:c r=\"A9\"><x:v>1</x:v></x:c></x:row><x:row><x:c><x:f>1+1</x:f>"
      + "<x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    parts.files["_rels/.rels"] =
      "<Relationships><Relationship Id=\"a\" Type=\"http://purl.oclc.org/ooxml/officeDocument/"
      + "relationships/officeDocument\" Target=\"/xl/workbook.xml\"/></Relationships>"
    let table = try ReadTable(parts.input)
    #expect(table.rows == [["1", nil, "3"], ["2", nil, nil]])
    #expect(table.lines == [9, 10])
  }

  @Test("Several sheets, a hidden one among them, titles above the header")
  func sheets() throws {
    var parts = BookParts("")
    parts.files["xl/workbook.xml"] =
      "<workbook><sheets><sheet name=\"One\" r:id=\"rId1\"/><sheet name=\"Two\" state=\"hidden\" "
      + "r:id=\"rId4\"/></sheets></workbook>"
    parts.files["xl/_rels/workbook.xml.rels"] = BookParts.links([
      ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId4", "worksheet", "worksheets/b.xml"),
    ])
    parts.files["xl/worksheets/b.xml"] =
      "<worksheet><sheetData><row r=\"1\"><c t=\"str\"><v>Sales</v></c></row><row r=\"3\">"
      + "<c r=\"B3\" t=\"str\"><v>ID</v></c><c r=\"C3\" t=\"str\"><v>Name</v></c><c r=\"D3\" t=\"str\">"
      + "<v>City</v></c></row><row r=\"4\"><c r=\"B4\"><v>1</v></c><c r=\"C4\" t=\"str\"><v>Ann</v></c></row>"
      + "</sheetData></worksheet>"
    let file = try TableFile(parts.input)
    #expect(file.sheets.map(\.name) == ["Two"] && file.notes == [.leftOut(["sheet 'One'"])])
    #expect(file.sheets[0].isHidden && file.sheets[0].header == ["ID", "Name", "City"])
    #expect(file.sheets[0].headerLine == 3)
    #expect(try ReadTable(parts.input).rows == [["1", "Ann", nil]])
  }

  @Test("Broken XML in a part is one error that names the part")
  func malformed() {
    var parts = BookParts(Self.header)
    parts.files["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row></sheetData></worksheet>"
    do {
      _ = try ReadTable(parts.input)
      Issue.record("broken XML is read")
    } catch {
      guard case .malformed(let found)? = error as? ReadingFailure else { return }
      #expect(found.part == "xl/worksheets/sheet1.xml" && found.line == 1)
    }
  }

  @Test("A sheet that is missing from its workbook is an error, and never left out in silence")
  func missing() {
    var parts = BookParts(Self.header)
    parts.files["xl/worksheets/sheet1.xml"] = nil
    #expect(
      throws: ReadingFailure.source(
        .damaged(.zip, detail: "'xl/worksheets/sheet1.xml' is not in it"))
    ) { try ReadTable(parts.input) }
  }

  @Test("A zip file with tables in it has a sheet for each")
  func packed() throws {
    var parts = BookParts("")
    parts.files = [
      "shop/orders.csv": "ID,Name\n1,Ann\n", "shop/customers.json": "[{\"id\":1}]", "README": "x",
      "__MACOSX/shop/._orders.csv": "junk",
    ]
    let file = try TableFile(parts.input)
    #expect(file.sheets.map(\.name) == ["customers", "orders"])
    #expect(file.notes == [.leftOut(["README"])])
    #expect(try ReadTable(parts.input, sheet: 1).rows == [["1", "Ann"]])
  }
}
