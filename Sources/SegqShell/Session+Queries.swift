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

extension Session {
  func run(_ query: Query, in source: SourceText) throws(ShellError) {
    let planned = try plan(query, in: source)
    let layout = try layout(of: query.output, for: query)
    let answer = try run(planned.plan)
    catalog.lastAnswer = answer
    if planned.isGrid { grid = try ids(of: answer) }
    if let layout { tellEmptyColumns(of: layout, in: answer) }
    if try showsHeatMap(of: answer, for: query) { return }
    try deliver(
      answer, to: query.output, layout, isGrid: planned.isGrid, isTree: planned.isTree)
    tellDivisions(in: query.expressions, source)
    if answer.rowCount == 0, !options.isQuiet { try tellEmptiness(of: planned, query, in: source) }
  }

  /// Says which condition removed the last rows.
  func tellEmptiness(
    of planned: PlannedQuery, _ query: Query, in source: SourceText
  ) throws(ShellError) {
    let why = try self.planned { () throws(Diagnostic) in
      try Planner.emptiness(of: planned, query, catalog)
    }
    guard let why, !planned.warnings.contains(where: { $0.explains(why) }) else { return }
    tell(why, in: source)
  }

  /// Plans a query and tells what is to be told before it runs.
  func plan(_ query: Query, in source: SourceText) throws(ShellError) -> PlannedQuery {
    if settings.refreshesFirst { try refreshFirst(Planner.segments(usedBy: query, catalog)) }
    let planned = try self.planned { () throws(Diagnostic) in
      try Planner.plan(query, source, catalog)
    }
    for warning in planned.warnings { tell(warning, in: warning.span == nil ? nil : source) }
    tellStale(planned.staleSegments)
    return planned
  }

  /// Says of segments that an answer uses why their members may be wrong.
  func tellStale(_ places: some Sequence<Int>) {
    for place in places {
      let segment = catalog.segments[place]
      tell(
        Diagnostic(
          .note, code: "stale",
          "segment \(segment.id) '\(segment.name)' is stale: \(segment.reason ?? "")",
          help: segment.rule == nil ? nil : "refresh \(segment.id)"), in: nil)
    }
  }

  func run(_ plan: QueryPlan) throws(ShellError) -> Answer {
    let answer: Answer
    do throws(EngineError) {
      answer = try Answer(plan, catalog.execution)
    } catch { throw ShellError(error) }
    try checkSoundness()
    return answer
  }

  /// The segment ids of a grid. Off a terminal the whole result is the visible page.
  private func ids(of answer: Answer) throws(ShellError) -> (all: [Int], visible: [Int]) {
    guard let column = answer.schema.fields.firstIndex(where: { $0.name == "id" }) else {
      return ([], [])
    }
    do throws(EngineError) {
      let vector = try answer.batch(0..<answer.rowCount).columns[column]
      let all = (0..<answer.rowCount).compactMap { vector[$0].number.map(Int.init) }
      let isPaged = output.isTerminal && settings.pageSize > 0
      return (all, isPaged ? Array(all.prefix(settings.pageSize)) : all)
    } catch { throw ShellError(error) }
  }

  /// The one way of a result: to a file, to a command, or to standard output.
  func deliver(
    _ answer: Answer, to target: Output, _ layout: ReportLayout? = nil, isGrid: Bool = false,
    isTree: Bool = false
  ) throws(ShellError) {
    let named = try target.format.map { (name) throws(ShellError) in try format(name) }
    if named == .chart, let name = target.format { try checkFigures(of: answer, at: name.span) }
    if let file = target.file {
      let format = if let named { named } else { try self.format(ofFile: file) }
      let form = WrittenForm(format: format, layout: layout, isTree: isTree)
      _ = try write(answer, form, to: try text(file), .replace, title: "", at: file.span)
    } else if let pipe = target.pipe {
      let form = WrittenForm(
        format: named ?? settings.format ?? .csv, layout: layout, isTree: isTree)
      try feed(answer, form, to: try text(pipe))
    } else {
      let form = WrittenForm(format: named ?? usualFormat, layout: layout, isTree: isTree)
      try show(answer, form, isGrid: isGrid)
    }
  }

  func format(_ name: Identifier) throws(ShellError) -> Format {
    if let format = Format(rawValue: name.text.lowercased()) { return format }
    let known = Format.allCases.map(\.rawValue)
    let later = name.text.lowercased() == "xlsx"
    throw .diagnostic(
      Diagnostic(
        code: "unknown-format",
        later ? "the format '\(name.text)' is not there yet" : "there is no format '\(name.text)'",
        at: name.span,
        help: later
          ? "xml opens in Excel and LibreOffice too"
          : Suggestion.nearest(to: name.text, in: known).map { "did you mean '\($0)'?" }
            ?? "there are \(known.joined(separator: ", "))"))
  }

  func format(ofFile file: Template) throws(ShellError) -> Format {
    let path = try text(file)
    let name = Files.name(of: path)
    guard let dot = name.lastIndex(of: ".") else { return settings.format ?? .csv }
    let ending = String(name[name.index(after: dot)...])
    if let format = Format(fileExtension: ending) { return format }
    throw .diagnostic(
      Diagnostic(
        code: "unknown-format", "the ending '.\(ending)' names no format", at: file.span,
        help: "say it: as csv to '\(path)'"))
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
      throw ShellError.file(path, error).placed(at: span)
    }
    do throws(ShellError) {
      let progress = progress(of: answer.rowCount, to: path)
      defer { progress?.finish() }
      try push(answer, 0..<answer.rowCount, form.writer(options), progress) {
        (bytes) throws(SystemError) in try file.stream.write(bytes)
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
    _ answer: Answer, _ form: WrittenForm, to command: String, _ given: WriterOptions? = nil
  ) throws(ShellError) {
    try checkCommands()
    tellLongSheet(form, answer.rowCount)
    do throws(SystemError) { try output.flush() } catch {
      throw ShellError(writing: output.name, error)
    }
    let process: Subprocess
    do throws(SystemError) { process = try Subprocess(command, isFed: true) } catch {
      throw .file(command, error)
    }
    var failure: ShellError?
    do throws(ShellError) {
      let options = given ?? self.options(title: "")
      try push(answer, 0..<answer.rowCount, form.writer(options)) { (bytes) throws(SystemError) in
        try process.stream?.write(bytes)
      }
      do throws(SystemError) { try process.stream?.flush() } catch {
        // A command that has read enough is no failure: `| head`.
        if !error.isClosedPipe { throw .file(command, error) }
      }
    } catch {
      if case .file(_, let reason) = error, reason.isClosedPipe {} else { failure = error }
    }
    let code = process.finish()
    if let failure { throw failure }
    try check(code, of: command)
  }

  func check(_ code: Int32, of command: String) throws(ShellError) {
    if Interrupt.isRequested || code == 130 { throw .interrupted }
    guard code != 0 else { return }
    throw .diagnostic(
      Diagnostic(code: "command-failed", "the command ended with exit code \(code): \(command)"))
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
    if let pager { return try feed(answer, form, to: pager, terminalOptions) }
    try showPage()
  }

  /// The user's pager, where it was asked for and commands may be run.
  private var pager: String? {
    guard settings.usesPager, isInteractive, !options.isSafe else { return nil }
    return Environment.variable("PAGER") ?? "less -SR"
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
    options.guardsFormulas = output.isFile
    do throws(SystemError) { try output.beginResult(form.format) } catch {
      throw ShellError(writing: output.name, error)
    }
    do throws(ShellError) {
      let progress = output.isRegular ? progress(of: rows.count, to: output.name) : nil
      defer { progress?.finish() }
      try push(answer, rows, form.writer(options), progress) { (bytes) throws(SystemError) in
        try output.write(bytes)
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

extension Diagnostic {
  /// Whether a warning has said of the same place that no row has the value.
  fileprivate func explains(_ note: Diagnostic) -> Bool {
    guard code == "unknown-value", let span, let wide = note.span else { return false }
    return wide.start <= span.start && span.end <= wide.end
  }
}
