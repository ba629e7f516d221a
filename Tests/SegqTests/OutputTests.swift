import Foundation
import SegqTestSupport
import Testing

@Suite("What comes out")
struct OutputTests {
  private func folder(_ body: (URL) throws -> Void) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try body(folder)
  }

  @Test("Off a terminal: CSV with a header, every row, an empty line between results")
  func csv() throws {
    let run = try Program.run(
      [
        Program.demo, "-c",
        "select id from customers limit 30; select id from customers where id < 0",
      ])
    #expect(run.output.split(separator: "\n", omittingEmptySubsequences: false).count == 34)
    #expect(run.output.hasSuffix("\n\nID\n"))
  }

  @Test("Null is nothing, empty text is two quotes")
  func nulls() throws {
    let run = try Program.run(["-c", "select null as a, '' as b, 'x,\"y' as c, 1.50 as d"])
    #expect(run.output == "a,b,c,d\n,\"\",\"x,\"\"y\",1.5\n")
  }

  @Test("Division by zero gives null and a warning")
  func division() throws {
    let run = try Program.run(["-c", "select 1 / 0 as a, 10 / 4 as b, -1 / 3 as c"])
    #expect(run.output == "a,b,c\n,2.5,-0.3333\n" && run.code == 0)
    #expect(run.errors.contains("warning: something was divided by zero"))
  }

  @Test("JSON is one document a line")
  func json() throws {
    let run = try Program.run([
      Program.demo, "-F", "json", "-c", "select 1 + 1 as a; select id from customers where id < 0",
    ])
    #expect(run.output == "[{\"a\":2}]\n[]\n")
  }

  @Test("A closed pipe ends quietly with 0")
  func closedPipe() throws {
    let run = try Program.shell(
      "set -o pipefail; \"$SEGQ\" \"$1\" -c 'select items; select items' | head -1", [Program.demo])
    #expect(run.code == 0 && run.errors == "")
    #expect(run.output.split(separator: "\n").count == 1)
  }

  @Test(
    "A full disk is told, with the file, and ends with 1",
    arguments: [
      "\"$SEGQ\" \"$1\" -c 'select items' > /dev/full",
      "\"$SEGQ\" \"$1\" -c 'echo 1' > /dev/full",
      "\"$SEGQ\" \"$1\" -c \"select items to '/dev/full'\"",
      "\"$SEGQ\" \"$1\" -o /dev/full -c 'select items'",
    ])
  func fullDisk(line: String) throws {
    let run = try Program.shell(line, [Program.demo])
    #expect(run.code == 1)
    #expect(run.errors.contains("No space left on device"))
    #expect(run.errors.split(separator: "\n").count == 1)
  }

  @Test("Files appear whole or not at all; export keeps others, to replaces")
  func files() throws {
    try folder { folder in
      let line =
        "export 1 as csv; export 1 as csv; select 1 + 1 as n to 'x.csv'; select 2 + 2 as n to 'x.csv'"
      let run = try Program.run([Program.demo, "-c", line], in: folder)
      #expect(run.code == 0)
      #expect(
        run.output == "VIP customers.csv\nVIP customers (1).csv\n"
          || run.output.contains("VIP customers (1).csv\n"))
      #expect(try String(contentsOf: folder.appending(path: "x.csv"), encoding: .utf8) == "n\n4\n")
      _ = try Program.run(
        [Program.demo, "-c", "select nothing from customers to 'y.csv'"], in: folder)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      #expect(names == ["VIP customers (1).csv", "VIP customers.csv", "x.csv"])
    }
  }

  @Test("Text that a spreadsheet would run is guarded in files, not in pipes, and comes back whole")
  func formulas() throws {
    try folder { folder in
      let text =
        "ID,Name,Phone\n1,=1+1,+49 170 5\n2,'=x,-5\n3,@a,'b\n4,-x y,+1x\n5,＝1,＋49\n6,\tx,'＠a\n"
      let store = folder.appending(path: "store")
      try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
      try text.write(to: store.appending(path: "customers.csv"), atomically: true, encoding: .utf8)
      let pipe = try Program.run(
        ["store", "-c", "select id, name, phone from customers"], in: folder)
      // The reader takes a guard off, also one that nobody put there to be one.
      #expect(pipe.output == text.replacing("'=x", with: "=x").replacing("'＠a", with: "＠a"))
      let copy = "select id, name, phone from customers to 'copy/customers.csv'"
      _ = try Program.shell("mkdir copy; exec \"$SEGQ\" store -c \"$1\"", [copy], in: folder)
      let file = try String(
        contentsOf: folder.appending(path: "copy/customers.csv"), encoding: .utf8)
      #expect(
        file == "ID,Name,Phone\n1,'=1+1,+49 170 5\n2,'=x,-5\n3,'@a,'b\n4,'-x y,'+1x\n5,'＝1,'＋49\n"
          + "6,'\tx,'＠a\n")
      let again = try Program.run(
        ["copy", "-c", "select id, name, phone from customers"], in: folder)
      #expect(again.output == pipe.output)
    }
  }

  @Test("Excel XML is read by another program, ZIPs and phones intact")
  func xml() throws {
    try folder { folder in
      _ = try Program.run(
        [
          Program.demo, "-c",
          "export 5 + 7 as xml to 'x.xml'; select zip, phone from 5 + 7 as json to 'x.json'",
        ], in: folder)
      let check = """
        import json, xml.etree.ElementTree as E
        s = '{urn:schemas-microsoft-com:office:spreadsheet}'
        rows = [[''.join(c.itertext()) for c in r.iter(s + 'Cell')] for r in E.parse('x.xml').iter(s + 'Row')]
        rest = json.load(open('x.json'))
        assert rows[0] == ['ID','Name','Email','Group','Phone','ZIP','Country','State/Province','Customer Since'], rows[0]
        assert [[r[5], r[4]] for r in rows[1:]] == [[o['zip'] or '', o['phone'] or ''] for o in rest]
        print(len(rows) - 1, any(r[5].startswith('0') for r in rows[1:]))
        """
      let run = try Program.shell("python3 -c \"$1\"", [check], in: folder)
      #expect(run.errors == "")
      #expect(run.output.hasSuffix("True\n"))
    }
  }
}
