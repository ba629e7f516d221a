import Foundation
import SegqTestSupport
import Testing

@Suite("Variables in shell commands")
struct ShellCommandTests {
  private func run(_ text: String, _ value: String) throws -> (run: Program.Run, files: [String]) {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let run = try Program.run(["-c", text, "x=" + value], in: folder)
    return (run, try FileManager.default.contentsOfDirectory(atPath: folder.path))
  }

  @Test(
    "A command gets the value and runs nothing of it, behind | as behind !",
    arguments: [
      "select 1 + 1 as n | printf %s \"$(printf %s \"${x}\")\"", "!printf %s `printf %s '${x}'`",
      "!printf %s ${y:-\"${x}\"} # it's ${x}", "let z = $x\n!printf %s \"${z}\"",
    ])
  func exact(text: String) throws {
    let (run, files) = try run(text, "$(touch${IFS}pwned)`touch${IFS}pwned`';\"")
    #expect(run.output == "$(touch${IFS}pwned)`touch${IFS}pwned`';\"" && run.code == 0)
    #expect(files == [])
  }

  @Test("Shell arithmetic takes whole numbers, also below zero, and nothing else")
  func arithmetic() throws {
    #expect(try run("!echo $((1-${x}))", "-5").run.output == "6\n")
    for value in ["z[$(touch pwned)]", "PATH=1", "1.5", "010", "", "9223372036854775808"] {
      let (run, files) = try run("!echo $((1-${x}))", value)
      #expect(run.code == 1 && run.output == "" && files == [])
      #expect(run.errors.contains("-c:1:12: error: the shell calculates with whole numbers"))
      #expect(run.errors.contains("'$x' is '\(value)'"))
    }
  }

  @Test(
    "What no command can receive is one error, with its place and a way out",
    arguments: [
      ("let z = 'a\\u{0}b'; select 1 as n | echo \"${z}\"", "'$z' contains the character NUL"),
      ("let x = 5\n!echo $'a${x}'", "shells read a variable within $'…' differently"),
      ("!echo ${HOME}", "for the shell's own write $HOME"),
      ("!echo a\u{0}b", "the command contains the character NUL"),
    ])
  func refused(text: String, message: String) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let script = folder.appending(path: "s.segq")
    try text.write(to: script, atomically: true, encoding: .utf8)
    let run = try Program.run(["--on-error", "stop", script.path], in: folder)
    #expect(run.code != 0 && run.output == "" && run.errors.contains(message), "\(run)")
  }

  @Test("A value may be as long as the system lets it, and not longer")
  func long() throws {
    let fits = "let a = '\(String(repeating: "a", count: 100_000))'\n!printf %s ${a} | wc -c"
    #expect(try Program.run([], input: fits).output == "100000\n")
    let long = "let a = '\(String(repeating: "a", count: 200_000))'\n!printf %s ${a} | wc -c"
    let run = try Program.run([], input: long)
    #expect(run.code == 1 && run.output == "")
    #expect(run.errors.contains("refuses a command this long: one of its values has 200000 bytes"))
  }

  @Test("What fails is named as it was typed, and a command of a command has variables of its own")
  func nested() throws {
    #expect(try run("!exit 3 # ${x}", "v").run.errors.contains("exit code 3: exit 3 # ${x}"))
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let inner = folder.appending(path: "inner.segq")
    try "param x\n!printf %s ${x}".write(to: inner, atomically: true, encoding: .utf8)
    let run = try Program.run(["-c", "!\"$SEGQ\" inner.segq x=in${x}", "x=V"], in: folder)
    #expect(run.output == "inV")
  }
}
