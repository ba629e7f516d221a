import ArgumentParser
import Glibc
import SegqShell
import SegqSystem

extension ParsableCommand {
  /// Tells what is wrong with the arguments and leaves with 2; help and the version leave with 0.
  static func leave(_ error: any Error) -> Never {
    let isHelp = exitCode(for: error).rawValue == 0
    let stream = OutputStream(
      descriptor: isHelp ? OutputStream.standardOutput : OutputStream.standardError)
    do throws(SystemError) {
      try stream.write(fullMessage(for: error) + "\n")
      try stream.flush()
    } catch {
      Glibc.exit(SegqShell.ExitCode.failure.rawValue)
    }
    Glibc.exit(isHelp ? 0 : SegqShell.ExitCode.usage.rawValue)
  }
}

extension Segq {
  static func exit(code: SegqShell.ExitCode) -> Never { Glibc.exit(code.rawValue) }
}
