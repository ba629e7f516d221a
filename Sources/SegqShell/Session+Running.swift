import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

extension Session {
  /// How many mistakes of a text are told one by one.
  private static let toldMistakes = 20

  /// Parses texts whole, and runs them if nothing in them is wrong.
  func runWhole(_ sources: [SourceText]) -> ExitCode {
    let parsed = sources.map { (source: $0, text: Parser.parse($0)) }
    let syntax = parsed.flatMap { part in
      part.text.diagnostics.map {
        Mistake(source: part.source, diagnostic: $0, isSyntax: true)
      }
    }
    guard syntax.isEmpty else { return tell(syntax) }
    let mistakes = preliminaryMistakes(parsed.map { ($0.source, $0.text.statements) })
    guard mistakes.isEmpty else { return tell(mistakes) }
    var worst = ExitCode.success
    for (source, text) in parsed {
      worst = worst.and(runBlock(text.statements, in: source))
      if endsRun(worst) { break }
    }
    return worst
  }

  /// What can be told before the first statement runs, where a mistake ends the run; of a single
  /// statement it will be told anyway, and of an included file it has been.
  private func preliminaryMistakes(
    _ texts: [(source: SourceText, statements: [Statement])]
  ) -> [Mistake] {
    guard stopsOnError, openFiles.count <= 1 else { return [] }
    let statements = texts.flatMap(\.statements)
    guard statements.count > 1 || statements.contains(where: \.hasBlock) else { return [] }
    return check(texts)
  }

  /// Tells mistakes one by one, and how many more there are.
  func tell(_ mistakes: [Mistake]) -> ExitCode {
    for mistake in mistakes.prefix(Self.toldMistakes) {
      tell(mistake.diagnostic, in: mistake.source)
    }
    if mistakes.count > Self.toldMistakes {
      let rest = mistakes.count - Self.toldMistakes
      tell("segq: and \(rest) more \(rest == 1 ? "mistake" : "mistakes")\n")
    }
    return mistakes.contains { $0.isSyntax || $0.diagnostic.isUsage } ? .usage : .failure
  }

  var stopsOnError: Bool { options.stopsOnError ?? !isInteractive }

  /// Runs standard input statement by statement, as it comes.
  func runStandardInput() -> ExitCode {
    var pending: [UInt8] = []
    var line = 1
    var worst = ExitCode.success
    while true {
      let block: [UInt8]
      do throws(SystemError) {
        guard let next = try Files.readBlock(0) else {
          if Interrupt.isRequested { return .interrupted }
          continue
        }
        block = next
      } catch { return report(.file("<stdin>", error), in: nil) }
      let isFinal = block.isEmpty
      pending += block
      // Only whole lines: a word may be cut in two.
      guard isFinal || block.contains(UInt8(ascii: "\n")) else { continue }
      let end = isFinal ? pending.count : (pending.lastIndex(of: UInt8(ascii: "\n")) ?? 0) + 1
      let used = runLines(Array(pending[..<end]), line, isFinal: isFinal, &worst)
      line += pending[..<used].count { $0 == UInt8(ascii: "\n") }
      pending.removeSubrange(..<used)
      if endsRun(worst) { return worst }
      if isFinal { return unusedParameter().map { worst.and(tell([$0])) } ?? worst }
    }
  }

  /// Runs what is complete of the lines; returns how many bytes are done with.
  private func runLines(
    _ bytes: [UInt8], _ firstLine: Int, isFinal: Bool, _ worst: inout ExitCode
  ) -> Int {
    let source = SourceText(bytes: bytes, name: "<stdin>", firstLine: firstLine)
    if !parameters.isEmpty { noteParameters(in: source) }
    var parser = Parser(source)
    while true {
      let start = parser.offset
      let code: ExitCode
      switch parser.step(isFinal: isFinal) {
      case .end: return bytes.count
      case .statement(let statement): code = run(statement, in: source)
      case .failure(let diagnostics):
        for diagnostic in diagnostics { tell(diagnostic, in: source) }
        code = .usage
      case .incomplete(let diagnostic):
        guard isFinal else { return start }
        if let diagnostic { tell(diagnostic, in: source) }
        code = .usage
      }
      worst = worst.and(code)
      if endsRun(code) { return bytes.count }
    }
  }

  /// The prompt: reads and runs until the user leaves.
  func runPrompt() {
    var configuration = LineEditor.Configuration(prompt: "segq> ", continuationPrompt: "  ... ")
    // With --safe the history is that of this session.
    if !options.isSafe { configuration.historyPath = Environment.stateFolder + "/history" }
    configuration.usesColor = options.color.isOn(isTerminal: true)
    configuration.width = { DisplayWidth.of($0) }
    configuration.isComplete = { Parser.incompleteness(of: SourceText($0, name: "")) == nil }
    let completer = Completer(catalog)
    configuration.complete = { text, cursor in completer.complete(text, cursor) }
    let suggester = Completer(catalog, readsFolders: false)
    configuration.suggest = { text, cursor in suggester.complete(text, cursor) }
    configuration.style = { PromptColors.ranges(of: $0) }
    configuration.theme = { [unowned self] in settings.theme ?? .usual }
    configuration.edit = { [unowned self] in editedText($0) }
    let preview = LivePreview()
    configuration.preview = { preview.find($0, $1) }
    let editor = LineEditor(configuration)
    history = { editor.history }
    while !isQuitting {
      preview.update(catalog.snapshot, isCounting: settings.countsLive)
      switch editor.read() {
      case .end: leave()
      case .interrupted: continue
      case .text(let text):
        runTyped(text, editor)
      }
    }
  }

  private func runTyped(_ text: String, _ editor: LineEditor) {
    if !Secrets.areIn(text) { editor.remember(text) }
    toldWarnings = []
    _ = runWhole([SourceText(text, name: "<prompt>")])
    Interrupt.clear()
    // What `edit` left to be run: as if it had been typed.
    while let edited {
      self.edited = nil
      tell(edited + "\n")
      runTyped(edited, editor)
    }
  }
}

/// The colours of a text at the prompt.
private enum PromptColors {
  static func ranges(of text: String) -> [StyledRange] {
    Parser.highlights(of: SourceText(text, name: "")).map { highlight in
      let style: Style =
        switch highlight.kind {
        case .keyword: .keyword
        case .string: .string
        case .number: .number
        case .comment: .comment
        case .variable: .variable
        case .mistake: .error
        }
      return StyledRange(highlight.span.range, style)
    }
  }
}

extension Statement {
  fileprivate var hasBlock: Bool {
    switch kind {
    case .command(.loop), .command(.conditional), .command(.source): true
    case .query, .command: false
    }
  }
}

extension Diagnostic {
  /// What the caller gave the script is wrong, not what it says.
  var isUsage: Bool {
    ["missing-parameter", "wrong-parameter", "wrong-option"].contains(code)
  }
}
