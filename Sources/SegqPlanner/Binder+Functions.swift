import SegqEngine
import SegqLanguage
import SegqRecords

extension Binder {
  mutating func negated(
    _ inner: Expression, _ span: SourceSpan, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    if case .literal(.duration(let duration)) = try substituted(inner).kind {
      return .constant(.date(try day(duration, isBack: true, span)), .date)
    }
    let bound = try bind(inner, scope)
    guard bound.type.isNumeric else {
      throw BindingErrors.wrongType(
        "'\(source[inner.span])'", is: bound.type, wanted: "a number", at: inner.span)
    }
    if case .constant(.integer(let n), _) = bound { return .constant(.integer(-n), .integer) }
    return .function(.negate, [bound], bound.type)
  }

  mutating func arithmetic(
    _ operation: ArithmeticOperator, _ a: Expression, _ b: Expression, _ span: SourceSpan,
    _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    if case .literal(.duration(let duration)) = try substituted(b).kind,
      operation == .add || operation == .subtract
    {
      return try shifted(a, by: duration, isBack: operation == .subtract, span, scope)
    }
    let (left, right) = (try bind(a, scope), try bind(b, scope))
    if operation == .concatenate, left.type == .boolean, right.type == .boolean {
      throw Diagnostic(
        code: "foreign-form", "'||' joins texts, not conditions", at: span, help: "write 'or'")
    }
    if operation == .concatenate {
      return .arithmetic(.concatenate, asText(left), asText(right), .text)
    }
    if left.type.isTemporal, right.type.isTemporal, operation == .subtract {
      return .arithmetic(
        .subtract, left.asDate(catalog.zone), right.asDate(catalog.zone), .integer)
    }
    if left.isNull || right.isNull {
      let other = left.isNull ? right : left
      return .constant(.null, other.type.isNumeric ? other.type : .integer)
    }
    for (bound, expression) in [(left, a), (right, b)] where !bound.type.isNumeric {
      throw BindingErrors.wrongType(
        "'\(source[expression.span])'", is: bound.type, wanted: "a number", at: expression.span,
        help: bound.type.isTemporal
          ? "move a date by a length of time: date + 7d"
          : bound.type == .text && operation == .add ? "texts are joined by ||" : nil)
    }
    let bound: BoundExpression.Arithmetic =
      switch operation {
      case .add: .add
      case .subtract: .subtract
      case .multiply: .multiply
      case .divide: .divide
      case .concatenate: .concatenate
      }
    if bound != .divide, left.type == .integer, right.type == .integer {
      return .arithmetic(bound, left, right, .integer)
    }
    return .arithmetic(bound, left.asDecimal, right.asDecimal, .decimal)
  }

  private mutating func shifted(
    _ date: Expression, by duration: Duration, isBack: Bool, _ span: SourceSpan, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    let bound = try bind(date, scope)
    guard bound.type.isTemporal else {
      throw BindingErrors.wrongType(
        "'\(source[date.span])'", is: bound.type, wanted: "a date", at: date.span)
    }
    let (days, months) = try shift(duration, span)
    let sign = isBack ? -1 : 1
    return .function(
      .shift(days: sign * days, months: sign * months, catalog.zone), [bound], bound.type)
  }

  func asText(_ bound: BoundExpression) -> BoundExpression {
    bound.type == .text ? bound : .convert(bound, .toText(catalog.zone))
  }

  /// A function of one row's values.
  mutating func scalarFunction(
    _ call: Call, _ span: SourceSpan, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    if let unknown = call.placeholder { throw BindingErrors.unknownCondition(unknown, at: span) }
    guard let form = FunctionForm.all[call.name.text.lowercased()] else {
      throw Diagnostic.unknownFunction(call.name.text, at: call.name.span)
    }
    let synopsis = FunctionReference.find(call.name.text)?.synopsis ?? call.name.text
    guard form.arguments.contains(call.arguments.count), !call.isStar, !call.isDistinct,
      call.filter == nil
    else { throw BindingErrors.wrongArguments(synopsis, at: span) }
    switch form.kind {
    case .datePart(let part):
      let date = try argument(0, of: call, scope, wanted: "a date") { $0.isTemporal }
      return .function(.datePart(part, catalog.zone), [date], .integer)
    case .truncate:
      guard let word = (call.arguments[1].path.first ?? call.arguments[1].text)?.lowercased(),
        let part = ScalarFunction.DatePart(rawValue: word), part != .weekday, part != .hour
      else { throw BindingErrors.wrongArguments(synopsis, at: call.arguments[1].span) }
      let date = try argument(0, of: call, scope, wanted: "a date") { $0.isTemporal }
      return .function(.truncate(part, catalog.zone), [date], .date)
    case .daysSince:
      let date = try argument(0, of: call, scope, wanted: "a date") { $0.isTemporal }
      return .function(.daysSince(today: catalog.today, catalog.zone), [date], .integer)
    case .text(let function, let type):
      return .function(function, [asText(try bind(call.arguments[0], scope))], type)
    case .coalesce: return try coalesce(call, span, scope)
    case .round:
      let places = call.arguments.count > 1 ? try wholeNumber(call.arguments[1]) : 0
      let number = try argument(0, of: call, scope, wanted: "a number") { $0.isNumeric }
      return .function(.round(places), [number], number.type)
    case .absolute:
      let number = try argument(0, of: call, scope, wanted: "a number") { $0.isNumeric }
      return .function(.absolute, [number], number.type)
    case .bucket:
      let number = try argument(0, of: call, scope, wanted: "a number") { $0.isNumeric }
      guard case .constant(let size, _) = try bind(call.arguments[1], .nothing),
        let units = number.type == .decimal ? size.decimalUnits : size.number, units > 0
      else { throw BindingErrors.wrongArguments(synopsis, at: call.arguments[1].span) }
      return .function(.bucket(units), [number], number.type)
    case .conditional:
      let condition = try condition(call.arguments[0], scope)
      let (x, y) = (try bind(call.arguments[1], scope), try bind(call.arguments[2], scope))
      let (a, b) = try sameType(x, y, "if", call.arguments[2].span)
      return .conditional(condition, a, b)
    }
  }

  private mutating func argument(
    _ index: Int, of call: Call, _ scope: Scope, wanted: String, _ fits: (DataType) -> Bool
  ) throws(Diagnostic) -> BoundExpression {
    let expression = call.arguments[index]
    let bound = try bind(expression, scope)
    if bound.isNull { return .constant(.null, [.integer, .datetime].first(where: fits) ?? .text) }
    guard fits(bound.type) else {
      throw BindingErrors.wrongType(
        "'\(source[expression.span])'", is: bound.type, wanted: wanted, at: expression.span)
    }
    return bound
  }

  private mutating func coalesce(
    _ call: Call, _ span: SourceSpan, _ scope: Scope
  ) throws(Diagnostic) -> BoundExpression {
    var parts: [BoundExpression] = []
    for argument in call.arguments {
      let bound = try bind(argument, scope)
      guard let first = parts.first else {
        parts.append(bound)
        continue
      }
      let (x, y) = try sameType(first, bound, "coalesce", argument.span)
      parts[0] = x
      parts.append(y)
    }
    return .function(.coalesce, parts, parts[0].type)
  }

  /// Both in one type, where one of them will be the value of a function.
  private func sameType(
    _ a: BoundExpression, _ b: BoundExpression, _ function: String, _ span: SourceSpan
  ) throws(Diagnostic) -> (BoundExpression, BoundExpression) {
    do throws(Diagnostic) { return try unified(a, b, span) } catch {
      throw BindingErrors.mixedTypes(function, a.type, b.type, at: span)
    }
  }

  func wholeNumber(_ expression: Expression) throws(Diagnostic) -> Int {
    guard case .number(let digits) = try substituted(expression).literal, let number = Int(digits)
    else {
      throw Diagnostic(
        code: "wrong-value", "a whole number is wanted here", at: expression.span)
    }
    return number
  }
}

/// The functions of one row's values, by name.
struct FunctionForm {
  enum Kind {
    case datePart(ScalarFunction.DatePart)
    case truncate
    case daysSince
    case text(ScalarFunction, DataType)
    case coalesce
    case round
    case absolute
    case bucket
    case conditional
  }

  let kind: Kind
  let arguments: ClosedRange<Int>

  static let all: [String: FunctionForm] = {
    var all: [String: FunctionForm] = [
      "trunc": FunctionForm(kind: .truncate, arguments: 2...2),
      "days_since": FunctionForm(kind: .daysSince, arguments: 1...1),
      "lower": FunctionForm(kind: .text(.lower, .text), arguments: 1...1),
      "upper": FunctionForm(kind: .text(.upper, .text), arguments: 1...1),
      "fold": FunctionForm(kind: .text(.fold, .text), arguments: 1...1),
      "trim": FunctionForm(kind: .text(.trim, .text), arguments: 1...1),
      "length": FunctionForm(kind: .text(.length, .integer), arguments: 1...1),
      "domain": FunctionForm(kind: .text(.domain, .text), arguments: 1...1),
      "coalesce": FunctionForm(kind: .coalesce, arguments: 1...100),
      "round": FunctionForm(kind: .round, arguments: 1...2),
      "abs": FunctionForm(kind: .absolute, arguments: 1...1),
      "bucket": FunctionForm(kind: .bucket, arguments: 2...2),
      "if": FunctionForm(kind: .conditional, arguments: 3...3),
    ]
    for part in ScalarFunction.DatePart.allCases {
      all[part.rawValue] = FunctionForm(kind: .datePart(part), arguments: 1...1)
    }
    return all
  }()
}

extension BoundExpression {
  /// The literal `null`, of which only the place tells the type.
  fileprivate var isNull: Bool {
    if case .constant(.null, .text) = self { true } else { false }
  }
}

extension Expression {
  /// A text in quotes.
  fileprivate var text: String? {
    guard case .literal(.string(let text)) = kind else { return nil }
    return text
  }
}

extension Value {
  /// The number in ten-thousandths.
  var decimalUnits: Int64? {
    guard case .integer(let n) = self else { return number }
    let (units, overflow) = n.multipliedReportingOverflow(by: Decimal.scale)
    return overflow ? nil : units
  }
}
