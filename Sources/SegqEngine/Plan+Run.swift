import SegqRecords

/// Rows of a table: what flows from step to step.
struct Relation {
  var table: Table
  var rows: RowSelection
}

extension Plan {
  /// The rows that it gives; where no more than the first so many matter, perhaps only those.
  func run(_ evaluator: Evaluator, atMost most: Int? = nil) throws(EngineError) -> Relation {
    try evaluator.measured { () throws(EngineError) in try step(evaluator, atMost: most) }
  }

  private func step(_ evaluator: Evaluator, atMost most: Int?) throws(EngineError) -> Relation {
    switch self {
    case .scan(let table, let set):
      return Relation(table: table, rows: set.map { .some($0) } ?? .all(table.rowCount))
    case .filter(let input, let condition):
      return try evaluator.filter(try input.run(evaluator), condition, atMost: most)
    case .aggregate(let input, let keys, let figures):
      return try evaluator.group(try input.run(evaluator), keys, figures)
    case .distinct(let input, let columns):
      return try evaluator.group(try input.run(evaluator), columns, [])
    case .sort(let input, let keys, let limit):
      return try evaluator.sort(try input.run(evaluator), keys, limit: limit)
    case .sample(let input, let count):
      var relation = try input.run(evaluator)
      if count < relation.rows.count {
        relation.rows = .list(Sampling.choose(count, of: relation.rows.rows))
      }
      return relation
    case .limit(let input, let offset, let count):
      var relation = try input.run(evaluator, atMost: count.map { $0.addingClamped(offset) })
      let total = relation.rows.count
      let start = min(offset, total)
      let end = count.map { min(start + min($0, total), total) } ?? total
      relation.rows = relation.rows.part(start..<end)
      return relation
    }
  }
}

extension Evaluator {
  /// Runs a step, and notes what it took where somebody asked (`explain analyze`).
  fileprivate func measured(
    _ step: () throws(EngineError) -> Relation
  ) throws(EngineError) -> Relation {
    guard let clock, let place = profile?.steps.count else { return try step() }
    profile?.steps.append(PlanProfile.Step())
    let start = clock()
    let relation = try step()
    let total = clock() - start
    let inner = profile?.steps[(place + 1)...].reduce(0) { $0 + $1.nanoseconds } ?? 0
    profile?.steps[place] = PlanProfile.Step(
      rows: relation.rows.count, nanoseconds: total - inner,
      bytes: relation.bytes(besides: lastTable))
    lastTable = relation.table
    return relation
  }

  /// The rows for which the condition holds; with a limit it stops once it has so many.
  func filter(
    _ input: Relation, _ condition: BoundExpression, atMost most: Int? = nil
  ) throws(EngineError) -> Relation {
    let table = input.table
    let condition = try prepared(condition, for: table)
    if case .list = input.rows {
      let kept = try map(input.rows) { (evaluator, rows) throws(EngineError) in
        rows.filtered(try evaluator.truth(condition, table, rows).yes)
      }
      return Relation(table: table, rows: .list(Array(kept.joined())))
    }
    let set: RowSet? = if case .some(let set) = input.rows { set } else { nil }
    // With a limit the first groups may be enough, and a set is made of all; an index has it at once.
    if most == nil || condition.isFound(in: table), let (known, rest) = condition.settled(table) {
      let left = Relation(table: table, rows: .some(set?.intersection(known) ?? known))
      return try rest.map { (rest) throws(EngineError) in try filter(left, rest) } ?? left
    }
    var parts: [Bitmap] = []
    var found = 0
    while parts.count < input.rows.groupCount, found < most ?? .max {
      let first = parts.count
      // With a limit a few groups at a time, and more each time.
      let step = most == nil ? input.rows.groupCount : max(1, first)
      parts += try map(min(step, input.rows.groupCount - first)) {
        (evaluator, group) throws(EngineError) in
        let start = (first + group) * RowSelection.groupSize
        let rows = start..<min(start + RowSelection.groupSize, table.rowCount)
        return try evaluator.kept(condition, table, rows, of: set?.slice(rows))
      }
      if most != nil { found += parts[first...].reduce(0) { $0 + $1.setCount } }
    }
    return Relation(table: table, rows: .some(RowSet(parts: parts, rowCount: table.rowCount)))
  }

  /// For which of neighbouring rows, or of some of them, the condition holds.
  func kept(
    _ condition: BoundExpression, _ table: Table, _ rows: Range<Int>, of set: Bitmap?
  ) throws(EngineError) -> Bitmap {
    guard let set else { return try truth(condition, table, .range(rows)).yes }
    if set.isEmpty { return set }
    let rows = Rows.range(rows)
    let truth =
      condition.isScan(table)
      ? try truth(condition, table, rows) : try truth(condition, table, rows, of: set)
    return truth.yes & set
  }

  /// The expression with each part that hangs on one coded column alone computed for its codes.
  ///
  /// `name contains 'x'` on a column of four values then costs four comparisons.
  func prepared(
    _ expression: BoundExpression, for table: Table
  ) throws(EngineError) -> BoundExpression {
    if expression.parts.isEmpty {
      guard case .aggregate(let aggregate) = expression else { return expression }
      return .aggregate(try prepared(aggregate, below: table))
    }
    if let test = expression.textTest(table) { return test }
    guard let (column, count) = expression.dictionaryColumn(table) else {
      return try expression.mapParts { (part) throws(EngineError) in
        try prepared(part, for: table)
      }
    }
    let entries = Rows.dictionary(column: column, count: count)
    return .lookup(column: column, try values(expression, table, entries))
  }

  func prepared(_ aggregate: Aggregate, below table: Table) throws(EngineError) -> Aggregate {
    let target = aggregate.path.last ?? table
    var result = aggregate
    if let filter = aggregate.filter { result.filter = try prepared(filter, for: target) }
    if let argument = aggregate.argument { result.argument = try prepared(argument, for: target) }
    return result
  }
}

extension BoundExpression {
  /// The coded column over whose dictionary it is computed, and the size of that; nil where it must be
  /// computed for rows.
  func dictionaryColumn(_ table: Table) -> (column: Int, count: Int)? {
    guard !parts.isEmpty, let column = soleColumn, column >= 0,
      let dictionary = table.columns[column].values.dictionary,
      dictionary.count <= max(256, table.rowCount / 2)
    else { return nil }
    return (column, dictionary.count)
  }

  /// The only column it is computed from; −1 for none at all, nil for several or for anything that
  /// a dictionary can't answer.
  var soleColumn: Int? {
    switch self {
    case .column(let index, .text): return index
    case .constant: return -1
    case .column, .ancestor, .computed, .member, .aggregate, .lookup, .test, .shared: return nil
    case .compare, .within, .not, .all, .any, .isNull, .isEmpty, .oneOf, .match,
      .matches, .listContains, .arithmetic, .convert, .function, .conditional:
      var found = -1
      for part in parts {
        guard let column = part.soleColumn else { return nil }
        if column < 0 { continue }
        guard found < 0 || found == column else { return nil }
        found = column
      }
      return found
    }
  }
}

extension Int {
  fileprivate func addingClamped(_ other: Int) -> Int {
    let (sum, isTooLarge) = addingReportingOverflow(other)
    return isTooLarge ? .max : sum
  }
}
