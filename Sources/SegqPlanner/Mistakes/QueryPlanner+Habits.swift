import SegqEngine
import SegqLanguage

// Select lists that are right, and hardly what was meant.
extension QueryPlanner {
  /// `select id name from customers`: a column that became the name of another.
  mutating func warnOfHiddenColumns(_ items: [SelectItem], _ table: Table) {
    for item in items where item.isAliasBare {
      guard let alias = item.alias, let expression = item.expression,
        !expression.path.isEmpty, table.column(named: alias.text) != nil
      else { continue }
      let text = binder.source[expression.span]
      binder.warnings.append(
        Diagnostic(
          .warning, code: "bare-alias", "'\(alias.text)' names \(text) here, and is a column too",
          at: alias.span,
          help: "write \(text), \(alias.text) for both, or \(text) as \(alias.text)"))
    }
  }

  /// `select avg(orders.total) from customers` gives a row for each customer, where one over all
  /// orders was probably meant.
  mutating func noteRowsOfAggregates(_ items: [SelectItem], _ table: Table, _ from: Source) {
    let expressions = items.compactMap(\.expression)
    guard case .table = from, query.limit == nil, expressions.count == items.count,
      query.ordering.isEmpty,
      expressions.allSatisfy({ $0.isOverChildrenOnly }),
      let child = Set(expressions.flatMap(\.namedTables)).single,
      binder.catalog.path(from: table.name, to: child) != nil
    else { return }
    binder.warnings.append(
      Diagnostic(
        .note, code: "row-each", "this gives a row for each row of \(table.name)",
        at: expressions[0].span,
        help: statement(items, from: child).map { "for one row over all of them: \($0)" }))
  }

  /// The same list from the child table; nil where the condition would mean something else there.
  private func statement(_ items: [SelectItem], from child: String) -> String? {
    let list = items.map { binder.source[$0.span] }.joined(separator: ", ")
    guard let filter = query.filter else { return "select \(list) from \(child)" }
    let own = Set(binder.catalog.columnNames(of: child).map { $0.lowercased() })
    guard filter.namedTables.isEmpty, !filter.columnNames.contains(where: own.contains) else {
      return nil
    }
    return "select \(list) from \(child) where \(binder.source[filter.span])"
  }
}

extension Expression {
  /// The names of columns that stand alone, in lower case.
  fileprivate var columnNames: [String] {
    (path.count == 1 ? [path[0].lowercased()] : []) + parts.flatMap(\.columnNames)
  }

  /// Aggregates, numbers and what is computed of them, and no column of the row itself.
  fileprivate var isOverChildrenOnly: Bool {
    switch kind {
    case .call(let call): call.aggregate != nil || call.arguments.allSatisfy(\.isOverChildrenOnly)
    case .literal: true
    case .negate(let inner): inner.isOverChildrenOnly
    case .arithmetic(_, let a, let b): a.isOverChildrenOnly && b.isOverChildrenOnly
    default: false
    }
  }
}

extension Set {
  /// The only element.
  fileprivate var single: Element? { count == 1 ? first : nil }
}
