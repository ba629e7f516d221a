/// What stands between the whole and the fraction of a number: `1,234.50` or `1.234,50`.
public enum DecimalMark: String, Sendable, CaseIterable {
  case point
  case comma

  var byte: UInt8 {
    switch self {
    case .point: UInt8(ascii: ".")
    case .comma: UInt8(ascii: ",")
    }
  }
}
