import SegqRecords

extension Store {
  /// Who a refresh would bring in (`joins`) and who it would drop (`leaves`), each by the customers'
  /// order, with the customers' columns behind:
  ///
  /// ```
  ///  change │ ID │ Name …
  /// ────────┼────┼───────
  ///  joins  │ 12 │ Jane Doe
  ///  leaves │  7 │ Zoë Müller
  /// ```
  /// O(changes).
  public static func drift(of customers: Table, stored: RowSet, now: RowSet) -> Table {
    let (joining, leaving) = (now.subtracting(stored).rows, stored.subtracting(now).rows)
    let rows = joining + leaving
    let codes =
      [Int32](repeating: 0, count: joining.count) + [Int32](repeating: 1, count: leaving.count)
    let change = Column(
      Field(name: "change", header: "change", type: .text),
      ColumnVector(type: .text, storage: .coded(codes, TextVector(["joins", "leaves"]))))
    let own = customers.columns.map {
      Column($0.field, $0.values.gathered(rows), isList: $0.isList, isShown: $0.isShown)
    }
    return Table(
      name: "drift", columns: [change] + own, rowCount: rows.count,
      aliases: customers.aliases.mapValues { $0 + 1 },
      shownColumns: [0] + customers.shownColumns.map { $0 + 1 })
  }
}
