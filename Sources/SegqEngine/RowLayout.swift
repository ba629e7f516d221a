import SegqRecords

/// How the rows of a table lie as they were read: whose they are, and what order they are in.
///
/// It is found out for each row group by itself, and joined.
struct RowLayout: Sendable {
  /// The parent's row of each row; −1 where it has none. Empty where the table hangs on nothing.
  private(set) var parents: [Int32] = []
  /// How many rows name a parent that is not there.
  private(set) var orphanCount = 0
  /// How many of them have an email that several customers have.
  private(set) var ambiguousCount = 0

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

  /// Looks at neighbouring rows, whose parents `linker` finds.
  init(_ rows: Range<Int>, ids: RowRanks?, _ linker: Linker?) {
    var own: [Int64] = []
    ids?.append(rows, to: &own)
    guard let linker else {
      for id in own { self.ids.add(0, id) }
      return
    }
    let found = linker.parents(of: rows)
    (parents, orphanCount, ambiguousCount) =
      (found.parents, found.orphanCount, found.ambiguousCount)
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

  /// Adds what was found out of the rows behind these.
  mutating func join(_ next: RowLayout) {
    isMixed = isMixed || next.isMixed || !loose.isEmpty && !next.owned.isEmpty
    parents += next.parents
    orphanCount += next.orphanCount
    ambiguousCount += next.ambiguousCount
    ids.join(next.ids)
    owned.join(next.owned)
    loose.join(next.loose)
  }

  mutating func reserve(_ count: Int) { parents.reserveCapacity(count) }

  /// The order in which the rows are to lie: by parent, those without one last, within a parent by
  /// id. Nil where they lie so already.
  func order(count: Int, ids: RowRanks?, parentCount: Int) -> [Int32]? {
    if parents.isEmpty {
      return self.ids.holds ? nil : Self.order(of: ids, count: count)
    }
    if owned.holds, loose.holds { return isMixed ? looseLast() : nil }
    let rows = self.ids.holds ? nil : Self.order(of: ids, count: count)
    return RowOrder.byParent(parents, parentCount: parentCount, first: rows)
  }

  private static func order(of ids: RowRanks?, count: Int) -> [Int32] {
    var order = RowOrder(count: count)
    if let ids { order.sort(by: ids.all.map(\.sortKey)) }
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
