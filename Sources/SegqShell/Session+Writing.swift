import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

/// A result on the terminal, of which a page is shown.
struct PagedResult {
  var answer: Answer
  var isGrid: Bool
  var form: WrittenForm
  /// From 0.
  var page = 0
}

// Where answers go: to a file, to a command, or to standard output.
extension Session {
  /// The one way of a result: to a file, to a command, or to standard output.
  func deliver(
    _ answer: Answer, to target: Output, _ layout: ReportLayout? = nil, isGrid: Bool = false,
    isTree: Bool = false
  ) throws(ShellError) {
    try checkOnePlace(target)
    let named = try target.format.map { (name) throws(ShellError) in try format(name) }
    if named == .chart, let name = target.format { try checkFigures(of: answer, at: name.span) }
    if let file = target.file, try text(file) == "-" {
      let form = WrittenForm(
        format: named ?? settings.format ?? .csv, layout: layout, isTree: isTree)
      try print(answer, 0..<answer.rowCount, form)
    } else if let file = target.file {
      let format = if let named { named } else { try self.format(ofFile: file) }
      let form = WrittenForm(format: format, layout: layout, isTree: isTree)
      try checkAppending(target, format)
      _ = try write(
        answer, form, to: try path(file), target.isAppending ? .append : .replace, title: "",
        at: file.span)
      try answerWritten(answer.rowCount, target)
    } else if let pipe = target.pipe {
      let form = WrittenForm(
        format: named ?? settings.format ?? .csv, layout: layout, isTree: isTree)
      try feed(answer, form, to: try invocation(pipe))
    } else {
      let form = WrittenForm(format: named ?? usualFormat, layout: layout, isTree: isTree)
      try show(answer, form, isGrid: isGrid)
    }
  }

  func checkOnePlace(_ target: Output) throws(ShellError) {
    guard let file = target.file, target.pipe != nil else { return }
    throw .diagnostic(
      Diagnostic(
        code: "two-places", "a result goes to a file or to a command, not to both", at: file.span,
        help: "a command writes files too: | tee 'result.csv' | wc -l"))
  }

  func format(_ name: Identifier) throws(ShellError) -> Format {
    if let format = Format(rawValue: name.text.lowercased()) { return format }
    throw Self.unknownFormat(name.text, at: name.span)
  }

  func format(ofFile file: Template) throws(ShellError) -> Format {
    let path = try text(file)
    let name = Files.name(of: path)
    guard let dot = name.lastIndex(of: ".") else { return settings.format ?? .csv }
    let ending = String(name[name.index(after: dot)...])
    if let format = Format(fileExtension: ending) { return format }
    if Self.isLater(ending) { throw Self.unknownFormat(ending, at: file.span) }
    throw .diagnostic(
      Diagnostic(
        code: "unknown-format", "the ending '.\(ending)' names no format", at: file.span,
        help: "say it: as csv to '\(path)'"))
  }

  /// The formats of workbooks, which are not written yet.
  static func isLater(_ name: String) -> Bool { ["xlsx", "xls"].contains(name.lowercased()) }

  static func unknownFormat(_ name: String, at span: SourceSpan?) -> ShellError {
    let known = Format.allCases.map(\.rawValue)
    let isLater = isLater(name)
    return .diagnostic(
      Diagnostic(
        code: "unknown-format",
        isLater ? "the format '\(name)' is not there yet" : "there is no format '\(name)'",
        at: span,
        help: isLater
          ? "xml opens in Excel and LibreOffice too"
          : Suggestion.nearest(to: name, in: known).map { "did you mean '\($0)'?" }
            ?? "there are \(known.joined(separator: ", "))"))
  }

  private func options(title: String) -> WriterOptions {
    var options = WriterOptions(timeZone: settings.zone)
    options.showsHeader = settings.showsHeader
    options.title = title
    return options
  }

  private func progress(of rows: Int, to path: String) -> ProgressLine? {
    options.isQuiet ? nil : ProgressLine("writing \(Files.name(of: path))", of: rows, .rows)
  }

  // To a file.

  /// Writes a result to a file that appears whole or not at all, and tells its path.
  func write(
    _ answer: Answer, _ form: WrittenForm, to path: String, _ mode: OutputFile.Mode, title: String,
    at span: SourceSpan? = nil
  ) throws(ShellError) -> String {
    try checkWriting(path)
    tellLongSheet(form, answer.rowCount)
    var options = options(title: title)
    options.guardsFormulas = Files.kind(path) != .other
    let file: OutputFile
    do throws(SystemError) { file = try OutputFile(path, mode) } catch {
      throw Self.failure(toWrite: path, error).placed(at: span)
    }
    do throws(ShellError) {
      if mode == .append { try follow(file, answer.schema, form, &options, at: span) }
      let progress = progress(of: answer.rowCount, to: path)
      defer { progress?.finish() }
      try push(answer, 0..<answer.rowCount, form.writer(options), progress) {
        (bytes) throws(SystemError) in
        try file.stream.write(bytes, as: form.format.screenText)
      }
      do throws(SystemError) { return try file.commit() } catch {
        throw Interrupt.isRequested ? .interrupted : .file(path, error)
      }
    } catch {
      file.discard()
      if case .file(_, let reason) = error { throw .file(path, reason) }
      throw error
    }
  }

  // To a command.

  private func feed(
    _ answer: Answer, _ form: WrittenForm, to command: ShellInvocation,
    asPager given: WriterOptions? = nil
  ) throws(ShellError) {
    try checkCommands()
    tellLongSheet(form, answer.rowCount)
    do throws(SystemError) { try output.flush() } catch {
      throw ShellError(writing: output.name, error)
    }
    let process = try command.start(isFed: true)
    process.stream?.leadsToTerminal = given != nil
    var failure: ShellError?
    do throws(ShellError) {
      let options = given ?? self.options(title: "")
      try push(answer, 0..<answer.rowCount, form.writer(options)) { (bytes) throws(SystemError) in
        try process.stream?.write(bytes, as: form.format.screenText)
      }
      do throws(SystemError) { try process.stream?.flush() } catch {
        // A command that has read enough is no failure: `| head`.
        if !error.isClosedPipe { throw .file(command.shown, error) }
      }
    } catch {
      if case .file(_, let reason) = error, reason.isClosedPipe {} else { failure = error }
    }
    let code = process.finish()
    if let failure { throw failure }
    try check(code, of: command)
  }

  func check(_ code: Int32, of command: ShellInvocation) throws(ShellError) {
    if Interrupt.isRequested || code == 130 { throw .interrupted }
    guard code != 0 else { return }
    throw .diagnostic(
      Diagnostic(
        code: "command-failed", "the command ended with exit code \(code): \(command.shown)"))
  }

  // To standard output.

  /// All rows, without pages.
  func showWhole(_ answer: Answer) throws(ShellError) {
    try print(answer, 0..<answer.rowCount, WrittenForm(format: usualFormat))
  }

  private var usualFormat: Format { settings.format ?? (output.isTerminal ? .table : .csv) }

  private func show(
    _ answer: Answer, _ form: WrittenForm, isGrid: Bool
  ) throws(ShellError) {
    let isPaged =
      output.isTerminal && settings.pageSize > 0 && !form.isTree
      && (form.format == .table || form.format == .vertical)
    guard isPaged else {
      try print(answer, 0..<answer.rowCount, form)
      return
    }
    lastResult = PagedResult(answer: answer, isGrid: isGrid, form: form)
    if let pager { return try feed(answer, form, to: pager, asPager: pagerOptions) }
    try showPage()
  }

  /// The user's pager, where it was asked for and commands may be run.
  private var pager: ShellInvocation? {
    guard settings.usesPager, isInteractive, !options.isSafe else { return nil }
    // Else `less` shows escape codes, and wraps what is wide.
    return ShellInvocation(
      "export LESS=\"${LESS-FRSX}\"; " + (Environment.variable("PAGER") ?? "less"))
  }

  /// As wide as it is: a pager can go to the right.
  private var pagerOptions: WriterOptions {
    var options = terminalOptions
    if !options.turnsWhenWide { options.terminalWidth = nil }
    return options
  }

  /// As a terminal of this width shows it.
  private var terminalOptions: WriterOptions {
    var options = options(title: "")
    options.terminalWidth = Terminal.size?.columns
    options.usesColor = self.options.color.isOn(isTerminal: true)
    options.turnsWhenWide = settings.turnsWhenWide
    return options
  }

  /// A chart draws numbers, and there must be some.
  private func checkFigures(of answer: Answer, at span: SourceSpan) throws(ShellError) {
    guard answer.schema.figures.isEmpty else { return }
    throw .diagnostic(
      Diagnostic(
        code: "no-figures", "there is no column of numbers that a chart could draw", at: span,
        help: "select country, count() from customers group by country as chart"))
  }

  /// Shows the page of the last result that it has come to.
  func showPage() throws(ShellError) {
    guard let result = lastResult else { return }
    let rows = result.answer.rowCount
    let start = min(result.page * settings.pageSize, rows)
    let end = min(start + settings.pageSize, rows)
    try print(result.answer, start..<end, result.form)
    if result.isGrid, let all = grid?.all { grid?.visible = Array(all[start..<end]) }
    let noun = rows == 1 ? "row" : "rows"
    var footer =
      rows > settings.pageSize ? "\(start + 1)–\(end) of \(rows) \(noun)" : "\(rows) \(noun)"
    footer += " · \(Self.milliseconds(since: startOfStatement)) ms"
    if end < rows, isInteractive { footer += " · 'next' shows more" }
    tell(footer + "\n")
  }

  private func print(
    _ answer: Answer, _ rows: Range<Int>, _ form: WrittenForm
  ) throws(ShellError) {
    var options = output.isTerminal ? terminalOptions : options(title: "")
    options.usesColor = self.options.color.isOn(isTerminal: output.isTerminal) && !output.isFile
    options.guardsFormulas = output.isFile
    do throws(SystemError) { try output.beginResult(form.format) } catch {
      throw ShellError(writing: output.name, error)
    }
    do throws(ShellError) {
      let progress = output.isRegular ? progress(of: rows.count, to: output.name) : nil
      defer { progress?.finish() }
      try push(answer, rows, form.writer(options), progress) { (bytes) throws(SystemError) in
        try output.write(bytes, as: form.format.screenText)
      }
      do throws(SystemError) {
        if output.isTerminal { try output.beginLine() }
        try output.flush()
      } catch {
        throw ShellError(writing: output.name, error)
      }
    } catch {
      if case .file(_, let reason) = error { throw ShellError(writing: output.name, reason) }
      throw error
    }
  }

  /// So many batches lie in memory at once, written and not sent.
  private static let batchesAtOnce = 32

  /// Where batches go to a writer, and the only place where they do.
  private func push(
    _ answer: Answer, _ rows: Range<Int>, _ writer: any ResultWriter,
    _ progress: ProgressLine? = nil, _ write: ([UInt8]) throws(SystemError) -> Void
  ) throws(ShellError) {
    var writer = writer
    func send(_ bytes: [UInt8]) throws(ShellError) {
      do throws(SystemError) { try write(bytes) } catch { throw .file("", error) }
    }
    var divisions = answer.divisionsByZero
    var buffer: [UInt8] = []
    writer.begin(answer.schema, to: &buffer)
    var next = rows.lowerBound
    while next < rows.upperBound {
      // The first batch may be written in another way than the others.
      let isAlone = next == rows.lowerBound || !writer.isUniform
      let end = min(next + (isAlone ? 1 : Self.batchesAtOnce) * Answer.batchSize, rows.upperBound)
      var pieces: [[UInt8]] = []
      do throws(EngineError) {
        if isAlone {
          writer.write(try answer.batch(next..<end, divisionsByZero: &divisions), to: &buffer)
        } else {
          pieces = try answer.written(next..<end, by: writer, divisionsByZero: &divisions)
        }
      } catch { throw ShellError(error) }
      try checkSoundness()
      try send(buffer)
      buffer.removeAll(keepingCapacity: true)
      for piece in pieces { try send(piece) }
      next = end
      progress?.advance(to: next - rows.lowerBound)
    }
    writer.end(to: &buffer)
    try send(buffer)
    catalog.divisionsByZero += divisions
  }
}

extension Answer {
  /// The bytes of each batch of some rows, written by copies of a writer at the same time.
  fileprivate func written(
    _ rows: Range<Int>, by writer: any ResultWriter, divisionsByZero: inout Int
  ) throws(EngineError) -> [[UInt8]] {
    try map(rows, divisionsByZero: &divisionsByZero) { batch in
      var (writer, bytes) = (writer, [UInt8]())
      writer.write(batch, to: &bytes)
      return bytes
    }
  }
}
