public import SegqRecords

/// Reads single values from the bytes of a field.
public enum FieldParse {
  /// `42`, `-7`; nil for anything else, also `007` and `+7`, which are names rather than numbers.
  public static func integer(_ text: ArraySlice<UInt8>) -> Int64? {
    var digits = text
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative { digits = digits.dropFirst() }
    guard let first = digits.first, digits.count <= 19 else { return nil }
    if first == UInt8(ascii: "0"), digits.count > 1 || isNegative { return nil }
    var value: Int64 = 0
    for byte in digits {
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      let (shifted, high) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.subtractingReportingOverflow(Int64(digit))
      guard !high, !carry else { return nil }
      value = sum
    }
    return isNegative ? value : value == .min ? nil : -value
  }

  /// A day or a time in any of the ways that ``TimeText`` knows.
  public static func time(_ text: ArraySlice<UInt8>, order: DateOrder) -> ParsedTime? {
    TimeText(text, .unmistakable)?.time(order)
  }

  public static func boolean(_ text: ArraySlice<UInt8>) -> Bool? {
    guard text.count <= 5 else { return nil }
    return switch String(decoding: text, as: UTF8.self).lowercased() {
    case "true", "yes": true
    case "false", "no": false
    default: nil
    }
  }
}

/// In which order dates with slashes are written.
public enum DateOrder: String, Sendable, CaseIterable {
  case monthFirst = "month"
  case dayFirst = "day"
}

/// A day or a time as a file has it.
public struct ParsedTime: Sendable, Hashable {
  public var day: Int64
  /// Seconds after midnight; nil for a day alone.
  public var clock: Int64?
  /// Seconds east of UTC, where the text says.
  public var offset: Int64?
  /// Written as the Admin shows it, and so on the clocks of the shop.
  public var isLocal = false

  /// Seconds since 1970.
  public func instant(in zone: TimeZone) -> Int64 {
    let local = day * 86_400 + (clock ?? 0)
    if let offset { return local - offset }
    return isLocal ? zone.instant(local: local) : local
  }
}
