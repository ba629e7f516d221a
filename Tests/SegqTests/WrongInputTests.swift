import Foundation
import SegqTestSupport
import Testing

/// Scripts that are wrong, each with what is said about it: `x.segq` and `x.out` in `Tests/Wrong`.
///
/// A first line `# arguments: country=DE` gives what stands behind the script. What is said poorly
/// as yet is in `Tests/Wrong/poor`, whose `README.md` says what it should be; what the scripts
/// include is in `Tests/Wrong/included`.
@Suite("Wrong inputs")
struct WrongInputTests {
  static let good = Golden.files("Wrong", ending: ".segq")
  static let poor = Golden.files("Wrong/poor", ending: ".segq")

  @Test("What is wrong is told, and where", arguments: good)
  func messages(script: String) throws {
    let run = try Self.run(script)
    #expect(try Self.isKept(run, script))
    try Self.expectWellFormed(run, Golden.tests.appending(path: script))
  }

  @Test("What is told poorly is told as poorly as it was", arguments: poor)
  func poorMessages(script: String) throws {
    let run = try Self.run(script)
    #expect(try Self.isKept(run, script))
    #expect((0...3).contains(run.code))
  }

  @Test("There are cases enough, and the list of poor ones names each of them")
  func list() throws {
    #expect(Self.good.count >= 160)
    let list = try Golden.text("Wrong/poor/README.md")
    for script in Self.poor {
      let name = URL(filePath: script).deletingPathExtension().lastPathComponent
      #expect(list.contains("- `\(name)`: "))
    }
  }

  @Test(
    "What is nested a hundred thousand deep is a mistake in one message, not a crash",
    arguments: [
      ["select ", "(", "1", ")"], ["select ", "(select ", "1", ")"], ["drill ", "(", "1", ")"],
      ["select ", "upper(", "'a'", ")"], ["create segment 'x' as ", "(", "country = FR", ")"],
    ])
  func deep(pieces: [String]) throws {
    try Self.withDeep(pieces) { run, script in
      #expect(run.code == 2 && Messages(run.errors).all.count == 1)
      #expect(run.errors.contains("nested too deeply"))
      try Self.expectWellFormed(run, script)
    }
  }

  @Test(
    "So are statements within statements",
    arguments: [
      ["", "if 1 = 1 { ", "echo 1", " }"], ["", "for c in (FR) { ", "echo 1", " }"],
      ["", "explain ", "select 1", ""], ["", "watch 5s ", "select 1", ""],
    ])
  func deepStatements(pieces: [String]) throws {
    try Self.withDeep(pieces) { run, _ in
      withKnownIssue("A debug build is out of stack before 250 levels", isIntermittent: true) {
        #expect(run.code == 2 && run.errors.contains("nested too deeply"))
      }
    }
  }

  /// Runs a script of `[start, opening, middle, closing]` with a hundred thousand of both.
  private static func withDeep(
    _ pieces: [String], _ body: (Program.Run, URL) throws -> Void
  ) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let script = folder.appending(path: "deep.segq")
    let text =
      pieces[0] + String(repeating: pieces[1], count: 100_000) + pieces[2]
      + String(repeating: pieces[3], count: 100_000) + "\n"
    try text.write(to: script, atomically: true, encoding: .utf8)
    try body(try Program.run([Program.demo, "deep.segq"], in: folder), script)
  }

  private static func run(_ script: String) throws -> Program.Run {
    let url = Golden.tests.appending(path: script)
    return try Program.run(
      [Program.demo, "--now", "2026-11-24", url.lastPathComponent] + (try arguments(url)),
      in: url.deletingLastPathComponent())
  }

  private static func arguments(_ script: URL) throws -> [String] {
    let start = String(decoding: try Data(contentsOf: script).prefix(200), as: UTF8.self)
    let mark = "# arguments: "
    guard start.hasPrefix(mark) else { return [] }
    return start.dropFirst(mark.count).prefix { !$0.isNewline }.split(separator: " ")
      .map(String.init)
  }

  private static func isKept(_ run: Program.Run, _ script: String) throws -> Bool {
    try Golden.matches(
      run.errors + "exit \(run.code)\n", script.dropLast(".segq".count) + ".out")
  }

  /// What holds for every message, whatever a golden file says.
  private static func expectWellFormed(_ run: Program.Run, _ script: URL) throws {
    let messages = Messages(run.errors)
    let isPlaceless = try !arguments(script).isEmpty && messages.all.isEmpty
    if isPlaceless {
      // What is wrong with the command line is in no line of the script.
      #expect(run.code == 2 && run.errors.hasPrefix("\(script.lastPathComponent): error: "))
      return
    }
    #expect(messages.strays.isEmpty, "lines that belong to no message")
    #expect(!messages.all.isEmpty && messages.all.count <= 20)
    #expect(Set(messages.all.map(\.head)).count == messages.all.count, "a message stands twice")
    let hasErrors = messages.all.contains { $0.severity == "error" }
    #expect(hasErrors ? (1...3).contains(run.code) : run.code == 0)
    for message in messages.all {
      #expect(message.isMarked, "\(message.head) has no line with a caret")
      #expect(!message.sentence.isEmpty && !message.sentence.hasSuffix("."))
      let file = script.deletingLastPathComponent().appending(path: message.file)
      let lines = Lines(try Data(contentsOf: file))
      #expect(lines.hold(message.line, message.column), "\(message.head): no such place")
    }
  }
}

/// What was told, taken to pieces.
private struct Messages {
  struct Message {
    var head: String
    var file: String
    var line: Int
    var column: Int
    var severity: String
    var sentence: String
    var body: [Substring] = []

    /// `  3 | text` and `    |   ^^^`, with nothing but help and notes below.
    var isMarked: Bool {
      guard body.count >= 2, body[0].hasPrefix("  \(line) | ") else { return false }
      let margin = String(repeating: " ", count: 2 + "\(line)".count) + " | "
      return body[1].hasPrefix(margin)
        && body[1].dropFirst(margin.count).wholeMatch(of: /\ *\^+/) != nil
        && body.dropFirst(2).allSatisfy {
          $0.hasPrefix("help: ") || $0.hasPrefix("note: included from ")
        }
    }
  }

  private(set) var all: [Message] = []
  private(set) var strays: [Substring] = []

  init(_ text: String) {
    let head = /(.+?\.segq):(\d+):(\d+): (error|warning): (.+)/
    for line in text.split(separator: "\n") {
      if let match = line.wholeMatch(of: head), let row = Int(match.2), let column = Int(match.3) {
        all.append(
          Message(
            head: String(line), file: String(match.1), line: row, column: column,
            severity: String(match.4), sentence: String(match.5)))
      } else if all.count == 20, line.wholeMatch(of: /segq: and \d+ more mistakes?/) != nil {
        continue
      } else if all.isEmpty {
        strays.append(line)
      } else {
        all[all.count - 1].body.append(line)
      }
    }
  }
}

/// The lines of a script as an editor counts them: LF, CRLF and CR end one.
private struct Lines {
  private let lengths: [Int]

  init(_ data: Data) {
    let text = String(decoding: data, as: UTF8.self)
    lengths = text.split(omittingEmptySubsequences: false) { ["\n", "\r\n", "\r"].contains($0) }
      .map(\.count)
  }

  /// Whether there is such a place, if only behind the last character of its line.
  func hold(_ line: Int, _ column: Int) -> Bool {
    lengths.indices.contains(line - 1) && (1...lengths[line - 1] + 1).contains(column)
  }
}
