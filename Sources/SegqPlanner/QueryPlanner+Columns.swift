import SegqEngine
import SegqLanguage
import SegqRecords

// Columns of one's own.
extension QueryPlanner {
  mutating func columns(
    _ items: [SelectItem], isDistinct: Bool, from: Source?
  ) throws(Diagnostic) -> QueryPlan {
    for item in items {
      if let alias = item.alias, let expression = item.expression {
        binder.aliases[alias] = expression
      }
    }
    guard let from else { return try computedRow(items) }
    let (table, rows) = try source(from)
    warnOfHiddenColumns(items, table)
    let isGrouped =
      !query.grouping.isEmpty || query.having != nil
      || (items.compactMap(\.expression) + query.ordering.map(\.expression)).contains {
        aggregates($0, table)
      }
    if isGrouped { return try grouped(items, table, rows) }
    if isDistinct { return try distinct(items, table, rows) }
    noteRowsOfAggregates(items, table, from)
    let plan = try ordered(try filtered(table, rows), table, items: items)
    return QueryPlan(plan, showing: try named(items, .rows(table, aliasesFirst: false), table))
  }

  func aggregates(_ expression: Expression, _ table: Table) -> Bool {
    if case .name(let path) = expression.kind, path.count == 1,
      let aliased = binder.aliases[path[0]]
    {
      return aliased.isAggregated(over: table.name, binder.catalog)
    }
    return expression.isAggregated(over: table.name, binder.catalog)
  }

  mutating func computedRow(_ items: [SelectItem]) throws(Diagnostic) -> QueryPlan {
    try refuse(query.grouping.first, "from")
    if let filter = query.filter { try refuse(filter, "from") }
    if let star = items.first(where: { $0.expression == nil }) {
      throw Diagnostic(
        code: "no-rows", "there is no table here that '*' could be the columns of", at: star.span,
        help: "add 'from customers'")
    }
    return QueryPlan(
      try limited(.scan(Table.unit, nil), []), showing: try named(items, .nothing, Table.unit))
  }

  mutating func source(_ from: Source) throws(Diagnostic) -> (Table, RowSet?) {
    switch from {
    case .table(let name): (try table(name), nil)
    case .segments(let segments):
      (try binder.catalog.table("customers"), try members(segments))
    }
  }

  mutating func named(
    _ items: [SelectItem], _ scope: Binder.Scope, _ table: Table
  ) throws(Diagnostic) -> [NamedExpression] {
    var columns: [NamedExpression] = []
    for item in items {
      guard let expression = item.expression else {
        let others = table.columns.indices.filter { !table.shownColumns.contains($0) }
        columns += (table.shownColumns + others).map { table.named($0) }
        continue
      }
      let bound = binder.collecting(else: nil) { (binder) throws(Diagnostic) in
        try binder.bind(expression, scope)
      }
      guard let bound else { continue }
      columns.append(NamedExpression(field(expression, item.alias, bound, table), bound))
    }
    return columns
  }

  /// A plain column keeps its header, an expression is called as it is written.
  func field(
    _ expression: Expression, _ alias: Identifier?, _ bound: BoundExpression, _ table: Table
  ) -> Field {
    if let alias {
      return Field(name: alias.text, header: alias.text, type: bound.type)
    }
    if case .name(let path) = expression.kind, let column = binder.column(path, table) {
      switch column {
      case .column(let index, _): return table.columns[index].field
      case .ancestor(let level, let index, _):
        var ancestor: Table? = table
        for _ in 0..<level { ancestor = ancestor?.parent?.table }
        if let field = ancestor?.columns[index].field { return field }
      default: break
      }
    }
    if case .name = expression.kind, case .computed(_, let column) = bound { return column.field }
    let text = binder.source[expression.span].inOneLine
    return Field(name: text.snakeCased ?? "value", header: text, type: bound.type)
  }
}
