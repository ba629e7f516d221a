import SegqLanguage
import SegqPlanner
import SegqSystem

/// What a shell is given to run: a program that is the same whatever the values are, and the values.
struct ShellInvocation {
  /// As messages name it: `gzip > ${x}.gz`
  var shown: String
  /// `gzip > "${SEGQ_1}".gz`
  var program: String
  /// `SEGQ_1`: `France`
  var values: [(name: String, value: String)] = []

  /// A command of the user's own, which has no values of segq's.
  init(_ program: String) {
    shown = program
    self.program = program
  }

  /// `vim "${SEGQ_1}"`
  init(_ program: String, on path: String) {
    shown = "\(program) \(path)"
    let name = ShellCommand.environmentName(1)
    self.program = "\(program) \"${\(name)}\""
    values = [(name, path)]
  }

  func start(isFed: Bool) throws(ShellError) -> Subprocess {
    if program.utf8.contains(0) { throw .diagnostic(ShellCommandErrors.commandHasNUL) }
    do throws(SystemError) {
      return try Subprocess(program, environment: values, isFed: isFed)
    } catch {
      if error.isTooLong { throw .diagnostic(ShellCommandErrors.tooLong(values.map(\.value))) }
      throw .file(shown, error)
    }
  }

  /// Runs it on this program's standard input, and tells its exit code.
  func run() throws(ShellError) -> Int32 { try start(isFed: false).finish() }
}

extension Session {
  /// A line for the shell, with what its variables stand for.
  func invocation(_ command: ShellCommand) throws(ShellError) -> ShellInvocation {
    var invocation = ShellInvocation(command.program)
    invocation.shown = command.text
    for (i, variable) in command.variables.enumerated() {
      let value = try planned { () throws(Diagnostic) in try self.value(of: variable) }
      invocation.values.append((ShellCommand.environmentName(i + 1), value))
    }
    return invocation
  }

  private func value(of variable: ShellCommand.Variable) throws(Diagnostic) -> String {
    guard catalog.variables[variable.name.name.text] != nil else {
      throw ShellCommandErrors.unknown(variable)
    }
    if variable.place == .ansi { throw ShellCommandErrors.inAnsiQuotes(variable) }
    let value = try catalog.variables.value(of: variable.name)
    // While a script is checked, nobody knows what it will be.
    if case .unknown = value { return "" }
    let text = value.text
    if text.utf8.contains(0) { throw ShellCommandErrors.hasNUL(variable) }
    return variable.isArithmetic ? try Self.number(text, of: variable) : text
  }

  /// `5`; ` -5`, since the shell reads `1--5` otherwise. `010` would be 8 there.
  private static func number(
    _ text: String, of variable: ShellCommand.Variable
  ) throws(Diagnostic) -> String {
    guard let number = Int64(text), String(number) == text else {
      throw ShellCommandErrors.notANumber(variable, text)
    }
    return number < 0 ? " " + text : text
  }
}
