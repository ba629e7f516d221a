import SegqRecords

extension Evaluator {
  /// One row for each different combination of keys, in the order in which they were met; without
  /// keys one row in any case.
  func group(
    _ input: Relation, _ keys: [NamedExpression], _ figures: [(Field, Aggregate)]
  ) throws(EngineError) -> Relation {
    let grouping = Grouping(
      table: input.table,
      keys: try keys.map { (key) throws(EngineError) in
        try prepared(key.expression, for: input.table)
      },
      figures: try figures.map { (figure) throws(EngineError) in
        try prepared(figure.1, below: input.table)
      })
    let (values, results) =
      if let counted = grouping.counted(input.rows) {
        counted
      } else if let known = try grouping.known(input.rows, self) {
        known
      } else {
        try grouping.grouped(input.rows, self)
      }
    let columns =
      zip(keys, values).map { Column($0.field, $1) }
      + zip(figures, results).map { Column($0.0, $1) }
    let count = columns.first?.values.count ?? 0
    let table = Table(name: "groups", columns: columns, rowCount: count)
    return Relation(table: table, rows: .all(count))
  }
}

/// What rows are grouped by, and what is to be known of each group.
struct Grouping: Sendable {
  let table: Table
  let keys: [BoundExpression]
  let figures: [Aggregate]

  /// The groups of some neighbouring rows: their keys, and what was collected for each.
  private struct Part: Sendable {
    var keys: [ColumnVector]
    var figures: [Accumulator]
    var count: Int
  }

  /// The keys and the figures of all groups. Each row group is worked on by itself; then the groups
  /// that are the same are put together, in the order of the rows.
  func grouped(
    _ rows: RowSelection, _ evaluator: Evaluator
  ) throws(EngineError) -> (keys: [ColumnVector], figures: [ColumnVector]) {
    if let count = try distinctCount(rows, evaluator) { return ([], figures(of: [Int64(count)])) }
    let parts = try evaluator.map(rows) { (evaluator, rows) throws(EngineError) in
      try part(rows, evaluator)
    }
    var codes = GroupCodes(keys.map(\.type))
    var all = figures.map { Accumulator($0, groups: keys.isEmpty ? 1 : 0) }
    for part in parts {
      let owners = codes.owners(of: part.keys, count: part.count)
      for i in all.indices { all[i].merge(part.figures[i], owners, groups: codes.count) }
    }
    return (codes.keys, try all.map { (figure) throws(EngineError) in try figure.finish() })
  }

  private func part(_ rows: Rows, _ evaluator: Evaluator) throws(EngineError) -> Part {
    var codes = GroupCodes(keys.map(\.type))
    let vectors = try keys.map { (key) throws(EngineError) in
      try evaluator.values(key, table, rows)
    }
    let owners = codes.owners(of: vectors, count: rows.count)
    return Part(
      keys: codes.keys,
      figures: try figures(rows, owners, groups: codes.count, evaluator), count: codes.count)
  }

  private func figures(
    _ rows: Rows, _ owners: [Int32], groups: Int, _ evaluator: Evaluator
  ) throws(EngineError) -> [Accumulator] {
    try figures.map { (figure) throws(EngineError) in
      var accumulator = Accumulator(figure, groups: groups)
      try evaluator.accumulate(figure, table, rows, owners, into: &accumulator)
      return accumulator
    }
  }

  /// The same where rows are only counted, by nothing or by the codes of one column: from sets, and
  /// without a look at a row.
  func counted(_ rows: RowSelection) -> (keys: [ColumnVector], figures: [ColumnVector])? {
    guard isCount else { return nil }
    if keys.isEmpty { return ([], figures(of: [Int64(rows.count)])) }
    guard keys.count == 1, case .column(let index, .text) = keys[0],
      let counts = table.columns[index].values.codeCounts(rows)
    else { return nil }
    let met = counts.indices.filter { counts[$0] > 0 }.map { Int32(truncatingIfNeeded: $0) }
    return (
      [table.columns[index].values.entries.gathered(met)], figures(of: met.map { counts[Int($0)] })
    )
  }

  /// The same where the groups that there could be are known, and few.
  func known(
    _ rows: RowSelection, _ evaluator: Evaluator
  ) throws(EngineError) -> (keys: [ColumnVector], figures: [ColumnVector])? {
    guard !keys.isEmpty,
      let known = try KnownKeys(keys, of: table, rowCount: rows.count, evaluator)
    else { return nil }
    let isCount = isCount
    let parts = try evaluator.map(rows) { (evaluator, rows) throws(EngineError) in
      let owners = try known.owners(of: rows, evaluator)
      var counts = [Int64](repeating: 0, count: known.count)
      for owner in owners { counts[Int(owner)] += 1 }
      let figures =
        isCount ? [] : try self.figures(rows, owners, groups: known.count, evaluator)
      return (counts: counts, figures: figures)
    }
    var counts = [Int64](repeating: 0, count: known.count)
    for part in parts { for (i, count) in part.counts.enumerated() { counts[i] += count } }
    let met = counts.indices.filter { counts[$0] > 0 }.map { Int32(truncatingIfNeeded: $0) }
    let values = known.values(of: met)
    if isCount { return (values, figures(of: met.map { counts[Int($0)] })) }
    let all = (0..<known.count).map { Int32(truncatingIfNeeded: $0) }
    var merged = figures.map { Accumulator($0, groups: known.count) }
    for part in parts {
      for i in merged.indices { merged[i].merge(part.figures[i], all, groups: known.count) }
    }
    return (
      values,
      try merged.map { (figure) throws(EngineError) in try figure.finish().gathered(met) }
    )
  }

  /// Whether rows are only counted.
  private var isCount: Bool {
    figures.allSatisfy { figure in
      figure.function == .count && figure.path.isEmpty && figure.argument == nil
        && figure.filter == nil && figure.members == nil
    }
  }

  private func figures(of counts: [Int64]) -> [ColumnVector] {
    figures.map { ColumnVector(type: $0.type, storage: .numbers(counts)) }
  }
}

/// Numbers the different combinations of keys in the order in which they are first met.
private struct GroupCodes {
  private var keyCodes: [ValueCodes]
  /// Of the groups by the keys in front and the codes of the next key: the groups by all of them.
  private var pairs: [ValueCodes]
  private(set) var count: Int

  init(_ types: [DataType]) {
    keyCodes = types.map { ValueCodes($0) }
    pairs = types.dropFirst().map { _ in ValueCodes(.integer) }
    count = types.isEmpty ? 1 : 0
  }

  /// The group of each row.
  mutating func owners(of vectors: [ColumnVector], count rows: Int) -> [Int32] {
    guard !vectors.isEmpty else { return [Int32](repeating: 0, count: rows) }
    var owners = keyCodes[0].codes(of: vectors[0])
    for i in pairs.indices {
      let next = keyCodes[i + 1].codes(of: vectors[i + 1])
      let joined = zip(owners, next).map { Int64($0) << 32 | Int64($1) }
      owners = pairs[i].codes(of: ColumnVector(type: .integer, storage: .numbers(joined)))
    }
    count = pairs.last?.count ?? keyCodes[0].count
    return owners
  }

  /// The keys of all groups.
  var keys: [ColumnVector] {
    var vectors: [ColumnVector] = []
    var groups = (0..<Int32(truncatingIfNeeded: count)).map { $0 }
    for i in pairs.indices.reversed() {
      let joined = pairs[i].values.numbers ?? []
      let picked = groups.map { joined[Int($0)] }
      vectors.append(
        keyCodes[i + 1].values.gathered(picked.map { Int32(truncatingIfNeeded: $0 & 0xFFFF_FFFF) }))
      groups = picked.map { Int32(truncatingIfNeeded: $0 >> 32) }
    }
    if let first = keyCodes.first { vectors.append(first.values.gathered(groups)) }
    return vectors.reversed()
  }
}
