import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

extension Session {
  // export

  func run(_ export: Export, in source: SourceText) throws(ShellError) {
    guard !export.segments.isEmpty else { return try exportGrid(export, in: source) }
    if export.segments.count > 1, let file = export.output.file {
      throw .diagnostic(
        Diagnostic(
          code: "one-file", "several segments do not fit into one file", at: file.span,
          help: "join them with + for one list, or leave 'to' out for a file each"))
    }
    // What can be known to fail fails before the first file is written.
    let queries = queries(of: export)
    let layout = try layout(of: export.output, for: queries[0])
    let plans = try queries.map { (query) throws(ShellError) in
      try plan(query, in: source).plan
    }
    for (i, (segments, plan)) in zip(export.segments, plans).enumerated() {
      let answer = try run(plan)
      if let layout, i == 0 { tellEmptyColumns(of: layout, in: answer) }
      try send(answer, export.output, layout, title: title(of: segments, in: source))
    }
  }

  /// What an export asks, for each of its segments; for the grid the one question.
  func queries(of export: Export) -> [Query] {
    let subjects =
      export.segments.isEmpty
      ? [Query(table: "segments")] : export.segments.map { Query(drilling: $0) }
    return subjects.map { subject in
      var query = subject
      query.filter = export.filter
      query.ordering = export.ordering
      (query.limit, query.offset, query.sample) = (export.limit, export.offset, export.sample)
      return query
    }
  }

  private func exportGrid(_ export: Export, in source: SourceText) throws(ShellError) {
    for query in queries(of: export) {
      let layout = try layout(of: export.output, for: query)
      let answer = try run(try plan(query, in: source).plan)
      try send(answer, export.output, layout, title: "segments")
    }
  }

  private func send(
    _ answer: Answer, _ output: Output, _ layout: ReportLayout?, title: String
  ) throws(ShellError) {
    let isStream =
      try output.file.map { (file) throws(ShellError) in try text(file) == "-" } ?? false
    if output.file == nil && output.pipe != nil || isStream {
      return try deliver(answer, to: output, layout)
    }
    try checkOnePlace(output)
    let named = try output.format.map { (name) throws(ShellError) in try format(name) }
    let path: String
    if let file = output.file {
      let format = if let named { named } else { try self.format(ofFile: file) }
      let form = WrittenForm(format: format, layout: layout)
      try checkAppending(output, format)
      _ = try write(
        answer, form, to: try self.path(file), output.isAppending ? .append : .replace,
        title: title, at: file.span)
      path = try text(file)
    } else {
      let form = WrittenForm(format: named ?? .csv, layout: layout)
      let name = Self.fileName(title) + "." + form.format.fileExtension
      path = try write(answer, form, to: name, .keepOthers, title: title)
    }
    try print(path)
  }

  /// The name of the segment, or the expression as written.
  private func title(of segments: SegmentExpression, in source: SourceText) -> String {
    if case .selected = segments.kind { return "selected" }
    guard let places = try? places([segments]), places.count == 1 else {
      return source[segments.span]
    }
    return catalog.segments[places[0]].name
  }

  /// What any file system takes.
  private static func fileName(_ title: String) -> String {
    let name = String(
      title.map { character -> Character in
        character.isNewline || "/\\:*?\"<>|".contains(character) || character.asciiValue ?? 32 < 32
          ? "-" : character
      })
    // File systems take 255 bytes, with the ending and a number.
    var short = name
    while short.utf8.count > 220 { short.removeLast() }
    // A point would hide it, and a hyphen make an option of it.
    return short.isEmpty || short.hasPrefix(".") || short.hasPrefix("-") ? "segment" + short : short
  }

  func print(_ line: String) throws(ShellError) {
    do throws(SystemError) {
      try output.beginLine()
      try output.write(Array((line + "\n").utf8))
    } catch {
      throw ShellError(writing: output.name, error)
    }
  }

  // set, echo, history, pages, commands

  func set(_ name: Identifier?, _ value: SettingValue?) throws(ShellError) {
    guard let name else { return try listSettings(Settings.entries) }
    let entry = try Settings.entry(name)
    guard let value else { return try listSettings([entry]) }
    try entry.apply(try text(value.text), to: &settings, at: value.text.span)
    catalog.zone = settings.zone
    try keep(setting: entry)
    if entry.name == "guests" { try linkGuests() }
    answerTyped("\(entry.name) = \(entry.show(settings))")
  }

  /// `\x` and `\timing`: on, and off again; `\x auto`, `\timing off` as they say.
  func toggle(_ habit: Habit, _ state: HabitState?) {
    switch habit {
    case .vertical:
      let isOn = state.map { $0 == .on } ?? (settings.format != .vertical)
      settings.format = isOn ? .vertical : settings.format == .vertical ? nil : settings.format
      if let state { settings.turnsWhenWide = state == .auto }
    case .timing: settings.showsTiming = state.map { $0 == .on } ?? !settings.showsTiming
    }
    guard isInteractive, !options.isQuiet else { return }
    switch habit {
    case .vertical:
      let format = settings.format?.rawValue ?? "auto"
      tell("format is \(format), wide is \(settings.turnsWhenWide ? "vertical" : "cut")\n")
    case .timing: tell("timing is \(settings.showsTiming ? "on" : "off")\n")
    }
  }

  private func listSettings(_ entries: [Settings.Entry]) throws(ShellError) {
    let rows = entries.map { entry -> [Value] in
      [.text(entry.name), .text(entry.show(settings)), .text(entry.summary)]
    }
    let schema = Schema(
      ["setting", "value", "meaning"].map { Field(name: $0, header: $0, type: .text) })
    try deliver(try run(.rows(rows, schema)), to: Output())
  }

  func echo(_ parts: [Expression], in source: SourceText) throws(ShellError) {
    var texts: [String] = []
    for part in parts { texts.append(try shown(part, in: source)) }
    try print(texts.joined(separator: " "))
  }

  /// A variable as it stands, also a list; anything else computed.
  private func shown(_ part: Expression, in source: SourceText) throws(ShellError) -> String {
    if case .variable(let name) = part.kind {
      return try planned { () throws(Diagnostic) in try catalog.variables.text(of: name) }
    }
    return try value(of: part, in: source).text(in: settings.zone)
  }

  /// The value of an expression that stands outside of any query.
  func value(
    of expression: Expression, in source: SourceText, isCondition: Bool = false
  ) throws(ShellError) -> Value {
    if settings.refreshesFirst {
      try refreshFirst(Planner.segments(usedBy: expression, catalog))
    }
    let constant = try planned { () throws(Diagnostic) in
      try Planner.constant(expression, source, catalog, isCondition: isCondition)
    }
    tellStale(constant.staleSegments)
    let value = try planned { () throws(Diagnostic) in try catalog.scalar(constant.plan) }
    tellDivisions(in: [expression], source)
    return value
  }

  /// `assert`: what is unknown does not hold.
  func check(
    _ condition: Expression, _ message: Template?, in source: SourceText
  ) throws(ShellError) {
    guard try value(of: condition, in: source, isCondition: true) != .boolean(true) else {
      return answerTyped("it holds")
    }
    let words = try message.map { (template) throws(ShellError) in try text(template) }
    throw .assertion(
      Diagnostic(code: "assertion", words ?? "this does not hold", at: condition.span))
  }

  func printHistory() throws(ShellError) {
    for (i, entry) in history().enumerated() { try print("\(i + 1)  \(entry)") }
  }

  func turn(_ move: PageMove) throws(ShellError) {
    guard var result = lastResult, settings.pageSize > 0 else {
      throw .diagnostic(
        Diagnostic(code: "no-pages", "there is no result on the terminal to turn the pages of"))
    }
    let pages = max(1, (result.answer.rowCount + settings.pageSize - 1) / settings.pageSize)
    let page =
      switch move {
      case .next: result.page + 1
      case .previous: result.page - 1
      case .number(let number): number - 1
      }
    guard (0..<pages).contains(page) else {
      throw .diagnostic(
        Diagnostic(
          code: "no-such-page", "there is no page \(page + 1)",
          help: "the result has \(pages) \(pages == 1 ? "page" : "pages")"))
    }
    result.page = page
    lastResult = result
    try showPage()
  }

  func shell(_ command: ShellInvocation) throws(ShellError) {
    try checkCommands()
    do throws(SystemError) { try output.flush() } catch {
      throw ShellError(writing: output.name, error)
    }
    try check(try command.run(), of: command)
  }
}

extension QueryPlan {
  /// A result that is known already.
  static func rows(_ rows: [[Value]], _ schema: Schema) -> QueryPlan {
    QueryPlan(
      .scan(Table.of(rows, schema.fields, name: "rows"), nil),
      showing: schema.fields.indices.map {
        NamedExpression(schema.fields[$0], .column($0, schema.fields[$0].type))
      })
  }
}
