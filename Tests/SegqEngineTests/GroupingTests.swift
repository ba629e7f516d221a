import SegqRecords
import Testing

@testable import SegqEngine

/// Groups and their figures over several row groups, against a dictionary that a loop fills.
@Suite("Groups against a dictionary")
struct GroupingTests {
  private static let wide = WideTable.shared

  /// The value of a column of ``WideTable/shared``.
  private static func value(_ name: WideTable.Name, _ row: Int) -> Value {
    if name.rawValue < WideTable.Name.few.rawValue {
      return wide.numbers[name.rawValue][row].map { .integer($0) } ?? .null
    }
    return wide.texts[name.rawValue - WideTable.Name.few.rawValue][row].map { .text($0) } ?? .null
  }

  struct Keys: CustomTestStringConvertible, Sendable {
    var names: [WideTable.Name]
    var testDescription: String { names.map { "\($0)" }.joined(separator: ", ") }
  }

  static let keys = [
    Keys(names: []), Keys(names: [.few]), Keys(names: [.bytes]), Keys(names: [.many]),
    Keys(names: [.empty]), Keys(names: [.free]), Keys(names: [.few, .bytes]),
    Keys(names: [.empty, .few]), Keys(names: [.bytes, .few, .empty]),
  ]

  private static func function(_ name: Aggregate.Function, _ of: WideTable.Name?) -> Aggregate {
    let order = name == .nth(1) || name == .nth(-1) || name == .nth(3)
    return Aggregate(
      name, over: [], of: of.map(WideTable.column),
      order: order ? WideTable.column(.words) : nil)
  }

  private static let isBig = BoundExpression.within(WideTable.column(.halves), low: 0, high: nil)

  static let figures: [Aggregate] = [
    function(.count, nil), function(.count, .words), function(.count, .free),
    function(.sum, .halves), function(.sum, .bytes), function(.sum, .empty),
    function(.average, .halves), function(.average, .bytes),
    function(.minimum, .whole), function(.maximum, .whole), function(.minimum, .empty),
    function(.minimum, .few), function(.maximum, .free),
    function(.countDistinct, .bytes), function(.countDistinct, .few),
    function(.countDistinct, .many), function(.countDistinct, .free),
    function(.countDistinct, .empty), function(.countDistinct, .words),
    function(.percentile(0.5), .halves), function(.percentile(0.25), .bytes),
    function(.nth(1), .free), function(.nth(-1), .many), function(.nth(3), .bytes),
    function(.share(of: nil), nil), function(.share(of: 1000), nil),
    Aggregate(.count, over: [], of: nil, where: isBig),
    Aggregate(.exists, over: [], of: nil, where: isBig),
    Aggregate(.sum, over: [], of: WideTable.column(.bytes), where: isBig),
    Aggregate(.countDistinct, over: [], of: WideTable.column(.few), where: isBig),
  ]

  /// Half away from zero, in ten-thousandths.
  private static func divided(_ a: Int128, _ b: Int) -> Value {
    let (quotient, rest) = a.quotientAndRemainder(dividingBy: Int128(b))
    let isMore = rest.magnitude * 2 >= UInt128(b)
    return .decimal(Decimal(units: Int64(quotient + (isMore ? a.signum() : 0))))
  }

  /// What a figure over these rows is, of `all` that are grouped.
  private static func naive(_ figure: Aggregate, _ rows: [Int], of all: Int) -> Value {
    var rows = rows
    if figure.filter != nil {
      rows = rows.filter { wide.numbers[WideTable.Name.halves.rawValue][$0] ?? -1 >= 0 }
    }
    var name: WideTable.Name?
    if case .column(let column, _) = figure.argument { name = WideTable.Name(rawValue: column) }
    let values = rows.map { row in name.map { value($0, row) } ?? .null }
    let known = values.filter { $0 != .null }
    let numbers = known.compactMap(\.number)
    let texts = known.compactMap { value in if case .text(let text) = value { text } else { nil } }
    let sum = numbers.reduce(into: Int128(0)) { $0 += Int128($1) }
    switch figure.function {
    case .count: return .integer(Int64(name == nil ? rows.count : known.count))
    case .exists: return .boolean(!rows.isEmpty)
    case .sum: return .integer(Int64(sum))
    case .average: return numbers.isEmpty ? .null : divided(sum * 10_000, numbers.count)
    case .minimum:
      if let text = texts.min(by: TextOrder.precedes) { return .text(text) }
      return numbers.min().map { .integer($0) } ?? .null
    case .maximum:
      if let text = texts.max(by: TextOrder.precedes) { return .text(text) }
      return numbers.max().map { .integer($0) } ?? .null
    case .countDistinct: return .integer(Int64(distinct(known)))
    case .percentile(let place):
      let sorted = numbers.sorted()
      guard !sorted.isEmpty else { return .null }
      // A quarter of the way from one to the next is exact in quarters.
      let quarters = Int((place * 4).rounded()) * (sorted.count - 1)
      let low = sorted[quarters / 4]
      let high = sorted[min(quarters / 4 + 1, sorted.count - 1)]
      return divided(Int128(low) * 40_000 + Int128(high - low) * 10_000 * Int128(quarters % 4), 4)
    case .nth(let n):
      let dated = rows.filter { wide.numbers[WideTable.Name.words.rawValue][$0] != nil }
      let sorted = dated.sorted { a, b in
        let words = wide.numbers[WideTable.Name.words.rawValue]
        return (words[a] ?? 0, a) < (words[b] ?? 0, b)
      }
      let place = n > 0 ? n - 1 : sorted.count + n
      guard let name, sorted.indices.contains(place) else { return .null }
      return value(name, sorted[place])
    case .share(let base):
      let base = base ?? all
      return base == 0 ? .null : divided(Int128(rows.count) * 10_000, base)
    }
  }

  /// By their bytes; texts of Swift are equal that are composed alike.
  private static func distinct(_ values: [Value]) -> Int { Set(values).count }

  private static func plan(_ source: Plan, _ keys: Keys, _ figures: [Aggregate]) -> QueryPlan {
    let expressions = keys.names.map { WideTable.column($0) }
    let aggregate = Plan.aggregate(
      source, keys: expressions.map { NamedExpression($0) },
      figures: figures.map { (Field(name: "f", header: "f", type: $0.type), $0) })
    let types = expressions.map(\.type) + figures.map(\.type)
    return QueryPlan(
      aggregate, showing: types.enumerated().map { NamedExpression(.column($0, $1)) })
  }

  private static func groups(_ rows: some Sequence<Int>, _ keys: Keys) -> [[Value]: [Int]] {
    var groups: [[Value]: [Int]] = keys.names.isEmpty ? [[]: []] : [:]
    for row in rows { groups[keys.names.map { value($0, row) }, default: []].append(row) }
    return groups
  }

  private func expectEqual(_ found: [[Value]], _ expected: [[Value]: [Value]], _ keyCount: Int) {
    #expect(found.count == expected.count)
    for row in found {
      guard let figures = expected[Array(row.prefix(keyCount))] else {
        Issue.record("no group of \(row.prefix(keyCount))")
        return
      }
      guard figures == Array(row.dropFirst(keyCount)) else {
        Issue.record("\(row.prefix(keyCount)): \(row.dropFirst(keyCount)), not \(figures)")
        return
      }
    }
  }

  @Test("Every figure of each group", arguments: [keys[0], keys[1], keys[2], keys[7]])
  func figures(keys: Keys) throws {
    // Of all row groups.
    let rows = Array(stride(from: 3, to: WideTable.rowCount, by: 17))
    let set = RowSet(ascending: rows.map { Int32($0) }, rowCount: WideTable.rowCount)
    let expected = Self.groups(rows, keys).mapValues { own in
      Self.figures.map { Self.naive($0, own, of: rows.count) }
    }
    let plan = Self.plan(.scan(Self.wide.table, set), keys, Self.figures)
    expectEqual(try plan.values(.twoThreads), expected, keys.names.count)
  }

  private static let some = (0..<WideTable.rowCount).filter { $0 % 11 == 1 && $0 < 140_000 }

  @Test("Keys of every type, counted with other figures and without", arguments: keys)
  func keyTypes(keys: Keys) throws {
    let set = RowSet(ascending: Self.some.map { Int32($0) }, rowCount: WideTable.rowCount)
    try expectGroups(.scan(Self.wide.table, set), Self.some, keys)
  }

  @Test("All rows by a coded column", arguments: [keys[1], keys[3]])
  func allRows(keys: Keys) throws {
    try expectGroups(.scan(Self.wide.table, nil), Array(0..<WideTable.rowCount), keys)
  }

  private func expectGroups(_ source: Plan, _ rows: [Int], _ keys: Keys) throws {
    let figures = [
      Aggregate(.count, over: [], of: nil),
      Aggregate(.sum, over: [], of: WideTable.column(.halves)),
    ]
    let sums = Self.groups(rows, keys).mapValues { rows in
      figures.map { Self.naive($0, rows, of: 0) }
    }
    let both = Self.plan(source, keys, figures)
    expectEqual(try both.values(.twoThreads), sums, keys.names.count)
    let counts = Self.plan(source, keys, [figures[0]])
    expectEqual(try counts.values(.twoThreads), sums.mapValues { [$0[0]] }, keys.names.count)
    guard !keys.names.isEmpty else { return }
    let columns = keys.names.map { WideTable.column($0) }
    let distinct = QueryPlan(
      .distinct(source, columns.map { NamedExpression($0) }),
      showing: columns.enumerated().map { NamedExpression(.column($0, $1.type)) })
    expectEqual(try distinct.values(), sums.mapValues { _ in [] }, keys.names.count)
  }

  @Test(
    "Different values are counted, of all rows, few, none and of a list",
    arguments: [WideTable.Name.bytes, .words, .whole, .empty, .few, .many, .free])
  func countDistinct(name: WideTable.Name) throws {
    let table = Self.wide.table
    let few = stride(from: 5, to: WideTable.rowCount, by: 4999).map { Int32($0) }
    let many = Self.some.map { Int32($0) }
    let list = (0..<Int32(70_000)).map { Int32(Int($0) * 7919 % WideTable.rowCount) }
    let figure = Aggregate(.countDistinct, over: [], of: WideTable.column(name))
    let selections: [(RowSelection, [Int32])] = [
      (.all(WideTable.rowCount), Array(0..<Int32(WideTable.rowCount))),
      (.some(RowSet(ascending: few, rowCount: WideTable.rowCount)), few),
      (.some(RowSet(ascending: many, rowCount: WideTable.rowCount)), many),
      (.some(RowSet(rowCount: WideTable.rowCount)), []),
      (.list(list), list), (.list([]), []),
    ]
    for (selection, rows) in selections {
      let result = try Evaluator(.twoThreads).group(
        Relation(table: table, rows: selection), [],
        [(Field(name: "f", header: "f", type: .integer), figure)])
      let known = rows.map { Self.value(name, Int($0)) }.filter { $0 != .null }
      #expect(result.rows.count == 1)
      #expect(result.table.columns[0].values[0] == .integer(Int64(Self.distinct(known))))
    }
  }

  @Test("A table without rows has no groups, and one figure of nothing")
  func empty() throws {
    let table = Table.of([.numbers([]), .texts([], areCoded: true), .texts([])])
    let figures: [(Field, Aggregate)] = [
      (.count, .integer(0)), (.sum, .integer(0)), (.average, .null), (.minimum, .null),
      (.countDistinct, .integer(0)), (.percentile(0.5), .null), (.share(of: nil), .null),
    ].map { (function: Aggregate.Function, _: Value) in
      let figure = Aggregate(function, over: [], of: .column(0, .integer))
      return (Field(name: "f", header: "f", type: figure.type), figure)
    }
    let one = try Evaluator(Execution()).group(
      Relation(table: table, rows: .all(0)), [], figures)
    #expect(one.rows.count == 1)
    #expect(
      one.table.columns.map { $0.values[0] } == [
        .integer(0), .integer(0), .null, .null, .integer(0), .null, .null,
      ])
    for key in [BoundExpression.column(0, .integer), .column(1, .text), .column(2, .text)] {
      for figures in [figures, Array(figures.prefix(1)), []] {
        let none = try Evaluator(Execution()).group(
          Relation(table: table, rows: .all(0)), [NamedExpression(key)], figures)
        #expect(none.rows.count == 0)
      }
    }
  }

  @Test("A sum that leaves 64 bits is an error, unless it comes back")
  func overflow() throws {
    let numbers: [Int64?] = [.max, 1, .min, nil, 5]
    let table = Table.of([.numbers(numbers), .numbers([1, 1, 2, 1, 2])])
    let sum = Aggregate(.sum, over: [], of: .column(0, .integer))
    let field = Field(name: "f", header: "f", type: .integer)
    let all = try Evaluator(Execution()).group(
      Relation(table: table, rows: .all(5)), [], [(field, sum)])
    #expect(all.table.columns[0].values[0] == .integer(5))
    #expect(throws: EngineError.overflow("a sum")) {
      try Evaluator(Execution()).group(
        Relation(table: table, rows: .all(5)), [NamedExpression(.column(1, .integer))],
        [(field, sum)])
    }
  }
}
