import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

// Variables, loops, conditionals.
extension Session {
  /// `param country = 'FR'`: what the caller gave, else the default.
  func declare(
    _ name: Identifier, _ fallback: Expression?, in source: SourceText
  ) throws(ShellError) {
    let known = try fallback.map { (e) throws(ShellError) in try literal(of: e, in: source) }
    guard let given = parameters[name.text.lowercased()] else {
      // A file that another one includes takes the variables of that one.
      if openFiles.count > 1, catalog.variables[name.text] != nil { return }
      guard let known else { throw .diagnostic(Self.missingParameter(name)) }
      catalog.variables[name.text] = known
      return
    }
    usedParameters.insert(name.text.lowercased())
    catalog.variables[name.text] = try argument(given, like: known, name)
  }

  static func missingParameter(_ name: Identifier) -> Diagnostic {
    Diagnostic(
      code: "missing-parameter", "the parameter '\(name.text)' was not given", at: name.span,
      help:
        "give it after the script: \(name.text)=FR, or write a default: param \(name.text) = 'FR'")
  }

  func assign(
    _ name: Identifier, _ value: Expression, in source: SourceText
  ) throws(ShellError) {
    catalog.variables[name.text] = try literal(of: value, in: source)
  }

  /// The value of an expression as a variable keeps it: as typed, where it is written out.
  func literal(
    of expression: Expression, in source: SourceText
  ) throws(ShellError) -> Variables.Value {
    if let literal = expression.literal { return .literal(literal) }
    if case .variable(let name) = expression.kind {
      return try planned { () throws(Diagnostic) in try catalog.variables.value(of: name) }
    }
    return .literal(Literal(try value(of: expression, in: source), in: settings.zone))
  }

  /// What was given, as a value of the default's type.
  private func argument(
    _ given: GivenParameter, like fallback: Variables.Value?, _ name: Identifier
  ) throws(ShellError) -> Variables.Value {
    switch given {
    case .text(let text): return try argument(text, like: fallback, name)
    case .value(let value):
      guard let fallback, !value.isAlike(fallback) else { return value }
      return try argument(value.text, like: fallback, name)
    }
  }

  private func argument(
    _ text: String, like fallback: Variables.Value?, _ name: Identifier
  ) throws(ShellError) -> Variables.Value {
    guard
      let value = ParameterText(text, zone: settings.zone, now: catalog.now).literal(like: fallback)
    else {
      throw .diagnostic(
        Diagnostic(
          code: "wrong-parameter",
          "\(name.text)=\(text) does not fit: its default is \(fallback?.text ?? "")",
          at: name.span))
    }
    return .literal(value)
  }

  func run(_ loop: Loop, in source: SourceText) throws(ShellError) {
    var worst = ExitCode.success
    for row in try rows(of: loop.rows, in: source) {
      if Interrupt.isRequested { throw .interrupted }
      catalog.variables[loop.name.text] = row
      let code = runBlock(loop.body, in: source)
      worst = worst.and(code)
      if endsRun(code) { break }
    }
    if worst != .success { throw .ended(worst) }
  }

  private func rows(
    of rows: Loop.Rows, in source: SourceText
  ) throws(ShellError) -> [Variables.Value] {
    switch rows {
    case .query(let query):
      let answer = try run(try plan(query, in: source).plan)
      let names = answer.schema.fields.map { $0.name.lowercased() }
      let batch: RecordBatch
      do throws(EngineError) { batch = try answer.batch(0..<answer.rowCount) } catch {
        throw ShellError(error)
      }
      return (0..<batch.rowCount).map { row in
        .row(
          names.indices.map { column in
            (names[column], .literal(Literal(batch.columns[column][row], in: settings.zone)))
          })
      }
    case .values(let values):
      var all: [Variables.Value] = []
      for value in values { all += try listed(value, in: source) }
      return all
    case .variable(let name):
      return try listed(Expression(.variable(name), name.span), in: source)
    }
  }

  /// In a list a bare word is a value; a variable that is a list counts for all it has.
  private func listed(
    _ expression: Expression, in source: SourceText
  ) throws(ShellError) -> [Variables.Value] {
    if case .name(let path) = expression.kind, path.count == 1 {
      return [.literal(.string(path[0].text))]
    }
    let value = try literal(of: expression, in: source)
    guard case .list(let list) = value else { return [value] }
    return list.map { .literal($0) }
  }

  func run(_ conditional: Conditional, in source: SourceText) throws(ShellError) {
    // What is unknown does not hold.
    let holds =
      try value(of: conditional.condition, in: source, isCondition: true) == .boolean(true)
    let code = runBlock(holds ? conditional.body : conditional.otherwise, in: source)
    if code != .success { throw .ended(code) }
  }

  /// Runs statements one after the other; tells how the worst of them ended.
  func runBlock(_ statements: [Statement], in source: SourceText) -> ExitCode {
    var worst = ExitCode.success
    for statement in statements {
      let code = run(statement, in: source)
      worst = worst.and(code)
      if endsRun(code) { break }
    }
    return worst
  }

  /// Whether nothing runs behind a statement that ended so.
  func endsRun(_ code: ExitCode) -> Bool {
    isQuitting || code == .interrupted || code != .success && stopsOnError
  }

  /// The text that a template comes to.
  func text(_ template: Template) throws(ShellError) -> String {
    try planned { () throws(Diagnostic) in try catalog.variables.text(of: template) }
  }
}

extension Variables.Value {
  /// Whether both are literals of one kind, so that one may stand for the other.
  fileprivate func isAlike(_ other: Variables.Value) -> Bool {
    guard case .literal(let a) = self, case .literal(let b) = other else { return false }
    switch (a, b) {
    case (.string, .string), (.number, .number), (.boolean, .boolean), (.period, .period),
      (.now, .now), (.duration, .duration):
      return true
    case (.null, _), (.string, _), (.number, _), (.boolean, _), (.period, _), (.now, _),
      (.duration, _):
      return false
    }
  }
}
