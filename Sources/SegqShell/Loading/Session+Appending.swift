import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

// load … append
extension Session {
  /// Adds the rows of a file, or of each file of a folder, to their tables, of all or of none; says of how
  /// many.
  func append(_ path: String, _ choice: FileGlimpse.Choice?) throws(ShellError) -> String {
    let existing = catalog.store.existingTables
    let items = try items { (loader) throws(ShellError) in
      let paths = Files.kind(path) == .folder ? try loader.paths(in: path) : [path]
      return try loader.items(paths, choice: choice, existing: existing)
    }
    // Parents come before their children, and customers before who is in which segment.
    let files = items.filter { $0.verdict.role != .leftOut }.enumerated()
      .sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }.map(\.element)
    // A table that is waiting is read first, for what it has and for what is linked to it.
    for file in files {
      for name in [file.shape.name] + file.shape.links.map(\.table)
      where catalog.tableNames.contains(name) {
        _ = try planned { () throws(Diagnostic) in try catalog.table(name) }
      }
    }
    let before = catalog.store
    var store = before
    var joined: Set<Int> = []
    for file in files { joined.formUnion(try append(file, to: &store)) }
    catalog.replace(store, waiting: catalog.waitingTables)
    markDependants(of: joined, in: &store.segments, "got members later")
    catalog.update(store.segments)
    remember(choice, for: items)
    return appended(Set(files.map(\.shape.name)), before)
  }

  /// The places of the segments that have more members now; those of a file of members come last.
  private func append(_ file: LoadItem, to store: inout Store) throws(ShellError) -> Set<Int> {
    switch file.shape.name {
    case "segments":
      let (known, customers) = (store.segments, try customers(in: store))
      store.segments = try reading { (loader) throws(ShellError) in
        try loader.segments(known, appending: file, customers: customers)
      }
      return []
    case "members":
      let (known, customers, now) = (store.segments, try customers(in: store), catalog.now)
      let joined: Set<Int>
      (store.segments, joined) = try reading { (loader) throws(ShellError) in
        var segments = known
        let joined = try loader.addMembers(file, to: &segments, of: customers, at: now)
        return (segments, joined)
      }
      return joined
    default:
      try appendRows(file, to: &store)
      return []
    }
  }

  private func customers(in store: Store) throws(ShellError) -> Table {
    if let customers = store.customers { return customers }
    throw .diagnostic(
      Diagnostic(
        code: "not-loaded", "segments are sets of customers, and these are not loaded",
        help: "load 'customers.csv'"))
  }

  private func appendRows(_ file: LoadItem, to store: inout Store) throws(ShellError) {
    let before = store
    let changed = try reading { (loader) throws(ShellError) -> (Store, Insertion?)? in
      guard let old = before.table(named: file.shape.name) else {
        return (try loader.store(LoadPlan([file]), replacingIn: before), nil)
      }
      let parent =
        old.parent?.table.name
        ?? file.shape.links.first { before.table(named: $0.table) != nil }?.table
      let (table, insertion) = try loader.table(
        old, appending: file, parent: parent.flatMap { before.table(named: $0) })
      guard old.rowCount != table.rowCount else { return nil }
      var store = before
      guard store.replace(table, loader.execution, by: insertion) else { throw .interrupted }
      return (store, insertion)
    }
    guard let (changed, insertion) = changed else { return }
    let customers = store.customers
    store = changed
    try mark(file.shape.name, in: &store, customers, by: insertion)
  }

  /// Segments keep their members, which may no longer be right where their rule reads the table, or
  /// names a segment whose rule does.
  func mark(
    _ name: String, in store: inout Store, _ customers: Table?, by insertion: Insertion? = nil
  ) throws(ShellError) {
    try linkOrphans(to: name, in: &store)
    store.journal.noteLoading()
    if name == "customers" {
      let (before, now) = (store, catalog.now)
      store = try reading { (loader) throws(ShellError) in
        var store = before
        guard store.moveMembers(from: customers, by: insertion, at: now, loader.execution) else {
          throw .interrupted
        }
        return store
      }
    }
    for place in placesAffected(by: name, store.segments) {
      store.segments[place].markStale("\(name) was loaded later")
    }
  }

  /// Members without a rule were chosen by hand, and visitors are never stored: no table changes
  /// either.
  private func placesAffected(by table: String, _ segments: [Segment]) -> Set<Int> {
    let readers = segments.indices.filter { place in
      guard let rule = segments[place].rule, !segments[place].isForVisitors else { return false }
      return catalog.tables(readBy: rule)?.contains(table) ?? true
    }
    return Dependencies(segments, catalog).affected(by: Set(readers))
  }

  private func appended(_ names: Set<String>, _ before: Store) -> String {
    let tables = catalog.tableNames.filter { names.contains($0) }.compactMap { name in
      catalog.store.table(named: name).map { table in
        let old = before.table(named: name)?.rowCount ?? 0
        return "\(name): \(table.rowCount) \(table.rowCount == 1 ? "row" : "rows") "
          + "(\(table.rowCount - old) new)"
      }
    }
    return (tables + segmentsAppended(names, before)).joined(separator: ", ")
  }

  private func segmentsAppended(_ names: Set<String>, _ before: Store) -> [String] {
    let (new, old) = (catalog.segments, before.segments)
    var parts: [String] = []
    if names.contains("segments") {
      parts.append("segments: \(new.count) rows (\(new.count - old.count) new)")
    }
    if names.contains("members") {
      let counts = [new, old].map { $0.reduce(0) { $0 + ($1.memberCount ?? 0) } }
      parts.append("members: \(counts[0]) rows (\(counts[0] - counts[1]) new)")
    }
    return parts
  }
}

extension LoadItem {
  /// Parents come before their children, and customers before who is in which segment.
  fileprivate var rank: Int {
    switch shape.name {
    case "customers": 0
    case "segments": 5
    case "members": 6
    default:
      switch shape.links.first?.table {
      case "customers": 1
      case "orders": 2
      case "items": 3
      default: 4
      }
    }
  }
}
