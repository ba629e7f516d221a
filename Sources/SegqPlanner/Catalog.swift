public import SegqEngine
public import SegqLanguage
public import SegqRecords

/// What the planner may ask about the world.
public protocol Catalog: AnyObject {
  /// Customers first; `segments` is not among them.
  var tableNames: [String] { get }
  /// The table on whose rows those of `name` hang.
  func parent(of name: String) -> String?
  /// The table, read first where that has not happened yet.
  func table(_ name: String) throws(Diagnostic) -> Table
  /// What the columns of a table can be called, known without reading it.
  func columnNames(of table: String) -> [String]
  var segments: [Segment] { get }
  /// The ids ticked in the grid.
  var selected: Set<Int> { get }
  /// The segments as a table, with these ticks.
  var grid: Table { get }
  func members(_ set: SegmentSet) -> RowSet
  /// The customers of some websites (all, if there are none) for whom a rule holds; nobody while a
  /// script is checked.
  func matching(_ rule: BoundExpression, websites: [String]) throws(Diagnostic) -> RowSet
  /// What each two of the segments at `places` share; no rows while a script is checked.
  func overlap(_ places: [Int]) throws(Diagnostic) -> Table
  /// The customers for whom a condition on a row of `grid` and on its parent, the customer, holds;
  /// nobody while a script is checked.
  func customers(
    matching condition: BoundExpression, forRow row: Int, of grid: Table
  ) throws(Diagnostic) -> RowSet
  /// Other spellings of a value of that column: `FR` for `France`.
  func synonyms(of value: String, in field: Field) -> [String]
  /// What `$names` stand for.
  var variables: Variables { get }
  /// Whether names and types are looked at only: nothing is run, and it does not matter yet who is
  /// in a segment.
  var isChecking: Bool { get }
  /// Whether of some tables no more is known than their columns' names.
  var guessesTypes: Bool { get }
  /// Why the rule of a segment of which nothing is known can't be evaluated; nil where nothing is in
  /// its way.
  func obstacle(toSegmentAt place: Int) -> Obstacle?
  /// The last result: what `_` is.
  func lastResult() throws(Diagnostic) -> Table
  /// A column that is worked out when it is asked for, such as `rfm_group`; nil where there is none.
  func computedColumn(_ name: String, of table: Table) throws(Diagnostic) -> Column?
  /// Compiles a regular expression.
  func matcher(_ pattern: String) throws(PatternError) -> any TextMatcher
  /// Runs a plan and gives its rows; no rows while a script is checked.
  func batch(of plan: QueryPlan) throws(Diagnostic) -> RecordBatch
  /// Seconds since 1970.
  var now: Int64 { get }
  var zone: TimeZone { get }
}

extension Catalog {
  /// The first value of the first row; null where there is none.
  public func scalar(_ plan: QueryPlan) throws(Diagnostic) -> Value {
    let first = QueryPlan(.limit(plan.rows, offset: 0, count: 1), showing: plan.columns)
    let batch = try batch(of: first)
    return batch.rowCount > 0 ? batch.columns[0][0] : .null
  }

  var today: Int64 { zone.day(of: now) }

  func children(of name: String) -> [String] { tableNames.filter { parent(of: $0) == name } }

  /// From a child of `ancestor` down to `name`; nil where it hangs on something else.
  func path(from ancestor: String, to name: String) -> [String]? {
    var path = [name]
    while let next = parent(of: path[0]) {
      if next == ancestor { return path }
      path.insert(next, at: 0)
    }
    return nil
  }
}
