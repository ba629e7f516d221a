import SegqEngine
import SegqLanguage
import SegqRecords
import SegqStore

/// A change of definitions that can be taken back.
struct UndoableChange {
  /// As it was typed.
  let words: String
  /// The segments before it and after it.
  let before: [Segment]
  let after: [Segment]
  /// Whose rows the members are.
  let customers: Table?
  /// The tables that there were.
  let tables: [LentTable]

  /// A table that nobody keeps for the sake of a change.
  struct LentTable {
    let name: String
    weak var table: Table?
  }
}

extension Session {
  /// Runs `create`, `alter` or `drop`, and remembers what was before.
  func defining(
    _ statement: SourceSpan, in source: SourceText, _ body: () throws(ShellError) -> Void
  ) throws(ShellError) {
    var before: [Segment] = []
    try changing { () throws(ShellError) in
      before = catalog.segments
      try body()
      markCounting(since: before)
      let left = Set(catalog.segments.map(\.id))
      for place in before.indices where !left.contains(before[place].id) {
        before[place].growth = Growth(added: try steps(of: before[place]))
      }
    }
    undoable.append(
      UndoableChange(
        words: source[statement], before: before, after: catalog.segments,
        customers: catalog.store.customers,
        tables: catalog.store.tables.map { UndoableChange.LentTable(name: $0.name, table: $0) }))
  }

  /// Those of a dropped segment are kept nowhere else.
  private func steps(of segment: Segment) throws(ShellError) -> [Growth.Step] {
    do throws(GrowthError) { return try segment.growth.steps() } catch {
      throw .diagnostic(Diagnostic(code: "workspace", error.message, help: error.help))
    }
  }

  /// `undo`: takes back the last change of definitions, then the one before it.
  func undo() throws(ShellError) {
    guard let change = undoable.last else {
      throw .diagnostic(
        Diagnostic(
          code: "nothing-to-undo", "there is no change of definitions to take back",
          help: "it takes back create, alter and drop "
            + (workspace.map { "since \($0.path) was opened" } ?? "of this session")))
    }
    try changing { () throws(ShellError) in
      let before = catalog.segments
      catalog.update(change.takenBack(from: before, catalog.store))
      markCounting(since: before)
    }
    undoable.removeLast()
    let ids = Set(catalog.segments.map(\.id))
    catalog.selected.formIntersection(ids)
    guard !options.isQuiet else { return }
    tell("taken back: \(change.words)\n")
  }
}

extension UndoableChange {
  /// The segments as they are now, with the definitions that were. Members that a refresh has found
  /// since stay, and may no longer be right.
  fileprivate func takenBack(from now: [Segment], _ store: Store) -> [Segment] {
    let created = Set(after.map(\.id)).subtracting(before.map(\.id))
    var result = now.filter { !created.contains($0.id) }
    for old in before {
      guard let place = result.firstIndex(where: { $0.id == old.id }) else {
        result.append(restored(old, now, store))
        continue
      }
      let stale = after.first { $0.id == old.id }?.staleness
      result[place].takeDefinition(of: old, staleSinceChange: stale)
    }
    return result.sorted { $0.id < $1.id }
  }

  /// A segment that was dropped. Its members are those that it had, and may no longer be right where
  /// anything was loaded, defined or refreshed since.
  private func restored(_ old: Segment, _ now: [Segment], _ store: Store) -> Segment {
    var segment = old
    if store.customers !== customers { segment.setMembers(nil) }
    if let loaded = loadedLater(store) {
      segment.markStale("\(loaded) was loaded later")
    } else if !now.elementsEqual(after, by: { $0.isAsBefore($1) }) {
      segment.markStale("segments changed while it was dropped")
    }
    return segment
  }

  /// A table that is another one than it was.
  private func loadedLater(_ store: Store) -> String? {
    let changed = tables.first { lent in
      lent.table == nil || lent.table !== store.table(named: lent.name)
    }
    return changed?.name
  }
}

extension Segment {
  /// Takes back a change of the definition, and what that change said of the members: unless more has
  /// been said since.
  fileprivate mutating func takeDefinition(of old: Segment, staleSinceChange: String?) {
    let isChanged = rule != old.rule || websites != old.websites
    (name, isActive, websites) = (old.name, old.isActive, old.websites)
    (description, applyTo, rule) = (old.description, old.applyTo, old.rule)
    guard isChanged else { return }
    if members == old.members, refreshed == old.refreshed, staleness == staleSinceChange {
      staleness = old.staleness
    } else if members != nil, staleness == nil {
      staleness = "its definition was taken back after the last refresh"
    }
  }

  fileprivate func isAsBefore(_ other: Segment) -> Bool {
    (id, rule, refreshed, memberCount, staleness)
      == (other.id, other.rule, other.refreshed, other.memberCount, other.staleness)
      && websites == other.websites
  }
}
