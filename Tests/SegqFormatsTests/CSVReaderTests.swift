import Foundation
import SegqRecords
import Testing

@testable import SegqFormats

@Suite("Reading CSV")
struct CSVReaderTests {
  /// Reads all columns as `wish`, in blocks of so many bytes, with two workers where there are many.
  private static func read(
    _ bytes: [UInt8], _ wish: ColumnWish = .text, blockSize: Int = CSVReader.usualBlockSize,
    workers: Int = 1
  ) throws -> CSVDocument {
    let header = CSVReader.header(bytes)
    let reader = CSVReader(
      MemorySource(bytes), columns: header.map { _ in wish },
      settings: ReadingSettings(dateOrder: nil, zone: .utc), blockSize: blockSize)
    return try reader.read { work in
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
    }
  }

  private static func rows(_ document: CSVDocument) -> [[String?]] {
    (0..<document.rowCount).map { row in document.columns.map { $0?.text(row) } }
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
  func dialects(text: String, rows: [[String?]]) throws {
    #expect(Self.rows(try Self.read(Array(text.utf8))) == rows)
  }

  @Test(
    "What was written is read, wherever blocks are cut and however many work", arguments: 0..<40)
  func written(seed: UInt64) throws {
    var random = Random(state: seed &* 77 &+ 5)
    let width = 1 + random.below(4)
    let pieces = ["a", "é", "\"", ",", ";", "\n", "\r\n", "\\N", " ", "日本", "x y", "", "0"]
    let table = (0..<random.below(30)).map { _ in
      (0..<width).map { _ -> String? in
        random.below(6) == 0
          ? nil : (0..<random.below(4)).map { _ in pieces[random.below(13)] }.joined()
      }
    }
    // A row of one null alone would be a blank line.
    let rows = width == 1 ? table.filter { $0[0] != nil } : table
    let end = ["\n", "\r\n", "\r"][random.below(3)]
    var text = (0..<width).map { "c\($0)" }.joined(separator: ",") + end
    for row in rows {
      text +=
        row.map { $0.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" } ?? "" }
        .joined(separator: ",") + end
    }
    for (blockSize, workers) in [(1 << 18, 1), (1, 1), (3, 2), (17, 2), (64, 2)] {
      let document = try Self.read(Array(text.utf8), blockSize: blockSize, workers: workers)
      #expect(Self.rows(document) == rows, "blocks of \(blockSize)")
      #expect(document.badRows.isEmpty)
    }
  }

  @Test("Any bytes are read alike, wherever blocks are cut", arguments: 0..<40)
  func anything(seed: UInt64) throws {
    var random = Random(state: seed &* 31 &+ 9)
    let alphabet = Array("a,b\"\n\r;12-/.é\tN\\".utf8)
    let bytes =
      Array("a,b\n".utf8)
      + (0..<random.below(120)).map { _ in alphabet[random.below(alphabet.count)] }
    for wish in [ColumnWish.text, .any] {
      let whole = try Self.read(bytes, wish)
      for blockSize in [1, 2, 5, 19] {
        let cut = try Self.read(bytes, wish, blockSize: blockSize, workers: 2)
        #expect(Self.rows(cut) == Self.rows(whole))
        #expect(cut.badRows == whole.badRows && cut.foreignValues == whole.foreignValues)
        #expect(cut.columns.map { $0?.vector.type } == whole.columns.map { $0?.vector.type })
        #expect(
          (0..<cut.rowCount).map { cut.line(ofRow: $0) }
            == (0..<whole.rowCount).map { whole.line(ofRow: $0) })
      }
    }
  }

  private struct Random {
    var state: UInt64
    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(limit))
    }
  }

  @Test("Wrong rows have their lines, and what follows a quote that never closes is read")
  func badRows() throws {
    let document = try Self.read(
      Array("a,b\n1,2\n3\n\"x\ny\",4\n5,6,7\n8,\"9\n10,11\n12,13\n".utf8))
    #expect(document.badRows.map(\.line) == [3, 6, 7])
    #expect(Self.rows(document).map { $0[0] } == ["1", "x\ny", "10", "12"])
    #expect((0..<document.rowCount).map { document.line(ofRow: $0) } == [2, 4, 8, 9])
  }

  @Test("Bytes that are not UTF-8 are Windows-1252, and counted")
  func foreign() throws {
    let document = try Self.read(Array("a,b\n".utf8) + [0xE9, 0x80, 0x2C, 0xC3, 0xA9, 0x0A])
    #expect(Self.rows(document) == [["é€", "é"]])
    #expect(document.foreignValues == 1 && document.firstForeignLine == 2)
  }

  /// A column of these values, quoted unless they are nothing.
  private static func column(
    _ values: [String], _ wish: ColumnWish = .any
  ) throws -> CSVDocument.Column {
    let lines = values.map { $0.isEmpty ? "," : "\"\($0)\"," }
    let text = "a,b\n" + lines.map { $0 + "\n" }.joined()
    return try #require(try read(Array(text.utf8), wish).columns[0])
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
    #expect(try Self.column(values).vector.type == type)
  }

  @Test("Dates with slashes: month first, unless a value forbids it")
  func slashes() throws {
    #expect(
      try Self.column(["1/2/2024"], .time).vector[0]
        == .date(CivilDate(year: 2024, month: 1, day: 2).days))
    #expect(
      try Self.column(["1/2/2024", "13/2/2024"], .time).vector[0]
        == .date(CivilDate(year: 2024, month: 2, day: 1).days))
    let clock = try Self.column(["Oct 26, 2016, 12:00:57 AM", "2016-10-26T02:00:57+02:00"], .time)
      .vector
    #expect(clock[0] == .datetime(CivilDate(year: 2016, month: 10, day: 26).days * 86_400 + 57))
    #expect(clock[1] == clock[0])
  }

  @Test("Decimals: four places, rounded half away from zero and counted")
  func decimals() throws {
    let result = try Self.column(["1.00005", "-1.00005", "2.50000", ".5", "1."], .decimal)
    #expect((0..<5).map { result.vector[$0].number } == [10_001, -10_001, 25_000, 5000, 10_000])
    #expect(result.roundedCount == 2)
    #expect(try Self.column(["x", "1", "--1"], .decimal).badValues.map(\.row) == [0, 2])
  }
}

extension CSVDocument.Column {
  fileprivate func text(_ row: Int) -> String? {
    vector[row] == .null ? nil : vector[row].text(in: .utc)
  }
}
