import Foundation
import SegqTestSupport
import Testing

@Suite("CDNOW: data that nobody here made")
struct CdnowTests {
  @Test("The known totals come out exactly, and the example reports on them")
  func totals() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let root = Golden.tests.deletingLastPathComponent().path
    let made = try Program.shell("\"$1/scripts/cdnow\" store", [root], in: folder)
    try #require(made.code == 0, "\(made.errors)")
    let questions = [
      "select count() from customers", "select count(), sum(total) from orders",
      "select count() from customers where count(orders) = 1",
    ]
    let run = try Program.run(
      ["store", "--no-header"] + questions.flatMap { ["-c", $0] }, in: folder)
    #expect(run.errors == "")
    #expect(run.output == "23570\n\n69659,2500315.63\n\n11908\n")
    let report = try Program.run(["store", root + "/docs/examples/cdnow.segq"], in: folder)
    #expect(report.code == 0 && report.errors == "")
    #expect(report.output.contains("one_time_buyers\n11908\n"))
    #expect(report.output.contains("repeat_buyers\n11662\n"))
  }
}
