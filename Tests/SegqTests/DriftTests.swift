import Foundation
import SegqTestSupport
import Testing

@Suite("drift sets stored members beside what the rule gives now")
struct DriftTests {
  private func run(_ statements: String..., code: Int32 = 0) throws -> Program.Run {
    let run = try Program.run(
      [Program.demo, "--now", "2026-11-24", "-c", statements.joined(separator: "\n")])
    #expect(run.code == code, "\(run.errors)")
    return run
  }

  @Test("Who joins and who leaves is what the rule and the members say", arguments: [2, 3, 4, 17])
  func changes(segment: Int) throws {
    let rule = try run("select rule from segments where id = \(segment)").output
      .split(separator: "\n")[1].trimmingCharacters(in: ["\""]).replacing("\"\"", with: "\"")
    let joins = try run("select id from customers where (\(rule)) and not in \(segment)")
    let leaves = try run("select id from \(segment) where not coalesce(if(\(rule), 1, 0), 0) = 1")
    func ids(_ change: String) throws -> String {
      try run("drift \(segment) where change = \(change); select id from _").output
        .components(separatedBy: "\n\n")[1]
    }
    #expect(try ids("joins") == joins.output)
    #expect(try ids("leaves") == leaves.output)
  }

  @Test("The counts are told, and nothing is changed by asking")
  func counts() throws {
    let run = try run(
      "alter segment 1 as in 2", "drift 1 limit 1", "select count() from 1",
      "select freshness from segments where id = 1", "select count() from 2 - 1",
      "select count() from 1 - 2")
    let parts = run.output.components(separatedBy: "\n\n").map { $0.split(separator: "\n").last }
    let (only2, only1) = (Int(parts[3] ?? "") ?? -1, Int(parts[4] ?? "") ?? -1)
    #expect(run.errors.contains("note: \(only2) would join, \(only1) leave"), "\(run.errors)")
    #expect(parts[2] == "stale")
  }

  @Test("Without a rule, or with members that are not known, there is nothing to compare")
  func refused() throws {
    #expect(try run("drift 15", code: 1).errors.contains("has no rule"))
    #expect(try run("drift 18", code: 1).errors.contains("never refreshed"))
    #expect(
      try run("alter segment 1 as in 18; drift 1", code: 1).errors.contains(
        "the rule of segment 1 'VIP customers' cannot be evaluated"))
  }
}
