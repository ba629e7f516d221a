import SegqRecords

extension BoundExpression {
  /// The rows for which the condition holds, where sets that are there tell: of the rows of codes and
  /// of segments. `country = 'DE' and in 7` looks at no row. The rest is what remains to be asked of
  /// them; nil where nothing does.
  func settled(_ table: Table) -> (set: RowSet, rest: BoundExpression?)? {
    if let set = rowSet(table) { return (set, nil) }
    guard case .all(let parts) = self else { return nil }
    var set: RowSet?
    var rest: [BoundExpression] = []
    for part in parts {
      if let known = part.rowSet(table) {
        set = set?.intersection(known) ?? known
      } else {
        rest.append(part)
      }
    }
    return set.map { ($0, .all(rest)) }
  }

  /// Nil where rows must be looked at.
  private func rowSet(_ table: Table) -> RowSet? {
    switch self {
    case .member(0, let set): return set
    case .lookup(let column, let entries) where entries.type == .boolean:
      return table.columns[column].values.rows(where: entries)
    case .any(let parts):
      let sets = parts.compactMap { $0.rowSet(table) }
      return sets.count == parts.count ? RowSet.union(sets, rowCount: table.rowCount) : nil
    case .all(let parts):
      let sets = parts.compactMap { $0.rowSet(table) }
      guard sets.count == parts.count, let first = sets.first else { return nil }
      return sets.dropFirst().reduce(first) { $0.intersection($1) }
    case .constant, .column, .ancestor, .computed, .compare, .within, .not, .isNull, .isEmpty,
      .oneOf, .match, .matches, .listContains, .member, .arithmetic, .convert, .function,
      .conditional, .aggregate, .lookup, .test:
      return nil
    }
  }
}
