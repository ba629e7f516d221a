import SegqRecords

extension Store {
  /// An expression over customers whose values were worked out for all of them, on all cores: what
  /// stands in its place where it is asked for again. A condition becomes sets of rows.
  public func workedOut(
    _ expression: BoundExpression, _ execution: Execution
  ) throws(EngineError) -> BoundExpression {
    guard let customers else { return expression }
    let evaluator = Evaluator(execution)
    let prepared = try evaluator.prepared(expression, for: customers)
    if expression.type == .boolean { return try sets(prepared, customers, evaluator) }
    let vectors = try evaluator.map(.all(customers.rowCount)) {
      (evaluator, rows) throws(EngineError) in try evaluator.values(prepared, customers, rows)
    }
    guard expression.type != .text, let values = ColumnVector(joining: vectors) else {
      return expression
    }
    let field = Field(name: "figure", header: "figure", type: expression.type)
    return .computed(level: 0, Column(field, values))
  }

  /// Yes, or unknown: `a or (u and null)` is true, null and false as the condition is.
  private func sets(
    _ condition: BoundExpression, _ customers: Table, _ evaluator: Evaluator
  ) throws(EngineError) -> BoundExpression {
    let parts = try evaluator.map(.all(customers.rowCount)) {
      (evaluator, rows) throws(EngineError) in try evaluator.truth(condition, customers, rows)
    }
    let count = customers.rowCount
    let yes = RowSet(parts: parts.map(\.yes), rowCount: count).settled()
    let member = BoundExpression.member(level: 0, yes)
    guard parts.contains(where: { $0.unknown != nil }) else { return member }
    let unknown = RowSet(
      parts: parts.map { $0.unknown ?? Bitmap(count: $0.yes.count) }, rowCount: count
    ).settled()
    guard !unknown.isEmpty else { return member }
    return .any([
      member, .all([.member(level: 0, unknown), .constant(.null, .boolean)]),
    ])
  }
}

extension ColumnVector {
  /// Numbers end to end; nil where they are texts.
  fileprivate init?(joining parts: [ColumnVector]) {
    var numbers: [Int64] = []
    numbers.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    var nulls = Bitmap(count: parts.reduce(0) { $0 + $1.count })
    for part in parts {
      guard let own = part.numbers else { return nil }
      part.nulls?.forEachSet { nulls[numbers.count + $0] = true }
      numbers += own
    }
    self.init(
      type: parts.first?.type ?? .integer, storage: .numbers(numbers),
      nulls: nulls.isEmpty ? nil : nulls)
  }
}
