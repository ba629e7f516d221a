import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

extension Session {
  /// Applies the options and opens the store.
  func prepare(isPrompt: Bool) throws(ShellError) {
    settings.showsHeader = options.showsHeader
    if let name = options.timezone {
      try set(Self.word("timezone"), SettingValue(text: name, span: SourceSpan(0, 0)))
    }
    if let name = options.format { settings.format = try format(Self.word(name)) }
    if options.readsConfig { try runConfiguration() }
    if let now = options.now { catalog.now = try Self.instant(now, settings.zone) }
    if let path = options.output {
      try checkWriting(path)
      try output.redirect(to: path)
    }
    if let store = options.store {
      guard Files.kind(store) != nil else { throw .file(store, SystemError(code: 2)) }
      try open(store)
    } else if isPrompt {
      try open(try DemoFolder.standing(tell: tell))
    }
    if isPrompt, !options.isQuiet { tell(greeting) }
  }

  /// Runs the script, the `-c` texts, the prompt or standard input.
  func runInput(isPrompt: Bool) -> ExitCode {
    if let script = options.script { return runFile(script) }
    if !options.commands.isEmpty {
      return runWhole(options.commands.map { SourceText($0, name: "-c") })
    }
    guard isPrompt else { return runStandardInput() }
    runPrompt()
    return .success
  }

  private var greeting: String {
    let customers = catalog.store.customers?.rowCount ?? 0
    return "segq \(Version.current) · \(customers) customers, \(catalog.segments.count) segments"
      + " · 'help' explains, Tab completes, Ctrl-D leaves\n"
  }

  /// Statements of `~/.config/segq/config.segq`, if it is there.
  private func runConfiguration() throws(ShellError) {
    let path = Environment.configFolder + "/config.segq"
    guard Files.kind(path) == .file else { return }
    guard runFile(path) == .success else { throw .reported }
  }

  private static func word(_ text: String) -> Identifier {
    Identifier(text: text, span: SourceSpan(0, 0))
  }

  /// `2024-01-31`, `2024-01-31T10:00`, with or without an offset.
  private static func instant(_ text: String, _ zone: TimeZone) throws(ShellError) -> Int64 {
    guard var time = FieldParse.time(Array(text.utf8)[...], order: .monthFirst) else {
      throw .diagnostic(
        Diagnostic(
          code: "wrong-option", "--now '\(text)' is no time",
          help: "write 2024-01-31 or 2024-01-31T10:00"))
    }
    time.isLocal = true
    return time.instant(in: zone)
  }
}

/// The version of the program.
public enum Version {
  public static let current = "0.1.0"
}
