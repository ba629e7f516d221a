import Testing

@testable import SegqRecords

@Suite("Bitmaps against sets")
struct BitmapTests {
  @Test(
    "Algebra, slices and appending agree with a Set of positions",
    arguments: [0, 1, 63, 64, 65, 130, 500])
  func twin(count: Int) {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<30 {
      let (a, x) = Self.make(count, &random)
      let (b, y) = Self.make(count, &random)
      #expect(Self.same(a & b, x.intersection(y)))
      #expect(Self.same(a | b, x.union(y)))
      #expect(Self.same(a - b, x.subtracting(y)))
      #expect(Self.same(a ^ b, x.symmetricDifference(y)))
      #expect(Self.same(~a, Set(0..<count).subtracting(x)))
      let low = Int.random(in: 0...count, using: &random)
      let range = low..<Int.random(in: low...count, using: &random)
      #expect(Self.same(a.slice(range), Set(x.filter(range.contains).map { $0 - low })))
      var joined = a
      joined.append(contentsOf: b)
      #expect(Self.same(joined, x.union(y.map { $0 + count })) && joined.count == 2 * count)
    }
  }

  private static func make(
    _ count: Int, _ random: inout SystemRandomNumberGenerator
  ) -> (Bitmap, Set<Int>) {
    var bitmap = Bitmap(count: count)
    var set: Set<Int> = []
    for i in 0..<count where Bool.random(using: &random) {
      bitmap[i] = true
      set.insert(i)
    }
    return (bitmap, set)
  }

  private static func same(_ bitmap: Bitmap, _ set: Set<Int>) -> Bool {
    bitmap.positions == set.sorted() && bitmap.setCount == set.count
      && bitmap.isEmpty == set.isEmpty
      && bitmap.count & 63 == 0
      || bitmap.positions == set.sorted()
        && (bitmap.words.last ?? 0) >> UInt64(bitmap.count & 63) == 0
  }
}
