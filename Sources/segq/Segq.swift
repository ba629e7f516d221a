public import ArgumentParser
public import SegqShell
import SegqSystem

@main
struct Segq: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segq",
    abstract: "A shell over the customer segments of an Adobe Commerce store.",
    usage: """
      segq [options] [store] [script.segq | -] [name=value ...]
      segq [options] [store] -c <text> [name=value ...]
      segq check [--json] [store] <file.segq> ...
      segq format [--check] <file.segq> ...
      segq demo <folder> [--customers <n>] [--seed <n>]
      segq check-store <workspace>
      """,
    discussion: """
      Without a script and at a terminal it prompts, on the store given, else on the workspace last \
      used, else on a demo store. \
      Statements also come by -c or by standard input. 'help' at the prompt explains the language.
      """,
    version: Version.current)

  @Argument(
    help:
      "A workspace or a folder of CSVs; a script ending in .segq, or - for one on standard input; and name=value for parameters."
  )
  var paths: [String] = []

  @Option(
    name: .customShort("c", allowingJoined: true), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Run these statements.", valueName: "text"))
  var commands: [String] = []

  @Option(
    name: [.customShort("F", allowingJoined: true), .long],
    help:
      "How results are written: csv, tsv, json, jsonl, markdown, table, vertical, xml, html, chart."
  )
  var format: String?

  @Option(
    name: [.customShort("o", allowingJoined: true), .long],
    help: ArgumentHelp("Write results to this file, or to standard output (-).", valueName: "file"))
  var output: String?

  @Flag(name: .customLong("no-header"), help: "Leave the column names out.")
  var hidesHeader = false

  @Option(help: "What an error does: stop or continue.")
  var onError: OnError?

  @Option(help: "What a row that cannot be read does: stop or skip.")
  var onBadRow = OnBadRow.skip

  @Option(help: ArgumentHelp("Take this for the present: 2024-01-31T10:00.", valueName: "time"))
  var now: String?

  @Option(help: ArgumentHelp("Time zone for dates and times: Europe/Paris.", valueName: "zone"))
  var timezone: String?

  @Option(help: "Colours: auto, always or never.")
  var color = ShellOptions.ColorChoice.auto

  @Flag(
    help:
      "Run no shell commands, write nothing outside the working folder, and read nothing outside it but the store and the script given."
  )
  var safe = false

  @Flag(name: .customLong("no-init"), help: "Do not read config.segq.")
  var skipsConfig = false

  @Flag(name: .shortAndLong, help: "Tell errors only.")
  var quiet = false

  enum OnError: String, ExpressibleByArgument, CaseIterable {
    case stop
    case `continue`
  }

  enum OnBadRow: String, ExpressibleByArgument, CaseIterable {
    case stop
    case skip
  }

  static func main() {
    let arguments = Environment.arguments
    let rest = Array(arguments.dropFirst())
    switch arguments.first {
    case Demo.name: return Demo.main(rest)
    case Check.name: return Check.main(rest)
    case CheckStore.name: return CheckStore.main(rest)
    case Format.name: return Format.main(rest)
    case Completions.name: return Completions.main(rest)
    default: break
    }
    do { try parse(arguments).runShell() } catch { leave(error) }
  }

  func runShell() throws {
    Segq.exit(code: Shell.run(try options()))
  }

  private func options() throws -> ShellOptions {
    var options = ShellOptions()
    for path in paths {
      if options.script != nil || ScriptArguments.isParameter(path) {
        options.arguments.append(path)
      } else if path == "-" || path.hasSuffix(".segq") {
        options.script = path
      } else if options.store == nil {
        options.store = path
      } else {
        throw ValidationError(
          "there is one store at most, and '\(path)' is no script: scripts end in .segq")
      }
    }
    if options.script != nil, !commands.isEmpty {
      throw ValidationError("statements come from -c or from a script, not from both")
    }
    options.commands = commands
    options.format = format
    options.output = output
    options.showsHeader = !hidesHeader
    options.stopsOnError = onError.map { $0 == .stop }
    options.stopsOnBadRow = onBadRow == .stop
    options.now = now
    options.timezone = timezone
    options.color = color
    options.isSafe = safe
    options.readsConfig = !skipsConfig
    options.isQuiet = quiet
    return options
  }
}

extension ShellOptions.ColorChoice: ExpressibleByArgument {}
