import ArgumentParser
import SegqShell

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
