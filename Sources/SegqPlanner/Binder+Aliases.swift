import SegqEngine
import SegqLanguage
import SegqRecords

// What `as` names, in the other clauses: `select bucket(total, 500) as total, count() from orders group by total`.
extension Binder {
  /// What a name stands for that `as` gave; nil where none did. Within what it stands for, names are
  /// those of the select list: columns come first.
  mutating func alias(
    _ path: [Identifier], _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression? {
    guard path.count == 1, let expression = aliases[path[0]], isUsable(expression, path, scope),
      openAliases.insert(path[0]).inserted
    else { return nil }
    defer { openAliases.remove(path[0]) }
    do throws(Diagnostic) {
      let bound = try bind(expression, scope.ofSelectList)
      noteHidden(path[0], bound, scope)
      return bound
    } catch {
      guard error.code == "misplaced-aggregate" else { throw error }
      // What is wrong is where the name is used, not what it stands for.
      var placed = error
      placed.span = path[0].span
      throw placed
    }
  }

  /// The expression that `as` gave a name to, where the name stands for it.
  func meaning(of name: Expression, _ scope: Scope) -> Expression? {
    guard case .name(let path) = name.kind, path.count == 1, let expression = aliases[path[0]],
      isUsable(expression, path, scope)
    else { return nil }
    return expression
  }

  /// `select sum(total) as total from orders where total > 100`: rows have no sum, so that the column is
  /// meant.
  private func isUsable(_ expression: Expression, _ path: [Identifier], _ scope: Scope) -> Bool {
    guard case .rows(let table, _) = scope, column(path, table) != nil else { return true }
    return !expression.isAggregated(over: table.name, catalog)
  }

  /// Says once that a name is not the column here that is called so.
  private mutating func noteHidden(_ name: Identifier, _ bound: BoundExpression, _ scope: Scope) {
    guard case .rows(let table, aliasesFirst: true) = scope, let column = column([name], table),
      !bound.isSame(as: column, on: table)
    else { return }
    let note = BindingErrors.hiddenColumn(name, of: owner(of: column, table))
    if !warnings.contains(where: { $0.message == note.message }) { warnings.append(note) }
  }

  private func owner(of column: BoundExpression, _ table: Table) -> String {
    guard case .ancestor(let level, _, _) = column else { return table.name }
    var ancestor: Table? = table
    for _ in 0..<level { ancestor = ancestor?.parent?.table }
    return ancestor?.name ?? table.name
  }

  /// The key that an expression is, however it is written: by `group by country` of orders,
  /// `customers.country` is that column too.
  func key(_ expression: Expression, of groups: GroupScope) -> BoundExpression? {
    let exact = groups.keys.firstIndex { $0.expression == expression }
    return (exact ?? sameKey(expression, of: groups)).map { key in
      .column(key, groups.keys[key].bound.type)
    }
  }

  private func sameKey(_ expression: Expression, of groups: GroupScope) -> Int? {
    guard !groups.keys.isEmpty, expression.isOfOneRow(groups.table.name, catalog),
      !isOpenAlias(expression)
    else { return nil }
    var trial = self
    let rows = Scope.rows(groups.table, aliasesFirst: false)
    guard let bound = try? trial.bind(expression, rows) else { return nil }
    return groups.keys.firstIndex { $0.bound.isSame(as: bound, on: groups.table) }
  }

  /// Whether it is a name that `as` gave, and that is to be looked up first.
  private func isOpenAlias(_ expression: Expression) -> Bool {
    guard case .name(let path) = expression.kind, path.count == 1 else { return false }
    return aliases[path[0]] != nil && !openAliases.contains(path[0])
  }
}

extension Binder.Scope {
  /// The same rows, as the select list sees them.
  fileprivate var ofSelectList: Binder.Scope {
    switch self {
    case .rows(let table, _): .rows(table, aliasesFirst: false)
    case .groups, .nothing: self
    }
  }
}

extension Expression {
  /// Whether it is made of a row's values: no constant, no figure over rows, nothing that has to be run.
  fileprivate func isOfOneRow(_ table: String, _ catalog: any Catalog) -> Bool {
    switch kind {
    case .literal, .variable, .template, .subquery, .has: false
    case .name, .inSegments, .not, .negate, .isNull, .isEmpty, .logical, .compare, .arithmetic,
      .match, .between, .inList, .call:
      !isAggregated(over: table, catalog) && !parts.contains(where: \.hasQuery)
    }
  }

  private var hasQuery: Bool {
    switch kind {
    case .subquery, .has: true
    case .literal, .name, .variable, .template, .inSegments, .not, .negate, .isNull, .isEmpty,
      .logical, .compare, .arithmetic, .match, .between, .inList, .call:
      parts.contains(where: \.hasQuery)
    }
  }
}
