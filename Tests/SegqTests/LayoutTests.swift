import Foundation
import SegqTestSupport
import Testing

/// `layout adobe`, on the store in `Tests/Adobe`, whose answers lie beside it byte for byte.
@Suite("The Admin's own layout")
struct LayoutTests {
  private func folder(_ body: (URL) throws -> Void) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try body(folder)
  }

  private static let store = Golden.tests.appending(path: "Adobe").path

  /// The store alone: the folder also has the answers.
  private func run(
    _ text: String, in folder: URL, environment: [String: String] = [:]
  ) throws -> Program.Run {
    for name in ["customers.csv", "segments.csv", "members.csv"] {
      let copy = folder.appending(path: "store/" + name)
      guard !FileManager.default.fileExists(atPath: copy.path) else { continue }
      try FileManager.default.createDirectory(
        at: folder.appending(path: "store"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: Self.store + "/" + name, toPath: copy.path)
    }
    return try Program.run(["store", "-c", text], in: folder, environment: environment)
  }

  private func text(_ name: String, _ folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test(
    "Byte for byte",
    arguments: [
      ("drill.csv", "export 1 as csv to 'drill.csv' layout adobe"),
      ("drill.xml", "export 1 to 'drill.xml' layout adobe"),
      ("grid.csv", "export segments to 'grid.csv' layout Adobe"),
      ("grid.xml", "export segments as xml layout adobe to 'grid.xml'"),
      ("drill.json", "export 1 to 'drill.json' layout adobe"),
      ("drill.md", "export 1 where id <= 2 as markdown layout adobe to 'drill.md'"),
    ])
  func bytes(file: String, statement: String) throws {
    try folder { folder in
      let run = try run(statement, in: folder)
      #expect(run.code == 0 && run.errors == "" && run.output == file + "\n")
      #expect(try Golden.matches(text(file, folder), "Adobe/" + file))
    }
  }

  @Test("The clocks are those of the time zone")
  func zone() throws {
    try folder { folder in
      let run = try run(
        "drill 1 limit 1 as csv layout adobe", in: folder,
        environment: ["TZ": "America/Los_Angeles"])
      #expect(run.output.hasSuffix(",\"Oct 26, 2016, 8:00:57 AM\"\n"))
    }
  }

  @Test("The same bytes to a file, to a command, and from drill and select")
  func ways() throws {
    try folder { folder in
      let lines = """
        export 1 as csv layout adobe to 'a.csv'
        export 1 as csv layout adobe | cat > b.csv
        drill 1 to 'c.csv' layout adobe
        select customers as csv layout adobe | cat > d.csv
        select segments to 'g.csv' layout adobe
        """
      #expect(try run(lines, in: folder).code == 0)
      let drill = try Golden.text("Adobe/drill.csv")
      for name in ["a.csv", "b.csv", "c.csv", "d.csv"] {
        #expect(try text(name, folder) == drill, "\(name)")
      }
      #expect(try text("g.csv", folder) == Golden.text("Adobe/grid.csv"))
      let shown = try run("drill 1 as csv layout adobe", in: folder)
      #expect(shown.output == drill)
    }
  }

  @Test("Conditions, order and limit hold; several segments make a file each")
  func several() throws {
    try folder { folder in
      let run = try run(
        "export 1, 3 where zip starts with 9 or id < 3 order by id desc as csv layout adobe",
        in: folder)
      #expect(run.code == 0 && run.output == "All of them.csv\n=Sum.csv\n")
      let lines = try text("All of them.csv", folder).split(separator: "\n")
      #expect(lines.dropFirst().map { $0.prefix(2) } == ["4,", "2,", "1,"])
      #expect(try text("=Sum.csv", folder).split(separator: "\n").count == 3)
    }
  }

  @Test("XML ends without a line end, and what comes behind begins a line")
  func lines() throws {
    try folder { folder in
      let run = try run(
        "drill 3 as xml layout adobe; drill 3 as xml layout adobe; echo 'end'", in: folder)
      let lines = run.output.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count == 4 && lines[0] == lines[1] && lines[2] == "end" && lines[3] == "")
      let alone = try self.run("drill 3 as xml layout adobe", in: folder)
      #expect(alone.output == lines[0])
    }
  }

  @Test("segq reads its file as it was: HTML, guards and times")
  func readBack() throws {
    try folder { folder in
      for zone in ["UTC", "Europe/Paris"] {
        let environment = ["TZ": zone]
        let answers = try run(
          "export 1 as csv layout adobe to 'copy/customers.csv'; export 1 as json to 'a.json'",
          in: try made("copy", folder), environment: environment)
        #expect(answers.code == 0)
        let copy = try Program.run(
          ["copy", "-c", "select customers to 'b.json'"], in: folder, environment: environment)
        #expect(copy.code == 0 && copy.errors == "")
        // The codes of countries became names, and a name that was HTML is taken for what it means.
        let meant = try text("a.json", folder).replacing(#""IE""#, with: #""Ireland""#)
          .replacing(#""US""#, with: #""United States""#).replacing("&amp;", with: "&")
        #expect(try text("b.json", folder) == meant)
        #expect(try text("copy/customers.csv", folder).contains(" =1+1"))
      }
    }
  }

  private func made(_ name: String, _ folder: URL) throws -> URL {
    try FileManager.default.createDirectory(
      at: folder.appending(path: name), withIntermediateDirectories: true)
    return folder
  }

  @Test("segq's own file is not taken for the Admin's")
  func ownFile() throws {
    try folder { folder in
      _ = try run(
        "export 1 as csv to 'copy/customers.csv'; export 1 as json to 'a.json'",
        in: made("copy", folder))
      _ = try Program.run(["copy", "-c", "select customers to 'b.json'"], in: folder)
      #expect(try text("b.json", folder) == text("a.json", folder))
    }
  }

  @Test("Python reads the same values from the CSV and the XML")
  func reread() throws {
    try folder { folder in
      _ = try run(
        "export 1 as csv to 'x.csv' layout adobe; export 1 as xml to 'x.xml' layout adobe",
        in: folder)
      let check = """
        import csv, xml.etree.ElementTree as E
        s = '{urn:schemas-microsoft-com:office:spreadsheet}'
        sheet = E.parse('x.xml').find(s + 'Worksheet')
        rows = [[''.join(c.itertext()) for c in r.iter(s + 'Cell')] for r in sheet.iter(s + 'Row')]
        lines = list(csv.reader(open('x.csv', newline=''), strict=True))
        assert lines == rows, (lines, rows)
        print(sheet.get(s + 'Name'), len(rows), rows[6][4:6])
        """
      let run = try Program.shell("python3 -c \"$1\"", [check], in: folder)
      #expect(run.errors == "")
      #expect(run.output == "customersegment_customers.xml 7 [' +49\\n30', '0']\n")
    }
  }

  @Test("What the data has not stays empty, and is told once")
  func missing() throws {
    try folder { folder in
      let store = try made("bare", folder).appending(path: "bare")
      try "entity_id,email,group_id,country_id\n1,a@b.c,1,US\n2,b@b.c,2,FR\n".write(
        to: store.appending(path: "customers.csv"), atomically: true, encoding: .utf8)
      try "ID,Segment,Status,Rule\n1,A,Active,id = 1\n2,B,Active,id = 2\n".write(
        to: store.appending(path: "segments.csv"), atomically: true, encoding: .utf8)
      let export = try Program.run(
        ["bare", "-c", "select customers as csv layout adobe"], in: folder)
      #expect(
        export.output == """
          ID,Name,Email,Group,Phone,ZIP,Country,State/Province,"Customer Since"
          1,,a@b.c,1,,,"United States",,
          2,,b@b.c,2,,,France,,

          """)
      #expect(
        export.errors == """
          segq: warning: 'Name', 'Phone', 'ZIP', 'State/Province' and 'Customer Since' stay empty: \
          customers has no such columns
          segq: warning: the groups are numbers in the data, where the Admin writes their names

          """)
      let several = try Program.run(
        ["bare", "-c", "refresh all", "-c", "export 1, 2 as csv layout adobe"], in: folder)
      #expect(several.code == 0)
      #expect(several.errors.split(separator: "\n").count == 2)
    }
  }

  @Test("Only the report has the layout, and check knows", arguments: [true, false])
  func refused(isRun: Bool) throws {
    try folder { folder in
      let lines = """
        select name from customers as csv layout adobe
        select orders layout adobe
        compare 1 with 2 layout adobe
        export 1 as csv layout adob
        export 1 as csv to '/dev/null' layout adobe
        """
      try lines.write(
        to: folder.appending(path: "a.segq"), atomically: true, encoding: .utf8)
      let run = try Program.run(
        isRun ? [Program.demo, "--on-error", "continue", "a.segq"] : ["check", "a.segq"],
        in: folder)
      let errors = run.errors.split(separator: "\n").filter { $0.contains("error: ") }
      #expect(run.code == 1)
      #expect(
        errors == [
          "a.segq:1:42: error: 'layout adobe' has the columns of the report, and this has others",
          "a.segq:2:22: error: 'layout adobe' has the columns of the report, and this has others",
          "a.segq:3:25: error: 'layout adobe' has the columns of the report, and this has others",
          "a.segq:4:24: error: there is no layout 'adob'",
        ])
    }
  }

  @Test("A command line that wants no header gets none")
  func noHeader() throws {
    let run = try Program.run(
      [Program.demo, "--no-header", "-c", "drill 1 limit 2 as csv layout adobe"])
    #expect(!run.output.contains("Name") && run.output.split(separator: "\n").count == 2)
  }
}
