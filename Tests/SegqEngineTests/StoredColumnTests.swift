import SegqRecords
import Testing

@testable import SegqEngine

/// What a column is given it gives back, however it keeps it.
@Suite("Stored columns against the values that they were made of")
struct StoredColumnTests {
  struct Kind: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var vector: ColumnVector
    /// Bytes a number or a code; nil for texts as they are.
    var width: Int?
  }

  private static func numbers(
    _ name: String, _ width: Int, count: Int = 300, hasNulls: Bool = false,
    _ value: (Int) -> Int64
  ) -> Kind {
    let values = (0..<count).map { hasNulls && $0 % 7 == 3 ? nil : value($0) }
    return Kind(testDescription: name, vector: .numbers(values), width: width)
  }

  static let kinds: [Kind] = [
    numbers("0 alone", 1) { _ in 0 },
    numbers("a span of 255", 1) { Int64($0 % 256) },
    numbers("a span of 255 below zero", 1) { Int64($0 % 256) - 1000 },
    numbers("a span of 255 with nulls, far from the 0 of a null", 1, hasNulls: true) {
      Int64($0 % 256) + 1_000_000
    },
    numbers("a span of 256", 2) { Int64($0 % 257) },
    numbers("a span of 65,535", 2) { Int64($0 % 2) * 65_535 - 30_000 },
    numbers("a span of 65,535 with nulls", 2, hasNulls: true) { Int64($0 % 2) * 65_535 + 70_000 },
    numbers("a span of 65,536", 4) { Int64($0 % 2) * 65_536 },
    numbers("a span of 2³² − 1", 4, hasNulls: true) { Int64($0 % 2) * 0xFFFF_FFFF - 5 },
    numbers("a span of 2³²", 8) { Int64($0 % 2) * 0x1_0000_0000 },
    numbers("the least and the greatest", 8) { [.min, .max, 0, -1][$0 % 4] },
    numbers("the least and the greatest with nulls", 8, hasNulls: true) { [.min, .max][$0 % 2] },
    numbers("the least alone", 1, hasNulls: true) { _ in .min },
    numbers("the greatest alone", 1, hasNulls: true) { _ in .max },
    numbers("the 256 greatest", 1) { .max - Int64($0 % 256) },
    numbers("the 256 least", 1) { .min + Int64($0 % 256) },
    numbers("one row", 1, count: 1) { _ in 42 },
    numbers("no row", 1, count: 0) { _ in 0 },
    Kind(
      testDescription: "nulls alone", vector: .numbers([Int64?](repeating: nil, count: 130)),
      width: 1),
    Kind(
      testDescription: "decimals", vector: .numbers([125_000, nil, -1], .decimal), width: 4),
    Kind(testDescription: "booleans", vector: .numbers([1, nil, 0], .boolean), width: 1),
    Kind(testDescription: "dates", vector: .numbers([20_000, nil, 19_000], .date), width: 2),
    Kind(
      testDescription: "instants",
      vector: .numbers([1_700_000_000, nil, 1_600_000_000], .datetime),
      width: 4),
    Kind(
      testDescription: "codes", width: 1, of: (0..<300).map { ["é", "", "x"][$0 % 3] }),
    Kind(
      testDescription: "codes and nulls", width: 1,
      of: (0..<300).map { $0 % 5 == 0 ? nil : ["é", "", "x"][$0 % 3] }),
    Kind(testDescription: "one code", width: 1, of: (0..<300).map { _ in "a" }),
    Kind(
      testDescription: "one code and nulls", width: 1,
      of: (0..<300).map { $0 % 2 == 0 ? nil : "a" }),
    Kind(testDescription: "no code but null", width: 1, of: (0..<300).map { _ in nil }),
    Kind(
      testDescription: "255 codes and null", width: 1,
      of: (0..<1000).map { $0 % 256 == 9 ? nil : "\($0 % 256)" }),
    Kind(
      testDescription: "256 codes and null", width: 2,
      of: (0..<1000).map { $0 % 257 == 9 ? nil : "\($0 % 257)" }),
    Kind(testDescription: "700 codes", width: 2, of: (0..<1400).map { "\($0 % 700)" }),
    Kind(
      testDescription: "texts",
      vector: .texts((0..<300).map { $0 % 7 == 0 ? nil : $0 % 7 == 1 ? "" : "tëxt \($0)" })),
    Kind(testDescription: "texts without null", vector: .texts((0..<130).map { "\($0)" })),
    Kind(testDescription: "no text", vector: .texts([])),
    Kind(testDescription: "texts that are null", vector: .texts([nil, nil])),
  ]

  private static func values(_ vector: ColumnVector) -> [Value] {
    (0..<vector.count).map { vector[$0] }
  }

  @Test("Values come back as they were", arguments: kinds)
  func roundTrip(kind: Kind) {
    let column = StoredColumn(kind.vector)
    let values = Self.values(kind.vector)
    #expect(column.count == values.count)
    #expect((0..<column.count).map { column[$0] } == values)
    #expect((0..<column.count).map { column.isNull($0) } == values.map { $0 == .null })
    #expect(Self.values(column.vector(0..<column.count)) == values)
    var dice = Dice(3)
    for _ in 0..<20 {
      let start = dice.roll(column.count + 1)
      let range = start..<start + dice.roll(column.count - start + 1)
      #expect(Self.values(column.vector(range)) == Array(values[range]))
      let list =
        values.isEmpty ? [] : (0..<dice.roll(100)).map { _ in Int32(dice.roll(values.count)) }
      #expect(Self.values(column.vector(list)) == list.map { values[Int($0)] })
      let missing = list + [-1, -1] + list
      #expect(
        Self.values(column.gathered(withMissing: missing))
          == missing.map { $0 < 0 ? .null : values[Int($0)] })
    }
  }

  @Test("Numbers take as few bytes as all of them fit in", arguments: kinds)
  func width(kind: Kind) throws {
    let width = try #require(kind.width ?? (kind.vector.type == .text ? 0 : nil))
    let packed: PackedNumbers? =
      switch StoredColumn(kind.vector).storage {
      case .numbers(let numbers), .coded(let numbers, _): numbers
      case .texts: nil
      }
    let found: Int? = packed.map { packed in
      switch packed.storage {
      case .bytes: 1
      case .halves: 2
      case .words: 4
      case .whole: 8
      }
    }
    #expect(found ?? 0 == width)
  }

  @Test("What is looked up for each code is that of each row", arguments: [3, 255, 700])
  func lookup(codeCount: Int) {
    let texts = (0..<2000).map { $0 % 11 == 0 ? nil : "text \($0 % codeCount)" }
    let column = StoredColumn(.texts(texts, areCoded: true))
    let entries = column.entries
    let lengths = ColumnVector.numbers(
      Self.values(entries).map { if case .text(let text) = $0 { Int64(text.count) } else { -1 } })
    let expected = texts.map { Value.integer($0.map { Int64($0.count) } ?? -1) }
    #expect(Self.values(column.looked(up: lengths, .range(0..<2000))) == expected)
    #expect(
      Self.values(column.looked(up: lengths, .range(77..<1999))) == Array(expected[77..<1999]))
    #expect(
      Self.values(column.looked(up: lengths, .list([5, 5, 1999, 0])))
        == [5, 5, 1999, 0].map { expected[$0] })
  }

  @Test(
    "The rows of each code are counted, of all, of few and of many rows",
    arguments: [1, 6, 255, 256, 700])
  func counts(codeCount: Int) {
    var dice = Dice(5)
    let texts = (0..<70_100).map { _ in
      dice.roll(9) == 0 ? nil : "\(dice.roll(dice.roll(codeCount) + 1))"
    }
    let column = StoredColumn(.texts(texts, areCoded: true))
    let few = (0..<70_100).filter { $0 % 9973 == 5 }.map { Int32($0) }
    let many = (0..<70_100).filter { $0 % 3 != 0 }.map { Int32($0) }
    let selections: [(RowSelection, [Int32])] = [
      (.all(70_100), (0..<70_100).map { Int32($0) }),
      (.some(RowSet(ascending: few, rowCount: 70_100)), few),
      (.some(RowSet(ascending: many, rowCount: 70_100)), many),
      (.some(RowSet(rowCount: 70_100)), []),
      (.list(few.reversed()), few),
      (.list(many + few), many + few),
    ]
    for (selection, rows) in selections {
      var expected: [String?: Int64] = [:]
      for row in rows { expected[texts[Int(row)], default: 0] += 1 }
      var found: [String?: Int64] = [:]
      let counts = column.codeCounts(selection) ?? []
      for (entry, count) in zip(Self.values(column.entries), counts) where count > 0 {
        if case .text(let text) = entry { found[text] = count } else { found[nil] = count }
      }
      #expect(found == expected)
    }
  }
}

extension StoredColumnTests.Kind {
  fileprivate init(testDescription: String, width: Int, of texts: [String?]) {
    self.init(
      testDescription: testDescription, vector: .texts(texts, areCoded: true), width: width)
  }
}
