import SegqRecords

/// How the rows of a table lie as they were read: whose they are, and what order they are in.
///
/// It is found out for each row group by itself, and joined.
struct RowLayout: Sendable {
  /// The parent's row of each row; −1 where it has none. Empty where the table hangs on nothing.
  private(set) var parents: [Int32] = []
  /// How many rows name a parent that is not there.
  private(set) var orphanCount = 0

  private var ids = Ascent()
  private var owned = Ascent()
  private var loose = Ascent()
  /// A row without a parent comes before one that has one.
  private var isMixed = false

  /// Whether keys ascend, which may repeat.
  private struct Ascent: Sendable {
    private var first: (parent: Int32, id: Int64)?
    private var last: (parent: Int32, id: Int64)?
    private(set) var holds = true

    var isEmpty: Bool { last == nil }

    mutating func add(_ parent: Int32, _ id: Int64) {
      if let last {
        if (parent, id) < last { holds = false }
      } else {
        first = (parent, id)
      }
      last = (parent, id)
    }

    mutating func join(_ next: Ascent) {
      if let last, let other = next.first, other < last { holds = false }
      holds = holds && next.holds
      first = first ?? next.first
      last = next.last ?? last
    }
  }

  /// Looks at neighbouring rows. `keys` name the rows of the parent that `index` knows.
  init(_ rows: Range<Int>, ids: PackedNumbers?, keys: StoredColumn?, _ index: KeyIndex?) {
    var own: [Int64] = []
    ids?.append(rows, to: &own)
    guard let index, let keys, let numbers = keys.numbers else {
      for id in own { self.ids.add(0, id) }
      return
    }
    find(rows, numbers, keys.nulls, index)
    if own.isEmpty { own = Array(repeating: 0, count: rows.count) }
    for (parent, id) in zip(parents, own) {
      self.ids.add(0, id)
      if parent < 0 {
        loose.add(0, id)
      } else {
        isMixed = isMixed || !loose.isEmpty
        owned.add(parent, id)
      }
    }
  }

  private mutating func find(
    _ rows: Range<Int>, _ keys: PackedNumbers, _ nulls: Bitmap?, _ index: KeyIndex
  ) {
    var wanted: [Int64] = []
    keys.append(rows, to: &wanted)
    parents = index.rows(of: wanted)
    guard let nulls else {
      orphanCount = parents.count { $0 < 0 }
      return
    }
    // What is stored for a null is no id.
    for i in parents.indices {
      if nulls[rows.lowerBound + i] {
        parents[i] = -1
      } else if parents[i] < 0 {
        orphanCount += 1
      }
    }
  }

  /// Adds what was found out of the rows behind these.
  mutating func join(_ next: RowLayout) {
    isMixed = isMixed || next.isMixed || !loose.isEmpty && !next.owned.isEmpty
    parents += next.parents
    orphanCount += next.orphanCount
    ids.join(next.ids)
    owned.join(next.owned)
    loose.join(next.loose)
  }

  mutating func reserve(_ count: Int) { parents.reserveCapacity(count) }

  /// The order in which the rows are to lie: by parent, those without one last, within a parent by
  /// id. Nil where they lie so already.
  func order(count: Int, ids: PackedNumbers?, parentCount: Int) -> [Int32]? {
    if parents.isEmpty {
      return self.ids.holds ? nil : Self.order(of: ids, count: count)
    }
    if owned.holds, loose.holds { return isMixed ? looseLast() : nil }
    let rows = self.ids.holds ? nil : Self.order(of: ids, count: count)
    return RowOrder.byParent(parents, parentCount: parentCount, first: rows)
  }

  private static func order(of ids: PackedNumbers?, count: Int) -> [Int32] {
    var order = RowOrder(count: count)
    if let ids { order.sort(by: ids.numbers.map(\.sortKey)) }
    return order.rows
  }

  private func looseLast() -> [Int32] {
    var order: [Int32] = []
    order.reserveCapacity(parents.count)
    for row in parents.indices where parents[row] >= 0 { order.append(Int32(row)) }
    for row in parents.indices where parents[row] < 0 { order.append(Int32(row)) }
    return order
  }
}
