import Testing

@testable import SegqLanguage

@Suite("Parsing")
struct ParsingTests {
  static func expression(_ text: String) throws -> Expression {
    try Parser.parseCondition(SourceText(text, name: "test"))
  }

  @Test(
    "Two ways to write the same thing",
    arguments: [
      ("a = 1 and b = 2 or c = 3", "(a = 1 and b = 2) or c = 3"),
      ("not a = 1 and b = 2", "(not (a = 1)) and b = 2"),
      ("not not a = 1", "a = 1"),
      ("1 + 2 * 3 = x", "(1 + (2 * 3)) = x"),
      ("10 - 2 - 3 = x", "((10 - 2) - 3) = x"),
      ("-a * b = x", "(-a) * b = x"),
      ("a || b || c = x", "(a || b) || c = x"),
      ("COUNTRY = FR AND ZIP LIKE 'x'", "country = FR and zip like 'x'"),
      ("a <> 1", "a != 1"),
      ("'it''s' = a", #""it's" = a"#),
      (#"'\u{e9}\n' = a"#, "'é\n' = a"),
      ("in 1 + 2 & 3", "in (1 + (2 & 3))"),
      ("in 1 union 2 except 3", "in 1 + 2 - 3"),
      ("in union(1, 2)", "in 1 + 2"),
      ("in intersection(1, 2, 5)", "in 1 & 2 & 5"),
      ("a between 1 and 2 and b = 3", "(a between 1 and 2) and (b = 3)"),
      ("a not in (1, 2)", "a not in ((1), (2))"),
      ("date >= -30D", "date >= -30d"),
      ("date = last month", "date = LAST Month"),
      ("date >= 2024-01-31 10:00", "date >= 2024-01-31T10:00"),
    ])
  func same(a: String, b: String) throws {
    #expect(try Self.expression(a) == Self.expression(b))
  }

  @Test(
    "Two things that are not the same",
    arguments: [
      ("a = 1 and (b = 2 or c = 3)", "a = 1 and b = 2 or c = 3"),
      ("in (1 + 2) & 3", "in 1 + 2 & 3"), ("a = 'X'", "a = 'x'"), ("a = b", "a = 'b'"),
      ("zip = 01310", "zip = 1310"), ("`a b` = 1", "`a c` = 1"), ("a == 1", "a = 1"),
    ])
  func different(a: String, b: String) throws {
    #expect(try Self.expression(a) != Self.expression(b))
  }

  @Test(
    "Keywords are names where the grammar has none",
    arguments: [
      "select = 1", "order = 2 and group = 3", "`where` = 1", "limit > 3", "from = FR",
      "status = select", "country in (from, where, order)", "in = 5",
      "count(order where by = 3) > 1",
      "last(orders.date) < 2024", "today(x) = 3",
    ])
  func contextual(text: String) throws { _ = try Self.expression(text) }

  static let shapes: [(String, String)] = [
    ("select segments", "table"), ("select customers as csv", "table"),
    ("select customers as n from customers", "columns"), ("select 1, 2", "tick"),
    ("select 'VIP', 3", "tick"), ("select 1 + 1", "columns"), ("select 5 as n", "columns"),
    ("select all", "all"), ("select visible", "visible"), ("select all from customers", "columns"),
    ("select distinct country from customers", "columns"), ("select * from customers", "columns"),
    ("select `order` from orders", "columns"), ("select customers | head", "table"),
    ("select customers to 'x.csv'", "table"), ("select segments, 3", "columns"),
    ("select $a, 3", "tick"), ("select '${a}'", "tick"), ("drill 5 joined since 2024", "segments"),
    ("drill 5 as csv", "segments"), ("overlap all", "segments"), ("why 'a@b' in 5", "segments"),
  ]

  @Test("select is told apart", arguments: shapes)
  func selects(text: String, shape: String) throws {
    let parsed = Parser.parse(SourceText(text, name: "test"))
    #expect(parsed.diagnostics.map(\.message) == [])
    let found =
      switch parsed.statements.first?.kind {
      case .query(let query):
        switch query.subject {
        case .table: "table"
        case .columns: "columns"
        case .drill, .overlap, .compare, .profile, .why, .drift, .growth: "segments"
        }
      case .command(.tick): "tick"
      case .command(.tickAll): "all"
      case .command(.tickVisible): "visible"
      case .command, nil: "other"
      }
    #expect(found == shape)
  }

  @Test("Several mistakes are told in their order, each once")
  func several() {
    let text = "describe\nselct x\ndrill\ndescribe\nselect customers limit x\n"
    let parsed = Parser.parse(SourceText(text, name: "test"))
    #expect(
      parsed.diagnostics.map { text.utf8.prefix($0.span?.start ?? 0).count { $0 == 10 } } == [
        1, 2, 4,
      ])
    #expect(parsed.statements.count == 2)
  }

  @Test("A word ends before what is no letter, however many bytes that has")
  func wordEnds() {
    for (text, place) in [("set pa–", 6), ("set é–x", 6), ("set –", 4), ("select a€", 8)] {
      let parsed = Parser.parse(SourceText(text, name: "test"))
      guard case .command(.set(_, let value)) = parsed.statements.first?.kind else {
        #expect(parsed.diagnostics.first?.span?.start == place, "\(text)")
        continue
      }
      #expect(value?.text.span.start == place, "\(text)")
    }
  }

  @Test("Positions are told in lines and characters")
  func positions() {
    let source = SourceText("é\n日本 x\r\ny", name: "test")
    #expect(source.position(of: 0) == (1, 1))
    #expect(source.position(of: 2) == (1, 2))
    #expect(source.position(of: 10) == (2, 4))
    #expect(source.position(of: 13) == (3, 1))
    let old = SourceText("a\rb\rc d", name: "test")
    #expect(
      old.position(of: 6) == (3, 3) && old[SourceSpan(old.lineRange(at: 2).lowerBound, 3)] == "b")
  }

  @Test("Deep nesting is an error and no crash", arguments: ["(", "not (", "-(", "count("])
  func deep(piece: String) {
    let text = "select customers where " + String(repeating: piece, count: 100_000) + "1"
    let parsed = Parser.parse(SourceText(text, name: "test"))
    #expect(parsed.diagnostics.map(\.code) == ["too-deep"])
  }

  @Test("Deep brackets of segments are an error and no crash")
  func deepSegments() {
    let text = "drill " + String(repeating: "(", count: 100_000) + "1"
    #expect(Parser.parse(SourceText(text, name: "test")).diagnostics.map(\.code) == ["too-deep"])
  }

  @Test("Long flat conditions do not nest")
  func flat() throws {
    let text = Array(repeating: "id = 1", count: 20_000).joined(separator: " or ")
    #expect(try Self.expression(text).depth < 5)
  }
}
