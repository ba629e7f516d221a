import Foundation
import SegqTestSupport
import Testing

@Suite("Many segments are refreshed in one go")
struct RefreshTests {
  /// Rules with figures and conditions in common, with nulls, and one that names another.
  private static let rules = [
    "count(orders where status = complete) >= 2", "count(orders where status = complete) >= 3",
    "not (avg(orders.total) > 100)", "avg(orders.total) > 100 or country = FR",
    "avg(orders.total) > 100 and state != MA", "not (avg(orders.total) > 100 and state = MA)",
    "exists(orders where date >= 2025) and email contains gmail",
    "not exists(orders where date >= 2025) or email contains gmail",
    "not (zip starts with 0)", "zip starts with 0 or phone contains 555", "in 'R1' and not in 'R2'",
    "count(orders where status == Complete) = 0", "count(orders where status == complete) = 0",
    "rfm_group = Champions or id < 100", "not (rfm_group = Champions)", "rfm_recency = 5",
    "max(orders.date) - min(orders.date) > 100", "max(orders.date) > 2026",
  ]

  private func members(_ refreshes: [String]) throws -> String {
    let made = Self.rules.enumerated().map { "create segment 'R\($0)' as \($1)" }
    let asked = Self.rules.indices.map { "select id from 'R\($0)'" }
    let run = try Program.run(
      [Program.demo, "-c", (made + refreshes + asked).joined(separator: "\n")])
    #expect(run.code == 0, "\(run.errors)")
    let parts = run.output.components(separatedBy: "\n\n")
    return parts.suffix(asked.count).joined(separator: "\n\n")
  }

  @Test("Together they have the members that they have one by one")
  func together() throws {
    let all = Self.rules.indices.map { "'R\($0)'" }
    let together = try members(["refresh " + all.joined(separator: ", ")])
    #expect(try together == members(all.map { "refresh \($0)" }))
    // The other way round they come by what they name, not by the list.
    #expect(try together == members(["refresh " + all.reversed().joined(separator: ", ")]))
  }

  @Test("A rule that can't run says what it needs, and keeps no other from being refreshed")
  func obstacles() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try "ID,Country\n1,FR\n2,\n".write(
      to: folder.appending(path: "customers.csv"), atomically: true, encoding: .utf8)
    try "ID,Segment,Rule\n1,A,count(carts) > 1\n2,B,country = FR\n3,C,(country\n".write(
      to: folder.appending(path: "segments.csv"), atomically: true, encoding: .utf8)
    let run = try Program.run(
      [
        folder.path, "--no-header", "--on-error", "continue", "-c",
        "select id, freshness, reason from segments; refresh all; select id, customers from segments",
      ])
    #expect(run.code == 1)
    #expect(
      run.output.hasPrefix(
        "1,unavailable,\"its rule needs carts, and these are not loaded\"\n2,unavailable,never refreshed\n"
          + "3,unavailable,its rule is not understood"), "\(run.output)")
    #expect(run.output.hasSuffix("1,\n2,1\n3,\n"), "\(run.output)")
    let drill = try Program.run([folder.path, "-c", "drill 1"])
    #expect(drill.errors.contains("segment 1 'A': its rule needs carts"), "\(drill.errors)")
    #expect(drill.errors.contains("help: load 'carts.csv'; then refresh 1"), "\(drill.errors)")
  }

  @Test("A column that is missing is named before anything is refreshed", arguments: [false, true])
  func missingColumns(isKept: Bool) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    func write(_ name: String, _ text: String) throws {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    try write("customers.csv", "ID,Country\n1,FR\n2,\n")
    try write("orders.csv", "Order ID,Customer ID,Grand Total,Note\n1,1,5.5,a\n")
    try write(
      "segments.csv",
      """
      ID,Segment,Rule
      1,A,sum(orders.margin) > 1
      2,B,count(orders where total > 1 and chanel = web) > 0
      3,C,sum(orders.note) > 1
      4,D,count(orders where note = 5) > 0 and total > 3
      5,E,in 99
      6,F,exists(orders where country = FR and note > 3)
      7,G,exists(orders) and points > 3

      """)
    let store = isKept ? "s.segdb" : folder.path
    if isKept {
      #expect(try Program.run([folder.path, "-c", "save 's.segdb'"], in: folder).code == 0)
    }
    let run = try Program.run(
      [store, "-F", "tsv", "--no-header", "-c", "select id, reason from segments"], in: folder)
    let reasons = run.output.split(separator: "\n").map { $0.split(separator: "\t")[1] }
    let unable = "its rule cannot be evaluated: "
    #expect(reasons.count == 7, "\(run)")
    #expect(reasons[0].hasPrefix(unable) && reasons[0].contains("margin"), "\(run.output)")
    #expect(reasons[1].hasPrefix(unable) && reasons[1].contains("chanel"), "\(run.output)")
    // What type a column has is known when it is there, and not by its header.
    #expect(reasons[2].hasPrefix(isKept ? unable : "never refreshed"), "\(run.output)")
    #expect(reasons[3].hasPrefix(unable) && reasons[3].contains("total"), "\(run.output)")
    #expect(reasons[4] == "its rule cannot be evaluated: there is no segment 99", "\(run.output)")
    #expect(reasons[5] == "never refreshed", "\(run.output)")
    #expect(reasons[6].hasPrefix(unable) && reasons[6].contains("points"), "\(run.output)")
    let drill = try Program.run([store, "-c", "drill 2"], in: folder)
    #expect(
      drill.errors.contains("help: alter segment 2 as …, or load what it needs; then refresh 2"))
    let read = try Program.run(
      [
        store, "-F", "tsv", "--no-header", "-c",
        "select count() from orders; select reason from segments where id = 3",
      ], in: folder)
    #expect(read.output.contains(unable), "\(read.output)")
    let growth = try Program.run([store, "-c", "growth 1; growth 6"], in: folder)
    #expect(growth.errors.contains("nothing is known of the growth of segment 1 'A': \(unable)"))
    #expect(growth.errors.contains("of segment 6 'F': never refreshed\nhelp: refresh 6"))
  }

  @Test(
    "An answer on a stale segment says so once, whatever kind it is",
    arguments: [
      "drill 1", "select count() from 1", "select count() from customers where in 1",
      "overlap 1, 2", "compare 1 with 2", "profile 1 by group", "drift 1", "why 8 in 1",
      "export 1 as csv to '/dev/null'",
      "select count() from customers where count(segments where id < 4) > 1",
      "select id from segments where has 20", "echo (select count() from 1)",
      "select (select count() from 1) as n", "for c in select count() as n from 1 { echo $c }",
      "drill 1 where in 1", "assert (select count() from 1) > 0",
    ])
  func stale(statement: String) throws {
    let run = try Program.run(
      [Program.demo, "-c", "alter segment 1 as id > 500\n\(statement)"])
    #expect(run.code == 0, "\(run.errors)")
    #expect(
      run.errors.components(separatedBy: "segment 1 'VIP customers' is stale").count == 2,
      "\(run.errors)")
    let fresh = try Program.run(
      [Program.demo, "-c", "set auto_refresh = on; alter segment 1 as id > 500\n\(statement)"])
    let keeps = ["drift", "why"].contains { statement.contains($0) }
    #expect(fresh.errors.contains("is stale") == keeps, "\(fresh.errors)")
  }

  @Test("With auto_refresh what is used is refreshed first, with what its rule names")
  func automatic() throws {
    let run = try Program.run(
      [
        Program.demo, "--no-header", "-c",
        """
        set auto_refresh = on
        alter segment 1 as id > 500
        create segment 'X' as in 1 and id < 600
        select count() from 'X'
        select count() from customers where id > 500 and id < 600
        select freshness from segments where id = 1
        """,
      ])
    let parts = run.output.split(separator: "\n")
    #expect(parts.count == 3 && parts[0] == parts[1] && parts[2] == "fresh", "\(run)")
  }
}
