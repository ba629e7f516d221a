import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

/// What Tab offers: only what the grammar allows at the cursor, and of that what fits best.
///
/// ```
/// select customers where sta|     status, state
/// … where status = |              Active (66), Inactive (134)
/// … where since >= |              -30d (the last 30 days), 2024-03-01 (the median)
/// drill 'vip|                     'VIP customers' (1,204 customers)
/// ```
struct Completer {
  let catalog: StoreCatalog
  /// Whether values are counted where that takes a look at all rows: not while a key is waited for.
  let waitsForCounts: Bool
  /// Whether folders are looked through: not at each key.
  let readsFolders: Bool

  init(_ catalog: StoreCatalog, waitsForCounts: Bool = false, readsFolders: Bool = true) {
    self.catalog = catalog
    self.waitsForCounts = waitsForCounts
    self.readsFolders = readsFolders
  }

  func complete(_ text: String, _ cursor: Int) -> Completions {
    let place = CompletionPlace(text, cursor)
    if place.isVariable {
      let names = catalog.variables.names.map { Offer($0, "variable") }
      return completions(names, at: place, cursor)
    }
    var offers: [Offer] = []
    var isValueKnown = false
    var seen: Set<String> = []
    let expectations = Parser.expectations(atEndOf: place.source)
    for expectation in expectations {
      // A customer is told by id or email, and by no column.
      if case .expression = expectation, expectations.contains(.customer) { continue }
      // Where a value is awaited and one is known, that is what is meant.
      if case .expression = expectation, place.word.isEmpty, isValueKnown { continue }
      for offer in self.offers(expectation, at: place) where seen.insert(offer.text).inserted {
        offers.append(offer)
        if case .value = expectation { isValueKnown = true }
      }
    }
    return completions(offers, at: place, cursor)
  }

  private func completions(
    _ offers: [Offer], at place: CompletionPlace, _ cursor: Int
  ) -> Completions {
    let best = Match.best(of: offers, for: place.word)
    return Completions(
      replace: place.start..<cursor,
      candidates: best.map { Candidate($0.text, detail: $0.detail) })
  }
}

/// One thing that could stand at the cursor.
struct Offer {
  /// What is typed to find it.
  var name: String
  /// What is put there.
  var text: String
  var detail: String

  /// A word, with a blank behind it.
  init(_ name: String, _ detail: String = "") {
    (self.name, self.text, self.detail) = (name, name + " ", detail)
  }

  init(_ name: String, inserting text: String, _ detail: String) {
    (self.name, self.text, self.detail) = (name, text, detail)
  }
}

/// Where the cursor stands: what is before the word under it, and what is typed of the word.
struct CompletionPlace {
  let source: SourceText
  let start: Int
  /// Without the quote that it begins with; `word` is the same in lower case.
  let typed: String
  var word: String { typed.lowercased() }
  /// The table or variable before the dot: `orders.|`
  let qualifier: String?

  /// Whether the word is the name of a variable: `$coun|`
  var isVariable: Bool { source.bytes.last == UInt8(ascii: "$") && !typed.hasPrefix("$") }

  /// What is before the word.
  var head: String { String(decoding: source.bytes, as: UTF8.self) }

  init(_ text: String, _ cursor: Int) {
    let bytes = Array(text.utf8.prefix(cursor))
    let quote = SourceText(bytes: bytes, name: "").openQuote
    start = quote ?? Self.wordStart(bytes, from: bytes.count)
    source = SourceText(bytes: Array(bytes[..<start]), name: "")
    typed = String(decoding: bytes[(quote.map { $0 + 1 } ?? start)...], as: UTF8.self)
    let isQualified = quote == nil && start > 0 && bytes[start - 1] == UInt8(ascii: ".")
    qualifier =
      isQualified
      ? String(
        decoding: bytes[Self.wordStart(bytes, from: start - 1)..<(start - 1)], as: UTF8.self
      ).lowercased() : nil
  }

  private static func wordStart(_ bytes: [UInt8], from end: Int) -> Int {
    var start = end
    while start > 0, isWord(bytes[start - 1]) { start -= 1 }
    return start
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x80..., UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
      true
    default: false
    }
  }
}

/// How well an offer fits what is typed: by its beginning, by the beginning of a word in it, or by
/// letters of it in this order.
private enum Match {
  /// Those that fit in the best way in which any does, in the order in which they are offered.
  static func best(of offers: [Offer], for word: String) -> [Offer] {
    if word.isEmpty { return offers }
    for fits in [begins, beginsWord, isSpread] {
      let found = offers.filter { fits($0.name.lowercased(), word) }
      if !found.isEmpty { return found }
    }
    return []
  }

  private static func begins(_ name: String, _ word: String) -> Bool { name.hasPrefix(word) }

  /// `customer_since` for `sin`.
  private static func beginsWord(_ name: String, _ word: String) -> Bool {
    name.indices.contains { index in
      index > name.startIndex && !name[name.index(before: index)].isLetter
        && name[index...].hasPrefix(word)
    }
  }

  /// `customer_since` for `cms`; two letters at least, or it would fit nearly anything.
  private static func isSpread(_ name: String, _ word: String) -> Bool {
    guard word.count > 1 else { return false }
    var rest = word[...]
    for character in name where character == rest.first { rest.removeFirst() }
    return rest.isEmpty
  }
}
