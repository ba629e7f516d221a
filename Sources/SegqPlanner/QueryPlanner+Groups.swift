import SegqEngine
import SegqLanguage
import SegqRecords

// Rows that are put together: groups, and what is distinct.
extension QueryPlanner {
  mutating func grouped(
    _ items: [SelectItem], _ table: Table, _ rows: RowSet?
  ) throws(Diagnostic) -> QueryPlan {
    var plan = try filtered(table, rows)
    let keys = try groupKeys(items, table)
    // Without its keys, what is said of the groups would be noise.
    if keys.count < query.grouping.count { try binder.throwMistakes() }
    try refuseHavingAlone(items, table)
    let base = keys.isEmpty ? rows?.count ?? table.rowCount : nil
    let groups = Binder.GroupScope(table, keys.map { ($0.expression, $0.bound) }, base: base)
    let scope = Binder.Scope.groups(groups)
    for item in items where item.expression == nil {
      throw Diagnostic(
        code: "star-in-groups", "* has many values for each group", at: item.span,
        help: "name the columns of 'group by'")
    }
    let columns = try named(items, scope, table).map { $0.marked(ifAmong: keys.count) }
    let having = query.having.flatMap { having in
      binder.collecting(else: nil) { (binder) throws(Diagnostic) in
        try binder.condition(having, scope)
      }
    }
    var order = try sortKeys(scope, items: items)
    // Groups that are alike in it come by their keys.
    order += keys.indices.map { SortKey(.column($0, keys[$0].bound.type)) }
    plan = .aggregate(
      plan, keys: keys.map { NamedExpression($0.field, $0.bound) }, figures: groups.figures)
    if let having { plan = .filter(plan, having) }
    return QueryPlan(try limited(plan, order), showing: columns)
  }

  func refuseHavingAlone(_ items: [SelectItem], _ table: Table) throws(Diagnostic) {
    guard let having = query.having, query.grouping.isEmpty else { return }
    let plain = items.compactMap(\.expression).first { !aggregates($0, table) && $0.literal == nil }
    guard plain != nil else { return }
    throw Diagnostic(
      code: "no-groups", "'having' is for groups, and there is no 'group by'", at: having.span,
      help: "conditions on rows stand behind 'where'")
  }

  mutating func groupKeys(
    _ items: [SelectItem], _ table: Table
  ) throws(Diagnostic) -> [(expression: Expression, bound: BoundExpression, field: Field)] {
    var keys: [(expression: Expression, bound: BoundExpression, field: Field)] = []
    for key in query.grouping {
      let selected = try selected(by: key, items)
      let bound = binder.collecting(else: nil) { (binder) throws(Diagnostic) in
        do throws(Diagnostic) {
          return try binder.bind(selected ?? key, .rows(table, aliasesFirst: selected == nil))
        } catch { throw error.helped(Self.rowKey(key, error)) }
      }
      let expression = selected ?? binder.meaning(of: key, .rows(table, aliasesFirst: true)) ?? key
      guard let bound else { continue }
      keys.append((expression, bound, field(expression, nil, bound, table)))
    }
    return keys
  }

  /// `group by 2` is the second column; nil for what is no number.
  private func selected(
    by key: Expression, _ items: [SelectItem]
  ) throws(Diagnostic) -> Expression? {
    guard case .literal(.number(let digits)) = key.kind, let place = Int(digits) else { return nil }
    guard items.indices.contains(place - 1), let selected = items[place - 1].expression else {
      throw noSuchColumn(place, at: key.span)
    }
    return selected
  }

  /// The help for `group by sum(total)` and `group by all`.
  static func rowKey(_ key: Expression, _ error: Diagnostic) -> String? {
    if error.code == "misplaced-aggregate" {
      return "group by what each row has: a column, bucket(total, 100)"
    }
    return key.path.map { $0.lowercased() } == ["all"] ? "name the columns: group by country" : nil
  }

  mutating func distinct(
    _ items: [SelectItem], _ table: Table, _ rows: RowSet?
  ) throws(Diagnostic) -> QueryPlan {
    let plan = try filtered(table, rows)
    let columns = try named(items, .rows(table, aliasesFirst: false), table)
    let expressions = items.compactMap(\.expression)
    guard expressions.count == items.count else {
      return QueryPlan(try limited(.distinct(plan, columns), []), showing: columns.renumbered)
    }
    let keys = zip(expressions, columns).map { ($0, $1.expression) }
    let groups = Binder.GroupScope(table, keys)
    var order = try sortKeys(.groups(groups), items: items)
    order += columns.renumbered.map { SortKey($0.expression) }
    // `order by count(orders)` is a figure of the rows that are alike.
    let unique: Plan =
      groups.figures.isEmpty
      ? .distinct(plan, columns) : .aggregate(plan, keys: columns, figures: groups.figures)
    return QueryPlan(try limited(unique, order), showing: columns.renumbered)
  }
}

extension NamedExpression {
  /// Marked as a key where it is one of so many, which come first.
  fileprivate func marked(ifAmong keys: Int) -> NamedExpression {
    guard case .column(let place, _) = expression, place < keys else { return self }
    var field = field
    field.isKey = true
    return NamedExpression(field, expression)
  }
}

extension [NamedExpression] {
  /// The columns of a table that consists of these.
  fileprivate var renumbered: [NamedExpression] {
    enumerated().map { NamedExpression($1.field, .column($0, $1.field.type)) }
  }
}
