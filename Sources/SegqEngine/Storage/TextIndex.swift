import SegqRecords

/// Finds the rows that may hold a text, in either case of its letters, without a look at the others:
/// each row that is not null lies in the bucket that the hash of its folded text names.
///
/// Made once a column, on all cores, in two steps that stay in their caches: the rows of each row group
/// are sorted into parts of 65,536 buckets, and then each part by its buckets.
package struct TextIndex: Sendable {
  /// Where each bucket begins, and where the last ends. There are 2ⁿ buckets.
  package let starts: Memory<UInt32>
  /// Bucket behind bucket; in each they ascend.
  package let rows: Memory<UInt32>

  /// As it was stored; nil where the parts don't fit together.
  package init?(starts: Memory<UInt32>, rows: Memory<UInt32>) {
    let count = starts.count - 1
    guard count > 0, count & (count - 1) == 0 else { return nil }
    (self.starts, self.rows) = (starts, rows)
  }

  /// Nil where it was interrupted.
  init?(_ heap: TextHeap, nulls: NullRows?, _ execution: Execution) {
    let bucketCount = Self.bucketCount(rowCount: heap.count)
    let groups = stride(from: 0, to: heap.count, by: RowSelection.groupSize)
      .map { $0..<min($0 + RowSelection.groupSize, heap.count) }
    guard
      let sorted = execution.map(groups, { Group(heap, $0, nulls, bucketCount: bucketCount) }),
      let parts = execution.map(
        Array(0..<Group.partCount(bucketCount)),
        { Part($0, of: sorted, size: min(bucketCount, Group.partSize)) })
    else { return nil }
    rows = Memory(count: parts.reduce(0) { $0 + $1.rows.count }) { out in
      for part in parts { for row in part.rows { out.append(row) } }
    }
    starts = Memory(count: bucketCount + 1) { out in
      var first: UInt32 = 0
      for part in parts {
        for start in part.starts { out.append(first &+ start) }
        first &+= UInt32(truncatingIfNeeded: part.rows.count)
      }
      out.append(first)
    }
  }

  /// Four to eight rows a bucket.
  private static func bucketCount(rowCount: Int) -> Int {
    var count = 1
    while count * 8 < rowCount { count *= 2 }
    return count
  }

  /// The rows of a folded text, and some others whose hash is like its own; ascending.
  func candidates(for folded: [UInt8]) -> [Int32] {
    let text = TextHeap([folded])
    let bucket = Int(truncatingIfNeeded: text.hash(text.range(0), isExact: false))
    let (starts, rows) = (starts.span, rows.span)
    let place = bucket & (starts.count - 2)
    let end = min(Int(starts[place + 1]), rows.count)
    return (min(Int(starts[place]), end)..<end).map { Int32(truncatingIfNeeded: rows[$0]) }
  }

  /// The rows of a group, those of a part together.
  private struct Group: Sendable {
    /// The bucket in its part, and below it, in 16 bits, the row in its group.
    var codes: [UInt32]
    /// Where each part begins, and where the last ends.
    var starts: [Int]

    static let partSize = 1 << 16

    static func partCount(_ bucketCount: Int) -> Int { max(1, bucketCount / partSize) }

    init(_ heap: TextHeap, _ rows: Range<Int>, _ nulls: NullRows?, bucketCount: Int) {
      let buckets = Self.buckets(heap, rows, nulls, mask: UInt64(bucketCount - 1))
      var places = [Int](repeating: 0, count: Self.partCount(bucketCount) + 1)
      for bucket in buckets where bucket != Self.none { places[Int(bucket >> 16) + 1] += 1 }
      for part in 1..<places.count { places[part] += places[part - 1] }
      starts = places
      codes = [UInt32](repeating: 0, count: places[places.count - 1])
      for (row, bucket) in buckets.enumerated() where bucket != Self.none {
        let part = Int(bucket >> 16)
        codes[places[part]] = bucket << 16 | UInt32(truncatingIfNeeded: row)
        places[part] += 1
      }
    }

    /// Of a row that is null; there are not so many buckets.
    private static let none = UInt32.max

    private static func buckets(
      _ heap: TextHeap, _ rows: Range<Int>, _ nulls: NullRows?, mask: UInt64
    ) -> [UInt32] {
      var buckets = rows.map { row in
        UInt32(truncatingIfNeeded: heap.hash(heap.range(row), isExact: false) & mask)
      }
      heap.foreignRows(rows).forEachSet { i in
        var folded: [UInt8] = []
        TextFolding.append(heap.text(rows.lowerBound + i)[...], to: &folded)
        let text = TextHeap([folded])
        let hash = text.hash(text.range(0), isExact: false)
        buckets[i] = UInt32(truncatingIfNeeded: hash & mask)
      }
      nulls?.slice(rows).forEachSet { buckets[$0] = none }
      return buckets
    }
  }

  /// The rows of 65,536 buckets.
  private struct Part: Sendable {
    var starts: [UInt32]
    var rows: [UInt32]

    init(_ part: Int, of groups: [Group], size: Int) {
      var places = [UInt32](repeating: 0, count: size + 1)
      for group in groups {
        for i in group.starts[part]..<group.starts[part + 1] {
          places[Int(group.codes[i] >> 16) + 1] &+= 1
        }
      }
      for bucket in 1...size { places[bucket] &+= places[bucket - 1] }
      starts = Array(places.dropLast())
      rows = [UInt32](repeating: 0, count: Int(places[size]))
      for (number, group) in groups.enumerated() {
        let first = UInt32(truncatingIfNeeded: number * RowSelection.groupSize)
        for i in group.starts[part]..<group.starts[part + 1] {
          let bucket = Int(group.codes[i] >> 16)
          rows[Int(places[bucket])] = first + group.codes[i] & 0xFFFF
          places[bucket] &+= 1
        }
      }
    }
  }
}

extension StoredColumn {
  /// The same texts, with an index by which rows are found; nil where it was interrupted. O(n).
  func indexed(_ execution: Execution) -> StoredColumn? {
    guard case .texts(let heap) = storage, index == nil else { return self }
    guard let index = TextIndex(heap, nulls: nulls, execution) else { return nil }
    var column = self
    column.index = index
    return column
  }

  /// The rows whose text is one of those that the test is for; nil where there is no index to tell, or
  /// it is a test of another kind.
  func rows(passing test: TextTest) -> RowSet? {
    guard let index, case .texts(let heap) = storage, let wanted = test.texts else { return nil }
    let rows = Set(wanted.flatMap { index.candidates(for: $0) }).sorted()
    let known = rows.filter { $0 >= 0 && $0 < heap.count }
    let matches = test.matches(heap, known)
    let passing = known.enumerated().filter { matches[$0.offset] }.map(\.element)
    return RowSet(ascending: passing, rowCount: count)
  }
}

extension [Column] {
  /// Customers are found by their email, too; nil where it was interrupted.
  func findable(in table: String, _ execution: Execution) -> [Column]? {
    guard table == "customers", let place = firstIndex(where: { $0.field.name == "email" }) else {
      return self
    }
    guard let values = self[place].values.indexed(execution) else { return nil }
    var columns = self
    columns[place] = self[place].with(values)
    return columns
  }
}
