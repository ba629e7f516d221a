/// A fixed-point number with four places, as Adobe Commerce keeps money (`decimal(20,4)`).
///
/// `Decimal(units: 125_000)` is 12.5. Sums are exact; a range of ±922 trillion fits.
public struct Decimal: Sendable, Hashable, Comparable {
  /// Ten-thousandths.
  public var units: Int64

  /// How many units make one.
  public static let scale: Int64 = 10_000

  public init(units: Int64) { self.units = units }

  public static func < (a: Decimal, b: Decimal) -> Bool { a.units < b.units }
}

extension Decimal: CustomStringConvertible {
  /// Digits without trailing zeros: `12.5`, `-0.0001`, `3`.
  public var description: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends what ``description`` says.
  public func append(to out: inout [UInt8]) {
    if units < 0 { out.append(UInt8(ascii: "-")) }
    let magnitude = units.magnitude
    (magnitude / 10_000).appendDigits(to: &out)
    var fraction = magnitude % 10_000
    guard fraction != 0 else { return }
    out.append(UInt8(ascii: "."))
    var place: UInt64 = 1000
    while fraction != 0 {
      out.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: fraction / place))
      fraction %= place
      place /= 10
    }
  }
}

extension UInt64 {
  /// Appends the decimal digits, without leading zeros.
  @inlinable
  public func appendDigits(to out: inout [UInt8]) {
    if self < 10 {
      out.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: self))
      return
    }
    let start = out.count
    var rest = self
    while rest > 0 {
      out.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: rest % 10))
      rest /= 10
    }
    var low = start
    var high = out.count - 1
    while low < high {
      out.swapAt(low, high)
      low += 1
      high -= 1
    }
  }
}

extension Int64 {
  /// Appends the decimal digits with a minus where there is one.
  @inlinable
  public func appendDigits(to out: inout [UInt8]) {
    if self < 0 { out.append(UInt8(ascii: "-")) }
    magnitude.appendDigits(to: &out)
  }
}
