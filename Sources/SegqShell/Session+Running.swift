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
    let mistakes = parsed.flatMap { part in part.text.diagnostics.map { (part.source, $0) } }
    guard mistakes.isEmpty else {
      for (source, diagnostic) in mistakes.prefix(Self.toldMistakes) {
        tell(diagnostic, in: source)
      }
      if mistakes.count > Self.toldMistakes {
        tell("segq: and \(mistakes.count - Self.toldMistakes) more mistakes\n")
      }
      return .usage
    }
    var worst = ExitCode.success
    for (source, text) in parsed {
      for statement in text.statements {
        let code = run(statement, in: source)
        if worst == .success || code == .interrupted { worst = code }
        if isQuitting || code == .interrupted || code != .success && stopsOnError { return worst }
      }
    }
    return worst
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
      if isFinal || isQuitting || worst == .interrupted || worst != .success && stopsOnError {
        return worst
      }
    }
  }

  /// Runs what is complete of the lines; returns how many bytes are done with.
  private func runLines(
    _ bytes: [UInt8], _ firstLine: Int, isFinal: Bool, _ worst: inout ExitCode
  ) -> Int {
    let source = SourceText(bytes: bytes, name: "<stdin>", firstLine: firstLine)
    var parser = Parser(source)
    while true {
      let start = parser.offset
      let code: ExitCode
      switch parser.step(isFinal: isFinal) {
      case .end: return bytes.count
      case .statement(let statement): code = run(statement, in: source)
      case .failure(let diagnostic):
        tell(diagnostic, in: source)
        code = .usage
      case .incomplete(let diagnostic):
        guard isFinal else { return start }
        if let diagnostic { tell(diagnostic, in: source) }
        code = .usage
      }
      if worst == .success || code == .interrupted { worst = code }
      if isQuitting || code == .interrupted || code != .success && stopsOnError {
        return bytes.count
      }
    }
  }

  /// The prompt: reads and runs until the user leaves.
  func runPrompt() {
    var configuration = LineEditor.Configuration(prompt: "segq> ", continuationPrompt: "  ... ")
    configuration.historyPath = Environment.stateFolder + "/history"
    configuration.usesColor = options.color.isOn(isTerminal: true)
    configuration.width = { DisplayWidth.of($0) }
    configuration.isComplete = { !Parser.isIncomplete(SourceText($0, name: "")) }
    let completer = Completer(catalog)
    configuration.complete = { text, cursor in completer.complete(text, cursor) }
    let editor = LineEditor(configuration)
    history = { editor.history }
    while !isQuitting {
      switch editor.read() {
      case .end: return
      case .interrupted: continue
      case .text(let text):
        editor.remember(text)
        _ = runWhole([SourceText(text, name: "<prompt>")])
        Interrupt.clear()
      }
    }
  }
}
