import SegqEngine
import Testing

@Suite("Ids kept by what lies between them")
struct IDSetTests {
  @Test(
    "What was put in comes out, also from its bytes",
    arguments: [
      [], [0], [7, 12, 300], [-5, -1, 0, 1], [1, 128, 16_512, .max], [.min, .max],
      [1, 2, 3, 4, 5, 6, 7, 8, 1 << 50], Array(stride(from: 3, to: 100_000, by: 17)),
    ] as [[Int64]])
  func roundTrip(ids: [Int64]) throws {
    let set = IDSet(ascending: ids)
    #expect(set.ids == ids && set.count == ids.count)
    #expect(IDSet(bytes: set.bytes, count: set.count)?.ids == ids)
    for id in ids.prefix(100) {
      #expect(set.contains(id))
      #expect(set.removing(id).ids == ids.filter { $0 != id })
    }
    #expect(!set.contains(2_000_000))
  }

  @Test(
    "Ids that do not ascend, as damaged rows have them, take no more room than others",
    arguments: [[3, 3, 3], [9, 4, 12], [5, -5, .max], [.max, .min]] as [[Int64]])
  func disorder(ids: [Int64]) {
    let set = IDSet(ascending: ids)
    #expect(set.bytes.count < 100 && set.ids.count == set.count && set.ids.first == ids.first)
  }

  @Test("Bytes that can't be ids are none, and no bytes make it trap")
  func damage() {
    #expect(IDSet(bytes: [], count: 1) == nil)
    #expect(IDSet(bytes: [64, 0, 0, 0, 0, 0, 0, 0, 0], count: 1) == nil)
    #expect(IDSet(bytes: [0, 0, 0, 0, 0, 0, 0, 0, 0], count: 2) == nil)
    let random = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ 7) }
    for k in 0..<UInt8(64) { #expect(IDSet(bytes: [k] + random, count: 40)?.ids.count == 40) }
  }

  @Test("Where one in a hundred changed, an id takes a byte and a bit at most")
  func size() {
    var random = SystemRandomNumberGenerator()
    let ids = (Int64(0)..<1_000_000).filter { _ in Int.random(in: 0..<100, using: &random) == 0 }
    #expect(Double(IDSet(ascending: ids).bytes.count) < 1.05 * Double(ids.count))
    #expect(IDSet(ascending: Array(0..<80_000)).bytes.count < 10_020)
  }
}
