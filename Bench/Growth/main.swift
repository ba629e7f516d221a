// What the steps of a segment's growth take: 365 refreshes, each of which changes one in a hundred of
// the members, among 10 million customers whose ids have gaps. `scripts/bench-growth` runs it.

let customers = 10_000_000
var random = Generator(state: 7)
let ids = makeIDs()

print("members\tshare of members changed\tbytes a step\tbits an id\tMB for 365 × 500")
for share in [0.001, 0.01, 0.05, 0.2] {
  for joining in [0.005, 0.01] {
    let (bytes, count) = step(members: Int(share * Double(customers)), joining)
    let all = Double(bytes) * 365 * 500 / 1_000_000
    let bits = Double(bytes * 8) / Double(count)
    let tenths = Double(Int(bits * 10)) / 10
    print("\(Int(share * Double(customers)))\t\(2 * joining)\t\(bytes)\t\(tenths)\t\(Int(all))")
  }
}

/// So many members leave, and as many others join.
func step(members: Int, _ joining: Double) -> (bytes: Int, count: Int) {
  let each = Int(Double(members) * joining)
  let (joined, left) = (IDSet(ascending: some(each)), IDSet(ascending: some(each)))
  precondition(joined.ids.count == each && left.ids.count == each)
  return (joined.bytes.count + left.bytes.count, 2 * each)
}

/// So many customers, chosen by chance.
func some(_ count: Int) -> [Int64] {
  var chosen: Set<Int64> = []
  while chosen.count < count { chosen.insert(ids[Int.random(in: 0..<customers, using: &random)]) }
  return chosen.sorted()
}

/// As shops have them: one in ten is missing.
func makeIDs() -> [Int64] {
  var (ids, next): ([Int64], Int64) = ([], 0)
  while ids.count < customers {
    next += random.next() % 10 == 0 ? 2 : 1
    ids.append(next)
  }
  return ids
}

struct Generator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
