/// One change of definitions, `drop segment 2`, with all that it takes to undo it.
public struct DefinitionChange: Sendable {
  /// As it was typed.
  public let words: String
  /// The ids of the segments that it made.
  public let created: [Int]
  /// The segments that it altered or dropped, as they were before.
  public let before: [PastSegment]

  public init(words: String, created: [Int], before: [PastSegment]) {
    (self.words, self.created, self.before) = (words, created, before)
  }

  /// What lies between two lists of segments. Throws where the growth of a dropped one can't be read.
  public init(
    words: String, from old: [Segment], to new: [Segment], of customers: Table?
  ) throws(GrowthError) {
    let known = Set(old.map(\.id))
    let now = Dictionary(uniqueKeysWithValues: new.map { ($0.id, $0) })
    var before: [PastSegment] = []
    for segment in old {
      guard let changed = now[segment.id] else {
        before.append(try PastSegment(dropped: segment, of: customers))
        continue
      }
      if !segment.isDefined(like: changed) { before.append(PastSegment(altered: segment)) }
    }
    self.init(
      words: words, created: new.map(\.id).filter { !known.contains($0) }, before: before)
  }

  /// The ids of all segments that it touched.
  public var segments: [Int] { created + before.map(\.segment.id) }
}

/// A segment as it was before a change.
public struct PastSegment: Sendable {
  /// Its definition and its staleness, without members.
  public let segment: Segment
  /// How many were in; nil where nobody knew.
  public let memberCount: Int?
  /// Who was in, by id, of a segment that was dropped.
  public let members: IDSet?
  /// Its growth, of a segment that was dropped.
  public let steps: [Growth.Step]

  public init(_ segment: Segment, memberCount: Int?, members: IDSet?, steps: [Growth.Step]) {
    var definition = segment
    definition.setMembers(nil)
    (definition.growth, definition.obstacle, definition.outdated) = (Growth(), nil, nil)
    self.segment = definition
    (self.memberCount, self.members, self.steps) = (memberCount, members, steps)
  }

  /// One that is still there has its members and its growth.
  fileprivate init(altered segment: Segment) {
    self.init(segment, memberCount: segment.memberCount, members: nil, steps: [])
  }

  /// What is dropped is kept nowhere else.
  fileprivate init(dropped segment: Segment, of customers: Table?) throws(GrowthError) {
    let members = segment.members.flatMap { set in customers?.identities(of: set) }
    self.init(
      segment, memberCount: segment.memberCount, members: members,
      steps: try segment.growth.steps())
  }
}

extension Segment {
  /// Whether two have the same definition, and may be wrong for the same reason.
  fileprivate func isDefined(like other: Segment) -> Bool {
    name == other.name && isActive == other.isActive && websites == other.websites
      && description == other.description && applyTo == other.applyTo && rule == other.rule
      && staleness == other.staleness
  }
}
