import SegqLanguage

/// What the members of a segment hang on beside the data, as its rule says.
public struct RuleTraits: Sendable {
  /// `date >= -90d`, `days_since(since) > 30`: of another day others are members.
  public let countsFromToday: Bool
  /// `in 7`
  public let namesSegments: Bool

  public init(of rule: String) {
    guard let expression = try? Parser.parseCondition(SourceText(rule, name: "")) else {
      (countsFromToday, namesSegments) = (false, false)
      return
    }
    countsFromToday = expression.countsFromToday
    namesSegments = !expression.segmentSets.isEmpty
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
