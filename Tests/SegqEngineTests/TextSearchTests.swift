import SegqRecords
import Testing

@testable import SegqEngine

/// Every test against the naive way: each text folded and looked at alone.
@Suite("Search in many texts")
struct TextSearchTests {
  static let kinds: [TextPattern.Kind] = [.contains, .startsWith, .endsWith, .like]

  @Test("A needle is found where it stands", arguments: kinds, [true, false])
  func patterns(kind: TextPattern.Kind, isExact: Bool) {
    var random = SomeRandom(seed: isExact ? 11 : 12)
    for round in 0..<60 {
      let texts = random.texts(round)
      let heap = TextHeap(TextVector(texts))
      let normal = texts.map { isExact ? Array($0.utf8) : TextFolding.fold($0) }
      for _ in 0..<6 {
        let needle = random.needle(from: texts, kind)
        let pattern = TextPattern(kind, needle, isExact: isExact)
        check(TextTest(pattern), heap, texts, "\(kind) '\(needle)'", &random) {
          pattern.matches(normal[$0])
        }
      }
    }
  }

  @Test("Equality with one text and with any of a set", arguments: [true, false])
  func equality(isExact: Bool) {
    func normal(_ text: String) -> [UInt8] {
      isExact ? Array(text.utf8) : TextFolding.fold(text)
    }
    var random = SomeRandom(seed: 13)
    for round in 0..<60 {
      let texts = random.texts(round)
      let heap = TextHeap(TextVector(texts))
      let normals = texts.map(normal)
      for size in [0, 1, 2, 3, 20] {
        let wanted = (0..<size).map { _ in random.needle(from: texts, .contains) }
        let set = Set(wanted.map(normal))
        let test = TextTest(oneOf: set, isExact: isExact)
        checkIndex(test, texts, &random) { set.contains(normals[$0]) }
        check(test, heap, texts, "in \(wanted)", &random) { set.contains(normals[$0]) }
        guard size == 1 else { continue }
        let one = TextTest(equals: wanted[0], isExact: isExact)
        check(one, heap, texts, "= '\(wanted[0])'", &random) { set.contains(normals[$0]) }
      }
    }
  }

  /// What an index finds are the rows that are not null and pass.
  private func checkIndex(
    _ test: TextTest, _ texts: [String], _ random: inout SomeRandom, _ isMatch: (Int) -> Bool
  ) {
    let areNull = texts.map { _ in Int.random(in: 0..<5, using: &random) == 0 }
    let values = zip(texts, areNull).map { $1 ? nil : $0 }
    let column = StoredColumn(.texts(values)).indexed(.twoThreads)
    let expected = texts.indices.filter { !areNull[$0] && isMatch($0) }
    #expect(column?.rows(passing: test)?.rows.map { Int($0) } == expected)
  }

  @Test("An index of more buckets than one part holds finds each row, and no other")
  func largeIndex() throws {
    let count = 600_000
    let texts = (0..<count).map { "Jo\($0 % 400_000)@example.com" }
    let column = try #require(StoredColumn(.texts(texts)).indexed(.twoThreads))
    #expect(try #require(column.index).starts.count == 131_073)
    for place in [0, 1, 65_535, 65_536, 199_999, 200_000, 399_999] {
      let test = TextTest(equals: "jo\(place)@EXAMPLE.com", isExact: false)
      let expected = [place, place + 400_000].filter { $0 < count }
      #expect(column.rows(passing: test)?.rows.map { Int($0) } == expected)
    }
    let none = TextTest(equals: "jo400000@example.com", isExact: false)
    #expect(column.rows(passing: none)?.isEmpty == true)
    #expect(column.rows(passing: TextTest(TextPattern(.contains, "jo1@"))) == nil)
  }

  private func check(
    _ test: TextTest, _ heap: TextHeap, _ texts: [String], _ what: String,
    _ random: inout SomeRandom, _ isMatch: (Int) -> Bool
  ) {
    let expected = texts.indices.map(isMatch)
    let start = Int.random(in: 0...texts.count / 64, using: &random) * 64
    for rows in [0..<texts.count, start..<Int.random(in: start...texts.count, using: &random)] {
      let found = test.matches(heap, rows)
      let wrong = rows.first { found[$0 - rows.lowerBound] != expected[$0] }
      if let wrong { Issue.record("\(what) in '\(texts[wrong])', row \(wrong) of \(rows)") }
      #expect(found.count == rows.count && found == Bitmap(words: found.words, count: rows.count))
    }
    let list = (0..<20).map { _ in Int32.random(in: -1..<Int32(texts.count), using: &random) }
    let found = test.matches(heap, list)
    for (i, row) in list.enumerated() {
      let wanted = row < 0 ? false : expected[Int(row)]
      #expect(found[i] == wanted, "\(what), row \(row)")
    }
    let one = Int.random(in: texts.indices, using: &random)
    #expect(
      test.matches(Array(texts[one].utf8)[...]) == expected[one], "\(what) in '\(texts[one])'")
  }

  @Test("Letters that fold to others are found by them, and only by them")
  func folding() {
    let texts = ["STRASSE", "straße", "\u{212A}ELVIN", "kelvin", "É", "e\u{301}", "e", "@`", "`@"]
    let heap = TextHeap(TextVector(texts))
    func rows(_ kind: TextPattern.Kind, _ text: String) -> [Int] {
      TextTest(TextPattern(kind, text)).matches(heap, 0..<texts.count).positions
    }
    #expect(rows(.contains, "ss") == [0, 1])
    #expect(rows(.endsWith, "ßE") == [0, 1])
    #expect(rows(.startsWith, "k") == [2, 3])
    #expect(rows(.contains, "é") == [4, 5])
    #expect(rows(.like, "_") == [4, 5, 6])
    #expect(rows(.startsWith, "@") == [7])
    #expect(rows(.like, "`%") == [8])
  }

  @Test("Nothing is found across the border of two texts")
  func borders() {
    let texts = ["xan", "na", "", "anna", "AN", "", "", "NA", "ann", "a", "aannaa"]
    let heap = TextHeap(TextVector(texts))
    let test = TextTest(TextPattern(.contains, "anna"))
    #expect(test.matches(heap, 0..<texts.count).positions == [3, 10])
    #expect(test.matches(heap, 0..<0).positions == [])
  }

  @Test("Rows of two groups, few hits far between, foreign texts in the second group")
  func groups() {
    var texts = [String](repeating: "someone@example.com", count: 70_000)
    for row in [0, 63, 64, 40_000, 65_535, 65_536, 69_999] { texts[row] = "Anna@example.com" }
    texts[66_000] = "ÄNNA ANNA"
    let heap = TextHeap(TextVector(texts))
    let expected = [0, 63, 64, 40_000, 65_535, 65_536, 66_000, 69_999]
    let test = TextTest(TextPattern(.contains, "anna"))
    #expect(test.matches(heap, 0..<70_000).positions == expected)
    #expect(test.matches(heap, 65_536..<70_000).positions == [0, 464, 4463])
    #expect(test.matches(heap, 39_936..<66_001).positions == [64, 25_599, 25_600, 26_064])
    #expect(test.matches(heap, [66_000, 1, 65_535]).positions == [0, 2])
  }
}

/// Texts and needles that are likely to go wrong.
private struct SomeRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private static let alphabets: [[Character]] = [
    Array("aAbB"), Array("aAnNbB@.09-_%`[]{^kKsS\u{7F}\0"),
    Array("abAB\u{E9}\u{C9}ßsSẞÄäſİiıŉŸÿ"), Array("ΟΔοδσςΣΆάΐ"), Array("ПРиветЁё"),
    Array("日本京a"), Array("😀👩‍👩‍👧a🇩🇪"), ["e", "\u{301}", "E\u{301}", "\u{308}", "é", "\u{212A}", "k"],
  ]

  private mutating func text(_ alphabet: Int, upTo length: Int) -> String {
    let other = chance(10) ? Int.random(in: 0..<Self.alphabets.count, using: &self) : alphabet
    let letters = Self.alphabets[other]
    let count = Int.random(in: 0...length, using: &self)
    return String((0..<count).map { _ in letters[Int.random(in: letters.indices, using: &self)] })
  }

  private mutating func chance(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &self) == 0 }

  mutating func texts(_ round: Int) -> [String] {
    let length = [1, 3, 8, 30, 100][Int.random(in: 0..<5, using: &self)]
    let count = Int.random(in: 1...200, using: &self)
    return (0..<count).map { _ in text(round % Self.alphabets.count, upTo: length) }
  }

  /// A text of them, a part of one, a part of two that are neighbours, or another.
  mutating func needle(from texts: [String], _ kind: TextPattern.Kind) -> String {
    let row = Int.random(in: texts.indices, using: &self)
    let next = row + 1 < texts.count ? texts[row + 1] : ""
    var letters = Array(chance(4) ? texts[row] + next : texts[row])
    if chance(6) { letters = Array(text(Int.random(in: 0..<8, using: &self), upTo: 40)) }
    if !chance(4) {
      let start = Int.random(in: 0...letters.count, using: &self)
      letters = Array(letters[start...].prefix(Int.random(in: 0...20, using: &self)))
    }
    if chance(2) { letters = letters.flatMap { chance(2) ? Array($0.uppercased()) : [$0] } }
    if kind == .like { mark(&letters) }
    return String(letters)
  }

  /// Puts `%`, `_` and `\` among the letters.
  private mutating func mark(_ letters: inout [Character]) {
    for _ in 0..<Int.random(in: 0...4, using: &self) {
      let place = Int.random(in: 0...letters.count, using: &self)
      letters.insert(["%", "%", "%", "_", "\\"][Int.random(in: 0..<5, using: &self)], at: place)
      if chance(2), place + 1 < letters.count { letters.remove(at: place + 1) }
    }
    if chance(3) { letters.insert("%", at: 0) }
    if chance(3) { letters.append("%") }
  }
}
