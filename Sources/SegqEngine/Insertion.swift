import SegqRecords

/// Where new rows go among those of a table, which stay in their order.
///
/// A customer has the orders 9, 10 and 11: for two more of theirs `before` is 12, 12.
public struct Insertion: Sendable {
  /// The new rows in the order in which they will lie, each as its place among those that were read.
  let rows: [Int32]
  /// How many rows of the table lie before each of them; ascending.
  let before: [Int32]
  /// The parent's row of each, −1 where it has none. Empty where the table hangs on nothing.
  let parents: [Int32]
  /// How many rows the table had.
  let oldCount: Int

  /// How many it has then.
  var count: Int { oldCount + rows.count }

  /// Rows that were read for a table: those of a parent come behind the parent's others by their ids,
  /// those without one last. O(log n) for each.
  init(into table: Table, ids: [Int64]?, keys: ColumnVector?, count: Int) {
    let link = table.parent
    var parents = keys.flatMap { keys in
      link?.table.index?.rows(of: keys)
    }
    var order = RowOrder(count: count)
    if let ids { order.sort(by: ids.map(\.sortKey)) }
    if let parents { order.sort(by: parents.map { UInt64(UInt32(bitPattern: $0)) }) }
    rows = order.rows
    parents = parents.map { parents in order.rows.map { parents[Int($0)] } }
    self.parents = parents ?? []
    oldCount = table.rowCount
    let known = ids == nil ? nil : table.idColumn.flatMap { table.columns[$0].values.numbers }
    var least: Int32 = 0
    before = order.rows.enumerated().map { place, row in
      let range =
        parents.flatMap { link?.rows(of: $0[place], count: table.rowCount) }
        ?? 0..<Int32(truncatingIfNeeded: table.rowCount)
      let place = ids.flatMap { known?.place(behind: $0[Int(row)], in: range) } ?? range.upperBound
      least = max(least, place)
      return least
    }
  }

  /// Each stretch of old rows that stay neighbours, and the new ones behind it. The stretch is moved
  /// by as many rows as `new` begins with, and these by as many as the stretch ends with.
  @inline(__always)
  func forEachStretch(_ body: (_ old: Range<Int>, _ new: Range<Int>) -> Void) {
    var (old, new) = (0, 0)
    while old < oldCount || new < before.count {
      let end = new < before.count ? Int(before[new]) : oldCount
      var last = new
      while last < before.count, Int(before[last]) == end { last += 1 }
      body(old..<end, new..<last)
      (old, new) = (end, last)
    }
  }

  /// The rows by their places in the table with those that were read behind it.
  var order: [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(count)
    forEachStretch { old, new in
      for row in old { order.append(Int32(truncatingIfNeeded: row)) }
      for place in new { order.append(Int32(truncatingIfNeeded: oldCount) + rows[place]) }
    }
    return order
  }

  /// Where each row of the table lies then.
  var places: [Int32] {
    var places: [Int32] = []
    places.reserveCapacity(oldCount)
    forEachStretch { old, new in
      for row in old { places.append(Int32(truncatingIfNeeded: row + new.lowerBound)) }
    }
    return places
  }

  /// The values of a table with new ones among them, in the order of ``rows``. O(n), as fast as memory
  /// is copied.
  func merged<Element>(_ old: Memory<Element>, _ new: [Element]) -> Memory<Element> {
    unsafe Memory(writing: count) { out in
      forEachStretch { stretch, added in
        unsafe old.copy(stretch, to: out + stretch.lowerBound + added.lowerBound)
        for place in added { unsafe out[stretch.upperBound + place] = new[place] }
      }
    }
  }
}

extension ParentLink {
  /// The rows that hang on a row of the parent; of −1 those of so many that hang on none.
  fileprivate func rows(of parent: Int32, count: Int) -> Range<Int32> {
    guard parent < 0 else { return children(of: Int(parent)) }
    let offsets = offsets.span
    return offsets[offsets.count - 1]..<Int32(truncatingIfNeeded: count)
  }

  /// The link of the table with rows among its own.
  func inserting(_ insertion: Insertion) -> ParentLink {
    let count = offsets.count
    let grown = unsafe Memory<Int32>(writing: count) { out in
      unsafe offsets.copy(0..<count, to: out)
      var (next, added) = (0, Int32(0))
      for parent in insertion.parents.lazy.filter({ $0 >= 0 }).map({ Int($0) }) + [count - 1] {
        for place in next..<parent + 1 { unsafe out[place] &+= added }
        (next, added) = (parent + 1, added + 1)
      }
    }
    return ParentLink(table: table, key: key, offsets: grown)
  }

  /// The same rows on a parent with rows among its own, on which none of them hang. The offsets stay
  /// where they are if there are no such rows.
  func on(_ parent: Table, _ insertion: Insertion?) -> ParentLink {
    guard let insertion else { return ParentLink(table: parent, key: key, offsets: offsets) }
    let source = offsets.span
    let grown = unsafe Memory<Int32>(writing: insertion.count + 1) { out in
      insertion.forEachStretch { old, new in
        unsafe offsets.copy(old, to: out + old.lowerBound + new.lowerBound)
        for place in new { unsafe out[old.upperBound + place] = source[old.upperBound] }
      }
      unsafe out[insertion.count] = source[insertion.oldCount]
    }
    return ParentLink(table: parent, key: key, offsets: grown)
  }
}

extension PackedNumbers {
  /// Behind those of these rows that are not greater; they ascend.
  fileprivate func place(behind number: Int64, in rows: Range<Int32>) -> Int32 {
    var (low, high) = (rows.lowerBound, rows.upperBound)
    while low < high {
      let middle = low + (high - low) / 2
      if self[Int(middle)] <= number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
