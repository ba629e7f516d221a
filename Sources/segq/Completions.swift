import ArgumentParser
import SegqSystem

/// `segq --generate-completion-script bash`: what a shell completes behind `segq`.
///
/// The program looks for its subcommands itself, since a folder may be called like one; here they
/// are named for the scripts, which swift-argument-parser makes.
struct Completions: ParsableCommand {
  static let name = "--generate-completion-script"
  static let configuration = CommandConfiguration(
    commandName: "segq", abstract: Segq.configuration.abstract, version: Segq.configuration.version,
    subcommands: [DemoNames.self, CheckNames.self, CheckStoreNames.self, FormatNames.self])

  @OptionGroup var options: Segq

  static func main(_ arguments: [String]) {
    guard let name = arguments.first, let shell = CompletionShell(rawValue: name) else {
      leave(
        ValidationError(
          "name a shell: " + CompletionShell.allCases.map(\.rawValue).joined(separator: ", ")))
    }
    let stream = OutputStream(descriptor: OutputStream.standardOutput)
    try? stream.write(completionScript(for: shell) + "\n")
    try? stream.flush()
  }
}

// The subcommands by the one word that is typed.

private struct DemoNames: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Demo.name, abstract: Demo.configuration.abstract)
  @OptionGroup var options: Demo
}

private struct CheckNames: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Check.name, abstract: Check.configuration.abstract)
  @OptionGroup var options: Check
}

private struct CheckStoreNames: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: CheckStore.name, abstract: CheckStore.configuration.abstract)
  @OptionGroup var options: CheckStore
}

private struct FormatNames: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: Format.name, abstract: Format.configuration.abstract)
  @OptionGroup var options: Format
}
