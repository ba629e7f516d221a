import SegqTestSupport
import Testing

@Suite("Sets of segments")
struct SegmentSetTests {
  @Test(
    "A function over 'selected', 'all' or a list takes each of the segments",
    arguments: [
      ("select 1, 6; select id from intersection(selected)", ["1"]),
      ("select 1, 6; select count() from union(selected)", ["3"]),
      ("select 1, 6; select count() from selected", ["3"]),
      ("select 1, 6; select id from intersection(selected, 7)", ["1"]),
      ("select 1, 6; select count() from intersection(selected) + 2", ["2"]),
      ("select 1, 6; select id from intersect(selected)", ["1"]),
      ("select 6; select count() from intersection(selected)", ["2"]),
      ("select 1, 6; select id from customers where in intersection(selected)", ["1"]),
      ("select 1, 6; drill intersection(selected) | cut -d, -f1", ["1"]),
      ("select id from intersection(all)", ["1"]),
      ("select 1, 6; assert (select count() from intersection(selected)) = 1, 'one'", []),
    ])
  func each(_ statements: String, _ answer: [String]) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    #expect(try shop.lines(statements) == answer)
  }

  @Test("A combined report is exported as it is drilled")
  func exported() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let lines = try shop.lines(
      "select 1, 6; export intersection(selected) as csv to 'x.csv'; !cut -d, -f1 x.csv")
    #expect(lines == ["x.csv", "1"] || lines == ["x.csv", "ID", "1"], "\(lines)")
  }

  @Test("Nothing selected is an error in a function too")
  func nothing() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let run = try shop.answer("select count() from intersection(selected)")
    #expect(run.code == 1 && run.errors.contains("no segment is selected"))
  }

  @Test(
    "What is over all segments leaves out those whose members are unknown, and says so",
    arguments: [
      ("select count() from all", "3"),
      ("select count() from customers where count(segments where status = active) >= 2", "2"),
      ("select count() from customers where in all", "3"),
      ("overlap all | wc -l", "15"),
      ("drill all | wc -l", "3"),
    ])
  func leftOut(_ statement: String, _ answer: String) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let run = try shop.answer(statement, options: [])
    #expect(run.code == 0 && run.output == answer + "\n", "\(run)")
    #expect(
      run.errors.contains("note: segment 5 'N' is left out: its members are unknown"), "\(run)")
    #expect(run.errors.contains("help: refresh 5"))
  }

  @Test(
    "To name a segment whose members are unknown is an error",
    arguments: [
      "drill 5", "select count() from 1 + 5", "select count() from intersection(1, 5)",
      "overlap 1, 5", "select 1, 5; select count() from intersection(selected)",
      "select customers where in 5",
    ])
  func named(_ statement: String) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let run = try shop.answer(statement)
    #expect(run.code == 1 && run.output == "", "\(run)")
    #expect(run.errors.contains("segment 5 'N': never refreshed"), "\(run)")
  }
}
