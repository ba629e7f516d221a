import SegqRecords

/// What a text test comes down to: the way in which it is looked for.
enum TextForm: Sendable {
  case all
  case contains(TextNeedle)
  case startsWith(TextNeedle)
  case endsWith(TextNeedle)
  case equals(TextNeedle)
  case oneOf(TextSet)
  /// `a%b%c`
  case pieces(TextPieces)
  /// A pattern with `_`, and the longest of its pieces.
  case pattern(TextPattern, TextNeedle?)

  init(_ pattern: TextPattern) {
    let needle = TextNeedle(pattern.wanted, isExact: pattern.isExact)
    switch pattern.kind {
    case .like: self = Self.like(pattern)
    case _ where needle.length == 0: self = .all
    case .contains: self = .contains(needle)
    case .startsWith: self = .startsWith(needle)
    case .endsWith: self = .endsWith(needle)
    }
  }

  init(oneOf texts: some Collection<[UInt8]>, isExact: Bool) {
    if let only = texts.first, texts.count == 1 {
      self = .equals(TextNeedle(only, isExact: isExact))
    } else {
      self = .oneOf(TextSet(texts, isExact: isExact))
    }
  }

  private static func like(_ pattern: TextPattern) -> Self {
    let parts = pattern.parts
    func needle(_ text: [UInt8]) -> TextNeedle { TextNeedle(text, isExact: pattern.isExact) }
    guard let pieces = parts.pieces else {
      let longest = parts.literals.max { $0.count < $1.count } ?? []
      return .pattern(pattern, longest.isEmpty ? nil : needle(longest))
    }
    let (first, last) = (pieces[0], pieces[pieces.count - 1])
    guard pieces.count > 1 else { return .equals(needle(first)) }
    let inner = pieces[1..<pieces.count - 1].filter { !$0.isEmpty }
    return switch (first.isEmpty, inner.count, last.isEmpty) {
    case (true, 0, true): .all
    case (false, 0, true): .startsWith(needle(first))
    case (true, 0, false): .endsWith(needle(last))
    case (true, 1, true): .contains(needle(inner[0]))
    default: .pieces(TextPieces(first: needle(first), inner: inner.map(needle), last: needle(last)))
    }
  }

  /// Passes every text.
  var isIndifferent: Bool {
    if case .all = self { true } else { false }
  }

  /// No text that is all ASCII passes.
  var isForeign: Bool {
    switch self {
    case .all, .oneOf: false
    case .contains(let needle), .startsWith(let needle), .endsWith(let needle),
      .equals(let needle):
      !needle.isASCII
    case .pieces(let pieces): !pieces.longest.isASCII
    case .pattern(_, let longest): longest.map { !$0.isASCII } ?? false
    }
  }
}

/// The test of one text: a range of the bytes of a heap.
typealias RangeTest = (borrowing TextHeap, Range<Int>) -> Bool

extension TextForm {
  /// Which of these rows pass, their bytes taken as they are but for the case of ASCII letters.
  func matches(_ heap: TextHeap, _ rows: Range<Int>) -> Bitmap {
    switch self {
    case .all: Bitmap(count: rows.count, filledWith: true)
    case .contains(let needle): needle.parts(of: heap, rows)
    case .startsWith(let needle): needle.prefixes(of: heap, rows)
    case .endsWith(let needle): needle.suffixes(of: heap, rows)
    case .equals(let needle): needle.wholes(of: heap, rows)
    case .oneOf(let set): heap.bitmap(rows) { set.contains($0, $1) }
    case .pieces(let pieces): pieces.matches(heap, rows)
    case .pattern(let pattern, let longest):
      heap.bitmap(rows, among: longest?.parts(of: heap, rows), pattern.test())
    }
  }

  /// The test of a single text, chosen once for many.
  func withTest<Result>(_ body: (RangeTest) -> Result) -> Result {
    switch self {
    case .all: body { _, _ in true }
    case .contains(let needle): body { needle.isPart($1, of: $0) }
    case .startsWith(let needle): body { needle.isPrefix($1, of: $0) }
    case .endsWith(let needle): body { needle.isSuffix($1, of: $0) }
    case .equals(let needle): body { needle.isWhole($1, of: $0) }
    case .oneOf(let set): body { set.contains($0, $1) }
    case .pieces(let pieces): body { pieces.match($0, $1) }
    case .pattern(let pattern, _): body(pattern.test())
    }
  }
}

extension TextHeap {
  /// A bit a row.
  @inline(__always)
  func bitmap(_ rows: Range<Int>, _ test: RangeTest) -> Bitmap {
    let offsets = offsets.span
    var words = [UInt64](repeating: 0, count: (rows.count + 63) >> 6)
    var (row, start) = (rows.lowerBound, Int(offsets[rows.lowerBound]))
    for w in words.indices {
      var word: UInt64 = 0
      for bit in 0..<min(64, rows.upperBound - row) {
        let end = Int(offsets[row + 1])
        word |= (test(self, start..<end) ? 1 : 0) << UInt64(bit)
        (row, start) = (row + 1, end)
      }
      words[w] = word
    }
    return Bitmap(words: words, count: rows.count)
  }

  /// A bit a row; only those with a bit in `chosen` are tested.
  @inline(__always)
  func bitmap(_ rows: Range<Int>, among chosen: Bitmap?, _ test: RangeTest) -> Bitmap {
    guard var result = chosen else { return bitmap(rows, test) }
    let offsets = offsets.span
    for w in result.words.indices {
      var rest = result.words[w]
      while rest != 0 {
        let bit = rest & ~(rest &- 1)
        let row = rows.lowerBound + w << 6 + rest.trailingZeroBitCount
        let text = Int(offsets[row])..<Int(offsets[row + 1])
        if !test(self, text) { result.words[w] &= ~bit }
        rest &= ~bit
      }
    }
    return result
  }
}

extension TextPattern {
  /// Whether a text of a heap fits.
  fileprivate func test() -> RangeTest {
    var folded: [UInt8] = []
    return { heap, text in
      let source = heap.bytes.span
      folded.removeAll(keepingCapacity: true)
      folded.append(addingCapacity: text.count) { out in
        for place in text { out.append(isExact ? source[place] : source[place].asciiLowercase) }
      }
      return matches(folded)
    }
  }
}
