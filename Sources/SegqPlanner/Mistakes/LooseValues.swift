import SegqLanguage

/// A value alone between conditions, as in `country != FR or DE`: what was compared before it goes on.
struct LooseValues {
  /// The condition before it: `country != FR`.
  let condition: Expression
  /// The values that stand alone, in a row.
  let values: [Expression]
  let word: LogicalOperator

  /// The values alone from `place` on; nil where no comparison stands before them. `outer` is the
  /// condition before the whole `and` in `country = FR or DE and total > 5`.
  init?(at place: Int, of parts: [Expression], by word: LogicalOperator, outer: Expression?) {
    guard parts[place].isLooseValue,
      let condition = parts[..<place].last(where: \.isComparisonOfColumn)
        ?? (place == 0 ? outer : nil)
    else { return nil }
    self.condition = condition
    self.word = word
    values = Array(parts[place...].prefix { $0.isLooseValue })
  }

  /// What to write in the place of all of them: `country not in (FR, DE)`.
  func help(_ source: SourceText) -> String? {
    let words = values.map { source[$0.span] }
    func list(_ column: Expression, _ first: [String], isNegated: Bool) -> String {
      "write \(source[column.span]) \(isNegated ? "not in" : "in") "
        + "(\((first + words).joined(separator: ", ")))"
    }
    var (condition, isNegated) = (condition, false)
    while case .not(let inner) = condition.kind { (condition, isNegated) = (inner, !isNegated) }
    switch condition.kind {
    case .compare(let comparison, let column, let value):
      let first = source[value.span]
      switch comparison {
      case .equal: return list(column, [first], isNegated: isNegated)
      case .notEqual: return list(column, [first], isNegated: !isNegated)
      case .greater, .greaterOrEqual:
        guard word == .and, words.count == 1, !isNegated else { return nil }
        return "write \(source[column.span]) between \(first) and \(words[0])"
      case .similar:
        let column = source[column.span]
        return "write "
          + ([first] + words).map { "\(column) ~= \($0)" }
          .joined(separator: isNegated ? " and " : " or ")
      case .identical, .less, .lessOrEqual: return nil
      }
    case .inList(let column, let options, let isNot):
      return list(column, options.map { source[$0.span] }, isNegated: isNot != isNegated)
    case .match(let match, let column, let value, let isNot):
      let isNot = isNot != isNegated
      let parts = ([source[value.span]] + words).map {
        "\(source[column.span]) \(isNot ? "not " : "")\(match.rawValue) \($0)"
      }
      return "write " + parts.joined(separator: isNot ? " and " : " \(word.rawValue) ")
    default: return nil
    }
  }
}

extension Expression {
  /// A literal or a single word, which is no condition.
  var isLooseValue: Bool {
    switch kind {
    case .literal(.boolean), .literal(.null): false
    case .name(let path): path.count == 1
    default: isLiteral
    }
  }

  /// `country = FR`, `not name contains x`: what a value alone could belong to.
  var isComparisonOfColumn: Bool {
    switch kind {
    case .compare, .match, .inList: true
    case .not(let inner): inner.isComparisonOfColumn
    default: false
    }
  }
}
