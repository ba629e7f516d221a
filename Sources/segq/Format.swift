import ArgumentParser
import SegqShell

/// `segq format report.segq`: scripts in the one layout.
struct Format: ParsableCommand {
  static let name = "format"
  static let configuration = CommandConfiguration(
    commandName: "segq format", abstract: "Write scripts anew, in one layout.",
    discussion:
      "Comments stay, and what a script does stays. A file that does not parse stays as it is.")

  @Argument(help: "Scripts; - for standard input to standard output.")
  var files: [String]

  @Flag(help: "Change nothing; name the files that are laid out otherwise, and end with 1.")
  var check = false

  static func main(_ arguments: [String]) {
    do {
      let format = try parse(arguments)
      Segq.exit(code: ScriptFiles.format(format.files, changesNothing: format.check))
    } catch { leave(error) }
  }
}
