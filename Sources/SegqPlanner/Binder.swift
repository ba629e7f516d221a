import SegqEngine
import SegqLanguage
import SegqRecords

/// Gives the names of an expression their columns and its parts their types.
struct Binder {
  let catalog: any Catalog
  let source: SourceText
  var segments: SegmentResolver
  /// The place of the segment whose rule is bound.
  var ownSegment: Int?
  var warnings: [Diagnostic] = []
  /// Mistakes that did not keep the rest from being bound.
  private(set) var mistakes: [Diagnostic] = []
  /// The folded dictionaries of columns that values were looked up in.
  var dictionaries: [String: Set<[UInt8]>] = [:]
  /// What `as` named in the select list.
  var aliases: [Identifier: Expression] = [:]
  /// Aliases that are being replaced, so that `name as name` ends.
  var openAliases: Set<Identifier> = []
  /// The comparison before the part of a condition that is bound.
  private var conditionBefore: Expression?

  init(_ catalog: any Catalog, _ source: SourceText) {
    self.catalog = catalog
    self.source = source
    segments = SegmentResolver(catalog)
  }

  /// What is said before the answer, with the segments that it leaves out.
  var allWarnings: [Diagnostic] { warnings + (segments.note.map { [$0] } ?? []) }

  /// Where names are looked up.
  enum Scope {
    /// Rows of a table, whose parents' columns are seen too. `aggregates` says what a function over
    /// the rows themselves means here.
    case rows(Table, aliasesFirst: Bool)
    /// Groups: only the keys and what is computed over the rows of the group.
    case groups(GroupScope)
    /// No rows at all.
    case nothing

    var table: Table? {
      switch self {
      case .rows(let table, _): table
      case .groups(let groups): groups.table
      case .nothing: nil
      }
    }
  }

  /// The keys of a grouped query and the figures found so far.
  final class GroupScope {
    let table: Table
    let keys: [(expression: Expression, bound: BoundExpression)]
    /// The rows that `share()` is of; nil: those that `where` left.
    let base: Int?
    var figures: [(Field, Aggregate)] = []
    /// The calls that the figures come from, so that one written twice is computed once.
    var calls: [Call] = []

    init(
      _ table: Table, _ keys: [(expression: Expression, bound: BoundExpression)], base: Int? = nil
    ) {
      self.table = table
      self.keys = keys
      self.base = base
    }
  }

  /// Goes on after a mistake, so that the next one is found too.
  mutating func collecting<T>(
    else fallback: T, _ body: (inout Binder) throws(Diagnostic) -> T
  ) -> T {
    do throws(Diagnostic) { return try body(&self) } catch {
      note(error)
      return fallback
    }
  }

  private mutating func note(_ mistake: Diagnostic) {
    for one in [mistake] + mistake.others
    where !mistakes.contains(where: {
      $0.message == one.message && $0.span?.start == one.span?.start
    }) {
      var alone = one
      alone.others = []
      mistakes.append(alone)
    }
  }

  /// Throws what was collected, in the order of the text; `last` is one that ended the binding.
  mutating func throwMistakes(and last: Diagnostic? = nil) throws(Diagnostic) {
    if let last { note(last) }
    let sorted = mistakes.sorted { ($0.span?.start ?? 0) < ($1.span?.start ?? 0) }
    guard var first = sorted.first else { return }
    first.others = Array(sorted.dropFirst())
    throw first
  }

  /// Puts what a variable stands for in its place; `'${x}'` becomes a text.
  func substituted(_ expression: Expression) throws(Diagnostic) -> Expression {
    switch expression.kind {
    case .variable(let name):
      switch try catalog.variables.value(of: name) {
      case .literal(let literal): return Expression(.literal(literal), expression.span)
      case .list: throw BindingErrors.notAScalar(name)
      case .row, .unknown: return expression
      }
    case .template(let template):
      let text = try catalog.variables.text(of: template)
      return Expression(.literal(.string(text)), expression.span)
    default: return expression
    }
  }

  /// Binds an expression of any type.
  mutating func bind(
    _ written: Expression, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    let expression = try substituted(written)
    if case .groups(let groups) = scope, let key = key(expression, of: groups) { return key }
    switch expression.kind {
    case .literal(let literal):
      warnIfQuotedColumn(literal, expression.span, scope)
      return try self.literal(literal, expression.span)
    case .name(let path): return try name(path, expression.span, scope)
    case .variable(let name):
      guard case .unknown(let type) = try catalog.variables.value(of: name) else {
        throw BindingErrors.notAScalar(name)
      }
      return .constant(.null, type ?? .integer)
    case .template: preconditionFailure("templates were replaced above")
    case .not(let inner): return .not(try condition(inner, scope))
    case .negate(let inner): return try negated(inner, expression.span, scope)
    case .logical(let word, let parts):
      var bound: [BoundExpression] = []
      let outer = conditionBefore
      defer { conditionBefore = outer }
      var answered = 0
      for (i, part) in parts.enumerated() {
        let loose = LooseValues(at: i, of: parts, by: word, outer: outer)
        conditionBefore = parts[..<i].last(where: \.isComparisonOfColumn) ?? outer
        bound.append(
          collecting(else: .constant(.boolean(true), .boolean)) { (binder) throws(Diagnostic) in
            do throws(Diagnostic) { return try binder.condition(part, scope) } catch {
              // One message for all values that stand alone in a row.
              if loose != nil, i < answered { return .constant(.boolean(true), .boolean) }
              answered = i + (loose?.values.count ?? 0)
              throw error.helped(
                loose?.help(binder.source) ?? binder.repeatedColumn(part, behind: parts[..<i]))
            }
          })
      }
      return word == .and ? .all(bound) : .any(bound)
    case .compare(let comparison, let a, let b):
      return try compare(comparison, a, b, expression.span, scope)
    case .arithmetic(let operation, let a, let b):
      return try arithmetic(operation, a, b, expression.span, scope)
    case .match(let match, let a, let b, let isNegated):
      let bound = try self.match(match, a, b, scope)
      return isNegated ? .not(bound) : bound
    case .between(let a, let low, let high, let isNegated):
      let bound = BoundExpression.all([
        try compare(.greaterOrEqual, a, low, expression.span, scope),
        try compare(.lessOrEqual, a, high, expression.span, scope),
      ])
      return isNegated ? .not(bound) : bound
    case .inList(let a, let values, let isNegated):
      var options: [BoundExpression] = []
      try refuseCommaNumbers(values, beside: a, scope)
      for value in try expanded(values) {
        options.append(try compare(.equal, a, value, value.span, scope))
      }
      if options.isEmpty { warnings.append(BindingErrors.emptyList(at: expression.span)) }
      let any = BoundExpression.anyOf(options)
      return isNegated ? .not(any) : any
    case .inSegments(let set, let isNegated):
      let bound = try membership(set, expression.span, scope)
      return isNegated ? .not(bound) : bound
    case .has(let customer): return try has(customer, expression.span, scope)
    case .isNull(let inner, let isNegated):
      let bound = BoundExpression.isNull(try bind(inner, scope))
      return isNegated ? .not(bound) : bound
    case .isEmpty(let inner, let isNegated):
      let bound = BoundExpression.isEmpty(try bind(inner, scope))
      return isNegated ? .not(bound) : bound
    case .call(let call): return try self.call(call, expression.span, scope)
    case .subquery(let query): return try subquery(query, expression.span)
    }
  }

  /// The help for `country = FR or DE`: a value alone behind a comparison.
  private func repeatedColumn(
    _ part: Expression, behind parts: ArraySlice<Expression>
  ) -> String? {
    guard part.isLiteral || part.path.count == 1 else { return nil }
    for other in parts.reversed() {
      let (column, sign): (Expression, String)
      switch other.kind {
      case .compare(let comparison, let left, _): (column, sign) = (left, comparison.rawValue)
      case .match(let match, let left, _, isNegated: false): (column, sign) = (left, match.rawValue)
      default: continue
      }
      return "repeat the column: \(source[column.span]) \(sign) \(source[part.span])"
    }
    return nil
  }

  /// `total in (1,000, 2,000)`: 1 and 000 beside numbers are no two values.
  private mutating func refuseCommaNumbers(
    _ values: [Expression], beside column: Expression, _ scope: Scope
  ) throws(Diagnostic) {
    for (value, next) in zip(values, values.dropFirst()) {
      guard case .number(let first) = value.literal, case .number(let digits) = next.literal,
        value.span.end + 1 == next.span.start, digits.hasPrefix("0"),
        digits.prefix(while: { $0 != "." }).count == 3, try bind(column, scope).type.isNumeric
      else { continue }
      throw BindingErrors.commaInList(first + digits, at: value.span.through(next.span))
    }
  }

  /// The values of a list, with those of `$args` in its place.
  private func expanded(_ values: [Expression]) throws(Diagnostic) -> [Expression] {
    var all: [Expression] = []
    for value in values {
      if case .variable(let name) = value.kind,
        case .list(let list) = try catalog.variables.value(of: name)
      {
        all += list.map { Expression(.literal($0), value.span) }
      } else if case .name(let path) = value.kind, path.count == 1 {
        // In a list a bare word is a value, whatever it spells.
        all.append(Expression(.literal(.string(path[0].text)), value.span))
      } else {
        all.append(value)
      }
    }
    return all
  }

  private mutating func warnIfQuotedColumn(
    _ literal: Literal, _ span: SourceSpan, _ scope: Scope
  ) {
    guard case .string(let text) = literal, let table = scope.table,
      source.bytes[span.start] == UInt8(ascii: "\""),
      column([Identifier(text: text, span: span)], table) != nil
    else { return }
    warnings.append(BindingErrors.quotedColumn(text, at: span))
  }

  /// Binds an expression that must be true or false.
  mutating func condition(
    _ expression: Expression, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    let bound = try bind(expression, scope)
    if case .constant(.null, _) = bound { return .constant(.null, .boolean) }
    // A variable of which nothing is known yet may be one.
    if case .variable = expression.kind, bound.type != .boolean, catalog.isChecking {
      return .constant(.null, .boolean)
    }
    guard bound.type == .boolean else {
      throw BindingErrors.notACondition(bound.type, at: expression.span)
    }
    return bound
  }

  /// `total`, `customers.name`: inner names first, then aliases (or the other way round).
  private mutating func name(
    _ path: [Identifier], _ span: SourceSpan, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    switch scope {
    case .rows(let table, let aliasesFirst):
      if aliasesFirst, let bound = try alias(path, scope) { return bound }
      if let column = column(path, table) { return column }
      if let bound = try alias(path, scope) { return bound }
      if let column = try computedColumn(path, table) { return column }
      throw unknown(path, span, table)
    case .groups(let groups):
      if let bound = try alias(path, scope) { return bound }
      let computed = try computedColumn(path, groups.table)
      guard computed != nil || column(path, groups.table) != nil else {
        throw unknown(path, span, groups.table)
      }
      throw BindingErrors.notGrouped(path.map(\.text).joined(separator: "."), at: span)
    case .nothing:
      throw Diagnostic(
        code: "no-rows", "'\(source[span])' without quotes is a column, and no table is named here",
        at: span, help: variable(path) ?? ForeignFunctions.help[source[span].lowercased()]
          ?? "for a text write '\(source[span])'; for a column add: from customers")
    }
  }

  /// The column of the table or of one that it hangs on.
  func column(_ path: [Identifier], _ table: Table) -> BoundExpression? {
    guard let last = path.last, path.count <= 2 else { return nil }
    var candidate: Table? = table
    var level = 0
    while let current = candidate {
      if path.count == 1 || current.name == path[0].text.lowercased(),
        let index = current.column(named: last.text)
          ?? current.columns.firstIndex(where: { $0.field.header == last.text })
      {
        let type = current.columns[index].values.type
        return level == 0 ? .column(index, type) : .ancestor(level: level, index, type)
      }
      (candidate, level) = (current.parent?.table, level + 1)
    }
    return nil
  }

  /// `rfm_group`, of the table or of one that it hangs on.
  func computedColumn(
    _ path: [Identifier], _ table: Table
  ) throws(Diagnostic) -> BoundExpression? {
    guard let last = path.last?.text.lowercased(), path.count <= 2 else { return nil }
    var candidate: Table? = table
    var level = 0
    while let current = candidate {
      if path.count == 1 || current.name == path[0].text.lowercased(),
        let column = try catalog.computedColumn(last, of: current)
      {
        return .computed(level: level, column)
      }
      (candidate, level) = (current.parent?.table, level + 1)
    }
    return nil
  }

  private func unknown(_ path: [Identifier], _ span: SourceSpan, _ table: Table) -> Diagnostic {
    let text = path.map(\.text).joined(separator: ".")
    if path.count == 2, let own = qualified(path, table) { return own }
    if let first = path.first?.text.lowercased(),
      catalog.path(from: table.name, to: first) != nil
    {
      return path.count == 1
        ? BindingErrors.childTable(text, at: span) : BindingErrors.childColumn(text, at: span)
    }
    if path.count == 2, catalog.tableNames.contains(path[0].text.lowercased()) {
      return BindingErrors.unrelatedTable(path[0], to: table.name)
    }
    var known = Set(table.aliases.keys)
    var ancestor = table.parent?.table
    while let next = ancestor {
      known.formUnion(next.aliases.keys)
      ancestor = next.parent?.table
    }
    known.formUnion(aliases.keys.map(\.text))
    known.formUnion(RFM.columnNames)
    if let help = variable(path)
      ?? (Suggestion.nearest(to: text, in: known) == nil
        ? NumberSuffix.plain(text).map { "write \($0)" } ?? ForeignFunctions.help[text.lowercased()]
        : nil)
    {
      return Diagnostic(
        code: "unknown-column", "\(table.name) has no column '\(text)'", at: span, help: help)
    }
    if path.count == 1, let child = childTable(with: text, below: table) {
      return BindingErrors.columnOfChild(text, of: table.name, child, at: span)
    }
    return BindingErrors.unknownColumn(text, of: table.name, at: span, known: known.sorted())
  }

  /// The help for a variable without its `$`.
  func variable(_ path: [Identifier]) -> String? {
    guard path.count == 1, catalog.variables[path[0].text] != nil else { return nil }
    return "the variable is $\(path[0].text)"
  }

  /// `customers.nme`, `ordres.total`: which of the two names is wrong.
  private func qualified(_ path: [Identifier], _ table: Table) -> Diagnostic? {
    let first = path[0].text.lowercased()
    var candidate: Table? = table
    while let current = candidate {
      if current.name == first {
        return BindingErrors.unknownColumn(
          path[1].text, of: current.name, at: path[1].span, known: current.aliases.keys.sorted())
      }
      candidate = current.parent?.table
    }
    guard !catalog.tableNames.contains(first) else { return nil }
    return BindingErrors.unknownTable(path[0], known: catalog.tableNames)
  }

  /// A table that hangs on this one and has the column.
  private func childTable(with column: String, below table: Table) -> String? {
    catalog.tableNames.first { name in
      catalog.path(from: table.name, to: name) != nil
        && catalog.columnNames(of: name).contains { $0 == column.lowercased() }
    }
  }

  /// `in 7`: whether the customer of the row is in.
  private mutating func membership(
    _ expression: SegmentExpression, _ span: SourceSpan, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    guard case .rows(let table, _) = scope, let level = Self.level(of: "customers", from: table)
    else {
      throw Diagnostic(
        code: "no-customer", "there is no customer here that could be in a segment", at: span,
        help: "'in' stands behind 'from customers', or a table that hangs on them")
    }
    return .member(level: level, catalog.members(try segments.set(expression)))
  }

  static func level(of name: String, from table: Table) -> Int? {
    var candidate: Table? = table
    var level = 0
    while let current = candidate {
      if current.name == name { return level }
      (candidate, level) = (current.parent?.table, level + 1)
    }
    return nil
  }

  /// `has 42`, on segments.
  private mutating func has(
    _ customer: Expression, _ span: SourceSpan, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    guard case .rows(let table, _) = scope, table.name == "segments" else {
      throw Diagnostic(
        code: "no-segment", "'has' asks a segment whether a customer is in it", at: span,
        help: "select segments where has 42")
    }
    let row = try self.customer(customer)
    // Of a segment that was never refreshed nobody knows.
    var stale: [Int] = []
    let values = catalog.segments.enumerated().map { place, segment -> Value in
      guard let row, let members = segment.members else { return .null }
      if segment.freshness == .stale { stale.append(place) }
      return .boolean(members.contains(row))
    }
    for place in stale { segments.useStale(place) }
    let field = Field(name: "has", header: "has", type: .boolean)
    return .computed(level: 0, Column(field, ColumnVector(values, type: .boolean)))
  }

  /// The row of a customer who is told by id or email; nil while a script is checked and it is not
  /// known yet.
  func customer(_ written: Expression) throws(Diagnostic) -> Int? {
    let expression = try substituted(written)
    let customers = try catalog.table("customers")
    let text: String
    switch expression.kind {
    case .literal(.number(let digits)): text = digits
    case .literal(.string(let string)): text = string
    case .variable: return nil
    default:
      throw Diagnostic(
        code: "wrong-value", "a customer is told by id or by email in quotes", at: expression.span)
    }
    if let row = customers.index?.row(of: text) { return row }
    // Who has an email is a question to all customers, which a check does not ask.
    if catalog.isChecking { return nil }
    var rows: [Int32] = []
    if let email = customers.column(named: "email"), customers.columns[email].values.type == .text {
      let condition = BoundExpression.compare(
        .equal, .column(email, .text), .constant(.text(text), .text), isExact: false)
      rows = try catalog.matching(condition, websites: []).rows
    }
    if rows.count == 1 { return Int(rows[0]) }
    let ids = customers.column(named: "id").map { id in
      rows.prefix(8).map { customers.columns[id].values[Int($0)].text(in: .utc) }
    }
    throw Diagnostic(
      code: rows.isEmpty ? "unknown-customer" : "ambiguous-customer",
      rows.isEmpty
        ? "there is no customer '\(text)'" : "several customers have the email '\(text)'",
      at: expression.span,
      help: rows.isEmpty
        ? "select customers where email contains '…' finds them"
        : "name one by id: \((ids ?? []).joined(separator: ", "))")
  }

  /// `(select max(total) from orders)`: its first value.
  private mutating func subquery(
    _ query: Query, _ span: SourceSpan
  ) throws(Diagnostic) -> BoundExpression {
    let planned = try Planner.plan(query, source, catalog)
    guard planned.plan.columns.count == 1 else {
      throw Diagnostic(
        code: "one-value", "one value is wanted here, and this has several columns", at: span)
    }
    warnings += planned.warnings
    for place in planned.staleSegments { segments.useStale(place) }
    let two = QueryPlan(
      .limit(planned.plan.rows, offset: 0, count: 2), showing: planned.plan.columns)
    let batch = try catalog.batch(of: two)
    guard batch.rowCount < 2 else { throw BindingErrors.severalRows(at: span) }
    let value = batch.rowCount == 0 ? Value.null : batch.columns[0][0]
    return .constant(value, planned.plan.columns[0].field.type)
  }
}
