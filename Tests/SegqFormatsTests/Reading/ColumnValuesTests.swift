import SegqBytes
import SegqRecords
import Testing

@testable import SegqFormats

/// Columns as they come: what they become, what is reported of them, and why.
@Suite("Columns of values as they come")
struct ColumnValuesTests {
  private static func columns(
    _ text: String, _ wishes: [ColumnWish], _ settings: ReadingSettings? = nil
  ) throws -> [CSVDocument.Column] {
    let settings = settings ?? ReadingSettings(dateOrder: nil, zone: .utc)
    let reader = TableReader(
      MemorySource(Array(text.utf8)), columns: wishes, settings: settings, blockSize: 16)
    return try reader.read().columns.compactMap { $0 }
  }

  /// Reads the values as one column of a file, with another behind it.
  private static func column(
    _ values: [String], _ wish: ColumnWish = .any, delimiter: Character = ",",
    _ settings: ReadingSettings? = nil
  ) throws -> CSVDocument.Column {
    let rows = values.map { $0.isEmpty ? "\(delimiter)\n" : "\"\($0)\"\(delimiter)\n" }
    let text = "a\(delimiter)b\n" + rows.joined()
    return try #require(try columns(text, [wish, .text], settings).first)
  }

  private static func shown(_ column: CSVDocument.Column) -> [String?] {
    (0..<column.vector.count).map { row in
      switch column.vector[row] {
      case .null: nil
      case .text(let text): text
      case .integer(let number): "\(number)"
      case .decimal(let number): "\(number)"
      case .boolean(let value): "\(value)"
      case .date(let day):
        "\(CivilDate(days: day).year)-\(CivilDate(days: day).month)-\(CivilDate(days: day).day)"
      case .datetime(let second): "\(second)"
      }
    }
  }

  @Test("A number stays a number when a few cells are placeholders, and they are reported")
  func placeholders() throws {
    let column = try Self.column(["9", "100", "-", "", "n/a", " 7 "])
    #expect(column.vector.type == .integer)
    #expect(Self.shown(column) == ["9", "100", nil, nil, nil, "7"])
    #expect(column.placeholders.count == 2 && column.placeholders.firstRow == 2)
    #expect(column.placeholders.text == "-" && column.placeholders.words == ["-", "n/a"])
    #expect(column.misfits.count == 0)
  }

  @Test("One other value makes a column of anything text, and its evidence names the value")
  func text() throws {
    let column = try Self.column(["9", "100", "-", "abc"])
    #expect(Self.shown(column) == ["9", "100", "-", "abc"])
    let nearly = try #require(column.evidence.nearly)
    #expect(nearly.fits == 2 && nearly.others.first == .init(row: 3, text: "abc"))
    #expect(
      column.evidence.description == "text: 2 values are numbers, 1 is not, the first is 'abc'")
    #expect(try Self.column(["Anna", "Bo", "7"]).evidence.nearly == nil)
  }

  @Test("In a column that is known to hold amounts another value is null and reported")
  func misfits() throws {
    let column = try Self.column(["9", "abc", "NULL", "x"], .decimal)
    #expect(Self.shown(column) == ["9", nil, nil, nil])
    #expect(column.misfits.count == 2 && column.misfits.rows == [1, 3])
    #expect(column.misfits.first == [.init(row: 1, text: "abc"), .init(row: 3, text: "x")])
    #expect(column.placeholders.count == 1)
  }

  @Test("The word NULL stays text, unless the file writes its nulls so among numbers, dates or ids")
  func nullWords() throws {
    let rows = "a,b,c\n1,NULL,x\nNULL,n/a,NULL\n3,NULL,-\n"
    let columns = try Self.columns(rows, [.any, .text, .any])
    #expect(Self.shown(columns[1]) == [nil, "n/a", nil])
    #expect(Self.shown(columns[2]) == ["x", nil, "-"])
    #expect(columns[1].placeholders.count == 2)
    let kept = try Self.columns("a,b\n1,NULL\n2,x\n-,-\n", [.any, .text])
    #expect(Self.shown(kept[1]) == ["NULL", "x", "-"])
  }

  @Test("A column of placeholders alone is text")
  func nothingElse() throws {
    #expect(Self.shown(try Self.column(["-", "n/a"])) == ["-", "n/a"])
  }

  @Test(
    "Ids are whole numbers where every value is one, otherwise text as written",
    arguments: [
      (["1", "2"], ["1", "2"], .integer),
      (["1.0", " 2.00", "'3", "-"], ["1", "2", "3", nil], .integer),
      (["1", "ALFKI"], ["1", "ALFKI"], .text), (["007", "8"], ["007", "8"], .text),
      ([" ALFKI ", "NULL", ""], ["ALFKI", nil, nil], .text),
      (["'007", "1.0"], ["007", "1.0"], .text),
      (["12345678901234567890", "1"], ["12345678901234567890", "1"], .text),
      (["000000012-1", "3"], ["000000012-1", "3"], .text), (["", ""], [nil, nil], .integer),
      (["6ba7b810-9dad-11d1-80b4-00c04fd430c8"], ["6ba7b810-9dad-11d1-80b4-00c04fd430c8"], .text),
    ] as [([String], [String?], DataType)])
  func ids(values: [String], shown: [String?], type: DataType) throws {
    let column = try Self.column(values, .id)
    #expect(column.vector.type == type)
    #expect(Self.shown(column) == shown)
    #expect(column.misfits.count == 0)
  }

  @Test(
    "Numbers of a column of anything",
    arguments: [
      (["$1,234.50", "$5"], ["1234.5", "5"], .decimal),
      (["1.234,50", "7"], ["1234.5", "7"], .decimal),
      (["1.234", "1.234,50"], ["1234", "1234.5"], .decimal),
      (["1,234", "12.5"], ["1234", "12.5"], .decimal),
      (["1,234", "999"], ["1234", "999"], .integer),
      (["12%", "0", "5.5%"], ["0.12", "0", "0.055"], .decimal),
      (["12%", "5"], ["12%", "5"], .text), (["(5.00)", "5.00"], ["-5", "5"], .decimal),
      (["555 123 456"], ["555 123 456"], .text), (["3,4", "5,12"], ["3,4", "5,12"], .text),
      (["12,50", "3,99"], ["12.5", "3.99"], .decimal), (["1e5"], ["1e5"], .text),
      (["1e+05"], ["100000"], .decimal),
      (["600.123.456"], ["600.123.456"], .text),
      (["1.234.567", "1.234"], ["1234567", "1234"], .integer),
      (["007"], ["007"], .text), (["+49 170"], ["+49 170"], .text),
      (["01129", "1129"], ["01129", "1129"], .text),
      (["9223372036854775808", "1"], ["9223372036854775808", "1"], .text),
      (["12 USD", "13"], ["12", "13"], .decimal),
      (["192.168.100.200", "10.0.0.1"], ["192.168.100.200", "10.0.0.1"], .text),
      (["0", "1"], ["0", "1"], .integer),
      (["yes", "No", "-"], ["true", "false", nil], .boolean),
      (["TRUE", "1"], ["TRUE", "1"], .text),
    ] as [([String], [String?], DataType)])
  func numbers(values: [String], shown: [String?], type: DataType) throws {
    let column = try Self.column(values)
    #expect(column.vector.type == type)
    #expect(Self.shown(column) == shown)
  }

  @Test("Whether 1.234 is a thousand depends on the other values, then on the ; between fields")
  func decimalMarks() throws {
    let plain = try Self.column(["1.234", "2.500"], .decimal)
    #expect(Self.shown(plain) == ["1.234", "2.5"])
    let german = try Self.column(["1.234", "2.500"], .decimal, delimiter: ";")
    #expect(Self.shown(german) == ["1234", "2500"])
    #expect(german.evidence.mark?.basis == .delimiter && german.evidence.isGuessed)
    let decided = try Self.column(["1.234", "2.5"], .decimal, delimiter: ";")
    #expect(Self.shown(decided) == ["1.234", "2.5"])
    #expect(!decided.evidence.isGuessed)
    let guessed = try Self.column(["1,234", "5"], .decimal)
    #expect(Self.shown(guessed) == ["1234", "5"])
    #expect(
      guessed.evidence.description
        == "number, decimal point, guessed: '1,234' could be read both ways")
    let sure = try Self.column(["1.234", "1.234,50"], .decimal)
    #expect(sure.evidence.description == "number, decimal comma, from 1 value like '1.234,50'")
  }

  @Test("A column is of percentages if nearly all values are; the others do not fit")
  func percents() throws {
    let column = try Self.column(Array(repeating: "5%", count: 40) + ["7", "0"], .decimal)
    #expect(column.evidence.isPercent && column.misfits.rows == [40])
    #expect(Self.shown(column)[41] == "0")
    let few = try Self.column(["5%", "7", "8"], .decimal)
    #expect(!few.evidence.isPercent && few.misfits.rows == [0])
  }

  @Test("Day or month first is what most values say, wherever they are")
  func orders() throws {
    let day = try Self.column(["1/2/2024", "3/4/2024", "13/2/2024"])
    #expect(Self.shown(day) == ["2024-2-1", "2024-4-3", "2024-2-13"])
    #expect(day.evidence.description == "date, day first, from 1 value above 12")
    let guessed = try Self.column(["1/2/2024", "3/4/2024"], .time)
    #expect(guessed.evidence.description == "date, month first, guessed: no value is above 12")
    #expect(guessed.evidence.isGuessed)
    let set = try Self.column(
      ["1/2/2024"], .time, ReadingSettings(dateOrder: .dayFirst, zone: .utc))
    #expect(Self.shown(set) == ["2024-2-1"])
    let mixed = ["13/01/2024", "14/01/2024", "01/15/2024"]
    let known = try Self.column(mixed, .time)
    #expect(known.misfits.first == [.init(row: 2, text: "01/15/2024")])
    #expect(
      known.evidence.description
        == "date, day first, from 2 values above 12 (1 value the other way, the first is '01/15/2024')"
    )
    let text = try Self.column(mixed)
    #expect(text.vector.type == .text && text.evidence.nearly?.others.first?.row == 2)
  }

  @Test("An order that a column does not tell is that of the other columns")
  func otherOrders() throws {
    let columns = try Self.columns("a,b\n1/2/2024,1/2/2024\n3/4/2024,31/12/2024\n", [.time, .time])
    #expect(Self.shown(columns[0]) == ["2024-2-1", "2024-4-3"])
    #expect(columns[0].evidence.description == "date, day first, as in other columns of the file")
  }

  @Test("Counted times, where times are known")
  func counted() throws {
    let column = try Self.column(["1704448800", "0", "1704448801"], .time)
    #expect(Self.shown(column) == ["1704448800", nil, "1704448801"])
    #expect(column.evidence.description == "time, seconds since 1970")
    #expect(try Self.column(["1704448800"]).vector.type == .integer)
    let workbook = ReadingSettings(dateOrder: nil, zone: .utc, serialDays: .from1900)
    #expect(Self.shown(try Self.column(["45296"], .time, workbook)) == ["2024-1-5"])
  }

  @Test("Zero dates are null, in whatever way they are written")
  func zeroDates() throws {
    let values = [
      "2024-01-05", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "0001-01-01T00:00:00",
    ]
    for wish in [ColumnWish.any, .time] {
      #expect(Self.shown(try Self.column(values, wish)) == ["2024-1-5", nil, nil, nil, nil])
    }
  }

  @Test("Several currencies in one column are in its evidence")
  func currencies() throws {
    let column = try Self.column(["$5", "7 €", "$8"])
    #expect(column.evidence.currencies.words == ["$", "€"])
    #expect(column.evidence.description == "number, amounts in several currencies ($ €)")
  }
}
