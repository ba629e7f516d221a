import SegqBytes
import SegqRecords
import Testing

@testable import SegqFormats

@Suite("Reading CSV")
struct CSVReaderTests {
  private static func read(_ bytes: [UInt8], _ wishes: [ColumnWish]) -> CSVDocument {
    let settings = ReadingSettings(dateOrder: nil, zone: .utc)
    let reader = TableReader(MemorySource(bytes), columns: wishes, settings: settings)
    return (try? reader.read()) ?? CSVDocument()
  }

  private static func rows(_ text: String) -> [[String?]] {
    guard let file = try? TableFile(Input(Array(text.utf8), path: "t.csv")) else { return [] }
    return (try? file.sheets[0].sample(rows: 100)) ?? []
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
    let document = Self.read(
      Array("a,b\n1,2\n3\n\"x\ny\",4\n5,6,7\n8,\"9\n10,11\n12,13\n".utf8), [.text, .text])
    #expect(document.badRows.map(\.line) == [3, 6, 7])
    #expect(
      (0..<document.rowCount).map { document.columns[0]?.vector[$0] } == [
        .text("1"), .text("x\ny"), .text("10"), .text("12"),
      ])
    #expect((0..<document.rowCount).map { document.line(ofRow: $0) } == [2, 4, 8, 9])
  }

  @Test("Bytes that are not UTF-8 are Windows-1252, and counted")
  func foreign() {
    let document = Self.read(
      Array("a,b\n".utf8) + [0xE9, 0x80, 0x2C, 0xC3, 0xA9, 0x0A], [.text, .text])
    #expect(document.columns[0]?.vector[0] == .text("é€"))
    #expect(document.columns[1]?.vector[0] == .text("é"))
    #expect(document.foreignValues == 1 && document.firstForeignLine == 2)
  }

  private struct Typed {
    var vector: ColumnVector
    var badRows: [Int]
    var roundedCount: Int
  }

  /// Reads the values as one column of a file, with another behind it.
  private static func type(_ values: [String], _ wish: ColumnWish = .any) throws -> Typed {
    let text = "a,b\n" + values.map { $0.isEmpty ? ",\n" : "\"\($0)\",\n" }.joined()
    let column = try #require(read(Array(text.utf8), [wish, .text]).columns[0])
    return Typed(
      vector: column.vector, badRows: column.misfits.rows.map { Int($0) },
      roundedCount: column.roundedCount)
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
  func inferred(values: [String], type: DataType) throws {
    #expect(try Self.type(values).vector.type == type)
  }

  @Test("Dates with slashes: month first, unless a value forbids it")
  func slashes() throws {
    #expect(
      try Self.type(["1/2/2024"], .time).vector[0]
        == .date(CivilDate(year: 2024, month: 1, day: 2).days))
    #expect(
      try Self.type(["1/2/2024", "13/2/2024"], .time).vector[0]
        == .date(CivilDate(year: 2024, month: 2, day: 1).days))
    let times = ["Oct 26, 2016, 12:00:57 AM", "2016-10-26T02:00:57+02:00"]
    let clock = try Self.type(times, .time).vector
    #expect(clock[0] == .datetime(CivilDate(year: 2016, month: 10, day: 26).days * 86_400 + 57))
    #expect(clock[1] == clock[0])
  }

  @Test("Decimals: four places, rounded half away from zero and counted")
  func decimals() throws {
    let result = try Self.type(["1.00005", "-1.00005", "2.50000", ".5", "1."], .decimal)
    #expect((0..<5).map { result.vector[$0].number } == [10_001, -10_001, 25_000, 5000, 10_000])
    #expect(result.roundedCount == 2)
    #expect(try Self.type(["x", "1", "2", "3", "--1"], .decimal).badRows == [0, 4])
  }
}
