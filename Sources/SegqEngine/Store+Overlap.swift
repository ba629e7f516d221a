public import SegqRecords

extension Store {
  /// A row for each pair of the segments at `places`: their sizes, what they share, and the Jaccard
  /// index (shared by either). O(pairs × customers / 64).
  public static func overlap(_ segments: [Segment], _ places: [Int], customers: Int) -> Table {
    var rows: [[Value]] = []
    let empty = RowSet(rowCount: customers)
    for (i, a) in places.enumerated() {
      for b in places[(i + 1)...] {
        let (x, y) = (segments[a], segments[b])
        let (m, n) = (x.memberCount ?? 0, y.memberCount ?? 0)
        let shared = (x.members ?? empty).sharedCount(with: y.members ?? empty)
        let either = m + n - shared
        rows.append([
          .integer(Int64(x.id)), .text(x.name), .integer(Int64(y.id)), .text(y.name),
          .integer(Int64(m)), .integer(Int64(n)), .integer(Int64(shared)),
          either == 0 ? .null : .decimal(.ratio(shared, either)),
        ])
      }
    }
    return Table.of(rows, overlapFields, name: "overlap", hidden: ["name_a", "name_b"])
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
