public import SegqRecords

// What is in the set.
extension RowSet {
  /// Calls `body` with each row of the set, ascending.
  public func forEach(_ body: (Int) -> Void) {
    switch form {
    case .words(let words, _):
      for index in 0..<words.count {
        var rest = words.span[index]
        while rest != 0 {
          body(index << 6 | rest.trailingZeroBitCount)
          rest &= rest &- 1
        }
      }
    case .rows(let rows):
      for place in 0..<rows.count { body(Int(rows.span[place])) }
    case .runs(let edges, _):
      for place in stride(from: 0, to: edges.count, by: 2) {
        for row in edges.span[place]..<edges.span[place + 1] { body(Int(row)) }
      }
    }
  }

  /// The same rows in a table of `count` rows, in which row `i` lies at `places[i]`; at −1 it is
  /// gone.
  func moved(to places: [Int32], of count: Int) -> RowSet {
    var moved = Bitmap(count: count)
    forEach { row in if places[row] >= 0 { moved[Int(places[row])] = true } }
    return RowSet(moved)
  }

  /// The rows of the set, ascending.
  public var rows: [Int32] { rows(0..<count) }

  /// The rows of the set that come at these places when all are in their order: of the set 3, 7, 9
  /// the rows at 1..<3 are 7, 9. O(what is asked for), and at most 65,536 rows are skipped.
  public func rows(_ positions: Range<Int>) -> [Int32] {
    precondition(0 <= positions.lowerBound && positions.upperBound <= count, "not so many rows")
    return unsafe [Int32](unsafeUninitializedCapacity: positions.count) { out, filled in
      guard let start = out.baseAddress, !positions.isEmpty else { return }
      unsafe start.withMemoryRebound(to: UInt32.self, capacity: positions.count) { start in
        unsafe copyRows(positions, to: start)
      }
      filled = positions.count
    }
  }

  /// Writes the rows at these places.
  @unsafe
  func copyRows(_ positions: Range<Int>, to out: UnsafeMutablePointer<UInt32>) {
    switch form {
    case .words(let words, let ranks):
      let block = ranks.span.countUpTo(UInt32(positions.lowerBound)) - 1
      unsafe WordKernel.copyRows(
        words.pointer, min(block * Self.blockSize, words.count)..<words.count,
        skipping: positions.lowerBound - Int(ranks.span[block]), count: positions.count, to: out)
    case .rows(let rows):
      unsafe out.initialize(from: rows.pointer + positions.lowerBound, count: positions.count)
    case .runs(let edges, let ranks):
      let block = ranks.span.countUpTo(UInt32(positions.lowerBound)) - 1
      unsafe SortedKernel.copyRows(
        edges.pointer, min(block * Self.blockSize, edges.count)..<edges.count,
        skipping: positions.lowerBound - Int(ranks.span[block]), count: positions.count, to: out)
    }
  }
}

// What is in the set of a range of rows.
extension RowSet {
  /// A bit for each row of the table.
  public var bitmap: Bitmap { slice(0..<rowCount) }

  /// A bit for each of these rows, which begin at a multiple of 64. O(words).
  public func slice(_ rows: Range<Int>) -> Bitmap {
    precondition(rows.lowerBound & 63 == 0, "a slice begins with a word")
    precondition(0 <= rows.lowerBound && rows.upperBound <= rowCount, "no such rows")
    let words = rows.lowerBound >> 6..<(rows.upperBound + 63) >> 6
    let bits = unsafe [UInt64](unsafeUninitializedCapacity: words.count) { out, filled in
      guard let start = out.baseAddress, !words.isEmpty else { return }
      unsafe write(words, to: start)
      filled = words.count
    }
    return Bitmap(words: bits, count: rows.count)
  }

  /// Writes words of the set that there are.
  @unsafe
  func write(_ range: Range<Int>, to out: UnsafeMutablePointer<UInt64>) {
    switch form {
    case .words(let words, _):
      unsafe out.initialize(from: words.pointer + range.lowerBound, count: range.count)
    case .rows, .runs:
      unsafe out.initialize(repeating: 0, count: range.count)
      unsafe or(into: out, words: range)
    }
  }

  /// Sets the bits of the rows of the set from `row` on, a multiple of 64, in as many words as there
  /// are; what else is set in them stays.
  public func or(into words: inout MutableSpan<UInt64>, from row: Int) {
    precondition(row >= 0 && row & 63 == 0, "a slice begins with a word")
    let last = min(row >> 6 + words.count, (rowCount + 63) >> 6)
    guard row >> 6 < last else { return }
    unsafe words.withUnsafeMutableBufferPointer { words in
      guard let start = words.baseAddress else { return }
      unsafe or(into: start, words: row >> 6..<last)
    }
  }

  /// The same for words of the set that there are.
  @unsafe
  func or(into out: UnsafeMutablePointer<UInt64>, words range: Range<Int>) {
    var place = 0
    unsafe or(into: out, words: range, from: &place)
  }

  /// The same for one who goes on with the next words: `place` tells how many rows or edges lie
  /// before.
  @unsafe
  func or(into out: UnsafeMutablePointer<UInt64>, words range: Range<Int>, from place: inout Int) {
    let start = UInt32(range.lowerBound << 6)
    switch form {
    case .words(let words, _):
      unsafe WordKernel.or(words.pointer + range.lowerBound, into: out, count: range.count)
    case .rows(let rows):
      place = rows.span.countBelow(start, from: place)
      place = unsafe SortedKernel.setRows(rows, from: place, in: out, words: range)
    case .runs(let edges, _):
      place = edges.span.countUpTo(start, from: place) & ~1
      place = unsafe SortedKernel.setRuns(edges, from: place, in: out, words: range)
    }
  }

  /// How many of these rows are in the set. O(log n), and at most 65,536 rows are counted.
  public func count(in rows: Range<Int>) -> Int {
    precondition(0 <= rows.lowerBound && rows.upperBound <= rowCount, "no such rows")
    if case .words(let words, _) = form, rows.count < Self.blockSize << 6 {
      return unsafe WordKernel.count(words.pointer, in: rows)
    }
    return rank(rows.upperBound) - rank(rows.lowerBound)
  }

  /// Whether all rows of a block are in the set, or none; nil if some are. O(1) among words, else
  /// O(log n).
  func content(of block: Range<Int>) -> Bool? {
    let rows = rows(of: block)
    switch form {
    case .words(_, let ranks):
      let place = block.lowerBound / Self.blockSize
      let count = Int(ranks.span[place + 1] - ranks.span[place])
      return count == 0 ? false : count == rows.count ? true : nil
    case .rows: return count(in: rows) == 0 ? false : nil
    case .runs(let edges, _):
      let place = edges.span.countUpTo(UInt32(rows.lowerBound))
      let isMixed = place < edges.count && Int(edges.span[place]) < rows.upperBound
      return isMixed ? nil : place & 1 != 0
    }
  }

  func rows(of words: Range<Int>) -> Range<Int> {
    words.lowerBound << 6..<min(words.upperBound << 6, rowCount)
  }

  /// How many rows before `row` are in the set.
  private func rank(_ row: Int) -> Int {
    switch form {
    case .words(let words, let ranks):
      let block = row >> 6 / Self.blockSize
      let start = block * Self.blockSize << 6
      let counted = unsafe WordKernel.count(words.pointer, in: start..<row)
      return Int(ranks.span[block]) + counted
    case .rows(let rows): return rows.span.countBelow(UInt32(row))
    case .runs(let edges, let ranks):
      let place = edges.span.countUpTo(UInt32(row))
      let block = place / Self.blockSize
      return Int(ranks.span[block])
        + SortedKernel.count(edges.span, in: block * Self.blockSize..<place, below: row)
    }
  }
}
