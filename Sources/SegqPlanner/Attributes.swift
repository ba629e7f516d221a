import SegqEngine
import SegqLanguage
import SegqRecords

/// What customers are told apart by in a `profile`: `country`, `count(orders)`.
struct Attribute {
  var name: String
  var key: BoundExpression
}

extension Attribute {
  /// More different values than that say nothing of a segment.
  private static let mostValues = 1000

  /// Those that are looked at where none is named: what has few values, numbers and dates, and what
  /// was bought.
  static func all(of customers: Table, _ catalog: any Catalog) -> [Attribute] {
    let columns = customers.columns.indices.filter { isTelling(customers.columns[$0]) }
    let own = columns.map { column in
      Attribute(
        name: customers.columns[column].field.name,
        key: .column(column, customers.columns[column].values.type))
    }
    return own
      + ["count(orders)", "sum(orders.total)"].compactMap { figure($0, of: customers, catalog) }
  }

  private static func isTelling(_ column: Column) -> Bool {
    switch column.values.type {
    case .text: (1...mostValues).contains(column.values.dictionary?.count ?? 0)
    case .integer, .decimal: column.field.name != "id"
    case .date, .datetime, .boolean: true
    }
  }

  /// A figure over children, where they are loaded.
  private static func figure(
    _ text: String, of customers: Table, _ catalog: any Catalog
  ) -> Attribute? {
    let source = SourceText(text, name: text)
    guard catalog.tableNames.contains("orders"),
      let expression = try? Parser.parseCondition(source)
    else { return nil }
    var binder = Binder(catalog, source)
    guard let key = try? binder.bind(expression, .rows(customers, aliasesFirst: false)) else {
      return nil
    }
    return Attribute(name: text, key: key)
  }
}

/// Quantiles of an attribute's numbers or dates: five parts that hold alike many customers, fewer
/// where many share a value.
struct Quantiles {
  /// Where each part but the first begins, ascending.
  let edges: [Int64]
  private let least: Int64
  let type: DataType

  /// Of a sample in any order.
  init(_ sample: [Int64], type: DataType) {
    let sorted = sample.sorted()
    self.type = type
    least = sorted.first ?? 0
    var found: [Int64] = []
    for part in sorted.isEmpty ? 1..<1 : 1..<5 {
      let edge = sorted[sorted.count * part / 5]
      if edge > found.last ?? least { found.append(edge) }
    }
    edges = found
  }

  /// The number of the part that a value falls in; null for null.
  func part(of key: BoundExpression) -> BoundExpression {
    .function(.part(edges: edges), [key], .integer)
  }

  /// `until 2022-02-28`, `3–7`, `120.5 and more`
  func label(_ part: Int) -> String {
    let low = part > 0 ? edges[part - 1] : nil
    let high = part < edges.count ? edges[part] : nil
    func text(_ number: Int64) -> String { Value(number, as: type).text(in: .utc) }
    // Whole numbers and days end before the next part begins.
    let last = high.map { type == .decimal ? $0 : $0 - 1 }
    switch (low, last) {
    case (nil, let last?):
      if type == .decimal { return "below \(text(last))" }
      return last == least ? text(last) : "until \(text(last))"
    case (let low?, nil): return "from \(text(low))"
    case (let low?, let last?):
      if type == .decimal { return "\(text(low)) to below \(text(last))" }
      return low == last ? text(low) : "\(text(low)) to \(text(last))"
    case (nil, nil): return "all"
    }
  }
}
