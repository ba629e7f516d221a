import Foundation
import SegqTestSupport
import Testing

@Suite("Scripts are looked at and laid out without being run")
struct CheckTests {
  private func inFolder(_ files: [String: String], _ body: (URL) throws -> Void) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    try body(folder)
  }

  @Test("check tells what is wrong and how bad it is")
  func check() throws {
    let files = [
      "good.segq": "param c\nlet n = count(customers)\nif $n > 1 { drill 1 where country = $c }",
      "name.segq": "echo 1\nselect nope from customers", "syntax.segq": "drill\n",
      "outer.segq": "source 'syntax.segq'", "lost.segq": "source 'gone.segq'",
    ]
    try inFolder(files) { folder in
      func run(_ arguments: String...) throws -> Program.Run {
        try Program.run(["check"] + arguments, in: folder)
      }
      #expect(try run(Program.demo, "good.segq").code == 0)
      #expect(try run("good.segq").code == 0)
      #expect(try run("name.segq").code == 0, "without a store nobody knows the columns")
      let name = try run(Program.demo, "name.segq")
      #expect(name.code == 1 && name.output == "" && name.errors.hasPrefix("name.segq:2:8: error:"))
      #expect(try run("syntax.segq").code == 2)
      #expect(try run("outer.segq").code == 2)
      #expect(try run("lost.segq").errors.hasPrefix("lost.segq:1:8: error: gone.segq:"))
      #expect(try run("gone.segq").code == 1)
      #expect(try run("good.txt").code == 2)
    }
  }

  @Test("check --json is a document for editors")
  func json() throws {
    try inFolder(["a.segq": "echo 'é' +\nselect nope\n  from customers where 'x"]) { folder in
      let run = try Program.run(["check", "--json", Program.demo, "a.segq"], in: folder)
      #expect(run.code == 2 && run.errors == "")
      let document = try #require(
        try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [[String: Any]])
      #expect(document.first?["file"] as? String == "a.segq")
      #expect(
        document.allSatisfy { $0["line"] is Int && $0["end_column"] is Int && $0["code"] is String }
      )
      let clean = try Program.run(["check", "--json", Program.demo], in: folder)
      #expect(clean.code == 2)
    }
  }

  @Test("format writes in place, filters, and with --check changes nothing")
  func format() throws {
    let files = [
      "a.segq": "SELECT  segments;drill 5 # c", "b.segq": "drill 5\n", "bad.segq": "drill (\n",
    ]
    try inFolder(files) { folder in
      func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      }
      let check = try Program.run(["format", "--check", "a.segq", "b.segq"], in: folder)
      #expect(check.output == "a.segq\n" && check.code == 1)
      #expect(try text("a.segq") == files["a.segq"])
      #expect(try Program.run(["format", "a.segq", "b.segq"], in: folder).code == 0)
      #expect(try text("a.segq") == "select segments\ndrill 5  # c\n")
      let bad = try Program.run(["format", "bad.segq"], in: folder)
      #expect(bad.code == 2 && bad.errors.hasPrefix("bad.segq:1:7: error:"))
      #expect(try text("bad.segq") == files["bad.segq"])
      #expect(try Program.run(["format", "-"], input: "drill  1").output == "drill 1\n")
      #expect(try Program.run(["format", "gone.segq"], in: folder).code == 1)
    }
  }
}
