import SegqRecords

// The value, once it is known what the marks mean.
extension NumberText {
  /// How many digits stand before and behind the decimal mark.
  struct Layout {
    var whole = 0
    var fraction = 0
    var hasMark = false
    /// `,`, `.`, `'` or a blank between thousands; 0 if there is none.
    var group: UInt8 = 0
  }

  /// Where the decimal mark and the thousands are; nil if the digits can't be grouped so.
  ///
  /// Groups have three digits, or two before the last three (`12,34,567`), and do not begin with 0.
  func layout(_ mark: DecimalMark) -> Layout? {
    var layout = Layout()
    var sizes = GroupSizes()
    var rest = body
    while let byte = rest.first {
      if byte.isDigit {
        layout.whole += 1
        sizes.last += 1
        rest = rest.dropFirst()
      } else if byte == mark.byte {
        let digits = rest.dropFirst()
        guard digits.allSatisfy(\.isDigit) else { return nil }
        (layout.hasMark, layout.fraction) = (true, digits.count)
        break
      } else {
        let (group, length) = Self.groupMark(rest)
        guard length > 0, layout.group == 0 || layout.group == group, layout.whole > 0 else {
          return nil
        }
        guard layout.group != 0 || body.first != UInt8(ascii: "0") else { return nil }
        layout.group = group
        guard sizes.close() else { return nil }
        rest = rest.dropFirst(length)
      }
    }
    guard layout.group == 0 || sizes.last == 3 else { return nil }
    guard layout.whole > 0 || layout.fraction > 0 else { return nil }
    return layout
  }

  private struct GroupSizes {
    var last = 0
    private var first = 0
    private var middle = 0

    /// Ends a group; false if it has not as many digits as those before.
    mutating func close() -> Bool {
      defer { last = 0 }
      if first == 0 {
        first = last
        return first > 0 && first <= 3
      }
      if middle == 0 { middle = last }
      return last == middle && (last == 3 || last == 2 && first <= 2)
    }
  }

  private static func groupMark(_ text: ArraySlice<UInt8>) -> (mark: UInt8, length: Int) {
    guard let first = text.first else { return (0, 0) }
    if first == UInt8(ascii: ",") || first == UInt8(ascii: ".") { return (first, 1) }
    if first == UInt8(ascii: "'") { return (first, 1) }
    if text.starts(with: [0xE2, 0x80, 0x99]) { return (UInt8(ascii: "'"), 3) }
    return (UInt8(ascii: " "), Blanks.length(text))
  }

  /// Its ten-thousandths, and whether it has more than four places and was rounded, half away from
  /// zero; nil if it does not fit. `12%` is 0.12. O(n).
  func decimal(_ mark: DecimalMark) -> (units: Int64, isRounded: Bool)? {
    guard let layout = layout(mark) else { return nil }
    var power = layout.whole - 1 + exponent - (isPercent ? 2 : 0)
    var units = CheckedDigits()
    var (roundsUp, isRounded) = (false, false)
    for byte in body where byte.isDigit {
      let digit = byte & 15
      if power >= -4 {
        units.append(digit)
      } else {
        if power == -5 { roundsUp = digit >= 5 }
        if digit != 0 { isRounded = true }
      }
      power -= 1
    }
    while power >= -4, !units.isZero, !units.isTooLarge {
      units.append(0)
      power -= 1
    }
    return units.value(isNegative, plus: roundsUp ? 1 : 0).map { ($0, isRounded) }
  }

  /// Its whole number; nil if it has a fraction (`2.00` has none) or does not fit.
  func whole(_ mark: DecimalMark) -> Int64? {
    guard !isPercent, let layout = layout(mark) else { return nil }
    guard !hasExponent else {
      guard let (units, isRounded) = decimal(mark), !isRounded else { return nil }
      return units.isMultiple(of: Decimal.scale) ? units / Decimal.scale : nil
    }
    var units = CheckedDigits()
    var left = layout.whole
    for byte in body where byte.isDigit {
      if left > 0 { units.append(byte & 15) } else if byte != UInt8(ascii: "0") { return nil }
      left -= 1
    }
    return units.value(isNegative, plus: 0)
  }

  /// Whether it is written as a whole number: no decimal mark, no `%`, no currency.
  func isWrittenWhole(_ mark: DecimalMark) -> Bool {
    !isPercent && !hasExponent && currency.isEmpty && layout(mark)?.hasMark == false
  }
}

/// Digits that are put together, as long as they fit 64 bits with either sign.
private struct CheckedDigits {
  private var negative: Int64 = 0
  private(set) var isTooLarge = false

  var isZero: Bool { negative == 0 }

  mutating func append(_ digit: UInt8) {
    let (shifted, high) = negative.multipliedReportingOverflow(by: 10)
    let (next, carry) = shifted.subtractingReportingOverflow(Int64(digit))
    if high || carry { isTooLarge = true } else { negative = next }
  }

  func value(_ isNegative: Bool, plus: Int64) -> Int64? {
    let (magnitude, overflow) = negative.subtractingReportingOverflow(plus)
    guard !isTooLarge, !overflow else { return nil }
    return isNegative ? magnitude : magnitude == .min ? nil : -magnitude
  }
}
