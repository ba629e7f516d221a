import SegqBytes
import Testing

@testable import SegqFormats

@Suite("Reading Excel XML")
struct ExcelXMLTests {
  private static func workbook(_ sheets: String) -> String {
    "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook "
      + "xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
      + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\" "
      + "xmlns:html=\"http://www.w3.org/TR/REC-html40\">\(sheets)</Workbook>"
  }

  private static func sheet(_ rows: String, name: String = "Sheet 1") -> String {
    "<Worksheet ss:Name=\"\(name)\"><Table>\(rows)</Table></Worksheet>"
  }

  private static func row(_ cells: [String]) -> String {
    "<Row>"
      + cells.map { "<Cell><Data ss:Type=\"String\">\($0)</Data></Cell>" }.joined() + "</Row>"
  }

  private static func read(_ rows: String) throws -> ReadTable {
    try ReadTable(workbook(sheet(row(["ID", "Name", "Note"]) + rows)), path: "t.xml")
  }

  @Test("As the Admin writes it, in one line")
  func admin() throws {
    let table = try Self.read(
      "<Row><Cell><Data ss:Type=\"Number\">12.50</Data></Cell><Cell><Data ss:Type=\"String\">"
        + "01234</Data></Cell><Cell><Data ss:Type=\"String\"> -5</Data></Cell></Row>"
        + "<Row><Cell><Data ss:Type=\"Number\"> 7 </Data></Cell><Cell><Data ss:Type=\"String\">"
        + "O&amp;#039;Brien&#10;x</Data></Cell><Cell><Data ss:Type=\"String\"></Data></Cell></Row>")
    #expect(table.rows == [["12.50", "01234", " -5"], ["7", "O&#039;Brien\nx", nil]])
    #expect(table.file.format == .excelXML && table.sheet.name == "Sheet 1")
    #expect(table.lines == [2, 3] && table.sheet.unit == .row)
  }

  @Test("As Excel saves it again: gaps, merged cells, types, rich text, comments")
  func resaved() throws {
    let table = try Self.read(
      "<Row ss:Index=\"5\"><Cell ss:Index=\"2\"><ss:Data ss:Type=\"String\"><html:B>bo</html:B>ld"
        + "</ss:Data><Comment ss:Author=\"x\"><ss:Data>not this</ss:Data></Comment></Cell></Row>"
        + "<Row><Cell ss:MergeAcross=\"1\"><Data ss:Type=\"Boolean\">1</Data></Cell><Cell><Data "
        + "ss:Type=\"DateTime\">2024-01-31T00:00:00.000</Data></Cell></Row>"
        + "<Row><Cell><Data ss:Type=\"DateTime\">2024-01-31T10:20:30.000</Data></Cell><Cell><Data "
        + "ss:Type=\"Number\">0.10000000000000001</Data></Cell><Cell><Data ss:Type=\"Error\">#N/A"
        + "</Data></Cell></Row>")
    #expect(
      table.rows == [
        [nil, "bold", nil], ["true", nil, "2024-01-31"], ["2024-01-31 10:20:30", "0.1", nil],
      ])
    #expect(table.lines == [5, 6, 7])
    #expect(table.document.notes.errorCells.count == 1)
    #expect(table.document.notes.errorCells.firstLine == 7)
  }

  @Test("Each worksheet is a sheet; an empty one is none")
  func sheets() throws {
    let text = Self.workbook(
      Self.sheet(Self.row(["a", "b"]) + Self.row(["1", "2"]), name: "One")
        + Self.sheet("", name: "Two")
        + Self.sheet(Self.row(["c"]) + Self.row(["x"]) + Self.row(["y"]), name: "Three"))
    #expect(
      try TableFile(Input(Array(text.utf8), path: "t.xml")).sheets.map(\.name) == ["One", "Three"])
    #expect(try ReadTable(text, sheet: 0).rows == [["1", "2"]])
    #expect(try ReadTable(text, sheet: 1).rows == [["x"], ["y"]])
  }

  @Test("In UTF-16 and in Latin 1, as its first line says")
  func encodings() throws {
    let text = Self.workbook(Self.sheet(Self.row(["ID", "Näme"]) + Self.row(["1", "é"])))
    var wide: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { wide += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
    #expect(try ReadTable(wide).rows == [["1", "é"]])
    let latin = text.replacing("?><?mso", with: " encoding=\"ISO-8859-1\"?><?mso")
      .unicodeScalars.map { UInt8($0.value) }
    #expect(try ReadTable(latin).header == ["ID", "Näme"])
  }

  @Test("A control character is one error with line and column; so is a file that is cut short")
  func malformed() throws {
    let text = Self.workbook(Self.sheet(Self.row(["ID", "a\u{1}b"])))
    guard case .malformed(let where1)? = ReadTable.failure(text, path: "t.xml") else {
      Issue.record("a control character is read")
      return
    }
    #expect(
      where1.line == 1 && where1.column == text.utf8.firstIndex(of: 1)!.utf16Offset(in: text) + 1)
    guard case .malformed? = ReadTable.failure(String(text.prefix(400)), path: "t.xml") else {
      Issue.record("a file that is cut short is read")
      return
    }
  }

  @Test("Entities are refused before they grow")
  func entities() {
    let laughs =
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>"
      + Self.workbook(Self.sheet(Self.row(["&b;"]))).dropFirst(21)
    guard case .malformed(let found)? = ReadTable.failure(laughs, path: "t.xml") else {
      Issue.record("entities are read")
      return
    }
    #expect(found.reason.contains("entities"))
  }

  @Test("The Admin's own export is told from others")
  func adminExport() throws {
    let others = Self.workbook(Self.sheet(Self.row(["ID", "Name"]) + Self.row(["1", "x"])))
    let admin =
      AdminSheetWriter.head + Self.sheet(Self.row(["ID", "Name"]) + Self.row(["1", "x"]))
    #expect(!(try TableFile(Input(Array(others.utf8), path: "t.xml")).isAdminExport))
    #expect(try TableFile(Input(Array("\(admin)</Workbook>".utf8), path: "t.xml")).isAdminExport)
  }
}
