// Sets are equal when the same rows are in them, whatever their forms.
extension RowSet: Hashable {
  public static func == (a: RowSet, b: RowSet) -> Bool {
    guard a.rowCount == b.rowCount, a.count == b.count else { return false }
    return switch (a.form, b.form) {
    case (.words(let x, _), .words(let y, _)):
      unsafe WordKernel.areEqual(x.pointer, y.pointer, count: x.count)
    case (.words, _), (.rows, _), (.runs, _): a.sharedCount(with: b) == a.count
    }
  }

  /// The count and a few of the rows; sets that differ elsewhere share their hash.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rowCount)
    hasher.combine(count)
    for step in 0..<min(count, 8) {
      let place = (count - 1) * step / 7
      hasher.combine(rows(place..<place + 1))
    }
  }
}

extension RowSet {
  /// What a set promised and does not keep.
  public struct BrokenInvariant: Error, CustomStringConvertible {
    public let description: String
  }

  /// Looks at all of the set; for tests and for what comes from files.
  public func checkInvariants() throws(BrokenInvariant) {
    switch form {
    case .words(let words, let ranks):
      try require(words.count == (rowCount + 63) >> 6, "a word for 64 rows")
      let used = UInt64(rowCount & 63)
      try require(
        used == 0 || words.span[words.count - 1] >> used == 0, "no bit past the last row")
      try check(ranks, RowSet(words: words, rowCount: rowCount))
    case .rows(let rows):
      try require(rows.count == count, "the count is right")
      try requireAscending(rows)
      try require(rows.count == 0 || rows.span[rows.count - 1] < rowCount, "no row past the last")
    case .runs(let edges, let ranks):
      try require(edges.count & 1 == 0, "each run has an end")
      try requireAscending(edges)
      try require(edges.count == 0 || edges.span[edges.count - 1] <= rowCount, "no such row")
      try check(ranks, RowSet(runs: edges, rowCount: rowCount))
    }
  }

  private func check(_ ranks: Memory<UInt32>, _ counted: RowSet) throws(BrokenInvariant) {
    try require(counted.count == count, "the count is right")
    switch counted.form {
    case .words(_, let wanted), .runs(_, let wanted):
      let isRight =
        ranks.count == wanted.count
        && (0..<ranks.count).allSatisfy { ranks.span[$0] == wanted.span[$0] }
      try require(isRight, "the ranks are sums of the counts")
    case .rows: break
    }
  }

  private func requireAscending(_ values: Memory<UInt32>) throws(BrokenInvariant) {
    let isAscending = (0..<max(values.count - 1, 0)).allSatisfy {
      values.span[$0] < values.span[$0 + 1]
    }
    try require(isAscending, "what is sorted ascends strictly")
  }

  private func require(_ holds: Bool, _ promise: String) throws(BrokenInvariant) {
    if !holds { throw BrokenInvariant(description: promise) }
  }
}
