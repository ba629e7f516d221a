import SegqEngine
import SegqLanguage
import SegqRecords

/// Why a query has no rows: the condition that removed the last ones, and the nearest value that
/// would not.
///
/// ```
/// note: none of the 950 rows that are left here fulfils this condition
///   select customers where country = FR and total > 99999
///                                           ^^^^^^^^^^^^^
/// help: the nearest is 58302.64
/// ```
struct Emptiness {
  private let catalog: any Catalog
  private let narrowing: Narrowing

  init(of plan: Plan, _ filter: Expression?, _ catalog: any Catalog) {
    self.catalog = catalog
    narrowing = Narrowing(of: plan, filter, catalog)
  }

  /// Nil where the rows were not chosen by conditions, where there was nothing to choose from, or
  /// where it was something else.
  func explanation() throws(Diagnostic) -> Diagnostic? {
    guard let (place, before) = try narrowing.end() else { return nil }
    let condition = narrowing.conditions[place]
    return Diagnostic(
      .note, code: "empty", message(before, isFirst: place == 0), at: condition.written.span,
      help: try nearest(to: condition.bound, before: place, before))
  }

  private func message(_ left: Int, isFirst: Bool) -> String {
    if left == 1 { return "the only row here does not fulfil this condition" }
    return isFirst
      ? "none of the \(left) rows fulfils this condition"
      : "none of the \(left) rows that are left here fulfils this condition"
  }

  // The nearest value.

  private func nearest(
    to condition: BoundExpression, before place: Int, _ left: Int
  ) throws(Diagnostic) -> String? {
    switch condition {
    case .compare(.equal, let value, .constant(.text(let text), _), _):
      return try nearestText(to: text, of: value, before: place, left)
    case .any(let spellings):
      // A country by its code and by its name.
      guard case .compare(.equal, let value, .constant(.text(let text), _), _)? = spellings.first,
        spellings.allSatisfy(\.isTextEquality)
      else { return nil }
      return try nearestText(to: text, of: value, before: place, left)
    case .compare, .within:
      guard let range = condition.range else { return nil }
      return try nearestNumbers(range, before: place)
    case .all(let parts):
      // `between`, written out as two comparisons.
      guard parts.count == 2, var range = parts[0].range, let end = parts[1].range else {
        return nil
      }
      range.above = end.above
      return try nearestNumbers(range, before: place)
    case .constant, .column, .ancestor, .computed, .not, .isNull, .isEmpty, .oneOf,
      .match, .matches, .listContains, .member, .test, .arithmetic, .convert, .function,
      .conditional, .aggregate, .lookup, .shared:
      return nil
    }
  }

  /// More different values than that are not gone through for the nearest.
  private static let mostValues = 2_000
  /// So few values are a choice of which the most frequent may have been meant.
  private static let fewValues = 50

  /// Whether there can't be more values than that. Nobody waits for all texts of a long table.
  private func hasFewTexts(_ value: BoundExpression, rows: Int) -> Bool {
    if rows <= Self.mostValues { return true }
    guard case .column(let index, _) = value,
      let dictionary = narrowing.table.columns[index].values.dictionary
    else { return false }
    return dictionary.count <= Self.mostValues
  }

  private static func rows(_ count: Int64?) -> String {
    "\(count ?? 0) \(count == 1 ? "row" : "rows")"
  }

  private func nearestText(
    to text: String, of value: BoundExpression, before place: Int, _ left: Int
  ) throws(Diagnostic) -> String? {
    guard hasFewTexts(value, rows: left) else { return nil }
    let field = Field(name: "value", header: "value", type: .text)
    let count = Field(name: "n", header: "n", type: .integer)
    let groups = try catalog.batch(
      of: QueryPlan(
        .limit(
          .aggregate(
            narrowing.plan(ofFirst: place), keys: [NamedExpression(field, value)],
            figures: [(count, Aggregate(.count, over: [], of: nil))]), offset: 0,
          count: Self.mostValues),
        showing: [
          NamedExpression(field, .column(0, .text)), NamedExpression(count, .column(1, .integer)),
        ]))
    var counts: [String: Int64] = [:]
    for row in 0..<groups.rowCount {
      if case .text(let known) = groups.columns[0][row] {
        counts[known] = groups.columns[1][row].number
      }
    }
    guard !counts.isEmpty else { return "there are no values at all" }
    if let near = Suggestion.nearest(to: text, in: counts.keys.sorted()) {
      return "the nearest is '\(near)', of \(Self.rows(counts[near]))"
    }
    guard counts.count <= Self.fewValues,
      let most = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) })?.key
    else { return nil }
    return "the most frequent is '\(most)', of \(Self.rows(counts[most]))"
  }

  /// The greatest value below the range and the least above it.
  private func nearestNumbers(
    _ range: SoughtRange, before place: Int
  ) throws(Diagnostic) -> String? {
    func figure(_ function: Aggregate.Function, _ low: Int64?, _ high: Int64?) -> Aggregate {
      Aggregate(
        function, over: [], of: range.value, where: .within(range.value, low: low, high: high))
    }
    let wanted = [
      range.below.map { figure(.maximum, nil, $0) }, range.above.map { figure(.minimum, $0, nil) },
    ].compactMap { $0 }
    let found = try narrowing.figures(wanted, ofFirst: place).filter { $0 != .null }
    let texts = found.map { $0.text(in: catalog.zone) }
    return switch texts.count {
    case 0: "there are no values at all"
    case 1: "the nearest is \(texts[0])"
    default: "the nearest are \(texts.joined(separator: " and "))"
    }
  }
}

extension BoundExpression {
  fileprivate var isTextEquality: Bool {
    if case .compare(.equal, _, .constant(.text, _), _) = self { return true }
    return false
  }
}

/// What a condition on a number or date looks for.
private struct SoughtRange {
  var value: BoundExpression
  /// Values less than that lie before it; nil where it has no beginning.
  var below: Int64?
  /// Values from there on lie behind it.
  var above: Int64?
}

extension BoundExpression {
  fileprivate var range: SoughtRange? {
    switch self {
    case .within(let value, let low, let high):
      return SoughtRange(value: value, below: low, above: high)
    case .compare(let sign, let value, .constant(let constant, _), _):
      guard let limit = constant.number, value.type != .boolean, limit < .max else { return nil }
      return switch sign {
      case .equal: SoughtRange(value: value, below: limit, above: limit + 1)
      case .less: SoughtRange(value: value, above: limit)
      case .lessOrEqual: SoughtRange(value: value, above: limit + 1)
      case .greater: SoughtRange(value: value, below: limit + 1)
      case .greaterOrEqual: SoughtRange(value: value, below: limit)
      case .notEqual: nil
      }
    default: return nil
    }
  }
}
