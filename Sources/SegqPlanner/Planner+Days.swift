import SegqLanguage

extension Planner {
  /// Whether other customers may match a rule on another day: `date >= -90d`, `days_since(since) > 30`.
  public static func countsFromToday(_ rule: String) -> Bool {
    let expression = try? Parser.parseCondition(SourceText(rule, name: ""))
    return expression?.countsFromToday ?? false
  }
}

extension Expression {
  /// Whether it has a time that is told from today. `date + 7d` moves another, and has none itself.
  fileprivate var countsFromToday: Bool {
    switch kind {
    case .literal(.now), .literal(.period(.relative)), .literal(.duration): true
    case .arithmetic(_, let left, let right):
      [left, right].contains { !$0.isDuration && $0.countsFromToday }
    case .call(let call) where call.name.text.lowercased() == "days_since": true
    default: parts.contains(where: \.countsFromToday)
    }
  }

  private var isDuration: Bool {
    if case .literal(.duration) = kind { true } else { false }
  }
}
