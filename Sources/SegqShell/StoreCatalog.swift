import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

/// The store as the planner sees it. Child tables are read when a statement first needs them.
final class StoreCatalog: Catalog {
  private(set) var store = Store() { didSet { knownGrid = nil } }
  var selected: Set<Int> = [] { didSet { knownGrid = nil } }
  private var knownGrid: Table?
  var now: Int64
  var zone: TimeZone
  var execution = Execution()
  var variables = Variables()
  var isChecking = false
  /// The last result, and while a script is checked the columns that it would have.
  var lastAnswer: Answer?
  var checkedResult: [Field]?
  /// How often something was divided by zero that has not been told yet.
  var divisionsByZero = 0
  private var scores: (customers: Table, columns: [Column])?
  /// Reads a file that is waiting; set by the session.
  var read: (WaitingTable) throws(Diagnostic) -> Table = { (_) throws(Diagnostic) in
    throw Diagnostic(code: "not-loaded", "this table is not loaded")
  }
  /// Throws where what was computed came of a damaged file; set by the session.
  var checkSoundness: () throws(Diagnostic) -> Void = { () throws(Diagnostic) in }
  private var waiting: [WaitingTable] = []

  /// A file whose header was read and whose rows were not.
  struct WaitingTable {
    let path: String
    let shape: TableShape
    let parent: String?
  }

  init(now: Int64, zone: TimeZone) {
    self.now = now
    self.zone = zone
  }

  /// The store as it is now, for another thread.
  struct Snapshot: Sendable {
    fileprivate var store: Store
    fileprivate var waiting: [WaitingTable]
    fileprivate var selected: Set<Int>
    fileprivate var now: Int64
    fileprivate var zone: TimeZone
    fileprivate var variables: Variables
    fileprivate var lastAnswer: Answer?
    fileprivate var scores: (customers: Table, columns: [Column])?
  }

  var snapshot: Snapshot {
    Snapshot(
      store: store, waiting: waiting, selected: selected, now: now, zone: zone,
      variables: variables, lastAnswer: lastAnswer, scores: scores)
  }

  /// A catalog in which nothing more is read or scored: what is not there is not loaded.
  init(_ snapshot: Snapshot, _ execution: Execution) {
    (store, waiting, selected) = (snapshot.store, snapshot.waiting, snapshot.selected)
    (now, zone, variables) = (snapshot.now, snapshot.zone, snapshot.variables)
    (lastAnswer, scores) = (snapshot.lastAnswer, snapshot.scores)
    (self.execution, isFrozen) = (execution, true)
  }

  private var isFrozen = false
  /// The tables that were asked for.
  private var asked: Set<String> = []
  private static let quickRows = 100_000

  /// Parents before their children.
  var tableNames: [String] {
    let names = store.tables.map(\.name) + waiting.map(\.shape.name)
    return names.sorted { (depth(of: $0), $0) < (depth(of: $1), $1) }
  }

  private func depth(of name: String) -> Int {
    if name == "customers" { return 0 }
    return parent(of: name).map { depth(of: $0) + 1 } ?? 1
  }

  var segments: [Segment] { store.segments }

  /// Made when somebody asks after a change.
  var grid: Table {
    let grid = knownGrid ?? Store.grid(segments, selected: selected)
    knownGrid = grid
    return grid
  }

  func parent(of name: String) -> String? {
    if let waiting = waiting.first(where: { $0.shape.name == name }) { return waiting.parent }
    return store.table(named: name)?.parent?.table.name
  }

  func columnNames(of name: String) -> [String] {
    if let table = store.table(named: name) { return Array(table.aliases.keys) }
    guard let next = waiting.first(where: { $0.shape.name == name }) else { return [] }
    return next.shape.columns.map { $0.name.lowercased() } + next.shape.aliases.keys
  }

  func table(_ name: String) throws(Diagnostic) -> Table {
    asked.insert(name)
    if let table = store.table(named: name) { return table }
    guard let place = waiting.firstIndex(where: { $0.shape.name == name }) else {
      throw Diagnostic(
        code: "unknown-table", "there is no table '\(name)'",
        help: "name a store on the command line, or 'load' a folder of CSVs")
    }
    let next = waiting[place]
    if let parent = next.parent { _ = try table(parent) }
    let table = try read(next)
    waiting.removeAll { $0.shape.name == name }
    store.put(table)
    return table
  }

  func members(_ set: SegmentSet) -> RowSet { store.members(set) }

  func matching(_ rule: BoundExpression, websites: [String]) throws(Diagnostic) -> RowSet {
    guard !isChecking else { return RowSet(rowCount: store.customers?.rowCount ?? 0) }
    return try computed { () throws(EngineError) in
      try store.matching(rule, websites: websites, execution)
    }
  }

  func overlap(_ places: [Int]) throws(Diagnostic) -> Table {
    try computed { () throws(EngineError) in
      try store.overlap(isChecking ? [] : places, execution)
    }
  }

  func workedOut(_ expression: BoundExpression) throws(Diagnostic) -> BoundExpression {
    try computed { () throws(EngineError) in try store.workedOut(expression, execution) }
  }

  func customers(
    matching condition: BoundExpression, forRow row: Int, of grid: Table
  ) throws(Diagnostic) -> RowSet {
    guard !isChecking else { return RowSet(rowCount: store.customers?.rowCount ?? 0) }
    return try computed { () throws(EngineError) in
      try store.matching(condition, forRow: row, of: grid, execution)
    }
  }

  func synonyms(of value: String, in field: Field) -> [String] {
    guard field.name == "country" else { return [] }
    return Countries.synonym(of: value).map { [$0] } ?? []
  }

  func batch(of plan: QueryPlan) throws(Diagnostic) -> RecordBatch {
    guard !isChecking else {
      return RecordBatch(
        columns: plan.columns.map { ColumnVector([], type: $0.field.type) }, rowCount: 0)
    }
    return try computed { () throws(EngineError) in
      let answer = try Answer(plan, execution)
      divisionsByZero += answer.divisionsByZero
      return try answer.batch(0..<answer.rowCount, divisionsByZero: &divisionsByZero)
    }
  }

  private func computed<T>(_ body: () throws(EngineError) -> T) throws(Diagnostic) -> T {
    let result: T
    do throws(EngineError) { result = try body() } catch {
      guard case .diagnostic(let diagnostic) = ShellError(error) else {
        throw Diagnostic(code: "interrupted", "interrupted")
      }
      throw diagnostic
    }
    try checkSoundness()
    return result
  }

  func lastResult() throws(Diagnostic) -> Table {
    if isChecking, let checkedResult { return Table.of([], checkedResult, name: "_") }
    guard let lastAnswer else {
      throw Diagnostic(
        code: "no-result", "there is no result yet that '_' could be",
        help: "it is the answer to the last query")
    }
    if isFrozen, lastAnswer.rowCount > Self.quickRows {
      throw Diagnostic(code: "not-loaded", "too long to be looked at while somebody types")
    }
    return try computed { () throws(EngineError) in try lastAnswer.table(named: "_") }
  }

  func computedColumn(_ name: String, of table: Table) throws(Diagnostic) -> Column? {
    guard table.name == "customers", let place = RFM.columnNames.firstIndex(of: name) else {
      return nil
    }
    guard tableNames.contains("orders") else {
      throw Diagnostic(
        code: "not-loaded", "'\(name)' is worked out of orders, and these are not loaded",
        help: "load 'orders.csv'")
    }
    if let scores, scores.customers === table { return scores.columns[place] }
    if isFrozen { throw Diagnostic(code: "not-loaded", "not worked out yet") }
    let orders = try self.table("orders")
    let columns = try computed { () throws(EngineError) in
      try RFM.columns(of: table, orders: orders, execution)
    }
    scores = (table, columns)
    return columns[place]
  }

  func matcher(_ pattern: String) throws(PatternError) -> any TextMatcher {
    do throws(RegularExpression.Failure) { return try PatternMatcher(pattern) } catch {
      let shown = String(decoding: Array(pattern.utf8.prefix(error.offset)), as: UTF8.self)
      throw PatternError(message: error.message, offset: shown.count)
    }
  }

  // Changes.

  /// Takes over what was loaded, in one step.
  func replace(_ store: Store, waiting: [WaitingTable]) {
    self.store = store
    self.waiting = waiting
    scores = nil
    selected = selected.filter { id in store.segments.contains { $0.id == id } }
    for place in store.segments.indices { self.store.segments[place].obstacle = nil }
    findObstacles()
    notedDay = nil
    noteDay()
  }

  /// Looks which members are of another day than today, where that was not done yet.
  func noteDay() {
    let day = NotedDay(day: zone.day(of: now), zone: zone.name)
    guard day != notedDay else { return }
    notedDay = day
    var noted = store
    noted.noteDay(now, zone) { rule in
      if let known = traits[rule] { return known }
      let found = RuleTraits(of: rule)
      traits[rule] = found
      return found
    } _: { rule in
      Planner.segments(namedIn: rule, self)
    }
    store = noted
  }

  private struct NotedDay: Equatable {
    let day: Int64
    let zone: String
  }

  /// The day on which it was looked at; nil where segments have changed since.
  private var notedDay: NotedDay?
  private var traits: [String: RuleTraits] = [:]

  /// What is loaded so far was loaded now.
  func noteLoading() {
    store.loaded = now
    notedDay = nil
  }

  /// The tables that a rule reads, with those that they hang on; nil where that is not known as things
  /// are.
  func tables(readBy rule: String) -> Set<String>? {
    let reader = StoreCatalog(snapshot, Execution())
    reader.isChecking = true
    guard (try? Planner.rule(SourceText(rule, name: ""), reader)) != nil else { return nil }
    var tables = reader.asked
    for name in reader.asked {
      var next = parent(of: name)
      while let above = next {
        tables.insert(above)
        next = parent(of: above)
      }
    }
    return tables
  }

  /// What was added to the growth of segments is in the workspace now.
  func takeGrowth(of kept: Store) {
    var segments = store.segments
    for (place, segment) in kept.segments.enumerated() where segments.indices.contains(place) {
      if segments[place].id == segment.id { segments[place].growth = segment.growth }
    }
    store.segments = segments
  }

  var waitingTables: [WaitingTable] { waiting }

  func update(_ segments: [Segment]) {
    store.segments = segments
    notedDay = nil
    findObstacles()
  }

  /// Looks why segments of which nothing is known can't be refreshed as things are.
  private func findObstacles() {
    for (place, segment) in store.segments.enumerated()
    where segment.members == nil && segment.obstacle == nil {
      guard let rule = segment.rule,
        let obstacle = Planner.obstacle(to: rule, self)
      else { continue }
      store.segments[place].obstacle = obstacle
    }
  }
}

/// `matches`, by PCRE2.
private struct PatternMatcher: TextMatcher {
  let pattern: String
  private let expression: RegularExpression

  init(_ pattern: String) throws(RegularExpression.Failure) {
    self.pattern = pattern
    expression = try RegularExpression(pattern)
  }

  func matches(_ text: ArraySlice<UInt8>) -> Bool? { expression.matches(text) }
}
