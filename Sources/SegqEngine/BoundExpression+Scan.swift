import SegqRecords

extension BoundExpression {
  /// What a condition on one column says of neighbouring rows, read where the values lie; nil where
  /// they must be computed.
  func scanned(_ table: Table, _ rows: Range<Int>) -> Truth? {
    let early = rows.lowerBound & 63
    guard early > 0 else { return scannedByWord(table, rows) }
    return scannedByWord(table, rows.lowerBound - early..<rows.upperBound)?.dropping(first: early)
  }

  /// The same of rows that begin at a multiple of 64.
  private func scannedByWord(_ table: Table, _ rows: Range<Int>) -> Truth? {
    switch self {
    case .compare(let comparison, let side, .constant(let value, _), _):
      guard let number = value.number, let column = side.ownColumn(table),
        let numbers = column.numbers
      else { return nil }
      let yes = numbers.compared(comparison, number, rows)
      return Truth(yes: yes, unknown: column.nulls?.slice(rows))
    case .within(let side, let low, let high):
      guard let column = side.ownColumn(table), let numbers = column.numbers else { return nil }
      // Nothing is below the least number.
      let yes =
        high == .min
        ? Bitmap(count: rows.count)
        : numbers.within(low ?? .min, high.map { $0 - 1 } ?? .max, rows)
      return Truth(yes: yes, unknown: column.nulls?.slice(rows))
    case .isNull(let side):
      guard let column = side.ownColumn(table) else { return nil }
      return Truth(yes: column.nulls?.slice(rows) ?? Bitmap(count: rows.count))
    case .member(0, let set): return Truth(yes: set.slice(rows))
    case .test(let column, let test): return table.columns[column].values.tested(test, .range(rows))
    case .lookup(let column, let entries) where entries.type == .boolean:
      return table.columns[column].values.coded(entries, rows)
    case .constant, .column, .ancestor, .computed, .compare, .not, .all, .any, .isEmpty, .oneOf,
      .match,
      .matches, .listContains, .member, .arithmetic, .convert, .function, .conditional, .aggregate,
      .lookup, .shared:
      return nil
    }
  }

  /// The column of the row itself that it is, stored or worked out.
  private func ownColumn(_ table: Table) -> StoredColumn? {
    switch self {
    case .column(let column, _): table.columns[column].values
    case .computed(level: 0, let column): column.values
    default: nil
    }
  }
}

extension BoundExpression {
  /// Whether it only reads columns where they lie, so that rows too many cost nothing and can go
  /// wrong in no way.
  func isScan(_ table: Table) -> Bool {
    switch self {
    case .not(let inner): inner.isScan(table)
    case .all(let parts), .any(let parts): parts.allSatisfy { $0.isScan(table) }
    case .constant, .column, .ancestor, .computed, .compare, .within, .isNull, .isEmpty, .oneOf,
      .match, .matches, .listContains, .member, .arithmetic, .convert, .function, .conditional,
      .aggregate, .lookup, .test, .shared:
      scanned(table, 0..<0) != nil
    }
  }
}

extension PackedNumbers {
  /// Which of neighbouring rows compare so with a number.
  fileprivate func compared(
    _ comparison: BoundExpression.Comparison, _ number: Int64, _ rows: Range<Int>
  ) -> Bitmap {
    switch comparison {
    case .equal: within(number, number, rows)
    case .notEqual: ~within(number, number, rows)
    case .less: ~within(number, .max, rows)
    case .lessOrEqual: within(.min, number, rows)
    case .greater: ~within(.min, number, rows)
    case .greaterOrEqual: within(number, .max, rows)
    }
  }
}
