import SegqEngine

extension DefinitionChange {
  /// Its rows in the catalog: one of `changes`, one of `past` for each segment that it altered or
  /// dropped, and the growth of dropped ones.
  func rows(_ number: Int) -> [(table: CatalogTable, values: [SQLValue])] {
    let head: [SQLValue] = [
      SQLValue(number), .text(words), .text(created.map(String.init).joined(separator: " ")),
    ]
    return [(.changes, head)]
      + before.flatMap { past in
        [(.past, past.row(number))]
          + past.steps.enumerated().map { place, step in
            (.past_steps, [SQLValue(number)] + step.row(of: past.segment.id, place: place))
          }
      }
  }
}

extension PastSegment {
  /// No name of a website has this in it (U+001F, the unit separator).
  private static let separator: Character = "\u{1F}"

  fileprivate func row(_ number: Int) -> [SQLValue] {
    [
      SQLValue(number), SQLValue(segment.id), .text(segment.name), SQLValue(segment.isActive),
      .text(segment.websites.joined(separator: String(Self.separator))),
      SQLValue(segment.description), SQLValue(segment.applyTo), SQLValue(segment.rule),
      SQLValue(segment.refreshed), SQLValue(segment.staleness), SQLValue(memberCount),
      members.map { .bytes($0.bytes) } ?? .null,
    ]
  }

  /// `steps` are the rows of its growth, in order. Nil where the rows don't belong together.
  init?(_ row: [SQLValue], steps: [[SQLValue]]) {
    guard let id = row[1].integer, let name = row[2].text, let websites = row[4].text else {
      return nil
    }
    var segment = Segment(
      id: Int(id), name: name, isActive: row[3] == .integer(1),
      websites: websites.split(separator: Self.separator).map(String.init))
    segment.description = row[5].text
    segment.applyTo = row[6].text
    segment.rule = row[7].text
    segment.refreshed = row[8].integer
    segment.staleness = row[9].text
    let count = row[10].integer.map { Int($0) }
    let growth = steps.compactMap { Growth.Step($0) }
    guard growth.count == steps.count else { return nil }
    var members: IDSet?
    if let bytes = row[11].bytes {
      members = IDSet(bytes: bytes, count: count ?? 0)
      if members == nil { return nil }
    }
    self.init(segment, memberCount: count, members: members, steps: growth)
  }
}
