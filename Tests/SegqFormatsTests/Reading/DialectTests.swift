import SegqBytes
import Testing

@testable import SegqFormats

@Suite("How delimited text is laid out")
struct DialectTests {
  private static let rows: [[String?]] = [["1", "Ann"], ["2", "Bo"]]

  @Test(
    "The same two rows, however they are written",
    arguments: [
      "ID,Name\n1,Ann\n2,Bo\n", "ID;Name\r\n1;Ann\r\n2;Bo", "ID\tName\r1\tAnn\r2\tBo\r",
      "ID|Name\n1|Ann\n2|Bo\n", "\u{FEFF}ID,Name\n1,Ann\n2,Bo\n",
      "\"ID\",\"Name\"\n\"1\",Ann\n2,\"Bo\"",
      "sep=;\nID;Name\n1;Ann\n2;Bo\n", "SEP=|\r\nID|Name\r\n1|Ann\r\n2|Bo\r\n",
      "\n\nID,Name\n\n1,Ann\n\n2,Bo\n\n", "# made on Monday\nID,Name\n1,Ann\n2,Bo\n",
      "# a, b, c\n# d\nID,Name\n1,Ann\n2,Bo\n", "Customers of May\nID,Name\n1,Ann\n2,Bo\n",
      "Customers of May\n\nID;Name\n1;Ann\n2;Bo\n", "ID;Name\n1;Ann;\n2;Bo;\n",
      "ID;Name;\n1;Ann;\n2;Bo;\n", "ID,Name,\n1,Ann\n2,Bo\n",
      "ID,Name\n1,Ann\nID,Name\n2,Bo\nID,Name\n", "sep=,\nReport\nID,Name,\n1,Ann,\n2,Bo,\n",
    ])
  func layouts(text: String) throws {
    let table = try ReadTable(text)
    #expect(table.header == ["ID", "Name"])
    #expect(table.rows == Self.rows)
    #expect(table.document.badRows.isEmpty)
  }

  @Test("UTF-16, with a mark and without, in both orders")
  func utf16() throws {
    let text = "ID\tName\r\n1\tAnn é😀\r\n"
    for isBig in [false, true] {
      for hasMark in [false, true] {
        var bytes: [UInt8] = []
        for unit in (hasMark ? [0xFEFF] : []) + Array(text.utf16) {
          let (high, low) = (UInt8(unit >> 8), UInt8(unit & 0xFF))
          bytes += isBig ? [high, low] : [low, high]
        }
        let table = try ReadTable(bytes)
        #expect(table.header == ["ID", "Name"] && table.rows == [["1", "Ann é😀"]])
        #expect(table.sheet.notes == [.utf16])
      }
    }
  }

  @Test("What is above the header is skipped, and noted with its line")
  func titles() throws {
    let table = try ReadTable(
      "Sales report;;;;\nFrom;2024-01-01;;;\n\nID;Name;Email;Total;Date\n7;Ann;a@b.c;1,5;2024-01-31\n"
    )
    #expect(table.header == ["ID", "Name", "Email", "Total", "Date"])
    #expect(table.rows == [["7", "Ann", "a@b.c", "1,5", "2024-01-31"]])
    #expect(table.sheet.headerLine == 4 && table.lines == [5])
    #expect(table.sheet.notes == [.titleLines(count: 2, first: "Sales report;;;;")])
  }

  @Test("A first row of data is no header, and the doubt is said")
  func noHeader() throws {
    let table = try ReadTable("1,Ann,ann@example.com\n2,Bo,bo@example.com\n")
    #expect(table.header == ["column_1", "column_2", "column_3"])
    #expect(table.rows.count == 2 && table.lines == [1, 2])
    // What ties is decided the same each time.
    let tie = "1,ann@.x,2?25-01-31\n2,bo@'example.com,201|2\n-01\n"
    #expect(try Set((0..<50).map { _ in try ReadTable(tie).header }).count == 1)
    #expect(table.sheet.notes.contains { $0.isDoubt })
    #expect(
      try ReadTable("Country,2023,2024\nFR,1,2\nDE,3,4\n").header == ["Country", "2023", "2024"])
    #expect(try ReadTable("ID,1,2\n5,6,7\n").header == ["ID", "1", "2"])
    #expect(
      try ReadTable("ID,Name,,,\n1,Ann,2,3,4\n2,Bo,5,6,7\n").header == ["ID", "Name", "", "", ""])
  }

  @Test("The delimiter is that of the rows, not only of the header")
  func delimiters() throws {
    #expect(
      try ReadTable("name;price, net\nA;1,5\nB;2,5\n").rows == [["A", "1,5"], ["B", "2,5"]])
    #expect(try ReadTable("Name;Price\nA;1,5\nB;2,5\nC;3,5\n").header == ["Name", "Price"])
    #expect(try ReadTable("comment\nhello, world\nfine\n").rows == [["hello, world"], ["fine"]])
  }

  @Test("Backslashes are escapes where the file shows it, and text elsewhere")
  func backslashes() throws {
    let outfile = try ReadTable("a\tb\n1\tx\\ty\\\nz\\\\\n2\t\\N\n")
    #expect(outfile.rows == [["1", "x\ty\nz\\"], ["2", nil]])
    #expect(outfile.lines == [2, 4] && outfile.sheet.notes == [.backslashes])
    let enclosed = try ReadTable("a,b\n1,\"x \\\"y\\\" z\"\n2,\"p\"\n")
    #expect(enclosed.rows == [["1", "x \"y\" z"], ["2", "p"]])
    #expect(try ReadTable("a\tb\nC:\\new\t\\x\n").rows == [["C:\\new", "\\x"]])
    #expect(try ReadTable("a,b\nx\\,2\n").rows == [["x\\", "2"]])
  }

  @Test("A header of any length is read whole")
  func longHeader() throws {
    let names = (0..<40_000).map { "column number \($0)" }
    let text = names.joined(separator: ",") + "\n" + names.map { _ in "1" }.joined(separator: ",")
    let table = try TableFile(Input(Array(text.utf8), path: "t.csv"))
    #expect(table.sheets[0].header == names)
    #expect(try table.sheets[0].sample(rows: 5).map(\.count) == [40_000])
  }

  @Test("A repeated header is left out wherever blocks begin, and counted")
  func repeats() throws {
    let part = "ID,Name\n1,\"A\nb\"\n2,Bo\n"
    for blockSize in [1, 9, 20, 4096] {
      let input = Input(Array((part + part + part).utf8), path: "t.csv")
      let table = try ReadTable(input, blockSize: blockSize)
      #expect(table.document.rowCount == 6)
      #expect(table.document.notes.repeatedHeaders.count == 2)
      #expect(table.document.notes.repeatedHeaders.firstLine == 5)
      #expect(table.lines == [2, 4, 6, 8, 10, 12])
    }
  }

  @Test(
    "A file that is no text is refused with a way out",
    arguments: [
      ([0xD0, 0xCF, 0x11, 0xE0, 0], ForeignFile.oldWorkbook), (Array("PAR1\0".utf8), .parquet),
      (Array("%PDF-1.4".utf8), .pdf), (Array("<html><p>".utf8), .html),
      (Array("<?xml version='1.0'?><a/>".utf8), .xml), ([1, 0, 2, 3, 3, 3], .binary),
    ] as [([UInt8], ForeignFile)])
  func foreign(bytes: [UInt8], kind: ForeignFile) {
    #expect(throws: ReadingFailure.foreign(kind)) { try ReadTable(bytes) }
    #expect(!kind.help.isEmpty)
  }

  @Test("Nothing at all is an empty file", arguments: ["", "\n", " \r\n\t"])
  func empty(text: String) {
    #expect(throws: ReadingFailure.empty) { try ReadTable(text) }
  }
}
