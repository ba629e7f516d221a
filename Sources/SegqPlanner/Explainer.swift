import SegqEngine
import SegqLanguage
import SegqRecords

/// Goes through the rule of a segment for one customer: what each part says, and by which values.
///
/// Only this customer's rows are looked at. What can't be told, as a table is not loaded, is unknown
/// and says so at its node; it keeps nothing else from being told.
struct Explainer {
  let catalog: any Catalog
  let customers: Table
  let row: Int
  private let opened = Opened()

  init(catalog: any Catalog, customers: Table, row: Int) {
    (self.catalog, self.customers, self.row) = (catalog, customers, row)
  }

  /// The segments that were come to, so that each is opened once.
  private final class Opened {
    /// Nil while the segment is being opened.
    var reasons: [Int: Reason?] = [:]
  }

  /// A segment as the root of a tree: whether its rule holds now, and what is stored. Where it was
  /// opened before, what is below it is not said again.
  func reason(ofSegmentAt place: Int) -> Reason {
    let name = catalog.segments[place].title
    switch opened.reasons[place] {
    case .some(.some(var known)):
      if !known.children.isEmpty { known.values? += ", as above" }
      known.children = []
      return known
    case .some(.none):
      return Reason(
        condition: name, values: "\(name): its rule depends on itself", isBroken: true)
    case .none:
      opened.reasons[place] = .some(nil)
      let reason = open(place, name)
      opened.reasons[place] = reason
      return reason
    }
  }

  private func open(_ place: Int, _ name: String) -> Reason {
    let segment = catalog.segments[place]
    let parts = parts(of: segment, at: place)
    let rule = segment.rule == nil ? nil : Bool?.all(parts.map(\.holds))
    let isStored = segment.members.map { $0.contains(row) }
    let membership = ReasonWords.membership(
      segment, isStored, rule, since: since(segment), cannotRun: parts.contains(where: \.cannotRun),
      catalog.zone)
    return Reason(
      condition: name, holds: segment.rule == nil ? isStored : rule,
      values: "\(name): \(membership)", children: parts)
  }

  /// Since when the customer is a member or is none, by what refreshes changed; nil where there is
  /// only one of which it is known.
  private func since(_ segment: Segment) -> Since? {
    guard !segment.growth.isEmpty, segment.members != nil, let id = customers.identity(row) else {
      return nil
    }
    do throws(GrowthError) {
      let steps = try segment.steps()
      if let when = steps.lastChange(of: id)?.when { return .moment(when) }
      guard let first = steps.firstKnown, first != segment.refreshed else { return nil }
      return .before(first)
    } catch { return .unknown(error.message) }
  }

  /// What makes a customer a member: the website, and the rule.
  private func parts(of segment: Segment, at place: Int) -> [Reason] {
    guard let rule = segment.rule else { return [] }
    let source = SourceText(rule, name: "rule of segment \(segment.id)")
    var parts = scope(of: segment).map { [$0] } ?? []
    if segment.isForVisitors {
      parts.append(
        Reason(
          condition: "applies to customers", holds: false,
          values: "it applies to visitors only, so that no customer is ever in it"))
    }
    do throws(Diagnostic) {
      let expression = try Parser.parseCondition(source)
      parts.append(RuleExplainer(self, source, ofSegmentAt: place).reason(for: expression))
    } catch {
      let text = rule.inOneLine
      parts.append(.broken(text, error))
    }
    return parts
  }

  /// Whether the customer is of one of the segment's websites; nil where it covers all.
  private func scope(of segment: Segment) -> Reason? {
    let wanted = segment.websites.joined(separator: " or ")
    let condition = "website is one of \(wanted)"
    switch WebsiteScope(segment.websites, of: customers) {
    case .all: return nil
    case .unknown(let reason):
      return Reason(condition: condition, values: "\(reason), needs \(wanted)", isBroken: true)
    case .some: break
    }
    guard let column = customers.column(named: "website"),
      case let value = customers.columns[column].values[row], value != .null
    else { return Reason(condition: condition, values: "website is null, needs \(wanted)") }
    let own = value.text(in: .utc)
    let holds = segment.websites.contains { TextFolding.fold($0) == TextFolding.fold(own) }
    return Reason(
      condition: condition, holds: holds,
      values: "website = \(own)" + (holds ? "" : ", needs \(wanted)"))
  }
}

/// The nodes of one rule.
private struct RuleExplainer {
  let outer: Explainer
  let binder: Binder

  init(_ outer: Explainer, _ source: SourceText, ofSegmentAt place: Int) {
    self.outer = outer
    var binder = Binder(outer.catalog, source)
    binder.ownSegment = place
    self.binder = binder
  }

  func reason(for expression: Expression) -> Reason {
    switch expression.kind {
    case .logical(let word, let parts):
      let children = parts.map { reason(for: $0) }
      let answers = children.map(\.holds)
      return Reason(
        condition: word == .and ? "all of these" : "any of these",
        holds: word == .and ? .all(answers) : .any(answers), children: children)
    case .not(let inner):
      // That there are none is one fact.
      if case .call(let call) = inner.kind, call.aggregate == .exists { return leaf(expression) }
      return negated(reason(for: inner))
    case .inSegments(let set, let isNegated):
      let reason = membership(set, expression.span)
      return isNegated ? negated(reason) : reason
    case .call(let call) where call.assumption != nil:
      return assumed(reason(for: call.arguments[0]), call.assumption)
    case .literal, .name, .variable, .template, .negate, .compare, .arithmetic, .match, .between,
      .inList, .has, .isNull, .isEmpty, .call, .subquery:
      return leaf(expression)
    }
  }

  private func negated(_ inner: Reason) -> Reason {
    Reason(condition: "not", holds: !inner.holds, children: [inner])
  }

  /// What is not known counts as yes or no.
  private func assumed(_ inner: Reason, _ assumption: Bool?) -> Reason {
    guard inner.holds == nil, !inner.cannotRun else { return inner }
    var reason = inner
    reason.holds = assumption
    reason.values =
      (inner.values ?? inner.condition) + ", which counts as " + (assumption == true ? "yes" : "no")
    return reason
  }

  private func leaf(_ expression: Expression) -> Reason {
    let text = binder.source[expression.span].inOneLine
    do throws(Diagnostic) {
      let facts = try Facts(expression, binder, outer.customers, outer.row)
      return Reason(
        condition: text, holds: facts.holds, values: ReasonWords.sentence(for: expression, facts))
    } catch { return .broken(text, error) }
  }

  // in 7, in 1 + 2

  /// What is stored decides, as it does when the rule is evaluated; the rules of the segments are
  /// opened below.
  private func membership(_ set: SegmentExpression, _ span: SourceSpan) -> Reason {
    let text = binder.source[set.span].inOneLine
    var resolver = SegmentResolver(outer.catalog)
    do throws(Diagnostic) {
      let places = try resolver.allPlaces(set)
      let segments = places.map { stored($0) }
      if segments.count == 1 { return segments[0] }
      // What is not known is said by the segment that it is not known of.
      let holds = (try? resolver.set(set)).map { contains($0) }
      return Reason(condition: "in \(text)", holds: holds, children: segments)
    } catch { return .broken("in \(text)", error) }
  }

  private func stored(_ place: Int) -> Reason {
    var reason = outer.reason(ofSegmentAt: place)
    reason.condition = "in \(reason.condition)"
    reason.holds = outer.catalog.segments[place].members.map { $0.contains(outer.row) }
    (reason.isStored, reason.isBroken) = (true, reason.holds == nil)
    return reason
  }

  private func contains(_ set: SegmentSet) -> Bool {
    switch set {
    case .none: false
    case .segment(let place):
      outer.catalog.segments[place].members?.contains(outer.row) ?? false
    case .union(let a, let b): contains(a) || contains(b)
    case .intersect(let a, let b): contains(a) && contains(b)
    case .except(let a, let b): contains(a) && !contains(b)
    }
  }
}

/// What is known of one condition for one customer.
struct Facts {
  let bound: BoundExpression
  let holds: Bool?
  private let binder: Binder
  private let customers: Table
  private let row: Int

  init(
    _ expression: Expression, _ binder: Binder, _ customers: Table, _ row: Int
  ) throws(Diagnostic) {
    (self.customers, self.row) = (customers, row)
    var binder = binder
    bound = try binder.condition(expression, .rows(customers, aliasesFirst: false))
    try binder.throwMistakes()
    self.binder = binder
    holds = try Self.value(bound, customers, row).number.map { $0 != 0 }
  }

  var zone: TimeZone { binder.catalog.zone }

  /// As it is written.
  func text(_ expression: Expression) -> String { binder.source[expression.span].inOneLine }

  /// From the first to the last of several, as written.
  func text(_ list: [Expression]) -> String {
    guard let first = list.first, let last = list.last else { return "" }
    return binder.source[first.span.through(last.span)].inOneLine
  }

  /// The value of a part of the condition, as answers show it; nil where it is null.
  func shown(_ expression: Expression) -> String? {
    var binder = binder
    let scope = Binder.Scope.rows(customers, aliasesFirst: false)
    guard let bound = try? binder.bind(expression, scope) else { return nil }
    return shown(bound)
  }

  func shown(_ bound: BoundExpression) -> String? {
    guard let value = try? Self.value(bound, customers, row), value != .null else { return nil }
    let text = value.text(in: zone)
    if case .datetime = value, text.hasSuffix(" 00:00:00") { return String(text.dropLast(9)) }
    return text.isEmpty ? "''" : text
  }

  private static func value(
    _ bound: BoundExpression, _ table: Table, _ row: Int
  ) throws(Diagnostic) -> Value {
    do throws(EngineError) { return try table.value(of: bound, at: row) } catch {
      switch error {
      case .interrupted: throw Diagnostic(code: "interrupted", "interrupted")
      case .overflow(let what):
        throw Diagnostic(code: "overflow", "\(what) does not fit into 64 bits")
      case .costlyPattern:
        throw Diagnostic(code: "costly-pattern", "the regular expression takes too many steps")
      }
    }
  }
}

extension Call {
  /// The `false` of `coalesce(CONDITION, false)`.
  fileprivate var assumption: Bool? {
    guard name.text.lowercased() == "coalesce", arguments.count == 2,
      case .literal(.boolean(let assumption)) = arguments[1].kind
    else { return nil }
    return assumption
  }
}

extension Segment {
  fileprivate var title: String { "segment \(id) '\(name)'" }
}
