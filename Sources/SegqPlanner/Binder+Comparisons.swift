import SegqEngine
import SegqLanguage
import SegqRecords

extension Binder {
  mutating func compare(
    _ comparison: ComparisonOperator, _ left: Expression, _ right: Expression,
    _ span: SourceSpan, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    let (a, b) = (try substituted(left), try substituted(right))
    // `5 < id` is `id > 5`: the literal takes the column's type.
    if a.isLiteral, !b.isLiteral { return try compare(comparison.mirrored, b, a, span, scope) }
    let left = try bind(a, scope)
    if left.type == .text, case .negate = b.kind, let number = b.literal {
      // Numbers beside text compare as typed.
      let typed = Expression(.literal(.string(number.text)), b.span)
      return try compare(comparison, a, typed, span, scope)
    }
    if case .literal(.null) = b.kind {
      warnings.append(BindingErrors.comparedWithNull(comparison == .notEqual, at: span))
    }
    if left.type.isNumeric, case .literal(.duration) = b.kind {
      throw BindingErrors.wrongValue(
        source[b.span], for: left.type, column: source[a.span], at: b.span)
    }
    if left.type.isTemporal, let period = try period(b, for: left.type) {
      warnOfFuture(b, beside: left, called: a, scope)
      return Self.within(comparison, left, period)
    }
    if left.type.isTemporal, ForeignDates.help(for: source[b.span]) != nil {
      throw BindingErrors.wrongValue(
        source[b.span], for: left.type, column: source[a.span], at: b.span)
    }
    if isList(left, scope) { return try listComparison(comparison, left, b, scope) }
    let right = try value(b, beside: left, called: a, scope)
    if case .constant(.text(let text), _) = right, left.type == .text {
      if comparison == .equal || comparison == .notEqual {
        try warnOfLostZeros(text, at: b, beside: left, scope)
      }
      return textComparison(comparison, left, text, a, b, scope)
    }
    if comparison == .similar, left.type == .text, right.type == .text {
      return .compare(.equal, left.folded, right.folded, isExact: true)
    }
    let (x, y) = try unified(left, right, span)
    return .compare(comparison.bound, x, y, isExact: comparison == .identical)
  }

  /// What stands behind a comparison: a bare word is a column if it names one of comparable type,
  /// else a value; a literal takes the type of the other side.
  private mutating func value(
    _ expression: Expression, beside left: BoundExpression, called name: Expression, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    let text: String
    switch expression.kind {
    case .name(let path) where path.count == 1:
      if let table = scope.table, let column = column(path, table),
        Self.areComparable(column.type, left.type)
      {
        if case .rows = scope { return column }
        return try bind(expression, scope)
      }
      if case .groups = scope, left.type != .text { return try bind(expression, scope) }
      text = path[0].text
    case .literal(.string(let string)): text = string
    case .literal(.number(let digits))
    where left.type == .text || left.type.isTemporal
      || left.type == .boolean && ["0", "1"].contains(digits)
        && columnOfTable(left, scope) != nil:
      text = digits
    case .literal(.boolean(let bit)) where isBit(left, scope):
      return left.type == .text
        ? .constant(.text(bit ? "1" : "0"), .text) : .constant(.integer(bit ? 1 : 0), .integer)
    case .literal(.period(let period)) where left.type == .text: text = period.text
    case .literal(.boolean(let bit)) where left.type == .text: text = bit ? "true" : "false"
    case .literal(.null): return .constant(.null, left.type)
    default: return try bind(expression, scope)
    }
    guard let constant = constant(text, left.type) else {
      throw BindingErrors.wrongValue(
        text, for: left.type, column: source[name.span], at: expression.span)
    }
    return constant
  }

  /// Whether a column has 0 and 1 only, so that these are no and yes: `active = true`.
  private func isBit(_ expression: BoundExpression, _ scope: Scope) -> Bool {
    guard let values = columnOfTable(expression, scope)?.values else { return false }
    switch values.type {
    case .integer:
      guard let sketch = values.sketch(waits: true) else { return true }
      return sketch.least >= 0 && sketch.greatest <= 1
    case .text:
      guard let counts = values.valueCounts(atMost: 2, waits: false), !counts.isEmpty else {
        return false
      }
      return counts.allSatisfy { $0.text == "0" || $0.text == "1" }
    case .decimal, .date, .datetime, .boolean: return false
    }
  }

  private func constant(_ text: String, _ type: DataType) -> BoundExpression? {
    switch type {
    case .text: return .constant(.text(text), .text)
    case .integer, .decimal:
      if let number = Int64(text) { return .constant(.integer(number), .integer) }
      return Numbers.decimal(text).map { .constant(.decimal($0), .decimal) }
    case .boolean:
      switch text.lowercased() {
      case "true", "yes", "1": return .constant(.boolean(true), .boolean)
      case "false", "no", "0": return .constant(.boolean(false), .boolean)
      default: return nil
      }
    case .date, .datetime: return nil
    }
  }

  private static func areComparable(_ a: DataType, _ b: DataType) -> Bool {
    a == b || a.isNumeric && b.isNumeric || a.isTemporal && b.isTemporal
  }

  /// Both sides in one type.
  func unified(
    _ a: BoundExpression, _ b: BoundExpression, _ span: SourceSpan
  ) throws(Diagnostic) -> (BoundExpression, BoundExpression) {
    if a.type == b.type { return (a, b) }
    if a.type.isNumeric, b.type.isNumeric { return (a.asDecimal, b.asDecimal) }
    if a.type.isTemporal, b.type.isTemporal {
      return (a.asDatetime(catalog.zone), b.asDatetime(catalog.zone))
    }
    if case .constant(.null, _) = b { return (a, .constant(.null, a.type)) }
    if case .constant(.null, _) = a { return (.constant(.null, b.type), b) }
    throw Diagnostic(
      code: "wrong-type",
      "\(a.type.withArticle) and \(b.type.withArticle) do not compare", at: span,
      help: a.type == .boolean ? "for a range write x between 1 and 10" : nil)
  }

  /// A comparison with a period: `= 2024-01` is within January, `> 2024` from 2025 on.
  private static func within(
    _ comparison: ComparisonOperator, _ value: BoundExpression, _ period: Range<Int64>
  ) -> BoundExpression {
    switch comparison {
    case .equal, .identical, .similar:
      .within(value, low: period.lowerBound, high: period.upperBound)
    case .notEqual: .not(.within(value, low: period.lowerBound, high: period.upperBound))
    case .less: .within(value, low: nil, high: period.lowerBound)
    case .lessOrEqual: .within(value, low: nil, high: period.upperBound)
    case .greater: .within(value, low: period.upperBound, high: nil)
    case .greaterOrEqual: .within(value, low: period.lowerBound, high: nil)
    }
  }

  /// Text beside a constant: other spellings count too, and a value that nobody has is told.
  private mutating func textComparison(
    _ comparison: ComparisonOperator, _ left: BoundExpression, _ text: String, _ name: Expression,
    _ value: Expression, _ scope: Scope
  ) -> BoundExpression {
    let ignoresAccents = comparison == .similar || left.isFolded && comparison != .identical
    func compared(_ text: String) -> BoundExpression {
      let sign = comparison == .notEqual ? .equal : comparison.bound
      guard ignoresAccents else {
        return .compare(
          sign, left, .constant(.text(text), .text), isExact: comparison == .identical)
      }
      return .compare(
        sign, left.folded, .constant(.text(AccentFolding.fold(text)), .text), isExact: true)
    }
    switch comparison {
    case .equal, .notEqual, .similar: break
    case .identical, .less, .lessOrEqual, .greater, .greaterOrEqual: return compared(text)
    }
    var spellings = [text]
    if let column = columnOfTable(left.unfolded, scope) {
      let others = catalog.synonyms(of: text, in: column.field)
      spellings += others.filter { mayHave($0, column, ignoresAccents: ignoresAccents) }
      warnIfUnknown(spellings, column, value, ignoresAccents: ignoresAccents)
    }
    let equal = spellings.count == 1 ? compared(text) : .any(spellings.map(compared))
    return comparison == .notEqual ? .not(equal) : equal
  }

  private func columnOfTable(_ expression: BoundExpression, _ scope: Scope) -> Column? {
    guard case .rows(let table, _) = scope else { return nil }
    switch expression {
    case .column(let index, _): return table.columns[index]
    case .computed(_, let column): return column
    case .ancestor(let level, let index, _):
      var ancestor: Table? = table
      for _ in 0..<level { ancestor = ancestor?.parent?.table }
      return ancestor?.columns[index]
    default: return nil
    }
  }

  /// More warnings of one statement say no more.
  private static let toldWarnings = 20

  /// Whether a row may have a text, in whatever case: false where the column's dictionary has none such.
  private mutating func mayHave(
    _ text: String, _ column: Column, ignoresAccents: Bool
  ) -> Bool {
    func folded(_ text: String) -> [UInt8] {
      ignoresAccents ? Array(AccentFolding.fold(text).utf8) : TextFolding.fold(text)
    }
    guard let dictionary = column.values.dictionary else { return true }
    let key = DictionaryKey(column: column.values.identity, ignoresAccents: ignoresAccents)
    let known = dictionaries[key] ?? Set((0..<dictionary.count).map { folded(dictionary[$0]) })
    dictionaries[key] = known
    return known.contains(folded(text))
  }

  private mutating func warnIfUnknown(
    _ spellings: [String], _ column: Column, _ value: Expression, ignoresAccents: Bool
  ) {
    guard let dictionary = column.values.dictionary,
      warnings.count < Self.toldWarnings
    else { return }
    let values = (0..<dictionary.count).map { dictionary[$0] }
    let legal = Set(column.legalValues.map { TextFolding.fold($0) })
    let isKnown = spellings.contains { spelling in
      mayHave(spelling, column, ignoresAccents: ignoresAccents)
        || legal.contains(TextFolding.fold(spelling))
    }
    guard !isKnown else { return }
    let named = column.legalValues.isEmpty ? values : column.legalValues
    warnings.append(
      Diagnostic(
        .warning, code: "unknown-value",
        "no row has '\(spellings[0])' as its \(column.field.name)", at: value.span,
        help: variable(value.identifiers) ?? Suggestion.nearest(to: spellings[0], in: named).map {
          "did you mean '\($0)'?"
        }
          ?? ((1...6).contains(named.count)
            ? "there are \(named.sorted().map { $0.isEmpty ? "''" : $0 }.joined(separator: ", "))"
            : nil)))
  }

  // A column of several values in one, such as a segment's websites.

  private func isList(_ expression: BoundExpression, _ scope: Scope) -> Bool {
    guard case .rows(let table, _) = scope, case .column(let index, _) = expression else {
      return false
    }
    return table.columns[index].isList
  }

  private mutating func listComparison(
    _ comparison: ComparisonOperator, _ left: BoundExpression, _ b: Expression, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    let value = try self.value(b, beside: left, called: b, scope)
    if case .column = value, let table = scope.table {
      throw BindingErrors.ownColumnForList(source[b.span], table.parent?.table, at: b.span)
    }
    guard case .constant(.text(let text), _) = value else {
      let (x, y) = try unified(left, value, b.span)
      return .compare(comparison.bound, x, y, isExact: comparison == .identical)
    }
    let contains =
      comparison == .similar
      ? BoundExpression.listContains(left.folded, AccentFolding.fold(text), isExact: true)
      : .listContains(left, text, isExact: comparison == .identical)
    switch comparison {
    case .equal, .identical, .similar: return contains
    case .notEqual: return .not(contains)
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return .compare(comparison.bound, left, value, isExact: false)
    }
  }

  // contains, starts with, ends with, like

  mutating func match(
    _ match: TextMatch, _ a: Expression, _ b: Expression, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    var left = try bind(a, scope)
    if left.type != .text { left = .convert(left, .toText(catalog.zone)) }
    guard var text = pattern(try substituted(b)) else {
      throw Diagnostic(
        code: "wrong-value", "a text is wanted behind '\(match.rawValue)'", at: b.span,
        help: "write it in quotes: '\(source[b.span])'")
    }
    if left.isFolded, match != .matches { text = AccentFolding.fold(text) }
    let kind: TextPattern.Kind
    switch match {
    case .contains: kind = .contains
    case .startsWith: kind = .startsWith
    case .endsWith: kind = .endsWith
    case .like: kind = .like
    case .matches: return .matches(try regularExpression(text, b.span), left)
    }
    return .match(TextPattern(kind, text), left)
  }

  private func regularExpression(
    _ pattern: String, _ span: SourceSpan
  ) throws(Diagnostic) -> any TextMatcher {
    do throws(PatternError) { return try catalog.matcher(pattern) } catch {
      throw Diagnostic(
        code: "wrong-pattern", "this is no regular expression: \(error.message)", at: span,
        help: "behind '\(pattern.prefix(error.offset))'")
    }
  }

  private func pattern(_ expression: Expression) -> String? {
    switch expression.kind {
    case .literal(.string(let text)): text
    case .literal(let literal): literal.text
    case .name(let path) where path.count == 1: path[0].text
    // Not known yet: the script is being checked.
    case .variable: ""
    default: nil
    }
  }
}

extension Expression {
  /// A value as written, so that it takes the type of what it is compared with.
  var isLiteral: Bool {
    switch kind {
    case .literal: true
    case .negate(let inner): inner.isLiteral
    default: false
    }
  }
}

extension BoundExpression {
  /// Any of the conditions; many equalities of one column become one look into a set.
  static func anyOf(_ options: [BoundExpression]) -> BoundExpression {
    guard options.count > 8 else { return .any(options) }
    var texts: [String] = []
    var numbers: Set<Int64> = []
    var subject: BoundExpression?
    for option in options {
      for part in option.alternatives {
        guard case .compare(.equal, let left, .constant(let value, _), isExact: false) = part,
          subject == nil || left.isSameColumn(as: subject)
        else { return .any(options) }
        subject = left
        if case .text(let text) = value {
          texts.append(text)
        } else if let number = value.number {
          numbers.insert(number)
        } else {
          return .any(options)
        }
      }
    }
    guard let subject, texts.isEmpty || numbers.isEmpty else { return .any(options) }
    return .oneOf(subject, texts.isEmpty ? .numbers(numbers) : ValueSet(texts: texts))
  }

  private var alternatives: [BoundExpression] {
    guard case .any(let parts) = self else { return [self] }
    return parts
  }

  private func isSameColumn(as other: BoundExpression?) -> Bool {
    switch (self, other) {
    case (.column(let a, let type), .column(let b, let otherType)): a == b && type == otherType
    default: false
    }
  }
}

extension ComparisonOperator {
  var bound: BoundExpression.Comparison {
    switch self {
    case .equal, .identical, .similar: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }

  /// What holds when the sides are swapped.
  var mirrored: ComparisonOperator {
    switch self {
    case .equal, .notEqual, .identical, .similar: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }
}

extension BoundExpression {
  /// Without case and accents.
  fileprivate var folded: BoundExpression { isFolded ? self : .function(.fold, [self], .text) }

  fileprivate var isFolded: Bool {
    if case .function(.fold, _, _) = self { true } else { false }
  }

  /// What `fold` is of.
  fileprivate var unfolded: BoundExpression {
    if case .function(.fold, let arguments, _) = self { arguments[0] } else { self }
  }
}

extension BoundExpression {
  var asDecimal: BoundExpression {
    guard type == .integer else { return self }
    if case .constant(.integer(let n), _) = self {
      let (units, overflow) = n.multipliedReportingOverflow(by: Decimal.scale)
      if !overflow { return .constant(.decimal(Decimal(units: units)), .decimal) }
    }
    return .convert(self, .integerToDecimal)
  }

  func asDatetime(_ zone: TimeZone) -> BoundExpression {
    type == .date ? .convert(self, .dateToDatetime(zone)) : self
  }

  func asDate(_ zone: TimeZone) -> BoundExpression {
    type == .datetime ? .convert(self, .datetimeToDate(zone)) : self
  }
}
