public import SegqRecords

extension Table {
  /// What an expression gives for a single row, computed for that row alone: nothing is prepared for
  /// the others, so that it takes as long on ten million rows as on ten. O(the row's children).
  public func value(of expression: BoundExpression, at row: Int) throws(EngineError) -> Value {
    let rows = Rows.list([Int32(truncatingIfNeeded: row)])
    return try Evaluator(Execution()).values(expression, self, rows)[0]
  }
}

extension Aggregate {
  /// How many rows an `exists` is about; nil for what is counted otherwise.
  public var counted: BoundExpression? {
    guard function == .exists, members == nil else { return nil }
    return .aggregate(Aggregate(.count, over: path, of: nil, where: filter))
  }

  /// How many rows there are to choose from.
  public var countedInAll: BoundExpression? {
    guard members == nil else { return nil }
    return .aggregate(Aggregate(.count, over: path, of: nil))
  }
}
