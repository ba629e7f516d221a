public import SegqRecords

/// What to do, step by step; each step takes rows of a table and gives rows of a table.
public indirect enum Plan: Sendable {
  /// All rows of a table, or those of a set.
  case scan(Table, RowSet?)
  case filter(Plan, BoundExpression)
  /// One row a group: first the keys, then the figures.
  case aggregate(Plan, keys: [NamedExpression], figures: [(Field, Aggregate)])
  case sort(Plan, [SortKey], limit: Int?)
  case limit(Plan, offset: Int, count: Int?)
  /// So many of the rows, chosen evenly, and the same each time.
  case sample(Plan, Int)
  /// New rows of computed columns, each different one once.
  case distinct(Plan, [NamedExpression])
}

/// An expression and the column it becomes.
public struct NamedExpression: Sendable {
  public var field: Field
  public var expression: BoundExpression

  public init(_ field: Field, _ expression: BoundExpression) {
    self.field = field
    self.expression = expression
  }
}

public struct SortKey: Sendable {
  public var expression: BoundExpression
  public var isDescending: Bool

  public init(_ expression: BoundExpression, isDescending: Bool = false) {
    self.expression = expression
    self.isDescending = isDescending
  }
}

/// A plan and the columns to show of its rows.
public struct QueryPlan: Sendable {
  public var rows: Plan
  public var columns: [NamedExpression]

  public init(_ rows: Plan, showing columns: [NamedExpression]) {
    self.rows = rows
    self.columns = columns
  }
}

/// A plan that has been run: its rows are known, their values are computed as they are asked for.
public struct Answer: Sendable {
  public let schema: Schema
  public let rowCount: Int
  /// How often something was divided by zero on the way to the rows.
  public let divisionsByZero: Int
  private let table: Table
  private let selection: RowSelection
  private let columns: [BoundExpression]
  private let execution: Execution
  /// What the steps took, where a clock was given.
  public private(set) var profile: PlanProfile?

  /// Runs the plan; with a `clock`, in nanoseconds, the steps are measured.
  public init(
    _ plan: QueryPlan, _ execution: Execution, clock: (@Sendable () -> Int64)? = nil
  ) throws(EngineError) {
    let evaluator = Evaluator(execution)
    evaluator.clock = clock
    evaluator.profile = clock.map { _ in PlanProfile() }
    evaluator.lastTable = plan.rows.start.table
    let relation = try plan.rows.run(evaluator)
    selection = relation.rows
    table = relation.table
    rowCount = selection.count
    schema = Schema(plan.columns.map(\.field))
    columns = try plan.columns.map { (column) throws(EngineError) in
      try evaluator.prepared(column.expression, for: relation.table)
    }
    divisionsByZero = evaluator.divisionsByZero
    profile = evaluator.profile
    self.execution = execution
  }

  /// Computes all shown values, to measure it.
  public mutating func measureShowing(_ clock: () -> Int64) throws(EngineError) {
    let start = clock()
    var bytes = 0
    for first in stride(from: 0, to: rowCount, by: Self.batchSize) {
      let batch = try batch(first..<min(first + Self.batchSize, rowCount))
      bytes = max(bytes, batch.columns.reduce(0) { $0 + $1.byteCount })
    }
    profile?.shown = PlanNode.Actual(
      rows: rowCount, nanoseconds: clock() - start, bytes: bytes)
  }

  /// All rows as a table with the shown columns.
  public func table(named name: String) throws(EngineError) -> Table {
    let batch = try batch(0..<rowCount)
    let columns = zip(schema.fields, batch.columns).map { Column($0, $1) }
    return Table(name: name, columns: columns, rowCount: rowCount)
  }

  /// How many rows a batch holds.
  public static let batchSize = 8192

  /// Rows `range` as one batch.
  public func batch(_ range: Range<Int>) throws(EngineError) -> RecordBatch {
    var divisions = 0
    return try batch(range, divisionsByZero: &divisions)
  }

  /// What `body` makes of each batch of some rows, in order, on all cores.
  public func map<Result: Sendable>(
    _ rows: Range<Int>, divisionsByZero: inout Int,
    _ body: @escaping @Sendable (RecordBatch) -> Result
  ) throws(EngineError) -> [Result] {
    let evaluator = Evaluator(execution)
    let count = (rows.count + Self.batchSize - 1) / Self.batchSize
    let results = try evaluator.map(count) { (evaluator, number) throws(EngineError) in
      let start = rows.lowerBound + number * Self.batchSize
      let end = min(start + Self.batchSize, rows.upperBound)
      return body(try batch(start..<end, evaluator))
    }
    divisionsByZero += evaluator.divisionsByZero
    return results
  }

  /// The same, counting how often something was divided by zero.
  public func batch(
    _ range: Range<Int>, divisionsByZero: inout Int
  ) throws(EngineError) -> RecordBatch {
    let evaluator = Evaluator(execution)
    try evaluator.checkInterrupt()
    let batch = try batch(range, evaluator)
    divisionsByZero += evaluator.divisionsByZero
    return batch
  }

  private func batch(
    _ range: Range<Int>, _ evaluator: Evaluator
  ) throws(EngineError) -> RecordBatch {
    let rows = selection.window(range)
    let vectors = try columns.map { (column) throws(EngineError) in
      try evaluator.values(column, table, rows)
    }
    return RecordBatch(columns: vectors, rowCount: range.count)
  }
}
