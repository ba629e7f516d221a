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
  /// Whole numbers where every value is one (`12`, `1.0`, `'123`), otherwise text as written (`ALFKI`,
  /// `007`, UUIDs). Blanks around do not count, and placeholders are null.
  case id

  // What comes behind values that are there, whose kind it must not change.

  /// A number, but none that begins like an id (`007`).
  case number
  /// A date or a time and nothing else.
  case timeOnly
  case boolean
}

/// In what sense values are read that need one.
public struct ReadingSettings: Sendable {
  /// Nil: as the values of the column say.
  public var dateOrder: DateOrder?
  /// On whose clocks times stand that were written as the Admin shows them.
  public var zone: TimeZone
  /// Set for a workbook, whose times may be serial days: `45296.5`.
  public var serialDays: SerialDays?

  public init(dateOrder: DateOrder?, zone: TimeZone, serialDays: SerialDays? = nil) {
    self.dateOrder = dateOrder
    self.zone = zone
    self.serialDays = serialDays
  }
}

/// How the values of a column are read next.
///
/// 1. In the first pass the usual ways of writing are expected: plain numbers, ISO dates.
/// 2. If values are written in ways that only all of them together explain (`01/02/2024`, `1.234`,
///    `$5`), a pass counts what there is (``ColumnCensus``).
/// 3. The last pass reads in the form that was decided (``ColumnForm``).
struct ColumnPlan: Sendable {
  let wish: ColumnWish
  /// What was found so far; nil at the beginning.
  var kind: ValueKind?
  /// All values are only counted.
  var isCensus = false
  /// How all values are written, once that is decided.
  var form: ColumnForm?
  /// Why it was decided so.
  var evidence: ColumnEvidence?
  /// Words that are null in this column of text, as the file writes its nulls so elsewhere.
  var nullWords: [String] = []
  /// Texts are coded, as long as few are different.
  var isCoded: Bool
  /// Nothing is to be read: nobody asked for it, or it is known to need another pass.
  var isSkipped = false

  init(_ wish: ColumnWish?, isCoded: Bool = true) {
    self.isCoded = isCoded
    self.wish = wish ?? .text
    isSkipped = wish == nil
    switch wish {
    case nil, .any, .time, .timeOnly, .id: kind = nil
    case .text: kind = .text
    case .integer: kind = .integer
    case .decimal, .number: kind = .decimal
    case .boolean: kind = .boolean
    }
  }
}
