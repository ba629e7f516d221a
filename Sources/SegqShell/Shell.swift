import SegqSystem

/// The program behind its command line: opens what it is given and runs what it is told.
public enum Shell {
  public static func run(_ options: ShellOptions) -> ExitCode {
    defer { Workers.finish() }
    let isPrompt =
      options.commands.isEmpty && options.script == nil && Terminal.isTerminal(0)
    Interrupt.install(endsWithTerminal: isPrompt)
    let session = Session(options, isInteractive: isPrompt)
    do throws(ShellError) {
      try raiseFence(options)
      try session.prepare(isPrompt: isPrompt)
    } catch {
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

  /// With `--safe` what is given on the command line may be read wherever it is.
  private static func raiseFence(_ options: ShellOptions) throws(ShellError) {
    guard options.isSafe else { return }
    let given = [options.store, options.script].compactMap(\.self).filter { $0 != "-" }
    do throws(SystemError) { try Fence.raise(admitting: given) } catch { throw .file(".", error) }
  }
}
