import SegqRecords

/// How a format writes one cell. ``RowEncoder`` asks it for a column at a time.
protocol CellStyle: Sendable {
  /// No number, date or truth value of the format is longer, with all that surrounds it.
  var longestNumber: Int { get }

  /// Whether texts of these bytes end to end are written as they are, unless ``isRisky(first:)``.
  func isVerbatim(_ bytes: Span<UInt8>) -> Bool
  /// Whether a text that begins so (nil: an empty one) may be written otherwise all the same.
  func isRisky(first: UInt8?) -> Bool
  /// Whether that text is written as it is after all.
  func isVerbatim(risky text: ArraySlice<UInt8>) -> Bool

  /// What is written for null.
  var null: [UInt8] { get }
  func appendText(_ text: ArraySlice<UInt8>, to out: inout [UInt8])
  func appendNumber(
    _ number: Int64, _ type: DataType, _ values: inout ValueText, to out: inout OutputSpan<UInt8>)
}

extension CellStyle {
  var longestNumber: Int { ValueText.longest }
  func isVerbatim(_ bytes: Span<UInt8>) -> Bool { false }
  func isRisky(first: UInt8?) -> Bool { true }
  func isVerbatim(risky text: ArraySlice<UInt8>) -> Bool { false }
}
