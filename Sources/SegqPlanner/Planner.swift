public import SegqEngine
public import SegqLanguage
import SegqRecords

/// A query that is ready to run.
public struct PlannedQuery: Sendable {
  public var plan: QueryPlan
  public var warnings: [Diagnostic]
  /// The places of the segments used whose members may be wrong.
  public var staleSegments: [Int]
  /// `select segments` with nothing but rows left out: the grid that `select all` means.
  public var isGrid: Bool
  /// The rows form a tree, each with its level.
  public var isTree: Bool
}

/// The rule of a segment, bound to customers.
public struct BoundRule {
  public var condition: BoundExpression
  public var warnings: [Diagnostic]
  /// Segments that it names whose members may be wrong, by place.
  public var staleSegments: Set<Int>
}

/// Turns queries into plans: words meet columns.
public enum Planner {
  /// Plans a query. `source` is the text that its spans are of.
  public static func plan(
    _ query: Query, _ source: SourceText, _ catalog: any Catalog
  ) throws(Diagnostic) -> PlannedQuery {
    var planner = QueryPlanner(query, Binder(catalog, source))
    do throws(Diagnostic) {
      let planned = try planner.plan()
      try planner.binder.throwMistakes()
      return planned
    } catch {
      try planner.binder.throwMistakes(and: error)
      throw error
    }
  }

  /// The set of the places of the segments that a rule names.
  public static func segments(
    namedIn rule: String, _ catalog: any Catalog
  ) -> Set<Int> {
    guard let expression = try? Parser.parseCondition(SourceText(rule, name: "")) else { return [] }
    let resolver = SegmentResolver(catalog)
    return Set(expression.segmentSets.flatMap { set in (try? resolver.allPlaces(set)) ?? [] })
  }

  /// The places of the segments whose members an answer uses. `why` and `drift` are about what is
  /// stored.
  public static func segments(usedBy query: Query, _ catalog: any Catalog) -> Set<Int> {
    switch query.subject {
    case .why, .drift, .growth: return []
    case .table, .drill, .overlap, .compare, .profile, .columns:
      return query.expressions.contains(where: \.asksOfMembers)
        ? Set(catalog.segments.indices) : places(in: query.segmentSets, catalog)
    }
  }

  public static func segments(usedBy expression: Expression, _ catalog: any Catalog) -> Set<Int> {
    expression.asksOfMembers
      ? Set(catalog.segments.indices) : places(in: expression.segmentSets, catalog)
  }

  private static func places(
    in sets: [SegmentExpression], _ catalog: any Catalog
  ) -> Set<Int> {
    let resolver = SegmentResolver(catalog)
    return Set(sets.flatMap { set in (try? resolver.allPlaces(set)) ?? [] })
  }

  /// Why an answer is empty, where conditions chose its rows; nil where that is not known.
  public static func emptiness(
    of planned: PlannedQuery, _ query: Query, _ catalog: any Catalog
  ) throws(Diagnostic) -> Diagnostic? {
    try Emptiness(of: planned.plan.rows, query.filter, catalog).explanation()
  }

  /// Whether a rule asks of all `segments`, as `count(segments where status = active)` does.
  public static func asksOfSegments(_ rule: String) -> Bool {
    let expression = try? Parser.parseCondition(SourceText(rule, name: ""))
    return expression?.asksOfSegments ?? false
  }

  /// The names in quotes by which a rule speaks of segments.
  public static func names(in rule: String) -> [String] {
    guard let expression = try? Parser.parseCondition(SourceText(rule, name: "")) else { return [] }
    return expression.segmentSets.flatMap(\.names)
  }

  /// Binds the rule of a segment: a condition on customers. Among the `segments` that it asks for is
  /// not the one whose rule it is.
  public static func rule(
    _ source: SourceText, ofSegmentAt place: Int? = nil, _ catalog: any Catalog
  ) throws(Diagnostic) -> BoundRule {
    try rule(try Parser.parseCondition(source), source, ofSegmentAt: place, catalog)
  }

  public static func rule(
    _ expression: Expression, _ source: SourceText, ofSegmentAt place: Int? = nil,
    _ catalog: any Catalog
  ) throws(Diagnostic) -> BoundRule {
    var binder = Binder(catalog, source)
    binder.ownSegment = place
    let customers = try catalog.table("customers")
    let bound: BoundExpression
    do throws(Diagnostic) {
      bound = try binder.condition(expression, .rows(customers, aliasesFirst: false))
      try binder.throwMistakes()
    } catch {
      try binder.throwMistakes(and: error)
      throw error
    }
    return BoundRule(
      condition: bound, warnings: binder.allWarnings, staleSegments: binder.segments.stale)
  }

  /// The row of a customer who is told by id or email.
  public static func customer(
    _ expression: Expression, _ source: SourceText, _ catalog: any Catalog
  ) throws(Diagnostic) -> Int? {
    try Binder(catalog, source).customer(expression)
  }

  /// The customers of a segment expression.
  public static func segments(
    _ expression: SegmentExpression, _ catalog: any Catalog
  ) throws(Diagnostic) -> SegmentSet {
    var resolver = SegmentResolver(catalog)
    return try resolver.set(expression)
  }

  /// The places of the segments that a list names, each once, in order.
  public static func places(
    _ list: [SegmentExpression], _ catalog: any Catalog
  ) throws(Diagnostic) -> [Int] {
    let resolver = SegmentResolver(catalog)
    var places: [Int] = []
    for expression in list {
      for place in try resolver.places(expression) where !places.contains(place) {
        places.append(place)
      }
    }
    return places
  }

  /// The value of an expression that stands outside of any query.
  public static func constant(
    _ expression: Expression, _ source: SourceText, _ catalog: any Catalog,
    isCondition: Bool = false
  ) throws(Diagnostic) -> PlannedQuery {
    var binder = Binder(catalog, source)
    let bound: BoundExpression
    do throws(Diagnostic) {
      bound =
        isCondition
        ? try binder.condition(expression, .nothing) : try binder.bind(expression, .nothing)
      try binder.throwMistakes()
    } catch {
      try binder.throwMistakes(and: error)
      throw error
    }
    let field = Field(name: "value", header: "value", type: bound.type)
    let plan = QueryPlan(.scan(Table.unit, nil), showing: [NamedExpression(field, bound)])
    return PlannedQuery(
      plan: plan, warnings: binder.allWarnings, staleSegments: binder.segments.stale.sorted(),
      isGrid: false, isTree: false)
  }
}

extension Table {
  /// One row without columns.
  static let unit = Table(name: "", columns: [], rowCount: 1)
}
