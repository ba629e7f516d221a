import SegqRecords

/// What several conditions on the rows of one table have in common, so that it is worked out once for
/// each row group: `email ends with '.org'`, `count(orders where status = complete)`, and within
/// others the `status = complete` of the orders.
public struct SharedParts {
  /// What stands for a part in the conditions.
  public struct Part: Sendable {
    let place: Int
    let type: DataType
    /// How many ask for it.
    let uses: Int
  }

  /// The parts, to be prepared; each may have others in it that come before it.
  private(set) var expressions: [(expression: BoundExpression, table: Table)] = []
  private var places: [ExpressionKey: Int] = [:]
  private var uses: [ExpressionKey: Int] = [:]

  /// Puts what is met more than once in its place into `conditions`. O(their size).
  init(of conditions: inout [BoundExpression], on table: Table) {
    for condition in conditions { count(condition, table, isOutermost: true) }
    for i in conditions.indices {
      conditions[i] = replaced(conditions[i], table, isOutermost: true)
    }
  }

  /// Counts the parts of an expression. What is within a part that was met before does not count
  /// again.
  private mutating func count(_ expression: BoundExpression, _ table: Table, isOutermost: Bool) {
    if let key = expression.sharedKey(table, isOutermost) {
      uses[key, default: 0] += 1
      guard uses[key] == 1 else { return }
    }
    _ = expression.mapWithin(table, isOutermost) { part, table, isOutermost in
      count(part, table, isOutermost: isOutermost)
      return part
    }
  }

  private mutating func replaced(
    _ expression: BoundExpression, _ table: Table, isOutermost: Bool
  ) -> BoundExpression {
    guard let key = expression.sharedKey(table, isOutermost), let uses = uses[key], uses > 1 else {
      return within(expression, table, isOutermost)
    }
    let place: Int
    if let known = places[key] {
      place = known
    } else {
      let inner = within(expression, table, isOutermost)
      place = expressions.count
      places[key] = place
      expressions.append((inner, table))
    }
    return .shared(Part(place: place, type: expression.type, uses: uses))
  }

  private mutating func within(
    _ expression: BoundExpression, _ table: Table, _ isOutermost: Bool
  ) -> BoundExpression {
    expression.mapWithin(table, isOutermost) { replaced($0, $1, isOutermost: $2) }
  }
}
