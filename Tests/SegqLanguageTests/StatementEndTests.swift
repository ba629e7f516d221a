import Testing

@testable import SegqLanguage

@Suite("Where statements end")
struct StatementEndTests {
  static let counts: [(text: String, count: Int)] = [
    ("describe", 1),
    ("describe; describe", 2),
    ("describe\ndescribe", 2),
    ("describe;;;\n\n;describe;", 2),
    ("select customers\nwhere country = FR\n  and zip = 01310\norder by name\nlimit 5", 1),
    ("select customers where country = FR or\nzip = 5", 1),
    ("select name,\n  email\nfrom customers", 1),
    ("select customers where id in (1,\n2,\n\n3)", 1),
    ("select customers where zip =\n5", 1),
    ("select customers \\\n where id = 5", 1),
    ("drill 1 +\n2", 1),
    ("drill 1\ndrill 2", 2),
    ("export 5\nas csv\nto 'x.csv'", 1),
    ("select 'a\nb'", 1),
    ("-- only a comment\n# another", 0),
    ("describe -- tables\ndescribe # tables", 2),
    ("\u{FEFF}describe\r\ndescribe\rdescribe", 3),
    ("select customers | sort | head -3; rm x\ndescribe", 2),
    ("!ls; echo 'x\ndescribe", 2),
    ("\\d+ orders\n.tables\n\\q", 3),
  ]

  @Test("A text has as many statements as it should", arguments: counts)
  func count(text: String, count: Int) {
    let parsed = Parser.parse(SourceText(text, name: "test"))
    #expect(parsed.diagnostics.map(\.message) == [])
    #expect(parsed.statements.count == count)
  }

  @Test(
    "More lines could complete it",
    arguments: [
      "select", "select customers where", "select customers where country =", "drill (1 + 2",
      "select name,", "select 'abc", "drill 1 &", "select count(", "export 5 as",
      "select customers order by", "refresh", "select customers where name = \"x",
    ])
  func isIncomplete(text: String) {
    #expect(Parser.incompleteness(of: SourceText(text, name: "test")) != nil)
  }

  @Test(
    "It is complete, be it right or wrong",
    arguments: [
      "select customers", "drill 5", "describe", "", "-- nothing", "selec customers",
      "select customers limit x", "drill 1 2", "describe; drill 5",
    ])
  func isComplete(text: String) {
    #expect(Parser.incompleteness(of: SourceText(text, name: "test")) == nil)
  }

  @Test("Statements come one at a time from a text that goes on")
  func steps() {
    var parser = Parser(SourceText("describe; drill 5\nselect customers\n", name: "test"))
    guard case .statement = parser.step(isFinal: false) else {
      Issue.record("a ; ends a statement at once")
      return
    }
    guard case .statement = parser.step(isFinal: false) else {
      Issue.record("the next line shows that a statement has ended")
      return
    }
    guard case .incomplete(nil) = parser.step(isFinal: false) else {
      Issue.record("a line could still follow")
      return
    }
  }
}
