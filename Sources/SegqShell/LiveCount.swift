import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords

/// How many rows a statement is about: `120 of 10,000 customers · 1.2 %`, and where there are none,
/// which of its conditions took the last: `nothing from 'since >= 2027' on, 1,204 before it`.
struct LiveCount {
  private let source: SourceText
  private let catalog: StoreCatalog
  private let table: Table
  private let rows: RowSet?
  private let condition: BoundExpression?
  /// The condition as typed, in its parts.
  private let parts: [Expression]

  /// Nil for statements that are not about rows. Throws what is wrong with the names in it.
  init?(
    _ statement: Statement, _ source: SourceText, _ catalog: StoreCatalog
  ) throws(Diagnostic) {
    guard let question = Question(statement) else { return nil }
    (self.source, self.catalog) = (source, catalog)
    switch question {
    case .rule(let rule):
      table = try catalog.table("customers")
      rows = nil
      condition = try Planner.rule(rule, source, catalog).condition
      parts = rule.conjuncts
    case .query(let query):
      let start = try Planner.plan(query, source, catalog).plan.rows.start
      (table, rows, condition) = (start.table, start.rows, start.condition)
      parts = query.filter?.conjuncts ?? []
    }
  }

  /// Nil where there is nothing to count.
  func sentence() throws(Diagnostic) -> String? {
    guard !table.name.isEmpty else { return nil }
    let noun = table.rowCount == 1 ? String(table.name.dropLast()) : table.name
    let all = rows?.count ?? table.rowCount
    guard let condition else {
      return rows == nil ? "\(all.grouped) \(noun)" : Self.part(all, of: table.rowCount, noun)
    }
    let found = try count(condition)
    if found == 0, all > 0, let reason = try reason(condition, of: all) { return reason }
    return Self.part(found, of: all, noun)
  }

  private func count(_ condition: BoundExpression) throws(Diagnostic) -> Int {
    do throws(EngineError) {
      return try Answer(
        QueryPlan(.filter(.scan(table, rows), condition), showing: []), catalog.execution
      ).rowCount
    } catch {
      throw Diagnostic(code: "interrupted", "interrupted")
    }
  }

  /// The first part of `a and b and c` with which nothing is left.
  private func reason(_ condition: BoundExpression, of all: Int) throws(Diagnostic) -> String? {
    guard case .all(let bound) = condition, bound.count == parts.count else {
      return parts.count == 1 ? "nothing matches \(source[parts[0].span])" : nil
    }
    var before = all
    for index in bound.indices {
      let left = try count(.all(Array(bound[...index])))
      if left == 0 {
        let part = source[parts[index].span]
        return index == 0
          ? "nothing matches \(part)"
          : "nothing is left from \(part) on · \(before.grouped) before it"
      }
      before = left
    }
    return nil
  }

  private static func part(_ found: Int, of all: Int, _ noun: String) -> String {
    guard all > 0 else { return "0 of 0 \(noun)" }
    let tenths = (found * 1000 + all / 2) / all
    let share =
      tenths >= 100 || tenths % 10 == 0 ? "\((tenths + 5) / 10)" : "\(tenths / 10).\(tenths % 10)"
    let shown = tenths == 0 && found > 0 ? "less than 0.1" : share
    return "\(found.grouped) of \(all.grouped) \(noun) · \(shown) %"
  }
}

/// What of a statement can be counted: the rows of a query before they are grouped, ordered or cut.
private enum Question {
  case query(Query)
  /// `create segment … as C`, `alter segment … as C`
  case rule(Expression)

  init?(_ statement: Statement) {
    switch statement.kind {
    case .query(let query):
      switch query.subject {
      // What was is read from the workspace.
      case .drill(_, .some): return nil
      case .table, .columns, .drill: self = .query(query)
      case .overlap, .compare, .profile, .why, .drift, .growth: return nil
      }
    case .command(.create(let definition)): self = .rule(definition.rule)
    case .command(.alter(_, .rule(let rule))): self = .rule(rule)
    case .command(.explain(let inner, _)), .command(.watch(_, let inner)): self.init(inner)
    case .command(.export(let export)) where export.segments.count == 1:
      var query = Query(drilling: export.segments[0])
      query.filter = export.filter
      self = .query(query)
    case .command: return nil
    }
  }
}

extension Expression {
  /// The parts of `a and b and c`.
  fileprivate var conjuncts: [Expression] {
    if case .logical(.and, let parts) = kind { parts } else { [self] }
  }
}
