import SegqRecords
import Testing

@testable import SegqEngine

@Suite("RFM against the definition")
struct RFMTests {
  @Test("Scores are those of the definition, counted one by one", arguments: 0..<50)
  func scores(seed: UInt64) {
    var random = Random(state: seed &+ 1)
    let count = 1 + Int(random.next() % 40)
    let values = (0..<count).map { _ -> Int64? in
      random.next() % 9 == 0 ? nil : Int64(random.next() % 12)
    }
    let ranked = values.indices.filter { _ in random.next() % 4 != 0 }
    let scores = RFM.score(values, ranked)
    for row in values.indices {
      guard ranked.contains(row) else {
        #expect(scores[row] == nil)
        continue
      }
      let worse = ranked.count { (values[$0] ?? .min) < (values[row] ?? .min) }
      #expect(scores[row] == 1 + Int(5 * Double(worse) / Double(ranked.count)))
    }
  }

  @Test("Each pair of scores has the group that the table gives")
  func groups() {
    // Recency 5 down to 1; the mean of frequency and money 1 to 5.
    let table = [
      ["New", "Active", "Active", "Champions", "Champions"],
      ["Promising", "Active", "Active", "Loyal", "Loyal"],
      ["Promising", "Needs attention", "Needs attention", "Loyal", "Loyal"],
      ["Almost lost", "Almost lost", "At risk", "At risk", "At risk"],
      ["Dormant", "Dormant", "Dormant", "Previously loyal", "Previously loyal"],
    ]
    for recency in 1...5 {
      for value in 1...5 {
        #expect(RFM.group(recency: recency, value: value) == table[5 - recency][value - 1])
      }
    }
  }

  private struct Random {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 33
    }
  }
}
