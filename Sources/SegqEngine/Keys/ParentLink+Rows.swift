// From the rows of a child table to those of its parent, and back.
extension ParentLink {
  /// The rows that hang on a row of the parent.
  public func children(of parent: Int) -> Range<Int32> {
    let offsets = offsets.span
    return offsets[parent]..<offsets[parent + 1]
  }

  /// The parent's row of each of neighbouring rows; −1 where there is none. One pass.
  func parents(of rows: Range<Int>) -> [Int32] {
    let offsets = offsets.span
    let last = offsets.count - 1
    var parents: [Int32] = []
    parents.append(addingCapacity: rows.count) { out in
      var row = rows.lowerBound
      var parent = row < rows.upperBound ? offsets.parent(of: Int32(row), from: 0) : last
      while row < rows.upperBound {
        let end = parent < last ? min(Int(offsets[parent + 1]), rows.upperBound) : rows.upperBound
        out.append(
          repeating: parent < last ? Int32(truncatingIfNeeded: parent) : -1, count: end - row)
        row = end
        parent += 1
      }
    }
    return parents
  }

  /// The same for rows in any order, which may be −1 themselves. O(log n) each; what ascends is found
  /// near what was found before.
  func parents(of rows: [Int32]) -> [Int32] {
    let offsets = offsets.span
    let last = offsets.count - 1
    var parent = 0
    return rows.map { row in
      guard row >= 0 else { return -1 }
      parent = offsets.parent(of: row, from: parent < last && offsets[parent] <= row ? parent : 0)
      return parent < last ? Int32(truncatingIfNeeded: parent) : -1
    }
  }
}

extension Span where Element == Int32 {
  /// Whose children a row is among, given that it is `start` or behind it; the last offset is
  /// nobody's. O(log of how far).
  fileprivate func parent(of row: Int32, from start: Int) -> Int {
    var (low, step) = (start, 1)
    while low + step < count, self[low + step] <= row {
      low += step
      step <<= 1
    }
    var high = Swift.min(low + step, count)
    while high - low > 1 {
      let middle = (low + high) >> 1
      if self[middle] <= row { low = middle } else { high = middle }
    }
    return low
  }
}

extension Memory {
  /// Neighbouring values.
  func array(_ range: Range<Int>) -> [Element] {
    let values = span
    return range.map { values[$0] }
  }
}
