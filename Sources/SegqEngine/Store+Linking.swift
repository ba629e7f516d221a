extension Store {
  /// Hangs a table that hung on nothing on the rows of another, by its column with their ids; how many
  /// of its rows name none of them. Nil where it was interrupted, and the store is of no use.
  public mutating func link(
    _ child: Table, to parent: Table, by key: LinkKey, _ execution: Execution
  ) -> Int? {
    var builder = TableBuilder(rebuilding: child)
    builder.parent = (parent, key)
    guard let linked = builder.build(execution), replace(linked, execution) else { return nil }
    // Parents before their children.
    let places = tables.enumerated().sorted {
      ($0.element.depth, $0.offset) < ($1.element.depth, $1.offset)
    }
    tables = places.map(\.element)
    return builder.orphanCount
  }
}

extension Table {
  /// 0 for customers, which are the first.
  fileprivate var depth: Int { name == "customers" ? 0 : 1 + (parent?.table.depth ?? 0) }
}
