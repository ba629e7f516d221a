import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords

/// How many rows a statement is about: `120 of 10,000 customers · 1.2 %`, and where there are none,
/// which of its conditions took the last: `nothing from 'since >= 2027' on, 1,204 before it`.
struct LiveCount {
  private let source: SourceText
  private let narrowing: Narrowing

  /// Nil for statements that are not about rows. Throws what is wrong with the names in it.
  init?(
    _ statement: Statement, _ source: SourceText, _ catalog: StoreCatalog
  ) throws(Diagnostic) {
    guard let question = Question(statement) else { return nil }
    self.source = source
    switch question {
    case .rule(let rule):
      let scan = Plan.scan(try catalog.table("customers"), nil)
      let condition = try Planner.rule(rule, source, catalog).condition
      narrowing = Narrowing(of: .filter(scan, condition), rule, catalog)
    case .query(let query):
      let plan = try Planner.plan(query, source, catalog).plan.rows
      narrowing = Narrowing(of: plan, query.filter, catalog)
    }
  }

  /// Nil where there is nothing to count.
  func sentence() throws(Diagnostic) -> String? {
    let table = narrowing.table
    guard !table.name.isEmpty else { return nil }
    let noun = table.rowCount == 1 ? String(table.name.dropLast()) : table.name
    let all = narrowing.rowCount
    guard !narrowing.conditions.isEmpty else {
      return narrowing.rows == nil
        ? "\(all.grouped) \(noun)" : Self.part(all, of: table.rowCount, noun)
    }
    let found = try narrowing.count()
    if found == 0, let (place, before) = try narrowing.end() { return reason(place, before) }
    return Self.part(found, of: all, noun)
  }

  private func reason(_ place: Int, _ before: Int) -> String {
    let part = source[narrowing.conditions[place].written.span]
    return place == 0
      ? "nothing matches \(part)"
      : "nothing is left from \(part) on · \(before.grouped) before it"
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
