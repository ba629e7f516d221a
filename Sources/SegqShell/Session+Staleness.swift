import SegqEngine
import SegqPlanner

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

  /// What counts segments by a condition may have other members where that finds others, or where one
  /// that it found is called otherwise, or has another status or website.
  func markCounting(since before: [Segment]) {
    var segments = catalog.segments
    let (old, new) = (Dependencies(before, catalog), Dependencies(segments, catalog))
    let places = Dictionary(uniqueKeysWithValues: before.enumerated().map { ($1.id, $0) })
    for (place, counted) in new.counted {
      guard let past = places[segments[place].id].flatMap({ old.counted[$0] }) else { continue }
      let now = Dictionary(
        uniqueKeysWithValues: counted.places.map { (segments[$0].id, segments[$0]) })
      let then = Dictionary(uniqueKeysWithValues: past.places.map { (before[$0].id, before[$0]) })
      let changed = Set(now.keys).union(then.keys).filter { id in
        guard let one = now[id], let other = then[id] else {
          return (now[id] ?? then[id])?.members != nil
        }
        return !(counted.isExact && past.isExact) && !one.looksLike(other)
      }
      guard let id = changed.min() else { continue }
      let isGone = !segments.contains { $0.id == id }
      segments[place].markStale(
        "segment \(id), which its rule reads, was \(isGone ? "dropped" : "altered") later")
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
