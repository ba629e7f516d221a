import Foundation
import SegqFormats
import SegqRecords
import Testing

@Suite("Values in batches")
struct RowEncoderWriterTests {
  static let paris: Zone = {
    let file = URL(filePath: "/usr/share/zoneinfo/Europe/Paris")
    let bytes = (try? Data(contentsOf: file)).map { [UInt8]($0) } ?? []
    return Zone(name: "Europe/Paris", tzif: bytes) ?? .utc
  }()

  @Test(
    "Numbers of every size are what one value at a time gives",
    arguments: [DataType.integer, .decimal, .date, .datetime, .boolean])
  func numbers(type: DataType) {
    var random = SystemRandomNumberGenerator()
    var numbers: [Int64] = [0, 1, -1, 9, 10, 99, 100, 999, 1000, 9999, 10_000, 123_456]
    for bits in 1..<40 {
      numbers.append(Int64.random(in: 0..<(1 << Int64(bits)), using: &random))
      numbers.append(-Int64.random(in: 0..<(1 << Int64(bits)), using: &random))
    }
    if type == .date { numbers = numbers.map { $0 % 5_000_000 } }
    if type == .boolean { numbers = numbers.map { $0 & 1 } }
    let values = numbers.map { Value($0, as: type) }
    let lines = Answer([("V", type, values)])
      .written(as: .csv, WriterOptions(timeZone: Self.paris), batchSize: 50).split(separator: "\n")
    #expect(lines.dropFirst().map(String.init) == values.map { $0.text(in: Self.paris) })
  }

  @Test("Around every change of the clocks the offset is the zone's own")
  func clockChanges() {
    let instants = (0..<4000).map { (n: Int64) in Value.datetime(1_700_000_000 + n * 7919) }
    var changes: [Value] = []
    for change: Int64 in [1_711_846_800, 1_729_990_800, 1_743_296_400] {
      for delta: Int64 in [-3600, -600, -2, -1, 0, 1, 2, 600, 3599, 3600, 7200] {
        changes.append(.datetime(change + delta))
      }
    }
    let values = instants + changes
    let lines = Answer([("V", .datetime, values)])
      .written(as: .csv, WriterOptions(timeZone: Self.paris), batchSize: 5000)
      .split(separator: "\n")
    #expect(lines.dropFirst().map(String.init) == values.map { $0.text(in: Self.paris) })
  }

  @Test("The smallest and largest numbers there are do not trap", arguments: DataType.allCases)
  func extremes(type: DataType) {
    guard type != .text else { return }
    for format in Format.allCases {
      let text = Answer([("V", type, [Value(.min, as: type), Value(.max, as: type)])])
        .written(as: format, WriterOptions(timeZone: Self.paris))
      #expect(text.utf8.last == UInt8(ascii: "\n"))
    }
  }

  /// The same texts in each way that a column may hold them; row 3 of 5 is null.
  static func vectors() -> [ColumnVector] {
    let texts = ["a", "", "x,\"y\"", "", "ß|\n"]
    let values = texts.enumerated().map { $0 == 3 ? Value.null : .text($1) }
    var nulls = Bitmap(count: 5)
    nulls[3] = true
    let small = TextVector(["ß|\n", "x,\"y\"", "", "a"])
    let large = TextVector(["ß|\n", "x,\"y\"", "", "a"] + (0..<20).map { "unused \($0)" })
    return [
      ColumnVector(values, type: .text),
      ColumnVector(type: .text, storage: .coded([3, 2, 1, 0, 0], small), nulls: nulls),
      ColumnVector(type: .text, storage: .coded([3, 2, 1, 0, 0], large), nulls: nulls),
    ]
  }

  @Test("It does not matter how a column holds its texts", arguments: Format.allCases)
  func storages(format: Format) {
    let written = Self.vectors().map { vector in
      var writer = format.writer(WriterOptions())
      var out: [UInt8] = []
      writer.begin(Schema([Field(name: "t", header: "T", type: .text)]), to: &out)
      writer.write(RecordBatch(columns: [vector], rowCount: 5), to: &out)
      writer.end(to: &out)
      return String(decoding: out, as: UTF8.self)
    }
    #expect(written[0].count > 10)
    #expect(written[1] == written[0])
    #expect(written[2] == written[0])
  }

  @Test("A column of nulls only may have an empty dictionary", arguments: Format.allCases)
  func emptyDictionary(format: Format) {
    let vector = ColumnVector(
      type: .text, storage: .coded([0, 0], TextVector()), nulls: Bitmap(count: 2, filledWith: true))
    var writer = format.writer(WriterOptions())
    var out: [UInt8] = []
    writer.begin(Schema([Field(name: "t", header: "T", type: .text)]), to: &out)
    let before = out.count
    writer.write(RecordBatch(columns: [vector], rowCount: 2), to: &out)
    writer.end(to: &out)
    #expect(out.count > before)
  }

  @Test("Where batches end cannot be seen", arguments: Format.allCases)
  func batches(format: Format) {
    let count = 5000
    let answer = Answer([
      ("ID", .integer, (0..<count).map { .integer(Int64($0)) }),
      ("Text", .text, (0..<count).map { $0 % 7 == 0 ? .null : .text(Answer.nastyTexts[$0 % 30]) }),
      ("Plain", .text, (0..<count).map { .text("row \($0)") }),
    ])
    let whole = answer.written(as: format, batchSize: count)
    #expect(answer.written(as: format, batchSize: 999) == whole)
    #expect(answer.written(as: format, batchSize: 2048) == whole)
  }

  @Test("A format is found by the ending of a file", arguments: Format.allCases)
  func endings(format: Format) {
    let found = Format(fileExtension: format.fileExtension.uppercased())
    #expect(found == (format == .vertical || format == .chart ? .table : format))
    #expect(Format(fileExtension: "doc") == nil)
  }
}
