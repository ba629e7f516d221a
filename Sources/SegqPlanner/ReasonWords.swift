import SegqEngine
import SegqLanguage
import SegqRecords

/// The sentences of `why`: the value that was found, and what it would have to be.
///
/// ```
/// count(orders) = 2, needs ≥ 3
/// country = Brazil, not FR
/// zip is null, needs to start with 0
/// ```
enum ReasonWords {
  static func sentence(for expression: Expression, _ facts: Facts) -> String {
    switch expression.kind {
    case .compare(let sign, let a, let b):
      // `5 < id` reads as `id > 5`.
      return a.isLiteral && !b.isLiteral
        ? compared(sign.mirrored, b, a, facts) : compared(sign, a, b, facts)
    case .match(let match, let a, let b, let isNegated):
      let text = facts.text(b)
      guard facts.holds == true else {
        return found(a, facts) + (isNegated ? ", must not " : ", needs to ")
          + "\(match.verb) \(text)"
      }
      let fact = isNegated ? match.deniedOfIt : match.saidOfIt
      return found(a, facts) + ", which \(fact) \(text)"
    case .between(let a, let low, let high, let isNegated):
      let range = "between \(facts.text(low)) and \(facts.text(high))"
      let fact = isNegated ? ", not \(range)" : ", \(range)"
      let wanted = isNegated ? ", must not be \(range)" : ", must be \(range)"
      return found(a, facts) + (facts.holds == true ? fact : wanted)
    case .inList(let a, let list, let isNegated):
      let wanted = shortened(facts.text(list))
      if facts.holds == true { return found(a, facts) + (isNegated ? ", none of \(wanted)" : "") }
      return found(a, facts) + (isNegated ? ", must be none of " : ", needs one of ") + wanted
    case .isNull(let a, let isNegated):
      return found(a, facts) + wanted("null", isNegated, facts)
    case .isEmpty(let a, let isNegated):
      return found(a, facts) + wanted("empty", isNegated, facts)
    case .call(let call): return exists(call, facts) ?? found(expression, facts)
    case .not(let inner):
      guard case .call(let call) = inner.kind, let found = exists(call, facts) else {
        return found(expression, facts)
      }
      return "no " + found
    case .literal(.null): return "null, which is unknown"
    case .literal: return facts.text(expression)
    case .name, .variable, .template, .negate, .logical, .arithmetic, .inSegments, .has, .subquery:
      return found(expression, facts)
    }
  }

  /// `country = Brazil`, `country is null`
  private static func found(_ expression: Expression, _ facts: Facts) -> String {
    let name = facts.text(expression)
    return facts.shown(expression).map { "\(name) = \($0)" } ?? "\(name) is null"
  }

  private static func wanted(_ what: String, _ isNegated: Bool, _ facts: Facts) -> String {
    facts.holds == true ? "" : isNegated ? ", must not be \(what)" : ", must be \(what)"
  }

  private static func compared(
    _ sign: ComparisonOperator, _ a: Expression, _ b: Expression, _ facts: Facts
  ) -> String {
    let value = found(a, facts)
    let other = other(b, facts)
    switch sign {
    case .equal, .identical, .similar:
      if facts.holds == true { return value }
      if facts.holds == nil { return value + ", needs \(other)" }
      return value + (sign == .identical ? ", not exactly \(other)" : ", not \(other)")
    case .notEqual:
      return value + (facts.holds == true ? ", not \(other)" : ", must not be \(other)")
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      if let bound = bound(facts), !b.isPlainDate { return value + ", needs \(bound) (\(other))" }
      return value + ", needs \(sign.sign) \(other)"
    }
  }

  /// What stands behind a comparison: as written, and its value where that is another.
  private static func other(_ expression: Expression, _ facts: Facts) -> String {
    let text = facts.text(expression)
    guard case .compare(_, _, let right, _) = facts.bound else { return text }
    if case .constant = right, expression.isLiteral || expression.path.count == 1 { return text }
    return facts.shown(right).map { "\(text) = \($0)" } ?? "\(text), which is null"
  }

  /// `≥ 2026-08-27`, where the rule says `-90d`.
  private static func bound(_ facts: Facts) -> String? {
    guard case .within(let value, let low, let high) = facts.bound,
      let limit = low ?? high, (low == nil) != (high == nil)
    else { return nil }
    let text = Value(limit, as: value.type).text(in: facts.zone)
    let day = text.hasSuffix(" 00:00:00") ? String(text.dropLast(9)) : text
    return (low == nil ? "< " : "≥ ") + day
  }

  /// `orders where status = complete: 2 of 5`, `orders: none found`
  private static func exists(_ call: Call, _ facts: Facts) -> String? {
    guard call.aggregate == .exists, let aggregate = facts.bound.aggregate,
      let counted = aggregate.counted, let all = aggregate.countedInAll,
      let count = facts.shown(counted), let total = facts.shown(all)
    else { return nil }
    let rows = facts.text(call.arguments + (call.filter.map { [$0] } ?? []))
    guard call.filter != nil, total != "0" else {
      return "\(rows): " + (count == "0" ? "none found" : "\(count) found")
    }
    return "\(rows): \(count == "0" ? "none" : count) of \(total)"
  }

  /// Lists can be long.
  private static func shortened(_ list: String) -> String {
    list.count <= 80 ? list : list.prefix(80) + "…"
  }

  /// Whether what is stored agrees with the rule: `a member as refreshed 2026-10-31 21:00:00, and the
  /// rule agrees`
  static func membership(
    _ segment: Segment, _ isStored: Bool?, _ rule: Bool?, since: Since?, cannotRun: Bool,
    _ zone: TimeZone
  ) -> String {
    let known =
      segment.refreshed.map {
        "as refreshed " + $0.moment(in: zone)
      } ?? "as loaded"
    let unknown = rule == nil ? ", as unknown is not enough" : ""
    let since = (since.map { $0.words(zone) + ", " } ?? "") + known
    guard let isStored else {
      if segment.rule == nil { return "it has no rule and no members" }
      if cannotRun { return "never refreshed, and its rule cannot be evaluated" }
      return "never refreshed; would \(rule == true ? "" : "not ")join now" + unknown
    }
    let stored = (isStored ? "a member " : "no member ") + since
    guard segment.rule != nil else { return stored + "; it has no rule" }
    if cannotRun { return stored + "; its rule cannot be evaluated now" }
    switch (isStored, rule == true) {
    case (true, true), (false, false): return stored + ", and the rule agrees" + unknown
    case (true, false): return stored + ", and leaves at the next refresh" + unknown
    case (false, true): return stored + ", and joins at the next refresh"
    }
  }
}

/// Since when a customer is a member or is none.
enum Since {
  case moment(Int64)
  /// It was so at the first moment that is known.
  case before(Int64)
  case unknown(String)

  func words(_ zone: TimeZone) -> String {
    switch self {
    case .moment(let when): "since " + when.moment(in: zone)
    case .before(let when): "since before " + when.moment(in: zone)
    case .unknown(let reason): "since when is not known (\(reason))"
    }
  }
}

extension Int64 {
  /// A moment; of one that begins a day the day.
  fileprivate func moment(in zone: TimeZone) -> String {
    let text = Value.datetime(self).text(in: zone)
    return text.hasSuffix(" 00:00:00") ? String(text.dropLast(9)) : text
  }
}

extension TextMatch {
  /// As in `name, which contains 'x'`.
  fileprivate var saidOfIt: String {
    switch self {
    case .contains: "contains"
    case .startsWith: "starts with"
    case .endsWith: "ends with"
    case .like: "is like"
    case .matches: "matches"
    }
  }

  fileprivate var deniedOfIt: String { self == .like ? "is not like" : "does not \(verb)" }

  fileprivate var verb: String {
    switch self {
    case .contains: "contain"
    case .startsWith: "start with"
    case .endsWith: "end with"
    case .like: "be like"
    case .matches: "match"
    }
  }
}

extension BoundExpression {
  /// The figure that it is, or denies.
  fileprivate var aggregate: Aggregate? {
    switch self {
    case .aggregate(let aggregate), .not(.aggregate(let aggregate)): aggregate
    default: nil
    }
  }
}

extension ComparisonOperator {
  fileprivate var sign: String {
    switch self {
    case .equal, .identical, .similar: "="
    case .notEqual: "≠"
    case .less: "<"
    case .lessOrEqual: "≤"
    case .greater: ">"
    case .greaterOrEqual: "≥"
    }
  }
}

extension Expression {
  /// A date written out, which says more than the moment that it begins at.
  fileprivate var isPlainDate: Bool {
    switch kind {
    case .literal(.period(.relative)): false
    case .literal(.period), .literal(.number), .literal(.string): true
    default: false
    }
  }
}
