import SegqRecords
import Testing

@testable import SegqEngine

/// What is quick for many values is the same as for one.
@Suite("Functions of one row's values")
struct FunctionTests {
  private func values(
    _ function: ScalarFunction, _ vector: ColumnVector, _ type: DataType
  ) throws -> [Value] {
    let column = BoundExpression.column(0, vector.type)
    let evaluator = Evaluator(Execution())
    let result = try evaluator.values(
      .function(function, [column], type), Table.of([vector]), .range(0..<vector.count))
    return (0..<result.count).map { result[$0] }
  }

  static let texts: [String?] = [
    "Anna", "ÄNNA ß", "", " a b\t", "\u{A0}x\u{2003}", "\r\n y \r\n", "a@b.de", "a@b@C.de", "@",
    "é@ü",
    nil, "a\r\nb", "e\u{301}", "\u{1C}x", "   ", "İ", "ΣΑΣ",
  ]

  @Test("Texts of ASCII are worked on as all others are", arguments: [false, true])
  func texts(areCoded: Bool) throws {
    let vector = ColumnVector.texts(Self.texts, areCoded: areCoded)
    func expectEqual(_ function: ScalarFunction, _ naive: (String) -> String?) throws {
      let expected = Self.texts.map { $0.flatMap(naive).map { Value.text($0) } ?? .null }
      #expect(try values(function, vector, .text) == expected)
    }
    try expectEqual(.lower) { $0.lowercased() }
    try expectEqual(.upper) { $0.uppercased() }
    try expectEqual(.domain) { text in
      text.contains("@")
        ? text.split(separator: "@", omittingEmptySubsequences: false).last.map { String($0) } : nil
    }
    try expectEqual(.trim) { text in
      var characters = Array(text)
      while characters.last?.isWhitespace ?? false { characters.removeLast() }
      while characters.first?.isWhitespace ?? false { characters.removeFirst() }
      return String(characters)
    }
    #expect(
      try values(.length, vector, .integer)
        == Self.texts.map { $0.map { .integer(Int64($0.count)) } ?? .null })
  }

  @Test(
    "Parts of many dates are those of each date",
    arguments: ScalarFunction.DatePart.allCases.filter { $0 != .hour })
  func dates(part: ScalarFunction.DatePart) throws {
    var dice = Dice(31)
    let days = (0..<1500).map { _ in dice.roll(9) == 0 ? nil : Int64(dice.roll(20_000) - 5000) }
    for function in [ScalarFunction.datePart(part, .utc), .truncate(part, .utc)] {
      let isDate = if case .truncate = function { true } else { false }
      let type = isDate ? DataType.date : .integer
      let together = try values(function, .numbers(days, .date), type)
      let instants = days.map { $0.map { $0 * 86_400 + 86_399 } }
      #expect(try values(function, .numbers(instants, .datetime), type) == together)
      for start in stride(from: 0, to: 1500, by: 100) {
        let some = Array(days[start..<start + 100])
        #expect(
          try values(function, .numbers(some, .date), type) == Array(together[start..<start + 100]))
      }
    }
  }

  @Test("Numbers at the ends of 64 bits stay there")
  func ends() throws {
    let ends: [Int64?] = [.min, .min + 1, .max, nil, 0]
    func numbers(_ function: ScalarFunction) throws -> [Int64?] {
      try values(function, .numbers(ends), .integer).map(\.number)
    }
    #expect(
      try numbers(.bucket(1000)) == [.min, .min, 9_223_372_036_854_775_000, nil, 0])
    #expect(try numbers(.bucket(1)) == ends)
    #expect(try numbers(.negate) == [.max, .max, .min + 1, nil, 0])
    #expect(try numbers(.absolute) == [.max, .max, .max, nil, 0])
    #expect(try numbers(.round(0)) == ends)
    let some: [Int64?] = [1234, -1250, 49, 50, nil]
    func rounded(_ places: Int, _ type: DataType) throws -> [Int64?] {
      try values(.round(places), .numbers(some, type), type).map(\.number)
    }
    #expect(try rounded(-2, .integer) == [1200, -1300, 0, 100, nil])
    #expect(try rounded(2, .decimal) == [1200, -1300, 0, 100, nil])
    #expect(try rounded(-1, .decimal) == [0, 0, 0, 0, nil])
    #expect(try rounded(3, .integer) == some)
  }
}
