// Rows and runs laid out in words of which the first is `range.lowerBound` of the table.
extension SortedKernel {
  /// Gives the place of the first row behind the words.
  @unsafe
  static func setRows(
    _ rows: Memory<UInt32>, from first: Int, in words: UnsafeMutablePointer<UInt64>,
    words range: Range<Int>
  ) -> Int {
    let source = unsafe rows.pointer
    var place = first
    while unsafe place < rows.count && Int(source[place]) < range.upperBound << 6 {
      let row = unsafe Int(source[place])
      unsafe words[row >> 6 - range.lowerBound] |= 1 << UInt64(row & 63)
      place += 1
    }
    return place
  }

  /// Sets, clears or turns the bits of some of the rows, and tells how many more bits are set now.
  @unsafe
  static func change(
    _ operation: SetOperation, _ rows: Memory<UInt32>, _ places: Range<Int>,
    in words: UnsafeMutablePointer<UInt64>, from first: Int
  ) -> Int {
    let source = unsafe rows.pointer
    let turned = (operation.keepsRight ? 1 : 0 as UInt64) | (operation.keepsBoth ? 0 : 2)
    var more = 0
    for place in places {
      let row = unsafe Int(source[place]) - (first << 6)
      let word = unsafe words[row >> 6]
      let isSet = word >> UInt64(row & 63) & 1
      let turn = turned >> isSet & 1
      unsafe words[row >> 6] = word ^ turn << UInt64(row & 63)
      more &+= Int(turn) &* (1 &- 2 &* Int(isSet))
    }
    return more
  }

  /// Gives the place of the first run that ends behind the words.
  @unsafe
  static func setRuns(
    _ edges: Memory<UInt32>, from first: Int, in words: UnsafeMutablePointer<UInt64>,
    words range: Range<Int>
  ) -> Int {
    let (start, end) = (range.lowerBound << 6, range.upperBound << 6)
    let edges = edges.span
    var place = first
    while place < edges.count && Int(edges[place]) < end {
      let run = max(Int(edges[place]), start)..<min(Int(edges[place + 1]), end)
      unsafe WordKernel.set(run.lowerBound - start..<run.upperBound - start, in: words)
      if Int(edges[place + 1]) > end { break }
      place += 2
    }
    return place
  }
}
