import SegqRecords
import Testing

@testable import SegqEngine

/// Few rows that go among many, beside the same rows read at once.
@Suite("Rows that go among those of a table")
struct InsertionTests {
  /// What a column has before and what comes later: by the number of a row.
  struct Kind: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let old: @Sendable (Int) -> Value
    let new: @Sendable (Int) -> Value

    init(
      _ name: String, _ old: @escaping @Sendable (Int) -> Value,
      _ new: @escaping @Sendable (Int) -> Value
    ) {
      (testDescription, self.old, self.new) = (name, old, new)
    }

    static func numbers(
      _ name: String, _ old: @escaping @Sendable (Int) -> Int64?,
      _ new: @escaping @Sendable (Int) -> Int64?
    ) -> Kind {
      Kind(
        name, { old($0).map { .integer($0) } ?? .null }, { new($0).map { .integer($0) } ?? .null })
    }

    static func texts(
      _ name: String, _ old: @escaping @Sendable (Int) -> String?,
      _ new: @escaping @Sendable (Int) -> String?
    ) -> Kind {
      Kind(name, { old($0).map { .text($0) } ?? .null }, { new($0).map { .text($0) } ?? .null })
    }
  }

  static let kinds: [Kind] = [
    .numbers("numbers that fit", { Int64($0 % 200) + 40 }, { Int64($0 % 200) + 40 }),
    .numbers("some are null", { $0 % 3 == 0 ? nil : Int64($0) }, { $0 % 2 == 0 ? nil : Int64($0) }),
    .numbers("the first nulls", { Int64($0) }, { $0 % 2 == 0 ? nil : 7 }),
    .numbers("nulls before only", { $0 % 70 == 0 ? nil : Int64($0) + 900 }, { Int64($0) + 900 }),
    .numbers("all null before", { _ in nil }, { Int64($0) - 5 }),
    .numbers("all null then", { Int64($0) }, { _ in nil }),
    .numbers("smaller than any", { Int64($0 % 100) + 40 }, { -Int64($0) }),
    .numbers("bytes become halves", { Int64($0 % 256) }, { $0 == 2 ? 256 : 3 }),
    .numbers("halves become words", { Int64($0 % 60_000) }, { Int64($0) * 99_999 }),
    .numbers("words become whole", { Int64($0) * 70_000 }, { [.min, .max, 0, nil][$0 % 4] }),
    .numbers("whole", { Int64($0) << 40 }, { -Int64($0) << 30 }),
    .texts("free texts", { "ß\($0)" }, { $0 % 3 == 0 ? nil : "new \($0)" }),
    .texts("empty texts", { $0 % 2 == 0 ? "" : "é\($0)" }, { _ in "" }),
    .texts("few texts", { ["a", "b", nil, ""][$0 % 4] }, { ["b", nil, "a"][$0 % 3] }),
    .texts("a new word, and nulls", { ["a", "b", nil][$0 % 3] }, { ["c", "b", nil][$0 % 3] }),
    .texts("a new word", { ["a", "b"][$0 % 2] }, { ["c", "b"][$0 % 2] }),
    .texts("words for two bytes", { $0 % 9 == 0 ? nil : "w\($0 % 250)" }, { "v\($0)" }),
    .texts("too many words", { "w\($0 % 70)" }, { "\($0)-\($0)" }),
    Kind(
      "integers and decimals", { .integer(Int64($0)) },
      { .decimal(Decimal(units: Int64($0) * 777)) }),
    Kind("days and times", { .date(Int64($0)) }, { .datetime(Int64($0) * 777) }),
    Kind("numbers and texts", { .integer(Int64($0)) }, { .text("x\($0)") }),
  ]

  private static func vector(_ count: Int, _ value: (Int) -> Value) -> ColumnVector {
    let values = (0..<count).map(value)
    return ColumnVector(values, type: values.lazy.compactMap(\.type).first ?? .integer)
  }

  private static func table(_ ids: [Int], _ vector: ColumnVector) -> TableBuilder {
    let numbers = ColumnVector.numbers(ids.map { Int64($0) })
    var builder = TableBuilder(
      name: "orders",
      columns: [
        LoadedColumn(Field(name: "id", header: "id", type: .integer), numbers),
        LoadedColumn(Field(name: "value", header: "value", type: vector.type), vector),
      ])
    builder.idColumn = 0
    return builder
  }

  @Test("Values lie as if all had been read at once", arguments: kinds, [400, 70_000])
  func values(kind: Kind, count: Int) throws {
    var dice = Dice(UInt64(count))
    var ids = Array(1...count + 80)
    for place in 0..<80 { ids.swapAt(place, dice.roll(ids.count)) }
    let (new, old) = (Array(ids[..<80]), Array(ids[80...]).sorted())
    let (before, added) = (Self.vector(count, kind.old), Self.vector(80, kind.new))
    var first = Self.table(old, before)
    var builder = TableBuilder(rebuilding: first.build())
    builder.fewestKept = 0
    var rows = Self.table(new, added)
    try builder.append(&rows, at: [0, 1], in: .utc, .twoThreads)
    #expect(builder.insertion != nil)
    let built = builder.build(.twoThreads)
    let grown = try #require(built)

    var again = Self.table(old, before)
    var slow = TableBuilder(rebuilding: again.build())
    slow.fewestKept = .max
    rows = Self.table(new, added)
    try slow.append(&rows, at: [0, 1], in: .utc, .twoThreads)
    #expect(slow.insertion == nil)
    let expected = slow.build()
    Self.expectSame(grown, expected)
  }

  @Test("What is left when rows are taken out is as if they had never been", arguments: kinds)
  func taken(kind: Kind) throws {
    var dice = Dice(9)
    for (count, size) in [(400, 1), (400, 90), (70_000, 3), (70_000, 4_000)] {
      let column = StoredColumn(DictionaryEncoder.encode(Self.vector(count, kind.old)))
      let gone = Set((0..<size).map { _ in Int32(dice.roll(count)) })
      let rest = Remainder(gone: gone.sorted(), oldCount: count)
      #expect(rest.rows == (0..<Int32(count)).filter { !gone.contains($0) })
      guard let left = column.keeping(rest) else { continue }
      let expected = StoredColumn(column.vector(rest.rows))
      #expect(left.count == rest.count)
      let step = count > 1000 ? 7 : 1
      #expect(stride(from: 0, to: rest.count, by: step).allSatisfy { left[$0] == expected[$0] })
      let (zones, others) = (left.numbers?.zones, expected.numbers?.zones)
      #expect(zones.map { $0.array(0..<$0.count) } == others.map { $0.array(0..<$0.count) })
      #expect(left.numbers?.base == expected.numbers?.base)
      #expect(left.dictionary == column.dictionary)
    }
  }

  @Test("What only the rows that are taken out had is not copied")
  func untold() {
    let rest = Remainder(gone: [1, 2], oldCount: 300)
    let columns: [ColumnVector] = [
      .numbers((0..<300).map { $0 == 1 ? -3 : Int64($0 % 9) }),
      .numbers((0..<300).map { $0 == 2 ? 300 : Int64($0 % 9) }),
      .texts((0..<300).map { $0 == 1 ? "once" : "often" }, areCoded: true),
      .texts((0..<300).map { $0 == 2 ? nil : "\($0)" }),
    ]
    for vector in columns { #expect(StoredColumn(vector).keeping(rest) == nil) }
    let others = StoredColumn(.numbers((0..<300).map { Int64($0 % 9) }))
    #expect(others.keeping(rest)?.count == 298)
  }

  static func expectSame(_ a: Table, _ b: Table) {
    #expect(a.rowCount == b.rowCount)
    for (one, other) in zip(a.columns, b.columns) {
      #expect(one.values.type == other.values.type)
      let step = a.rowCount > 10_000 ? 7 : 1
      let wrong = stride(from: 0, to: a.rowCount, by: step).first {
        one.values[$0] != other.values[$0]
      }
      #expect(wrong == nil, "\(a.name).\(one.field.name)")
      #expect(one.values.nulls?.setCount ?? 0 == other.values.nulls?.setCount ?? 0)
      let (zones, others) = (one.values.numbers?.zones, other.values.numbers?.zones)
      #expect(zones.map { $0.array(0..<$0.count) } == others.map { $0.array(0..<$0.count) })
      // Each number lies within the bounds that are said.
      if case .coded(let codes, let dictionary) = one.values.storage {
        #expect(codes.zone.low >= 0 && codes.zone.high <= dictionary.count)
        for row in stride(from: 0, to: a.rowCount, by: 99) {
          let zone = codes.zones.span[row / RowSelection.groupSize]
          #expect(zone.low <= codes[row] && codes[row] <= zone.high)
        }
      }
    }
    let rows = 0..<a.rowCount
    #expect(a.parent?.parents(of: rows) == b.parent?.parents(of: rows))
  }
}

extension Value {
  fileprivate var type: DataType? {
    switch self {
    case .null: nil
    case .integer: .integer
    case .decimal: .decimal
    case .text: .text
    case .date: .date
    case .datetime: .datetime
    case .boolean: .boolean
    }
  }
}
