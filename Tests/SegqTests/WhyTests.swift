import Foundation
import SegqTestSupport
import Testing

@Suite("why says what the rule says, by the values of one customer")
struct WhyTests {
  private func run(_ statements: String..., code: Int32 = 0) throws -> Program.Run {
    let run = try Program.run(
      [
        Program.demo, "--now", "2026-11-24", "-F", "table", "-c",
        statements.joined(separator: "\n"),
      ]
    )
    #expect(run.code == code, "\(run.errors)")
    return run
  }

  /// Conditions of every kind, with nulls and with what can't be true.
  static let rules = [
    "country = FR or not (zip is null or zip > 5)", "state != 'MA' and not (state = 'MA')",
    "count(orders where status = complete) >= 2 and not in 3",
    "not exists(orders where date >= 2025)",
    "avg(orders.total) > 100 or max(orders.total) <= 50",
    "phone contains 555 and name not like 'A%'",
    "in 1 + 2 - 3 or country in (DE, FR, 'Japan')", "since between 2022 and 2023-06 or dob < 1960",
    "not (avg(orders.total) > 100 and state = MA)", "sum(items.quantity) > count(orders) * 3",
    "gender is empty or email matches '^[a-m].*[.]com$'",
    "rfm_group = Champions and group != General",
    "count(segments where status = active) >= 3", "null or id > 500", "not null",
    "days_since(since) < 1000 and domain(email) = 'gmail.com'", "website == 'Outlet'",
  ]

  @Test("Its root is what a refresh comes to, for every segment and customer", arguments: rules)
  func asRefreshed(rule: String) throws {
    let all = try Program.run([Program.demo, "--no-header", "-c", "select id from customers"])
    let ids = all.output.split(separator: "\n").enumerated().filter { $0.offset % 31 == 0 }.map(
      \.element)
    let whys = ids.map { "why \($0) in 'R' where level = 0" }.joined(separator: "\n")
    let told = try Program.run(
      [
        Program.demo, "-F", "tsv", "--no-header", "-c",
        "create segment 'R' for 'Main Website' as \(rule)\n\(whys)",
      ])
    #expect(told.code == 0, "\(told.errors)")
    let refreshed = try Program.run(
      [
        Program.demo, "-F", "tsv", "--no-header", "-c",
        "create segment 'R' for 'Main Website' as \(rule)\nrefresh 'R'\nselect id from 'R'",
      ])
    let parts = refreshed.output.components(separatedBy: "\n\n")
    let members = Set(parts.last?.split(separator: "\n").map(String.init) ?? [])
    for (id, line) in zip(ids, told.output.split(separator: "\n")) {
      let holds = line.split(separator: "\t", omittingEmptySubsequences: false)[2] == "true"
      #expect(holds == members.contains(String(id)), "\(rule): \(id): \(line)")
    }
  }

  @Test("Whether the stored members agree is in the first line")
  func stored() throws {
    let run = try run(
      "alter segment 1 as id != 20", "why 20 in 1", "alter segment 1 as true", "why 9 in 1",
      "why 8 in 15", "why 8 in 18")
    let roots = run.output.split(separator: "\n").filter { $0.contains(" segment ") }
    #expect(roots[0].hasSuffix("and leaves at the next refresh"), "\(roots)")
    #expect(roots[1].hasSuffix("and joins at the next refresh"))
    #expect(roots[2].hasSuffix("it has no rule"))
    #expect(roots[3].contains("never refreshed"))
    #expect(run.errors.contains("segment 1 'VIP customers' is stale"))
  }

  @Test("What can't be told says why, and keeps nothing else from being told")
  func unknown() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try "ID,Country\n1,FR\n2,\n".write(
      to: folder.appending(path: "customers.csv"), atomically: true, encoding: .utf8)
    try "ID,Segment,Rule\n1,A,country = FR and sum(orders.total) > 5\n2,B,contry = FR\n".write(
      to: folder.appending(path: "segments.csv"), atomically: true, encoding: .utf8)
    let run = try Program.run(
      [folder.path, "-F", "table", "-c", "why 1 in 1; why 2 in 1; why 2 in 2"])
    #expect(run.code == 0)
    #expect(
      run.output == """
        ? segment 1 'A': never refreshed, and its rule cannot be evaluated
        └─ ? all of these
           ├─ ✓ country = FR
           └─ ? sum(orders.total) > 5: there is no table 'orders'

        ? segment 1 'A': never refreshed, and its rule cannot be evaluated
        └─ ? all of these
           ├─ ? country is null, needs FR
           └─ ? sum(orders.total) > 5: there is no table 'orders'

        ? segment 2 'B': never refreshed, and its rule cannot be evaluated
        └─ ? contry = FR: customers has no column 'contry'

        """, "\(run.output)")
  }

  @Test("A customer is told by id or email; who is not there is named")
  func customers() throws {
    let email = try Program.run(
      [Program.demo, "--no-header", "-c", "select email from customers where id = 8"]
    ).output.trimmingCharacters(in: .newlines)
    #expect(try run("why 8 in 1").output == run("why '\(email)' in 1").output)
    #expect(try run("why 'x@y.z' in 1", code: 1).errors.contains("there is no customer 'x@y.z'"))
    #expect(try run("why 8 in selected", code: 1).errors.contains("no segment is selected"))
    #expect(try run("select 1, 2; why 8 in selected", code: 1).errors.contains("single segment"))
  }

  @Test("As JSON the tree is nested, one document")
  func json() throws {
    let text = try run("why 12 in 12 as json").output
    let root = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let rule = (root?["children"] as? [[String: Any]])?.first
    #expect(rule?["condition"] as? String == "all of these")
    #expect((rule?["children"] as? [[String: Any]])?.count == 2)
  }

  /// What `segq` says of a store with these segments and two customers, the second from nowhere.
  private func told(_ segments: String, _ statements: String) throws -> Program.Run {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try "ID,Country\n1,FR\n2,\n".write(
      to: folder.appending(path: "customers.csv"), atomically: true, encoding: .utf8)
    try segments.write(
      to: folder.appending(path: "segments.csv"), atomically: true, encoding: .utf8)
    return try Program.run([folder.path, "-F", "table", "-c", statements])
  }

  @Test("A segment for visitors takes nobody, and why and drift say so")
  func visitors() throws {
    let run = try told(
      "ID,Segment,Apply To,Rule\n1,V,Visitors,true\n", "why 1 in 1; drift 1; refresh 1; why 1 in 1")
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("✗ it applies to visitors only, so that no customer is ever in it"))
    #expect(!run.output.contains("joins"))
    #expect(run.errors.contains("0 would join, 0 leave and 0 stay"), "\(run.errors)")
  }

  @Test("Rules that go in a circle are named, and end")
  func circle() throws {
    let run = try told(
      "ID,Segment,Rule\n9,A,in 10\n10,B,in 9\n11,C,in 11\n",
      "why 1 in 9; why 1 in 11; select id, freshness, reason from segments")
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("? segment 9 'A': its rule depends on itself"), "\(run.output)")
    #expect(run.output.contains("? segment 11 'C': its rule depends on itself"))
    #expect(run.output.contains("unavailable"))
  }

  @Test("A segment that is named again is not opened again")
  func twice() throws {
    let lines = (2...18).map { "\($0),S\($0),in \($0 - 1) or in \($0 - 1) and id > 0" }
    let run = try told(
      (["ID,Segment,Rule", "1,S1,country = FR"] + lines).joined(separator: "\n") + "\n",
      "refresh all; why 1 in 18")
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.split(separator: "\n").filter { $0.contains("country = FR") }.count == 1)
    #expect(run.output.contains("and the rule agrees, as above"), "\(run.output)")
  }

  @Test("coalesce(CONDITION, false) is told by the values of the condition")
  func assumed() throws {
    let run = try told(
      "ID,Segment,Rule\n1,N,\"not coalesce(country = DE, false)\"\n",
      "why 1 in 1; why 2 in 1; refresh 1")
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("✗ country = FR, not DE"), "\(run.output)")
    #expect(run.output.contains("✗ country is null, needs DE, which counts as no"))
    #expect(run.output.contains("2"))
  }

  @Test("A rule over segments is not about its own segment")
  func itself() throws {
    let run = try told(
      "ID,Segment,Status,Rule\n1,A,Active,country = FR\n2,Z,Active,count(segments where status = active) > 0\n",
      "refresh 1, 2; select count() from 2; why 1 in 2")
    #expect(run.code == 0, "\(run.errors)")
    #expect(run.output.contains("count(segments where status = active) = 1"), "\(run.output)")
  }
}
