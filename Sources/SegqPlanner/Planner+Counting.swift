public import SegqEngine
import SegqLanguage
import SegqRecords

/// The segments that a rule asks for by a condition: `count(segments where status = active) >= 2`.
public struct CountedSegments: Sendable, Equatable {
  /// Their places; none that the rule can't ask for is among them.
  public var places: Set<Int>
  /// Whether the conditions that chose them ask nothing of customers, so that all of them count.
  public var isExact: Bool
}

extension Planner {
  /// The segments that the rule of the one at `place` asks for; nil where it asks for none by a condition.
  /// What can't be told without the members of segments leaves all.
  public static func segments(
    countedBy rule: String, at place: Int, of segments: [Segment], _ catalog: any Catalog
  ) -> CountedSegments? {
    let source = SourceText(rule, name: "")
    guard let expression = try? Parser.parseCondition(source), expression.asksOfSegments else {
      return nil
    }
    let grid = Store.grid(segments, selected: []) { _ in nil }
    var counted = CountedSegments(places: [], isExact: !expression.asksOfMembersByQuery)
    if !counted.isExact { counted.places = Set(segments.indices) }
    for call in expression.segmentCalls {
      let chosen = Chooser(catalog, source, grid).segments(call.filter)
      counted.places.formUnion(chosen.places)
      counted.isExact = counted.isExact && chosen.isExact
    }
    counted.places.remove(place)
    return counted
  }
}

/// Finds the rows of the grid for which a condition can hold.
private struct Chooser {
  let catalog: any Catalog
  let source: SourceText
  let grid: Table

  init(_ catalog: any Catalog, _ source: SourceText, _ grid: Table) {
    (self.catalog, self.source, self.grid) = (catalog, source, grid)
  }

  /// The columns that stay as they are while members change.
  private static let lasting: Set<String> = [
    "id", "segment", "status", "website", "description", "apply_to", "rule",
  ]

  func segments(_ filter: Expression?) -> CountedSegments {
    let parts = filter?.conjuncts ?? []
    let bound = parts.compactMap { self.bound($0) }
    let rows = bound.isEmpty ? Set(0..<grid.rowCount) : self.rows(.all(bound))
    return CountedSegments(
      places: rows ?? Set(0..<grid.rowCount), isExact: rows != nil && bound.count == parts.count)
  }

  /// A condition on what lasts of a segment; nil for any other.
  private func bound(_ condition: Expression) -> BoundExpression? {
    let others = Set(catalog.columnNames(of: "customers").map { $0.lowercased() })
    guard !catalog.isChecking,
      let columns = condition.columns(of: grid, besides: others), columns.isSubset(of: Self.lasting)
    else { return nil }
    var binder = Binder(catalog, source)
    return try? binder.condition(condition, .rows(grid, aliasesFirst: false))
  }

  private func rows(_ condition: BoundExpression) -> Set<Int>? {
    guard let id = grid.column(named: "id"),
      let answer = try? Answer(
        QueryPlan(.filter(.scan(grid, nil), condition), showing: [grid.named(id)]), Execution()),
      let batch = try? answer.batch(0..<answer.rowCount)
    else { return nil }
    let ids = Set((0..<batch.rowCount).map { batch.columns[0][$0] })
    return Set((0..<grid.rowCount).filter { ids.contains(grid.columns[id].values[$0]) })
  }
}

extension Expression {
  /// What `and` joins.
  fileprivate var conjuncts: [Expression] {
    guard case .logical(.and, let parts) = kind else { return [self] }
    return parts.flatMap(\.conjuncts)
  }

  /// The functions over `segments` in it.
  fileprivate var segmentCalls: [Call] {
    var calls = parts.flatMap(\.segmentCalls)
    if case .call(let call) = kind, call.aggregate != nil,
      call.arguments.contains(where: { $0.path.first?.lowercased() == "segments" })
    {
      calls.append(call)
    }
    return calls
  }

  /// The columns that it asks for, as the grid calls them; nil where it asks for more, or may ask for one
  /// of `others`.
  fileprivate func columns(of grid: Table, besides others: Set<String>) -> Set<String>? {
    switch kind {
    case .literal, .template: return []
    case .name(let path):
      guard path.count == 1 || path[0].text.lowercased() == grid.name, let last = path.last else {
        return nil
      }
      if let column = grid.column(named: last.text) { return [grid.columns[column].field.name] }
      // A bare word behind a comparison is a value.
      return others.contains(last.text.lowercased()) ? nil : []
    case .not, .negate, .isNull, .isEmpty, .logical, .compare, .arithmetic, .match, .between,
      .inList:
      var all: Set<String> = []
      for part in parts {
        guard let columns = part.columns(of: grid, besides: others) else { return nil }
        all.formUnion(columns)
      }
      return all
    case .variable, .inSegments, .has, .call, .subquery: return nil
    }
  }
}
