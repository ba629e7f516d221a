import Dispatch
import SegqBytes
import SegqRecords
import Synchronization
import Testing

@testable import SegqFormats

/// Random files, cut into blocks so small that a border falls everywhere, against ``NaiveCSV``.
@Suite("Reading CSV against a naive twin")
struct CSVReaderTwinTests {
  private static let zone = TimeZone(name: "+2", offset: 7200)

  /// Numbers that look random and are the same in every run.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % sides
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[roll(elements.count)] }
  }

  private static func document(
    _ bytes: [UInt8], _ wishes: [ColumnWish?], order: DateOrder? = nil, blockSize: Int,
    workers: Int = 1
  ) throws -> CSVDocument {
    let reader = TableReader(
      MemorySource(bytes), columns: wishes,
      settings: ReadingSettings(dateOrder: order, zone: zone), blockSize: blockSize)
    return try reader.read { work in
      if workers == 1 { return work() }
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
    }
  }

  static func expectTwin(
    _ bytes: [UInt8], _ wishes: [ColumnWish], order: DateOrder? = nil, blockSize: Int, workers: Int
  ) throws {
    let document = try document(
      bytes, wishes, order: order, blockSize: blockSize, workers: workers)
    let naive = NaiveCSV(bytes, width: wishes.count)
    let text = String(decoding: bytes, as: UTF8.self)
    let note = Comment(rawValue: "\(text.debugDescription) \(wishes) \(blockSize)")
    #expect(document.rowCount == naive.rows.count, note)
    #expect(document.badRows == naive.bad, note)
    #expect((0..<document.rowCount).map { document.line(ofRow: $0) } == naive.lines, note)
    #expect(document.foreignValues == naive.foreignValues, note)
    #expect(document.firstForeignLine == naive.firstForeignLine, note)
    let settings = ReadingSettings(dateOrder: order, zone: zone)
    for (i, expected) in NaiveTable.columns(naive, wishes, settings).enumerated() {
      let column = try #require(document.columns[i])
      #expect(column.vector.type == expected.type, note)
      #expect(column.vector.count == document.rowCount, note)
      guard column.vector.count == document.rowCount else { continue }
      #expect((0..<document.rowCount).map { column.vector[$0] } == expected.values, note)
      #expect(column.misfits.rows.map { Int($0) } == expected.bad, note)
      #expect(column.misfits.count == expected.bad.count, note)
      #expect(column.misfits.first.map(\.row) == Array(expected.bad.prefix(100)), note)
      #expect(column.placeholders.count == expected.placeholders.count, note)
      #expect(column.placeholders.firstRow == expected.placeholders.first?.row ?? 0, note)
      #expect(column.placeholders.text == expected.placeholders.first?.text ?? "", note)
      #expect(column.roundedCount == expected.rounded, note)
      #expect(column.isNoTime == expected.isNoTime, note)
    }
  }

  private static let wishes: [ColumnWish] = [
    .any, .text, .integer, .decimal, .time, .number, .timeOnly, .boolean, .id,
  ]

  @Test("Any bytes", arguments: 0..<3000)
  func noise(seed: Int) throws {
    var dice = Dice(state: UInt64(seed))
    let marks: [[UInt8]] = [
      [0x22], [0x22], [0x2C], [0x2C], [0x0A], [0x0A], [0x0D], [0x0D, 0x0A], [0x3B], [0x09],
      Array("a".utf8), Array("12".utf8), Array("é".utf8), [0xE9], [0xC3], Array("\\N".utf8),
      Array("'=x".utf8), Array("\"\"".utf8), Array(",\"".utf8), Array("\",".utf8),
      Array("2024-01-31".utf8), Array("1/2/24".utf8), [0x27], [0x5C], [0x20], [0x00],
    ]
    var bytes = dice.roll(8) == 0 ? ByteOrderMark.utf8 : []
    bytes += Array(dice.pick(["a,b\n", "a;b\r\n", "a\tb\r", "\"a\n\",b\n", "a\n", "a,b,c\n"]).utf8)
    let width = bytes.count { [0x2C, 0x3B, 0x09].contains($0) } + 1
    for _ in 0..<dice.roll(60) { bytes += dice.pick(marks) }
    try Self.expectTwin(
      bytes, (0..<width).map { _ in dice.pick(Self.wishes) }, blockSize: 1 + dice.roll(20),
      workers: 1 + dice.roll(3))
  }

  /// Values of a kind, with a few of another: what makes a column change its mind.
  private static let pools: [[String]] = [
    ["1", "-7", "0", "12345678", "123456789", "9223372036854775807", "1234567890123456", "42"],
    ["1", "2.5", "143.40", "0.5", "-0.0001", "12.3456", "99999999.99", "1.00005", "3"],
    ["2024-01-31", "1999-12-31", "2024-02-29", "1850-01-01", "2099-12-31"],
    ["2024-01-31", "0000-00-00", "2024-01-31 10:00:00", "0000-00-00 00:00:00"], ["0000-00-00"],
    ["2024-01-31 10:00:00", "2024-01-31T10:00:00+02:00", "2024-01-31", "2021-12-31 23:59:59"],
    ["1/2/2024", "12/31/2024", "3/4/24 10:00", "11/12/2023"],
    ["1/2/2024", "13/2/2024", "31/12/2024"],
    ["Oct 26, 2016", "Oct 26, 2016, 3:00:57 PM", "2016-10-26"],
    ["true", "No", "yes", "FALSE"], ["General", "Wholesale", "Retailer", "VIP \"gold\""],
    ["007", "12", "+49 170"], ["a longer text that has more than sixteen bytes", "Müller", "福岡県"],
    ["x", "n/a", "2023-02-29", "2024-13-01 00:00:00", "1.2.3", "24:00:00", "9223372036854775808"],
    ["-", "NULL", "null", "?", "n/a", "None", "#N/A", " "],
    ["1.0", "2.00", " 7", "'123", "12345678", "42 "],
    ["ALFKI", "000000012-1", "007", "\u{A0}x", "NULL"],
    ["$1,234.50", "$5", "-$5.25", "($7.00)", "$1,234"],
    ["1.234,50", "1.234", "12,5", "7", "0,50 €"],
    ["1,234", "5,678", "12", "999"], ["1.234", "5.678", "12", "999"], ["12%", "5.5%", "0", "100%"],
    ["1 234,50 €", "12,00 €", "5 €"], ["555 123 456", "170 123 456"], ["600.123.456", "12"],
    ["true", "y", "0", "F", "1"], ["3,4", "5,12", "7"],
    ["1e+05", "1.5E-3", "2"], ["5-", "(5)", "+3", "1e3"],
    ["05.01.2024", "5.1.2024, 10:00:00", "31.12.2023", "7.2.2024"], ["5-1-2024", "31-12-2024"],
    ["5 Jan 2024, 10:00:00", "5 janv. 2024", "Fri, 05 Jan 2024 10:00:00 +0000", "05-Jan-2024"],
    ["1704448800", "1704448800123", "20240105", "20240105100000", "0"],
    ["13/01/2024", "01/13/2024", "1/2/2024"],
    ["2024-01-31 10:00:00 UTC", " 2024-01-31 ", "2024-01-31T10:00:00-0500"],
    ["Jan 5, 2024 10:00 AM", "2024/01/05", "2024-01-31 24:00:00"],
  ]

  private static func field(_ text: String, _ dice: inout Dice) -> String {
    let mustQuote = text.contains { ",\"\n".contains($0) }
    guard mustQuote || dice.roll(12) == 0 else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  /// A file whose columns hold one pool each, and now and then nothing or another pool.
  private static func table(_ dice: inout Dice, width: Int, rows: Int) -> [UInt8] {
    let pools = (0..<width).map { _ in dice.roll(Self.pools.count) }
    let strangers = dice.roll(3) == 0 ? 1 + 2 * rows * width / 3 : 1 << 30
    // Blocks that hold nothing, or empty texts alone, at the beginning.
    let emptyRows = dice.roll(4) == 0 ? dice.roll(rows + 1) : 0
    let empty = dice.pick(["", "\"\""])
    let end = dice.pick(["\n", "\r\n", "\r"])
    var text = (0..<width).map { "c\($0)" }.joined(separator: ",") + end
    for row in 0..<rows {
      let fields = pools.map { pool -> String in
        if row < emptyRows { return empty }
        if dice.roll(strangers) == 0 { return field(dice.pick(dice.pick(Self.pools)), &dice) }
        return switch dice.roll(10) {
        case 0: ""
        case 1: dice.pick(["\\N", "\"\""])
        default: field(dice.pick(Self.pools[pool]), &dice)
        }
      }
      text += fields.joined(separator: ",") + end
    }
    return Array(text.utf8)
  }

  @Test("Values of all kinds, and columns that change their mind", arguments: 0..<1500)
  func tables(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 77 &+ 5)
    let width = 1 + dice.roll(4)
    let bytes = Self.table(&dice, width: width, rows: dice.roll(40))
    try Self.expectTwin(
      bytes, (0..<width).map { _ in dice.roll(2) == 0 ? .any : dice.pick(Self.wishes) },
      order: dice.roll(4) == 0 ? dice.pick([.monthFirst, .dayFirst]) : nil,
      blockSize: dice.pick([1, 7, 30, 64, 65, 200, 100_000]), workers: 1 + dice.roll(3))
  }

  @Test("Texts of few and of many values, over many blocks", arguments: [1, 3])
  func dictionaries(workers: Int) throws {
    var text = "few,many,late\n"
    for row in 0..<30_000 {
      text += "\(row % 7 == 0 ? "" : "group \(row % 50)"),customer\(row)@example.org,"
      text += row < 20_000 ? "x\n" : "value \(row)\n"
    }
    let bytes = Array(text.utf8)
    try Self.expectTwin(bytes, [.text, .text, .text], blockSize: 4096, workers: workers)
    let columns = try Self.document(bytes, [.text, nil, .any], blockSize: 4096).columns
    #expect(columns[1] == nil)
    guard case .coded(_, let dictionary)? = columns[0]?.vector.storage else {
      Issue.record("few values are coded")
      return
    }
    // Nulls have no text there.
    #expect(dictionary.count == 50)
    guard case .texts? = columns[2]?.vector.storage else {
      Issue.record("many values are not coded")
      return
    }
  }

  @Test("A kind that shows itself in the last of many blocks")
  func lateKinds() throws {
    let cases: [(String, String, DataType)] = [
      ("12", "1.5", .decimal), ("12", "n/a", .integer),
      ("2024-01-31", "2024-01-31 10:00:00", .datetime), ("1/2/2024", "13/2/2024", .date),
      ("\"Jan 2, 2024\"", "\"Jan 2, 2024, 3:00:00 PM\"", .datetime),
      ("\"\"", "x", .text), ("", "7", .integer), ("true", "0", .text), ("1.5", "007", .text),
      ("922337203685478", "0.5", .text), ("2024-01-31", "x", .text), ("12", "-", .integer),
      ("12", "$5", .decimal), ("1.5", "\"1.234,50\"", .text), ("1/2/2024", "31.1.2024", .date),
      ("5", "12%", .text), ("0", "12%", .decimal), ("12", "NULL", .integer), ("-", "12", .integer),
    ]
    for (usual, last, type) in cases {
      let rows = String(repeating: "\(usual),1\n", count: 100)
      let bytes = Array("a,b\n\(rows)\(last),1\n".utf8)
      for blockSize in [8, 64, 100_000] {
        try Self.expectTwin(bytes, [.any, .integer], blockSize: blockSize, workers: 2)
        let document = try Self.document(bytes, [.any, nil], blockSize: blockSize)
        #expect(document.columns[0]?.vector.type == type)
      }
    }
  }

  @Test("Empty texts in front of days and times of the shop's clocks: two passes, and no more")
  func emptyBeforeShopTimes() throws {
    let rows = ["\"\"", "\"Jan 2, 2024\"", "\"Jan 2, 2024, 3:00:00 PM\""].map { "\($0),1\n" }
    let bytes = Array("a,b\n\(rows.joined())".utf8)
    for wish in [ColumnWish.any, .time] {
      for blockSize in [1, 8, 100] {
        try Self.expectTwin(bytes, [wish, .integer], blockSize: blockSize, workers: 1)
        try Self.expectTwin(bytes, [wish, .integer], blockSize: blockSize, workers: 2)
      }
    }
  }

  @Test("Rows that somebody takes are those of the document", arguments: 0..<300)
  func taken(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 31 &+ 7)
    let bytes = Self.table(&dice, width: 2, rows: 60)
    let wishes: [ColumnWish?] = [.time, .integer]
    let settings = ReadingSettings(dateOrder: nil, zone: Self.zone)
    let taker = Taker()
    let reader = TableReader(
      MemorySource(bytes), columns: wishes, settings: settings, consumer: taker,
      blockSize: dice.pick([1, 30, 200]))
    let workers = 1 + dice.roll(3)
    let taken = try reader.read { work in
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
    }
    let whole = try Self.document(bytes, wishes, blockSize: 64)
    let times = try #require(whole.columns[0])
    let numbers = try #require(whole.columns[1])
    #expect(taken.rowCount == whole.rowCount && taken.badRows == whole.badRows)
    #expect(taken.columns[0]?.isNoTime == times.isNoTime)
    let rows = taker.rows.withLock { $0 }
    #expect(rows.count == whole.rowCount)
    guard !times.isNoTime else { return }
    #expect(taken.columns[0]?.vector.type == times.vector.type)
    for row in 0..<whole.rowCount {
      let isDay = times.vector.type == .date
      let found = rows[whole.line(ofRow: row)]
      #expect(found?.number == numbers.vector[row].number)
      #expect(found?.isBad == numbers.misfits.rows.contains(Int32(row)))
      #expect(
        (isDay ? found?.time.map { $0 / 86_400 } : found?.time) == times.vector[row].number)
    }
  }

  @Test("Ids that somebody takes are numbers, or else all are texts", arguments: 0..<200)
  func takenIDs(seed: Int) throws {
    var dice = Dice(state: UInt64(seed) &* 13 &+ 3)
    let bytes = Self.table(&dice, width: 2, rows: 60)
    let taker = IDTaker()
    let settings = ReadingSettings(dateOrder: nil, zone: Self.zone)
    let reader = TableReader(
      MemorySource(bytes), columns: [.id, .text], settings: settings, consumer: taker,
      blockSize: dice.pick([1, 30, 200]))
    let workers = 1 + dice.roll(3)
    let taken = try reader.read { work in
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work() }
    }
    let whole = try Self.document(bytes, [.id, .text], blockSize: 64)
    let ids = try #require(whole.columns[0]?.vector)
    let rows = taker.rows.withLock { $0 }
    #expect(rows.count == whole.rowCount && taken.columns[0]?.vector.type == ids.type)
    for row in 0..<whole.rowCount { #expect(rows[whole.line(ofRow: row)] == ids[row]) }
  }

  /// Keeps the ids that it is given, by line.
  private final class IDTaker: RowConsumer {
    let rows = Mutex<[Int: Value]>([:])

    func startOver() { rows.withLock { $0 = [:] } }

    func take(_ block: ReadRows) {
      let ids = block.vector(0)
      guard ids.count == block.count else { return }
      rows.withLock { rows in
        for row in 0..<block.count { rows[block.line(ofRow: row)] = ids[row] }
      }
    }
  }

  /// Keeps what it is given, by line.
  private final class Taker: RowConsumer {
    struct Row {
      var time: Int64?
      var number: Int64?
      var isBad: Bool
    }

    let rows = Mutex<[Int: Row]>([:])

    func startOver() { rows.withLock { $0 = [:] } }

    func take(_ block: ReadRows) {
      let (times, numbers) = (Array(block.numbers(0)), Array(block.numbers(1)))
      guard times.count == block.count, numbers.count == block.count else { return }
      rows.withLock { rows in
        for row in 0..<block.count {
          rows[block.line(ofRow: row)] = Row(
            time: block.nullRows(0).contains(Int32(row))
              ? nil : times[row] * (block.areDays(0) ? 86_400 : 1),
            number: block.nullRows(1).contains(Int32(row)) ? nil : numbers[row],
            isBad: block.badValues(1).contains { $0.row == row })
        }
      }
    }
  }

  @Test("A file that was interrupted, or has changed, is not read")
  func failures() throws {
    let bytes = Array(("a\n" + String(repeating: "1\n", count: 100) + "x\n").utf8)
    let settings = ReadingSettings(dateOrder: nil, zone: .utc)
    let reader = TableReader(
      MemorySource(bytes), columns: [.any], settings: settings, blockSize: 16,
      isInterrupted: { true })
    #expect(throws: ReadingFailure.interrupted) { try reader.read() }
    let shrinking = ShrinkingSource(bytes)
    #expect(throws: ReadingFailure.changed) {
      try TableReader(shrinking, columns: [.any], settings: settings, blockSize: 16).read()
    }
  }

  /// A file that is shorter when it is read once more.
  private final class ShrinkingSource: ByteSource {
    private let whole: MemorySource
    private let half: MemorySource
    nonisolated(unsafe) private var isShort = false

    init(_ bytes: [UInt8]) {
      whole = MemorySource(bytes)
      half = MemorySource(Array(bytes.prefix(bytes.count / 2)))
    }

    var size: Int { whole.size }

    func read(at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>) -> Int {
      let source = unsafe isShort ? half : whole
      if offset + range.count > whole.size { unsafe isShort = true }
      return source.read(at: offset, into: &buffer, range)
    }
  }

  @Test("The usual shapes of numbers and times are read as the general way reads them")
  func words() {
    var dice = Dice(state: 11)
    let odd = ["20240131", "2024-01-31 10:00:0a", "00.5", "1.", ".5"]
    let shapes = Self.pools.flatMap { $0 } + odd
    let clocks = ClockWords()
    for _ in 0..<20_000 {
      var text = Array(dice.pick(shapes).utf8)
      for _ in 0..<dice.roll(3) where !text.isEmpty {
        text[dice.roll(text.count)] = UInt8(dice.pick(Array(0x2A...0x3B) + [0x20, 0x54, 0xB0]))
      }
      let padded = text + [UInt8](repeating: 0x39, count: FieldBlock.padding)
      if let number = FieldWords.integer(padded.span, 0, text.count) {
        #expect(number == FieldParse.integer(text[...]), "\(text)")
      }
      if let number = FieldWords.decimal(padded.span, 0, text.count) {
        let general = NumberText(text[...])
        #expect(number == general?.decimal(.point)?.units, "\(text)")
        #expect(general?.looksLikeID == false)
      }
      guard text.count == 10 || text.count == 19, let day = clocks.day(padded.span, 0) else {
        continue
      }
      #expect(day == FieldParse.time(text[..<10], order: .monthFirst)?.day, "\(text)")
      guard text.count == 19, let clock = clocks.clock(padded.span, 11) else { continue }
      let usual = Array("1/1/2020 ".utf8) + text[11...]
      #expect(clock == FieldParse.time(usual[...], order: .monthFirst)?.clock, "\(text)")
    }
  }

  @Test("UTF-8 is told from what is not, as Swift tells it")
  func utf8() {
    var dice = Dice(state: 3)
    let pieces: [[UInt8]] = [
      [0x61], Array("é".utf8), Array("€".utf8), Array("😀".utf8), [0xC0], [0x80],
      [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xC1, 0xBF], [0xFF],
      Array("plain text of some length".utf8), [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ]
    for _ in 0..<10_000 {
      let text = (0..<dice.roll(5)).flatMap { _ in dice.pick(pieces) }
      let isValid = String(validating: text, as: UTF8.self) != nil
      #expect(UTF8Check.isValid(text.span, 0..<text.count) == isValid, "\(text)")
    }
  }
}
