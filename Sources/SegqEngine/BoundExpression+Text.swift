import SegqRecords

extension BoundExpression {
  /// As `explain` writes it: `country = 'France' and since >= 2024-01-01 00:00:00`
  func text(_ table: Table?) -> String {
    switch self {
    case .constant(let value, _): value.literal
    case .column(let index, _), .lookup(let index, _), .test(let index, _):
      table?.name(of: index) ?? "column \(index + 1)"
    case .ancestor(let level, let index, _): table?.ancestorName(level, index) ?? "parent's column"
    case .computed(_, let column): column.field.name
    case .compare(let comparison, let a, let b, let isExact):
      "\(a.text(table)) \(isExact ? "==" : comparison.sign) \(b.text(table))"
    case .within(let a, let low, let high): Self.range(a, low, high, table)
    case .not(let a): "not (\(a.text(table)))"
    case .all(let parts): Self.joined(parts, "and", table)
    case .any(let parts): Self.joined(parts, "or", table)
    case .isNull(let a): "\(a.text(table)) is null"
    case .isEmpty(let a): "\(a.text(table)) is empty"
    case .oneOf(let a, let values): "\(a.text(table)) in (\(values.count) values)"
    case .match(let pattern, let a): "\(a.text(table)) \(pattern.text)"
    case .matches(let matcher, let a):
      "\(a.text(table)) matches \(Value.text(matcher.pattern).literal)"
    case .listContains(let a, let text, _): "\(a.text(table)) has \(Value.text(text).literal)"
    case .member(_, let set): "member of a set of \(set.count)"
    case .arithmetic(let operation, let a, let b, _):
      "(\(a.text(table)) \(operation.sign) \(b.text(table)))"
    case .convert(let a, _): a.text(table)
    case .function(let function, let list, _):
      "\(function.name)(\(list.map { $0.text(table) }.joined(separator: ", ")))"
    case .conditional(let a, let b, let c):
      "if(\(a.text(table)), \(b.text(table)), \(c.text(table)))"
    case .aggregate(let aggregate): aggregate.text(table)
    case .shared(let part): "part \(part.place + 1)"
    }
  }

  private static func joined(_ parts: [BoundExpression], _ word: String, _ table: Table?) -> String
  {
    let texts = parts.map { part -> String in
      switch part {
      case .all, .any: "(\(part.text(table)))"
      default: part.text(table)
      }
    }
    return texts.isEmpty ? (word == "and" ? "true" : "false") : texts.joined(separator: " \(word) ")
  }

  private static func range(
    _ a: BoundExpression, _ low: Int64?, _ high: Int64?, _ table: Table?
  ) -> String {
    let name = a.text(table)
    let parts = [
      low.map { "\(name) >= \(Value($0, as: a.type).literal)" },
      high.map { "\(name) < \(Value($0, as: a.type).literal)" },
    ]
    return parts.compactMap { $0 }.joined(separator: " and ")
  }

  /// The part of the rows for which it is thought to hold, 0 to 1.
  func selectivity(_ table: Table) -> Double {
    switch self {
    case .all(let parts): parts.reduce(1) { $0 * $1.selectivity(table) }
    case .any(let parts): 1 - parts.reduce(1) { $0 * (1 - $1.selectivity(table)) }
    case .not(let inner): 1 - inner.selectivity(table)
    case .compare(.equal, .column(let index, _), _, _):
      if let dictionary = table.columns[index].values.dictionary {
        1 / Double(max(1, dictionary.count))
      } else {
        1 / Double(max(1, table.rowCount))
      }
    case .compare(.notEqual, _, _, _): 0.9
    case .isNull(.column(let index, _)), .isEmpty(.column(let index, _)):
      Double(table.columns[index].values.nulls?.setCount ?? 0) / Double(max(1, table.rowCount))
    case .member(0, let set): Double(set.count) / Double(max(1, set.rowCount))
    case .constant(.boolean(let bit), _): bit ? 1 : 0
    case .within(_, let low, let high): low != nil && high != nil ? 0.1 : 0.33
    default: 0.33
    }
  }

  /// The coded columns over whose dictionaries, instead of whose rows, parts of it are computed.
  func dictionaries(_ table: Table) -> String? {
    guard let column = soleColumn, column >= 0 else {
      let names = parts.compactMap { $0.dictionaries(table) }
      return names.isEmpty ? nil : names.joined(separator: ", ")
    }
    guard table.columns[column].values.dictionary != nil, !parts.isEmpty else { return nil }
    return table.name(of: column)
  }
}

extension Aggregate {
  func text(_ table: Table?) -> String {
    let target = path.last ?? table
    var inside = argument.map { $0.text(target) } ?? path.last?.name ?? ""
    if members != nil { inside = "segments" }
    if function == .countDistinct { inside = "distinct " + inside }
    if let filter { inside += (inside.isEmpty ? "where " : " where ") + filter.text(target) }
    return "\(function.name)(\(inside))"
  }
}

extension Table {
  func name(of column: Int) -> String { columns[column].field.name }

  fileprivate func ancestorName(_ level: Int, _ column: Int) -> String? {
    var ancestor: Table? = self
    for _ in 0..<level { ancestor = ancestor?.parent?.table }
    return ancestor.map { "\($0.name).\($0.name(of: column))" }
  }
}

extension Value {
  /// As the language writes it; times are in UTC.
  fileprivate var literal: String {
    switch self {
    case .text(let text):
      "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        + "'"
    case .null: "null"
    case .integer, .decimal, .date, .datetime, .boolean: text(in: .utc)
    }
  }
}

extension BoundExpression.Comparison {
  fileprivate var sign: String {
    switch self {
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    }
  }
}

extension BoundExpression.Arithmetic {
  fileprivate var sign: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .concatenate: "||"
    }
  }
}

extension ScalarFunction {
  fileprivate var name: String {
    switch self {
    case .datePart(let part, _): part.rawValue
    case .truncate(let part, _): "trunc \(part.rawValue)"
    case .daysSince: "days_since"
    case .shift(let days, let months, _): "shift by \(months != 0 ? "\(months)m" : "\(days)d")"
    case .lower: "lower"
    case .upper: "upper"
    case .fold: "fold"
    case .length: "length"
    case .trim: "trim"
    case .domain: "domain"
    case .coalesce: "coalesce"
    case .round: "round"
    case .bucket: "bucket"
    case .part: "part"
    case .negate: "-"
    case .absolute: "abs"
    }
  }
}

extension Aggregate.Function {
  fileprivate var name: String {
    switch self {
    case .count, .countDistinct: "count"
    case .exists: "exists"
    case .sum: "sum"
    case .average: "avg"
    case .minimum: "min"
    case .maximum: "max"
    case .percentile(let place): place == 0.5 ? "median" : "percentile"
    case .nth(let n): n == 1 ? "first" : n == -1 ? "last" : "nth"
    case .share: "share"
    }
  }
}
