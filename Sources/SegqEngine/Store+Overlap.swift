public import SegqRecords

extension Store {
  /// A row for each pair of the segments at `places`: their sizes, what they share, and the Jaccard
  /// index (shared by either). O(pairs × customers / 64), on all cores.
  public func overlap(_ places: [Int], _ execution: Execution) throws(EngineError) -> Table {
    let empty = RowSet(rowCount: customers?.rowCount ?? 0)
    let segments = places.map { self.segments[$0] }
    let rows = try Evaluator(execution).map(segments.count) { (_, i) throws(EngineError) in
      segments[(i + 1)...].map { Self.pair(segments[i], $0, empty) }
    }
    return Table.of(
      Array(rows.joined()), Self.overlapFields, name: "overlap", hidden: ["name_a", "name_b"])
  }

  private static func pair(_ a: Segment, _ b: Segment, _ empty: RowSet) -> [Value] {
    let (m, n) = (a.memberCount ?? 0, b.memberCount ?? 0)
    let shared = (a.members ?? empty).sharedCount(with: b.members ?? empty)
    let either = m + n - shared
    return [
      .integer(Int64(a.id)), .text(a.name), .integer(Int64(b.id)), .text(b.name),
      .integer(Int64(m)), .integer(Int64(n)), .integer(Int64(shared)),
      either == 0 ? .null : .decimal(.ratio(shared, either)),
    ]
  }

  /// Customers only in the first, in both, and only in the second, with their part of all three.
  public static func comparison(
    _ a: RowSet, _ b: RowSet, called names: (String, String)
  ) -> Table {
    let both = a.sharedCount(with: b)
    let parts = [a.count - both, both, b.count - both]
    let all = parts.reduce(0, +)
    let labels = ["only \(names.0)", "both", "only \(names.1)"]
    let rows = zip(labels, parts).map { label, count -> [Value] in
      [
        .text(label), .integer(Int64(count)),
        all == 0 ? .null : .decimal(.ratio(count, all)),
      ]
    }
    return Table.of(rows, comparisonFields, name: "comparison")
  }

  public static let overlapFields = [
    Field(name: "a", header: "a", type: .integer),
    Field(name: "name_a", header: "name_a", type: .text),
    Field(name: "b", header: "b", type: .integer),
    Field(name: "name_b", header: "name_b", type: .text),
    Field(name: "customers_a", header: "customers_a", type: .integer),
    Field(name: "customers_b", header: "customers_b", type: .integer),
    Field(name: "shared", header: "shared", type: .integer),
    Field(name: "jaccard", header: "jaccard", type: .decimal),
  ]

  public static let comparisonFields = [
    Field(name: "part", header: "part", type: .text),
    Field(name: "customers", header: "customers", type: .integer),
    Field(name: "share", header: "share", type: .decimal),
  ]
}

extension Table {
  /// A table of rows that are known already.
  public static func of(
    _ rows: [[Value]], _ fields: [Field], name: String, hidden: Set<String> = []
  ) -> Table {
    let columns = fields.enumerated().map { i, field in
      Column(
        field, ColumnVector(rows.map { $0[i] }, type: field.type),
        isShown: !hidden.contains(field.name))
    }
    return Table(name: name, columns: columns, rowCount: rows.count)
  }
}

extension Decimal {
  /// A part of a whole that is not 0, to four places.
  static func ratio(_ part: Int, _ whole: Int) -> Decimal {
    let units = Rounding.divide(Int128(part) * Int128(scale), Int128(whole))
    return Decimal(units: Int64(clamping: units))
  }
}
