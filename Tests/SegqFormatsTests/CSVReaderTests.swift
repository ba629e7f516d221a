import SegqRecords
import Testing

@testable import SegqFormats

@Suite("Reading CSV")
struct CSVReaderTests {
  private static func rows(_ text: String) -> [[String?]] {
    let document = CSVReader.read(Array(text.utf8))
    return (0..<document.rowCount).map { row in
      document.columns.map { $0.nulls[row] ? nil : $0.texts[row] }
    }
  }

  @Test(
    "What is met in practice",
    arguments: [
      ("a,b\n1,2\n", [["1", "2"]]), ("a,b\r\n1,2\r\n", [["1", "2"]]),
      ("a,b\r1,2\r3,4", [["1", "2"], ["3", "4"]]),
      ("a;b\n1,5;2", [["1,5", "2"]]), ("a\tb\n1\t2", [["1", "2"]]), ("a,b\n,\n", [[nil, nil]]),
      ("a,b\n\"\",\\N\n", [["", nil]]), ("a,b\n\"\\N\",x", [["\\N", "x"]]),
      ("a,b\n\"x\"\"y\",\"1\n2\"\n", [["x\"y", "1\n2"]]), ("a,b\n\"x\"y,2\n", [["xy", "2"]]),
      ("a,b\n x , y\n", [[" x ", " y"]]), ("a,b\n\n1,2\n\n\n3,4\n", [["1", "2"], ["3", "4"]]),
      ("\u{FEFF}a,b\n1,2", [["1", "2"]]), ("a\n1\n\n2\n", [["1"], ["2"]]), ("a,b\n", []), ("", []),
      ("a,b\nx\"y,2", [["x\"y", "2"]]), ("a,b\nb\\,2", [["b\\", "2"]]),
    ] as [(String, [[String?]])])
  func dialects(text: String, rows: [[String?]]) { #expect(Self.rows(text) == rows) }

  @Test("Wrong rows have their lines, and what follows a quote that never closes is read")
  func badRows() {
    let document = CSVReader.read(
      Array("a,b\n1,2\n3\n\"x\ny\",4\n5,6,7\n8,\"9\n10,11\n12,13\n".utf8))
    #expect(document.badRows.map(\.line) == [3, 6, 7])
    #expect(
      (0..<document.rowCount).map { document.columns[0].texts[$0] } == ["1", "x\ny", "10", "12"])
    #expect((0..<document.rowCount).map { document.line(ofRow: $0) } == [2, 4, 8, 9])
  }

  @Test("Bytes that are not UTF-8 are Windows-1252, and counted")
  func foreign() {
    let document = CSVReader.read(Array("a,b\n".utf8) + [0xE9, 0x80, 0x2C, 0xC3, 0xA9, 0x0A])
    #expect(document.columns[0].texts[0] == "é€" && document.columns[1].texts[0] == "é")
    #expect(document.foreignValues == 1 && document.firstForeignLine == 2)
  }

  private static func type(_ values: [String], _ wish: ColumnTyping.Wish = .any)
    -> ColumnTyping.Result
  {
    var column = CSVDocument.RawColumn()
    for value in values {
      column.texts.append(value)
      column.nulls.append(value.isEmpty)
    }
    return ColumnTyping(wish, dateOrder: nil, zone: .utc).read(column)
  }

  @Test(
    "The type that fits all values",
    arguments: [
      (["1", "-7", ""], .integer), (["1", "2.5"], .decimal), (["007", "1"], .text),
      (["+7"], .text), (["1", "x"], .text), (["2024-01-31", "2024-02-29"], .date),
      (["2023-02-29"], .text), (["2024-01-31 10:00:00", "2024-01-31"], .datetime),
      (["true", "no"], .boolean), (["", ""], .text), (["1e5"], .text), (["0.5", "0"], .decimal),
      (["9223372036854775807", "-9223372036854775808"], .integer), (["9223372036854775808"], .text),
      (["31/12/2024"], .date), (["10/3/15 21:42"], .datetime), (["31.12.2024"], .date),
      (["Oct 26, 2016, 3:00:57\u{202F}PM"], .datetime), (["-"], .text), (["."], .text),
    ] as [([String], DataType)])
  func inferred(values: [String], type: DataType) { #expect(Self.type(values).vector.type == type) }

  @Test("Dates with slashes: month first, unless a value forbids it")
  func slashes() {
    #expect(
      Self.type(["1/2/2024"], .time).vector[0]
        == .date(CivilDate(year: 2024, month: 1, day: 2).days))
    #expect(
      Self.type(["1/2/2024", "13/2/2024"], .time).vector[0]
        == .date(CivilDate(year: 2024, month: 2, day: 1).days))
    let clock = Self.type(["Oct 26, 2016, 12:00:57 AM", "2016-10-26T02:00:57+02:00"], .time).vector
    #expect(clock[0] == .datetime(CivilDate(year: 2016, month: 10, day: 26).days * 86_400 + 57))
    #expect(clock[1] == clock[0])
  }

  @Test("Decimals: four places, rounded half away from zero and counted")
  func decimals() {
    let result = Self.type(["1.00005", "-1.00005", "2.50000", ".5", "1."], .decimal)
    #expect((0..<5).map { result.vector[$0].number } == [10_001, -10_001, 25_000, 5000, 10_000])
    #expect(result.roundedCount == 2)
    #expect(Self.type(["x", "1", "--1"], .decimal).badRows == [0, 2])
  }
}
