/// One value of an answer, for the places that handle values one at a time.
public enum Value: Sendable, Hashable {
  case null
  case integer(Int64)
  case decimal(Decimal)
  case text(String)
  /// Days since 1970-01-01.
  case date(Int64)
  /// Seconds since 1970-01-01 00:00:00 UTC.
  case datetime(Int64)
  case boolean(Bool)

  /// The value of `type` that is carried as `number`. Text has none.
  public init(_ number: Int64, as type: DataType) {
    switch type {
    case .integer: self = .integer(number)
    case .decimal: self = .decimal(Decimal(units: number))
    case .date: self = .date(number)
    case .datetime: self = .datetime(number)
    case .boolean: self = .boolean(number != 0)
    case .text: preconditionFailure("text is not carried as a number")
    }
  }

  /// The type, or nil for null.
  public var type: DataType? {
    switch self {
    case .null: nil
    case .integer: .integer
    case .decimal: .decimal
    case .text: .text
    case .date: .date
    case .datetime: .datetime
    case .boolean: .boolean
    }
  }

  /// The number that carries the value; nil for null and text.
  public var number: Int64? {
    switch self {
    case .null, .text: nil
    case .integer(let n), .date(let n), .datetime(let n): n
    case .decimal(let d): d.units
    case .boolean(let b): b ? 1 : 0
    }
  }
}
