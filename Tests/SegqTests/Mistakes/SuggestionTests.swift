import Foundation
import SegqLanguage
import SegqTestSupport
import Testing

@Suite("What messages tell to write is right")
struct SuggestionTests {
  /// What was typed, what the message tells to write, the whole as it is then, and a statement of another
  /// kind that says the same.
  struct Case: CustomTestStringConvertible, Sendable {
    let wrong: String
    let told: String
    let whole: String
    let same: String
    var testDescription: String { wrong }

    init(_ wrong: String, _ told: String, _ whole: String, same: String? = nil) {
      (self.wrong, self.told, self.whole, self.same) = (wrong, told, whole, same ?? whole)
    }
  }

  private static func count(_ condition: String) -> String {
    "select count() as n from customers where \(condition)"
  }

  /// A condition with a mistake, what to write in its place, and the same said in another way.
  private static func condition(
    _ wrong: String, _ told: String, _ right: String? = nil, same: String
  ) -> Case {
    Case(count(wrong), "write \(told)", count(right ?? told), same: count(same))
  }

  static let cases: [Case] = [
    condition(
      "country != FR or DE", "country not in (FR, DE)", same: "country != FR and country != DE"),
    condition(
      "country <> FR or DE or IT", "country not in (FR, DE, IT)",
      same: "country != FR and country != DE and country != IT"),
    condition(
      "country != FR and DE", "country not in (FR, DE)",
      same: "country != FR and country != DE"),
    condition("country = FR or DE", "country in (FR, DE)", same: "country = FR or country = DE"),
    condition("country = FR and DE", "country in (FR, DE)", same: "country = FR or country = DE"),
    condition(
      "not country = FR or DE", "country not in (FR, DE)",
      same: "country != FR and country != DE"),
    condition(
      "country in (FR, IT) or DE", "country in (FR, IT, DE)",
      same: "country = FR or country = IT or country = DE"),
    condition(
      "country = FR or DE and id > 5", "country in (FR, DE)",
      "country in (FR, DE) and id > 5", same: "id > 5 and (country = FR or country = DE)"),
    condition(
      "name contains mu or sch", "name contains mu or name contains sch",
      same: "name like '%mu%' or name like '%sch%'"),
    condition(
      "name not contains mu or sch", "name not contains mu and name not contains sch",
      same: "not (name like '%mu%' or name like '%sch%')"),
    condition(
      "since >= 2024-01 and 2024-06", "since between 2024-01 and 2024-06",
      same: "since >= 2024-01 and since < 2024-07"),
    condition("id >= 10 and 20", "id between 10 and 20", same: "id >= 10 and id <= 20"),
    condition("country FR", "country = FR", same: "country in (FR)"),
    condition("state New York", "state = 'New York'", same: "state in ('New York')"),
    condition(
      "id > 5 and country FR", "country = FR", "id > 5 and country = FR",
      same: "country in (FR) and id > 5"),
    condition(
      "count(orders where status complete) > 1", "status = complete",
      "count(orders where status = complete) > 1",
      same: "sum(orders.id * 0 + 1 where status in (complete)) > 1"),
    condition(
      "since last month", "since = last month", same: "since between last month and last month"),
    condition(
      "since is last month", "since = last month",
      same: "since between last month and last month"),
    condition("since 30d", "since >= -30d", same: "days_since(since) <= 30"),
    condition(
      "since -30d and id > 2", "since >= -30d", "since >= -30d and id > 2",
      same: "days_since(since) <= 30 and id > 2"),
    condition(
      "email ann@example.com", "email = 'ann@example.com'", same: "email in ('ann@example.com')"),
    condition("country is FR", "country = FR", same: "country in (FR)"),
    condition("country is not FR", "country != FR", same: "country not in (FR)"),
    condition(
      "sum(orders.total) over 500", "sum(orders.total) > 500", same: "500 < sum(orders.total)"),
    condition("id is greater than 5", "id > 5", same: "5 < id"),
    condition("count(orders) is not more than 3", "count(orders) <= 3", same: "3 >= count(orders)"),
    condition("count(orders) at least 3", "count(orders) >= 3", same: "3 <= count(orders)"),
    condition("since before 2025", "since < 2025", same: "year(since) < 2025"),
    condition("country equals FR", "country = FR", same: "country in (FR)"),
    condition(
      "country = FR since 2025", "and since >= 2025", "country = FR and since >= 2025",
      same: "country = FR and year(since) >= 2025"),
    condition("name = O'Brien", "'O''Brien'", "name = 'O''Brien'", same: "name in (\"O'Brien\")"),
    condition(
      "name contains O'Brien and id > 0", "'O''Brien'", "name contains 'O''Brien' and id > 0",
      same: "name contains \"O'Brien\""),
    condition("count(orders) > 1k", "1000", "count(orders) > 1000", same: "count(orders) > 1000"),
    condition(
      "sum(orders.total) > 1.5k", "1500", "sum(orders.total) > 1500",
      same: "sum(orders.total) > 1500"),
    condition(
      "sum(orders.total) > 2m", "2000000", "sum(orders.total) > 2000000",
      same: "sum(orders.total) > 2000000"),
    condition("bucket(id, 1k) = 0", "1000", "bucket(id, 1000) = 0", same: "id < 1000"),
    condition("since > current_date", "'today'", "since > today", same: "since > today"),
    Case("compare 1 2", "write compare 1 with 2", "compare 1 with 2"),
    Case("compare 1, 2", "write compare 1 with 2", "compare 1 with 2"),
    Case("compare 1 and 2", "write compare 1 with 2", "compare 1 with 2"),
    Case(
      "compare 'VIP customers' vs 2", "write compare 'VIP customers' with 2",
      "compare 'VIP customers' with 2"),
    Case("compare 1 + 2 to 4", "write compare 1 + 2 with 4", "compare 1 + 2 with 4"),
    Case("summarize customers", "write describe customers", "describe customers"),
    Case("select current_date", "write 'today'", "select today as d"),
    Case("let country = FR", "for a text write 'FR'", "let country = 'FR'"),
    Case("let x = Main Website", "write 'Main Website'", "let x = 'Main Website'"),
    Case(
      "select count() from customers where name = 'O'Brien'", "write 'O''Brien'",
      count("name = 'O''Brien'")),
  ]

  @Test("What was meant is what the help says", arguments: cases)
  func meant(one: Case) throws {
    let wrong = try Self.run(one.wrong)
    #expect(wrong.code != 0)
    let helps = wrong.errors.split(separator: "\n").filter { $0.hasPrefix("help: ") }
    #expect(helps.count == 1 && helps.allSatisfy { $0.contains(one.told) }, "\(wrong.errors)")
    let (whole, same) = (try Self.run(one.whole), try Self.run(one.same))
    #expect(whole.code == 0 && same.code == 0, "\(whole.errors) \(same.errors)")
    #expect(whole.output == same.output)
  }

  @Test(
    "A hint that changes nothing is right too: the statement in it does what was probably meant",
    arguments: [
      ("select count() as n from customers where since >= 30d", "-30d"),
      ("select count() as n from customers where since < 3m", "-3m"),
    ])
  func future(statement: String, told: String) throws {
    let hinted = try Self.run(statement)
    #expect(hinted.code == 0 && hinted.errors.contains("help: write \(told) "))
    let right = try Self.run(statement.replacingOccurrences(of: told.dropFirst(), with: told))
    #expect(right.code == 0 && right.errors == "" && right.output != hinted.output)
  }

  @Test("A number beside texts that begin with zeros names the text that there is")
  func zeros() throws {
    let known = try Self.run("select distinct zip from customers").output.split(separator: "\n")
    let zip = try #require(
      known.map(String.init).first { zip in
        zip.hasPrefix("0") && zip.allSatisfy(\.isNumber)
          && !known.contains { $0 == zip.drop { $0 == "0" } }
      })
    let digits = String(zip.drop { $0 == "0" })
    let hinted = try Self.run("select count() as n from customers where zip = \(digits)")
    #expect(hinted.output == "n\n0\n" && hinted.errors.contains("did you mean \(zip)?"))
    let right = try Self.run("select count() > 0 as n from customers where zip = \(zip)")
    #expect(right.output == "n\ntrue\n" && right.errors == "")
  }

  @Test(
    "Legal values that no row has are no mistake, others are",
    arguments: [
      ("freshness != unavailable", false), ("freshness = stale", false),
      ("status = inactive", false),
      ("freshness = unknown", true), ("status = on", true),
    ])
  func legal(condition: String, isWrong: Bool) throws {
    let run = try Self.run("refresh all; select count() as n from segments where \(condition)")
    #expect(run.errors.contains("no row has") == isWrong, "\(run.errors)")
  }

  @Test(
    "A row for each customer, where one over all was probably meant, is noted with the other form")
  func rowEach() throws {
    let each = try Self.run("select avg(orders.total) as a from customers where country = FR")
    #expect(each.errors.contains("note: this gives a row for each row of customers"))
    let help = try #require(each.errors.split(separator: "\n").first { $0.hasPrefix("help: ") })
    let statement = String(help.split(separator: ": ", maxSplits: 2)[2])
    #expect(statement == "select avg(orders.total) as a from orders where country = FR")
    let all = try Self.run(statement)
    let same = try Self.run(
      "select sum(total) / count(total) as a from orders where customers.country = France")
    #expect(all.output == same.output && all.errors == "")
    for plain in [
      "select id, avg(orders.total) from customers", "select avg(orders.total) from orders",
      "select avg(count(orders)) from customers",
    ] {
      let run = try Self.run(plain)
      #expect(!run.errors.contains("a row for each"), "\(plain)")
    }
  }

  @Test("A name stands without 'as' wherever one stands with it")
  func bareNames() throws {
    for (bare, full) in [
      (
        "select country c, count() n from customers group by c order by n",
        "select country as c, count() as n from customers group by c order by n"
      ),
      ("select 1 n", "select 1 as n"),
      ("select distinct country c from 1", "select distinct country as c from 1"),
      (
        "for s in select id i from segments limit 2 { echo $s.i }",
        "for s in select id as i from segments limit 2 { echo $s.i }"
      ),
      ("select count() `my n` from 1", "select count() as `my n` from 1"),
      ("select (select count() n from 1) m", "select (select count() as n from 1) as m"),
    ] {
      let (a, b) = (try Self.run(bare), try Self.run(full))
      #expect(a.code == 0 && a.output == b.output && a.errors == b.errors, "\(bare): \(a.errors)")
    }
    let hidden = try Self.run("select id name from customers limit 1")
    #expect(hidden.code == 0 && hidden.errors.contains("warning: 'name' names id here"))
    #expect(hidden.errors.contains("write id, name for both, or id as name"))
  }

  /// Every form that a message of the wrong inputs tells to write.
  static let forms: [String] = {
    let files = Golden.files("Wrong", ending: ".out")
    let lines = files.flatMap { ((try? Golden.text($0)) ?? "").split(separator: "\n") }
    let told = lines.filter { $0.hasPrefix("help: write ") }
      .map { String($0.dropFirst("help: write ".count)) }
    return Set(told).filter { line in !notForms.contains { line.contains($0) } }.sorted()
  }()

  /// Helps that describe, with no form in them.
  private static let notForms = [
    "…", "without", " for ", "another", "at the end", "with the quotes", "the lower", "them alone",
    "the condition", "a length", "'open'", ", or ", "'not', or", "x is empty", "in ($args)",
    "case", "if(condition", "a and b", "; ",
  ]

  @Test("The forms of the wrong inputs parse where they are to stand", arguments: forms)
  func parses(form: String) throws {
    let quoted = form.count > 1 && form.first == "'" && form.last == "'"
    let inside = quoted ? String(form.dropFirst().dropLast()) : form
    let frames = [
      form, inside, "select \(form)", "select customers where \(inside)",
      "select customers where id \(inside)", "select customers where id \(inside) 5",
      "select customers where id = \(form)", "select customers \(inside)", "drill \(form)",
      "select id from customers order by \(inside)", "select \(inside) from customers",
      "load \(form)", "overlap \(form)", "select id as \(inside) from customers",
      "select customers where not (\(inside))", "watch \(inside) select segments",
    ]
    let parsing = frames.filter { Parser.parse(SourceText($0, name: "")).diagnostics.isEmpty }
    #expect(!parsing.isEmpty, "\(form)")
  }

  private static func run(_ statements: String) throws -> Program.Run {
    try Program.run([Program.demo, "--now", "2026-11-24", "-c", statements])
  }
}
