/// Numbers that look random and are the same on every machine: the splitmix64 sequence.
///
/// Each customer draws from streams of its own, so that any of them can be made again alone, and
/// files need not be kept in memory.
struct DemoRandom {
  private var state: UInt64

  /// The sequence of `stream` for the customer at `index` of the store of `seed`.
  init(seed: UInt64, index: Int, stream: UInt64) {
    let place = Self.mixed(UInt64(truncatingIfNeeded: index) &* 4 &+ stream)
    state = Self.mixed(seed ^ place)
  }

  private static func mixed(_ value: UInt64) -> UInt64 {
    var z = value &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }

  mutating func next() -> UInt64 {
    let result = Self.mixed(state)
    state &+= 0x9E37_79B9_7F4A_7C15
    return result
  }

  /// A number of `0..<bound`; 0 where the bound is 0.
  mutating func below(_ bound: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// True `share` times in a thousand.
  mutating func chance(_ share: Int) -> Bool { below(1000) < share }

  /// A number of `0..<bound`, the small ones more often.
  mutating func skewed(_ bound: Int) -> Int { below(below(bound) + 1) }

  /// A place in a table of weights, each taken as often as it weighs.
  mutating func pick(_ weights: [Int], total: Int) -> Int {
    var rest = below(total)
    for (place, weight) in weights.enumerated() {
      if rest < weight { return place }
      rest -= weight
    }
    return 0
  }
}
