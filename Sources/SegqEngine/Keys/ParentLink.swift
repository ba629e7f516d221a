/// How the rows of a child table are linked to those of its parent.
public struct ParentLink: Sendable {
  public let table: Table
  /// The child's columns that name the parent's rows.
  package let key: LinkKey
  /// The rows of parent row `p` are `offsets[p]..<offsets[p + 1]`; those behind the last are linked to
  /// nothing (a guest's orders).
  package let offsets: Memory<Int32>

  /// `rows` has the parent's row of each row, ascending, and −1 behind them where there is none.
  init(table: Table, key: LinkKey, sortedRows rows: [Int32]) {
    var counts = [Int32](repeating: 0, count: table.rowCount + 1)
    for row in rows where row >= 0 { counts[Int(row) + 1] += 1 }
    for i in 1..<max(1, counts.count) { counts[i] += counts[i - 1] }
    self.init(table: table, key: key, offsets: Memory(counts))
  }

  /// A link as it was stored.
  package init(table: Table, key: LinkKey, offsets: Memory<Int32>) {
    self.table = table
    self.key = key
    self.offsets = offsets
  }

  /// A parent that lends its names and has no rows for those of the child.
  init(naming table: Table) {
    self.init(table: table, key: LinkKey(), offsets: Memory([]))
  }
}
