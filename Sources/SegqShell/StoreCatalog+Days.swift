import SegqEngine
import SegqPlanner
import SegqRecords

extension StoreCatalog {
  struct NotedDay: Equatable {
    let day: Int64
    let zone: String
  }

  /// Says of segments whose rule counts from today that their members are of another day, and so of
  /// those that name such a segment; where that was not looked at yet.
  func noteDay() {
    let today = NotedDay(day: zone.day(of: now), zone: zone.name)
    guard today != notedDay else { return }
    notedDay = today
    var segments = store.segments
    var late: Set<Int> = []
    for (place, segment) in segments.enumerated() {
      segments[place].outdated = nil
      guard segment.hangsOnRule, let rule = segment.rule, let day = day(of: segment),
        day != today.day, countsFromToday(rule)
      else { continue }
      segments[place].outdated =
        "its rule counts from today, and its members are of \(Value.date(day).text(in: zone))"
      late.insert(place)
    }
    var next = late
    while !next.isEmpty {
      let changed = next
      next = []
      for place in dependencies.users(of: changed)
      where !late.contains(place) && segments[place].hangsOnRule {
        guard let first = dependencies.named[place].intersection(changed).min() else { continue }
        segments[place].outdated =
          "segment \(segments[first].id), which its rule names, has members of another day"
        next.insert(place)
      }
      late.formUnion(next)
    }
    store.segments = segments
  }

  /// The day whose members a segment has: that of its refresh, or of the files that it was loaded with.
  private func day(of segment: Segment) -> Int64? {
    [segment.refreshed, store.loaded].compactMap { $0 }.max().map { zone.day(of: $0) }
  }

  private func countsFromToday(_ rule: String) -> Bool {
    if let known = countingRules[rule] { return known }
    let found = Planner.countsFromToday(rule)
    countingRules[rule] = found
    return found
  }

  /// What is loaded so far was loaded now.
  func noteLoading() {
    store.loaded = now
    notedDay = nil
  }
}
