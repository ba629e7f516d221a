import SegqRecords
import Testing

@testable import SegqEngine

/// Sets of rows in every pair of forms, against sets of integers.
@Suite("Sets of rows against sets of integers")
struct RowSetTests {
  /// A table's size and which of its rows are in the set.
  struct Sample: CustomTestStringConvertible, Sendable {
    let name: String
    let rowCount: Int
    let twin: Set<Int>

    var testDescription: String { "\(name) of \(rowCount)" }
    var sorted: [Int32] { twin.sorted().map { Int32($0) } }
    var rowSet: RowSet { RowSet(ascending: sorted, rowCount: rowCount) }
    var inAllForms: [RowSet] { RowSet.Kind.allCases.map { rowSet.inForm($0) } }

    var bitmap: Bitmap {
      var bits = Bitmap(count: rowCount)
      for row in twin { bits[row] = true }
      return bits
    }
  }

  struct Random: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (state >> 32) | (state << 32)
    }
  }

  static func samples(_ rowCount: Int) -> [Sample] {
    var random = Random(state: UInt64(rowCount))
    func sample(_ name: String, _ rows: some Sequence<Int>) -> Sample {
      Sample(name: name, rowCount: rowCount, twin: Set(rows.filter { 0 <= $0 && $0 < rowCount }))
    }
    func drawn(_ permille: Int) -> Sample {
      sample(
        "\(permille) ‰",
        (0..<rowCount).filter { _ in Int.random(in: 0..<1000, using: &random) < permille })
    }
    func runs(_ length: Int) -> Sample {
      let starts = (0..<max(1, rowCount / length / 4)).map { _ in
        Int.random(in: 0...rowCount, using: &random)
      }
      return sample(
        "runs of up to \(length)",
        starts.flatMap { $0..<$0 + Int.random(in: 1...length, using: &random) })
    }
    let borders = [0, 63, 64, 127, 128, 65_535, 65_536, 131_071, rowCount - 1]
    return [
      sample("none", []), sample("all", 0..<rowCount), sample("the first", [0]),
      sample("the last", [rowCount - 1]),
      sample("all but the middle", (0..<rowCount).filter { $0 != rowCount / 2 }),
      sample("every second", stride(from: 0, to: rowCount, by: 2)), sample("borders", borders),
      sample("whole words", (0..<rowCount).filter { $0 >> 6 & 1 == 1 }),
      drawn(2), drawn(100), drawn(500), drawn(990), runs(5), runs(700),
    ]
  }

  /// Small tables in all shapes; a large one, with more than two row groups, in few.
  static let tables: [[Sample]] =
    [0, 1, 64, 65, 130, 2_000].map(samples)
    + [
      samples(140_001).filter {
        ["borders", "2 ‰", "100 ‰", "runs of up to 700"].contains($0.name)
      }
    ]

  // MARK: One set

  @Test("A set tells what was put into it", arguments: tables.joined())
  func reading(_ sample: Sample) throws {
    for set in sample.inAllForms + [RowSet(sample.bitmap), sample.rowSet] {
      try set.checkInvariants()
      #expect(set.count == sample.twin.count)
      #expect(set.isEmpty == sample.twin.isEmpty)
      #expect(set.rows == sample.sorted)
      #expect(set.bitmap == sample.bitmap)
      var walked: [Int32] = []
      set.forEach { walked.append(Int32($0)) }
      #expect(walked == sample.sorted)
      for row in stride(from: 0, to: sample.rowCount, by: max(1, sample.rowCount / 500)) {
        #expect(set.contains(row) == sample.twin.contains(row))
      }
    }
  }

  @Test("Parts of a set", arguments: tables.joined())
  func parts(_ sample: Sample) {
    var random = Random(state: 3)
    let (rows, bits) = (sample.sorted, sample.bitmap)
    for set in sample.inAllForms {
      for _ in 0..<20 {
        let places = Self.range(upTo: rows.count, &random)
        #expect(set.rows(places) == Array(rows[places]))
        let range = Self.range(upTo: sample.rowCount, &random)
        #expect(set.count(in: range) == rows.count { range.contains(Int($0)) })
        let slice = range.lowerBound & ~63..<range.upperBound
        #expect(set.slice(slice) == bits.slice(slice))
      }
    }
  }

  private static func range(upTo end: Int, _ random: inout Random) -> Range<Int> {
    let (a, b) = (Int.random(in: 0...end, using: &random), Int.random(in: 0...end, using: &random))
    return min(a, b)..<max(a, b)
  }

  @Test("The bits of a row group are laid over what is there", arguments: tables.joined())
  func layingOver(_ sample: Sample) {
    for set in sample.inAllForms {
      for start in [0, 64, 65_536, 131_072] {
        var words = [UInt64](repeating: 1 << 5, count: 1024)
        var span = words.mutableSpan
        set.or(into: &span, from: start)
        var wanted = Bitmap(count: 65_536)
        for word in 0..<1024 { wanted[word << 6 | 5] = true }
        for row in sample.twin where start <= row && row < start + 65_536 {
          wanted[row - start] = true
        }
        #expect(words == wanted.words)
      }
    }
  }

  @Test("The form that takes least is chosen")
  func choice() {
    let rowCount = 1_000_000
    func kind(_ rows: [Int]) -> String {
      let set = RowSet(ascending: rows.map { Int32($0) }, rowCount: rowCount)
      var bits = Bitmap(count: rowCount)
      for row in rows { bits[row] = true }
      #expect(RowSet(bits).byteCount == set.byteCount)
      return switch set.form {
      case .words: "words"
      case .rows: "rows"
      case .runs: "runs"
      }
    }
    #expect(kind([]) == "rows")
    #expect(kind(Array(stride(from: 0, to: rowCount, by: 2))) == "words")
    #expect(kind(Array(stride(from: 0, to: rowCount, by: 300))) == "rows")
    #expect(kind(Array(stride(from: 0, to: rowCount, by: 200))) == "words")
    #expect(kind(Array(7..<900_000)) == "runs")
    #expect(RowSet(all: rowCount).byteCount < 20)
  }

  // MARK: Two sets

  @Test("Algebra in all pairs of forms", arguments: tables)
  func algebra(_ samples: [Sample]) throws {
    let forms = samples.map(\.inAllForms)
    for (left, a) in zip(samples, forms) {
      for (right, b) in zip(samples, forms) { try check(left, a, right, b) }
    }
  }

  private func check(_ left: Sample, _ lefts: [RowSet], _ right: Sample, _ rights: [RowSet]) throws
  {
    func sorted(_ rows: Set<Int>) -> [Int32] { rows.sorted().map { Int32($0) } }
    let union = sorted(left.twin.union(right.twin))
    let shared = sorted(left.twin.intersection(right.twin))
    let rest = sorted(left.twin.subtracting(right.twin))
    let either = sorted(left.twin.symmetricDifference(right.twin))
    for a in lefts {
      for b in rights {
        let place: Comment = "\(left.name), \(right.name) of \(left.rowCount)"
        #expect(try a.union(b).checked.rows == union, place)
        #expect(try a.intersection(b).checked.rows == shared, place)
        #expect(try a.subtracting(b).checked.rows == rest, place)
        #expect(try a.symmetricDifference(b).checked.rows == either, place)
        #expect(a.sharedCount(with: b) == shared.count, place)
        #expect((a == b) == (left.twin == right.twin), place)
        #expect(a != b || a.hashValue == b.hashValue, place)
      }
    }
  }

  @Test("The complement", arguments: tables.joined())
  func complement(_ sample: Sample) throws {
    let wanted = (0..<sample.rowCount).filter { !sample.twin.contains($0) }.map { Int32($0) }
    for set in sample.inAllForms { #expect(try set.complement.checked.rows == wanted) }
  }

  @Test("Sets of very different sizes")
  func skewed() throws {
    let rowCount = 500_000
    var random = Random(state: 11)
    let great = Set((0..<1_500).map { _ in Int.random(in: 0..<rowCount, using: &random) })
    let small = Set(great.sorted()[30..<45]).union([0, 250_001, rowCount - 1])
    let (a, b) = (
      Sample(name: "great", rowCount: rowCount, twin: great),
      Sample(name: "small", rowCount: rowCount, twin: small)
    )
    try check(a, a.inAllForms, b, b.inAllForms)
    try check(b, b.inAllForms, a, a.inAllForms)
  }

  // MARK: Many sets

  @Test("The union of many sets", arguments: tables)
  func unions(_ samples: [Sample]) throws {
    for size in 0...samples.count {
      let some = samples.prefix(size)
      let wanted = some.reduce(into: Set<Int>()) { $0.formUnion($1.twin) }.sorted().map {
        Int32($0)
      }
      for kind in RowSet.Kind.allCases {
        let sets = some.map { $0.rowSet.inForm(kind) }
        let union = RowSet.union(sets, rowCount: samples[0].rowCount)
        #expect(try union.checked.rows == wanted)
      }
      let mixed = some.enumerated().map { $1.rowSet.inForm(RowSet.Kind.allCases[$0 % 3]) }
      #expect(try RowSet.union(mixed, rowCount: samples[0].rowCount).checked.rows == wanted)
    }
  }
}

extension RowSet {
  fileprivate var checked: RowSet {
    get throws {
      try checkInvariants()
      return self
    }
  }
}
