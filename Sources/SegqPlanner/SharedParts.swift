import SegqEngine
import SegqLanguage
import SegqRecords

/// What the rules of many segments have in common, so that it is worked out once: figures over
/// children that stand in more than one, such as `count(orders where status = complete)`.
///
/// Conditions on the customers' own columns are read where they lie, which is as quick as a set.
public struct SharedParts: Sendable {
  /// What stands for an expression, wherever a rule has it.
  private(set) var known: [Expression: BoundExpression] = [:]

  public init() {}

  /// The figures that occur more than once.
  public static func wanted(by rules: [String]) -> [Part] {
    var counts: [Expression: Int] = [:]
    var order: [Part] = []
    for rule in rules {
      let source = SourceText(rule, name: "")
      guard let expression = try? Parser.parseCondition(source) else { continue }
      expression.forEachFigure { part in
        counts[part, default: 0] += 1
        if counts[part] == 2 { order.append(Part(expression: part, rule: source)) }
      }
    }
    return order
  }

  /// A part, and the text that its places are in.
  public struct Part: Sendable {
    let expression: Expression
    let rule: SourceText
  }

  /// Works out a part for all customers. What can't be is left to the rules that have it, which say
  /// why.
  public mutating func work(out part: Part, _ catalog: any Catalog) {
    var binder = Binder(catalog, part.rule)
    binder.shared = self
    guard let customers = try? catalog.table("customers"),
      let bound = try? binder.bind(part.expression, .rows(customers, aliasesFirst: false)),
      (try? binder.throwMistakes()) != nil, binder.warnings.isEmpty
    else { return }
    known[part.expression] = try? catalog.workedOut(bound)
  }
}

extension Expression {
  /// A function over children, or a comparison with an RFM score.
  private var isFigure: Bool {
    switch kind {
    case .call(let call): call.aggregate != nil
    // Scores are texts that were worked out, whose comparison no dictionary shortens.
    case .compare(.equal, let score, let value):
      score.path.count == 1 && RFM.columnNames.contains(score.path[0].lowercased())
        && (value.path.count == 1 || value.literal != nil)
    default: false
    }
  }

  /// Gives the figures in it. What asks who is in a segment is not among them, as the refresh itself
  /// changes that.
  fileprivate func forEachFigure(_ body: (Expression) -> Void) {
    guard isFigure else {
      for part in parts { part.forEachFigure(body) }
      return
    }
    if !asksForSegments, !mindsCase { body(self) }
  }

  /// Whether bare words in it mean what they spell to the letter: to trees `FR` and `fr` are one.
  private var mindsCase: Bool {
    switch kind {
    case .compare(.identical, _, _), .match(.matches, _, _, isNegated: _): true
    default: parts.contains(where: \.mindsCase)
    }
  }

  private var asksForSegments: Bool {
    switch kind {
    case .inSegments, .has, .subquery: true
    case .name(let path): path.first?.text.lowercased() == "segments"
    default: parts.contains(where: \.asksForSegments)
    }
  }
}
