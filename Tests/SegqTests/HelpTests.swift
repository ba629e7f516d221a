import Foundation
import SegqLanguage
import SegqTestSupport
import Testing

@Suite("What the pages say works")
struct HelpTests {
  @Test(
    "Every example of help runs",
    arguments: StatementReference.all.flatMap(\.examples).map(\.statement))
  func example(statement: String) throws { try expectToRun([statement]) }

  @Test("Every statement that runs has an example, unless it needs a terminal or a file")
  func examples() {
    let without = StatementReference.statements.filter { $0.examples.isEmpty }
    #expect(
      Set(without.map(\.name)) == [
        "open", "save", "undo", "forget", "source", "next", "last", "edit", "history",
        "quit", "watch",
      ])
  }

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
      for topic in [entry.name] + entry.keywords {
        let run = try Program.run(["-c", "help \(topic)"])
        #expect(run.code == 0 && !run.output.isEmpty && run.errors == "", "help \(topic)")
      }
      let run = try Program.run(["-c", "help \(entry.name)"])
      #expect(run.output.contains(entry.summary))
    }
    for function in FunctionReference.all {
      let run = try Program.run(["-c", "help \(function.name)"])
      #expect(run.code == 0 && run.errors == "", "help \(function.name)")
    }
    let near = try Program.run(["-c", "help exprot"])
    #expect(near.code == 0 && near.output.hasPrefix("export:") && near.errors.contains("'exprot'"))
    let far = try Program.run(["-c", "help xylophone"])
    #expect(far.code == 1 && far.errors.contains("'help' lists the topics"))
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
