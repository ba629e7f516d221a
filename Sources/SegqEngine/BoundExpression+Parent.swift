import SegqRecords

// `count(segments where website = customers.website)`: segments are few, so that such a condition
// becomes one on customers for each of them.
extension BoundExpression {
  /// The conditions that must all hold.
  public var conjuncts: [BoundExpression] {
    guard case .all(let parts) = self else { return [self] }
    return parts.flatMap(\.conjuncts)
  }

  /// Whether it asks the row's parent.
  public var usesParent: Bool {
    switch self {
    case .ancestor, .computed(level: 1..., _), .member(level: 1..., _): true
    default: parts.contains(where: \.usesParent)
    }
  }

  /// The columns of the row itself that it asks for; nil where it asks for more than these.
  public var ownColumns: Set<Int>? {
    switch self {
    case .column(let column, _): return [column]
    case .computed(level: 0, _), .member(level: 0, _), .aggregate: return nil
    default:
      var columns: Set<Int> = []
      for part in parts {
        guard let own = part.ownColumns else { return nil }
        columns.formUnion(own)
      }
      return columns
    }
  }

  /// The same asked of the parent, for a row of `table` whose values become constants.
  func onParent(ofRow row: Int, in table: Table) throws(EngineError) -> BoundExpression {
    switch self {
    case .column(let column, let type): return .constant(table.columns[column].values[row], type)
    case .computed(level: 0, let column):
      return .constant(column.values[row], column.values.type)
    case .computed(let level, let column): return .computed(level: level - 1, column)
    case .ancestor(level: 1, let column, let type): return .column(column, type)
    case .ancestor(let level, let column, let type):
      return .ancestor(level: level - 1, column, type)
    case .member(let level, let set): return .member(level: max(0, level - 1), set)
    case .compare(let comparison, let a, let b, let isExact):
      let (x, y) = (
        try a.onParent(ofRow: row, in: table), try b.onParent(ofRow: row, in: table)
      )
      return Self.compare(comparison, a.pieces(x, in: table), b.pieces(y, in: table), isExact)
        ?? .compare(comparison, x, y, isExact: isExact)
    default:
      return try mapParts { (part) throws(EngineError) in
        try part.onParent(ofRow: row, in: table)
      }
    }
  }

  /// The values of a list that has become the constant `value`; of what is no list itself.
  private func pieces(_ value: BoundExpression, in table: Table) -> [BoundExpression] {
    guard case .column(let column, _) = self, table.columns[column].isList,
      case .constant(.text(let text), _) = value
    else { return [value] }
    return text.split(separator: ", ").map { .constant(.text(String($0)), .text) }
  }

  /// Whether any of a list is equal; nil for what is asked of no list.
  private static func compare(
    _ comparison: Comparison, _ a: [BoundExpression], _ b: [BoundExpression], _ isExact: Bool
  ) -> BoundExpression? {
    guard a.count * b.count > 1, comparison == .equal || comparison == .notEqual else { return nil }
    let any = BoundExpression.any(
      a.flatMap { x in b.map { y in .compare(.equal, x, y, isExact: isExact) } })
    return comparison == .equal ? any : .not(any)
  }
}

extension Store {
  /// The customers for whom a condition holds that asks it of them and of a segment, a row of `grid`
  /// whose parent they are.
  public func matching(
    _ condition: BoundExpression, forRow row: Int, of grid: Table, _ execution: Execution
  ) throws(EngineError) -> RowSet {
    try matching(
      SegmentRule(try condition.onParent(ofRow: row, in: grid), websites: []), execution)
  }
}
