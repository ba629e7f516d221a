import Foundation
import SegqLanguage
import SegqTestSupport
import Testing

/// The pages that are made from the one table; `scripts/manual` makes them anew.
@Suite("The pages say what the program says")
struct ManualTests {
  @Test("The answers of the examples are those of the demo store")
  func outputs() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let store = folder.appending(path: "store").path
    _ = try Program.run(["demo", store])
    var entries = ""
    for example in StatementReference.all.flatMap(\.examples) where !example.isVolatile {
      let run = try Program.run(
        [store, "--now", "2026-11-24", "-F", "table", "-c", example.statement], in: folder)
      #expect(run.code == 0, "\(example.statement): \(run.errors)")
      let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
      guard !lines.isEmpty else { continue }
      let shown = lines.prefix(12).map(String.init) + (lines.count > 12 ? ["…"] : [])
      entries += "    #\"\(example.statement)\"#: #\"\"\"\n"
      entries += shown.map { $0.isEmpty ? "\n" : "      \($0)\n" }.joined()
      entries += "      \"\"\"#,\n"
    }
    let file = """
      // Made by scripts/manual: the answers of the examples on the demo store. Do not edit.
      // swift-format-ignore-file
      extension StatementReference {
        static let outputs: [String: String] = [
      \(entries)  ]
      }

      """
    #expect(
      try Golden.matches(file, "../Sources/SegqLanguage/StatementReference+Outputs.swift"),
      "run scripts/manual")
  }

  @Test("docs/LANGUAGE.md has the reference")
  func language() throws {
    let marks = ("<!-- The reference, made by scripts/manual -->\n", "<!-- end -->")
    let page = try Golden.text("../docs/LANGUAGE.md")
    let start = try #require(page.range(of: marks.0)?.upperBound)
    let end = try #require(page.range(of: marks.1)?.lowerBound)
    let new = page[..<start] + Manual.markdown + page[end...]
    #expect(try Golden.matches(String(new), "../docs/LANGUAGE.md"), "run scripts/manual")
  }

  @Test("The man page is the help")
  func man() throws {
    let help = try Program.run(["--help"]).output
    #expect(try Golden.matches(Manual.man(help: help), "../docs/segq.1"), "run scripts/manual")
  }

  @Test("Editors colour the words that the grammar knows")
  func editors() throws {
    #expect(
      try Golden.matches(EditorFiles.textMate(), "../docs/editors/segq.tmLanguage.json"),
      "run scripts/manual")
    #expect(
      try Golden.matches(EditorFiles.vim, "../docs/editors/segq.vim"), "run scripts/manual")
  }

  @Test("No word is missing that the parser asks for")
  func keywords() throws {
    let corpus = try FileManager.default.contentsOfDirectory(
      at: Golden.tests.appending(path: "Corpus"), includingPropertiesForKeys: nil)
    var asked: Set<String> = []
    for file in corpus where file.pathExtension == "segq" {
      let text = Array(try Data(contentsOf: file))
      for end in text.indices where text[end] == UInt8(ascii: " ") {
        let source = SourceText(bytes: Array(text[..<end]), name: "")
        for expectation in Parser.expectations(atEndOf: source) {
          switch expectation {
          case .keyword(let word): asked.insert(word)
          case .words(let first, let second): asked.formUnion([first, second])
          default: continue
          }
        }
      }
    }
    #expect(asked.subtracting(Keywords.all).sorted() == [])
  }

  @Test(
    "The shells complete the options of --help, and no others", arguments: ["bash", "zsh", "fish"])
  func completions(shell: String) throws {
    let script = try Program.run(["--generate-completion-script", shell])
    #expect(script.code == 0)
    let pages = try ([[]] + ["demo", "check", "format"].map { [$0] }).map {
      try Program.run($0 + ["--help"]).output
    }
    let told = Set(pages.flatMap { $0.matches(of: /--[a-z][a-z-]+/).map { String($0.output) } })
    let offered =
      shell == "fish"
      ? script.output.matches(of: /complete -c .* -l '?([a-z][a-z-]+)/).map { "--" + $0.output.1 }
      : script.output.matches(of: /--[a-z][a-z-]+/).map { String($0.output) }
    #expect(Set(offered).subtracting(Self.ofTheScripts).sorted() == told.sorted())
  }

  /// Options of the programs that the scripts themselves run.
  private static let ofTheScripts: Set = ["--generate-completion-script"]

  @Test("Every function that the help names can be called, and the other way round")
  func functions() throws {
    for function in FunctionReference.all {
      let run = try Program.run([Program.demo, "-c", "select \(function.name)() from customers"])
      #expect(!run.errors.contains("there is no function"), "\(function.name)")
    }
  }
}
