import SegqEngine
import SegqPlanner

/// Which segments the rules of others name, by place.
struct Dependencies {
  /// What each rule names.
  let named: [Set<Int>]

  init(_ segments: [Segment], _ catalog: StoreCatalog) {
    named = segments.map { segment in
      segment.rule.map { Planner.segments(namedIn: $0, catalog) } ?? []
    }
  }

  /// Those whose rules name one of these.
  func users(of places: Set<Int>) -> [Int] {
    named.indices.filter { !named[$0].isDisjoint(with: places) }
  }

  /// These, with all whose rules name them, or name one that does.
  func affected(by places: Set<Int>) -> Set<Int> {
    reached(from: places) { Set(users(of: $0)) }
  }

  /// These, with all that their rules name, and so on.
  func needed(for places: Set<Int>) -> Set<Int> {
    reached(from: places) { next in Set(next.flatMap { named[$0] }) }
  }

  private func reached(from places: Set<Int>, _ step: (Set<Int>) -> Set<Int>) -> Set<Int> {
    var (all, next) = (places, places)
    while !next.isEmpty {
      next = step(next).subtracting(all)
      all.formUnion(next)
    }
    return all
  }

  /// The places so that each comes behind those of them that its rule names.
  func ordered(_ places: [Int]) -> [Int] {
    let wanted = Set(places)
    var ordered: [Int] = []
    var seen: Set<Int> = []
    func visit(_ place: Int) {
      guard seen.insert(place).inserted else { return }
      for used in named[place].sorted() { visit(used) }
      if wanted.contains(place) { ordered.append(place) }
    }
    for place in places { visit(place) }
    return ordered
  }
}
