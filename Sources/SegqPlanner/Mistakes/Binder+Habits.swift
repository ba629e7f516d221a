import SegqEngine
import SegqLanguage
import SegqRecords

// Conditions that are right, and hardly what was meant.
extension Binder {
  /// `since >= 30d`, where no row is later than today.
  mutating func warnOfFuture(
    _ expression: Expression, beside left: BoundExpression, called name: Expression, _ scope: Scope
  ) {
    guard case .literal(.duration(let duration)) = expression.kind,
      case .rows(let table, _) = scope, case .column(let index, let type) = left,
      let numbers = table.columns[index].values.numbers, let greatest = numbers.greatest,
      greatest <= (type == .date ? catalog.today : catalog.now)
    else { return }
    let written = Literal.duration(duration).text
    warnings.append(
      Diagnostic(
        .warning, code: "future",
        "\(written) is a day in the future, and no \(source[name.span]) is later than today",
        at: expression.span, help: "write -\(written) to count back from today"))
  }

  /// `zip = 1129`, where rows have 01129 and none has 1129. Columns of few values are looked up by
  /// ``warnIfUnknown(_:_:_:)``; here two short questions are asked.
  mutating func warnOfLostZeros(
    _ digits: String, at expression: Expression, beside left: BoundExpression, _ scope: Scope
  ) throws(Diagnostic) {
    guard !catalog.isChecking, case .literal(.number) = expression.kind, digits.utf8.count < 12,
      digits.allSatisfy(\.isASCIIDigit), case .rows(let table, _) = scope,
      case .column(let index, .text) = left, table.columns[index].values.dictionary == nil,
      try first([digits], in: table, index) == nil
    else { return }
    let padded = (1...4).map { String(repeating: "0", count: $0) + digits }
    guard let known = try first(padded, in: table, index) else { return }
    warnings.append(
      Diagnostic(
        .warning, code: "unknown-value",
        "no row has '\(digits)' as its \(table.columns[index].field.name)", at: expression.span,
        help: "did you mean \(known)? zeros before a number count in a text"))
  }

  /// The first of these texts that a row has.
  private func first(
    _ texts: [String], in table: Table, _ index: Int
  ) throws(Diagnostic) -> String? {
    let condition = BoundExpression.any(
      texts.map {
        .compare(.equal, .column(index, .text), .constant(.text($0), .text), isExact: false)
      })
    let batch = try catalog.batch(
      of: QueryPlan(
        .limit(.filter(.scan(table, nil), condition), offset: 0, count: 1),
        showing: [table.named(index)]))
    guard batch.rowCount > 0, case .text(let text) = batch.columns[0][0] else { return nil }
    return text
  }
}

extension PackedNumbers {
  /// Of all that are not null, without looking at one of them.
  var greatest: Int64? {
    var greatest: Int64?
    for index in zones.span.indices where zones.span[index].low <= zones.span[index].high {
      greatest = max(greatest ?? .min, zones.span[index].high)
    }
    return greatest
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
