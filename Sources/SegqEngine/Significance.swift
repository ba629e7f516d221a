import CKernels

/// How many of some customers, and of a base that may share some with them, have a value: whether
/// their shares differ by more than chance.
///
/// ```
/// Proportions(120, of: 300, and: 2_120, of: 10_000, shared: 120, of: 300)   // 40 % beside 21.2 %
/// ```
/// Of a part and its whole it is the two-proportion test of the part beside the rest.
public struct Proportions: Sendable {
  private let (a, n): (Double, Double)
  private let (b, m): (Double, Double)
  /// Of those who are in either, how many have the value.
  private let pooled: Double
  /// One customer's worth of variance, less what the shared ones take from it.
  private let weight: Double

  public init(
    _ a: Int, of n: Int, and b: Int, of m: Int, shared c: Int, of s: Int
  ) {
    (self.a, self.n) = (Double(a), Double(n))
    (self.b, self.m) = (Double(b), Double(m))
    pooled = n + m > s ? Double(a + b - c) / Double(n + m - s) : 0
    weight = n > 0 && m > 0 ? (Double(n) + Double(m) - 2 * Double(s)) / (Double(n) * Double(m)) : 0
  }

  /// Whether fewer than five customers would be expected in a cell, so that the normal curve says
  /// nothing (Cochran, 1954).
  public var areTooFew: Bool { weight <= 0 || min(pooled, 1 - pooled) / weight < 5 }

  /// The z of the difference; above 0 where the first share is greater.
  public var z: Double {
    let variance = pooled * (1 - pooled) * weight
    return variance > 0 ? (a / n - b / m) / variance.squareRoot() : 0
  }

  /// How likely chance alone makes such a difference, in either direction.
  public var p: Double { segq_two_sided_tail(z) }

  /// What the value adds to the chi-square of its attribute.
  public var chiSquare: Double { z * z * (1 - pooled) }
}
