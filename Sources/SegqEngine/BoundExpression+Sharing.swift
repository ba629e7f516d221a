import SegqRecords

/// What an expression asks, as a value that is equal where the same is asked.
struct ExpressionKey: Hashable {
  private let shape: [AnyHashable]
  private let parts: [ExpressionKey]

  /// Nil for what can't be compared.
  init?(_ expression: BoundExpression, _ table: Table) {
    guard let shape = expression.shape(table) else { return nil }
    self.shape = shape
    var parts: [ExpressionKey] = []
    for (part, table) in expression.everyPart(table) {
      guard let key = ExpressionKey(part, table) else { return nil }
      parts.append(key)
    }
    self.parts = parts
  }
}

extension BoundExpression {
  /// Whether both ask the same of the rows of a table.
  public func isSame(as other: BoundExpression, on table: Table) -> Bool {
    guard let key = ExpressionKey(self, table) else { return false }
    return key == ExpressionKey(other, table)
  }

  /// What it is besides its parts; nil where that can't be compared.
  fileprivate func shape(_ table: Table) -> [AnyHashable]? {
    switch self {
    case .constant(let value, let type): ["constant", value, type]
    case .column(let column, _): ["column", ObjectIdentifier(table), column]
    case .ancestor(let level, let column, _): ["ancestor", ObjectIdentifier(table), level, column]
    case .computed(let level, let column):
      ["computed", ObjectIdentifier(table), level, column.field.name]
    case .member(let level, let set): ["member", ObjectIdentifier(table), level, set]
    case .compare(let comparison, _, _, let isExact): ["compare", comparison, isExact]
    case .within(_, let low, let high): ["within", low, high]
    case .not: ["not"]
    case .all: ["all"]
    case .any: ["any"]
    case .isNull: ["null"]
    case .isEmpty: ["empty"]
    case .oneOf(_, let values): ["one of", values]
    case .match(let pattern, _): ["match", pattern]
    case .matches(let matcher, _): ["matches", matcher.pattern]
    case .listContains(_, let text, let isExact): ["list", text, isExact]
    case .arithmetic(let operation, _, _, let type): ["arithmetic", operation, type]
    case .convert(_, let conversion): ["convert", conversion]
    case .function(let function, _, let type): ["function", function, type]
    case .conditional: ["if"]
    case .aggregate(let aggregate): aggregate.shape
    case .lookup, .test, .shared: nil
    }
  }

  /// Its parts, and the table that each is about.
  fileprivate func everyPart(_ table: Table) -> [(BoundExpression, Table)] {
    guard case .aggregate(let aggregate) = self else { return parts.map { ($0, table) } }
    let target = aggregate.path.last ?? table
    return [aggregate.filter, aggregate.argument, aggregate.order].compactMap { part in
      part.map { ($0, target) }
    }
  }

  /// Whether it only puts conditions together.
  private var isLogical: Bool {
    switch self {
    case .all, .any, .not: true
    default: false
    }
  }

  /// Whether it is read where it lies: in numbers, or for the codes of a dictionary.
  private func isRead(_ table: Table) -> Bool {
    !isLogical && isScan(table) || dictionaryColumn(table) != nil
  }

  /// By what it is known where it is worth sharing. Of conditions on the rows themselves (`isOutermost`)
  /// those are not which cost next to nothing, and which sets settle.
  func sharedKey(_ table: Table, _ isOutermost: Bool) -> ExpressionKey? {
    switch self {
    case .constant, .column, .ancestor, .computed, .member, .lookup, .test, .shared: return nil
    default:
      if canFail || isOutermost && (isLogical || isRead(table)) { return nil }
      // An index of texts is as quick.
      if isOutermost, textTest(table)?.settled(table) != nil { return nil }
      return ExpressionKey(self, table)
    }
  }

  /// The same with each part replaced in which others may be; `body` is told the table that the part
  /// is about, and whether it is a condition on the rows themselves.
  func mapWithin(
    _ table: Table, _ isOutermost: Bool, _ body: (BoundExpression, Table, Bool) -> BoundExpression
  ) -> BoundExpression {
    if isRead(table) || textTest(table) != nil { return self }
    guard case .aggregate(var aggregate) = self, let target = aggregate.path.last else {
      return mapParts { body($0, table, isOutermost && isLogical) }
    }
    aggregate.filter = aggregate.filter.map { body($0, target, false) }
    aggregate.argument = aggregate.argument.map { body($0, target, false) }
    return .aggregate(aggregate)
  }
}

extension Aggregate {
  /// Nil over the members of segments.
  fileprivate var shape: [AnyHashable]? {
    guard members == nil else { return nil }
    let given = [filter != nil, argument != nil, order != nil]
    return ["aggregate", function, path.map(ObjectIdentifier.init), given]
  }
}
