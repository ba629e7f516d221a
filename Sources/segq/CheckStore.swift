import ArgumentParser
import SegqShell

/// `segq check-store shop.segdb`: whether a workspace is as it was written.
struct CheckStore: ParsableCommand {
  static let name = "check-store"
  static let configuration = CommandConfiguration(
    commandName: "segq check-store", abstract: "Check every byte of a workspace.",
    discussion: """
      What is damaged is named, with what it holds. Exit code: 0 all is well, 1 something is damaged \
      or can't be read.
      """)

  @Argument(help: "The workspace.")
  var path: String

  static func main(_ arguments: [String]) {
    do {
      let check = try parse(arguments)
      Segq.exit(code: StoreCheck.run(check.path))
    } catch { leave(error) }
  }
}
