import Foundation
import SegqTestSupport
import Testing

@Suite("The Select column")
struct SelectionTests {
  static let cases: [(statements: String, selected: [Int])] = [
    ("select 1, 2", [1, 2]), ("select 1; select 'VIP customers', 3", [1, 3]),
    ("select all; deselect all", []), ("select 1, 2, 3; unselect 2", [1, 3]),
    ("select segments where id < 4; select all", [1, 2, 3]),
    ("select 5; select segments where id < 4; select all", [1, 2, 3]),
    ("select 5; select segments where id < 4; select visible", [1, 2, 3]),
    ("select 5, 1; select segments where id < 4; unselect visible", [5]),
    ("select segments where id > 14 order by id desc limit 2; select visible", [18, 20]),
    ("select 5; select id from segments where id < 3; unselect visible", []),
  ]

  @Test("The verbs do to it what the Admin's grid does", arguments: cases)
  func verbs(statements: String, selected: [Int]) throws {
    let run = try Program.run(
      [
        Program.demo, "--quiet", "--no-header", "-c", statements, "-c",
        "select id from segments where selected",
      ])
    #expect(run.code == 0 && run.errors == "")
    let answer = run.output.components(separatedBy: "\n\n").last ?? ""
    #expect(answer.split(separator: "\n").compactMap { Int($0) } == selected)
  }

  @Test("Nothing selected is an error that says how to select")
  func nothing() throws {
    let run = try Program.run([Program.demo, "-c", "drill selected"])
    #expect(run.code == 1 && run.errors.contains("help: tick some first"))
  }

  @Test("A segment that was never refreshed is an error everywhere, until it is refreshed")
  func unavailable() throws {
    for statement in [
      "drill 18", "drill 1 + 18", "export 18 as csv", "select id from 18",
      "select count() from customers where in 18",
    ] {
      let run = try Program.run([Program.demo, "-c", statement])
      #expect(run.code == 1 && run.output == "" && run.errors.contains("help: refresh 18"))
    }
    let run = try Program.run([
      Program.demo, "--no-header", "-c",
      "refresh 18; select customers > 0 from segments where id = 18",
    ])
    #expect(run.output.hasSuffix("\n\ntrue\n"))
    let grid = try Program.run([
      Program.demo, "--no-header", "-c", "select customers, freshness from segments where id = 18",
    ])
    #expect(grid.output == ",unavailable\n")
  }
}
