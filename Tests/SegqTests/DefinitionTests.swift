import Foundation
import SegqTestSupport
import Testing

@Suite("Segments are made, changed and dropped")
struct DefinitionTests {
  private func run(_ statements: String..., code: Int32 = 0) throws -> Program.Run {
    let run = try Program.run(
      [
        Program.demo, "-F", "tsv", "--on-error", "continue", "-c",
        statements.joined(separator: "\n"),
      ])
    #expect(run.code == code, "\(run.errors)")
    return run
  }

  @Test(
    "A new segment has the next id, no members until it is refreshed, and then those of its rule")
  func create() throws {
    let run = try run(
      "create segment 'Big' for 'Main Website' inactive description 'd' as country = FR and in 1",
      "select id, status, website, customers, description, rule, freshness from segments where segment = big",
      "refresh 'Big'",
      "select (select count() from 'Big') = count() as same from 1 where country = FR and website = 'Main Website'"
    )
    let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[1].hasSuffix("Inactive\tMain Website\t\td\tcountry = FR and in 1\tunavailable"),
      "\(lines)")
    #expect(lines.contains("true"))
    #expect(
      try self.run("create segment 'A' as id = 1", "drill 'A'", code: 1).errors.contains(
        "never refreshed"))
  }

  @Test("A rule is kept in one line, with what its variables stood for")
  func rules() throws {
    let run = try run(
      "let c = 'O''Brien'; let d = 2024-01",
      "create segment 'R' as name = $c  and\n  since>=$d -- why\n  or email = '${c}@x'",
      "select rule from segments where segment = R")
    #expect(
      run.output == "Rule\nname = 'O''Brien' and since >= 2024-01 or email = 'O''Brien@x'\n",
      "\(run)")
  }

  @Test(
    "What would break something is refused, and says what",
    arguments: [
      ("create segment 'VIP customers' as id = 1", "create or replace segment"),
      ("create segment '' as id = 1", "needs a name"),
      ("create segment 'A' as contry = 1", "did you mean 'country'?"),
      ("create segment 'A' as id + 1", "a condition is wanted here"),
      ("create segment 'A' as in 1; alter segment 1 as in 'A'", "→"),
      ("alter segment 1 as in 1", "depend on itself"),
      ("create segment 'A' as in 'Repeat buyers'; drop segment 2", "is used by"),
      (
        "create segment 'A' as in 'Repeat buyers'; alter segment 2 rename to 'B'",
        "name 'Repeat buyers'"
      ),
      ("alter segment 1 rename to 'Repeat buyers'", "is called 'Repeat buyers' already"),
      ("alter segment 1 set status = on", "active or inactive"),
      ("drop segment 99", "there is no segment 99"),
    ])
  func refused(statements: String, message: String) throws {
    #expect(try run(statements, code: 1).errors.contains(message))
  }

  @Test("After a change the old members stay, and are told to be stale")
  func stale() throws {
    let run = try run(
      "alter segment 2 as count(orders) > 5",
      "select customers > 0 as some, freshness from segments where id = 2",
      "select count() > 0 as some from 2", "refresh 2",
      "select freshness from segments where id = 2")
    #expect(
      run.output.hasPrefix("some\tFreshness\ntrue\tstale\n")
        && run.output.hasSuffix("Freshness\nfresh\n"))
    #expect(run.errors.contains("is stale: its rule changed after the last refresh"))
  }

  @Test(
    "A condition on a customer's segments sees the customer's columns",
    arguments: [
      (
        "exists(segments where status = active and country = FR)",
        "country = FR and exists(segments where status = active)"
      ),
      (
        "count(segments where website = customers.website) > 0",
        """
        website = 'B2B' and count(segments where website = 'B2B') > 0 \
        or website = Outlet and count(segments where website = Outlet) > 0 \
        or website = 'Main Website' and count(segments where website = 'Main Website') > 0
        """
      ),
      (
        "count(segments where customers.country != website) > 0",
        "country is not null and count(segments where website is not null) > 0"
      ),
      (
        "max(segments.id where id < 3 and (country = FR or in 2)) = 1",
        "country = FR and in 1 and not in 2"
      ),
      (
        "count(segments where rfm_recency > 3 and since < refreshed) > 2",
        "rfm_recency > 3 and count(segments where id > 0) > 2"
      ),
    ])
  func customersOfSegments(condition: String, same: String) throws {
    let run = try run(
      "refresh all", "select id from customers where \(condition)",
      "select id from customers where \(same)")
    let results = run.output.components(separatedBy: "\n\n").suffix(2).map {
      $0.split(separator: "\n")
    }
    #expect(
      results[0] == results[1] && results[0].count > 1, "\(results.map(\.count)) \(run.errors)")
  }

  @Test("A refresh by stale segments says so, once for each that it does not refresh itself")
  func staleRules() throws {
    let run = try run(
      "create segment 'A' as in 2", "create segment 'B' as in 2 and id < 100",
      "alter segment 2 as count(orders) > 5", "refresh 'A', 'B'", "refresh 'B', 2")
    let notes = run.errors.components(separatedBy: "note: segment 2 'Repeat buyers' is stale")
    #expect(notes.count == 2 && run.errors.contains("help: refresh 2"), "\(run.errors)")
  }

  @Test("Dropped segments are gone, from the ticks too; replaced ones keep their id")
  func drop() throws {
    let run = try run(
      "select 3, 4", "drop segment 3",
      "select count() as n from segments where id = 3 or selected = true",
      "create or replace segment 'VIP customers' as id < 5",
      "select id, rule from segments where segment = 'VIP customers'")
    #expect(run.output == "n\n1\n\nID\tRule\n1\tid < 5\n", "\(run)")
  }
}
