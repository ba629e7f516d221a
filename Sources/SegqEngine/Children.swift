import CKernels
import SegqRecords

/// The children of neighbouring rows, which are neighbours too.
struct Children {
  let parents: Range<Int>
  private let path: [Table]
  /// Those of all the rows.
  let rows: Range<Int>
  /// Where the children of each row begin among them, and behind the last where they end.
  private let starts: [Int32]
  /// Which rows have children, and which of these are the last of a row; once somebody has asked.
  private var marks: (parents: [UInt64], ends: [UInt64])?

  /// Along a path of any length: a customer's items are those of the orders that are neighbours.
  init(of parents: Range<Int>, path: [Table]) {
    guard let link = path.first?.parent else {
      preconditionFailure("a path goes from a table to its children")
    }
    var starts = link.offsets.array(parents.lowerBound..<parents.upperBound + 1)
    for child in path.dropFirst() {
      guard let next = child.parent else { preconditionFailure("\(child.name) hangs on nothing") }
      let offsets = next.offsets.span
      for i in starts.indices { starts[i] = offsets[Int(starts[i])] }
    }
    let first = starts[0]
    rows = Int(first)..<Int(starts[starts.count - 1])
    for i in starts.indices { starts[i] &-= first }
    self.parents = parents
    self.path = path
    self.starts = starts
  }

  var table: Table { path[path.count - 1] }

  func are(of parents: Range<Int>, _ path: [Table]) -> Bool {
    self.parents == parents && self.path.elementsEqual(path, by: ===)
  }

  /// How many of the children of each row are set; of all children without a mask.
  func counts(_ mask: Bitmap?) -> [Int64] {
    guard let mask else { return zip(starts, starts.dropFirst()).map { Int64($1 &- $0) } }
    let padded = mask.padded
    return unsafe numbers { out in unsafe segq_child_counts(padded, starts, parents.count, out) }
  }

  /// Which rows have a child that is set.
  mutating func any(_ mask: Bitmap?) -> Bitmap {
    let marks = marks ?? Self.marks(starts, childCount: rows.count)
    self.marks = marks
    let mask = mask ?? Bitmap(count: rows.count, filledWith: true)
    let padded = mask.padded
    var found = marks.parents.map { _ in UInt64(0) }
    unsafe segq_child_any(padded, starts, parents.count, marks.ends, marks.parents, &found)
    return Bitmap(words: found, count: parents.count)
  }

  /// The sums of the set children of each row; nil where one might leave 64 bits on the way.
  ///
  /// As differences of running sums, in which only those that are set come.
  func sums(_ values: [Int64], _ mask: Bitmap?) -> [Int64]? {
    let mask = mask ?? Bitmap(count: rows.count, filledWith: true)
    let padded = mask.padded
    var isExact = true
    let sums = unsafe numbers { sums in
      unsafe withUnsafeTemporaryAllocation(of: Int64.self, capacity: mask.setCount + 1) { running in
        guard let running = running.baseAddress else { return }
        isExact = unsafe segq_child_sums(
          padded, mask.words.count, starts, parents.count, values, running, sums)
      }
    }
    return isExact ? sums : nil
  }

  /// The least or greatest of the set children; what is given for none is of no meaning.
  func extremes(_ values: [Int64], _ mask: Bitmap?, isMinimum: Bool) -> [Int64] {
    isMinimum
      ? each(mask, from: .max) { min($0, values[$1]) }
      : each(mask, from: .min) { max($0, values[$1]) }
  }

  /// Goes through the set children of each row.
  @inline(__always)
  private func each(
    _ mask: Bitmap?, from start: Int64, _ body: (Int64, Int) -> Int64
  ) -> [Int64] {
    var first = Int(starts[0])
    return starts.dropFirst().map { end in
      var result = start
      for row in first..<Int(end) where mask?[row] ?? true { result = body(result, row) }
      first = Int(end)
      return result
    }
  }

  private static func marks(
    _ starts: [Int32], childCount: Int
  ) -> (parents: [UInt64], ends: [UInt64]) {
    var parents = [UInt64](repeating: 0, count: (starts.count + 62) >> 6)
    var ends = [UInt64](repeating: 0, count: (childCount + 63) >> 6)
    unsafe segq_child_ends(starts, starts.count - 1, &parents, &ends)
    return (parents, ends)
  }

  /// One for each row, which a kernel writes.
  private func numbers(_ write: (UnsafeMutablePointer<Int64>) -> Void) -> [Int64] {
    unsafe [Int64](unsafeUninitializedCapacity: parents.count) { buffer, count in
      if let start = buffer.baseAddress { unsafe write(start) }
      count = parents.count
    }
  }
}

extension Bitmap {
  /// With the words of zeros behind it that the kernels over children read.
  fileprivate var padded: [UInt64] { words + [0, 0] }
}
