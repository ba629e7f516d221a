public import SegqLanguage

extension Expression {
  /// The sets of segments that the expression asks about, wherever in it.
  var segmentSets: [SegmentExpression] {
    switch kind {
    case .inSegments(let set, _): [set]
    case .subquery(let query): query.segmentSets
    default: parts.flatMap(\.segmentSets)
    }
  }

  /// Whether it asks who is in any of the segments: `count(segments where …)` of a customer, `has 42`
  /// of a segment.
  var asksOfMembers: Bool {
    if case .has = kind { return true }
    return namesSegments || parts.contains(where: \.asksOfMembers)
  }

  /// Whether it asks of all segments, also by a query: `(select max(customers) from segments)`.
  var asksOfSegments: Bool {
    if case .subquery(let query) = kind, query.isOfSegments { return true }
    return asksOfMembers || parts.contains(where: \.asksOfSegments)
  }

  /// `count(segments)`, `max(segments.customers)`
  private var namesSegments: Bool {
    guard case .call(let call) = kind, call.aggregate != nil else { return false }
    return call.arguments.contains { $0.path.first?.lowercased() == "segments" }
  }

  /// The expressions it is made of.
  var parts: [Expression] {
    switch kind {
    case .literal, .name, .variable, .template, .inSegments: []
    case .not(let a), .negate(let a), .isNull(let a, _), .isEmpty(let a, _), .has(let a): [a]
    case .logical(_, let parts): parts
    case .compare(_, let a, let b), .arithmetic(_, let a, let b), .match(_, let a, let b, _):
      [a, b]
    case .between(let a, let b, let c, _): [a, b, c]
    case .inList(let a, let list, _): [a] + list
    case .call(let call): call.arguments + (call.filter.map { [$0] } ?? [])
    case .subquery(let query): query.expressions
    }
  }
}

extension Query {
  /// Whether its rows are segments.
  fileprivate var isOfSegments: Bool {
    switch subject {
    case .table(let name), .columns(_, _, .table(let name)?): name.text.lowercased() == "segments"
    case .columns(_, _, .segments), .columns(_, _, nil), .drill, .overlap, .compare, .profile, .why,
      .drift, .growth:
      false
    }
  }

  /// The expressions of its clauses.
  private var clauses: [Expression] {
    [filter, having].compactMap { $0 } + grouping + ordering.map(\.expression)
  }

  /// The sets of segments that it asks about, in its subject and in its expressions.
  var segmentSets: [SegmentExpression] {
    let own: [SegmentExpression] =
      switch subject {
      case .table, .columns(_, _, .table), .columns(_, _, nil): []
      case .columns(_, _, .segments(let set)), .drill(let set, _), .why(_, let set),
        .drift(let set), .growth(let set):
        [set]
      case .overlap(let list): list
      case .compare(let a, let b): [a, b]
      case .profile(let set, _, let base): [set] + (base.map { [$0] } ?? [])
      }
    return own + expressions.flatMap(\.segmentSets)
  }

  public var expressions: [Expression] {
    switch subject {
    case .columns(let items, _, _): items.compactMap(\.expression) + clauses
    case .why(let customer, _): [customer] + clauses
    case .profile(_, let attributes, _): attributes + clauses
    case .table, .drill, .overlap, .compare, .drift, .growth: clauses
    }
  }
}

extension SegmentExpression {
  /// The segments that are told by name.
  var names: [String] {
    switch kind {
    case .name(let name): name.plain.map { [$0] } ?? []
    case .combined(_, let a, let b): a.names + b.names
    case .each(_, let list): list.names
    case .id, .variable, .selected, .all: []
    }
  }
}
