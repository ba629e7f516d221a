import SegqEngine
import SegqLanguage
import SegqRecords

/// Makes the plan of one query: its subject, and the clauses behind it.
struct QueryPlanner {
  let query: Query
  var binder: Binder

  init(_ query: Query, _ binder: Binder) {
    self.query = query
    self.binder = binder
  }

  mutating func plan() throws(Diagnostic) -> PlannedQuery {
    let plan =
      switch query.subject {
      case .table(let name): try whole(try table(name), rows: nil)
      case .drill(let segments, let history):
        try drill(segments, history)
      case .overlap(let list): try overlap(list)
      case .compare(let a, let b): try comparison(a, b)
      case .profile(let set, let attributes, let base): try profile(set, attributes, base)
      case .why(let customer, let set): try why(customer, set)
      case .drift(let set): try drift(set)
      case .growth(let set): try growth(set)
      case .columns(let items, let isDistinct, let from):
        try columns(items, isDistinct: isDistinct, from: from)
      }
    var (isGrid, isTree) = (false, false)
    if case .why = query.subject { isTree = true }
    if case .table(let name) = query.subject { isGrid = name.text.lowercased() == "segments" }
    return PlannedQuery(
      plan: plan, warnings: binder.allWarnings, staleSegments: binder.segments.stale.sorted(),
      isGrid: isGrid, isTree: isTree)
  }

  func table(_ name: Identifier) throws(Diagnostic) -> Table {
    let wanted = name.text.lowercased()
    if wanted == "segments", !binder.catalog.tableNames.isEmpty {
      return binder.catalog.grid
    }
    if wanted == "_" { return try lastResult(name) }
    let known = binder.catalog.tableNames
    guard known.contains(wanted) else {
      throw BindingErrors.unknownTable(name, known: known.isEmpty ? [] : known + ["segments"])
    }
    return try binder.catalog.table(wanted)
  }

  func lastResult(_ name: Identifier) throws(Diagnostic) -> Table {
    do throws(Diagnostic) { return try binder.catalog.lastResult() } catch {
      var placed = error
      placed.span = name.span
      throw placed
    }
  }

  mutating func members(_ segments: SegmentExpression) throws(Diagnostic) -> RowSet {
    binder.catalog.members(try binder.segments.set(segments))
  }

  /// `select TABLE` and `drill`: the columns that the table shows.
  mutating func whole(_ table: Table, rows: RowSet?) throws(Diagnostic) -> QueryPlan {
    try refuse(query.grouping.first, "group by", at: query.groups)
    try refuse(query.having, "having", at: query.groups)
    let shown = table.shownColumns
    let items = shown.map { SelectItem(naming: table.columns[$0].field.name) }
    let plan = try ordered(try filtered(table, rows), table, items: items)
    return QueryPlan(plan, showing: shown.map { table.named($0) })
  }

  func refuse(
    _ expression: Expression?, _ clause: String, at span: SourceSpan? = nil
  ) throws(Diagnostic) {
    guard let expression else { return }
    throw Diagnostic(
      code: "clause-needs-columns", "'\(clause)' needs a list of columns behind 'select'",
      at: span ?? expression.span, help: "select country, count() from customers group by country")
  }

  /// The rows of the table, or of a set of them, for which `where` holds.
  mutating func filtered(_ table: Table, _ rows: RowSet?) throws(Diagnostic) -> Plan {
    let scan = Plan.scan(table, rows)
    guard let filter = query.filter else { return scan }
    return binder.collecting(else: scan) { (binder) throws(Diagnostic) in
      .filter(scan, try binder.condition(filter, .rows(table, aliasesFirst: true)))
    }
  }

  /// order by and limit; unless said, rows come by id.
  mutating func ordered(
    _ plan: Plan, _ table: Table, items: [SelectItem]
  ) throws(Diagnostic) -> Plan {
    var keys = try sortKeys(.rows(table, aliasesFirst: true), items: items)
    if keys.isEmpty, table.parent != nil, let id = table.column(named: "id") {
      keys = [SortKey(.column(id, table.columns[id].values.type))]
    }
    return try limited(plan, keys)
  }

  func limited(_ plan: Plan, _ keys: [SortKey]) throws(Diagnostic) -> Plan {
    let variables = binder.catalog.variables
    let count = try query.limit.map { (c) throws(Diagnostic) in try variables.count(c) }
    let offset = try query.offset.map { (c) throws(Diagnostic) in try variables.count(c) } ?? 0
    var result = plan
    if !keys.isEmpty {
      let (needed, overflow) = (count ?? 0).addingReportingOverflow(offset)
      result = .sort(result, keys, limit: count == nil || overflow ? nil : needed)
    }
    if count != nil || offset > 0 { result = .limit(result, offset: offset, count: count) }
    if let sample = query.sample { result = .sample(result, try variables.count(sample)) }
    return result
  }

  /// `order by 2` is the second column, `order by n` a column or what `as` named.
  mutating func sortKeys(
    _ scope: Binder.Scope, items: [SelectItem]
  ) throws(Diagnostic) -> [SortKey] {
    var keys: [SortKey] = []
    for item in query.ordering {
      var expression = item.expression
      if case .literal(.number(let digits)) = expression.kind, let place = Int(digits) {
        guard items.indices.contains(place - 1), let selected = items[place - 1].expression else {
          throw noSuchColumn(place, at: expression.span)
        }
        expression = selected
      }
      let bound = binder.collecting(else: nil) { (binder) throws(Diagnostic) in
        do throws(Diagnostic) { return try binder.bind(expression, scope) } catch {
          throw error.helped(Self.descending(expression, error, binder.source))
        }
      }
      if let bound { keys.append(SortKey(bound, isDescending: item.isDescending)) }
    }
    return keys
  }

  /// The help for `order by -name`.
  static func descending(
    _ expression: Expression, _ error: Diagnostic, _ source: SourceText
  ) -> String? {
    guard case .negate(let inner) = expression.kind, error.code == "wrong-type" else { return nil }
    return "write \(source[inner.span]) desc"
  }

  func noSuchColumn(_ place: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "no-such-column", "there is no column \(place) in the select list", at: span)
  }
}

extension Table {
  func named(_ column: Int) -> NamedExpression {
    NamedExpression(columns[column].field, .column(column, columns[column].values.type))
  }
}
