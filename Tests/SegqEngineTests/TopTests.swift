import SegqRecords
import Testing

@testable import SegqEngine

/// Orders, and the first of an order, against sorted rows.
@Suite("The first rows against all rows sorted")
struct TopTests {
  private static let wide = WideTable.shared

  /// Whether one row comes before another; nil where they are alike. Nulls are last both ways.
  private static func order(
    _ name: WideTable.Name, _ isDescending: Bool, _ a: Int32, _ b: Int32
  ) -> Bool? {
    if name.rawValue < WideTable.Name.few.rawValue {
      let numbers = wide.numbers[name.rawValue]
      switch (numbers[Int(a)], numbers[Int(b)]) {
      case (let x?, let y?): return x == y ? nil : (x < y) != isDescending
      case (nil, nil): return nil
      case (let x, _): return x != nil
      }
    }
    let texts = wide.texts[name.rawValue - WideTable.Name.few.rawValue]
    switch (texts[Int(a)], texts[Int(b)]) {
    case (let x?, let y?): return x == y ? nil : TextOrder.precedes(x, y) != isDescending
    case (nil, nil): return nil
    case (let x, _): return x != nil
    }
  }

  struct Key: Sendable {
    var name: WideTable.Name
    var isDescending = false

    var key: SortKey { SortKey(WideTable.column(name), isDescending: isDescending) }
  }

  struct Keys: CustomTestStringConvertible, Sendable {
    var keys: [Key]

    init(_ keys: Key...) { self.keys = keys }

    var testDescription: String {
      keys.map { "\($0.name)" + ($0.isDescending ? " desc" : "") }.joined(separator: ", ")
    }
  }

  private static func sorted(_ rows: [Int32], _ keys: Keys) -> [Int32] {
    rows.sorted { a, b in
      for key in keys.keys {
        if let isBefore = order(key.name, key.isDescending, a, b) { return isBefore }
      }
      return a < b
    }
  }

  /// The same by one column of numbers, quicker.
  private static func sorted(_ rows: [Int32], _ key: Key) -> [Int32] {
    let numbers = wide.numbers[key.name.rawValue]
    return rows.map { row in
      let number = numbers[Int(row)]
      return (number == nil ? 1 : 0, key.isDescending ? ~(number ?? 0) : number ?? 0, row)
    }.sorted { $0 < $1 }.map(\.2)
  }

  private static let all = (0..<Int32(WideTable.rowCount)).map { $0 }
  /// Rows of all row groups; of one; few.
  private static let sets = [
    all.filter { $0 % 61 == 2 }, all.filter { $0 % 40 == 0 && $0 >= 131_072 && $0 < 190_000 },
    all.filter { $0 % 9001 == 13 }, [],
  ]

  @Test(
    "The first by one column of numbers, and past those that have one",
    arguments: [WideTable.Name.bytes, .words, .whole, .empty], [false, true])
  func top(name: WideTable.Name, isDescending: Bool) throws {
    let key = Key(name: name, isDescending: isDescending)
    let table = Self.wide.table
    func expectFirst(_ set: RowSet?, _ sorted: [Int32], _ limits: [Int]) throws {
      for limit in limits {
        let plan = Plan.sort(.scan(table, set), [key.key], limit: limit)
        #expect(try plan.rows(.twoThreads) == Array(sorted.prefix(limit)), "limit \(limit)")
      }
    }
    if name == .bytes || name == .whole {
      try expectFirst(nil, Self.sorted(Self.all, key), [0, 10, 65_536, 1 << 40])
    }
    for rows in Self.sets {
      let set = RowSet(ascending: rows, rowCount: WideTable.rowCount)
      try expectFirst(set, Self.sorted(rows, key), [1, 10, 1000, rows.count + 1])
    }
    let list = Self.sets[1].filter { $0 % 3 == 0 }
    let ordered = try Evaluator(.twoThreads).sort(
      Relation(table: table, rows: .list(list)), [key.key], limit: 10)
    #expect(ordered.rows.rows == Array(Self.sorted(list, key).prefix(10)))
  }

  @Test(
    "Orders by several keys, numbers and texts",
    arguments: [
      Keys(Key(name: .bytes), Key(name: .halves)),
      Keys(Key(name: .bytes, isDescending: true), Key(name: .whole, isDescending: true)),
      Keys(Key(name: .empty), Key(name: .bytes), Key(name: .words, isDescending: true)),
      Keys(Key(name: .few)), Keys(Key(name: .few, isDescending: true), Key(name: .bytes)),
      Keys(Key(name: .many), Key(name: .whole)), Keys(Key(name: .free, isDescending: true)),
    ])
  func several(keys: Keys) throws {
    let rows = Self.sets[0]
    let set = RowSet(ascending: rows, rowCount: WideTable.rowCount)
    let sorted = Self.sorted(rows, keys)
    for limit in [nil, 1, 500, 3000] {
      let plan = Plan.sort(.scan(Self.wide.table, set), keys.keys.map(\.key), limit: limit)
      #expect(try plan.rows(.twoThreads) == Array(sorted.prefix(limit ?? .max)))
    }
  }

  @Test("What is null keeps its place among nulls, whatever the number under it was")
  func nullsStay() throws {
    // Rows without a parent, and rows whose parent has none: all are null.
    let parents = Table.of([.numbers([5, nil, 3])])
    let owners: [Int32] = [0, 0, 1, 1, 2, -1, -1]
    let child = Table.of(
      [.numbers([2, 1, 2, 1, 1, 2, 1])],
      parent: ParentLink(table: parents, key: LinkKey(id: 0), sortedRows: owners))
    for isDescending in [false, true] {
      let key = SortKey(
        .ancestor(level: 1, 0, .integer), isDescending: isDescending)
      let rows = try Plan.sort(.scan(child, nil), [key], limit: nil).rows()
      #expect(rows == (isDescending ? [0, 1, 4] : [4, 0, 1]) + [2, 3, 5, 6])
    }
    // One side's null is another number than the other's.
    let table = Table.of([.numbers([9, nil, 9, nil]), .numbers([nil, 4000, nil, 4])])
    let isNine = BoundExpression.within(.column(0, .integer), low: 9, high: nil)
    let null = BoundExpression.conditional(isNine, .column(1, .integer), .column(0, .integer))
    #expect(
      try Plan.sort(.scan(table, nil), [SortKey(null)], limit: nil).rows() == [0, 1, 2, 3])
  }
}
