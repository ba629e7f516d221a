/// An expression as written; what its names mean is the planner's business.
public struct Expression: Sendable, Hashable {
  public var kind: ExpressionKind
  public var span: SourceSpan
  /// Levels of nesting, this one included.
  let depth: Int

  public init(_ kind: ExpressionKind, _ span: SourceSpan, depth: Int = 1) {
    self.kind = kind
    self.span = span
    self.depth = depth
  }
}

public indirect enum ExpressionKind: Sendable, Hashable {
  case literal(Literal)
  /// `total`, `orders.total`; behind a comparison also a bare value: `FR`
  case name([Identifier])
  /// `$country`, `$s.id`
  case variable(VariableName)
  /// `'${a} and ${b}'`
  case template(Template)
  case not(Expression)
  case negate(Expression)
  /// `a and b and c`, flat, so that long lists do not nest.
  case logical(LogicalOperator, [Expression])
  case compare(ComparisonOperator, Expression, Expression)
  case arithmetic(ArithmeticOperator, Expression, Expression)
  /// `zip starts with 01`
  case match(TextMatch, Expression, Expression, isNegated: Bool)
  case between(Expression, Expression, Expression, isNegated: Bool)
  /// `country in (FR, DE)`
  case inList(Expression, [Expression], isNegated: Bool)
  /// `in 7`, `in 'VIP' + 3`
  case inSegments(SegmentExpression, isNegated: Bool)
  /// `has 42`
  case has(Expression)
  case isNull(Expression, isNegated: Bool)
  case isEmpty(Expression, isNegated: Bool)
  case call(Call)
  /// `(select max(total) from orders)`
  case subquery(Query)
}

/// A name as written: a word, or what stands in backquotes.
public struct Identifier: Sendable, Hashable {
  public var text: String
  public var span: SourceSpan

  public init(text: String, span: SourceSpan) {
    self.text = text
    self.span = span
  }

  /// Names compare without regard to case.
  public static func == (a: Identifier, b: Identifier) -> Bool {
    a.text.lowercased() == b.text.lowercased()
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(text.lowercased()) }
}

public enum Literal: Sendable, Hashable {
  case null
  case boolean(Bool)
  /// The digits as typed, so that `zip = 01310` keeps its zero.
  case number(String)
  case string(String)
  case period(Period)
  case now
  /// `30d`; `-30d` is its negation.
  case duration(Duration)
}

/// A length of time in whole days or months, or (for `watch`) seconds.
public struct Duration: Sendable, Hashable {
  public enum Unit: String, Sendable, CaseIterable {
    case day = "d"
    case week = "w"
    case month = "m"
    case year = "y"
    case hour = "h"
    case second = "s"
  }
  public var count: Int
  public var unit: Unit
}

/// A stretch of the calendar: a day written short or long, or one told from today.
public enum Period: Sendable, Hashable {
  /// `2024`
  case year(Int)
  /// `2024-01`
  case month(Int, Int)
  /// `2024-01-31`
  case day(Int, Int, Int)
  /// `2024-01-31T10:00`; seconds are nil where not written.
  case time(Int, Int, Int, hour: Int, minute: Int?, second: Int?)
  /// `today` is `this day`, `yesterday` `last day`.
  case relative(isLast: Bool, PeriodUnit)
}

public enum PeriodUnit: String, Sendable, CaseIterable {
  case day
  case week
  case month
  case quarter
  case year
}

public enum LogicalOperator: String, Sendable {
  case and
  case or
}

public enum ComparisonOperator: String, Sendable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  /// `==`: text with regard to case.
  case identical = "=="
  /// `~=`: text without regard to case and accents.
  case similar = "~="
}

public enum ArithmeticOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case concatenate = "||"
}

public enum TextMatch: String, Sendable, CaseIterable {
  case contains
  case startsWith = "starts with"
  case endsWith = "ends with"
  case like
  case matches
}

/// `count(orders where total > 100)`, `coalesce(zip, '-')`, `count(distinct country)`
public struct Call: Sendable, Hashable {
  public var name: Identifier
  public var isDistinct: Bool
  /// `count(*)`
  public var isStar: Bool
  public var arguments: [Expression]
  /// What stands behind `where`.
  public var filter: Expression?

  /// `unknown_condition('Vendor\\Loyalty >= 500')` holds the place of a condition of another program
  /// that cannot be said here. It parses, and is refused with its text when it is bound.
  public static let placeholder = "unknown_condition"

  /// What the placeholder stands for; nil for any other call.
  public var placeholder: String? {
    guard name.text.lowercased() == Self.placeholder,
      case .literal(.string(let text))? =
        arguments.first?.kind
    else { return nil }
    return text
  }
}

/// Sets of customers, by segments: `(1 + 'VIP') & selected`
public struct SegmentExpression: Sendable, Hashable {
  public indirect enum Kind: Sendable, Hashable {
    case id(Int)
    case name(Template)
    case variable(VariableName)
    case selected
    case all
    case combined(SetOperator, SegmentExpression, SegmentExpression)
    /// `intersection(selected)`: of each of the segments that `selected`, `all` or a list stands for.
    case each(SetOperator, SegmentExpression)
  }
  public var kind: Kind
  public var span: SourceSpan
  let depth: Int

  init(_ kind: Kind, _ span: SourceSpan, depth: Int = 1) {
    self.kind = kind
    self.span = span
    self.depth = depth
  }
}

public enum SetOperator: String, Sendable {
  case union = "+"
  case intersect = "&"
  case except = "-"
}
