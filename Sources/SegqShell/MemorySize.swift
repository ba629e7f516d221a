/// A number of bytes as people write it: `2GB`, `1.5 GiB`, `800M`.
struct MemorySize: Equatable {
  let bytes: Int

  init(_ bytes: Int) { self.bytes = bytes }

  /// `GB` and `MB` are powers of a thousand, `GiB` and a bare `G` those of 1,024; a bare number is bytes.
  init?(_ text: String) {
    let text = text.lowercased().filter { $0 != " " && $0 != "_" }
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let number = Double(digits), number > 0,
      let unit = Self.units[String(text.dropFirst(digits.count))], number * unit < 1e18
    else { return nil }
    bytes = Int(number * unit)
  }

  private static let units: [String: Double] = [
    "": 1, "b": 1, "kb": 1e3, "mb": 1e6, "gb": 1e9, "tb": 1e12,
    "k": 0x1p10, "m": 0x1p20, "g": 0x1p30, "t": 0x1p40,
    "kib": 0x1p10, "mib": 0x1p20, "gib": 0x1p30, "tib": 0x1p40,
  ]

  /// `2GB`, `1.5GB`, `750MB`: two places at most, so that it can be read back.
  var text: String {
    let (unit, name) =
      bytes >= 1_000_000_000
      ? (1_000_000_000, "GB") : bytes >= 1_000_000 ? (1_000_000, "MB") : (1, "")
    let hundredths = unit == 1 ? bytes * 100 : (bytes + unit / 200) / (unit / 100)
    let (whole, rest) = hundredths.quotientAndRemainder(dividingBy: 100)
    guard rest > 0 else { return "\(whole)\(name)" }
    let places = rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)"
    return "\(whole).\(places)\(name)"
  }
}
