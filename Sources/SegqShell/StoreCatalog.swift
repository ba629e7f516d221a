import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords

/// The store as the planner sees it. Child tables are read when a statement first needs them.
final class StoreCatalog: Catalog {
  private(set) var store = Store()
  var selected: Set<Int> = []
  var now: Int64
  var zone: TimeZone
  var isInterrupted: @Sendable () -> Bool = { false }
  /// Reads a file that is waiting; set by the session.
  var read: (WaitingTable) throws(Diagnostic) -> Table = { (_) throws(Diagnostic) in
    throw Diagnostic(code: "not-loaded", "this table is not loaded")
  }
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

  func parent(of name: String) -> String? {
    if let waiting = waiting.first(where: { $0.shape.name == name }) { return waiting.parent }
    return store.table(named: name)?.parent?.table.name
  }

  func table(_ name: String) throws(Diagnostic) -> Table {
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

  func members(_ set: SegmentSet) -> Bitmap { store.members(set) }

  func synonyms(of value: String, in field: Field) -> [String] {
    guard field.name == "country" else { return [] }
    return Countries.synonym(of: value).map { [$0] } ?? []
  }

  func scalar(_ plan: QueryPlan) throws(Diagnostic) -> Value {
    do throws(EngineError) {
      let answer = try Answer(plan, isInterrupted: isInterrupted)
      guard answer.rowCount > 0, !plan.columns.isEmpty else { return .null }
      return try answer.batch(0..<1).columns[0][0]
    } catch {
      throw Diagnostic(code: "overflow", "a figure in this statement is too large")
    }
  }

  // Changes.

  /// Takes over what was loaded, in one step.
  func replace(_ store: Store, waiting: [WaitingTable]) {
    self.store = store
    self.waiting = waiting
    selected = selected.filter { id in store.segments.contains { $0.id == id } }
  }

  var waitingTables: [WaitingTable] { waiting }

  func update(_ segments: [Segment]) { store.segments = segments }
}
