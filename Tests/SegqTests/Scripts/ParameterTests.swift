import Foundation
import SegqTestSupport
import Testing

@Suite("name=value, wherever statements come from")
struct ParameterTests {
  static let script =
    "param country = 'DE'\nselect count() as n from customers where country = $country\n"

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "sub"), withIntermediateDirectories: true)
    try Self.script.write(
      to: folder.appending(path: "sub/count.segq"), atomically: true, encoding: .utf8)
    try body(folder)
  }

  private func count(_ country: String) throws -> String {
    try Program.run(
      [Program.demo, "-c", "select count() as n from customers where country = \(country)"]
    ).output
  }

  @Test(
    "All ways give the same answer",
    arguments: [
      ["sub/count.segq", "country=FR"], ["-", "country=FR"], ["country=FR"],
      ["-c", ParameterTests.script, "country=FR"], ["country=FR", "-c", ParameterTests.script],
      ["-c", "select count() as n from customers where country = $country", "country=FR"],
      ["-c", "select count() as n from customers where country = $COUNTRY", "Country=FR"],
      ["-c", "source 'sub/count.segq' country=FR"],
      ["-c", "source 'sub/count.segq' country='FR'"],
      ["-c", "let c = 'FR'; source 'sub/count.segq' country=$c"],
      ["-c", "source 'sub/count.segq'", "country=FR"],
    ])
  func ways(arguments: [String]) throws {
    try inFolder { folder in
      let run = try Program.run([Program.demo] + arguments, input: Self.script, in: folder)
      #expect(run.code == 0 && run.errors == "", "\(run.errors)")
      let expected = try count("FR")
      #expect(run.output == expected)
    }
  }

  @Test("What source is given holds as long as the file runs")
  func scope() throws {
    try inFolder { folder in
      let run = try Program.run(
        [
          Program.demo, "-q", "-c",
          "source 'sub/count.segq' country=FR; source 'sub/count.segq' country=IT; source 'sub/count.segq'",
        ], in: folder)
      let parts = run.output.components(separatedBy: "\n\n")
      let (french, german) = (try count("FR"), try count("DE"))
      #expect(parts.count == 3 && parts[0] + "\n" == french)
      #expect(parts[1] == "n\n0" && parts[2] == german)
    }
  }

  @Test(
    "A name that nothing declares or uses is a mistake, before anything runs",
    arguments: [
      ["sub/count.segq", "contry=FR"], ["-", "contry=FR"],
      ["-c", ParameterTests.script, "contry=FR"],
      ["-c", "select 1 as n", "contry=FR"],
    ])
  func unknown(arguments: [String]) throws {
    try inFolder { folder in
      let run = try Program.run([Program.demo] + arguments, input: Self.script, in: folder)
      #expect(run.code == 2 && run.output == "" && run.errors.contains("'contry'"))
    }
  }

  @Test("Of standard input, which runs as it comes, it is told at the end")
  func unusedOnStandardInput() throws {
    let run = try Program.run([Program.demo, "contry=FR"], input: Self.script)
    #expect(run.code == 2 && run.errors.contains("no statement uses the parameter 'contry'"))
  }

  @Test("Behind source it is told at its place, and by check too")
  func unknownBehindSource() throws {
    try inFolder { folder in
      let text = "source 'sub/count.segq' contry=FR\n"
      try text.write(to: folder.appending(path: "a.segq"), atomically: true, encoding: .utf8)
      for arguments in [["check", Program.demo, "a.segq"], [Program.demo, "a.segq"]] {
        let run = try Program.run(arguments, in: folder)
        #expect(
          run.code != 0 && run.errors.contains("a.segq:1:25: error: the script has no parameter"))
        #expect(run.errors.contains("did you mean 'country'?"))
      }
    }
  }

  @Test("$script_dir is the folder of the file that runs, else the working folder")
  func scriptFolder() throws {
    try inFolder { folder in
      try "echo $script_dir\n".write(
        to: folder.appending(path: "sub/where.segq"), atomically: true, encoding: .utf8)
      let run = try Program.run(
        ["-c", "echo $script_dir; source 'sub/where.segq'; echo '${script_dir}'"], in: folder)
      let lines = run.output.split(separator: "\n").map(String.init)
      #expect(lines.count == 3 && lines[0] == lines[2] && lines[1] == lines[0] + "/sub")
      let direct = try Program.run(["sub/where.segq"], in: folder)
      #expect(direct.output == lines[1] + "\n")
    }
  }

  @Test(
    "save session writes the statements of any run, and refuses where there are none",
    arguments: [["-c", "echo 1; echo 2; save session as 'q.segq'"], [], ["run.segq"]])
  func savedSession(arguments: [String]) throws {
    try inFolder { folder in
      let text = "echo 1\necho 2; save session as 'q.segq'\n"
      try text.write(to: folder.appending(path: "run.segq"), atomically: true, encoding: .utf8)
      #expect(try Program.run(arguments, input: text, in: folder).code == 0)
      let saved = try String(contentsOf: folder.appending(path: "q.segq"), encoding: .utf8)
      #expect(saved == "echo 1\necho 2\n")
      let empty = try Program.run(["-c", "save session as 'none.segq'"], in: folder)
      #expect(empty.code == 1 && empty.errors.contains("no statement has run yet"))
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "none.segq").path))
    }
  }
}
