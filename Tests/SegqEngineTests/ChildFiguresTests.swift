import SegqRecords
import Testing

@testable import SegqEngine

/// Figures over the children of rows, and over the children of these, against loops.
@Suite("Figures over children against loops")
struct ChildFiguresTests {
  /// Parents, most of them without children; children, some without a parent; and theirs.
  private struct Family {
    let parents: Table
    let children: Table
    let grandchildren: Table
    /// Of each parent the children, and of these the grandchildren.
    var childrenOf: [[Int]]
    var grandchildrenOf: [[Int]] = []
    /// Columns: numbers, decimals, texts.
    var numbers: [Int64?] = []
    var decimals: [Int64?] = []
    var texts: [String?] = []

    static let shared = Family(parents: 9000)

    init(parents count: Int) {
      var dice = Dice(23)
      func link(_ table: Table, _ count: Int) -> ParentLink {
        let owners = (0..<count).map { _ in Int32(dice.roll(table.rowCount)) }.sorted()
        let orphans = [Int32](repeating: -1, count: 7)
        return ParentLink(
          table: table, key: LinkKey(id: 0), sortedRows: owners.dropLast(7) + orphans)
      }
      parents = Table.of([.numbers((0..<count).map { Int64($0) })])
      let childCount = count / 2
      children = Table.of(
        [.numbers((0..<childCount).map { Int64($0 % 5) })], parent: link(parents, childCount))
      let grandchildCount = count * 3 / 4
      numbers = (0..<grandchildCount).map { _ in
        dice.roll(6) == 0 ? nil : Int64(dice.roll(1000) - 500)
      }
      decimals = (0..<grandchildCount).map { _ in
        dice.roll(6) == 0 ? nil : Int64(dice.roll(1 << 30))
      }
      texts = (0..<grandchildCount).map { _ in
        dice.roll(6) == 0 ? nil : ["a", "B", "é", "É", "b"][dice.roll(5)]
      }
      grandchildren = Table.of(
        [.numbers(numbers), .numbers(decimals, .decimal), .texts(texts)],
        parent: link(children, grandchildCount))
      childrenOf = Self.rows(of: children, count)
      let below = Self.rows(of: grandchildren, childCount)
      grandchildrenOf = childrenOf.map { $0.flatMap { below[$0] } }
    }

    private static func rows(of table: Table, _ parents: Int) -> [[Int]] {
      var rows: [[Int]] = Array(repeating: [], count: parents)
      let owners: [Int32] = table.parent?.parents(of: 0..<table.rowCount) ?? []
      for (row, parent) in owners.enumerated() where parent >= 0 {
        rows[Int(parent)].append(row)
      }
      return rows
    }
  }

  /// What is asked of the values of grandchildren; in the unit of the argument.
  private static func naive(
    _ function: Aggregate.Function, _ values: [Int64], of type: DataType
  ) -> Value {
    let sum = values.reduce(0, +)
    switch function {
    case .count: return .integer(Int64(values.count))
    case .exists: return .boolean(!values.isEmpty)
    case .countDistinct: return .integer(Int64(Set(values).count))
    case .sum: return Value(sum, as: type)
    case .minimum: return values.min().map { Value($0, as: type) } ?? .null
    case .maximum: return values.max().map { Value($0, as: type) } ?? .null
    case .average:
      guard !values.isEmpty else { return .null }
      let scaled = Double(sum) * (type == .integer ? 10_000 : 1)
      return .decimal(Decimal(units: Int64((scaled / Double(values.count)).rounded())))
    case .percentile, .nth, .share: return .null
    }
  }

  private static let functions: [Aggregate.Function] = [
    .count, .exists, .sum, .average, .minimum, .maximum, .countDistinct,
  ]

  private static let filters: [BoundExpression?] = [
    nil, .within(.column(0, .integer), low: 0, high: 100),
    .compare(
      .equal, .column(2, .text), .constant(.text("É"), .text), isExact: false),
    // A column of the child's.
    .within(.ancestor(level: 1, 0, .integer), low: 3, high: nil),
    .all([
      .within(.column(0, .integer), low: 0, high: nil),
      .compare(
        .greater,
        .arithmetic(.add, .column(0, .integer), .column(0, .integer), .integer),
        .constant(.integer(900), .integer), isExact: false),
    ]),
  ]

  private static func passes(_ filter: Int, _ row: Int) -> Bool {
    let family = Family.shared
    switch filter {
    case 0: return true
    case 1: return family.numbers[row].map { $0 >= 0 && $0 < 100 } ?? false
    case 2: return family.texts[row].map { $0.lowercased() == "é" } ?? false
    case 3:
      let owner = family.grandchildren.parent?.parents(of: [Int32(row)])[0] ?? -1
      return owner >= 0 && owner % 5 >= 3
    default: return family.numbers[row].map { $0 > 450 } ?? false
    }
  }

  /// Rows of all kinds of selections: all; from anywhere; a list.
  private func values(_ figures: [Aggregate], _ rows: Rows) throws -> [[Value]] {
    let evaluator = Evaluator(Execution())
    let vectors = try figures.map { figure in
      let prepared = try evaluator.prepared(.aggregate(figure), for: Family.shared.parents)
      return try evaluator.values(prepared, Family.shared.parents, rows)
    }
    return (0..<rows.count).map { row in vectors.map { $0[row] } }
  }

  @Test("Figures over grandchildren, of all that pass a condition", arguments: filters.indices)
  func nested(filter: Int) throws {
    let family = Family.shared
    let path = [family.children, family.grandchildren]
    let argument: [(BoundExpression, [Int64?], DataType)] = [
      (.column(0, .integer), family.numbers, .integer),
      (.column(1, .decimal), family.decimals, .decimal),
    ]
    var figures = [
      Aggregate(.count, over: path, of: nil, where: Self.filters[filter]),
      Aggregate(.exists, over: path, of: nil, where: Self.filters[filter]),
    ]
    for (expression, _, _) in argument {
      figures += Self.functions.map {
        Aggregate($0, over: path, of: expression, where: Self.filters[filter])
      }
    }
    let expected = family.grandchildrenOf.map { rows -> [Value] in
      let rows = rows.filter { Self.passes(filter, $0) }
      var values: [Value] = [.integer(Int64(rows.count)), .boolean(!rows.isEmpty)]
      for (_, numbers, type) in argument {
        let known = rows.compactMap { numbers[$0] }
        values += Self.functions.map { Self.naive($0, known, of: type) }
      }
      return values
    }
    let count = family.parents.rowCount
    for range in [0..<count, 0..<1, 777..<1999, 4095..<4097, count - 3..<count, 9..<9] {
      #expect(try values(figures, .range(range)) == Array(expected[range]))
    }
    let list = (0..<500).map { Int32($0 * 7919 % count) }
    #expect(try values(figures, .list(list)) == list.map { expected[Int($0)] })
  }

  @Test("A figure in a condition keeps the rows that a loop keeps")
  func condition() throws {
    let family = Family(parents: RowSelection.groupSize * 4 + 1000)
    let figure = Aggregate(
      .sum, over: [family.children, family.grandchildren], of: .column(0, .integer))
    let isLarge = BoundExpression.compare(
      .greater, .aggregate(figure), .constant(.integer(100), .integer), isExact: false)
    let expected = family.grandchildrenOf.indices.filter { parent in
      family.grandchildrenOf[parent].compactMap { family.numbers[$0] }.reduce(0, +) > 100
    }
    #expect(
      try Plan.filter(.scan(family.parents, nil), isLarge).rows(.twoThreads)
        == expected.map { Int32($0) })
    let few = BoundExpression.within(.column(0, .integer), low: 1000, high: 1100)
    #expect(
      try Plan.filter(.scan(family.parents, nil), .all([isLarge, few])).rows()
        == expected.filter { (1000..<1100).contains($0) }.map { Int32($0) })
  }

  @Test("The least and the greatest text, without regard to case, then by code point")
  func texts() throws {
    let family = Family.shared
    let path = [family.children, family.grandchildren]
    let figures = [Aggregate.Function.minimum, .maximum, .countDistinct, .count].map {
      Aggregate($0, over: path, of: .column(2, .text))
    }
    let found = try values(figures, .range(500..<3000))
    let expected = family.grandchildrenOf[500..<3000].map { rows -> [Value] in
      let texts = rows.compactMap { family.texts[$0] }
      return [
        texts.min(by: TextOrder.precedes).map { .text($0) } ?? .null,
        texts.max(by: TextOrder.precedes).map { .text($0) } ?? .null,
        .integer(Int64(Set(texts).count)), .integer(Int64(texts.count)),
      ]
    }
    #expect(found == expected)
  }

  private func sums(
    _ values: [Int64?], _ owners: [Int32], _ function: Aggregate.Function, parents: Int
  ) throws -> [Value] {
    let parents = Table.of([.numbers((0..<parents).map { Int64($0) })])
    let children = Table.of(
      [.numbers(values)],
      parent: ParentLink(table: parents, key: LinkKey(id: 0), sortedRows: owners))
    let figure = Aggregate(function, over: [children], of: .column(0, .integer))
    return try QueryPlan(
      .scan(parents, nil), showing: [NamedExpression(.aggregate(figure))]
    ).values().map { $0[0] }
  }

  @Test("Sums near the end of 64 bits are exact, and those past it an error")
  func overflow() throws {
    let max = Int64.max
    #expect(
      try sums([max, max, -1, nil, .min, .min], [0, 1, 1, 1, 3, 4], .sum, parents: 5)
        == [.integer(max), .integer(max - 1), .integer(0), .integer(.min), .integer(.min)])
    // Past it on the way, but not at the end.
    #expect(
      try sums([max, 1, -1, .min, -1, 1], [0, 0, 0, 1, 1, 1], .sum, parents: 2)
        == [.integer(max), .integer(.min)])
    #expect(throws: EngineError.overflow("a sum")) {
      try sums([max, 1], [0, 0], .sum, parents: 1)
    }
    #expect(throws: EngineError.overflow("a sum")) {
      try sums([5, .min, -1], [0, 1, 1], .sum, parents: 2)
    }
    #expect(
      try sums([1 << 48, 1 << 48, 1 << 49], [0, 0, 1], .average, parents: 3)
        == [
          .decimal(Decimal(units: 10_000 << 48)), .decimal(Decimal(units: 10_000 << 49)), .null,
        ])
    #expect(throws: EngineError.self) { try sums([max, 1], [0, 1], .average, parents: 2) }
    #expect(
      try sums([max, .min, nil, nil], [0, 0, 1, 1], .maximum, parents: 3)
        == [.integer(max), .null, .null])
    #expect(
      try sums([max, .min, nil, nil], [0, 0, 1, 1], .minimum, parents: 3)
        == [.integer(.min), .null, .null])
  }

  @Test("Parents without any children, children without any parents, no parents at all")
  func none() throws {
    #expect(try sums([], [], .sum, parents: 2) == [.integer(0), .integer(0)])
    #expect(try sums([], [], .minimum, parents: 2) == [.null, .null])
    #expect(try sums([7, 8], [-1, -1], .sum, parents: 2) == [.integer(0), .integer(0)])
    #expect(try sums([7, 8], [-1, -1], .count, parents: 0) == [])
    #expect(try sums([nil, nil], [0, 1], .average, parents: 2) == [.null, .null])
  }
}
