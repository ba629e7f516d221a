// Comparisons as they are spoken: `total over 500`, `since before 2024`, `orders is at least 3`.
extension Parser {
  /// The words for each comparison, the longer ones first.
  private static let spoken: [(words: [String], sign: String)] = [
    (["greater", "than", "or", "equal", "to"], ">="), (["less", "than", "or", "equal", "to"], "<="),
    (["greater", "or", "equal"], ">="), (["less", "or", "equal"], "<="),
    (["equal", "to"], "="), (["equals", "to"], "="), (["greater", "than"], ">"),
    (["larger", "than"], ">"), (["more", "than"], ">"), (["higher", "than"], ">"),
    (["later", "than"], ">"), (["less", "than"], "<"), (["smaller", "than"], "<"),
    (["lower", "than"], "<"), (["fewer", "than"], "<"), (["earlier", "than"], "<"),
    (["at", "least"], ">="), (["at", "most"], "<="), (["greater"], ">"), (["more"], ">"),
    (["over"], ">"), (["above"], ">"), (["after"], ">"), (["less"], "<"), (["under"], "<"),
    (["below"], "<"), (["before"], "<"), (["until"], "<="), (["since"], ">="), (["equals"], "="),
    (["equal"], "="), (["eq"], "="),
  ]

  /// `> 500` for `over 500`; nil where no value stands behind the words.
  func spokenForm(isNegated: Bool = false) -> (condition: String, span: SourceSpan)? {
    for form in Self.spoken {
      var trial = self
      var isThere = true
      for word in form.words where isThere {
        isThere = !trial.atStatementEnd && trial.isWord(trial.token, word)
        if isThere { trial.advance() }
      }
      guard isThere, !trial.atStatementEnd, trial.token.startsOperand,
        trial.token.kind != .symbol(.leftParenthesis)
      else { continue }
      let value = trial.missingValue
      let words = value.comparison.drop { "=> ".contains($0) }
      let sign = isNegated ? Self.negated(form.sign) : form.sign
      return ("\(sign) \(words)", value.span)
    }
    return nil
  }

  private static func negated(_ sign: String) -> String {
    switch sign {
    case ">": "<="
    case "<": ">="
    case ">=": "<"
    case "<=": ">"
    default: "!="
    }
  }

  /// The error for `total over 500`, and for `country = FR since last month`, where an `and` is missing.
  func spokenComparison(behind left: Expression) -> SyntaxError? {
    guard token.kind == .word, let spoken = spokenForm() else { return nil }
    let word = text(token)
    let ours: String
    if !left.path.isEmpty || left.isCall {
      ours = "\(source[left.span]) \(spoken.condition)"
    } else if left.isComparison, isWord(token, "since") {
      ours = "and since \(spoken.condition)"
    } else {
      return nil
    }
    return SyntaxError(kind: .foreign(.wordOperator(word, ours)), span: token.span)
  }
}

extension Expression {
  fileprivate var isCall: Bool {
    if case .call = kind { return true }
    return false
  }

  fileprivate var isComparison: Bool {
    switch kind {
    case .compare, .match, .between, .inList, .isNull, .isEmpty: true
    default: false
    }
  }
}
