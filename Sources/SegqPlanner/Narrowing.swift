public import SegqEngine
public import SegqLanguage
import SegqRecords

/// The rows that a query begins with, and the conditions that they must fulfil, one after the other:
/// of `drill 5 where country = FR and total > 99999` the members of segment 5 and two conditions.
public struct Narrowing {
  public let table: Table
  public let rows: RowSet?
  /// As they were written, and what that means.
  public let conditions: [(written: Expression, bound: BoundExpression)]
  private let catalog: any Catalog

  /// The parts of `a and b and c` one by one, where the plan has kept them.
  public init(of plan: Plan, _ filter: Expression?, _ catalog: any Catalog) {
    let start = plan.start
    (table, rows) = (start.table, start.rows)
    self.catalog = catalog
    if case .logical(.and, let parts)? = filter?.kind, case .all(let bounds)? = start.condition,
      parts.count == bounds.count
    {
      conditions = zip(parts, bounds).map { ($0, $1) }
    } else if let filter, let bound = start.condition {
      conditions = [(filter, bound)]
    } else {
      conditions = []
    }
  }

  /// How many rows there are before any condition.
  public var rowCount: Int { rows?.count ?? table.rowCount }

  /// How many rows fulfil all conditions.
  public func count() throws(Diagnostic) -> Int { try count(ofFirst: conditions.count) }

  /// The condition that removed the last rows, and how many these were; nil where some are left.
  public func end() throws(Diagnostic) -> (place: Int, before: Int)? {
    var before = rowCount
    for place in conditions.indices where before > 0 {
      let left = try count(ofFirst: place + 1)
      if left == 0 { return (place, before) }
      before = left
    }
    return nil
  }

  private func count(ofFirst conditions: Int) throws(Diagnostic) -> Int {
    guard conditions > 0 else { return rowCount }
    let count = try figures([Aggregate(.count, over: [], of: nil)], ofFirst: conditions)
    return Int(count[0].number ?? 0)
  }

  /// Figures over the rows that fulfil so many of the conditions.
  func figures(_ figures: [Aggregate], ofFirst conditions: Int) throws(Diagnostic) -> [Value] {
    guard !figures.isEmpty else { return [] }
    let fields = figures.map { Field(name: "value", header: "value", type: $0.type) }
    let batch = try catalog.batch(
      of: QueryPlan(
        .aggregate(
          plan(ofFirst: conditions), keys: [], figures: Array(zip(fields, figures))),
        showing: fields.indices.map { NamedExpression(fields[$0], .column($0, fields[$0].type)) }))
    return batch.columns.map { $0[0] }
  }

  /// The rows that fulfil so many of the conditions.
  func plan(ofFirst count: Int) -> Plan {
    let scan = Plan.scan(table, rows)
    return count == 0 ? scan : .filter(scan, .all(conditions[..<count].map(\.bound)))
  }
}
