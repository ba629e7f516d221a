/// `1k`, `1.5M`: a number with a word for a power of ten.
public enum NumberSuffix {
  private static let zeros: [String: Int] = [
    "k": 3, "tsd": 3, "m": 6, "mn": 6, "mio": 6, "mil": 6, "b": 9, "bn": 9, "mrd": 9,
  ]

  /// The number written out: `1500` for `1.5k`; nil for a text of another shape.
  public static func plain(_ text: String) -> String? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard digits.first?.isNumber == true, digits.last?.isNumber == true,
      let power = zeros[text.dropFirst(digits.count).lowercased()]
    else { return nil }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { return nil }
    let fraction = parts.count == 2 ? String(parts[1]) : ""
    guard fraction.count <= power else { return nil }
    let plain =
      parts[0] + fraction + String(repeating: "0", count: power - fraction.count)
    let short = plain.drop { $0 == "0" }
    return short.isEmpty ? "0" : String(short)
  }
}
