import SegqEngine
import SegqLanguage
import SegqRecords

/// Who was in segments at a time, by what their refreshes changed: `drill 5 as of 2026-03`,
/// `drill 1 + 2 joined since -30d`.
struct HistoryReader {
  let catalog: any Catalog
  let customers: Table
  let history: History
  /// What the date stands for, to the second.
  let period: Range<Int64>

  func members(of set: SegmentSet) throws(Diagnostic) -> PastMembers {
    switch history.kind {
    case .asOf: return try past(set)
    case .joinedSince: return PastMembers(catalog.members(set)).subtracting(try past(set))
    case .leftSince: return try past(set).subtracting(PastMembers(catalog.members(set)))
    }
  }

  /// As they were at the end of the period, or with `since` before it began.
  private func past(_ set: SegmentSet) throws(Diagnostic) -> PastMembers {
    switch set {
    case .none: return PastMembers(RowSet(rowCount: customers.rowCount))
    case .segment(let place): return try past(catalog.segments[place])
    case .union(let a, let b): return try past(a).union(try past(b))
    case .intersect(let a, let b): return try past(a).intersection(try past(b))
    case .except(let a, let b): return try past(a).subtracting(try past(b))
    }
  }

  private func past(_ segment: Segment) throws(Diagnostic) -> PastMembers {
    let steps = try segment.steps(askedAt: history.date.span)
    let isBefore = history.kind != .asOf
    let moment = isBefore ? period.lowerBound : period.upperBound - 1
    let past = segment.members.flatMap { now in
      history.kind == .joinedSince
        ? steps.membersStaying(since: moment, now: now, of: customers)
        : steps.members(at: moment, isBefore: isBefore, now: now, of: customers)
    }
    if let past { return past }
    let name = "segment \(segment.id) '\(segment.name)'"
    guard let first = steps.firstKnown else {
      throw Diagnostic(
        code: "unknown-history", "it is not known when the members of \(name) were loaded",
        at: history.date.span, help: "what changes is known from the next refresh on")
    }
    let date = Value.datetime(first).text(in: catalog.zone)
    throw Diagnostic(
      code: "unknown-history",
      "who was in \(name) is known from \(date) on", at: history.date.span,
      help: "write \(history.kind.rawValue) '\(date)', or a later date")
  }

  /// What is said of customers who can't be listed any more.
  func note(of gone: Int) -> Diagnostic? {
    guard gone > 0 else { return nil }
    return Diagnostic(
      .note, code: "gone-customers",
      gone == 1
        ? "1 more was in, and is no longer among the customers"
        : "\(gone) more were in, and are no longer among the customers")
  }
}

extension Segment {
  /// All that is known of its growth; a mistake is told at `span`.
  func steps(askedAt span: SourceSpan) throws(Diagnostic) -> [Growth.Step] {
    do throws(GrowthError) { return try steps() } catch {
      throw Diagnostic(code: "workspace", error.message, at: span, help: error.help)
    }
  }
}

extension Binder {
  /// What a date stands for, to the second: `2026-03` for its month, `now` for a second.
  func period(of date: Expression) throws(Diagnostic) -> Range<Int64> {
    var binder = self
    let bound = try binder.bind(date, .nothing)
    if let period = try period(try substituted(date), for: .datetime) { return period }
    guard bound.type.isTemporal else {
      throw BindingErrors.wrongType(
        "'\(source[date.span])'", is: bound.type, wanted: "a date", at: date.span,
        help: "dates are written 2024-01-31, 2024-01, 2024 or -30d")
    }
    let field = Field(name: "value", header: "value", type: bound.type)
    let value = try catalog.scalar(
      QueryPlan(.scan(Table.unit, nil), showing: [NamedExpression(field, bound)]))
    guard let number = value.number else {
      guard !catalog.isChecking else { return 0..<1 }
      throw Diagnostic(code: "wrong-value", "the date is null", at: date.span)
    }
    return bound.type == .date
      ? catalog.zone.startOfDay(number)..<catalog.zone.startOfDay(number + 1) : number..<number + 1
  }
}
