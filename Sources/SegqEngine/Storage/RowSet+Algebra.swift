// What is made of two sets of the same table.
extension RowSet {
  public func union(_ other: RowSet) -> RowSet { combined(.union, other) }

  public func intersection(_ other: RowSet) -> RowSet { combined(.intersection, other) }

  /// What is in this set and not in `other`.
  public func subtracting(_ other: RowSet) -> RowSet { combined(.difference, other) }

  /// What is in one of the two and not in the other.
  public func symmetricDifference(_ other: RowSet) -> RowSet {
    combined(.symmetricDifference, other)
  }

  /// Every row that is not in the set.
  public var complement: RowSet { RowSet(all: rowCount).subtracting(self) }

  /// Rows with rows, and runs with runs, are merged; rows that can only become fewer are looked up
  /// in the other set; all else goes word by word.
  func combined(_ operation: SetOperation, _ other: RowSet) -> RowSet {
    precondition(rowCount == other.rowCount, "sets of different tables")
    if let result = evident(operation, other) ?? other.evident(operation.swapped, self) {
      return result
    }
    return switch (form, other.form) {
    case (.rows(let rows), _) where !operation.keepsRight:
      other.found(rows, wanted: operation.keepsBoth)
    case (_, .rows(let rows)) where !operation.keepsLeft:
      found(rows, wanted: operation.keepsBoth)
    case (.rows(let a), .rows(let b)) where Self.areFew(count + other.count, of: rowCount):
      RowSet(rows: SortedKernel.combine(operation, a, b), rowCount: rowCount)
    case (.runs, .runs), (.runs, .rows), (.rows, .runs): mergedRuns(operation, other)
    case (_, .rows(let rows)): changed(operation, rows)
    case (.rows(let rows), _): other.changed(operation.swapped, rows)
    case (.words, _), (_, .words): wordByWord(operation, other)
    }
  }

  /// What needs no look at either set, since this one is empty or full.
  private func evident(_ operation: SetOperation, _ other: RowSet) -> RowSet? {
    if isEmpty { return operation.keepsRight ? other : RowSet(rowCount: rowCount) }
    guard isFull else { return nil }
    switch (operation.keepsBoth, operation.keepsLeft) {
    case (true, true): return self
    case (true, false): return other
    case (false, false): return RowSet(rowCount: rowCount)
    case (false, true): return nil
    }
  }

  /// Those of the rows that are in this set, or those that are not.
  private func found(_ rows: Memory<UInt32>, wanted: Bool) -> RowSet {
    let kept =
      switch form {
      case .words(let words, _): SortedKernel.probe(rows, in: words, wanted: wanted)
      case .runs(let edges, _): SortedKernel.probe(rows, inRuns: edges, wanted: wanted)
      case .rows(let own):
        SortedKernel.combine(wanted ? .intersection : .difference, rows, own)
      }
    return RowSet(rows: kept, rowCount: rowCount)
  }

  private func mergedRuns(_ operation: SetOperation, _ other: RowSet) -> RowSet {
    let edges = SortedKernel.combineRuns(operation, runEdges(), other.runEdges())
    return RowSet(runs: edges, rowCount: rowCount).settled()
  }

  /// The set's own words, in which the bits of the rows are set, cleared or turned.
  private func changed(_ operation: SetOperation, _ rows: Memory<UInt32>) -> RowSet {
    var place = 0
    return unsafe RowSet(rowCount: rowCount) { block, out in
      unsafe write(block, to: out)
      let end = rows.span.countBelow(UInt32(block.upperBound << 6), from: place)
      defer { place = end }
      return unsafe count(in: self.rows(of: block))
        + SortedKernel.change(operation, rows, place..<end, in: out, from: block.lowerBound)
    }.settled()
  }

  /// Block by block; what is not in words is laid out beside, in the caches.
  private func wordByWord(_ operation: SetOperation, _ other: RowSet) -> RowSet {
    let size = Self.blockSize
    var (place, otherPlace) = (0, 0)
    return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * size) { scratch in
      guard let scratch = scratch.baseAddress else { preconditionFailure("no memory") }
      return unsafe RowSet(rowCount: rowCount) { block, out in
        if let count = unsafe writeEvident(operation, other, block, to: out)
          ?? other.writeEvident(operation.swapped, self, block, to: out)
        {
          return count
        }
        let a = unsafe words(block, from: &place, scratch: scratch)
        let b = unsafe other.words(block, from: &otherPlace, scratch: scratch + size)
        return unsafe WordKernel.combine(operation, a, b, into: out, count: block.count)
      }.settled()
    }
  }

  /// Writes a block of which `other` has all rows or none: the own words, or what they leave out.
  @unsafe
  private func writeEvident(
    _ operation: SetOperation, _ other: RowSet, _ block: Range<Int>,
    to out: UnsafeMutablePointer<UInt64>
  ) -> Int? {
    guard let theirs = other.content(of: block) else { return nil }
    let rows = rows(of: block)
    let keepsOwn = operation.keeps(left: true, right: theirs)
    guard keepsOwn != operation.keeps(left: false, right: theirs) else {
      return unsafe WordKernel.fill(out, rows.count, with: keepsOwn)
    }
    unsafe write(block, to: out)
    if keepsOwn { return count(in: rows) }
    unsafe WordKernel.complement(out, rows.count)
    return rows.count - count(in: rows)
  }

  @unsafe
  private func words(
    _ block: Range<Int>, from place: inout Int, scratch: UnsafeMutablePointer<UInt64>
  ) -> UnsafePointer<UInt64> {
    if case .words(let words, _) = form { return unsafe words.pointer + block.lowerBound }
    unsafe scratch.initialize(repeating: 0, count: block.count)
    unsafe or(into: scratch, words: block, from: &place)
    return unsafe UnsafePointer(scratch)
  }
}

// Counting what two sets share.
extension RowSet {
  /// How many rows are in both. Allocates nothing.
  public func sharedCount(with other: RowSet) -> Int {
    precondition(rowCount == other.rowCount, "sets of different tables")
    return switch (form, other.form) {
    case (.words(let a, _), .words(let b, _)):
      unsafe WordKernel.sharedCount(a.pointer, b.pointer, count: a.count)
    case (.rows(let a), .rows(let b)): SortedKernel.sharedCount(a, b)
    case (.runs(let a, _), .runs(let b, _)): SortedKernel.sharedCountOfRuns(a, b)
    case (.rows(let rows), .words(let words, _)), (.words(let words, _), .rows(let rows)):
      SortedKernel.probeCount(rows, in: words)
    case (.rows(let rows), .runs(let edges, _)), (.runs(let edges, _), .rows(let rows)):
      SortedKernel.probeCount(rows, inRuns: edges)
    case (.words, .runs(let edges, _)): count(inRuns: edges)
    case (.runs(let edges, _), .words): other.count(inRuns: edges)
    }
  }

  private func count(inRuns edges: Memory<UInt32>) -> Int {
    let edges = edges.span
    var n = 0
    for place in stride(from: 0, to: edges.count, by: 2) {
      n += count(in: Int(edges[place])..<Int(edges[place + 1]))
    }
    return n
  }
}

// Many sets at once.
extension RowSet {
  /// What is in any of the sets, each of which is read once.
  public static func union(_ sets: [RowSet], rowCount: Int) -> RowSet {
    precondition(sets.allSatisfy { $0.rowCount == rowCount }, "sets of different tables")
    if let full = sets.first(where: \.isFull) { return full }
    let sets = sets.filter { !$0.isEmpty }
    let small = sets.reduce(0) { $0 + $1.byteCount }
    if sets.count <= 2 || small * 4 <= (rowCount + 63) >> 6 * 8 {
      return pairwise(sets[...], rowCount: rowCount)
    }
    var places = sets.map { _ in 0 }
    return unsafe RowSet(rowCount: rowCount) { block, out in
      unsafe out.initialize(repeating: 0, count: block.count)
      for (index, set) in sets.enumerated() {
        unsafe set.or(into: out, words: block, from: &places[index])
      }
      return unsafe WordKernel.count(out, count: block.count)
    }.settled()
  }

  /// Neighbours first, so that small sets are merged with small ones.
  private static func pairwise(_ sets: ArraySlice<RowSet>, rowCount: Int) -> RowSet {
    guard let first = sets.first else { return RowSet(rowCount: rowCount) }
    guard sets.count > 1 else { return first }
    let half = sets.startIndex + sets.count / 2
    return pairwise(sets[..<half], rowCount: rowCount)
      .union(pairwise(sets[half...], rowCount: rowCount))
  }
}
