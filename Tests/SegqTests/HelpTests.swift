import Foundation
import SegqLanguage
import SegqTestSupport
import Testing

@Suite("What the pages say works")
struct HelpTests {
  @Test("Every example of help runs", arguments: StatementReference.all.flatMap(\.examples))
  func example(statement: String) throws { try expectToRun([statement]) }

  @Test("Every block of the pages runs", arguments: ["README.md", "docs/LANGUAGE.md"])
  func page(path: String) throws {
    let text = try Golden.text("../" + path)
    let blocks = text.components(separatedBy: "```segq\n").dropFirst()
    #expect(blocks.count >= 6)
    for block in blocks {
      let statements = block.prefix(upTo: block.range(of: "```")?.lowerBound ?? block.endIndex)
      try expectToRun(statements.split(separator: "\n").map(String.init))
    }
  }

  @Test("help knows every topic, and says what is near to one that it does not know")
  func topics() throws {
    for entry in StatementReference.all {
      let run = try Program.run(["-c", "help \(entry.name)"])
      #expect(run.code == 0 && run.output.contains(entry.summary))
    }
    let run = try Program.run(["-c", "help exprot"])
    #expect(run.code == 1 && run.errors.contains("help export"))
  }

  private func expectToRun(_ statements: [String]) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let run = try Program.run(
      [Program.demo, "-c", statements.joined(separator: "\n")], in: folder)
    #expect(run.code == 0, "\(statements): \(run.errors)")
    #expect(!run.errors.contains("error"), "\(statements): \(run.errors)")
  }
}
