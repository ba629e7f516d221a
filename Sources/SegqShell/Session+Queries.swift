import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

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
          "segment \(segment.id) '\(segment.name)' is stale: \(segment.reason(nil) ?? "")",
          help: segment.rule == nil ? nil : "refresh \(segment.id)"), in: nil)
    }
  }

  func run(_ plan: QueryPlan) throws(ShellError) -> Answer {
    let answer = try catalog.computing { (execution) throws(EngineError) in
      try Answer(plan, execution)
    }
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
}

extension Diagnostic {
  /// Whether a warning has said of the same place that no row has the value.
  fileprivate func explains(_ note: Diagnostic) -> Bool {
    guard code == "unknown-value", let span, let wide = note.span else { return false }
    return wide.start <= span.start && span.end <= wide.end
  }
}
