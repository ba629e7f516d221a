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
    } else if isPrompt {
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
    if let script = options.script { return runScript(script) }
    if !options.commands.isEmpty {
      return runWhole(
        options.commands.enumerated().map { (i, text) in
          SourceText(text, name: i == 0 ? "-c" : "-c \(i + 1)")
        })
    }
    guard isPrompt else { return runStandardInput() }
    runPrompt()
    return .success
  }

  /// Runs a script with what stands behind it on the command line.
  private func runScript(_ script: String) -> ExitCode {
    var others: [Literal] = []
    for argument in options.arguments {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2, !parts[0].isEmpty {
        parameters[parts[0].lowercased()] = String(parts[1])
      } else {
        let literal = Parser.parseLiteral(argument)
        if case .number = literal {
          others.append(literal ?? .string(argument))
        } else {
          others.append(.string(argument))
        }
      }
    }
    catalog.variables["args"] = .list(others)
    if let mistake = unknownParameter(of: script) { return tell([mistake]) }
    return runFile(script)
  }

  /// A parameter on the command line that the script does not declare.
  private func unknownParameter(of script: String) -> Mistake? {
    guard !parameters.isEmpty, let bytes = try? Files.read(script) else { return nil }
    let source = SourceText(bytes: bytes, name: script)
    let declared = Parser.parse(source).statements.flatMap(\.parameters)
    // An included file may declare it; that is seen only when it runs.
    guard !Parser.parse(source).statements.contains(where: \.includes),
      let unknown = parameters.keys.sorted().first(where: { name in
        !declared.contains { $0.text.lowercased() == name }
      })
    else { return nil }
    let names = declared.map(\.text)
    return Mistake(
      source: source,
      diagnostic: Diagnostic(
        code: "wrong-parameter", "the script has no parameter '\(unknown)'",
        help: Suggestion.nearest(to: unknown, in: names).map { "did you mean '\($0)'?" }
          ?? (names.isEmpty
            ? "it has none: param \(unknown) = … declares one"
            : "it has \(names.joined(separator: ", "))")))
  }

  private var greeting: String {
    let place = workspace.map { " · \($0.path)" } ?? ""
    return "segq \(Version.current)\(place) · \(summary)"
      + " · 'help' explains, Tab completes, Ctrl-D leaves\n"
      + (workspace == nil ? "in memory only: save '\(suggestedWorkspace)' keeps what you change\n" : "")
  }

  /// Statements of `~/.config/segq/config.segq`, if it is there.
  private func runConfiguration() throws(ShellError) {
    let path = Environment.configFolder + "/config.segq"
    guard Files.kind(path) == .file else { return }
    guard runFile(path) == .success else { throw .reported }
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

extension Statement {
  private var inner: [Statement] {
    switch kind {
    case .command(.loop(let loop)): loop.body
    case .command(.conditional(let conditional)): conditional.body + conditional.otherwise
    case .query, .command: []
    }
  }

  /// The parameters that it declares.
  fileprivate var parameters: [Identifier] {
    if case .command(.param(let name, _)) = kind { return [name] }
    return inner.flatMap(\.parameters)
  }

  fileprivate var includes: Bool {
    if case .command(.source) = kind { return true }
    return inner.contains(where: \.includes)
  }
}

/// The version of the program.
public enum Version {
  public static let current = "0.1.0"
}
