public import SegqEngine
public import SegqLanguage
import SegqRecords

/// A query that is ready to run.
public struct PlannedQuery: Sendable {
  public var plan: QueryPlan
  public var warnings: [Diagnostic]
  /// The places of the segments used whose members may be wrong.
  public var staleSegments: [Int]
  /// `select segments` with nothing but rows left out: the grid that `select all` means.
  public var isGrid: Bool
}

/// Turns queries into plans: words meet columns.
public enum Planner {
  /// Plans a query. `source` is the text that its spans are of.
  public static func plan(
    _ query: Query, _ source: SourceText, _ catalog: any Catalog
  ) throws(Diagnostic) -> PlannedQuery {
    var planner = QueryPlanner(query, Binder(catalog, source))
    return try planner.plan()
  }

  /// Binds the rule of a segment: a condition on customers.
  public static func rule(
    _ text: String, of segment: String, _ catalog: any Catalog
  ) throws(Diagnostic) -> (condition: BoundExpression, warnings: [Diagnostic]) {
    let source = SourceText(text, name: "rule of \(segment)")
    let expression = try Parser.parseCondition(source)
    var binder = Binder(catalog, source)
    let customers = try catalog.table("customers")
    let bound = try binder.condition(expression, .rows(customers, aliasesFirst: false))
    return (bound, binder.warnings)
  }

  /// The customers of a segment expression.
  public static func segments(
    _ expression: SegmentExpression, _ catalog: any Catalog
  ) throws(Diagnostic) -> SegmentSet {
    var resolver = SegmentResolver(catalog)
    return try resolver.set(expression)
  }

  /// The places of the segments that a list names, each once, in order.
  public static func places(
    _ list: [SegmentExpression], _ catalog: any Catalog
  ) throws(Diagnostic) -> [Int] {
    let resolver = SegmentResolver(catalog)
    var places: [Int] = []
    for expression in list {
      for place in try resolver.places(expression) where !places.contains(place) {
        places.append(place)
      }
    }
    return places
  }

  /// The value of an expression that stands outside of any query.
  public static func constant(
    _ expression: Expression, _ source: SourceText, _ catalog: any Catalog
  ) throws(Diagnostic) -> QueryPlan {
    var binder = Binder(catalog, source)
    let bound = try binder.bind(expression, .nothing)
    let field = Field(name: "value", header: "value", type: bound.type)
    return QueryPlan(.scan(Table.unit, nil), showing: [NamedExpression(field, bound)])
  }
}

extension Table {
  /// One row without columns.
  static let unit = Table(name: "", columns: [], rowCount: 1)
}

private struct QueryPlanner {
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
      case .drill(let segments):
        try whole(try binder.catalog.table("customers"), rows: try members(segments))
      case .columns(let items, let isDistinct, let from):
        try columns(items, isDistinct: isDistinct, from: from)
      }
    var isGrid = false
    if case .table(let name) = query.subject { isGrid = name.text.lowercased() == "segments" }
    return PlannedQuery(
      plan: plan, warnings: binder.warnings, staleSegments: binder.segments.stale.sorted(),
      isGrid: isGrid)
  }

  private func table(_ name: Identifier) throws(Diagnostic) -> Table {
    let wanted = name.text.lowercased()
    if wanted == "segments", !binder.catalog.tableNames.isEmpty {
      return Store.grid(binder.catalog.segments, selected: binder.catalog.selected)
    }
    let known = binder.catalog.tableNames
    guard known.contains(wanted) else {
      throw BindingErrors.unknownTable(name, known: known + ["segments"])
    }
    return try binder.catalog.table(wanted)
  }

  private mutating func members(_ segments: SegmentExpression) throws(Diagnostic) -> Bitmap {
    binder.catalog.members(try binder.segments.set(segments))
  }

  /// `select TABLE` and `drill`: the columns that the table shows.
  private mutating func whole(_ table: Table, rows: Bitmap?) throws(Diagnostic) -> QueryPlan {
    try refuse(query.grouping.first, "group by")
    try refuse(query.having, "having")
    let plan = try ordered(try filtered(table, rows), table, items: [])
    let shown = table.columns.indices.filter { table.columns[$0].isShown }
    return QueryPlan(plan, showing: shown.map { table.named($0) })
  }

  private func refuse(_ expression: Expression?, _ clause: String) throws(Diagnostic) {
    guard let expression else { return }
    throw Diagnostic(
      code: "clause-needs-columns", "'\(clause)' needs a list of columns behind 'select'",
      at: expression.span, help: "select country, count() from customers group by country")
  }

  /// The rows of the table, or of a set of them, for which `where` holds.
  private mutating func filtered(_ table: Table, _ rows: Bitmap?) throws(Diagnostic) -> Plan {
    let scan = Plan.scan(table, rows)
    guard let filter = query.filter else { return scan }
    return .filter(scan, try binder.condition(filter, .rows(table, aliasesFirst: false)))
  }

  /// order by and limit; unless said, rows come by id.
  private mutating func ordered(
    _ plan: Plan, _ table: Table, items: [SelectItem]
  ) throws(Diagnostic) -> Plan {
    var keys = try sortKeys(.rows(table, aliasesFirst: true), items: items)
    if keys.isEmpty, table.parent != nil, let id = table.column(named: "id") {
      keys = [SortKey(.column(id, table.columns[id].vector.type))]
    }
    return limited(plan, keys)
  }

  private func limited(_ plan: Plan, _ keys: [SortKey]) -> Plan {
    let count = query.limit?.value
    let offset = query.offset?.value ?? 0
    var result = plan
    if !keys.isEmpty {
      let (needed, overflow) = (count ?? 0).addingReportingOverflow(offset)
      result = .sort(result, keys, limit: count == nil || overflow ? nil : needed)
    }
    if count != nil || offset > 0 { result = .limit(result, offset: offset, count: count) }
    return result
  }

  /// `order by 2` is the second column, `order by n` a column or what `as` named.
  private mutating func sortKeys(
    _ scope: Binder.Scope, items: [SelectItem]
  ) throws(Diagnostic) -> [SortKey] {
    var keys: [SortKey] = []
    for item in query.ordering {
      var expression = item.expression
      if case .literal(.number(let digits)) = expression.kind, let place = Int(digits) {
        guard items.indices.contains(place - 1), let selected = items[place - 1].expression else {
          throw Diagnostic(
            code: "no-such-column", "there is no column \(place) in the select list",
            at: expression.span)
        }
        expression = selected
      }
      keys.append(SortKey(try binder.bind(expression, scope), isDescending: item.isDescending))
    }
    return keys
  }

  // Columns of one's own.

  private mutating func columns(
    _ items: [SelectItem], isDistinct: Bool, from: Source?
  ) throws(Diagnostic) -> QueryPlan {
    for item in items {
      if let alias = item.alias, let expression = item.expression {
        binder.aliases[alias] = expression
      }
    }
    guard let from else { return try computedRow(items) }
    let (table, rows) = try source(from)
    let isGrouped =
      !query.grouping.isEmpty || query.having != nil
      || (items.compactMap(\.expression) + query.ordering.map(\.expression)).contains {
        aggregates($0, table)
      }
    if isGrouped { return try grouped(items, table, rows) }
    if isDistinct { return try distinct(items, table, rows) }
    let plan = try ordered(try filtered(table, rows), table, items: items)
    return QueryPlan(plan, showing: try named(items, .rows(table, aliasesFirst: false), table))
  }

  private func aggregates(_ expression: Expression, _ table: Table) -> Bool {
    if case .name(let path) = expression.kind, path.count == 1,
      let aliased = binder.aliases[path[0]]
    {
      return aliased.isAggregated(over: table.name, binder.catalog)
    }
    return expression.isAggregated(over: table.name, binder.catalog)
  }

  private mutating func computedRow(_ items: [SelectItem]) throws(Diagnostic) -> QueryPlan {
    try refuse(query.grouping.first, "from")
    if let filter = query.filter { try refuse(filter, "from") }
    return QueryPlan(
      limited(.scan(Table.unit, nil), []), showing: try named(items, .nothing, Table.unit))
  }

  private mutating func source(_ from: Source) throws(Diagnostic) -> (Table, Bitmap?) {
    switch from {
    case .table(let name): (try table(name), nil)
    case .segments(let segments):
      (try binder.catalog.table("customers"), try members(segments))
    }
  }

  private mutating func named(
    _ items: [SelectItem], _ scope: Binder.Scope, _ table: Table
  ) throws(Diagnostic) -> [NamedExpression] {
    var columns: [NamedExpression] = []
    for item in items {
      guard let expression = item.expression else {
        columns += table.columns.indices.filter { table.columns[$0].isShown }.map {
          table.named($0)
        }
        continue
      }
      let bound = try binder.bind(expression, scope)
      columns.append(NamedExpression(field(expression, item.alias, bound, table), bound))
    }
    return columns
  }

  /// A plain column keeps its header, an expression is called as it is written.
  private func field(
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
    let text = binder.source[expression.span]
    return Field(name: text.snakeCased ?? "value", header: text, type: bound.type)
  }

  // Groups.

  private mutating func grouped(
    _ items: [SelectItem], _ table: Table, _ rows: Bitmap?
  ) throws(Diagnostic) -> QueryPlan {
    var plan = try filtered(table, rows)
    let keys = try groupKeys(items, table)
    let groups = Binder.GroupScope(table, keys.map { ($0.expression, $0.bound) })
    let scope = Binder.Scope.groups(groups)
    for item in items where item.expression == nil {
      throw Diagnostic(
        code: "star-in-groups", "* has many values for each group", at: item.span,
        help: "name the columns of 'group by'")
    }
    let columns = try named(items, scope, table)
    let having = try query.having.map { (e) throws(Diagnostic) in try binder.condition(e, scope) }
    var order = try sortKeys(scope, items: items)
    if order.isEmpty { order = keys.indices.map { SortKey(.column($0, keys[$0].bound.type)) } }
    plan = .aggregate(
      plan, keys: keys.map { NamedExpression($0.field, $0.bound) }, figures: groups.figures)
    if let having { plan = .filter(plan, having) }
    return QueryPlan(limited(plan, order), showing: columns)
  }

  private mutating func groupKeys(
    _ items: [SelectItem], _ table: Table
  ) throws(Diagnostic) -> [(expression: Expression, bound: BoundExpression, field: Field)] {
    var keys: [(expression: Expression, bound: BoundExpression, field: Field)] = []
    for key in query.grouping {
      var expression = key
      if case .literal(.number(let digits)) = key.kind, let place = Int(digits),
        items.indices.contains(place - 1), let selected = items[place - 1].expression
      {
        expression = selected
      } else if case .name(let path) = key.kind, path.count == 1,
        binder.column(path, table) == nil, let aliased = binder.aliases[path[0]]
      {
        expression = aliased
      }
      let bound = try binder.bind(expression, .rows(table, aliasesFirst: false))
      keys.append((expression, bound, field(expression, nil, bound, table)))
    }
    return keys
  }

  private mutating func distinct(
    _ items: [SelectItem], _ table: Table, _ rows: Bitmap?
  ) throws(Diagnostic) -> QueryPlan {
    let plan = try filtered(table, rows)
    let columns = try named(items, .rows(table, aliasesFirst: false), table)
    let expressions = items.compactMap(\.expression)
    guard expressions.count == items.count else {
      return QueryPlan(limited(.distinct(plan, columns), []), showing: columns.renumbered)
    }
    let keys = zip(expressions, columns).map { ($0, $1.expression) }
    let scope = Binder.Scope.groups(Binder.GroupScope(table, keys))
    var order = try sortKeys(scope, items: items)
    if order.isEmpty { order = columns.renumbered.map { SortKey($0.expression) } }
    return QueryPlan(limited(.distinct(plan, columns), order), showing: columns.renumbered)
  }
}

extension [NamedExpression] {
  /// The columns of a table that consists of these.
  fileprivate var renumbered: [NamedExpression] {
    enumerated().map { NamedExpression($1.field, .column($0, $1.field.type)) }
  }
}

extension Table {
  fileprivate func named(_ column: Int) -> NamedExpression {
    NamedExpression(columns[column].field, .column(column, columns[column].vector.type))
  }
}
