import SegqRecords
import Testing

@testable import SegqEngine

/// Plans over random tables, against loops over rows.
@Suite("Plans against loops")
struct PlanTests {
  /// 70,000 parents, so that row groups matter, and their children, some without a parent.
  private struct Fixture {
    var parentValues: [Int64?] = []
    var parentTexts: [String?] = []
    var owners: [Int?] = []
    var childValues: [Int64?] = []
    let parents: Table
    let children: Table

    init() {
      var state: UInt64 = 7
      func random(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 33) % bound
      }
      for _ in 0..<70_000 {
        parentValues.append(random(10) == 0 ? nil : Int64(random(1000) - 500))
        parentTexts.append(random(8) == 0 ? nil : ["Ab", "aB", "c", "Éa", "éa", ""][random(6)])
      }
      for _ in 0..<90_000 {
        owners.append(random(50) == 0 ? nil : random(70_000))
        childValues.append(random(9) == 0 ? nil : Int64(random(100)))
      }
      var builder = TableBuilder(
        name: "parents",
        columns: [
          Self.column("id", (0..<70_000).map { Int64($0) }), Self.column("value", parentValues),
          LoadedColumn(
            Field(name: "text", header: "text", type: .text),
            ColumnVector(parentTexts.map { $0.map { .text($0) } ?? .null }, type: .text)),
        ])
      builder.idColumn = 0
      parents = builder.build()
      var child = TableBuilder(
        name: "children",
        columns: [
          Self.column("parent", owners.map { $0.map { Int64($0) } }),
          Self.column("value", childValues),
        ])
      child.parent = (parents, LinkKey(id: 0))
      children = child.build()
    }

    private static func column(_ name: String, _ values: [Int64?]) -> LoadedColumn {
      LoadedColumn(
        Field(name: name, header: name, type: .integer),
        ColumnVector(values.map { $0.map { .integer($0) } ?? .null }, type: .integer))
    }
  }

  private static let fixture = Fixture()
  private static let value = BoundExpression.column(1, .integer)

  private func run(_ plan: Plan, _ columns: [BoundExpression]) throws -> [[Value]] {
    let named = columns.map { NamedExpression(Field(name: "c", header: "c", type: $0.type), $0) }
    let answer = try Answer(QueryPlan(plan, showing: named), Execution())
    let batch = try answer.batch(0..<answer.rowCount)
    return (0..<batch.rowCount).map { row in batch.columns.map { $0[row] } }
  }

  @Test("Three-valued conditions keep the rows that a loop keeps")
  func filter() throws {
    let f = Self.fixture
    let big = BoundExpression.within(Self.value, low: 100, high: nil)
    let isAB = BoundExpression.compare(
      .equal, .column(2, .text), .constant(.text("AB"), .text), isExact: false)
    let conditions: [(BoundExpression, (Int64?, String?) -> Bool?)] = [
      (big, { n, _ in n.map { $0 >= 100 } }),
      (.not(big), { n, _ in n.map { $0 < 100 } }),
      (isAB, { _, t in t.map { $0.lowercased() == "ab" } }),
      (
        .all([big, .not(isAB)]),
        { n, t in
          let (a, b) = (n.map { $0 >= 100 }, t.map { $0.lowercased() != "ab" })
          return a == false || b == false ? false : a.flatMap { _ in b }
        }
      ),
      (
        .not(.any([big, isAB])),
        { n, t in
          let (a, b) = (n.map { $0 >= 100 }, t.map { $0.lowercased() == "ab" })
          return a == true || b == true ? false : a == nil || b == nil ? nil : true
        }
      ),
      (.isEmpty(.column(2, .text)), { _, t in t?.isEmpty ?? true }),
    ]
    for (condition, naive) in conditions {
      let rows = try run(.filter(.scan(f.parents, nil), condition), [.column(0, .integer)])
      let expected = f.parentValues.indices.filter {
        naive(f.parentValues[$0], f.parentTexts[$0]) == true
      }
      #expect(rows.map { $0[0] } == expected.map { .integer(Int64($0)) })
    }
  }

  @Test("Figures over children equal those of a loop")
  func children() throws {
    let f = Self.fixture
    var values: [[Int64]] = Array(repeating: [], count: 70_000)
    var counts = [Int64](repeating: 0, count: 70_000)
    for (owner, value) in zip(f.owners, f.childValues) {
      guard let owner else { continue }
      counts[owner] += 1
      if let value { values[owner].append(value) }
    }
    let big = BoundExpression.within(Self.value, low: 50, high: nil)
    let figures = [
      Aggregate(.count, over: [f.children], of: nil),
      Aggregate(.sum, over: [f.children], of: Self.value),
      Aggregate(.maximum, over: [f.children], of: Self.value),
      Aggregate(.average, over: [f.children], of: Self.value),
      Aggregate(.countDistinct, over: [f.children], of: Self.value),
      Aggregate(.exists, over: [f.children], of: nil, where: big),
    ]
    let rows = try run(.scan(f.parents, nil), figures.map { .aggregate($0) })
    for (i, row) in rows.enumerated() {
      let own = values[i]
      let mean =
        own.isEmpty
        ? Value.null
        : .decimal(
          Decimal(units: Int64((Double(own.reduce(0, +) * 10_000) / Double(own.count)).rounded())))
      let expected: [Value] = [
        .integer(counts[i]), .integer(own.reduce(0, +)), own.max().map { .integer($0) } ?? .null,
        mean, .integer(Int64(Set(own).count)), .boolean(own.contains { $0 >= 50 }),
      ]
      guard row == expected else {
        Issue.record("parent \(i): \(row), not \(expected)")
        return
      }
    }
  }

  @Test("Groups compare exactly, and their figures add up", arguments: [1, 2])
  func groups(keyCount: Int) throws {
    let f = Self.fixture
    let keys = [BoundExpression.column(2, .text), .function(.bucket(100), [Self.value], .integer)]
      .prefix(keyCount).map { NamedExpression(Field(name: "k", header: "k", type: $0.type), $0) }
    let field = Field(name: "n", header: "n", type: .integer)
    let plan = Plan.aggregate(
      .scan(f.parents, nil), keys: keys,
      figures: [
        (field, Aggregate(.count, over: [], of: nil)),
        (field, Aggregate(.sum, over: [f.children], of: Self.value)),
      ])
    let columns = keys.indices.map { BoundExpression.column($0, keys[$0].expression.type) }
    let rows = try run(
      plan, columns + [.column(keyCount, .integer), .column(keyCount + 1, .integer)])
    var expected: [[Value]: [Int64]] = [:]
    var sums = [Int64](repeating: 0, count: 70_000)
    for (owner, value) in zip(f.owners, f.childValues) {
      if let owner { sums[owner] += value ?? 0 }
    }
    for i in f.parentValues.indices {
      let bucket = f.parentValues[i].map {
        Value.integer(Int64((Double($0) / 100).rounded(.down)) * 100)
      }
      let key = [f.parentTexts[i].map { .text($0) } ?? .null, bucket ?? .null].prefix(keyCount)
      let known = expected[Array(key)] ?? [0, 0]
      expected[Array(key)] = [known[0] + 1, known[1] + sums[i]]
    }
    #expect(rows.count == expected.count)
    for row in rows {
      #expect(expected[Array(row.prefix(keyCount))] == row.suffix(2).compactMap(\.number))
    }
  }

  @Test(
    "Sorting: nulls last both ways, ignoring case, then by code point; the top is the same",
    arguments: [false, true])
  func sort(isDescending: Bool) throws {
    let f = Self.fixture
    let keys = [SortKey(.column(2, .text), isDescending: isDescending), SortKey(Self.value)]
    let all = try run(.sort(.scan(f.parents, nil), keys, limit: nil), [.column(0, .integer)])
    let order = f.parentValues.indices.sorted { a, b in
      switch (f.parentTexts[a], f.parentTexts[b]) {
      case (let x?, let y?) where x != y: return TextOrder.precedes(x, y) != isDescending
      case (nil, _?): return false
      case (_?, nil): return true
      default: break
      }
      switch (f.parentValues[a], f.parentValues[b]) {
      case (let x?, let y?) where x != y: return x < y
      case (nil, _?): return false
      case (_?, nil): return true
      default: return a < b
      }
    }
    #expect(all.map { $0[0] } == order.map { .integer(Int64($0)) })
    let top = try run(
      .limit(.sort(.scan(f.parents, nil), keys, limit: 25), offset: 5, count: 20),
      [.column(0, .integer)])
    #expect(top == Array(all[5..<25]))
  }

  @Test("An interrupt ends a plan")
  func interrupt() throws {
    let plan = QueryPlan(
      .filter(.scan(Self.fixture.parents, nil), .isNull(Self.value)), showing: [])
    #expect(throws: EngineError.interrupted) {
      try Answer(plan, Execution(isInterrupted: { true }))
    }
  }
}
