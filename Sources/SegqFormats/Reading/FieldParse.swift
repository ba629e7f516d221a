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

  /// `12.50`, `1234`, `-.5`; more than four places are rounded, half away from zero.
  public static func decimal(_ text: ArraySlice<UInt8>) -> (value: Decimal, isRounded: Bool)? {
    var rest = text
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    var units: Int64 = 0
    var places = -1
    var roundsUp = false
    var isRounded = false
    var digits = 0
    for byte in rest {
      if byte == UInt8(ascii: "."), places < 0 {
        places = 0
        continue
      }
      let digit = byte &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      digits += 1
      if places >= 4 {
        if places == 4 { roundsUp = digit >= 5 }
        if digit != 0 { isRounded = true }
        places += 1
        continue
      }
      if places >= 0 { places += 1 }
      let (shifted, high) = units.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(Int64(digit))
      guard !high, !carry else { return nil }
      units = sum
    }
    guard digits > 0 else { return nil }
    for _ in 0..<max(0, 4 - max(places, 0)) {
      let (shifted, overflow) = units.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      units = shifted
    }
    let (magnitude, overflow) = units.addingReportingOverflow(roundsUp ? 1 : 0)
    guard !overflow else { return nil }
    return (Decimal(units: isNegative ? -magnitude : magnitude), isRounded)
  }

  /// `007`, `+49…`: what begins so is a name rather than a number, though it could be read as one.
  static func looksLikeID(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count > 1 else { return false }
    return text.first == UInt8(ascii: "+")
      || text.first == UInt8(ascii: "0") && text.dropFirst().first != UInt8(ascii: ".")
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
