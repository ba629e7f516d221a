public import SegqRecords

/// What a column is allowed to become.
public enum ColumnWish: Sendable, Hashable {
  /// What fits all its values.
  case any
  case text
  case integer
  case decimal
  /// A date, or a time where any value has a clock; text where most values are neither.
  case time

  // What comes behind values that are there, whose kind it must not change.

  /// A number, but none that begins like an id (`007`).
  case number
  /// A date or a time and nothing else.
  case timeOnly
  case boolean
}

/// In what sense values are read that need one.
public struct ReadingSettings: Sendable {
  /// Nil: month first, unless a value of the column forbids it.
  public var dateOrder: DateOrder?
  /// On whose clocks times stand that were written as the Admin shows them.
  public var zone: TimeZone

  public init(dateOrder: DateOrder?, zone: TimeZone) {
    self.dateOrder = dateOrder
    self.zone = zone
  }
}

/// What the values of a column are, as far as they were read.
enum ValueKind: Sendable, Hashable {
  /// All of them null.
  case nothing
  /// Null, and empty texts, which are null where numbers are meant.
  case empty
  case integer
  case decimal
  case date
  case datetime
  case boolean
  case text

  /// The type of a column of them.
  var type: DataType {
    switch self {
    case .nothing, .text: .text
    case .empty, .integer: .integer
    case .decimal: .decimal
    case .date: .date
    case .datetime: .datetime
    case .boolean: .boolean
    }
  }
}

/// How the values of a column are read next.
struct ColumnPlan: Sendable {
  let wish: ColumnWish
  /// What was found so far; nil at the beginning.
  var kind: ValueKind?
  /// The order of dates that was set, or else found.
  var order: DateOrder?
  /// Texts are coded, as long as few are different.
  var isCoded: Bool
  /// Nothing is to be read: nobody asked for it, or it is known to need another pass.
  var isSkipped = false

  init(_ wish: ColumnWish?, order: DateOrder?, isCoded: Bool = true) {
    self.isCoded = isCoded
    self.wish = wish ?? .text
    self.order = order
    isSkipped = wish == nil
    switch wish {
    case nil, .any, .time, .timeOnly: kind = nil
    case .text: kind = .text
    case .integer: kind = .integer
    case .decimal, .number: kind = .decimal
    case .boolean: kind = .boolean
    }
  }
}
