import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

/// The store as the planner sees it. Child tables are read when a statement first needs them.
final class StoreCatalog: Catalog {
  var store = Store() {
    didSet { (knownGrid, knownDependencies, obstacles, probe) = (nil, nil, [:], nil) }
  }
  var selected: Set<Int> = [] { didSet { (knownGrid, knownDependencies) = (nil, nil) } }
  private var knownGrid: Table?
  private var knownDependencies: Dependencies?
  /// What stands in the way of rules, by the ids of segments, and the catalog that finds it out.
  var obstacles: [Int: Obstacle?] = [:]
  var probe: StoreCatalog?
  var now: Int64
  var zone: TimeZone
  var execution = Execution()
  /// Nil where nobody limits it.
  var memoryLimit: MemoryLimit?
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

  /// A table of whose files only the beginnings were read.
  struct WaitingTable: Sendable {
    let recipe: TableRecipe
    let plan: LoadPlan
    let parent: String?
    /// The columns that the table is likely to have.
    let shape: TableShape

    init(recipe: TableRecipe, plan: LoadPlan, parent: String?) {
      (self.recipe, self.plan, self.parent) = (recipe, plan, parent)
      shape = recipe.expectedShape
    }
  }

  /// What became of each file that was loaded.
  var files: [FileReport] = []

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

  /// A catalog of names and types: nothing is read or run, and a file that waits is taken at its word.
  init(ofNames snapshot: Snapshot) {
    (store, waiting, selected) = (snapshot.store, snapshot.waiting, snapshot.selected)
    (now, zone, variables) = (snapshot.now, snapshot.zone, snapshot.variables)
    (isFrozen, isChecking, hasNamesOnly) = (true, true, true)
  }

  private var isFrozen = false
  private(set) var hasNamesOnly = false
  /// The tables that were asked for.
  private(set) var asked: Set<String> = []
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
    let grid =
      knownGrid
      ?? Store.grid(segments, selected: selected) { obstacle(toSegmentAt: $0)?.reason }
    knownGrid = grid
    return grid
  }

  /// Found when somebody asks after a change.
  var dependencies: Dependencies {
    let dependencies = knownDependencies ?? Dependencies(segments, self)
    knownDependencies = dependencies
    return dependencies
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
    if hasNamesOnly { return try standIn(for: next) }
    if let parent = next.parent { _ = try table(parent) }
    let table = try read(next)
    waiting.removeAll { $0.shape.name == name }
    store.put(table)
    store.noteLoading(of: table, at: now)
    notedDay = nil
    return table
  }

  func members(_ set: SegmentSet) -> RowSet { store.members(set) }

  func matching(_ rule: BoundExpression, websites: [String]) throws(Diagnostic) -> RowSet {
    guard !isChecking else { return RowSet(rowCount: store.customers?.rowCount ?? 0) }
    return try computed { [store] (execution) throws(EngineError) in
      try store.matching(SegmentRule(rule, websites: websites), execution)
    }
  }

  func overlap(_ places: [Int]) throws(Diagnostic) -> Table {
    try computed { [store, isChecking] (execution) throws(EngineError) in
      try store.overlap(isChecking ? [] : places, execution)
    }
  }

  /// What comes of many rules in one pass over the customers; of each its own error.
  func matching(
    _ rules: [SegmentRule], progress: @escaping @Sendable (Int) -> Void
  ) throws(Diagnostic) -> [RuleOutcome] {
    try computed { [store] (execution) throws(EngineError) in
      try store.matching(
        rules, execution, clock: { Environment.nanoseconds }, progress: progress)
    }
  }

  func customers(
    matching condition: BoundExpression, forRow row: Int, of grid: Table
  ) throws(Diagnostic) -> RowSet {
    guard !isChecking else { return RowSet(rowCount: store.customers?.rowCount ?? 0) }
    return try computed { [store] (execution) throws(EngineError) in
      try store.matching(condition, forRow: row, of: grid, execution)
    }
  }

  func synonyms(of value: String, in field: Field) -> [String] {
    let words = field.name.lowercased().split(separator: "_")
    return words.contains("country") ? Countries.spellings(of: value) : []
  }

  func batch(of plan: QueryPlan) throws(Diagnostic) -> RecordBatch {
    guard !isChecking else {
      return RecordBatch(
        columns: plan.columns.map { ColumnVector([], type: $0.field.type) }, rowCount: 0)
    }
    let (batch, divisions) = try computed { (execution) throws(EngineError) in
      let answer = try Answer(plan, execution)
      var divisions = answer.divisionsByZero
      let batch = try answer.batch(0..<answer.rowCount, divisionsByZero: &divisions)
      return (batch, divisions)
    }
    divisionsByZero += divisions
    return batch
  }

  private func computed<T: Sendable>(
    _ body: @escaping @Sendable (Execution) throws(EngineError) -> T
  ) throws(Diagnostic) -> T {
    let result: T
    do throws(ShellError) { result = try computing(body) } catch {
      guard case .diagnostic(let diagnostic) = error else {
        throw Diagnostic(code: "interrupted", "interrupted")
      }
      throw diagnostic
    }
    try checkSoundness()
    return result
  }

  /// What the engine works out, until Ctrl-C is pressed; beside the prompt, until the next key is.
  func computing<T: Sendable>(
    _ body: @escaping @Sendable (Execution) throws(EngineError) -> T
  ) throws(ShellError) -> T {
    let work: @Sendable (Execution) -> Result<T, EngineError> = { execution in
      Result { () throws(EngineError) in try body(execution) }
    }
    let result = try isFrozen ? work(execution) : undertake(work)
    do throws(EngineError) { return try result.get() } catch { throw ShellError(error) }
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
    return try computed { (_) throws(EngineError) in try lastAnswer.table(named: "_") }
  }

  func computedColumn(_ name: String, of table: Table) throws(Diagnostic) -> Column? {
    guard table.name == "customers", let place = RFM.columnNames.firstIndex(of: name) else {
      return nil
    }
    guard tableNames.contains("orders") else {
      throw Diagnostic(
        code: "not-loaded", "'\(name)' is computed from orders, and these are not loaded",
        help: "load 'orders.csv'")
    }
    guard parent(of: "orders") == "customers" else {
      throw Diagnostic(
        code: "not-linked",
        "'\(name)' is computed from each customer's orders, and orders are not "
          + "linked to customers",
        help: "name the column with the customer's id: load '…' as orders (customer = 'HEADER')")
    }
    asked.insert("orders")
    if let scores, scores.customers === table { return scores.columns[place] }
    if hasNamesOnly { return RFM.standIn(place) }
    if isFrozen { throw Diagnostic(code: "not-loaded", "not worked out yet") }
    let orders = try self.table("orders")
    let columns = try computed { (execution) throws(EngineError) in
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
    if self.store.isLarge { Workers.letGo(self.store) }
    self.store = store
    self.waiting = waiting
    scores = nil
    selected = selected.filter { id in store.segments.contains { $0.id == id } }
    for place in store.segments.indices { self.store.segments[place].obstacle = nil }
    notedDay = nil
    noteDay()
  }

  /// The day on which it was looked at; nil where segments have changed since.
  var notedDay: NotedDay?
  /// Of each rule that was looked at, whether it counts from today.
  var countingRules: [String: Bool] = [:]

  /// What was added to the growth of segments is in the workspace now.
  func takeGrowth(of kept: Store) {
    var segments = store.segments
    for (place, segment) in kept.segments.enumerated() where segments.indices.contains(place) {
      if segments[place].id == segment.id { segments[place].growth = segment.growth }
    }
    store.segments = segments
    store.journal = kept.journal
  }

  var waitingTables: [WaitingTable] { waiting }

  func update(_ segments: [Segment]) {
    store.segments = segments
    notedDay = nil
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

extension Store {
  /// Giving it back takes longer than anybody notices.
  fileprivate var isLarge: Bool { tables.contains { $0.rowCount > 1_000_000 } }
}
