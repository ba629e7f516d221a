extension Store {
  /// Undoes the last change of definitions, and gives it; nil where there is none.
  ///
  /// Segments that it made go, those that it dropped come back with their members, and those that it
  /// altered get their old definition. Members that a refresh has found since stay, as stale ones.
  public mutating func undo() throws(GrowthError) -> DefinitionChange? {
    guard let change = try journal.last() else { return nil }
    let isOlderThanData = journal.isLastBeforeLoading
    segments.removeAll { change.created.contains($0.id) }
    for past in change.before {
      if let place = segments.firstIndex(where: { $0.id == past.segment.id }) {
        segments[place].takeDefinition(of: past, isOlderThanData: isOlderThanData)
      } else {
        segments.append(past.restored(among: customers, isOlderThanData: isOlderThanData))
      }
    }
    segments.sort { $0.id < $1.id }
    journal.removeLast()
    return change
  }
}

extension PastSegment {
  /// With those of its members who are still customers.
  fileprivate func restored(among customers: Table?, isOlderThanData: Bool) -> Segment {
    var restored = segment
    restored.growth = Growth(added: steps)
    guard let members, let customers, let index = customers.index else { return restored }
    let rows = index.rows(of: members.ids).filter { $0 >= 0 }.sorted()
    restored.setMembers(RowSet(ascending: rows, rowCount: customers.rowCount))
    if isOlderThanData { restored.markStale("data was loaded after it was dropped") }
    return restored
  }
}

extension Segment {
  fileprivate mutating func takeDefinition(of past: PastSegment, isOlderThanData: Bool) {
    let old = past.segment
    let isRuleOther = rule != old.rule || websites != old.websites
    (name, isActive, websites) = (old.name, old.isActive, old.websites)
    (description, applyTo, rule) = (old.description, old.applyTo, old.rule)
    obstacle = nil
    if refreshed == old.refreshed, memberCount == past.memberCount {
      if !isOlderThanData { staleness = old.staleness }
    } else if isRuleOther {
      markStale("the change of its rule was undone after the last refresh")
    }
  }
}
