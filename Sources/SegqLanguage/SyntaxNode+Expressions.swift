extension Expression {
  public var syntax: SyntaxNode {
    switch kind {
    case .literal(let literal): SyntaxNode(literal.kindName, literal.text)
    case .name(let path): SyntaxNode("name", path.map(\.text).joined(separator: "."))
    case .variable(let name): SyntaxNode("variable", "$" + name.text)
    case .template(let template): SyntaxNode("text", "'\(template.text)'")
    case .not(let inner): SyntaxNode("not", "", [inner.syntax])
    case .negate(let inner): SyntaxNode("minus", "", [inner.syntax])
    case .logical(let word, let parts): SyntaxNode(word.rawValue, "", parts.map(\.syntax))
    case .compare(let sign, let a, let b):
      SyntaxNode("compare", sign.rawValue, [a.syntax, b.syntax])
    case .arithmetic(let sign, let a, let b):
      SyntaxNode("compute", sign.rawValue, [a.syntax, b.syntax])
    case .match(let match, let a, let b, let isNegated):
      SyntaxNode("match", Self.word(match.rawValue, isNegated), [a.syntax, b.syntax])
    case .between(let a, let low, let high, let isNegated):
      SyntaxNode(Self.word("between", isNegated), "", [a.syntax, low.syntax, high.syntax])
    case .inList(let a, let values, let isNegated):
      SyntaxNode(Self.word("in", isNegated), "", [a.syntax] + values.map(\.syntax))
    case .inSegments(let set, let isNegated):
      SyntaxNode(Self.word("member of", isNegated), "", [set.syntax])
    case .has(let customer): SyntaxNode("has", "", [customer.syntax])
    case .isNull(let inner, let isNegated):
      SyntaxNode(isNegated ? "is not null" : "is null", "", [inner.syntax])
    case .isEmpty(let inner, let isNegated):
      SyntaxNode(isNegated ? "is not empty" : "is empty", "", [inner.syntax])
    case .call(let call): call.syntax
    case .subquery(let query): query.syntax
    }
  }

  private static func word(_ word: String, _ isNegated: Bool) -> String {
    isNegated ? "not " + word : word
  }
}

extension Call {
  fileprivate var syntax: SyntaxNode {
    var parts = arguments.map(\.syntax)
    if isStar { parts.append(SyntaxNode("all columns")) }
    if isDistinct { parts = [SyntaxNode("distinct", "", parts)] }
    if let filter { parts.append(SyntaxNode("where", "", [filter.syntax])) }
    return SyntaxNode("call", name.text, parts)
  }
}

extension Literal {
  fileprivate var kindName: String {
    switch self {
    case .null, .boolean, .now: "literal"
    case .number: "number"
    case .string: "text"
    case .period: "period"
    case .duration: "duration"
    }
  }

  /// As it is written: `'it''s'`, `2024-01`, `30d`
  public var text: String {
    switch self {
    case .null: "null"
    case .boolean(let bit): bit ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): Self.quoted(text)
    case .period(let period): period.text
    case .now: "now"
    case .duration(let duration): "\(duration.count)\(duration.unit.rawValue)"
    }
  }

  /// In single quotes, with what has a meaning there taken away.
  private static func quoted(_ text: String) -> String {
    var result = "'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'": result += "''"
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      case "$": result += "\\$"
      default:
        if scalar.value < 0x20 || scalar.value == 0x7F {
          result += "\\u{\(String(scalar.value, radix: 16))}"
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "'"
  }
}

extension Period {
  /// As it is written: `2024-01-31T10:00`, `last month`
  public var text: String {
    switch self {
    case .year(let year): Self.digits(year, 4)
    case .month(let year, let month): "\(Self.digits(year, 4))-\(Self.digits(month, 2))"
    case .day(let year, let month, let day):
      "\(Self.digits(year, 4))-\(Self.digits(month, 2))-\(Self.digits(day, 2))"
    case .time(let year, let month, let day, let hour, let minute, let second):
      Period.day(year, month, day).text + "T" + Self.digits(hour, 2) + ":"
        + Self.digits(minute ?? 0, 2) + (second.map { ":" + Self.digits($0, 2) } ?? "")
    case .relative(let isLast, let unit):
      unit == .day ? isLast ? "yesterday" : "today" : (isLast ? "last " : "this ") + unit.rawValue
    }
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
