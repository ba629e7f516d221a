import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqStore
import SegqSystem

extension Session {
  /// Applies the options and opens the store.
  func prepare(isPrompt: Bool) throws(ShellError) {
    settings.showsHeader = options.showsHeader
    try Self.asUsage { () throws(ShellError) in
      if let name = options.timezone {
        try set(Self.word("timezone"), SettingValue(Template(name)))
      }
      if let name = options.format {
        settings.format = try format(Self.word(name))
      } else if let path = options.output, let dot = path.lastIndex(of: ".") {
        let ending = String(path[path.index(after: dot)...])
        guard !Self.isLater(ending) else { throw Self.unknownFormat(ending, at: nil) }
        settings.format = Format(fileExtension: ending)
      }
    }
    if options.readsConfig {
      // What the settings file shows is no part of anybody's data.
      output.isMuted = !isPrompt
      try runConfiguration()
      output.isMuted = false
    }
    if let path = options.output, path != "-" {
      try checkWriting(path)
      try output.redirect(to: path)
    }
    if let store = options.store {
      guard Files.kind(store) != nil else { throw .file(store, SystemError(code: 2)) }
      try open(store)
    } else if isPrompt, let last = LastWorkspace.path {
      try open(last)
    } else if isPrompt, !options.isSafe {
      try open(try DemoFolder.standing(tell: tell))
    }
    if let now = options.now {
      catalog.now = try Self.asUsage { () throws(ShellError) in
        try Self.instant(now, settings.zone)
      }
      if workspace == nil { catalog.noteLoading() }
    }
    if isPrompt, !options.isQuiet { tell(greeting) }
  }

  /// Runs the script, the `-c` texts, the prompt or standard input.
  func runInput(isPrompt: Bool) -> ExitCode {
    takeArguments()
    if let script = options.script { return runScript(script) }
    if !options.commands.isEmpty { return runCommands() }
    defineParameters()
    guard isPrompt else { return runStandardInput() }
    runPrompt()
    return .success
  }

  /// Whether statements come from standard input.
  var readsStatements: Bool {
    if let script = options.script { return script == "-" }
    return options.commands.isEmpty
  }

  /// Runs a script; `-` is standard input, whole.
  private func runScript(_ script: String) -> ExitCode {
    let source: SourceText
    do throws(ShellError) {
      source = try script == "-" ? Self.standardInput() : read(script: script)
    } catch { return report(error, in: nil) }
    if !parameters.isEmpty,
      let mistake = unknownParameter(of: source, Parser.parse(source).statements)
    {
      return tell([mistake])
    }
    return script == "-" ? runWhole([source]) : runFile(script)
  }

  private static func standardInput() throws(ShellError) -> SourceText {
    var bytes: [UInt8] = []
    do throws(SystemError) {
      while true {
        guard let block = try Files.readBlock(0) else {
          if Interrupt.isRequested { throw SystemError(code: 4) }
          continue
        }
        if block.isEmpty { return SourceText(bytes: bytes, name: "<stdin>") }
        bytes += block
      }
    } catch { throw error.isInterrupt ? .interrupted : .file("<stdin>", error) }
  }

  /// Runs the texts of `-c`.
  private func runCommands() -> ExitCode {
    let sources = options.commands.enumerated().map { (i, text) in
      SourceText(text, name: i == 0 ? "-c" : "-c \(i + 1)")
    }
    if !parameters.isEmpty {
      let statements = sources.flatMap { Parser.parse($0).statements }
      if let mistake = defineParameters(usedBy: sources, statements) { return tell([mistake]) }
    }
    return runWhole(sources)
  }

  private var greeting: String {
    let place = workspace.map { " · \($0.path)" } ?? ""
    return "segq \(Version.current)\(place) · \(summary)"
      + " · 'help' explains, Tab completes, Ctrl-D leaves\n"
      + (workspace == nil
        ? "in memory only: save '\(suggestedWorkspace)' keeps what you change\n" : "")
  }

  /// Statements of `~/.config/segq/config.segq`, if it is there.
  private func runConfiguration() throws(ShellError) {
    let path = Environment.configFolder + "/config.segq"
    guard Files.isOwnFile(path) else { return }
    guard runFile(path, isOwn: true) == .success else { throw .reported }
    // They will run anyway.
    succeeded = []
  }

  /// What is wrong with an option is wrong usage; it has no place in any text.
  private static func asUsage<T>(_ body: () throws(ShellError) -> T) throws(ShellError) -> T {
    do throws(ShellError) { return try body() } catch {
      guard case .diagnostic(var diagnostic) = error else { throw error }
      diagnostic.code = "wrong-option"
      diagnostic.span = nil
      throw .diagnostic(diagnostic)
    }
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
