/// How many values are of some kind, and the first of them.
public struct Tally: Sendable, Hashable {
  public private(set) var count = 0
  public private(set) var first: CSVDocument.BadValue?

  public init() {}

  mutating func add(_ row: Int, _ text: ArraySlice<UInt8>) {
    count += 1
    if first == nil {
      first = CSVDocument.BadValue(
        row: row, text: String(decoding: text.prefix(200), as: UTF8.self))
    }
  }

  /// Adds those of rows that come later: their row 0 is `base`.
  mutating func append(_ other: Tally, base: Int) {
    count += other.count
    if first == nil, let next = other.first {
      first = CSVDocument.BadValue(row: base + next.row, text: next.text)
    }
  }
}

/// How many values have a word of some kind, `NULL` or `EUR`, and which words these are.
public struct WordTally: Sendable, Hashable {
  public private(set) var tally = Tally()
  /// How they are written, in the order in which they were met; the first few.
  public private(set) var words: [String] = []

  public var count: Int { tally.count }
  /// The row of the first of them; 0 if there is none.
  public var firstRow: Int { tally.first?.row ?? 0 }
  /// The word of the first of them.
  public var text: String { tally.first?.text ?? "" }

  public init() {}

  private static let most = 8

  mutating func add(_ row: Int, _ text: ArraySlice<UInt8>) {
    tally.add(row, text)
    note(String(decoding: text, as: UTF8.self))
  }

  mutating func append(_ other: WordTally, base: Int) {
    tally.append(other.tally, base: base)
    for word in other.words { note(word) }
  }

  private mutating func note(_ word: String) {
    if words.count < Self.most, !words.contains(word) { words.append(word) }
  }
}

/// Values that do not fit what their column is known to hold: `abc` among amounts. They are null.
public struct Misfits: Sendable, Hashable {
  public private(set) var count = 0
  /// The first of them.
  public private(set) var first: [CSVDocument.BadValue] = []
  /// Which rows they are in, in order.
  public private(set) var rows: [Int32] = []

  public init() {}

  /// So many are kept with their text.
  private static let most = 100

  mutating func append(_ values: [CSVDocument.BadValue], base: Int) {
    count += values.count
    for value in values {
      let row = base + value.row
      rows.append(Int32(truncatingIfNeeded: row))
      if first.count < Self.most { first.append(.init(row: row, text: value.text)) }
    }
  }
}
