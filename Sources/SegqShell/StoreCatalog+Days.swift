import SegqEngine
import SegqPlanner
import SegqRecords

extension StoreCatalog {
  struct NotedDay: Equatable {
    let day: Int64
    let zone: String
  }

  /// Says which members may be wrong without a change of their own: those of a rule that counts from
  /// today and was evaluated on another day, and those of a rule that reads a stale segment, directly
  /// or by way of others. Nothing is done where neither the day nor a segment has changed.
  func noteDay() {
    let today = NotedDay(day: zone.day(of: now), zone: zone.name)
    guard today != notedDay else { return }
    notedDay = today
    var segments = store.segments
    for place in segments.indices { segments[place].outdated = nil }
    for place in segments.indices {
      segments[place].outdated = lateness(of: segments[place], today)
    }
    markReaders(&segments)
    store.segments = segments
  }

  /// Why a segment whose rule counts from today may have other members now.
  private func lateness(of segment: Segment, _ today: NotedDay) -> String? {
    guard segment.hangsOnRule, let rule = segment.rule, let day = day(of: segment),
      day != today.day, countsFromToday(rule)
    else { return nil }
    return "its rule counts from today, and its members are of \(Value.date(day).text(in: zone))"
  }

  /// What reads a stale segment is stale, and what reads that, and so on. A segment whose members are
  /// unknown hands it on.
  private func markReaders(_ segments: inout [Segment]) {
    let stale = segments.indices.filter { segments[$0].freshness == .stale }
    var (seen, next) = (Set(stale), Set(stale))
    while !next.isEmpty {
      let sources = next
      next = Set(dependencies.readers(of: sources)).subtracting(seen)
      for place in next where segments[place].hangsOnRule {
        guard let first = dependencies.read(by: place).intersection(sources).min() else { continue }
        segments[place].outdated = Self.isStale(segments[first], in: dependencies, place, first)
      }
      seen.formUnion(next)
    }
  }

  private static func isStale(
    _ segment: Segment, in dependencies: Dependencies, _ place: Int, _ other: Int
  ) -> String {
    let verb = dependencies.named[place].contains(other) ? "names" : "reads"
    return segment.members == nil
      ? "segment \(segment.id), which its rule \(verb), depends on a stale segment"
      : "segment \(segment.id), which its rule \(verb), is stale"
  }

  /// The day whose members a segment has: that of its refresh, else the last on which its file says that
  /// a member was added, else that of the files that it was loaded with.
  private func day(of segment: Segment) -> Int64? {
    (segment.refreshed ?? store.loaded).map { zone.day(of: $0) }
  }

  private func countsFromToday(_ rule: String) -> Bool {
    if let known = countingRules[rule] { return known }
    let found = Planner.countsFromToday(rule)
    countingRules[rule] = found
    return found
  }

  /// What is loaded so far was loaded now.
  func noteLoading() {
    store.noteLoading(at: now)
    notedDay = nil
  }
}
