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
  /// The rows form a tree, each with its level.
  public var isTree: Bool
}

/// The rule of a segment, bound to customers.
public struct BoundRule {
  public var condition: BoundExpression
  public var warnings: [Diagnostic]
  /// Segments that it names whose members may be wrong, by place.
  public var staleSegments: Set<Int>
}

/// Turns queries into plans: words meet columns.
public enum Planner {
  /// Plans a query. `source` is the text that its spans are of.
  public static func plan(
    _ query: Query, _ source: SourceText, _ catalog: any Catalog
  ) throws(Diagnostic) -> PlannedQuery {
    var planner = QueryPlanner(query, Binder(catalog, source))
    do throws(Diagnostic) {
      let planned = try planner.plan()
      try planner.binder.throwMistakes()
      return planned
    } catch {
      try planner.binder.throwMistakes(and: error)
      throw error
    }
  }

  /// The set of the places of the segments that a rule names.
  public static func segments(
    namedIn rule: String, _ catalog: any Catalog
  ) -> Set<Int> {
    guard let expression = try? Parser.parseCondition(SourceText(rule, name: "")) else { return [] }
    let resolver = SegmentResolver(catalog)
    return Set(expression.segmentSets.flatMap { set in (try? resolver.allPlaces(set)) ?? [] })
  }

  /// The places of the segments whose members an answer uses. `why` and `drift` are about what is
  /// stored.
  public static func segments(usedBy query: Query, _ catalog: any Catalog) -> Set<Int> {
    switch query.subject {
    case .why, .drift, .growth: return []
    case .table, .drill, .overlap, .compare, .profile, .columns:
      return places(in: query.segmentSets, catalog)
    }
  }

  public static func segments(usedBy expression: Expression, _ catalog: any Catalog) -> Set<Int> {
    places(in: expression.segmentSets, catalog)
  }

  private static func places(
    in sets: [SegmentExpression], _ catalog: any Catalog
  ) -> Set<Int> {
    let resolver = SegmentResolver(catalog)
    return Set(sets.flatMap { set in (try? resolver.allPlaces(set)) ?? [] })
  }

  /// Why an answer is empty, where conditions chose its rows; nil where that is not known.
  public static func emptiness(
    of planned: PlannedQuery, _ query: Query, _ catalog: any Catalog
  ) throws(Diagnostic) -> Diagnostic? {
    try Emptiness(of: planned.plan.rows, query.filter, catalog)?.explanation()
  }

  /// The names in quotes by which a rule speaks of segments.
  public static func names(in rule: String) -> [String] {
    guard let expression = try? Parser.parseCondition(SourceText(rule, name: "")) else { return [] }
    return expression.segmentSets.flatMap(\.names)
  }

  /// Binds the rule of a segment: a condition on customers.
  public static func rule(
    _ text: String, of segment: String, _ catalog: any Catalog
  ) throws(Diagnostic) -> BoundRule {
    try rule(SourceText(text, name: "rule of \(segment)"), catalog)
  }

  /// With what is known of parts that other rules have too.
  public static func rule(
    _ source: SourceText, _ catalog: any Catalog, _ shared: SharedParts = SharedParts()
  ) throws(Diagnostic) -> BoundRule {
    try rule(try Parser.parseCondition(source), source, catalog, shared)
  }

  public static func rule(
    _ expression: Expression, _ source: SourceText, _ catalog: any Catalog,
    _ shared: SharedParts = SharedParts()
  ) throws(Diagnostic) -> BoundRule {
    var binder = Binder(catalog, source)
    binder.shared = shared
    let customers = try catalog.table("customers")
    let bound: BoundExpression
    do throws(Diagnostic) {
      bound = try binder.condition(expression, .rows(customers, aliasesFirst: false))
      try binder.throwMistakes()
    } catch {
      try binder.throwMistakes(and: error)
      throw error
    }
    return BoundRule(
      condition: bound, warnings: binder.warnings, staleSegments: binder.segments.stale)
  }

  /// The row of a customer who is told by id or email.
  public static func customer(
    _ expression: Expression, _ source: SourceText, _ catalog: any Catalog
  ) throws(Diagnostic) -> Int? {
    try Binder(catalog, source).customer(expression)
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
    _ expression: Expression, _ source: SourceText, _ catalog: any Catalog,
    isCondition: Bool = false
  ) throws(Diagnostic) -> PlannedQuery {
    var binder = Binder(catalog, source)
    let bound: BoundExpression
    do throws(Diagnostic) {
      bound =
        isCondition
        ? try binder.condition(expression, .nothing) : try binder.bind(expression, .nothing)
      try binder.throwMistakes()
    } catch {
      try binder.throwMistakes(and: error)
      throw error
    }
    let field = Field(name: "value", header: "value", type: bound.type)
    let plan = QueryPlan(.scan(Table.unit, nil), showing: [NamedExpression(field, bound)])
    return PlannedQuery(
      plan: plan, warnings: binder.warnings, staleSegments: binder.segments.stale.sorted(),
      isGrid: false, isTree: false)
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
      plan: plan, warnings: binder.warnings, staleSegments: binder.segments.stale.sorted(),
      isGrid: isGrid, isTree: isTree)
  }

  private func table(_ name: Identifier) throws(Diagnostic) -> Table {
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

  private func lastResult(_ name: Identifier) throws(Diagnostic) -> Table {
    do throws(Diagnostic) { return try binder.catalog.lastResult() } catch {
      var placed = error
      placed.span = name.span
      throw placed
    }
  }

  private mutating func members(_ segments: SegmentExpression) throws(Diagnostic) -> RowSet {
    binder.catalog.members(try binder.segments.set(segments))
  }

  /// `select TABLE` and `drill`: the columns that the table shows.
  private mutating func whole(_ table: Table, rows: RowSet?) throws(Diagnostic) -> QueryPlan {
    try refuse(query.grouping.first, "group by", at: query.groups)
    try refuse(query.having, "having", at: query.groups)
    let shown = table.shownColumns
    let items = shown.map { SelectItem(naming: table.columns[$0].field.name) }
    let plan = try ordered(try filtered(table, rows), table, items: items)
    return QueryPlan(plan, showing: shown.map { table.named($0) })
  }

  private func refuse(
    _ expression: Expression?, _ clause: String, at span: SourceSpan? = nil
  ) throws(Diagnostic) {
    guard let expression else { return }
    throw Diagnostic(
      code: "clause-needs-columns", "'\(clause)' needs a list of columns behind 'select'",
      at: span ?? expression.span, help: "select country, count() from customers group by country")
  }

  /// The rows of the table, or of a set of them, for which `where` holds.
  private mutating func filtered(_ table: Table, _ rows: RowSet?) throws(Diagnostic) -> Plan {
    let scan = Plan.scan(table, rows)
    guard let filter = query.filter else { return scan }
    return binder.collecting(else: scan) { (binder) throws(Diagnostic) in
      .filter(scan, try binder.condition(filter, .rows(table, aliasesFirst: false)))
    }
  }

  /// order by and limit; unless said, rows come by id.
  private mutating func ordered(
    _ plan: Plan, _ table: Table, items: [SelectItem]
  ) throws(Diagnostic) -> Plan {
    var keys = try sortKeys(.rows(table, aliasesFirst: true), items: items)
    if keys.isEmpty, table.parent != nil, let id = table.column(named: "id") {
      keys = [SortKey(.column(id, table.columns[id].values.type))]
    }
    return try limited(plan, keys)
  }

  private func limited(_ plan: Plan, _ keys: [SortKey]) throws(Diagnostic) -> Plan {
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
  private mutating func sortKeys(
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
  private static func descending(
    _ expression: Expression, _ error: Diagnostic, _ source: SourceText
  ) -> String? {
    guard case .negate(let inner) = expression.kind, error.code == "wrong-type" else { return nil }
    return "write \(source[inner.span]) desc"
  }

  // Segments among each other.

  private mutating func drill(
    _ segments: SegmentExpression, _ history: History?
  ) throws(Diagnostic) -> QueryPlan {
    let customers = try binder.catalog.table("customers")
    let set = try binder.segments.set(segments)
    guard let history else { return try whole(customers, rows: binder.catalog.members(set)) }
    let period = try binder.period(of: history.date)
    guard !binder.catalog.isChecking else { return try whole(customers, rows: nil) }
    let reader = HistoryReader(
      catalog: binder.catalog, customers: customers, history: history, period: period)
    let found = try reader.members(of: set)
    if let note = reader.note(of: found.gone.count) { binder.warnings.append(note) }
    return try whole(customers, rows: found.rows)
  }

  private mutating func overlap(_ list: [SegmentExpression]) throws(Diagnostic) -> QueryPlan {
    let catalog = binder.catalog
    var places: [Int] = []
    for expression in list {
      for place in try binder.segments.places(expression) where !places.contains(place) {
        _ = try binder.segments.members(of: place, at: expression.span)
        places.append(place)
      }
    }
    guard places.count > 1 || catalog.isChecking else {
      throw Diagnostic(
        code: "one-segment", "an overlap is between two segments at least", at: list.first?.span,
        help: "overlap 1, 2, 5 · overlap all")
    }
    _ = try catalog.table("customers")
    return try whole(try catalog.overlap(places), rows: nil)
  }

  private mutating func comparison(
    _ a: SegmentExpression, _ b: SegmentExpression
  ) throws(Diagnostic) -> QueryPlan {
    _ = try binder.catalog.table("customers")
    let names = (binder.source[a.span], binder.source[b.span])
    return try whole(
      Store.comparison(try members(a), try members(b), called: names), rows: nil)
  }

  private mutating func profile(
    _ set: SegmentExpression, _ attributes: [Expression], _ base: SegmentExpression?
  ) throws(Diagnostic) -> QueryPlan {
    let customers = try binder.catalog.table("customers")
    let own = try members(set)
    let other = try base.map { (base) throws(Diagnostic) in try members(base) }
    var named: [Attribute] = []
    for attribute in attributes {
      let key = binder.collecting(else: nil) { (binder) throws(Diagnostic) in
        try binder.bind(attribute, .rows(customers, aliasesFirst: false))
      }
      if let key {
        named.append(Attribute(name: binder.source[attribute.span].inOneLine, key: key))
      }
    }
    guard !binder.catalog.isChecking else {
      return try whole(Table.of([], Profiler.fields, name: "profile"), rows: nil)
    }
    // Without its attributes there is nothing to count.
    try binder.throwMistakes()
    let profiler = Profiler(
      catalog: binder.catalog, customers: customers, members: own, base: other)
    return try whole(try profiler.table(by: named), rows: nil)
  }

  private mutating func why(
    _ customer: Expression, _ set: SegmentExpression
  ) throws(Diagnostic) -> QueryPlan {
    let row = try binder.customer(customer)
    let place = try oneSegment(set)
    var rows: [[Value]] = []
    if let row, let place, !binder.catalog.isChecking {
      binder.segments.useStale(place)
      let customers = try binder.catalog.table("customers")
      let explainer = Explainer(catalog: binder.catalog, customers: customers, row: row)
      rows = explainer.reason(ofSegmentAt: place).rows()
    }
    return try whole(Table.of(rows, Reason.fields, name: "why"), rows: nil)
  }

  private mutating func drift(_ set: SegmentExpression) throws(Diagnostic) -> QueryPlan {
    let customers = try binder.catalog.table("customers")
    let nobody = RowSet(rowCount: customers.rowCount)
    guard let place = try oneSegment(set) else {
      return try whole(Store.drift(of: customers, stored: nobody, now: nobody), rows: nil)
    }
    let stored = try binder.segments.members(of: place, at: set.span)
    let now = try matching(binder.catalog.segments[place], at: set.span)
    let table = Store.drift(of: customers, stored: stored, now: now)
    let same = stored.sharedCount(with: now)
    if !binder.catalog.isChecking {
      binder.warnings.append(
        Diagnostic(
          .note, code: "drift",
          "\(now.count - same) would join, \(stored.count - same) leave and \(same) stay"))
    }
    return try whole(table, rows: nil)
  }

  /// Who a segment's rule gives now.
  private func matching(_ segment: Segment, at span: SourceSpan) throws(Diagnostic) -> RowSet {
    let name = "segment \(segment.id) '\(segment.name)'"
    guard let rule = segment.rule else {
      throw Diagnostic(
        code: "no-rule", "\(name) has no rule that its members could drift from", at: span)
    }
    do throws(Diagnostic) {
      let bound = try Planner.rule(rule, of: name, binder.catalog)
      return try binder.catalog.matching(bound.condition, websites: segment.websites)
    } catch {
      // Its place is in the rule, not in the statement.
      throw Diagnostic(
        code: error.code, "the rule of \(name) cannot be evaluated: \(error.message)", at: span,
        help: error.help)
    }
  }

  /// The place of a single segment; nil while a script is checked and it is not known yet.
  private func oneSegment(_ set: SegmentExpression) throws(Diagnostic) -> Int? {
    let places = try binder.segments.places(set)
    guard places.count > 1 else { return places.first }
    throw Diagnostic(
      code: "one-segment", "a single segment is wanted here, not \(places.count)", at: set.span,
      help: "name one by its id: \(binder.catalog.segments[places[0]].id)")
  }

  private mutating func growth(_ set: SegmentExpression) throws(Diagnostic) -> QueryPlan {
    guard let place = try oneSegment(set), !binder.catalog.isChecking else {
      return try whole(Table.of([], Growth.fields, name: "growth"), rows: nil)
    }
    let steps = try binder.catalog.segments[place].steps(askedAt: set.span)
    return try whole(steps.table, rows: nil)
  }

  private func noSuchColumn(_ place: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      code: "no-such-column", "there is no column \(place) in the select list", at: span)
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
    if let star = items.first(where: { $0.expression == nil }) {
      throw Diagnostic(
        code: "no-rows", "there is no table here that '*' could be the columns of", at: star.span,
        help: "add 'from customers'")
    }
    return QueryPlan(
      try limited(.scan(Table.unit, nil), []), showing: try named(items, .nothing, Table.unit))
  }

  private mutating func source(_ from: Source) throws(Diagnostic) -> (Table, RowSet?) {
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
    if case .name = expression.kind, case .computed(_, let column) = bound { return column.field }
    let text = binder.source[expression.span].inOneLine
    return Field(name: text.snakeCased ?? "value", header: text, type: bound.type)
  }

  // Groups.

  private mutating func grouped(
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
    let columns = try named(items, scope, table)
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

  private func refuseHavingAlone(_ items: [SelectItem], _ table: Table) throws(Diagnostic) {
    guard let having = query.having, query.grouping.isEmpty else { return }
    let plain = items.compactMap(\.expression).first { !aggregates($0, table) && $0.literal == nil }
    guard plain != nil else { return }
    throw Diagnostic(
      code: "no-groups", "'having' is for groups, and there is no 'group by'", at: having.span,
      help: "conditions on rows stand behind 'where'")
  }

  private mutating func groupKeys(
    _ items: [SelectItem], _ table: Table
  ) throws(Diagnostic) -> [(expression: Expression, bound: BoundExpression, field: Field)] {
    var keys: [(expression: Expression, bound: BoundExpression, field: Field)] = []
    for key in query.grouping {
      var expression = key
      if case .literal(.number(let digits)) = key.kind, let place = Int(digits) {
        guard items.indices.contains(place - 1), let selected = items[place - 1].expression else {
          throw noSuchColumn(place, at: key.span)
        }
        expression = selected
      } else if case .name(let path) = key.kind, path.count == 1,
        binder.column(path, table) == nil, let aliased = binder.aliases[path[0]]
      {
        expression = aliased
      }
      let bound = binder.collecting(else: nil) { (binder) throws(Diagnostic) in
        do throws(Diagnostic) {
          return try binder.bind(expression, .rows(table, aliasesFirst: false))
        } catch { throw error.helped(Self.rowKey(key, error)) }
      }
      guard let bound else { continue }
      keys.append((expression, bound, field(expression, nil, bound, table)))
    }
    return keys
  }

  /// The help for `group by sum(total)` and `group by all`.
  private static func rowKey(_ key: Expression, _ error: Diagnostic) -> String? {
    if error.code == "misplaced-aggregate" {
      return "group by what each row has: a column, bucket(total, 100)"
    }
    return key.path.map { $0.lowercased() } == ["all"] ? "name the columns: group by country" : nil
  }

  private mutating func distinct(
    _ items: [SelectItem], _ table: Table, _ rows: RowSet?
  ) throws(Diagnostic) -> QueryPlan {
    let plan = try filtered(table, rows)
    let columns = try named(items, .rows(table, aliasesFirst: false), table)
    let expressions = items.compactMap(\.expression)
    guard expressions.count == items.count else {
      return QueryPlan(try limited(.distinct(plan, columns), []), showing: columns.renumbered)
    }
    let keys = zip(expressions, columns).map { ($0, $1.expression) }
    let scope = Binder.Scope.groups(Binder.GroupScope(table, keys))
    var order = try sortKeys(scope, items: items)
    order += columns.renumbered.map { SortKey($0.expression) }
    return QueryPlan(try limited(.distinct(plan, columns), order), showing: columns.renumbered)
  }
}

extension [NamedExpression] {
  /// The columns of a table that consists of these.
  fileprivate var renumbered: [NamedExpression] {
    enumerated().map { NamedExpression($1.field, .column($0, $1.field.type)) }
  }
}

extension Table {
  func named(_ column: Int) -> NamedExpression {
    NamedExpression(columns[column].field, .column(column, columns[column].values.type))
  }
}
