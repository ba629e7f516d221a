import SegqSystem

/// The program behind its command line: opens what it is given and runs what it is told.
public enum Shell {
  public static func run(_ options: ShellOptions) -> ExitCode {
    defer { Workers.finish() }
    let isPrompt =
      options.commands.isEmpty && options.script == nil && Terminal.isTerminal(0)
    Interrupt.install(endsWithTerminal: isPrompt)
    let session = Session(options, isInteractive: isPrompt)
    do throws(ShellError) { try session.prepare(isPrompt: isPrompt) } catch {
      return session.report(error, in: nil)
    }
    let code = session.runInput(isPrompt: isPrompt)
    guard code == .success || !session.output.isFile else {
      session.output.discard()
      return code
    }
    do throws(ShellError) { try session.output.finish() } catch {
      let failure = session.report(error, in: nil)
      return code == .success ? failure : code
    }
    return code
  }
}
