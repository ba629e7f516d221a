public import ArgumentParser
public import SegqShell

@main
struct Segq: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segq",
    abstract: "A shell over the customer segments of an Adobe Commerce store.",
    usage: """
      segq [options] [store] [script.segq]
      segq demo <folder> [--customers <n>] [--seed <n>]
      """,
    discussion: """
      Without a script and at a terminal it prompts, on the store given or else on a demo store. \
      Statements also come by -c or by standard input. 'help' at the prompt explains the language.
      """,
    version: Version.current)

  @Argument(help: "A folder of CSVs, and a script ending in .segq.")
  var paths: [String] = []

  @Option(
    name: .customShort("c"), help: ArgumentHelp("Run these statements.", valueName: "text"))
  var commands: [String] = []

  @Option(
    name: [.customShort("F"), .long],
    help: "How results are written: csv, tsv, json, jsonl, markdown, table, vertical, xml.")
  var format: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write results to this file.", valueName: "file"))
  var output: String?

  @Flag(name: .customLong("no-header"), help: "Leave the column names out.")
  var hidesHeader = false

  @Option(help: "What an error does: stop or continue.")
  var onError: OnError?

  @Option(help: "What a row that cannot be read does: stop or skip.")
  var onBadRow = OnBadRow.skip

  @Option(help: ArgumentHelp("Take this for the present: 2024-01-31T10:00.", valueName: "time"))
  var now: String?

  @Option(help: ArgumentHelp("Where the clock hangs: Europe/Paris.", valueName: "zone"))
  var timezone: String?

  @Option(help: "Colours: auto, always or never.")
  var color = ShellOptions.ColorChoice.auto

  @Flag(help: "Run no shell commands, touch nothing outside the working folder.")
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
    let arguments = Array(CommandLine.arguments.dropFirst())
    if arguments.first == Demo.name { return Demo.main(Array(arguments.dropFirst())) }
    do { try parse(arguments).runShell() } catch { leave(error) }
  }

  func runShell() throws {
    Segq.exit(code: Shell.run(try options()))
  }

  private func options() throws -> ShellOptions {
    var options = ShellOptions()
    for path in paths {
      if path.hasSuffix(".segq"), options.script == nil {
        options.script = path
      } else if options.store == nil, options.script == nil {
        options.store = path
      } else {
        throw ValidationError("there is one store and one script at most: '\(path)' is too much")
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

/// `segq demo DIR`: a made-up store.
struct Demo: ParsableCommand {
  static let name = "demo"
  static let configuration = CommandConfiguration(
    commandName: "segq demo", abstract: "Write a made-up store as a folder of CSVs.")

  @Argument(help: "The folder to make.")
  var folder: String

  @Option(help: "How many customers.")
  var customers = 10_000

  @Option(help: "The same seed gives the same bytes.")
  var seed: UInt64 = 1

  static func main(_ arguments: [String]) {
    do {
      let demo = try parse(arguments)
      Segq.exit(
        code: DemoFolder.write(to: demo.folder, customers: demo.customers, seed: demo.seed))
    } catch { leave(error) }
  }

  func validate() throws {
    guard (1...100_000_000).contains(customers) else {
      throw ValidationError("there are 1 to 100000000 customers")
    }
  }
}
