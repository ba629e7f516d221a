import Foundation
import SegqTestSupport
import Testing

@Suite("Scripts")
struct ScriptTests {
  /// Runs a script in a folder of its own, with what stands behind it.
  private func run(
    _ script: String, _ arguments: [String] = [], options: [String] = [],
    files: [String: String] = [:]
  ) throws -> Program.Run {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    for (name, text) in files.merging(["main.segq": script], uniquingKeysWith: { $1 }) {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    return try Program.run(
      options + [Program.demo, "--now", "2026-11-24T12:00", "main.segq"] + arguments, in: folder)
  }

  static let values: [(String, [String], String)] = [
    ("param c = 'FR'\necho $c", [], "FR"), ("param c = 'FR'\necho $c", ["c=DE"], "DE"),
    ("param c\necho $c", ["c=a=b c"], "a=b c"), ("param C = 'x'\necho $c", ["c=1"], "1"),
    ("param n = 10\necho $n + 1", ["n=41"], "42"), ("param n = 1.5\necho $n * 2", ["n=2"], "4"),
    ("param z\necho $z", ["z=007"], "007"),
    ("param b = true\nif $b { echo 1 } else { echo 2 }", ["b=false"], "2"),
    (
      "param d = 2024-01\nselect count() > 0 as x from orders where date = $d as tsv", ["d=2025"],
      "x\ntrue"
    ),
    ("param d = -30d\necho $d", ["d=-1y"], "2025-11-24"),
    ("param d = today\necho $d + 1d", [], "2026-11-25"),
    ("echo $args", ["a", "5", "b c"], "a 5 b c"),
    ("for a in $args { echo '<${a}>' }", ["x", "y"], "<x>\n<y>"),
    ("select count() as n from segments where id in ($args) as tsv", ["1", "3"], "n\n2"),
    ("let s = 2\nselect count() > 0 as x from $s as tsv", [], "x\ntrue"),
    ("let n = 2\nselect id from segments limit $n offset $n as tsv", [], "id\n3\n4"),
    ("let a = 'x'\nlet a = $a || 'y'\necho $a", [], "xy"),
    (
      "for r in select id, segment from segments limit 1 { echo '${r.id}: ${r.segment}' }", [],
      "1: VIP customers"
    ),
    ("for r in select id from segments limit 2 { echo $r }", [], "1\n2"),
    ("for x in (1, two, 'three 3', 2024-01) { echo $x }", [], "1\ntwo\nthree 3\n2024-01"),
    ("for x in (1) { echo 1 } ; echo 2", [], "1\n2"),
    ("if null = 1 { echo 1 } else { echo 2 }", [], "2"),
    ("if 1 = 2 {\n echo 1\n}\nelse if 2 = 2\n{\n echo 2\n}\nelse { echo 3 }", [], "2"),
  ]

  @Test("Variables and blocks", arguments: values)
  func value(script: String, arguments: [String], output: String) throws {
    let run = try run(script, arguments)
    #expect(run.output.lowercased() == output.lowercased() + "\n" && run.code == 0, "\(run)")
  }

  static let failures: [(String, [String], Int32, String)] = [
    ("echo 1\nparam c\n", [], 2, "the parameter 'c' was not given"),
    ("param n = 1\n", ["n=x"], 2, "n=x does not fit"),
    ("param country = 'FR'", ["contry=DE"], 2, "did you mean 'country'?"),
    ("echo 1\necho $nope", [], 1, "main.segq:2:6: error: there is no variable '$nope'"),
    ("let total = 1\necho $totl", [], 1, "did you mean '$total'?"),
    (
      "for r in select id, segment from segments { echo $r }", [], 1, "say which: $r.id, $r.segment"
    ),
    ("for r in select id from segments { echo $r.idd }", [], 1, "did you mean '$r.id'?"),
    ("echo 1\nassert 1 = 2, 'no: ${args}'", ["x"], 3, "main.segq:2:8: error: no: x"),
    (
      "select customers where a = 1\ndrill 99\nset pagesize = 1", [], 1, "did you mean 'page_size'?"
    ),
  ]

  @Test("What is wrong is told before anything runs", arguments: failures)
  func failure(script: String, arguments: [String], code: Int32, message: String) throws {
    let run = try run(script, arguments)
    #expect(run.code == code && run.errors.contains(message), "\(run)")
    #expect(code == 3 ? run.output == "1\n" : run.output == "", "\(run)")
  }

  @Test("Each mistake is told once, in order, also inside blocks")
  func mistakes() throws {
    let run = try run(
      """
      select nope from customers
      for s in select id from segments {
        drill $s.id where contry = 1
        echo lenght('x')
      }
      if 1 = 1 { drill 'Nobody' }
      """)
    let places = run.errors.split(separator: "\n").filter { $0.contains(": error:") }
      .map { $0.split(separator: ":")[1...2].joined(separator: ":") }
    #expect(places == ["1:8", "3:21", "4:8", "6:18"] && run.code == 1, "\(run.errors)")
    let syntax = try self.run("for s in (1) {\n  selct x\n  drill\n}\ndrill (1\ndescribe x y\n")
    let lines = syntax.errors.split(separator: "\n").filter { $0.contains(": error:") }
      .map { $0.split(separator: ":")[1] }
    #expect(lines == ["2", "3", "5", "6"] && syntax.code == 2, "\(syntax.errors)")
  }

  @Test("--on-error continue goes on, in blocks too, and ends with the first failure's code")
  func goingOn() throws {
    let run = try run(
      "for x in (1, 2) { echo $x\ndrill 99\necho 'on' }\nassert 1 = 2\necho 'end'",
      options: ["--on-error", "continue"])
    #expect(run.output == "1\non\n2\non\nend\n" && run.code == 1)
  }

  @Test("Included files are found from where they are named, and share variables")
  func includes() throws {
    let files = [
      "parts/a.segq": "source 'deep/b.segq'\nlet y = $x || 'a'",
      "parts/deep/b.segq": "let x = $x || 'b'",
    ]
    let run = try run("let x = 'm'\nsource 'parts/a.segq'\necho $x, $y", files: files)
    #expect(run.output == "mb mba\n", "\(run)")
    let wrong = try self.run(
      "echo 1\n\nsource 'a.segq'",
      files: ["a.segq": "echo 2\nsource 'b.segq'", "b.segq": "echo 3\nselect customers wher x"])
    #expect(wrong.output == "" && wrong.code == 2)
    #expect(
      wrong.errors.contains("b.segq:2:18: error:")
        && wrong.errors.contains("note: included from a.segq:2, from main.segq:3"),
      "\(wrong.errors)")
    let cycle = try self.run("source 'a.segq'", files: ["a.segq": "source 'main.segq'"])
    #expect(cycle.errors.contains("main.segq → a.segq → main.segq") && cycle.code == 1)
  }

  @Test("What a variable holds is nothing to the shell")
  func quoting() throws {
    let run = try run(
      """
      let x = 'a "b" $HOME `id` ''c'' \\\\ d'
      !printf '[%s]\\n' ${x} "${x}" '${x}' "$x"
      """)
    let value = "[a \"b\" $HOME `id` 'c' \\ d]\n"
    #expect(run.output == value + value + value + "[]\n", "\(run)")
    let pipe = try self.run("let n = 2\nselect id from segments | head -${n}")
    #expect(pipe.output == "ID\n1\n")
    let unknown = try self.run("select 1 as a | cat ${HOME}")
    #expect(unknown.code == 1 && unknown.errors.contains("for the shell's own write $HOME"))
  }
}
