import SegqRecords

/// A step of a plan as `explain` draws it.
public struct PlanNode: Sendable {
  /// `scan customers`, `filter`
  public var name: String
  /// The condition, the keys, how it is done.
  public var detail: String
  /// How many rows it is thought to give.
  public var estimatedRows: Int
  /// What it took, once it has run.
  public var actual: Actual?
  public var children: [PlanNode]

  public init(
    name: String, detail: String, estimatedRows: Int, actual: Actual? = nil, children: [PlanNode]
  ) {
    self.name = name
    self.detail = detail
    self.estimatedRows = estimatedRows
    self.actual = actual
    self.children = children
  }

  public struct Actual: Sendable {
    public var rows: Int
    /// Without its children's.
    public var nanoseconds: Int64
    /// Of what it made: sets, lists of rows, columns.
    public var bytes: Int
  }
}

extension QueryPlan {
  /// The plan as a tree; with what `profile` measured, where it has run.
  public func node(_ profile: PlanProfile? = nil) -> PlanNode {
    let measured = profile?.steps ?? []
    var inner = rows.node(measured[...])
    let names = columns.map(\.field.header).joined(separator: ", ")
    let table = rows.table
    let computed = columns.filter { column in
      if case .column = column.expression { return false }
      return true
    }
    let texts = computed.map { $0.expression.text(table) }.joined(separator: ", ")
    inner = PlanNode(
      name: "show", detail: names + (texts.isEmpty ? "" : " · computed: \(texts)"),
      estimatedRows: inner.estimatedRows,
      actual: profile?.shown, children: [inner])
    return inner
  }
}

extension Plan {
  /// Where it begins: rows of a table, and the condition on them.
  public var start: (table: Table, rows: RowSet?, condition: BoundExpression?) {
    switch self {
    case .scan(let table, let rows): (table, rows, nil)
    case .filter(.scan(let table, let rows), let condition): (table, rows, condition)
    case .filter(let input, _), .sort(let input, _, _), .limit(let input, _, _),
      .sample(let input, _), .aggregate(let input, _, _), .distinct(let input, _):
      input.start
    }
  }

  /// The table whose rows the step gives; nil where it makes one.
  var table: Table? {
    switch self {
    case .scan(let table, _): table
    case .filter(let input, _), .sort(let input, _, _), .limit(let input, _, _),
      .sample(let input, _):
      input.table
    case .aggregate, .distinct: nil
    }
  }

  /// Steps are measured in the order in which they are entered: a step before its input.
  fileprivate func node(_ measured: ArraySlice<PlanProfile.Step>) -> PlanNode {
    let own = measured.first
    let rest = measured.dropFirst()
    var node: PlanNode
    switch self {
    case .scan(let table, let set):
      node = PlanNode(
        name: "scan \(table.name.isEmpty ? "nothing" : table.name)",
        detail: set == nil ? "all rows" : "the rows of a set, by its bits",
        estimatedRows: set?.count ?? table.rowCount, children: [])
    case .filter(let input, let condition):
      node = step("filter", condition.text(input.table), over: input, rest)
      if let table = input.table {
        node.estimatedRows = Int(Double(node.estimatedRows) * condition.selectivity(table))
        if let names = condition.dictionaries(table) { node.detail += " · by dictionary: \(names)" }
      }
    case .aggregate(let input, let keys, let figures):
      let texts = figures.map { $0.1.text(input.table) }.joined(separator: ", ")
      let names = keys.map { $0.expression.text(input.table) }.joined(separator: ", ")
      node = step(
        "group", (keys.isEmpty ? "all rows" : "by \(names)") + (texts.isEmpty ? "" : ": \(texts)"),
        over: input, rest)
      node.estimatedRows = keys.isEmpty ? 1 : Self.groups(keys, input, node.estimatedRows)
    case .distinct(let input, let columns):
      node = step(
        "distinct", columns.map { $0.expression.text(input.table) }.joined(separator: ", "),
        over: input, rest)
      node.estimatedRows = Self.groups(columns, input, node.estimatedRows)
    case .sort(let input, let keys, let limit):
      let names = keys.map { $0.expression.text(input.table) + ($0.isDescending ? " desc" : "") }
      node = step(
        limit == nil ? "sort" : "top \(limit ?? 0)", "by " + names.joined(separator: ", "),
        over: input, rest)
    case .limit(let input, let offset, let count):
      node = step(
        "limit", (count.map(String.init) ?? "all") + (offset > 0 ? " after \(offset)" : ""),
        over: input, rest)
      node.estimatedRows = min(max(0, node.estimatedRows - offset), count ?? .max)
    case .sample(let input, let count):
      node = step("sample", String(count), over: input, rest)
      node.estimatedRows = min(node.estimatedRows, count)
    }
    node.actual = own.map {
      PlanNode.Actual(rows: $0.rows, nanoseconds: $0.nanoseconds, bytes: $0.bytes)
    }
    return node
  }

  private func step(
    _ name: String, _ detail: String, over input: Plan, _ rest: ArraySlice<PlanProfile.Step>
  ) -> PlanNode {
    let child = input.node(rest)
    return PlanNode(
      name: name, detail: detail, estimatedRows: child.estimatedRows, children: [child])
  }

  /// As many as the keys have values, but not more than there are rows.
  private static func groups(_ keys: [NamedExpression], _ input: Plan, _ rows: Int) -> Int {
    var product = 1
    for key in keys {
      guard case .column(let index, _) = key.expression, let table = input.table,
        let dictionary = table.columns[index].values.dictionary
      else { return rows }
      product = min(product * max(1, dictionary.count), rows)
    }
    return product
  }
}

/// What the steps of a plan took, in the order in which they were entered.
public struct PlanProfile: Sendable {
  struct Step: Sendable {
    var rows = 0
    var nanoseconds: Int64 = 0
    var bytes = 0
  }
  var steps: [Step] = []
  /// Computing the shown columns.
  public var shown: PlanNode.Actual?
}

extension Relation {
  /// The memory of what a step made; a table that was there before costs nothing.
  func bytes(besides input: Table?) -> Int {
    let selection =
      switch rows {
      case .all: 0
      case .some(let set): set.byteCount
      case .list(let list): list.count * 4
      }
    guard table !== input else { return selection }
    return selection + table.columns.reduce(0) { $0 + $1.values.byteCount }
  }
}

extension ColumnVector {
  /// The memory that the values take.
  var byteCount: Int {
    let values =
      switch storage {
      case .numbers(let numbers): numbers.count * 8
      case .texts(let texts): texts.bytes.count + texts.offsets.count * 4
      case .coded(let codes, let dictionary):
        codes.count * 4 + dictionary.bytes.count + dictionary.offsets.count * 4
      }
    return values + (nulls?.words.count ?? 0) * 8
  }
}
