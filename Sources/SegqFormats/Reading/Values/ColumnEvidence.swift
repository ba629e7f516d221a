public import SegqRecords

/// Why a column was read as it was: `date, day first, from 3 values above 12`.
public struct ColumnEvidence: Sendable, Hashable {
  /// What a decision rests on.
  public enum Basis: Sendable, Hashable {
    /// On values that make sense in one way only.
    case values(Tally)
    /// On what the user has set.
    case setting
    /// On the other columns of the file, whose values decide.
    case otherColumns
    /// On the `;` between the fields, which programs write where the comma is a decimal mark.
    case delimiter
    /// On nothing: so many values could be read in two ways, and none decides.
    case guess(Tally)
  }

  public struct Order: Sendable, Hashable {
    /// Nil: each date in the way that its marks suggest.
    public var order: DateOrder?
    public var basis: Basis
    /// Values that only make sense in the other order.
    public var contradictions = Tally()
  }

  public struct Mark: Sendable, Hashable {
    public var mark: DecimalMark
    public var basis: Basis
  }

  /// What nearly all values of a text column are.
  public struct Nearly: Sendable, Hashable {
    public var type: DataType
    public var fits: Int
    /// Those that made it text.
    public var others: Tally
  }

  public var type: DataType
  /// The column was known to hold this before any value was read.
  public var isKnown = false
  /// The order of day and month, if any value needs it.
  public var order: Order?
  /// The decimal mark, if any value has a comma or is written in a way that needs it.
  public var mark: Mark?
  /// Values with `%`.
  public var percents = Tally()
  public var isPercent = false
  /// Currencies that stand beside amounts.
  public var currencies = WordTally()
  /// Times that are counted: since 1970, or as days of a workbook.
  public var counted: CountedTime?
  public var countedTimes = Tally()
  /// Set for a text column that a few values keep from being one of numbers, dates or booleans.
  public var nearly: Nearly?

  public init(_ type: DataType) { self.type = type }

  /// Whether something about the values could only be guessed.
  public var isGuessed: Bool { (order?.basis.isGuess ?? false) || (mark?.basis.isGuess ?? false) }
}

extension ColumnEvidence.Basis {
  /// Nothing in the values decides.
  public var isGuess: Bool {
    switch self {
    case .values, .setting, .otherColumns: false
    case .delimiter, .guess: true
    }
  }
}
