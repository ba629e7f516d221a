import SegqEngine

// What a change of some segments does to the members of others.
extension Session {
  /// The members of what reads changed segments, and was not changed with them, may no longer be right.
  /// Those that read such a segment in turn are found by `StoreCatalog.noteDay`.
  func markDependants(
    of changed: Set<Int>, besides others: Set<Int> = [], in segments: inout [Segment],
    _ what: String
  ) {
    guard !changed.isEmpty else { return }
    let dependencies = Dependencies(segments, catalog)
    let done = changed.union(others)
    for place in dependencies.readers(of: changed) where !done.contains(place) {
      guard let first = dependencies.read(by: place).intersection(changed).min() else { continue }
      let verb = dependencies.named[place].contains(first) ? "names" : "reads"
      segments[place].markStale("segment \(segments[first].id), which its rule \(verb), \(what)")
    }
  }

  /// What asks of all segments, as `count(segments where status = active)` does, may have other members
  /// where one of them is called otherwise, has another status or website, or is gone.
  func markAskers(since before: [Segment]) {
    var segments = catalog.segments
    let places = Dictionary(uniqueKeysWithValues: segments.enumerated().map { ($1.id, $0) })
    for old in before where old.members != nil {
      let place = places[old.id]
      if let place, segments[place].looksLike(old) { continue }
      let what = place == nil ? "was dropped later" : "was altered later"
      let dependencies = Dependencies(segments, catalog)
      for asker in dependencies.asking.sorted() where asker != place {
        segments[asker].markStale("segment \(old.id), which its rule reads, \(what)")
      }
    }
    catalog.update(segments)
  }
}

extension Segment {
  /// Whether a condition on segments finds both or none.
  fileprivate func looksLike(_ other: Segment) -> Bool {
    (name, isActive, description, applyTo, rule)
      == (other.name, other.isActive, other.description, other.applyTo, other.rule)
      && websites == other.websites
  }
}
