import ArgumentParser
import SegqShell

/// `segq check report.segq`: what is wrong with scripts, without running them.
struct Check: ParsableCommand {
  static let name = "check"
  static let configuration = CommandConfiguration(
    commandName: "segq check",
    abstract: "Look at scripts without running them.",
    discussion: """
      Names of tables, columns and segments are looked up where a store is given. Exit code: 0 all \
      is well, 1 a name or type is wrong, 2 a text does not parse.
      """)

  @Argument(help: "A store, and scripts ending in .segq.")
  var paths: [String]

  @Flag(help: "Tell mistakes as a JSON array, for editors.")
  var json = false

  static func main(_ arguments: [String]) {
    do {
      let check = try parse(arguments)
      Segq.exit(code: try check.run())
    } catch { leave(error) }
  }

  private func run() throws -> SegqShell.ExitCode {
    var files = paths
    var store: String?
    if let first = files.first, !first.hasSuffix(".segq") { store = files.removeFirst() }
    if let stray = files.first(where: { !$0.hasSuffix(".segq") }) {
      throw ValidationError("'\(stray)' is no script: scripts end in .segq")
    }
    guard !files.isEmpty else { throw ValidationError("name a script ending in .segq") }
    return ScriptFiles.check(files, store: store, asJSON: json)
  }
}
