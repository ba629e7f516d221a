import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

// refresh
extension Session {
  /// Tells what a refresh did after it is kept.
  func refresh(
    _ list: [SegmentExpression]?, _ places: () throws(ShellError) -> [Int]
  ) throws(ShellError) {
    let done = try changing { () throws(ShellError) in
      let places = try places()
      let ruled = places.filter { catalog.segments[$0].rule != nil }
      for place in places where catalog.segments[place].rule == nil {
        try refuseNamed(catalog.segments[place], list)
      }
      let (report, failed) = try refreshed(ruled)
      return (
        rows: places.compactMap { report[$0] }, skipped: places.count - ruled.count, failed: failed
      )
    }
    if done.skipped > 0, !options.isQuiet {
      tell(
        done.skipped == 1
          ? "1 segment has no rule and stays as it is\n"
          : "\(done.skipped) segments have no rule and stay as they are\n")
    }
    try deliver(try run(Self.refreshPlan(done.rows)), to: Output())
    if !done.rows.isEmpty { answerNotUndoable("refresh") }
    if done.failed > 0 { throw .reported }
  }

  /// Evaluates the rules of segments and replaces their members; a segment that others use comes before
  /// them, and those that do not use each other go through the customers together. When it is
  /// interrupted, every segment is as it was.
  private func refreshed(
    _ places: [Int]
  ) throws(ShellError) -> (report: [Int: [Value]], failed: Int) {
    let before = catalog.segments
    let passes = catalog.dependencies.passes(of: places)
    let rows = passes.count * (catalog.store.customers?.rowCount ?? 0)
    let progress = options.isQuiet ? nil : ProgressLine("refreshing segments", of: rows, .rows)
    let usual = catalog.execution
    catalog.execution = usual.telling(progress)
    defer {
      progress?.finish()
      catalog.execution = usual
    }
    do throws(ShellError) {
      var report: [Int: [Value]] = [:]
      var told: Set<Int> = []
      for places in passes { try refreshTogether(places, into: &report, progress, &told) }
      var segments = catalog.segments
      let changed = report.keys.filter { before[$0].members != segments[$0].members }
      markDependants(
        of: Set(changed), besides: Set(report.keys), in: &segments, "was refreshed later")
      catalog.update(segments)
      return (report, places.count - report.count)
    } catch {
      catalog.update(before)
      throw error
    }
  }

  /// Refreshes segments that do not use each other, and adds the line of each to the report; there is
  /// none where the rule could not be evaluated, which is told. `told` are the stale segments of which
  /// it has been said that a rule uses them.
  private func refreshTogether(
    _ places: [Int], into report: inout [Int: [Value]], _ progress: ProgressLine?,
    _ told: inout Set<Int>
  ) throws(ShellError) {
    let start = Environment.nanoseconds
    var segments = catalog.segments
    var rules: [(place: Int, rule: SegmentRule)] = []
    for place in places {
      let text = SourceText(
        segments[place].rule ?? "", name: "rule of segment \(segments[place].id)")
      do throws(Diagnostic) {
        try refuseUnknownScope(of: segments[place])
        let bound = try Planner.rule(text, ofSegmentAt: place, catalog)
        for warning in bound.warnings { tell(warning, in: text) }
        tellStale(bound.staleSegments.subtracting(told).sorted())
        told.formUnion(bound.staleSegments)
        rules.append(
          (
            place,
            SegmentRule(
              segments[place].isForVisitors ? .any([]) : bound.condition,
              websites: segments[place].websites)
          ))
      } catch {
        if Interrupt.isRequested { throw .interrupted }
        // That is not the rule's fault, and the next one would fare no better.
        if error.code == StoreCatalog.memoryCode { throw .diagnostic(error) }
        tell(error, in: error.span == nil ? nil : text)
        segments[place].obstacle =
          error.code == "unknown-scope"
          ? nil : "its rule cannot be evaluated: \(error.message)"
      }
    }
    let outcomes = try planned { () throws(Diagnostic) in
      try catalog.matching(rules.map(\.rule)) { progress?.advance(by: $0) }
    }
    let work = outcomes.reduce(0) { $0 + $1.nanoseconds }
    let time = Double(Environment.nanoseconds - start) / Double(max(1, work))
    for ((place, _), outcome) in zip(rules, outcomes) {
      switch outcome.members {
      case .success(let members):
        report[place] = row(segments[place], members, time * Double(outcome.nanoseconds))
        guard let customers = catalog.store.customers else { continue }
        segments[place].refresh(to: members, at: catalog.now, of: customers)
      case .failure(let error):
        guard case .diagnostic(let diagnostic) = ShellError(error) else { throw .interrupted }
        tell(diagnostic, in: nil)
        segments[place].obstacle = "its rule cannot be evaluated: \(diagnostic.message)"
      }
    }
    catalog.update(segments)
  }

  /// It must be known which customers belong to the websites of a segment.
  private func refuseUnknownScope(of segment: Segment) throws(Diagnostic) {
    guard let obstacle = Planner.scopeObstacle(to: segment, catalog.store.customers) else { return }
    throw Diagnostic(
      code: "unknown-scope",
      "segment \(segment.id) '\(segment.name)' can't be refreshed: \(obstacle.reason)",
      help: obstacle.mending)
  }

  /// `set auto_refresh = on`: what an answer uses, and is not fresh, is refreshed before it; with what
  /// its rule names.
  func refreshFirst(_ used: Set<Int>) throws(ShellError) {
    let places = catalog.dependencies.sources(of: used).sorted().filter {
      catalog.segments[$0].freshness != .fresh && catalog.segments[$0].rule != nil
        && catalog.obstacle(toSegmentAt: $0) == nil
    }
    guard !places.isEmpty else { return }
    _ = try changing { () throws(ShellError) in try refreshed(places) }
  }

  /// By name a segment must have a rule; by `all`, `selected` and `stale` one without is skipped.
  private func refuseNamed(
    _ segment: Segment, _ list: [SegmentExpression]?
  ) throws(ShellError) {
    for expression in list ?? [] {
      switch expression.kind {
      case .id(segment.id), .name:
        guard let places = try? places([expression]),
          places.contains(where: { catalog.segments[$0].id == segment.id })
        else { continue }
        throw .diagnostic(
          Diagnostic(
            code: "no-rule", "segment \(segment.id) '\(segment.name)' has no rule to refresh by",
            at: expression.span, help: "its members are those that were loaded"))
      case .id, .variable, .selected, .all, .combined, .each: continue
      }
    }
  }

  /// `nanoseconds` are the segment's share of the time that its pass took.
  private func row(_ segment: Segment, _ members: RowSet, _ nanoseconds: Double) -> [Value] {
    let old = segment.members ?? RowSet(rowCount: members.rowCount)
    let stayed = members.sharedCount(with: old)
    return [
      .integer(Int64(segment.id)), .text(segment.name), .integer(Int64(members.count)),
      .integer(Int64(members.count - stayed)), .integer(Int64(old.count - stayed)),
      .decimal(Decimal(units: Int64(nanoseconds / 1000) * 10)),
    ]
  }

  private static func refreshPlan(_ rows: [[Value]]) -> QueryPlan {
    .rows(
      rows,
      Schema([
        Field(name: "id", header: "ID", type: .integer),
        Field(name: "segment", header: "Segment", type: .text),
        Field(name: "customers", header: "Customers", type: .integer),
        Field(name: "joined", header: "Joined", type: .integer),
        Field(name: "left", header: "Left", type: .integer),
        Field(name: "ms", header: "ms", type: .decimal),
      ]))
  }
}

extension Execution {
  /// Shows that the work goes on whenever it asks whether it shall.
  func telling(_ progress: ProgressLine?) -> Execution {
    guard let progress else { return self }
    var copy = self
    copy.isInterrupted = { [isInterrupted] in
      progress.advance()
      return isInterrupted()
    }
    return copy
  }
}
