import SegqEngine
import SegqPlanner

/// Which segments the rules of others read, by place.
struct Dependencies {
  /// What each rule names.
  let named: [Set<Int>]
  /// What the rules ask for that count segments by a condition.
  let counted: [Int: CountedSegments]
  /// What each rule reads: what it names and what it counts.
  private let reads: [Set<Int>]

  init(_ segments: [Segment], _ catalog: StoreCatalog) {
    let named = segments.map { segment in
      segment.rule.map { Planner.segments(namedIn: $0, catalog) } ?? []
    }
    var counted: [Int: CountedSegments] = [:]
    for (place, segment) in segments.enumerated() {
      guard let rule = segment.rule else { continue }
      counted[place] = Planner.segments(countedBy: rule, at: place, of: segments, catalog)
    }
    (self.named, self.counted) = (named, counted)
    reads = named.indices.map { named[$0].union(counted[$0]?.places ?? []) }
  }

  /// Those whose members may be others when these have others.
  func readers(of places: Set<Int>) -> [Int] {
    reads.indices.filter { !reads[$0].isDisjoint(with: places) }
  }

  /// What the rule of a segment reads.
  func read(by place: Int) -> Set<Int> { reads[place] }

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
    reached(from: places) { next in Set(next.flatMap { reads[$0] }) }
  }

  private func reached(from places: Set<Int>, _ step: (Set<Int>) -> Set<Int>) -> Set<Int> {
    var (all, next) = (places, places)
    while !next.isEmpty {
      next = step(next).subtracting(all)
      all.formUnion(next)
    }
    return all
  }

  /// The places in passes: each comes in a later one than those of them that its rule reads, or reads
  /// by way of others.
  func passes(of places: [Int]) -> [[Int]] {
    let wanted = Set(places)
    var passes: [[Int]] = []
    // The pass behind which everything is there that a segment reads.
    var known: [Int: Int] = [:]
    func visit(_ place: Int) -> Int {
      if let pass = known[place] { return pass }
      // Rules that go in a circle end here.
      known[place] = 0
      var pass = 0
      for other in reads[place] { pass = max(pass, visit(other)) }
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
