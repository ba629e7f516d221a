import Foundation
import SegqTestSupport
import Testing

@Suite("to 'file' append")
struct AppendingFileTests {
  private func inFolder(_ body: (URL, (String) throws -> Program.Run) throws -> Void) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try body(folder) { try Program.run(["-c", $0], in: folder) }
  }

  private func text(_ name: String, in folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test(
    "Rows follow those that are there, under one header",
    arguments: [
      ("a.csv", "day,n\n2024-01-01,1\n2024-01-02,2\n"),
      ("a.tsv", "day\tn\n2024-01-01\t1\n2024-01-02\t2\n"),
      ("a.jsonl", "{\"day\":\"2024-01-01\",\"n\":1}\n{\"day\":\"2024-01-02\",\"n\":2}\n"),
    ])
  func following(name: String, whole: String) throws {
    try inFolder { folder, run in
      for day in 1...2 {
        #expect(try run("select 2024-01-0\(day) as day, \(day) as n to '\(name)' append").code == 0)
      }
      try #expect(text(name, in: folder) == whole)
    }
  }

  @Test(
    "It takes files as others write them",
    arguments: [
      ("\u{FEFF}day,n\r\n", true), ("\"day\",\"n\"\nx,5", true), ("DAY,n\n", false),
      ("n,day\n", false), ("day;n\n", false), ("day,n,m\n", false), ("day\n", false), ("", true),
    ])
  func foreign(existing: String, fits: Bool) throws {
    try inFolder { folder, run in
      let file = folder.appending(path: "a.csv")
      try existing.write(to: file, atomically: true, encoding: .utf8)
      let appended = try run("select 2024-01-01 as day, 1 as n to 'a.csv' append")
      #expect((appended.code == 0) == fits, "\(appended.errors)")
      let after = Array(try Data(contentsOf: file))
      let before = Array(existing.utf8)
      #expect(after.starts(with: before))
      let isNew = after.reversed().starts(with: "\n2024-01-01,1\n".utf8.reversed())
      #expect(fits ? isNew : after == before)
      if !fits { #expect(appended.errors.contains("-c:1:37: error: the file has")) }
    }
  }

  @Test(
    "Formats whose rows are not lines are refused, and so is what can't be written",
    arguments: ["a.json", "a.xml", "a.html", "a.md", "a.txt"])
  func formats(name: String) throws {
    try inFolder { folder, run in
      let refused = try run("select 1 as n to '\(name)' append")
      #expect(
        refused.code == 1 && refused.errors.contains("'append' adds rows to csv, tsv and jsonl"))
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: name).path))
    }
  }

  @Test("A full disk leaves the file as it was")
  func fullDisk() throws {
    try inFolder { folder, run in
      #expect(try run("select 1 as n to 'a.csv' append").code == 0)
      let full = try Program.shell(
        "trap '' XFSZ; ulimit -f 1; exec \"$SEGQ\" \"$@\"",
        [Program.demo, "-c", "select id as n from customers to 'a.csv' append"], in: folder)
      #expect(full.code == 1 && full.errors.contains("a.csv"))
      try #expect(text("a.csv", in: folder) == "n\n1\n")
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left == ["a.csv"])
    }
  }

  @Test("Many at once lose no row, and write one header")
  func together() throws {
    try inFolder { folder, _ in
      let line =
        "for i in $(seq 12); do \"$SEGQ\" -c \"select $i as n to 'a.csv' append\" & done; wait"
      #expect(try Program.shell(line, in: folder).code == 0)
      let lines = try text("a.csv", in: folder).split(separator: "\n")
      #expect(lines.first == "n" && lines.count == 13 && Set(lines).count == 13)
    }
  }

  @Test("export takes it too, and prints the path as it was typed")
  func export() throws {
    try inFolder { folder, _ in
      for count in 1...2 {
        let run = try Program.run(
          [Program.demo, "-c", "export 1 limit \(count) to './a.csv' append"], in: folder)
        #expect(run.output == "./a.csv\n")
      }
      try #expect(text("a.csv", in: folder).split(separator: "\n").count == 4)
    }
  }

  @Test(
    "A folder that is missing is named as the folder",
    arguments: [
      "select 1 as n to 'no/such/a.csv'", "select 1 as n to 'no/such/a.csv' append",
      "echo 1; save session as 'no/such/a.segq'",
    ])
  func missingFolder(statement: String) throws {
    try inFolder { _, run in
      let failed = try run(statement)
      #expect(failed.code == 1 && failed.errors.contains("error: there is no folder 'no/such'"))
    }
  }
}
