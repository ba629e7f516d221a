import SegqEngine
import SegqLanguage
import SegqRecords

// `count(segments where status = active and website = customers.website)`
extension Binder {
  /// The places of the segments that may count, and of each the customers for whom it does.
  ///
  /// What the condition asks of the segment alone is found once; what it asks of the customer too,
  /// once for each of the segments left that differs in what it is asked for.
  mutating func memberships(
    _ condition: Expression?, _ span: SourceSpan, of customers: Table
  ) throws(Diagnostic) -> (places: [Int], members: [RowSet]) {
    let grid = catalog.grid.lent(namesOf: customers)
    let parts = try condition.map { (e) throws(Diagnostic) in
      try self.condition(e, .rows(grid, aliasesFirst: false)).conjuncts
    }
    let all = try places((parts ?? []).filter { !$0.usesParent }, in: grid)
      .filter { $0 != ownSegment }
    let places = all.filter { segments.isKnown($0) }
    segments.leaveOut(all.filter { !segments.isKnown($0) })
    let shared = SharedCondition((parts ?? []).filter(\.usesParent), grid)
    var known: [[Value]: RowSet] = [:]
    var members: [RowSet] = []
    for place in places {
      let key = shared?.key(ofRow: place) ?? []
      if let shared, known[key] == nil {
        known[key] = try catalog.customers(
          matching: shared.condition, forRow: place, of: grid)
      }
      let matching = known[key]
      // Where nobody matches it does not matter who is in.
      if let matching, matching.isEmpty {
        members.append(matching)
      } else {
        let own = try segments.members(of: place, at: span)
        members.append(matching.map { own.intersection($0) } ?? own)
      }
    }
    return (places, members)
  }

  /// The rows of the grid, which are places of segments, for which all conditions hold.
  private func places(
    _ conditions: [BoundExpression], in grid: Table
  ) throws(Diagnostic) -> [Int] {
    guard !conditions.isEmpty, let id = grid.column(named: "id") else {
      return Array(0..<grid.rowCount)
    }
    let chosen = try catalog.batch(
      of: QueryPlan(.filter(.scan(grid, nil), .all(conditions)), showing: [grid.named(id)]))
    // Their ids tell which were kept.
    let ids = Set((0..<chosen.rowCount).map { chosen.columns[0][$0] })
    return (0..<grid.rowCount).filter { ids.contains(grid.columns[id].values[$0]) }
  }
}

/// A condition on a segment and on the customer.
private struct SharedCondition {
  let condition: BoundExpression
  private let grid: Table
  private let columns: [Int]?

  init?(_ parts: [BoundExpression], _ grid: Table) {
    guard !parts.isEmpty else { return nil }
    condition = .all(parts)
    self.grid = grid
    columns = condition.ownColumns?.sorted()
  }

  /// What it asks of the segment in a row; the same holds for all that have the same.
  func key(ofRow row: Int) -> [Value] {
    columns?.map { grid.columns[$0].values[row] } ?? [.integer(Int64(row))]
  }
}
