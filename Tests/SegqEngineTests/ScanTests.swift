import SegqRecords
import Testing

@testable import SegqEngine

/// Conditions that are read where the values lie, and those that are computed.
@Suite("Conditions against a loop over rows")
struct ScanTests {
  // Small columns, every bound, ranges that begin anywhere.

  struct Numbers: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var values: [Int64?]
  }

  private static func numbers(_ name: String, _ value: (Int) -> Int64?) -> Numbers {
    Numbers(testDescription: name, values: (0..<300).map(value))
  }

  static let columns: [Numbers] = [
    numbers("bytes") { Int64($0 * 7 % 256) - 50 },
    numbers("bytes and nulls") { $0 % 5 == 0 ? nil : Int64($0 * 7 % 256) + 900 },
    numbers("one value") { _ in 4 },
    numbers("one value and nulls") { $0 % 5 == 0 ? nil : 4 },
    numbers("halves") { Int64($0 * 7919 % 65_536) - 30_000 },
    numbers("words") { $0 % 5 == 0 ? nil : Int64($0) * 14_000_000 - 5 },
    numbers("whole") { [.min, .max, 0, nil, -1, 1, Int64($0) << 40][$0 % 7] },
    numbers("the greatest") { .max - Int64($0 % 200) },
    numbers("the least") { .min + Int64($0 % 200) },
    numbers("nulls") { _ in nil },
  ]

  static let comparisons: [BoundExpression.Comparison] = [
    .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
  ]

  private static func holds(
    _ comparison: BoundExpression.Comparison, _ a: Int64, _ b: Int64
  ) -> Bool {
    switch comparison {
    case .equal: a == b
    case .notEqual: a != b
    case .less: a < b
    case .lessOrEqual: a <= b
    case .greater: a > b
    case .greaterOrEqual: a >= b
    }
  }

  /// Values of the column, those beside them, and the ends of 64 bits.
  private static func bounds(of values: [Int64?]) -> [Int64] {
    let known = values.compactMap { $0 }
    var bounds: Set<Int64> = [.min, .min + 1, -1, 0, 1, .max - 1, .max]
    for value in [known.min(), known.max(), known.dropFirst(90).first].compactMap({ $0 }) {
      bounds.formUnion([value, value &- 1, value &+ 1])
    }
    return bounds.sorted()
  }

  /// Where ranges begin and end; with the words' edges.
  private static let ranges = [0..<300, 0..<64, 64..<300, 1..<300, 63..<65, 77..<211, 40..<40]

  /// `true`, `false` or nil for each row, of ranges and of a list.
  private func expectEqual(
    _ condition: BoundExpression, _ table: Table, _ expected: [Bool?],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let evaluator = Evaluator(Execution())
    let prepared = try evaluator.prepared(condition, for: table)
    let list = (0..<200).map { Int32($0 * 37 % 300) }
    for rows in Self.ranges.map({ Rows.range($0) }) + [.list(list)] {
      let truth = try evaluator.truth(prepared, table, rows)
      let found = (0..<rows.count).map { place -> Bool? in
        truth.unknown?[place] ?? false ? nil : truth.yes[place]
      }
      let wanted = (0..<rows.count).map { expected[rows.row($0)] }
      guard found == wanted else {
        let what: Comment = "\(condition) over \(rows.count) rows from \(rows.row(0))"
        Issue.record(what, sourceLocation: location)
        return
      }
    }
  }

  @Test("Each comparison with a number", arguments: columns)
  func comparisons(column: Numbers) throws {
    let table = Table.of([.numbers(column.values)])
    for bound in Self.bounds(of: column.values) {
      for comparison in Self.comparisons {
        try expectEqual(
          .compare(
            comparison, .column(0, .integer), .constant(.integer(bound), .integer), isExact: false),
          table, column.values.map { $0.map { Self.holds(comparison, $0, bound) } })
      }
    }
  }

  @Test("From one number to another, open and empty ones too", arguments: columns)
  func within(column: Numbers) throws {
    let table = Table.of([.numbers(column.values)])
    let bounds = Self.bounds(of: column.values).map { Optional($0) } + [nil]
    for low in bounds {
      for high in bounds {
        try expectEqual(
          .within(.column(0, .integer), low: low, high: high), table,
          column.values.map { $0.map { $0 >= low ?? .min && (high == nil || $0 < high ?? 0) } })
      }
    }
  }

  @Test("Computed numbers compare as stored ones do", arguments: columns)
  func computed(column: Numbers) throws {
    // `coalesce` of one column is the column, but it is computed.
    let table = Table.of([.numbers(column.values)])
    let same = BoundExpression.function(.coalesce, [.column(0, .integer)], .integer)
    for bound in Self.bounds(of: column.values) {
      for comparison in Self.comparisons {
        try expectEqual(
          .compare(comparison, same, .constant(.integer(bound), .integer), isExact: false), table,
          column.values.map { $0.map { Self.holds(comparison, $0, bound) } })
      }
      try expectEqual(
        .within(same, low: bound, high: 5), table,
        column.values.map { $0.map { $0 >= bound && $0 < 5 } })
    }
  }

  @Test("Null compares to nothing, and is null", arguments: columns)
  func nulls(column: Numbers) throws {
    let table = Table.of([.numbers(column.values)])
    let isNull = BoundExpression.isNull(.column(0, .integer))
    try expectEqual(isNull, table, column.values.map { $0 == nil })
    try expectEqual(.not(isNull), table, column.values.map { $0 != nil })
    for comparison in Self.comparisons {
      try expectEqual(
        .compare(comparison, .column(0, .integer), .constant(.null, .integer), isExact: false),
        table, column.values.map { _ in nil })
    }
  }

  // Three row groups and a bit.

  struct Condition: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var expression: BoundExpression
    /// Of a row of ``WideTable/shared``.
    var holds: @Sendable (Int) -> Bool?
  }

  private static func number(
    _ name: WideTable.Name, _ low: Int64?, _ high: Int64?
  ) -> Condition {
    let values = WideTable.shared.numbers[name.rawValue]
    return Condition(
      testDescription: "\(name) \(low.map(String.init) ?? "") ..< \(high.map(String.init) ?? "")",
      expression: .within(WideTable.column(name), low: low, high: high)
    ) { row in
      guard let value = values[row] else { return nil }
      return value >= low ?? .min && (high == nil || value < high ?? 0)
    }
  }

  private static func text(
    _ name: WideTable.Name, _ description: String,
    _ condition: (BoundExpression) -> BoundExpression,
    _ holds: @escaping @Sendable (String) -> Bool
  ) -> Condition {
    let values = WideTable.shared.texts[name.rawValue - WideTable.Name.few.rawValue]
    return Condition(
      testDescription: "\(name) \(description)", expression: condition(WideTable.column(name))
    ) { row in values[row].map(holds) }
  }

  /// `spellings` are all that it is, in lower case.
  private static func equal(
    _ name: WideTable.Name, _ wanted: String, spellings: [String]? = nil
  ) -> Condition {
    let spellings = spellings ?? [wanted.lowercased()]
    return text(
      name, "= \(wanted)",
      { .compare(.equal, $0, .constant(.text(wanted), .text), isExact: false) },
      { spellings.contains($0.lowercased()) })
  }

  private static func not(_ a: Condition) -> Condition {
    Condition(testDescription: "not (\(a.testDescription))", expression: .not(a.expression)) {
      a.holds($0).map { !$0 }
    }
  }

  private static func all(_ parts: [Condition]) -> Condition {
    Condition(
      testDescription: parts.map(\.testDescription).joined(separator: " and "),
      expression: .all(parts.map(\.expression))
    ) { row in
      var isUnknown = false
      for part in parts {
        guard let holds = part.holds(row) else {
          isUnknown = true
          continue
        }
        if !holds { return false }
      }
      return isUnknown ? nil : true
    }
  }

  private static func any(_ parts: [Condition]) -> Condition {
    var result = not(all(parts.map(not)))
    result.expression = .any(parts.map(\.expression))
    result.testDescription = parts.map(\.testDescription).joined(separator: " or ")
    return result
  }

  static let conditions: [Condition] = {
    let isEmpty = Condition(
      testDescription: "free is null", expression: .isNull(WideTable.column(.free))
    ) { WideTable.shared.texts[2][$0] == nil }
    let late = number(.words, 1_600_000_000 + 40_000_000, nil)
    let seven = number(.bytes, 7, 8)
    let straße = equal(.free, "straße 7", spellings: ["straße 7", "strasse 7"])
    let code = equal(.many, "CODE 7")
    let ab = equal(.few, "AB")
    // What a loop of its own must compute: the sum of two columns.
    let sum = Condition(
      testDescription: "bytes + halves > 100",
      expression: .compare(
        .greater,
        .arithmetic(.add, WideTable.column(.bytes), WideTable.column(.halves), .integer),
        .constant(.integer(100), .integer), isExact: false)
    ) { row in
      guard let a = WideTable.shared.numbers[0][row], let b = WideTable.shared.numbers[1][row]
      else { return nil }
      return a + b > 100
    }
    return [
      // Zones say all, some and none.
      number(.bytes, -100, 0), number(.bytes, 7, 8), number(.bytes, 100, nil),
      number(.bytes, nil, -100), number(.bytes, 8, 7), number(.halves, -20_000, 20_000),
      late, number(.words, nil, 1_600_000_000 + 33_000_000), number(.whole, .min, .max),
      number(.whole, 0, nil), number(.empty, nil, nil), isEmpty, not(isEmpty), not(late),
      not(seven),
      ab, not(ab), equal(.few, ""), equal(.few, "ÉA"), equal(.few, "no such"), code, not(code),
      text(
        .many, "contains '9'", { .match(TextPattern(.contains, "9"), $0) }, { $0.contains("9") }),
      straße, not(straße), equal(.free, ""),
      text(
        .free, "starts with 'ROW 1'", { .match(TextPattern(.startsWith, "ROW 1"), $0) },
        { $0.hasPrefix("Row 1") }),
      text(
        .free, "in (straße 7, row 1 of 1)",
        { .oneOf($0, ValueSet(texts: ["STRASSE 7", "row 1 of 1"])) },
        { ["straße 7", "strasse 7", "row 1 of 1"].contains($0.lowercased()) }),
      all([late, ab]), all([seven, not(isEmpty)]), all([number(.halves, 0, 100), not(code)]),
      any([ab, code, seven]), not(any([late, straße])), not(all([seven, not(late)])),
      all([ab, sum]), all([number(.halves, 0, 100), sum]), all([sum, number(.bytes, 90, nil)]),
      any([straße, sum]), not(all([number(.halves, 0, 100), sum])),
      all([number(.empty, 0, nil), sum]),
    ]
  }()

  /// Every second row of some groups, none of others; few rows; many in no order, some twice.
  private static let half = (0..<Int32(WideTable.rowCount)).filter {
    $0 % 2 == 0 && Int($0) / RowSelection.groupSize != 1
  }
  private static let sparse = (0..<Int32(WideTable.rowCount)).filter { $0 % 5003 == 77 }
  private static let list = (0..<Int32(10_000)).map {
    Int32(Int($0) * 7919 % WideTable.rowCount)
  }

  @Test("Rows that are kept, of all rows, of sets and of lists", arguments: conditions)
  func filter(condition: Condition) throws {
    let table = WideTable.shared.table
    let holds = (0..<WideTable.rowCount).map { condition.holds($0) == true }
    func kept(_ rows: RowSelection, _ execution: Execution) throws -> [Int32] {
      try Evaluator(execution).filter(Relation(table: table, rows: rows), condition.expression)
        .rows.rows
    }
    func isKept(_ row: Int32) -> Bool { holds[Int(row)] }
    let all = (0..<Int32(WideTable.rowCount)).filter(isKept)
    #expect(try kept(.all(WideTable.rowCount), .twoThreads) == all)
    for (rows, execution) in [(Self.half, Execution()), (Self.sparse, .twoThreads)] {
      let set = RowSet(ascending: rows, rowCount: WideTable.rowCount)
      #expect(try kept(.some(set), execution) == rows.filter(isKept))
    }
    #expect(try kept(.list(Self.list), Execution()) == Self.list.filter(isKept))
  }

  /// Rows in all groups, in the last, in none; read and computed.
  private static let limited = [conditions[0], conditions[1], conditions[2], conditions[33]]

  @Test("A limit leaves the first rows that are kept", arguments: limited)
  func limit(condition: Condition) throws {
    let table = WideTable.shared.table
    let all = (0..<Int32(WideTable.rowCount)).filter { condition.holds(Int($0)) == true }
    let set = RowSet(ascending: Self.half, rowCount: WideTable.rowCount)
    let kept = Self.half.filter { condition.holds(Int($0)) == true }
    for (offset, count) in [
      (0, 0), (0, 1), (5, 10), (0, 70_000), (60_000, 10), (WideTable.rowCount, 5), (3, .max),
    ] {
      for (source, expected) in [(nil, all), (set, kept)] {
        let plan = Plan.limit(
          .filter(.scan(table, source), condition.expression), offset: offset, count: count)
        #expect(try plan.rows(.twoThreads) == Array(expected.dropFirst(offset).prefix(count)))
      }
    }
  }

  // What goes wrong does so only for rows that are asked.

  /// 70,000 rows; in the first `first` the divisor is not null, and 0 in every third.
  private static func division(_ first: Int) -> (table: Table, zeros: Int) {
    let divisors = (0..<70_000).map { Int64($0 % 3 == 0 ? 0 : $0 % 3) }
    let places = (0..<70_000).map { Int64($0) }
    return (Table.of([.numbers(places), .numbers(divisors)]), (first + 2) / 3)
  }

  @Test(
    "Division by zero is counted for the rows that the rest of the condition leaves",
    arguments: [0, 1, 100, 15_000, 40_000, 66_000, 70_000])
  func divisions(first: Int) throws {
    let (table, zeros) = Self.division(first)
    let isFirst = BoundExpression.within(.column(0, .integer), low: 0, high: Int64(first))
    let divided = BoundExpression.compare(
      .greater,
      .arithmetic(
        .divide, .constant(.decimal(Decimal(units: 10_000)), .decimal),
        .convert(.column(1, .integer), .integerToDecimal), .decimal),
      .constant(.decimal(Decimal(units: 9000)), .decimal), isExact: false)
    for parts in [[isFirst, divided], [divided, isFirst]] {
      for execution in [Execution(), .twoThreads] {
        let evaluator = Evaluator(execution)
        let rows = try Plan.filter(.scan(table, nil), .all(parts)).run(evaluator).rows.rows
        #expect(rows == (0..<Int32(first)).filter { $0 % 3 == 1 })
        #expect(evaluator.divisionsByZero == zeros)
        let either = Evaluator(execution)
        let others = try Plan.filter(.scan(table, nil), .any([.not(parts[0]), .not(parts[1])]))
          .run(either).rows.count
        // A division by zero is neither above nor below.
        #expect(others == 70_000 - first + (0..<first).count { $0 % 3 == 2 })
        #expect(either.divisionsByZero == zeros)
      }
    }
  }

  @Test("A number too large is no error where the rest of the condition leaves it out")
  func guarded() throws {
    let numbers = (0..<1000).map { $0 % 2 == 0 ? Int64($0) : .max }
    let table = Table.of([.numbers(numbers)])
    let isSmall = BoundExpression.within(.column(0, .integer), low: nil, high: 10_000)
    let doubled = BoundExpression.compare(
      .less, .arithmetic(.add, .column(0, .integer), .column(0, .integer), .integer),
      .constant(.integer(100), .integer), isExact: false)
    #expect(
      try Plan.filter(.scan(table, nil), .all([doubled, isSmall])).rows()
        == (0..<25).map { Int32($0 * 2) })
    #expect(throws: EngineError.self) { try Plan.filter(.scan(table, nil), doubled).rows() }
  }
}
