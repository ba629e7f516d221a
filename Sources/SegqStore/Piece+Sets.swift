import SegqEngine

// Links to a parent and sets of rows as pieces, and back.

extension ParentLink: StoredValues {
  var identity: UInt { offsets.place }

  var pieces: [Piece] { [Piece(.childOffsets, of: offsets)] }

  init?(_ pieces: [Piece], to table: Table, by column: Int) {
    guard let offsets = pieces.first(where: { $0.kind == .childOffsets })?.memory,
      offsets.count == (table.rowCount + 1) * MemoryLayout<Int32>.stride
    else { return nil }
    self.init(table: table, column: column, offsets: Memory(in: offsets))
  }
}

extension RowSet: StoredValues {
  var identity: UInt {
    switch form {
    case .words(let words, _): words.place
    case .rows(let rows): rows.place
    case .runs(let edges, _): edges.place
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

  /// The set of `count` of the rows of a table.
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
    guard let form else { return nil }
    self.init(form: form, rowCount: rowCount, count: count)
  }
}
