import SegqRecords

extension BoundExpression {
  /// The rows for which the condition holds, where sets that are there tell: of the rows of codes, of
  /// segments, and those of a text that an index finds. `country = 'DE' and in 7` looks at no row. The rest is what remains to be asked of
  /// them; nil where nothing does. Nil where rows must be looked at.
  func settled(_ table: Table) -> (set: RowSet, rest: BoundExpression?)? {
    switch self {
    case .member(0, let set): return (set, nil)
    case .lookup(let column, let entries) where entries.type == .boolean:
      return table.columns[column].values.rows(where: entries).map { ($0, nil) }
    case .test(let column, let test):
      return table.columns[column].values.rows(passing: test).map { ($0, nil) }
    case .any(let parts):
      let whole = parts.compactMap { $0.settled(table) }.filter { $0.rest == nil }
      guard whole.count == parts.count else { return nil }
      return (RowSet.union(whole.map(\.set), rowCount: table.rowCount), nil)
    case .all(let parts): return Self.settled(parts, table)
    case .constant, .column, .ancestor, .computed, .compare, .within, .not, .isNull, .isEmpty,
      .oneOf, .match, .matches, .listContains, .member, .arithmetic, .convert, .function,
      .conditional, .aggregate, .lookup, .shared:
      return nil
    }
  }

  /// Whether an index tells the rows, or some that all others are among.
  func isFound(in table: Table) -> Bool {
    switch self {
    case .test(let column, let test): table.columns[column].values.index != nil && test.texts != nil
    case .all(let parts): parts.contains { $0.isFound(in: table) }
    default: false
    }
  }

  private static func settled(
    _ parts: [BoundExpression], _ table: Table
  ) -> (set: RowSet, rest: BoundExpression?)? {
    var set: RowSet?
    var rest: [BoundExpression] = []
    for part in parts {
      if let (known, left) = part.settled(table) {
        set = set?.intersection(known) ?? known
        if let left { rest.append(left) }
      } else {
        rest.append(part)
      }
    }
    return set.map { ($0, rest.count > 1 ? .all(rest) : rest.first) }
  }
}
