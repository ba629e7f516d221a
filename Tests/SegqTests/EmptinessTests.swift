import SegqTestSupport
import Testing

@Suite("An answer without rows says which condition removed the last ones")
struct EmptinessTests {
  @Test(
    "The condition is underlined, and the nearest value named",
    arguments: [
      (
        "select customers where country = FR and sum(orders.total) > 99999",
        "sum(orders.total) > 99999",
        "select max(sum(orders.total)) from customers where country = FR"
      ),
      (
        "select id from customers where country = DE and since >= 2030", "since >= 2030",
        "select max(since) from customers where country = DE"
      ),
      ("drill 1 where id < 1", "id < 1", "select min(id) from 1"),
      (
        "select orders where total between -5 and -1 and status = complete",
        "total between -5 and -1", "select min(total) from orders"
      ),
      (
        "overlap 1, 2, 3 where shared > 99999", "shared > 99999",
        "overlap 1, 2; select shared from _"
      ),
    ])
  func nearest(statement: String, condition: String, value: String) throws {
    let run = try Program.run([Program.demo, "-c", statement])
    #expect(run.code == 0)
    #expect(!run.output.contains("note"))
    let lines = run.errors.split(separator: "\n").map(String.init)
    let caret = try #require(lines.first { $0.contains("^") })
    let shown = try #require(lines.first { $0.contains(condition) })
    let start = caret.distance(
      from: caret.startIndex, to: caret.firstIndex(of: "^") ?? caret.endIndex)
    #expect(shown.dropFirst(start).hasPrefix(condition), "\(run.errors)")
    let answer = try Program.run([Program.demo, "--no-header", "-c", value]).output
    let wanted = answer.split(separator: "\n").last.map(String.init) ?? ""
    #expect(run.errors.contains("help: the nearest is \(wanted)"), "\(run.errors)\(wanted)")
  }

  @Test(
    "Of texts it is the one that is spelt most alike among the rows that are left, with its count")
  func texts() throws {
    let run = try Program.run(
      [Program.demo, "-c", "select orders where customers.country = Japan and status == Complete"])
    let count = try Program.run(
      [
        Program.demo, "--no-header", "-c",
        "select count() from orders where customers.country = Japan and status = complete",
      ]
    ).output.split(separator: "\n")[0]
    #expect(
      run.errors.contains("help: the nearest is 'complete', of \(count) rows"), "\(run.errors)")
  }

  @Test(
    "It is told once, not with --quiet, and not where there are rows or no conditions",
    arguments: [
      "select customers where country = Frence", "select customers limit 0",
      "select country, count() as n from customers where id > 0 group by country having n > 99999",
    ])
  func silent(statement: String) throws {
    #expect(try !Program.run([Program.demo, "-c", statement]).errors.contains("note:"))
    #expect(try Program.run([Program.demo, "--quiet", "-c", statement]).errors.isEmpty)
  }
}
