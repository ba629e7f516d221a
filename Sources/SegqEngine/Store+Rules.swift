import SegqRecords

/// The rule of a segment: a condition on customers.
public struct SegmentRule: Sendable {
  public var condition: BoundExpression
  /// Only customers of these; of all websites, if there are none.
  public var websites: [String]

  public init(_ condition: BoundExpression, websites: [String]) {
    (self.condition, self.websites) = (condition, websites)
  }

  /// With the websites as a condition.
  fileprivate func onWebsites(of customers: Table) -> BoundExpression {
    switch WebsiteScope(websites, of: customers) {
    case .all: condition
    case .some(let own): .all([own, condition])
    // Who asks looks at the scope before; nobody is sure to be in.
    case .unknown: .constant(.null, .boolean)
    }
  }
}

/// What came of a rule that was evaluated with others.
public struct RuleOutcome: Sendable {
  public var members: Result<RowSet, EngineError>
  /// What it took, on all cores together. What rules have in common counts for the first.
  public var nanoseconds: Int64
}

extension Store {
  /// The customers for whom the condition holds.
  public func matching(
    _ rule: SegmentRule, _ execution: Execution
  ) throws(EngineError) -> RowSet {
    guard let customers else { return RowSet(rowCount: 0) }
    let all = Relation(table: customers, rows: .all(customers.rowCount))
    let condition = rule.onWebsites(of: customers)
    guard case .some(let members) = try Evaluator(execution).filter(all, condition).rows else {
      preconditionFailure("a filter over a whole table gives a set")
    }
    return members.settled()
  }

  /// The customers of each of many rules, in one pass: all are asked of a row group before the next,
  /// and what they have in common is asked once. One that fails does not stop the others.
  /// `progress` is told how many more rows were looked at.
  public func matching(
    _ rules: [SegmentRule], _ execution: Execution, clock: @escaping @Sendable () -> Int64,
    progress: @escaping @Sendable (Int) -> Void
  ) throws(EngineError) -> [RuleOutcome] {
    guard let customers else {
      return rules.map { _ in
        RuleOutcome(members: .success(RowSet(rowCount: 0)), nanoseconds: 0)
      }
    }
    let pass = try RulePass(rules.map { $0.onWebsites(of: customers) }, customers, execution, clock)
    return try pass.run(execution, progress)
  }
}

/// Conditions on one table that are evaluated together.
private struct RulePass: Sendable {
  private let table: Table
  private let clock: @Sendable () -> Int64
  private let parts: [BoundExpression]
  private let rules: [Rule]

  private struct Rule: Sendable {
    /// What sets that are there tell; nil where they tell nothing.
    var known: RowSet?
    /// What remains to be asked of rows; nil where nothing does.
    var rest: BoundExpression?
    /// Why it can't be evaluated.
    var failure: EngineError?
    var nanoseconds: Int64 = 0
  }

  init(
    _ conditions: [BoundExpression], _ table: Table, _ execution: Execution,
    _ clock: @escaping @Sendable () -> Int64
  ) throws(EngineError) {
    var conditions = conditions
    let shared = SharedParts(of: &conditions, on: table)
    let evaluator = Evaluator(execution)
    var parts: [BoundExpression] = []
    for part in shared.expressions {
      parts.append(try evaluator.prepared(part.expression, for: part.table))
    }
    var rules: [Rule] = []
    for condition in conditions {
      try evaluator.checkInterrupt()
      let start = clock()
      var rule = Rule()
      do throws(EngineError) {
        let prepared = try evaluator.prepared(condition, for: table)
        if let settled = prepared.settled(table) {
          (rule.known, rule.rest) = settled
        } else {
          rule.rest = prepared
        }
      } catch { rule.failure = error }
      rule.nanoseconds = clock() - start
      rules.append(rule)
    }
    (self.table, self.clock, self.parts, self.rules) = (table, clock, parts, rules)
  }

  /// What the rest of a rule kept of a row group.
  private struct Kept: Sendable {
    var rows: Result<Bitmap, EngineError>
    var nanoseconds: Int64
  }

  func run(
    _ execution: Execution, _ progress: @escaping @Sendable (Int) -> Void
  ) throws(EngineError) -> [RuleOutcome] {
    let evaluator = Evaluator(execution)
    let asked = rules.indices.filter { rules[$0].rest != nil }
    let groups: [[Kept]] =
      asked.isEmpty
      ? []
      : try evaluator.map(RowSelection.all(table.rowCount).groupCount) {
        (evaluator, group) throws(EngineError) -> [Kept] in
        let start = group * RowSelection.groupSize
        let rows = start..<min(start + RowSelection.groupSize, table.rowCount)
        evaluator.common = CommonParts(parts, of: table, for: rows)
        var kept: [Kept] = []
        for place in asked { kept.append(try self.kept(rules[place], rows, evaluator)) }
        progress(rows.count)
        return kept
      }
    let columns = Dictionary(uniqueKeysWithValues: asked.enumerated().map { ($1, $0) })
    let outcomes = execution.map(Array(rules.indices)) { place in
      outcome(of: rules[place], columns[place].map { column in groups.map { $0[column] } })
    }
    guard let outcomes else { throw .interrupted }
    return outcomes
  }

  private func kept(
    _ rule: Rule, _ rows: Range<Int>, _ evaluator: Evaluator
  ) throws(EngineError) -> Kept {
    guard let rest = rule.rest else { preconditionFailure("nothing is asked of rows") }
    let start = clock()
    let result: Result<Bitmap, EngineError>
    do throws(EngineError) {
      result = .success(try evaluator.kept(rest, table, rows, of: rule.known?.slice(rows)))
    } catch {
      if error == .interrupted { throw error }
      result = .failure(error)
    }
    return Kept(rows: result, nanoseconds: clock() - start)
  }

  /// Of several failures the first in the order of the rows is told.
  private func outcome(of rule: Rule, _ groups: [Kept]?) -> RuleOutcome {
    let start = clock()
    let members: Result<RowSet, EngineError>
    do throws(EngineError) {
      if let failure = rule.failure { throw failure }
      var parts: [Bitmap] = []
      for group in groups ?? [] { parts.append(try group.rows.get()) }
      let set =
        groups == nil
        ? rule.known ?? RowSet(rowCount: table.rowCount)
        : RowSet(parts: parts, rowCount: table.rowCount)
      members = .success(set.settled())
    } catch { members = .failure(error) }
    let worked = groups?.reduce(0) { $0 + $1.nanoseconds } ?? 0
    return RuleOutcome(
      members: members, nanoseconds: rule.nanoseconds + worked + clock() - start)
  }
}
