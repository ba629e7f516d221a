import SegqEngine
import SegqLanguage
import SegqRecords

// Segments among each other, and what is told of one.
extension QueryPlanner {
  mutating func drill(
    _ segments: SegmentExpression, _ history: History?
  ) throws(Diagnostic) -> QueryPlan {
    let customers = try binder.catalog.table("customers")
    let set = try binder.segments.set(segments)
    guard let history else { return try whole(customers, rows: binder.catalog.members(set)) }
    let period = try binder.period(of: history.date)
    guard !binder.catalog.isChecking else { return try whole(customers, rows: nil) }
    let reader = HistoryReader(
      catalog: binder.catalog, customers: customers, history: history, period: period)
    let found = try reader.members(of: set)
    if let note = reader.note(of: found.gone.count) { binder.warnings.append(note) }
    return try whole(customers, rows: found.rows)
  }

  mutating func overlap(_ list: [SegmentExpression]) throws(Diagnostic) -> QueryPlan {
    let catalog = binder.catalog
    var places: [Int] = []
    for expression in list {
      for place in try binder.segments.knownPlaces(expression) where !places.contains(place) {
        places.append(place)
      }
    }
    guard places.count > 1 || catalog.isChecking else {
      throw Diagnostic(
        code: "one-segment", "an overlap is between two segments at least", at: list.first?.span,
        help: "overlap 1, 2, 5 · overlap all")
    }
    _ = try catalog.table("customers")
    return try whole(try catalog.overlap(places), rows: nil)
  }

  mutating func comparison(
    _ a: SegmentExpression, _ b: SegmentExpression
  ) throws(Diagnostic) -> QueryPlan {
    _ = try binder.catalog.table("customers")
    let names = (binder.source[a.span], binder.source[b.span])
    return try whole(
      Store.comparison(try members(a), try members(b), called: names), rows: nil)
  }

  mutating func profile(
    _ set: SegmentExpression, _ attributes: [Expression], _ base: SegmentExpression?
  ) throws(Diagnostic) -> QueryPlan {
    let customers = try binder.catalog.table("customers")
    let own = try members(set)
    let other = try base.map { (base) throws(Diagnostic) in try members(base) }
    var named: [Attribute] = []
    for attribute in attributes {
      let key = binder.collecting(else: nil) { (binder) throws(Diagnostic) in
        try binder.bind(attribute, .rows(customers, aliasesFirst: false))
      }
      if let key {
        named.append(Attribute(name: binder.source[attribute.span].inOneLine, key: key))
      }
    }
    guard !binder.catalog.isChecking else {
      return try whole(Table.of([], Profiler.fields, name: "profile"), rows: nil)
    }
    // Without its attributes there is nothing to count.
    try binder.throwMistakes()
    let profiler = Profiler(
      catalog: binder.catalog, customers: customers, members: own, base: other)
    return try whole(try profiler.table(by: named), rows: nil)
  }

  mutating func why(
    _ customer: Expression, _ set: SegmentExpression
  ) throws(Diagnostic) -> QueryPlan {
    let row = try binder.customer(customer)
    let place = try oneSegment(set)
    var rows: [[Value]] = []
    if let row, let place, !binder.catalog.isChecking {
      binder.segments.useStale(place)
      let customers = try binder.catalog.table("customers")
      let explainer = Explainer(catalog: binder.catalog, customers: customers, row: row)
      rows = explainer.reason(ofSegmentAt: place).rows()
    }
    return try whole(Table.of(rows, Reason.fields, name: "why"), rows: nil)
  }

  mutating func drift(_ set: SegmentExpression) throws(Diagnostic) -> QueryPlan {
    let customers = try binder.catalog.table("customers")
    let nobody = RowSet(rowCount: customers.rowCount)
    guard let place = try oneSegment(set) else {
      return try whole(Store.drift(of: customers, stored: nobody, now: nobody), rows: nil)
    }
    let stored = try binder.segments.members(of: place, at: set.span)
    let now = try matching(place, at: set.span)
    let table = Store.drift(of: customers, stored: stored, now: now)
    let same = stored.sharedCount(with: now)
    if !binder.catalog.isChecking {
      binder.warnings.append(
        Diagnostic(
          .note, code: "drift",
          "\(now.count - same) would join, \(stored.count - same) leave and \(same) stay"))
    }
    return try whole(table, rows: nil)
  }

  /// Who the rule of the segment at a place gives now.
  private func matching(_ place: Int, at span: SourceSpan) throws(Diagnostic) -> RowSet {
    let segment = binder.catalog.segments[place]
    let name = "segment \(segment.id) '\(segment.name)'"
    guard let rule = segment.rule else {
      throw Diagnostic(
        code: "no-rule", "\(name) has no rule that its members could drift from", at: span)
    }
    let customers = try binder.catalog.table("customers")
    if let obstacle = Planner.scopeObstacle(to: segment, customers) {
      throw Diagnostic(
        code: "unknown-scope", "\(name) cannot be evaluated: \(obstacle.reason)", at: span,
        help: obstacle.mending)
    }
    let source = SourceText(rule, name: "rule of \(name)")
    do throws(Diagnostic) {
      let bound = try Planner.rule(source, ofSegmentAt: place, binder.catalog)
      if segment.isForVisitors {
        return RowSet(rowCount: customers.rowCount)
      }
      return try binder.catalog.matching(bound.condition, websites: segment.websites)
    } catch {
      // Its place is in the rule, not in the statement.
      throw Diagnostic(
        code: error.code, "the rule of \(name) cannot be evaluated: \(error.message)", at: span,
        help: error.help)
    }
  }

  /// The place of a single segment; nil while a script is checked and it is not known yet.
  func oneSegment(_ set: SegmentExpression) throws(Diagnostic) -> Int? {
    let places = try binder.segments.places(set)
    guard places.count > 1 else { return places.first }
    throw Diagnostic(
      code: "one-segment", "a single segment is wanted here, not \(places.count)", at: set.span,
      help: "name one by its id: \(binder.catalog.segments[places[0]].id)")
  }

  mutating func growth(_ set: SegmentExpression) throws(Diagnostic) -> QueryPlan {
    guard let place = try oneSegment(set), !binder.catalog.isChecking else {
      return try whole(Table.of([], Growth.fields, name: "growth"), rows: nil)
    }
    let segment = binder.catalog.segments[place]
    let steps = try segment.steps(askedAt: set.span)
    if steps.isEmpty {
      let reason = segment.reason(binder.catalog.obstacle(toSegmentAt: place)?.reason) ?? ""
      binder.warnings.append(
        Diagnostic(
          .note, code: "no-growth",
          "nothing is known of the growth of segment \(segment.id) '\(segment.name)': \(reason)",
          help: binder.segments.mending(place)))
    }
    return try whole(steps.table, rows: nil)
  }
}
