import SegqEngine
import SegqPlanner
import SegqRecords

extension Store {
  /// Says of segments whose rule counts from today that their members are of another day, and so of
  /// those that name such a segment. `traits` are those of each rule.
  mutating func noteDay(
    _ now: Int64, _ zone: TimeZone, _ traits: (String) -> RuleTraits,
    _ named: (String) -> Set<Int>
  ) {
    let today = zone.day(of: now)
    for place in segments.indices where segments[place].outdated != nil {
      segments[place].outdated = nil
    }
    var late: Set<Int> = []
    for (place, segment) in segments.enumerated() {
      guard segment.hangsOnRule, let rule = segment.rule, let day = day(of: segment, zone),
        day != today, traits(rule).countsFromToday
      else { continue }
      segments[place].outdated =
        "its rule counts from today, and its members are of \(Value.date(day).text(in: zone))"
      late.insert(place)
    }
    var next = late
    while !next.isEmpty {
      let changed = next
      next = []
      for (place, segment) in segments.enumerated() where !late.contains(place) {
        guard segment.hangsOnRule, let rule = segment.rule, traits(rule).namesSegments,
          let first = named(rule).intersection(changed).min()
        else { continue }
        segments[place].outdated =
          "segment \(segments[first].id), which its rule names, has members of another day"
        next.insert(place)
      }
      late.formUnion(next)
    }
  }

  /// The day whose members a segment has: that of its refresh, or of the files that it was loaded with.
  private func day(of segment: Segment, _ zone: TimeZone) -> Int64? {
    [segment.refreshed, loaded].compactMap { $0 }.max().map { zone.day(of: $0) }
  }
}

extension StoreCatalog {
  struct NotedDay: Equatable {
    let day: Int64
    let zone: String
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

  /// What is loaded so far was loaded now.
  func noteLoading() {
    store.loaded = now
    notedDay = nil
  }
}
