import SegqEngine
import SegqLanguage
import SegqRecords

/// Finds the segments that ids and names mean.
struct SegmentResolver {
  let catalog: any Catalog
  /// Segments used whose members may be wrong, by place.
  private(set) var stale: Set<Int> = []
  /// Segments that an answer over all segments leaves out, by place.
  private(set) var leftOut: Set<Int> = []

  init(_ catalog: any Catalog) { self.catalog = catalog }

  /// The customers meant; every segment in it must be known.
  mutating func set(_ expression: SegmentExpression) throws(Diagnostic) -> SegmentSet {
    switch expression.kind {
    case .combined(let operation, let a, let b): .init(operation, try set(a), try set(b))
    case .each(let operation, let list): try set(of: operation, list)
    case .id, .name, .variable, .selected, .all: try set(of: .union, expression)
    }
  }

  /// The union or the intersection of the segments that an operand stands for.
  private mutating func set(
    of operation: SetOperator, _ list: SegmentExpression
  ) throws(Diagnostic) -> SegmentSet {
    var result: SegmentSet?
    for place in try knownPlaces(list) {
      result = result.map { .init(operation, $0, .segment(place)) } ?? .segment(place)
    }
    return result ?? .none
  }

  /// The segments that a list item names, whose members are known; `all` leaves the others out.
  mutating func knownPlaces(_ expression: SegmentExpression) throws(Diagnostic) -> [Int] {
    let places = try places(expression)
    guard expression.kind == .all else {
      for place in places { try use(place, at: expression.span) }
      return places
    }
    let known = places.filter { isKnown($0) }
    // Of none of them anything is known: the first says why.
    guard !known.isEmpty || catalog.isChecking else {
      for place in places { try use(place, at: expression.span) }
      return []
    }
    leaveOut(places.filter { !isKnown($0) })
    for place in known { try use(place, at: expression.span) }
    return known
  }

  /// Whether it is known who is in a segment.
  func isKnown(_ place: Int) -> Bool {
    catalog.isChecking || catalog.segments[place].freshness != .unavailable
  }

  mutating func leaveOut(_ places: [Int]) { leftOut.formUnion(places) }

  /// Says which segments an answer leaves out, as their members are unknown.
  var note: Diagnostic? {
    guard !leftOut.isEmpty else { return nil }
    let told = 3
    let segments = leftOut.sorted().map { catalog.segments[$0] }
    let names = segments.prefix(told).map { "\($0.id) '\($0.name)'" }.joined(separator: ", ")
    let more = segments.count > told ? " and \(segments.count - told) more" : ""
    let ids = segments.filter { $0.rule != nil }.map { String($0.id) }.joined(separator: ", ")
    return Diagnostic(
      .note, code: "left-out",
      segments.count == 1
        ? "segment \(names) is left out: its members are unknown"
        : "\(segments.count) segments are left out: the members of \(names)\(more) are unknown",
      help: ids.isEmpty ? nil : "refresh \(ids)")
  }

  /// The segments that a list item names, in order.
  func places(_ expression: SegmentExpression) throws(Diagnostic) -> [Int] {
    switch expression.kind {
    case .id(let id): return [try place(id: id, at: expression.span)]
    case .name(let name):
      guard !catalog.isChecking || catalog.variables.isKnown(name) else { return [] }
      return [try place(name: try catalog.variables.text(of: name), at: expression.span)]
    case .variable(let name): return try places(name)
    case .all: return Array(catalog.segments.indices)
    case .selected:
      let places = catalog.segments.indices.filter {
        catalog.selected.contains(catalog.segments[$0].id)
      }
      // The Admin says the same when its mass action is given nothing.
      guard !places.isEmpty || catalog.isChecking else {
        throw Diagnostic(
          code: "nothing-selected", "no segment is selected", at: expression.span,
          help: "tick some first: select 3, 5 · select all")
      }
      return places
    case .combined, .each:
      throw Diagnostic(
        code: "not-a-segment", "a single segment is wanted here, not a combination",
        at: expression.span, help: "separate segments with commas")
    }
  }

  /// The segments that an expression names, wherever in it.
  func allPlaces(_ expression: SegmentExpression) throws(Diagnostic) -> [Int] {
    switch expression.kind {
    case .combined(_, let a, let b): try allPlaces(a) + allPlaces(b)
    case .each(_, let list): try allPlaces(list)
    case .id, .name, .variable, .selected, .all: try places(expression)
    }
  }

  /// An id, a name or a list of them.
  private func places(_ name: VariableName) throws(Diagnostic) -> [Int] {
    let literals: [Literal]
    switch try catalog.variables.value(of: name) {
    case .literal(let literal): literals = [literal]
    case .list(let list): literals = list
    case .unknown: return []
    case .row: throw BindingErrors.notAScalar(name)
    }
    var places: [Int] = []
    for literal in literals {
      switch literal {
      case .number(let digits) where Int(digits) != nil:
        places.append(try place(id: Int(digits) ?? 0, at: name.span))
      case .string(let text): places.append(try place(name: text, at: name.span))
      case .null, .boolean, .number, .period, .now, .duration:
        throw Diagnostic(
          code: "wrong-value", "'$\(name.text)' is no segment: \(literal.text)", at: name.span,
          help: "a segment is told by its id or its name")
      }
    }
    return places
  }

  /// The customers of one segment.
  mutating func members(of place: Int, at span: SourceSpan) throws(Diagnostic) -> RowSet {
    try use(place, at: span)
    return catalog.members(.segment(place))
  }

  private func place(id: Int, at span: SourceSpan) throws(Diagnostic) -> Int {
    if let place = catalog.segments.firstIndex(where: { $0.id == id }) { return place }
    let ids = catalog.segments.map(\.id)
    throw Diagnostic(
      code: "unknown-segment", "there is no segment \(id)", at: span,
      help: ids.isEmpty
        ? "no segments are loaded"
        : "ids go from \(ids.min() ?? 0) to \(ids.max() ?? 0): 'select segments' lists them")
  }

  private func place(name: String, at span: SourceSpan) throws(Diagnostic) -> Int {
    let wanted = TextFolding.fold(name)
    let places = catalog.segments.indices.filter {
      TextFolding.fold(catalog.segments[$0].name) == wanted
    }
    guard let place = places.first else {
      throw Diagnostic(
        code: "unknown-segment", "there is no segment '\(name)'", at: span,
        help: otherMeaning(of: name) ?? Suggestion.nearest(
          to: name, in: catalog.segments.map(\.name)
        ).map {
          "did you mean '\($0)'?"
        } ?? "'select segments' lists them")
    }
    guard places.count == 1 else {
      let ids = places.map { String(catalog.segments[$0].id) }.joined(separator: ", ")
      throw Diagnostic(
        code: "ambiguous-segment", "several segments are called '\(name)'", at: span,
        help: "name one by its id: \(ids)")
    }
    return place
  }

  /// The help for `'5'` and `'orders.csv'`.
  private func otherMeaning(of name: String) -> String? {
    if catalog.segments.contains(where: { String($0.id) == name }) {
      return "the id stands without quotes: \(name)"
    }
    let isFile = [".csv", ".tsv", ".xml"].contains { name.lowercased().hasSuffix($0) }
    return isFile ? "a file is read before: load '\(name)'" : nil
  }

  /// What to type so that it is known who is in a segment; nil where nothing is known to help.
  func mending(_ place: Int) -> String? {
    let segment = catalog.segments[place]
    guard segment.rule != nil else { return nil }
    let refresh = "refresh \(segment.id)"
    guard let obstacle = catalog.obstacle(toSegmentAt: place) else { return refresh }
    let first = obstacle.mending ?? "alter segment \(segment.id) as …, or load what it needs"
    return "\(first); then \(refresh)"
  }

  /// Tells of a segment that is looked at, whoever is in it.
  mutating func useStale(_ place: Int) {
    if catalog.segments[place].freshness == .stale { stale.insert(place) }
  }

  private mutating func use(_ place: Int, at span: SourceSpan) throws(Diagnostic) {
    let segment = catalog.segments[place]
    guard !catalog.isChecking else { return }
    switch segment.freshness {
    case .fresh: return
    case .stale: stale.insert(place)
    case .unavailable:
      let reason = segment.reason(catalog.obstacle(toSegmentAt: place)?.reason) ?? ""
      throw Diagnostic(
        code: "unavailable-segment",
        "it is not known who is in segment \(segment.id) '\(segment.name)': \(reason)",
        at: span, help: mending(place))
    }
  }
}

extension SegmentSet {
  fileprivate init(_ operation: SetOperator, _ left: SegmentSet, _ right: SegmentSet) {
    self =
      switch operation {
      case .union: .union(left, right)
      case .intersect: .intersect(left, right)
      case .except: .except(left, right)
      }
  }
}
