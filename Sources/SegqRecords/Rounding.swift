/// Integer division, half away from zero.
package enum Rounding {
  package static func divide(_ a: Int128, _ b: Int128) -> Int128 {
    let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
    guard remainder.magnitude * 2 >= b.magnitude else { return quotient }
    return quotient + ((a < 0) == (b < 0) ? 1 : -1)
  }

  /// The product of two decimals in units of ``Decimal``; nil where it leaves 64 bits.
  package static func product(_ a: Int64, _ b: Int64) -> Int64? {
    Int64(exactly: divide(Int128(a) * Int128(b), Int128(Decimal.scale)))
  }
}
