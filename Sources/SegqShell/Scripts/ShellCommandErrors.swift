import SegqLanguage

/// What is wrong with a variable in a line for the shell.
enum ShellCommandErrors {
  static func unknown(_ variable: ShellCommand.Variable) -> Diagnostic {
    let name = variable.name.name.text
    return Diagnostic(
      code: "unknown-variable", "there is no variable '$\(name)'", at: variable.span,
      help: "for the shell's own write $\(name)")
  }

  /// `$'a\t${x}'`
  static func inAnsiQuotes(_ variable: ShellCommand.Variable) -> Diagnostic {
    Diagnostic(
      code: "ansi-quotes", "shells read a variable within $'…' differently", at: variable.span,
      help: "end the quotes before it: $'…'\"${\(variable.name.text)}\"")
  }

  /// `$((1 + ${x}))`
  static func notANumber(_ variable: ShellCommand.Variable, _ value: String) -> Diagnostic {
    Diagnostic(
      code: "shell-arithmetic",
      "the shell calculates with whole numbers, and '$\(variable.name.text)' is '\(value)'",
      at: variable.span,
      help: "calculate before the command: let n = …; a subshell is written $( ( … ) )")
  }

  static func hasNUL(_ variable: ShellCommand.Variable) -> Diagnostic {
    Diagnostic(
      code: "nul-in-value",
      "'$\(variable.name.text)' contains the character NUL, which no command can receive",
      at: variable.span, help: "send it as a row instead: select … | command")
  }

  static let commandHasNUL = Diagnostic(
    code: "nul-in-value", "the command contains the character NUL, which no shell can receive")

  static func tooLong(_ values: [String]) -> Diagnostic {
    let longest = values.map(\.utf8.count).max() ?? 0
    return Diagnostic(
      code: "command-too-long",
      "the system refuses a command this long"
        + (longest > 4096 ? ": one of its values has \(longest) bytes" : ""),
      help: "send long text as rows: select … | command")
  }
}
