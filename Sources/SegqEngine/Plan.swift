public import SegqRecords

/// What to do, step by step; each step takes rows of a table and gives rows of a table.
public indirect enum Plan: Sendable {
  /// All rows of a table, or those of a set.
  case scan(Table, Bitmap?)
  case filter(Plan, BoundExpression)
  /// One row a group: first the keys, then the figures.
  case aggregate(Plan, keys: [NamedExpression], figures: [(Field, Aggregate)])
  case sort(Plan, [SortKey], limit: Int?)
  case limit(Plan, offset: Int, count: Int?)
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
  private let isInterrupted: @Sendable () -> Bool

  /// Runs the plan. `isInterrupted` is asked once per row group.
  public init(
    _ plan: QueryPlan, isInterrupted: @escaping @Sendable () -> Bool
  ) throws(EngineError) {
    let evaluator = Evaluator(isInterrupted: isInterrupted)
    let relation = try plan.rows.run(evaluator)
    (table, selection) = (relation.table, relation.rows)
    rowCount = selection.count
    schema = Schema(plan.columns.map(\.field))
    columns = try plan.columns.map { (column) throws(EngineError) in
      try evaluator.prepared(column.expression, for: relation.table)
    }
    divisionsByZero = evaluator.divisionsByZero
    self.isInterrupted = isInterrupted
  }

  /// How many rows a batch holds.
  public static let batchSize = 8192

  /// Rows `range` as one batch.
  public func batch(_ range: Range<Int>) throws(EngineError) -> RecordBatch {
    var divisions = 0
    return try batch(range, divisionsByZero: &divisions)
  }

  /// The same, counting how often something was divided by zero.
  public func batch(
    _ range: Range<Int>, divisionsByZero: inout Int
  ) throws(EngineError) -> RecordBatch {
    let evaluator = Evaluator(isInterrupted: isInterrupted)
    try evaluator.checkInterrupt()
    let rows = selection.window(range)
    let vectors = try columns.map { (column) throws(EngineError) in
      try evaluator.values(column, table, rows)
    }
    divisionsByZero += evaluator.divisionsByZero
    return RecordBatch(columns: vectors, rowCount: range.count)
  }
}
