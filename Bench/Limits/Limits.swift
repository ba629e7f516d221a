/// segq's scans and sets beside the least work there is: going over the same bytes once.
///
///     | count of numbers in a range | 2411 | sum of 40 MB | 2153 | 1.12 |
@main
struct Limits {
  static let rowCount = 10_000_000

  static func main() {
    print("| | segq µs | limit | µs | ratio |\n|-|-:|-|-:|-:|")
    reportScans()
    reportSets()
  }

  /// `isSame`: both give the same number, which is checked.
  static func report(
    _ name: String, _ ours: () -> Int, beside other: String, isSame: Bool = true,
    _ theirs: () -> Int
  ) {
    precondition(!isSame || ours() == theirs(), "\(name): the answers differ")
    let (own, limit) = Clock.least(ours, theirs)
    let hundredths = Int((own / limit * 100).rounded())
    let ratio = "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
    print("| \(name) | \(Int(own)) | \(other) | \(Int(limit)) | \(ratio) |")
  }
}

/// The same numbers each time (Steele, Lea and Flood's SplitMix64).
struct Dice {
  private var state: UInt64 = 42

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func roll(_ bound: Int) -> Int { Int(next() >> 33) % bound }
}
