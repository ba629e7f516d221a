import Foundation
import SegqTestSupport
import Testing

@testable import SegqLanguage

@Suite("What ${x} stands for in a shell command")
struct ShellValueTests {
  /// A line, and what it prints where `${x}` stands for `V`.
  struct Line: Sendable, CustomTestStringConvertible {
    var text: String
    var prints: String
    var testDescription: String { text }

    init(_ text: String, _ prints: String = "<V>") { (self.text, self.prints) = (text, prints) }
  }

  /// What every shell understands.
  static let lines: [Line] = [
    Line("printf '<%s>' ${x}"), Line("printf '<%s>' \"${x}\""), Line("printf '<%s>' '${x}'"),
    Line("printf '<%s>' 'a ${x} b'", "<a V b>"), Line("printf '<%s>' ${x} \"${x}\"", "<V><V>"),
    Line("printf '<%s>' pre${x}post", "<preVpost>"),
    Line("printf '<%s>' \"a'${x}'b\"", "<a'V'b>"), Line("printf '<%s>' a\\'${x}", "<a'V>"),
    Line("printf '<%s>' \\\"${x}\\\"", "<\"V\">"),
    Line("printf '<%s>' \"\\\"${x}\\\"\"", "<\"V\">"),
    Line("printf '<%s>' 'it'\\''s '${x}", "<it's V>"), Line("printf '<%s>' ~${x}", "<~V>"),
    Line("printf '<%s>' \"$#${x}\"", "<0V>"), Line("printf '<%s>' $#${x}", "<0V>"),
    Line("printf '<%s>' '$'${x}", "<$V>"), Line("printf '<%s>' \\$${x}", "<$V>"),
    Line("printf '<%s>' a#${x} # it's ${x}", "<a#V>"), Line("# it's\t${x}", ""),
    // Substitutions.
    Line("printf '<%s>' \"$(printf %s \"${x}\")\""), Line("printf '<%s>' \"$(printf %s ${x})\""),
    Line("printf '<%s>' \"$(printf %s '${x}')\""),
    Line("printf '<%s>' \"$(printf %s \"$(printf %s \"${x}\")\")\""),
    Line("printf '<%s>' \"`printf %s \"${x}\"`\""), Line("printf '<%s>' \"`printf %s ${x}`\""),
    Line("printf '<%s>' \"`printf %s '${x}'`\""),
    Line("printf '<%s>' \"`printf %s \\\"${x}\\\"`\""),
    Line("printf '<%s>' \"`printf %s \\\"\\`printf %s \\\\\\\"${x}\\\\\\\"\\`\\\"`\""),
    Line("z=`printf %s \"${x}\"`; printf '<%s>' \"$z\""),
    // Parameters.
    Line("printf '<%s>' \"${y:-\"${x}\"}\""), Line("printf '<%s>' \"${y:-${x}}\""),
    Line("printf '<%s>' ${y:-\"${x}\"}"), Line("printf '<%s>' ${y:-${x}}"),
    Line("printf '<%s>' ${y:-'${x}'}"), Line("printf '<%s>' ${y-a' '${x}}", "<a V>"),
    Line("printf '<%s>' \"${y:-'${x}'}\"", "<'V'>"), Line("printf '<%s>' \"${HOME+${x}}\""),
    Line("printf '<%s>' \"${y:-}${x}\""), Line("printf '<%s>' \"${#y}${x}\"", "<0V>"),
    Line("printf '<%s>' \"${#}${x}\"", "<0V>"), Line("printf '<%s>' \"${y:=${x}}\""),
    Line("z=pre${x}; printf '<%s>' \"${z%\"${x}\"}\"", "<pre>"),
    Line("z=pre${x}; printf '<%s>' \"${z%${x}}\"", "<pre>"),
    Line("z=pre${x}; printf '<%s>' \"${z%'${x}'}\"", "<pre>"),
    Line("z=${x}post; printf '<%s>' \"${z#${x}}\" ${z#\"${x}\"}", "<post><post>"),
    // Commands.
    Line("z=a${x}; printf '<%s>' \"$z\"", "<aV>"), Line("set -- ${x}; printf '<%s>' \"$1\""),
    Line("f() { printf '<%s>' \"$1\"; }; f ${x}"), Line("f() { printf '<%s>' ${x}; }; f a b"),
    Line("for i in ${x} '${x}'; do printf '<%s>' \"$i\"; done", "<V><V>"),
    Line("(printf '<%s>' \"${x}\")"), Line("{ printf '<%s>' \"${x}\"; }"),
    Line("if [ ${x} = \"${x}\" ]; then printf yes; fi", "yes"),
    Line("case ${x} in ${x}) printf '<%s>' ${x};; *) printf no;; esac"),
    Line("case ${x} in no | '${x}') printf '<%s>' \"${x}\";; esac"),
    Line("printf '<%s>' \"$(case a in b) ;; a) printf %s \"${x}\";; esac)\""),
    Line("printf '<%s>' \"$(case a in (a) printf %s \"${x}\" ;; esac; :)${x}\"", "<VV>"),
    Line("printf '<%s>' \"$(case in in out) ;; in) printf %s \"${x}\";; esac)\""),
    Line("printf '<%s>' \"$(f() { case a in a) printf %s \"${x}\";; esac; }; f)\""),
    Line(
      "printf '<%s>' \"$(if :; then case a in a) case b in b) printf %s \"${x}\";; esac;; esac; fi)\""
    ),
    Line("printf '<%s>' \"$(echo case a in >&2; printf %s \"${x}\")\""),
    Line("v=${x} sh -c 'printf \"<%s>\" \"$v\"'"),
    Line("sh -c 'printf \"<%s>\" \"$1\"' sh ${x}"),
    Line("printf '<%s>' $((1 + 1))${x} \"$(( (2) * (3) ))${x}\"", "<2V><6V>"),
    Line("printf '<%s>' \"$(( $(printf %s 1; printf '<%s>' \"${x}\" >&2) + 1 ))\"", "<2>"),
    Line("printf '<%s>' ${x} | cat; printf '<%s>' \"${x}\" > /dev/null"),
  ]

  /// What bash understands besides.
  static let bashLines: [Line] = [
    Line("[[ ${x} == \"${x}\" ]] && printf '<%s>' ${x}"),
    Line("[[ $# -eq 0 && ${x} == '${x}' ]] && printf '<%s>' ${x}"),
    Line("printf '<%s>' $'it\\'s '\"${x}\"", "<it's V>"),
    Line("z=(${x} b); printf '<%s>' \"${z[0]}\""),
    Line("printf '<%s>' \"$(cat <(printf %s \"${x}\"))\""),
    Line("z=ab; printf '<%s>' \"${z/a/\"${x}\"}\" \"${z/a/${x}}\"", "<Vb><Vb>"),
    Line("z=ab; printf '<%s>' \"${z:1}${x}\" \"${z:$((1))}${x}\"", "<bV><bV>"),
    Line("((1)) && printf '<%s>' ${x}"),
  ]

  static let values = [
    "", "France", "two  words", " edges ", "it's", "\"", "'", "'\"'\"'", "\\", "\\\\n\\t", "a\\",
    "*",
    "[a-z]*", "~", "{a,b}", "!", "-n", "%s", "&", "$", "$y", "${y}", "$((1+1))", ")", "}", ";;",
    "esac", "# no", "a\nb", "$(touch pwned)", "`touch pwned`", "'; touch pwned; '",
    "\"; touch pwned; \"", "'$(touch pwned)'", "\"$(touch pwned)\"", "\\$(touch pwned)",
    "\n touch pwned \n#", "z[$(touch pwned)]", "a) touch pwned;; b", "}\"; touch pwned; \"",
    "&& touch pwned", "| touch pwned", "<(touch pwned)", "é 日本 Á \u{81}\u{88}\u{9f}",
    "\u{1}\u{7f}\u{1b}[0m",
  ]

  @Test(
    "Every shell gets it as it is, wherever it stands, and runs nothing of it", arguments: lines)
  func everywhere(line: Line) throws {
    for shell in [["sh"], ["bash", "--posix"]] {
      for value in Self.values { try check(line, value, shell) }
    }
  }

  @Test("A ' in quotes quotes nothing, which bash only knows as sh")
  func apostrophe() throws {
    let line = Line("printf '<%s>' \"${y:-it's ${x}}\"", "<it's V>")
    for shell in [["sh"], ["bash", "--posix"]] {
      for value in Self.values { try check(line, value, shell) }
    }
  }

  @Test("So does bash with what only bash knows", arguments: bashLines)
  func bash(line: Line) throws { for value in Self.values { try check(line, value, ["bash"]) } }

  private func check(_ line: Line, _ value: String, _ shell: [String]) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let command = ShellCommand(line.text)
    let printed = try output(of: command, value, shell, in: folder)
    let expected = line.prints.replacing("V", with: value)
    #expect(printed == expected, "\(shell): \(value.debugDescription): \(command.program)")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(left == [], "\(shell) ran \(value.debugDescription)")
  }

  /// What a shell prints that runs the command in a folder.
  private func output(
    of command: ShellCommand, _ value: String, _ shell: [String], in folder: URL
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = shell + ["-c", command.program]
    process.currentDirectoryURL = folder
    var environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp", "LC_ALL": "C.UTF-8"]
    for number in command.variables.indices {
      environment[ShellCommand.environmentName(number + 1)] = value
    }
    process.environment = environment
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test("The program is the same whatever the values are")
  func program() {
    let command = ShellCommand("gzip > '${s.id} ${x}'.gz; echo \"${x}\" ${x}")
    #expect(
      command.program
        == "gzip > ''\"${SEGQ_1}\"' '\"${SEGQ_2}\"''.gz; echo \"${SEGQ_3}\" \"${SEGQ_4}\"")
    #expect(command.variables.map(\.name.text) == ["s.id", "x", "x", "x"])
  }

  @Test(
    "Where the shell evaluates, only a number will do",
    arguments: [
      "echo $((1+${x}))", "echo \"$(( ${x} * 2 ))\"", "echo $((\"${x}\"+1))", "((${x}))",
      "for ((i=0; i<${x}; i++)); do :; done", "echo $[${x}]", "echo \"$[1+${x}]\"",
      "echo \"${y:${x}}\"", "echo ${y:1:${x}}", "echo ${y: -${x}}", "z[${x}]=1", "a=1 z[${x}]=1",
      "z=([${x}]=1)", "echo ${z[${x}]}", "echo \"${z[1+${x}]:-a}\"", "[[ ${x} -eq 1 ]]",
      "[[ 1 -lt \"${x}\" ]]", "[[ a == b || a${x} -ge 2 ]]", "[[ -v ${x} ]]",
      "echo $((${y:-${x}}))", "echo `echo $((${x}))`", "echo \"`echo $((\\`echo 1\\`+${x}))`\"",
      "echo $(($(echo 1)+${x}))", "echo $((echo ${x}) | cat)", "if ((${x})); then :; fi",
      "case a in a) z[${x}]=1;; esac", "f() ((${x}))", "echo $((1 ? ${x} : 2))",
    ])
  func arithmetic(text: String) {
    #expect(ShellCommand(text).variables.map(\.isArithmetic) == [true])
  }

  @Test(
    "Beside it anything will do",
    arguments: [
      "echo $(( $(echo ${x}) ))", "[[ $a -eq 1 && ${x} == b ]]", "[[ $(echo ${x}) -eq 1 ]]",
      "ls z[${x}]", "[ ${x} -eq 1 ]", "echo \"$((1))${x}\"", "echo ${y:-${x}}", "echo ${y:+${x}}",
      "case a in z[${x}]) ;; esac", "echo '$((' ${x}", "echo ${z[1]}${x}",
      "((1)); echo ${x}", "# $((${x}", "echo $(( `echo ${x}` ))", "[[ a -eq b ]]; echo ${x}",
    ])
  func noArithmetic(text: String) {
    #expect(ShellCommand(text).variables.map(\.isArithmetic) == [false])
  }

  @Test("What is no name in braces is the shell's, and so is what a \\ stands before")
  func shells() {
    for text in ["${x:-a}", "${#x}", "$x", "\\${x}", "${1}", "$${x}", "`\\${x}`", "${x", "${}"] {
      #expect(ShellCommand("echo " + text).program == "echo " + text)
    }
  }

  @Test(
    "Of lines made by the grammar it knows what is evaluated; of the rest no shell runs anything")
  func random() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    for seed in 1...Self.randomLines {
      let line = RandomShellLine(seed: UInt64(seed))
      let command = ShellCommand(line.text)
      #expect(command.text == line.text)
      #expect(command.variables.map(\.isArithmetic) == line.evaluated, "\(line.text)")
      if line.evaluated.contains(true) || line.evaluatesOutput { continue }
      for shell in ["dash", "bash"] {
        _ = try output(of: command, "z[$(touch pwned)]", [shell], in: folder)
        let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(left == [], "\(shell) ran a value in \(line.text)")
        for name in left { try FileManager.default.removeItem(at: folder.appending(path: name)) }
      }
    }
  }

  /// More of them: `SEGQ_RANDOM_LINES=20000 scripts/test --filter ShellValueTests`.
  private static let randomLines =
    ProcessInfo.processInfo.environment["SEGQ_RANDOM_LINES"].flatMap { Int($0) } ?? 500

  @Test("Within $'…' it is known as such, since shells differ")
  func ansi() {
    #expect(ShellCommand("echo $'a\\'${x}'").variables.map(\.place) == [.ansi])
    #expect(ShellCommand("echo \"$'a${x}'\"").variables.map(\.place) == [.quoted])
  }
}

extension ShellCommand {
  fileprivate init(_ text: String) {
    self.init(SourceText(text, name: ""), SourceSpan(0, text.utf8.count))
  }
}
