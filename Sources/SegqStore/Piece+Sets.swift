import SegqEngine

// Links to a parent and sets of rows as pieces, and back.

extension ParentLink: StoredValues {
  var identity: StoredIdentity { StoredIdentity(place: offsets.place) }

  var pieces: [Piece] { [Piece(.childOffsets, of: offsets)] }

  init?(_ pieces: [Piece], to table: Table, by key: LinkKey) {
    guard let offsets = pieces.first(where: { $0.kind == .childOffsets })?.memory,
      offsets.count == (table.rowCount + 1) * MemoryLayout<Int32>.stride
    else { return nil }
    self.init(table: table, key: key, offsets: Memory(in: offsets))
  }
}

/// The members of a segment.
struct StoredMembers: StoredValues {
  let segment: Int
  let rows: RowSet

  var identity: StoredIdentity { StoredIdentity(place: rows.place, owner: segment) }

  var pieces: [Piece] { rows.pieces(owner: UInt32(truncatingIfNeeded: segment)) }
}

extension Segment {
  var stored: StoredMembers? { members.map { StoredMembers(segment: id, rows: $0) } }
}

extension RowSet {
  fileprivate var place: UInt {
    switch form {
    case .words(let words, _): words.place
    case .rows(let rows): rows.place
    case .runs(let edges, _): edges.place
    }
  }

  /// How many rows the stored set itself says that it has; nil where it names one that is not there.
  var storedCount: Int? {
    switch form {
    case .words(_, let ranks), .runs(_, let ranks): Int(ranks.span[ranks.count - 1])
    case .rows(let rows):
      rows.count == 0 || rows.span[rows.count - 1] < UInt32(rowCount) ? rows.count : nil
    }
  }

  func pieces(owner: UInt32) -> [Piece] {
    switch form {
    case .words(let words, let ranks):
      [Piece(.setWords, owner: owner, of: words), Piece(.setRanks, owner: owner, of: ranks)]
    case .rows(let rows): [Piece(.setRows, owner: owner, of: rows)]
    case .runs(let edges, let ranks):
      [Piece(.setRuns, owner: owner, of: edges), Piece(.setRanks, owner: owner, of: ranks)]
    }
  }

  /// The set of `count` of the rows of a table; nil where the pieces are not of such a set's size.
  init?(_ pieces: [Piece], rowCount: Int, count: Int) {
    guard let values = pieces.first(where: { $0.kind != .setRanks }) else { return nil }
    let ranks = pieces.first { $0.kind == .setRanks }.map { Memory<UInt32>(in: $0.memory) }
    let form: Form? =
      switch values.kind {
      case .setWords: ranks.map { .words(Memory(in: values.memory), ranks: $0) }
      case .setRows: .rows(Memory(in: values.memory))
      case .setRuns: ranks.map { .runs(Memory(in: values.memory), ranks: $0) }
      case .numbers, .zones, .texts, .textOffsets, .nulls, .dictionaryTexts, .dictionaryOffsets,
        .childOffsets, .setRanks, .indexStarts, .indexRows:
        nil
      }
    guard let form, form.fits(rowCount: rowCount, count: count) else { return nil }
    self.init(form: form, rowCount: rowCount, count: count)
  }
}

extension RowSet.Form {
  /// Whether the sizes are those of a set of `count` of so many rows. No value is looked at.
  fileprivate func fits(rowCount: Int, count: Int) -> Bool {
    switch self {
    case .words(let words, let ranks):
      words.count == (rowCount + 63) >> 6 && ranks.count == Self.rankCount(words.count)
    case .rows(let rows): rows.count == count
    case .runs(let edges, let ranks):
      edges.count.isMultiple(of: 2) && ranks.count == Self.rankCount(edges.count)
    }
  }

  /// One for each 1,024 words or edges, and one behind them.
  private static func rankCount(_ count: Int) -> Int { (count + 1023) / 1024 + 1 }
}
