import Foundation
import SegqTestSupport
import Testing

/// `Tests/Corpus/*.segq`: the plans and answers on the demo store of 1,000 customers.
@Suite("The corpus, from plan to answer")
struct CorpusAnswerTests {
  static let files = Golden.files("Corpus", ending: ".segq")

  @Test("Answers", arguments: files)
  func answer(file: String) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let script = Golden.tests.appending(path: file)
    let name = script.lastPathComponent
    try FileManager.default.copyItem(at: script, to: folder.appending(path: name))
    let run = try Program.run(
      [Program.demo, "--now", "2026-11-24T12:00", "-F", "table", name], in: folder)
    let text =
      run.output + (run.errors.isEmpty ? "" : "--- told\n" + run.errors) + "exit \(run.code)\n"
    #expect(try Golden.matches(text, file.dropLast(4) + "answer"))
  }

  @Test("Plans", arguments: files)
  func plan(file: String) throws {
    let layout = try Program.run(["format", "-"], input: try Golden.text(file))
    var plans = ""
    // A plan for each statement that stands alone in its line.
    for line in layout.output.split(separator: "\n")
    where ["select ", "drill ", "overlap ", "compare "].contains(where: { line.hasPrefix($0) }) {
      let run = try Program.run(
        [
          Program.demo, "--now", "2026-11-24T12:00", "--on-error", "continue", "-c",
          "explain \(line)",
        ])
      let plan = run.output.components(separatedBy: "\nplan\n")
      guard plan.count == 2 else { continue }
      plans += "\(line)\n\(plan[1])"
    }
    #expect(try Golden.matches(plans, file.dropLast(4) + "plan"))
  }
}
