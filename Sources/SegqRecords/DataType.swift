/// What kind of values a column holds.
///
/// Every kind but ``text`` is carried as 64-bit whole numbers, in the unit given here.
public enum DataType: String, Sendable, Hashable, CaseIterable {
  /// A whole number, as is.
  case integer
  /// Fixed point with four places: `12.5` is carried as 125,000.
  case decimal
  /// UTF-8.
  case text
  /// Days since 1970-01-01.
  case date
  /// Seconds since 1970-01-01 00:00:00 UTC.
  case datetime
  /// 0 or 1.
  case boolean

  public var isNumeric: Bool { self == .integer || self == .decimal }
  public var isTemporal: Bool { self == .date || self == .datetime }
}
