import SegqRecords

// Which form, and from one form to another.
extension RowSet {
  enum Kind: CaseIterable {
    case words, rows, runs
  }

  /// The rule that ``RowSet`` tells.
  static func best(rowCount: Int, count: Int, runCount: Int) -> Kind {
    let words = (rowCount + 63) >> 6 * 8
    let rows = count * 4
    let runs = runCount * 8
    if min(rows, runs) * 8 > words { return .words }
    return runs < rows ? .runs : .rows
  }

  /// Whether so many rows lie as rows, if they are in no runs.
  static func areFew(_ count: Int, of rowCount: Int) -> Bool {
    best(rowCount: rowCount, count: count, runCount: count) == .rows
  }

  /// The set in the form that the rule wants. Words are not looked through for runs, which would
  /// take as long as the operation that they come from.
  func settled() -> RowSet {
    switch form {
    case .words: Self.areFew(count, of: rowCount) ? inForm(.rows) : self
    case .rows(let rows): settled(runCount: SortedKernel.runCount(rows))
    case .runs(let edges, _): settled(runCount: edges.count / 2)
    }
  }

  private func settled(runCount: Int) -> RowSet {
    inForm(Self.best(rowCount: rowCount, count: count, runCount: runCount))
  }

  /// The same rows in another form, whatever it takes.
  func inForm(_ kind: Kind) -> RowSet {
    switch (form, kind) {
    case (.words, .words), (.rows, .rows), (.runs, .runs): self
    case (_, .words): asWords()
    case (_, .rows): RowSet(rows: sortedRows(), rowCount: rowCount)
    case (_, .runs): RowSet(runs: runEdges(), rowCount: rowCount)
    }
  }

  private func asWords() -> RowSet {
    var place = 0
    return unsafe RowSet(rowCount: rowCount) { block, out in
      unsafe out.initialize(repeating: 0, count: block.count)
      unsafe or(into: out, words: block, from: &place)
      return unsafe WordKernel.count(out, count: block.count)
    }
  }

  private func sortedRows() -> Memory<UInt32> {
    unsafe Memory(writing: count) { out in unsafe copyRows(0..<count, to: out) }
  }

  /// Where the runs begin and end.
  func runEdges() -> Memory<UInt32> {
    switch form {
    case .runs(let edges, _): edges
    case .rows(let rows): SortedKernel.edges(rows)
    case .words(let words, _):
      unsafe WordKernel.edges(words.pointer, count: words.count, rowCount: rowCount)
    }
  }

  /// Rows as they are: nothing is negative, nothing comes twice.
  static func sorted(_ rows: [Int32], rowCount: Int) -> Memory<UInt32> {
    let isOrdered = stride(from: 1, to: rows.count, by: 1)
      .reduce(true) { $0 && rows[$1 - 1] < rows[$1] }
    precondition(isOrdered, "rows are to ascend")
    precondition(rows.isEmpty || rows[0] >= 0 && rows[rows.count - 1] < rowCount, "no such row")
    return unsafe Memory(writing: rows.count) { out in
      for place in rows.indices { unsafe out[place] = UInt32(bitPattern: rows[place]) }
    }
  }

  /// Picks the form for words that are another's. Two passes: one to count, one to copy.
  @unsafe
  init(words: UnsafeBufferPointer<UInt64>, rowCount: Int) {
    guard let start = words.baseAddress else {
      self.init(rowCount: rowCount)
      return
    }
    let runCount = unsafe WordKernel.runCount(start, count: words.count)
    let count = unsafe WordKernel.count(start, count: words.count)
    switch Self.best(rowCount: rowCount, count: count, runCount: runCount) {
    case .words:
      unsafe self.init(rowCount: rowCount) { block, out in
        unsafe out.initialize(from: start + block.lowerBound, count: block.count)
        return unsafe WordKernel.count(out, count: block.count)
      }
    case .rows:
      let rows = unsafe WordKernel.rows(start, count: words.count, setCount: count)
      self.init(rows: rows, rowCount: rowCount)
    case .runs:
      let edges = unsafe WordKernel.edges(start, count: words.count, rowCount: rowCount)
      self.init(runs: edges, rowCount: rowCount)
    }
  }
}

extension RowSet {
  /// Of the bits of one row group after the other, in words; of groups that are missing no row is
  /// in the set.
  init(parts: [Bitmap], rowCount: Int) {
    let words = Memory<UInt64>(count: (rowCount + 63) >> 6) { out in
      for part in parts {
        for word in part.words { out.append(word) }
      }
      out.append(repeating: 0, count: out.freeCapacity)
    }
    self.init(words: words, rowCount: rowCount)
  }
}
