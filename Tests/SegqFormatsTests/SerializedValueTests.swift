import Testing

@testable import SegqFormats

@Suite("JSON and PHP's serialize, read as values")
struct SerializedValueTests {
  @Test(
    "Both forms of the same value are alike",
    arguments: [
      ("null", "N;"), ("true", "b:1;"), ("false", "b:0;"), ("-12", "i:-12;"), ("1.5", "d:1.5;"),
      ("\"\"", "s:0:\"\";"), ("\"a\\\"b\\\\\"", "s:4:\"a\"b\\\";"),
      ("\"\\u00e9\\ud83d\\ude00\"", "s:6:\"é😀\";"), ("[]", "a:0:{}"),
      ("[1, [2, \"x\"]]", "a:2:{i:0;i:1;i:1;a:2:{i:0;i:2;i:1;s:1:\"x\";}}"),
      ("{\"a\":1,\"b\":null}", "a:2:{s:1:\"a\";i:1;s:1:\"b\";N;}"),
      ("{\"1\":\"x\"}", "a:1:{i:1;s:1:\"x\";}"),
      ("\"\\n\\t\\r\\b\\f\\/\"", "s:6:\"\n\t\r\u{8}\u{C}/\";"),
    ])
  func values(_ json: String, _ php: String) throws {
    #expect(try SerializedValue(json) == SerializedValue(php))
    #expect(try SerializedValue(" \n" + json + "\r\n\t") == SerializedValue(json))
  }

  @Test("Of a key that stands twice the last counts")
  func keys() throws {
    #expect(try SerializedValue("{\"a\":1,\"a\":2}")["a"] == .number("2"))
    #expect(try SerializedValue("{\"a\":1}")["b"] == nil)
  }

  @Test(
    "What is wrong is told with the byte at which it is",
    arguments: [
      ("", SerializedError.Kind.endsTooEarly, 1), ("{", .endsTooEarly, 2),
      ("{\"a\"", .endsTooEarly, 5), ("{\"a\":}", .unexpected, 6), ("{a:1}", .unexpected, 2),
      ("[1,]", .unexpected, 4), ("[1 2]", .unexpected, 4), ("[1]]", .trailing, 4),
      ("\"a", .endsTooEarly, 3), ("\"a\nb\"", .unexpected, 3), ("\"\\x\"", .wrongEscape, 2),
      ("\"\\ud800\"", .wrongEscape, 2), ("\"\\u12\"", .unexpected, 6), ("01", .trailing, 2),
      ("-", .endsTooEarly, 2), ("1.", .endsTooEarly, 3), ("[tru]", .unexpected, 5),
      ("x", .unexpected, 1), ("s:3:\"ab\";", .endsTooEarly, 10), ("s:1:\"ab\";", .wrongLength, 1),
      ("s:99999999999:\"a\";", .unexpected, 13), ("s:-1:\"a\";", .unexpected, 3),
      ("a:2:{i:0;i:1;}", .wrongLength, 1), ("a:0:{i:0;i:1;}", .wrongLength, 1),
      ("a:1:{N;i:1;}", .unexpected, 6), ("a:1:{i:0;", .endsTooEarly, 10), ("b:2;", .unexpected, 3),
      ("i:1x;", .unexpected, 3), ("d:nan;", .unexpected, 3), ("i:1;i:2;", .trailing, 5),
      ("O:8:\"stdClass\":0:{}", .object, 1), ("a:1:{i:0;C:1:\"A\":0:{}}", .object, 10),
      ("E:3:\"A:B\";", .object, 1), ("a:2:{i:0;i:1;i:1;R:2;}", .reference, 18),
      ("a:1:{i:0;r:1;}", .reference, 10),
    ])
  func mistakes(_ text: String, _ kind: SerializedError.Kind, _ byte: Int) {
    #expect(throws: SerializedError(kind: kind, byte: byte)) { try SerializedValue(text) }
  }

  @Test("Depth is limited in both forms")
  func depth() throws {
    func json(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    func php(_ depth: Int) -> String {
      String(repeating: "a:1:{i:0;", count: depth - 1) + "a:0:{}"
        + String(repeating: "}", count: depth - 1)
    }
    let limit = SerializedValue.depthLimit
    #expect(try SerializedValue(json(limit)) == SerializedValue(php(limit)))
    #expect(throws: SerializedError(kind: .tooDeep, byte: limit + 1)) {
      try SerializedValue(json(limit + 1))
    }
    #expect(throws: SerializedError(kind: .tooDeep, byte: 9 * limit + 1)) {
      try SerializedValue(php(limit + 1))
    }
    #expect(throws: SerializedError.self) {
      try SerializedValue(String(repeating: "[", count: 1_000_000))
    }
  }
}
