import SegqBytes
import Testing

@testable import SegqFormats

@Suite("Reading tables from JSON")
struct JSONTableTests {
  private static func read(_ text: String, sheet: Int = 0) throws -> ReadTable {
    try ReadTable(text, path: "shop/customers.json", sheet: sheet)
  }

  @Test(
    "The same two rows, however they are wrapped",
    arguments: [
      "[{\"id\":1,\"name\":\"Ann\"},{\"id\":2,\"name\":\"Bo\"}]",
      "{\"items\":[{\"id\":1,\"name\":\"Ann\"},{\"id\":2,\"name\":\"Bo\"}],\"total_count\":2}",
      "{\"data\":{\"customers\":{\"items\":[{\"id\":1,\"name\":\"Ann\"},{\"id\":2,\"name\":\"Bo\"}]}}}",
      "{\"id\":1,\"name\":\"Ann\"}\n{\"id\":2,\"name\":\"Bo\"}\n",
      "\u{FEFF} {\"id\":1,\"name\":\"Ann\"}{\"name\":\"Bo\",\"id\":2}",
      "[{\"id\":1,\"name\":\"Ann\"}]\n[{\"id\":2,\"name\":\"Bo\"}]",
      "{\"customers\":[{\"id\":1,\"name\":\"Ann\"}]}\n{\"customers\":[{\"id\":2,\"name\":\"Bo\"}]}",
      "{\"search_criteria\":{\"filter_groups\":[{\"filters\":[{\"field\":\"a\"}]}]},"
        + "\"items\":[{\"id\":1,\"name\":\"Ann\"},{\"id\":2,\"name\":\"Bo\"}]}",
    ])
  func shapes(text: String) throws {
    let table = try Self.read(text)
    #expect(table.header == ["id", "name"])
    #expect(table.rows == [["1", "Ann"], ["2", "Bo"]])
    #expect(table.file.sheets.count == 1)
  }

  @Test("Objects are flattened, lists joined, and headers are those of all rows")
  func values() throws {
    let table = try Self.read(
      "[{\"a\":{\"b\":{\"c\":1}},\"t\":[\"x\",null,2]},{\"n\":-1.50e+3,\"a\":null,\"t\":[]},"
        + "{\"s\":\"\",\"y\":true,\"z\":false,\"big\":12345678901234567890,\"q\":\"'=x\",\"r\":\"\\\"\"}]"
    )
    #expect(table.header == ["a_b_c", "t", "n", "s", "y", "z", "big", "q", "r"])
    #expect(table.rows[0] == ["1", "x, 2", nil, nil, nil, nil, nil, nil, nil])
    #expect(table.rows[1] == [nil, nil, "-1.50e+3", nil, nil, nil, nil, nil, nil])
    #expect(
      table.rows[2]
        == [nil, nil, nil, "", "true", "false", "12345678901234567890", "'=x", "\""])
  }

  @Test(
    "Strings as they were meant",
    arguments: [
      ("\\u00e9\\ud83d\\ude00", "é😀"), ("\\\"\\\\\\/\\b\\f\\n\\r\\t", "\"\\/\u{8}\u{C}\n\r\t"),
      ("\\ud83d", "\u{FFFD}"), ("\\ud83dx", "\u{FFFD}x"), ("\\ud83d\\n", "\u{FFFD}\n"),
      ("\\ude00", "\u{FFFD}"), ("\\ud83d\\ud83d\\ude00", "\u{FFFD}😀"), ("a,b\\\\N", "a,b\\N"),
    ])
  func strings(raw: String, text: String) throws {
    #expect(try Self.read("[{\"a\":\"\(raw)\",\"b\":1}]").rows == [[text, "1"]])
  }

  @Test("Lists of objects are sheets, linked by the id of the object around them")
  func children() throws {
    let text =
      "[{\"addresses\":[{\"city\":\"Lyon\",\"lines\":[{\"no\":7}]},{\"city\":\"Nice\"}],\"id\":5},"
      + "{\"id\":6,\"addresses\":[]},{\"id\":7,\"addresses\":[{\"city\":\"Metz\"}]}]"
    let file = try TableFile(Input(Array(text.utf8), path: "customers.json"))
    #expect(file.sheets.map(\.name) == ["", "addresses", "lines"])
    #expect(file.sheets.map(\.parent) == [nil, 0, 1])
    let addresses = try Self.read(text, sheet: 1)
    #expect(addresses.header == ["customer_id", "city"])
    #expect(addresses.rows == [["5", "Lyon"], ["5", "Nice"], ["7", "Metz"]])
    let lines = try Self.read(text, sheet: 2)
    #expect(lines.header == ["address_id", "no"] && lines.rows == [["1", "7"]])
  }

  @Test("One object with an id and a list in it is a row, not a page")
  func single() throws {
    let text =
      "{\"order\":{\"id\":1,\"total\":2.5,\"line_items\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}}"
    #expect(try Self.read(text).rows == [["1", "2.5"]])
    #expect(try Self.read(text, sheet: 1).rows == [["1", "a"], ["1", "b"]])
  }

  @Test("Of a key that comes twice the last counts, with all that is in it")
  func repeated() throws {
    let text = "[{\"a\":1,\"a\":2,\"b\":{\"x\":1},\"b\":{\"y\":2},\"c\":3,\"c\":null}]"
    let table = try Self.read(text)
    #expect(table.header == ["a", "b_x", "b_y", "c"] && table.rows == [["2", nil, "2", nil]])
  }

  @Test(
    "What is no table, and what is not JSON, is one error",
    arguments: [
      ("[1,2]", 0, 0), ("[]", 0, 0), ("{}", 0, 0), ("[[1,2],[3]]", 0, 0), ("[{},{}]", 0, 0),
      ("[{\"id\":{\"N\":\"7\"},\"name\":{\"S\":\"Ann\"}}]", 0, 0), ("[{\"a\":1},2]", 0, 0),
      ("[{\"a\":1}] x", 1, 11), ("[{\"a\":1},\n{\"b\":}]", 2, 6), ("[{\"a\":1},]", 1, 10),
      ("[{\"a\":01}]", 1, 9), ("[{\"a\":\"x", 1, 9), ("[{\"a\" 1}]", 1, 7), ("{\"a\":1}}", 1, 8),
      ("[{\"a\":\"\\q\"}]", 1, 10), ("[{\"a\":tru}]", 1, 10), ("[{\"a\":1}\n", 2, 1),
    ])
  func refused(text: String, line: Int, column: Int) {
    switch ReadTable.failure(text) {
    case .malformed(let found): #expect(found.line == line && found.column == column)
    case .noTable: #expect(line == 0)
    default: Issue.record("read as a table")
    }
  }

  @Test("Depth is bounded")
  func deep() {
    let text = String(repeating: "{\"a\":[", count: 100)
    guard case .malformed(let found)? = ReadTable.failure(text) else {
      Issue.record("read")
      return
    }
    #expect(found.reason.contains("128"))
  }

  @Test("Rows have their line or their number")
  func places() throws {
    let lines = try Self.read("{\"a\":1}\n\n{\"a\":2}\n")
    #expect(lines.lines == [1, 3] && lines.sheet.unit == .line)
    let items = try Self.read("[{\"a\":1},\n\n{\"a\":2}]")
    #expect(items.lines == [1, 2] && items.sheet.unit == .item)
    #expect(items.sheet.place("c.json", line: 2) == "c.json, item 2")
  }
}
