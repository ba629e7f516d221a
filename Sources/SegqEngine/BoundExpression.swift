public import SegqRecords

/// An expression whose names are columns and whose types fit: what plans are made of.
public indirect enum BoundExpression: Sendable {
  case constant(Value, DataType)
  /// A column of the row's own table.
  case column(Int, DataType)
  /// A column of the row's parent (`level` 1), grandparent (2), …
  case ancestor(level: Int, Int, DataType)
  /// A column that was worked out, of the row's own table (`level` 0), its parent (1), …
  case computed(level: Int, Column)
  /// Both sides of one type; text without regard to case unless exact.
  case compare(Comparison, BoundExpression, BoundExpression, isExact: Bool)
  /// `low <= x < high`, either side open; how periods compare.
  case within(BoundExpression, low: Int64?, high: Int64?)
  case not(BoundExpression)
  case all([BoundExpression])
  case any([BoundExpression])
  case isNull(BoundExpression)
  /// Null or empty text.
  case isEmpty(BoundExpression)
  /// It is one of many values.
  case oneOf(BoundExpression, ValueSet)
  case match(TextPattern, BoundExpression)
  /// A regular expression.
  case matches(any TextMatcher, BoundExpression)
  /// A column of texts that are not coded passes a test (see ``Evaluator/prepared(_:for:)``).
  case test(column: Int, TextTest)
  /// One of the values that a `, ` joined list holds equals the text.
  case listContains(BoundExpression, String, isExact: Bool)
  /// The row's ancestor (`level` 0 is the row itself) is in the set.
  case member(level: Int, RowSet)
  case arithmetic(Arithmetic, BoundExpression, BoundExpression, DataType)
  case convert(BoundExpression, Conversion)
  case function(ScalarFunction, [BoundExpression], DataType)
  case conditional(BoundExpression, BoundExpression, BoundExpression)
  case aggregate(Aggregate)
  /// A column that was computed once for each code of a coded column (see ``prepared(for:)``).
  case lookup(column: Int, ColumnVector)
  /// What conditions that are evaluated together have in common.
  case shared(SharedParts.Part)

  public enum Comparison: Sendable, Hashable {
    case equal
    case notEqual
    case less
    case lessOrEqual
    case greater
    case greaterOrEqual
  }

  public enum Arithmetic: Sendable, Hashable {
    case add
    case subtract
    case multiply
    case divide
    case concatenate
  }

  public enum Conversion: Sendable, Hashable {
    case integerToDecimal
    /// The day on which an instant falls.
    case datetimeToDate(TimeZone)
    /// The instant at which a day begins.
    case dateToDatetime(TimeZone)
    /// As it is shown.
    case toText(TimeZone)
  }

  public var type: DataType {
    switch self {
    case .constant(_, let type), .column(_, let type), .ancestor(_, _, let type),
      .arithmetic(_, _, _, let type), .function(_, _, let type):
      type
    case .compare, .within, .not, .all, .any, .isNull, .isEmpty, .oneOf, .match, .matches,
      .listContains, .member, .test:
      .boolean
    case .computed(_, let column): column.values.type
    case .convert(_, let conversion):
      switch conversion {
      case .integerToDecimal: .decimal
      case .datetimeToDate: .date
      case .dateToDatetime: .datetime
      case .toText: .text
      }
    case .conditional(_, let value, _): value.type
    case .aggregate(let aggregate): aggregate.type
    case .lookup(_, let vector): vector.type
    case .shared(let part): part.type
    }
  }

  /// The expressions it is made of, not looking into aggregates.
  var parts: [BoundExpression] {
    switch self {
    case .constant, .column, .ancestor, .computed, .member, .aggregate, .lookup, .test, .shared: []
    case .compare(_, let a, let b, _), .arithmetic(_, let a, let b, _): [a, b]
    case .within(let a, _, _), .not(let a), .isNull(let a), .isEmpty(let a), .oneOf(let a, _),
      .match(_, let a), .matches(_, let a), .listContains(let a, _, _), .convert(let a, _):
      [a]
    case .all(let list), .any(let list), .function(_, let list, _): list
    case .conditional(let a, let b, let c): [a, b, c]
    }
  }

  /// Whether computing it can go wrong for a row: by zero, past 64 bits, by too many steps. That a
  /// figure over children leaves 64 bits is not counted.
  var canFail: Bool {
    switch self {
    case .matches, .convert(_, .integerToDecimal), .arithmetic(.add, _, _, _),
      .arithmetic(.subtract, _, _, _), .arithmetic(.multiply, _, _, _),
      .arithmetic(.divide, _, _, _):
      true
    case .aggregate(let aggregate):
      [aggregate.argument, aggregate.filter].contains { $0?.canFail ?? false }
    case .constant, .column, .ancestor, .computed, .compare, .within, .not, .all, .any, .isNull,
      .isEmpty, .oneOf, .match, .test, .listContains, .member, .arithmetic, .convert, .function,
      .conditional, .lookup, .shared:
      parts.contains { $0.canFail }
    }
  }

  /// The same with each part replaced.
  func mapParts<Failure>(
    _ body: (BoundExpression) throws(Failure) -> BoundExpression
  ) throws(Failure) -> BoundExpression {
    func mapAll(_ list: [BoundExpression]) throws(Failure) -> [BoundExpression] {
      var result: [BoundExpression] = []
      for part in list { result.append(try body(part)) }
      return result
    }
    return switch self {
    case .constant, .column, .ancestor, .computed, .member, .aggregate, .lookup, .test, .shared:
      self
    case .compare(let op, let a, let b, let isExact):
      .compare(op, try body(a), try body(b), isExact: isExact)
    case .arithmetic(let op, let a, let b, let type):
      .arithmetic(op, try body(a), try body(b), type)
    case .within(let a, let low, let high): .within(try body(a), low: low, high: high)
    case .not(let a): .not(try body(a))
    case .isNull(let a): .isNull(try body(a))
    case .isEmpty(let a): .isEmpty(try body(a))
    case .oneOf(let a, let values): .oneOf(try body(a), values)
    case .match(let pattern, let a): .match(pattern, try body(a))
    case .matches(let matcher, let a): .matches(matcher, try body(a))
    case .listContains(let a, let text, let isExact):
      .listContains(try body(a), text, isExact: isExact)
    case .convert(let a, let conversion): .convert(try body(a), conversion)
    case .all(let list): .all(try mapAll(list))
    case .any(let list): .any(try mapAll(list))
    case .function(let function, let list, let type): .function(function, try mapAll(list), type)
    case .conditional(let a, let b, let c): .conditional(try body(a), try body(b), try body(c))
    }
  }
}

/// Values to look for among: texts without regard to case, or numbers in one unit.
public enum ValueSet: Sendable, Hashable {
  /// Folded (see ``TextFolding``).
  case texts(Set<[UInt8]>)
  case numbers(Set<Int64>)

  public init(texts: some Sequence<String>) {
    self = .texts(Set(texts.map { TextFolding.fold($0) }))
  }

  var count: Int {
    switch self {
    case .texts(let texts): texts.count
    case .numbers(let numbers): numbers.count
    }
  }
}

/// Functions of one row's values. Null in, null out, but for ``coalesce``.
public enum ScalarFunction: Sendable, Hashable {
  case datePart(DatePart, TimeZone)
  /// The first day of the period that holds the time.
  case truncate(DatePart, TimeZone)
  /// Whole days from the time to `today`.
  case daysSince(today: Int64, TimeZone)
  /// Days or months added to a date or, on the clock of the zone, to a time.
  case shift(days: Int, months: Int, TimeZone)
  case lower
  case upper
  /// Without regard to case and accents (see ``AccentFolding``).
  case fold
  case length
  case trim
  /// Behind the last `@`.
  case domain
  case coalesce
  /// To so many decimal places, half away from zero.
  case round(Int)
  /// The lower bound of the bucket of that size (in units of the argument's type).
  case bucket(Int64)
  /// How many of the edges, which ascend, the number is not below.
  case part(edges: [Int64])
  case negate
  case absolute

  public enum DatePart: String, Sendable, CaseIterable {
    case year
    case quarter
    case month
    case week
    case day
    case weekday
    case hour
  }

  /// Where it is asked what the clocks show.
  var zone: TimeZone? {
    switch self {
    case .datePart(_, let zone), .truncate(_, let zone), .daysSince(_, let zone),
      .shift(_, _, let zone):
      zone
    case .lower, .upper, .fold, .length, .trim, .domain, .coalesce, .round, .bucket, .part,
      .negate, .absolute:
      nil
    }
  }
}

/// One figure over many rows: those of a group, or the children of a row.
public struct Aggregate: Sendable {
  public enum Function: Sendable, Hashable {
    case count
    case countDistinct
    case exists
    case sum
    case average
    case minimum
    case maximum
    /// The value at this place (0–1) of the ordered values.
    case percentile(Double)
    /// The `n`-th value by date, from 1; from the end where negative.
    case nth(Int)
    /// The part of so many rows that the group has; nil: of all rows that are grouped.
    case share(of: Int?)
  }

  public var function: Function
  /// From a child of the row's table down to the table whose rows count; empty: the rows
  /// themselves.
  public var path: [Table]
  /// The members of segments, whose customers each count once for each segment that they are in.
  public var members: Members?
  /// Nil: the rows are counted.
  public var argument: BoundExpression?
  public var filter: BoundExpression?
  /// What `nth` goes by.
  public var order: BoundExpression?
  public let type: DataType

  public init(
    _ function: Function, over path: [Table], of argument: BoundExpression?,
    where filter: BoundExpression? = nil, order: BoundExpression? = nil
  ) {
    self.function = function
    self.path = path
    self.argument = argument
    self.filter = filter
    self.order = order
    type =
      switch function {
      case .count, .countDistinct: .integer
      case .exists: .boolean
      case .average, .share: .decimal
      case .sum, .minimum, .maximum, .nth: argument?.type ?? .integer
      case .percentile: argument?.type == .integer ? .decimal : argument?.type ?? .decimal
      }
  }

  /// Over the segments that a customer is in. `values` and `order` have a value for each segment.
  public init(
    _ function: Function, overMembers sets: [RowSet], values: ColumnVector?, order: ColumnVector?
  ) {
    let argument = values.map { BoundExpression.constant(.null, $0.type) }
    self.init(function, over: [], of: argument)
    members = Members(sets: sets, values: values, order: order)
  }

  public struct Members: Sendable {
    public var sets: [RowSet]
    var values: ColumnVector?
    var order: ColumnVector?
  }
}

/// What can go wrong while a plan runs.
public enum EngineError: Error, Sendable, Hashable {
  case interrupted
  /// A figure left the range of 64 bits.
  case overflow(String)
  /// A regular expression took too many steps on some text.
  case costlyPattern
}

/// A compiled regular expression.
public protocol TextMatcher: Sendable {
  /// As it was written.
  var pattern: String { get }
  /// Whether it fits somewhere in the text; nil where that takes too many steps.
  func matches(_ text: ArraySlice<UInt8>) -> Bool?
}

/// What is wrong with a regular expression.
public struct PatternError: Error, Sendable {
  public var message: String
  /// In characters.
  public var offset: Int

  public init(message: String, offset: Int) {
    self.message = message
    self.offset = offset
  }
}
