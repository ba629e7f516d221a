import Foundation
import SegqTestSupport
import Testing

@Suite("The command line")
struct CommandLineTests {
  /// In the folder stands `nested.segq`, which sources itself.
  static let codes: [(arguments: [String], code: Int32)] = [
    (["-c", "select 1 + 1"], 0), (["-c", "selec 1"], 2), (["-c", "select customers"], 1),
    (["DEMO", "-c", "select contry from customers"], 1), (["DEMO", "-c", "drill 99"], 1),
    (["DEMO", "-c", "drill 18"], 1), (["DEMO", "-c", "assert count(customers) = 1, 'x'"], 3),
    (["--frobnicate"], 2), (["--help"], 0), (["--version"], 0), (["/nonexistent"], 1),
    (["missing.segq"], 1), (["DEMO", "-F", "nope", "-c", "select 1 + 1"], 2),
    (["DEMO", "--on-error", "continue", "-c", "drill 99", "-c", "describe"], 1),
    (["DEMO", "--safe", "-c", "!true"], 1), (["DEMO", "-c", "!exit 3"], 1),
    (["DEMO", "-c", "select segments | exit 4"], 1), (["demo"], 2), (["demo", "/proc/x"], 1),
  ]

  @Test("Exit codes", arguments: codes)
  func code(arguments: [String], code: Int32) throws {
    let run = try Program.run(arguments.map { $0 == "DEMO" ? Program.demo : $0 })
    #expect(run.code == code, "\(run.errors)")
    #expect(run.errors.isEmpty == (code == 0))
  }

  @Test(
    "--safe holds in included files and in the settings too",
    arguments: [
      "!touch made", "select 1 + 1 | touch made", "select 1 + 1 to '../made'", "load '../made'",
    ])
  func safe(statement: String) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let inner = folder.appending(path: "work")
    for path in ["work", "config/segq"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: path), withIntermediateDirectories: true)
    }
    try (statement + "\n").write(
      to: inner.appending(path: "inner.segq"), atomically: true, encoding: .utf8)
    let included = try Program.run(["--safe", "-c", "source 'inner.segq'"], in: inner)
    try FileManager.default.copyItem(
      at: inner.appending(path: "inner.segq"), to: folder.appending(path: "config/segq/config.segq")
    )
    let settings = try Program.run(
      ["--safe", "-c", "echo 'on'"], in: inner,
      environment: ["XDG_CONFIG_HOME": folder.appending(path: "config").path])
    for run in [included, settings] {
      #expect(run.code == 1 && run.errors.contains("with --safe"), "\(run.errors)")
    }
    for place in ["made", "work/made"] {
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: place).path))
    }
  }

  @Test("An export that is killed leaves nothing", arguments: ["INT", "TERM", "HUP", "KILL"])
  func killed(signal: String) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    // The export waits in its middle, for a pipe that nobody reads.
    let line = """
      "$SEGQ" "$1" -o here.csv -c 'select * from customers' -c '!kill -'$2' $PPID; sleep 5' &
      wait $!; ls -A
      """
    let run = try Program.shell(line, [Program.demo, signal], in: folder)
    #expect(run.output == "" && run.code == 0)
  }

  @Test("What the settings file shows is no data; `-` is standard output")
  func streams() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try FileManager.default.createDirectory(
      at: folder.appending(path: "segq"), withIntermediateDirectories: true)
    try "echo 'hello'\nselect 1 as x\nset header = off\n".write(
      to: folder.appending(path: "segq/config.segq"), atomically: true, encoding: .utf8)
    let run = try Program.run(
      ["-o", "-", "-c", "select 2 as y", "-c", "select 3 as z to '-'"], in: folder,
      environment: ["XDG_CONFIG_HOME": folder.path])
    #expect(run.output == "2\n\n3\n" && run.errors == "")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["segq"])
  }

  @Test(
    "What can't be meant is told",
    arguments: [
      ("select 1 to 'a.csv' | cat", "not to both"), ("\\x of", "on, off or auto"),
      ("select 1 to 'a.xlsx'", "xml opens in Excel"), ("\\timing maybe", "on or off"),
    ])
  func refused(statement: String, message: String) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let run = try Program.run(["-c", statement], in: folder)
    #expect(run.code != 0 && run.output == "" && run.errors.contains(message), "\(run.errors)")
    #expect(run.errors.contains("-c:1:"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
  }

  @Test("Habits say on and off")
  func habits() throws {
    let run = try Program.run(
      [],
      input: "\\x off\nselect 1 as a;\n\\x on\nselect 2 as b;\n\\x\nselect 3 as c;\n\\timing off\n")
    #expect(run.output == "a\n1\n\n── row 1 ──\nb: 2\n\nc\n3\n" && run.errors == "")
  }

  @Test("Nothing runs of a text that does not parse, and each mistake is told once, in order")
  func parsedWhole() throws {
    let text = "echo 'ran'\nselct 1\n\nselect customers limit x\n"
    let run = try Program.run(["-c", text])
    #expect(run.code == 2 && run.output == "")
    #expect(
      run.errors.split(separator: "\n").filter { $0.hasPrefix("-c:") } == [
        "-c:2:1: error: no statement begins with 'selct'",
        "-c:4:24: error: unexpected 'x': a whole number expected",
      ])
  }

  @Test("The place tells which of several texts is meant")
  func severalTexts() throws {
    let run = try Program.run(["-c", "select 1 + 1", "-c", "echo 'a'", "-c", "selct 1"])
    #expect(run.code == 2 && run.errors.hasPrefix("-c 3:1:1: error: "))
  }

  @Test("A warning is told once, however often a loop comes by")
  func warningOfLoop() throws {
    let run = try Program.run(["-c", "for n in (1, 2, 3) { let x = $n / 0 }"])
    #expect(run.code == 0 && run.errors.components(separatedBy: "warning:").count == 2)
  }

  @Test("Twenty mistakes are told, then a count")
  func manyMistakes() throws {
    let run = try Program.run(["-c", String(repeating: "selct 1\n", count: 33)])
    #expect(run.errors.components(separatedBy: "error:").count == 21)
    #expect(run.errors.hasSuffix("segq: and 13 more mistakes\n"))
  }

  @Test("The caret stands under the mistake, behind wide characters and tabs too")
  func caret() throws {
    let run = try Program.run([
      Program.demo, "-c", "select customers where\tname = '日本' and contry = 5",
    ])
    let lines = run.errors.split(separator: "\n").map(String.init)
    #expect(lines[0] == "-c:1:40: error: customers has no column 'contry'")
    let marked = lines[1].range(of: "contry").map {
      lines[1][..<$0.lowerBound].unicodeScalars.reduce(0) { $0 + ($1.value > 0x2E80 ? 2 : 1) }
    }
    let caret = lines[2].range(of: "^").map {
      lines[2].distance(from: lines[2].startIndex, to: $0.lowerBound)
    }
    #expect(marked == caret)
    #expect(lines[2].hasSuffix("^^^^^^"))
  }

  @Test("Standard input runs statement by statement, and a mistake has its line")
  func standardInput() throws {
    let run = try Program.run(
      [Program.demo],
      input: "echo 1\n\nselect country\n  from customers\n  limit 1\necho 2; drill 99\necho 3\n")
    #expect(run.output.hasPrefix("1\nCountry\n"))
    #expect(run.output.hasSuffix("2\n"))
    #expect(run.errors.hasPrefix("<stdin>:6:15: error: there is no segment 99"))
    #expect(run.code == 1)
  }

  @Test("A ; runs a statement of standard input at once")
  func atOnce() throws {
    let line = """
      coproc P { exec "$SEGQ"; }
      echo 'echo "now";' >&${P[1]}
      read -t 20 -u ${P[0]} answer && echo "got $answer"
      """
    #expect(try Program.shell(line).output == "got now\n")
  }

  @Test(
    "A script runs by its first line, with CRLF and a byte order mark, and sources its neighbour")
  func script() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try "\u{FEFF}-- a comment\r\necho 'outer'\r\nsource 'sub/inner.segq'\r\necho 1 +\r\n  1".write(
      to: folder.appending(path: "outer.segq"), atomically: true, encoding: .utf8)
    try FileManager.default.createDirectory(
      at: folder.appending(path: "sub"), withIntermediateDirectories: true)
    try "#!/usr/bin/env segq\necho 'inner'\nselect nothing from customers\n".write(
      to: folder.appending(path: "sub/inner.segq"), atomically: true, encoding: .utf8)
    let run = try Program.run([Program.demo, "outer.segq"], in: folder)
    // Names are looked up before the first statement runs.
    #expect(run.output == "" && run.code == 1)
    #expect(
      run.errors.hasPrefix("./sub/inner.segq:3:8: error:")
        || run.errors.hasPrefix("sub/inner.segq:3:8: error:"))
    #expect(run.errors.contains("note: included from outer.segq:3\n"), "\(run.errors)")
    let going = try Program.run(
      [Program.demo, "outer.segq", "--on-error", "continue"], in: folder)
    #expect(going.output == "outer\ninner\n2\n" && going.code == 1)
    let direct = try Program.shell(
      "ln -s \"$SEGQ\" segq; chmod +x sub/inner.segq; PATH=$PWD:$PATH sub/inner.segq", in: folder)
    #expect(direct.output == "" && direct.errors.hasPrefix("sub/inner.segq:3:21: error:"))
    #expect(direct.code == 1)
  }

  @Test("A script that sources itself is an error that names the chain")
  func cycle() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try "source 'b.segq'".write(
      to: folder.appending(path: "a.segq"), atomically: true, encoding: .utf8)
    try "source 'a.segq'".write(
      to: folder.appending(path: "b.segq"), atomically: true, encoding: .utf8)
    let run = try Program.run(["a.segq"], in: folder)
    #expect(run.code == 1)
    #expect(run.errors.contains("a.segq → b.segq → a.segq"))
  }
}
