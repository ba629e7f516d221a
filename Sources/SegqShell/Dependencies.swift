import SegqEngine
import SegqPlanner

/// Which segments the rules of others name, by place.
struct Dependencies {
  /// What each rule names.
  let named: [Set<Int>]
  /// Those whose rules ask of all segments.
  let asking: Set<Int>

  init(_ segments: [Segment], _ catalog: StoreCatalog) {
    named = segments.map { segment in
      segment.rule.map { Planner.segments(namedIn: $0, catalog) } ?? []
    }
    asking = Set(
      segments.indices.filter { segments[$0].rule.map(Planner.asksOfSegments) ?? false })
  }

  /// Those whose members may be others when these have others: their rules name one of them, or ask
  /// of all segments.
  func readers(of places: Set<Int>) -> [Int] {
    named.indices.filter { !read(by: $0).isDisjoint(with: places) }
  }

  /// What the rule of a segment reads. One that asks of all segments reads all but itself and those
  /// that are made of it.
  func read(by place: Int) -> Set<Int> {
    asking.contains(place)
      ? Set(named.indices).subtracting(affected(by: [place])).union(named[place]) : named[place]
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

  /// These, with all that their rules read, and so on.
  func sources(of places: Set<Int>) -> Set<Int> {
    reached(from: places) { next in Set(next.flatMap { read(by: $0) }) }
  }

  private func reached(from places: Set<Int>, _ step: (Set<Int>) -> Set<Int>) -> Set<Int> {
    var (all, next) = (places, places)
    while !next.isEmpty {
      next = step(next).subtracting(all)
      all.formUnion(next)
    }
    return all
  }

  /// The places in passes: each comes in a later one than those of them that its rule names, or
  /// names by way of others; one that asks of all segments behind all that do not use it.
  func passes(of places: [Int]) -> [[Int]] {
    let wanted = Set(places)
    var passes: [[Int]] = []
    // The pass behind which everything is there that a segment names.
    var known: [Int: Int] = [:]
    func visit(_ place: Int) -> Int {
      if let pass = known[place] { return pass }
      // Rules that go in a circle end here.
      known[place] = 0
      var pass = 0
      for other in read(by: place) { pass = max(pass, visit(other)) }
      if wanted.contains(place) {
        if passes.count == pass { passes.append([]) }
        passes[pass].append(place)
        pass += 1
      }
      known[place] = pass
      return pass
    }
    for place in places { _ = visit(place) }
    return passes
  }
}
