import SegqRecords
import Testing

@testable import SegqEngine

/// Rules that are evaluated together, against each by itself.
@Suite("Rules in one pass")
struct RulePassTests {
  private struct World {
    let store: Store
    let customers: Table
    let orders: Table

    init() {
      var dice = Dice(71)
      let count = RowSelection.groupSize * 4 + 77
      func maybe(_ value: Int64) -> Int64? { dice.roll(9) == 0 ? nil : value }
      let places = ["Rome", "Oslo", "ÅRHUS", "Århus"]
      let ages = (0..<count).map { _ in maybe(Int64(dice.roll(90))) }
      let towns = (0..<count).map { _ in dice.roll(9) == 0 ? nil : places[dice.roll(4)] }
      let mails = (0..<count).map { "m\($0 % 977)@\(["x.org", "Y.ORG", "z.net"][$0 % 3])" }
      customers = Self.named(
        "customers", [.numbers(ages), .texts(towns, areCoded: true), .texts(mails)], nil)
      // Some have none, some more than a word of bits.
      let owners = (0..<count).flatMap { row in
        Array(
          repeating: Int32(row),
          count: dice.roll(10) < 4 ? 0 : dice.roll(1500) == 0 ? 150 : dice.roll(6))
      }
      let link = ParentLink(
        table: customers, key: LinkKey(id: 0), sortedRows: owners + [-1, -1, -1])
      let orderCount = owners.count + 3
      let totals = (0..<orderCount).map { _ in maybe(Int64(dice.roll(1000))) }
      let states = (0..<orderCount).map { _ in dice.roll(20) == 0 ? nil : places[dice.roll(3)] }
      orders = Self.named(
        "orders", [.numbers(totals), .texts(states, areCoded: true)], link)
      var store = Store()
      store.put(customers)
      store.put(orders)
      self.store = store
    }

    private static func named(
      _ name: String, _ vectors: [ColumnVector], _ parent: ParentLink?
    ) -> Table {
      let plain = Table.of(vectors, parent: parent)
      return Table(
        name: name, columns: plain.columns, rowCount: plain.rowCount, parent: parent,
        aliases: [:], dateColumn: nil, index: nil)
    }

    func rules(_ count: Int) -> [BoundExpression] {
      var dice = Dice(5)
      return (0..<count).map { _ in condition(3, &dice) }
    }

    /// From few conditions, so that many have something in common.
    private func condition(_ depth: Int, _ dice: inout Dice) -> BoundExpression {
      switch dice.roll(depth == 0 ? 7 : 12) {
      case 0: return number(.column(0, .integer), &dice)
      case 1: return text(1, ["rome", "ÅRHUS"][dice.roll(2)])
      case 2:
        return .match(TextPattern(.endsWith, [".org", ".net"][dice.roll(2)]), .column(2, .text))
      case 3: return .isNull(.column(dice.roll(2), [.integer, .text][0]))
      case 4, 5: return number(.aggregate(figure(&dice)), &dice)
      case 6: return .aggregate(Aggregate(.exists, over: [orders], of: nil, where: filter(&dice)))
      case 7: return .not(condition(depth - 1, &dice))
      case 8, 9: return .any([condition(depth - 1, &dice), condition(depth - 1, &dice)])
      default: return .all([condition(depth - 1, &dice), condition(depth - 1, &dice)])
      }
    }

    private func number(_ value: BoundExpression, _ dice: inout Dice) -> BoundExpression {
      let bound = BoundExpression.constant(
        .integer(Int64([0, 3, 40, 800][dice.roll(4)])), .integer)
      let comparison: BoundExpression.Comparison = dice.roll(2) == 0 ? .greater : .lessOrEqual
      return .compare(comparison, value, bound, isExact: false)
    }

    private func text(_ column: Int, _ text: String) -> BoundExpression {
      .compare(.equal, .column(column, .text), .constant(.text(text), .text), isExact: false)
    }

    private func figure(_ dice: inout Dice) -> Aggregate {
      let functions: [Aggregate.Function] = [.count, .sum, .maximum, .average, .countDistinct]
      let function = functions[dice.roll(5)]
      return Aggregate(
        function, over: [orders], of: function == .count ? nil : .column(0, .integer),
        where: dice.roll(2) == 0 ? nil : filter(&dice))
    }

    private func filter(_ dice: inout Dice) -> BoundExpression {
      let parts = [
        text(1, "oslo"), number(.column(0, .integer), &dice),
        number(.ancestor(level: 1, 0, .integer), &dice),
      ]
      return dice.roll(2) == 0 ? parts[dice.roll(3)] : .all([parts[0], parts[1 + dice.roll(2)]])
    }
  }

  private static let world = World()

  private func together(
    _ rules: [BoundExpression], _ execution: Execution = .twoThreads
  ) throws -> [RuleOutcome] {
    try Self.world.store.matching(
      rules.map { SegmentRule($0, websites: []) }, execution, clock: { 0 }, progress: { _ in })
  }

  @Test("A hundred rules together have the members that each has by itself")
  func many() throws {
    let rules = Self.world.rules(100)
    let outcomes = try together(rules)
    for (i, rule) in rules.enumerated() {
      let alone = try Self.world.store.matching(SegmentRule(rule, websites: []), Execution())
      #expect(
        try outcomes[i].members.get() == alone, "rule \(i): \(rule.text(Self.world.customers))")
    }
    // Chance has not given empty sets only.
    let sizes = try Set(outcomes.map { try $0.members.get().count })
    #expect(sizes.count > 50)
  }

  @Test("What is in several rules is put in one place, and what is in a part of it is not counted")
  func parts() {
    let orders = Self.world.orders
    func count(_ bound: Int64, _ status: String) -> BoundExpression {
      let filter = BoundExpression.compare(
        .equal, .column(1, .text), .constant(.text(status), .text), isExact: false)
      return .compare(
        .greater, .aggregate(Aggregate(.count, over: [orders], of: nil, where: filter)),
        .constant(.integer(bound), .integer), isExact: false)
    }
    var rules = [count(1, "Oslo"), count(2, "Oslo"), count(1, "Rome")]
    var shared = SharedParts(of: &rules, on: Self.world.customers)
    #expect(shared.expressions.map { $0.table.name } == ["customers"])
    #expect(shared.expressions[0].expression.text(Self.world.customers).hasPrefix("count(orders"))
    // A sum of the same orders has their condition in common with the count, not the count.
    let sum = BoundExpression.aggregate(
      Aggregate(
        .sum, over: [orders], of: .column(0, .integer),
        where: .compare(
          .equal, .column(1, .text), .constant(.text("Oslo"), .text), isExact: false)))
    rules = [
      count(1, "Oslo"), .compare(.less, sum, .constant(.integer(9), .integer), isExact: false),
    ]
    shared = SharedParts(of: &rules, on: Self.world.customers)
    #expect(shared.expressions.map { $0.table.name } == ["orders"])
    // Conditions that differ in a constant's case or type are two.
    rules = [count(1, "Oslo"), count(1, "oslo")]
    #expect(SharedParts(of: &rules, on: Self.world.customers).expressions.isEmpty)
  }

  @Test("A rule that fails leaves the others; an interrupt stops all")
  func failures() throws {
    let large = BoundExpression.arithmetic(
      .multiply, .column(0, .integer), .constant(.integer(.max), .integer), .integer)
    let failing = BoundExpression.compare(
      .greater, large, .constant(.integer(0), .integer), isExact: false)
    let fine = BoundExpression.isNull(.column(0, .integer))
    let outcomes = try together([fine, failing, fine])
    let alone = try Self.world.store.matching(SegmentRule(fine, websites: []), Execution())
    #expect(try outcomes[0].members.get() == alone)
    #expect(throws: EngineError.overflow("the result of a calculation")) {
      try outcomes[1].members.get()
    }
    #expect(try outcomes[2].members.get() == alone)
    #expect(throws: EngineError.interrupted) {
      try together([fine, failing], Execution(isInterrupted: { true }))
    }
  }

  @Test("No rules, no customers, rules that hold for all and for nobody")
  func edges() throws {
    #expect(try together([]).isEmpty)
    let outcomes = try together([.all([]), .any([])])
    #expect(try outcomes.map { try $0.members.get().count } == [Self.world.customers.rowCount, 0])
    let empty = try Store().matching(
      [SegmentRule(.all([]), websites: [])], Execution(), clock: { 0 }, progress: { _ in })
    #expect(try empty.map { try $0.members.get().count } == [0])
  }
}
