import SegqEngine
import SegqLanguage
import SegqRecords

/// The functions over many rows.
enum AggregateName: String, CaseIterable {
  case count
  case sum
  case avg
  case min
  case max
  case median
  case percentile
  case exists
  case first
  case last
  case nth
  case share
}

extension Call {
  var aggregate: AggregateName? { AggregateName(rawValue: name.text.lowercased()) }
}

extension Binder {
  mutating func call(
    _ call: Call, _ span: SourceSpan, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    guard let name = call.aggregate else { return try scalarFunction(call, span, scope) }
    switch scope {
    case .rows(let table, _):
      let aggregate = try aggregate(name, call, span, over: table)
      guard !aggregate.path.isEmpty || aggregate.members != nil else {
        throw BindingErrors.misplacedAggregate(source[span], at: span)
      }
      return .aggregate(aggregate)
    case .groups(let groups): return try figure(name, call, span, groups)
    case .nothing: return try wholeTable(name, call, span)
    }
  }

  /// A figure of a grouped query: a column behind the keys, computed once however often it stands.
  private mutating func figure(
    _ name: AggregateName, _ call: Call, _ span: SourceSpan, _ groups: GroupScope
  ) throws(Diagnostic) -> BoundExpression {
    if let known = groups.calls.firstIndex(of: call) {
      return .column(groups.keys.count + known, groups.figures[known].1.type)
    }
    let aggregate = try aggregate(name, call, span, over: groups.table, base: groups.base)
    let text = source[span]
    groups.figures.append((Field(name: text, header: text, type: aggregate.type), aggregate))
    groups.calls.append(call)
    return .column(groups.keys.count + groups.figures.count - 1, aggregate.type)
  }

  /// `count(customers)` where there are no rows: over the whole table.
  private mutating func wholeTable(
    _ name: AggregateName, _ call: Call, _ span: SourceSpan
  ) throws(Diagnostic) -> BoundExpression {
    let known = catalog.tableNames + (catalog.tableNames.isEmpty ? [] : ["segments"])
    guard let tableName = call.tableNames.first(where: { known.contains($0) }) else {
      throw Diagnostic(
        code: "no-rows", "there are no rows here that '\(source[span])' could count", at: span,
        help: "name a table: count(customers), or add 'from customers'")
    }
    let table =
      tableName == "segments"
      ? catalog.grid : try catalog.table(tableName)
    let aggregate = try aggregate(name, call, span, over: table)
    let field = Field(name: "value", header: "value", type: aggregate.type)
    let plan = QueryPlan(
      .aggregate(.scan(table, nil), keys: [], figures: [(field, aggregate)]),
      showing: [NamedExpression(field, .column(0, aggregate.type))])
    return .constant(try catalog.scalar(plan), aggregate.type)
  }

  /// What is counted or added up: the rows of `table`, or of a table that hangs on it.
  private mutating func aggregate(
    _ name: AggregateName, _ call: Call, _ span: SourceSpan, over table: Table, base: Int? = nil
  ) throws(Diagnostic) -> Aggregate {
    if name == .share {
      guard call.arguments.isEmpty, call.filter == nil, !call.isDistinct, !call.isStar else {
        throw BindingErrors.wrongArguments(name.synopsis, at: span)
      }
      return Aggregate(.share(of: base), over: [], of: nil)
    }
    if table.name == "customers", call.tableNames.contains("segments") {
      return try membershipAggregate(name, call, span, of: table)
    }
    let (path, target) = try target(of: call, from: table)
    let scope = Scope.rows(target, aliasesFirst: false)
    if path.isEmpty, let mistake = misspeltTable(call, table) { throw mistake }
    let filter = try call.filter.map { (e) throws(Diagnostic) in try condition(e, scope) }
    let isTable = call.countsRows(of: target.name)
    if name == .count || name == .exists, isTable, !call.isDistinct {
      return Aggregate(name == .count ? .count : .exists, over: path, of: nil, where: filter)
    }
    guard call.arguments.count == (name == .nth || name == .percentile ? 2 : 1), name != .exists,
      !call.isDistinct || name == .count
    else { throw BindingErrors.wrongArguments(name.synopsis, at: span) }
    let argument = try bind(call.arguments[0], scope)
    if name == .count, !call.isDistinct, call.arguments[0].path.isEmpty, argument.type == .boolean {
      warnings.append(BindingErrors.countedCondition(at: call.arguments[0].span))
    }
    let function = try function(name, call, argument, span)
    var order: BoundExpression?
    if case .nth = function {
      guard let date = target.dateColumn else {
        throw Diagnostic(
          code: "no-date", "\(target.name) have no date that '\(name.rawValue)' could go by",
          at: span)
      }
      order = .column(date, target.columns[date].values.type)
    }
    return Aggregate(function, over: path, of: argument, where: filter, order: order)
  }

  /// `count(segments where status = active)`: over the segments that a customer is in.
  private mutating func membershipAggregate(
    _ name: AggregateName, _ call: Call, _ span: SourceSpan, of customers: Table
  ) throws(Diagnostic) -> Aggregate {
    let segments = catalog.segments
    let grid = catalog.grid
    let (places, members) = try memberships(call.filter, span, of: customers)
    let rows = places.map { Int32($0) }
    func values(_ bound: BoundExpression) throws(Diagnostic) -> ColumnVector {
      let field = Field(name: "value", header: "value", type: bound.type)
      let all = try catalog.batch(
        of: QueryPlan(.scan(grid, nil), showing: [NamedExpression(field, bound)]))
      return all.columns[0].count == segments.count ? all.columns[0].gathered(rows) : all.columns[0]
    }
    if (name == .count || name == .exists) && call.countsRows(of: "segments") && !call.isDistinct {
      return Aggregate(
        name == .count ? .count : .exists, overMembers: members, values: nil, order: nil)
    }
    guard call.arguments.count == (name == .nth || name == .percentile ? 2 : 1), name != .exists
    else { throw BindingErrors.wrongArguments(name.synopsis, at: span) }
    let argument = try bind(call.arguments[0], .rows(grid, aliasesFirst: false))
    let function = try function(name, call, argument, span)
    let order = grid.column(named: "refreshed").map { BoundExpression.column($0, .datetime) }
    return Aggregate(
      function, overMembers: members, values: try values(argument),
      order: try order.map { (e) throws(Diagnostic) in try values(e) })
  }

  /// `sum(order.total)`, `count(order where total > 10)`: a name that is neither table nor column, or
  /// that of a table whose rows do not name these.
  private func misspeltTable(_ call: Call, _ table: Table) -> Diagnostic? {
    guard let first = call.arguments.first, case .name(let path) = first.kind else { return nil }
    let name = path[0].text.lowercased()
    if catalog.tableNames.contains(name), Self.level(of: name, from: table) == nil,
      column([path[0]], table) == nil, aliases[path[0]] == nil
    {
      return BindingErrors.unrelatedTable(path[0], to: table.name)
    }
    if path.count == 2, Self.level(of: name, from: table) == nil,
      !catalog.tableNames.contains(name)
    {
      return BindingErrors.unknownTable(path[0], known: catalog.tableNames + ["segments"])
    }
    guard call.filter != nil, call.arguments.count == 1, path.count == 1,
      name != table.name, column(path, table) == nil,
      aliases[path[0]] == nil
    else { return nil }
    return BindingErrors.unknownTable(path[0], known: catalog.tableNames + ["segments"])
  }

  private func function(
    _ name: AggregateName, _ call: Call, _ argument: BoundExpression, _ span: SourceSpan
  ) throws(Diagnostic) -> Aggregate.Function {
    let needsNumber = [.sum, .avg, .median, .percentile].contains(name)
    let isDateAllowed = name == .median || name == .percentile
    guard !needsNumber || argument.type.isNumeric || isDateAllowed && argument.type.isTemporal
    else {
      throw BindingErrors.wrongType(
        "'\(source[call.arguments[0].span])'", is: argument.type, wanted: "a number",
        at: call.arguments[0].span)
    }
    switch name {
    case .count: return call.isDistinct ? .countDistinct : .count
    case .sum: return .sum
    case .avg: return .average
    case .min: return .minimum
    case .max: return .maximum
    case .median: return .percentile(0.5)
    case .percentile:
      guard case .literal(.number(let digits)) = try substituted(call.arguments[1]).kind,
        let place = Numbers.decimal(digits)?.units
      else { throw BindingErrors.wrongArguments(name.synopsis, at: call.arguments[1].span) }
      guard (0...1_000_000).contains(place) else {
        throw BindingErrors.percentileOutOfRange(at: call.arguments[1].span)
      }
      return .percentile(Double(place) / 1_000_000)
    case .first: return .nth(1)
    case .last: return .nth(-1)
    case .nth: return .nth(try wholeNumber(call.arguments[1]))
    case .exists: return .exists
    case .share: return .share(of: nil)
    }
  }

  /// The table whose rows the call is about, and the way down to it.
  private func target(
    of call: Call, from table: Table
  ) throws(Diagnostic) -> (path: [Table], target: Table) {
    var longest: [String] = []
    for name in call.tableNames {
      if let path = catalog.path(from: table.name, to: name), path.count > longest.count {
        longest = path
      }
    }
    // A column of the row's own table may be called like a child table.
    var path: [Table] = []
    for name in longest { path.append(try catalog.table(name)) }
    // Only when a file was read it is known whether its rows name others.
    guard let last = longest.last, catalog.path(from: table.name, to: last) == longest else {
      return ([], table)
    }
    return (path, path.last ?? table)
  }
}

extension Call {
  /// The names that could be tables: `orders` in `count(orders)` and in `sum(orders.total)`.
  fileprivate var tableNames: [String] { arguments.flatMap(\.tableNames) }

  /// `count()`, `count(*)`, `count(orders)`: rows rather than values.
  fileprivate func countsRows(of table: String) -> Bool {
    guard let first = arguments.first else { return true }
    return arguments.count == 1 && first.path.count == 1 && first.path[0].lowercased() == table
  }
}

extension Expression {
  fileprivate var tableNames: [String] {
    switch kind {
    case .name(let path): [path[0].text.lowercased()]
    case .call(let call): call.aggregate == nil ? call.arguments.flatMap(\.tableNames) : []
    case .subquery, .has: []
    case .literal, .variable, .template, .inSegments, .not, .negate, .isNull, .isEmpty, .logical,
      .compare, .arithmetic, .match, .between, .inList:
      parts.flatMap(\.tableNames)
    }
  }

  /// Whether it has a function over the rows themselves, so that the query is grouped.
  func isAggregated(over table: String, _ catalog: any Catalog) -> Bool {
    switch kind {
    case .call(let call):
      call.aggregate == nil
        ? call.arguments.contains { $0.isAggregated(over: table, catalog) }
        : !call.tableNames.contains {
          catalog.path(from: table, to: $0) != nil || table == "customers" && $0 == "segments"
        }
    case .subquery, .has: false
    case .name, .literal, .variable, .template, .inSegments, .not, .negate, .isNull, .isEmpty,
      .logical, .compare, .arithmetic, .match, .between, .inList:
      parts.contains { $0.isAggregated(over: table, catalog) }
    }
  }
}

extension AggregateName {
  var synopsis: String { FunctionReference.find(rawValue)?.synopsis ?? rawValue }
}
