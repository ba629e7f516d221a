import SegqRecords

/// Finds the code of a number: a hash table with open addressing, at most half full.
struct NumberCodes: Sendable {
  private var slots = [(number: Int64, code: Int32)](repeating: (0, -1), count: 64)
  private var count = 0

  /// The code of the number, which becomes `next` where it is new. O(1).
  @inline(__always)
  mutating func code(of number: Int64, next: Int32) -> (code: Int32, isNew: Bool) {
    let slot = slot(of: number)
    if slots[slot].code >= 0 { return (slots[slot].code, false) }
    slots[slot] = (number, next)
    count += 1
    if count * 2 > slots.count { grow() }
    return (next, true)
  }

  /// Where the number is, or belongs.
  @inline(__always)
  private func slot(of number: Int64) -> Int {
    let mask = slots.count &- 1
    let hash = UInt64(bitPattern: number) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: hash >> 32 ^ hash >> 7) & mask
    while slots[slot].code >= 0, slots[slot].number != number { slot = (slot &+ 1) & mask }
    return slot
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: (0, -1), count: old.count * 4)
    for entry in old where entry.code >= 0 { slots[slot(of: entry.number)] = entry }
  }
}

/// Finds the code of a text and keeps the texts: the same over bytes.
struct TextNumbers: Sendable {
  /// In the order in which they were met.
  private(set) var texts = TextVector()
  /// The code of each text.
  private var codes: [Int32] = []
  /// The place of a text in ``texts``, and what of its hash the slot does not tell.
  private var slots = [(hash: UInt32, place: Int32)](repeating: (0, -1), count: 64)

  var count: Int { texts.count }

  func text(_ place: Int) -> ArraySlice<UInt8> { texts.bytes[texts.range(place)] }

  /// The code of a text of another vector, which becomes `next` where it is new. O(bytes).
  mutating func code(of other: TextVector, _ row: Int, next: Int32) -> (code: Int32, isNew: Bool) {
    let range = other.range(row)
    let hash = UInt32(truncatingIfNeeded: TextHash.hash(other.bytes.span, range))
    let mask = slots.count &- 1
    var slot = Int(hash) & mask
    while slots[slot].place >= 0 {
      let place = Int(slots[slot].place)
      if slots[slot].hash == hash, isEqual(place, other.bytes, range) {
        return (codes[place], false)
      }
      slot = (slot &+ 1) & mask
    }
    slots[slot] = (hash, Int32(truncatingIfNeeded: count))
    texts.append(other.bytes[range])
    codes.append(next)
    if count * 2 > slots.count { grow() }
    return (next, true)
  }

  private func isEqual(_ place: Int, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    TextHash.areEqual(texts.bytes.span, texts.range(place), bytes.span, range)
  }

  private mutating func grow() {
    let old = slots
    slots = Array(repeating: (0, -1), count: old.count * 4)
    for entry in old where entry.place >= 0 {
      var slot = Int(entry.hash) & (slots.count &- 1)
      while slots[slot].place >= 0 { slot = (slot &+ 1) & (slots.count &- 1) }
      slots[slot] = entry
    }
  }
}

/// What tells texts apart, eight bytes at a time.
enum TextHash {
  static func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    var hash = UInt64(truncatingIfNeeded: range.count) &* 0x9E37_79B9_7F4A_7C15
    eachWord(bytes, range) { word in
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash &>> 29
    }
    return hash ^ hash &>> 32
  }

  /// A text of up to seven bytes itself, with its length in the highest byte; else its hash.
  static func key(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
    guard range.count < 8 else { return hash(bytes, range) | 0xFF &<< 56 }
    var word = UInt64(truncatingIfNeeded: range.count)
    for i in range { word = word &<< 8 | UInt64(bytes[i]) }
    return word &<< UInt64(truncatingIfNeeded: 8 &* (7 &- range.count))
  }

  /// Whether the key says all of a text.
  static func isWhole(_ key: UInt64) -> Bool { key &>> 56 != 0xFF }

  static func areEqual(
    _ a: Span<UInt8>, _ left: Range<Int>, _ b: Span<UInt8>, _ right: Range<Int>
  ) -> Bool {
    guard left.count == right.count else { return false }
    var at = 0
    while at &+ 8 <= left.count {
      if a.word(left.lowerBound &+ at) != b.word(right.lowerBound &+ at) { return false }
      at &+= 8
    }
    while at < left.count {
      if a[left.lowerBound &+ at] != b[right.lowerBound &+ at] { return false }
      at &+= 1
    }
    return true
  }

  /// Words that cover the text; the last two may overlap.
  @inline(__always)
  private static func eachWord(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ body: (UInt64) -> Void
  ) {
    guard range.count >= 8 else {
      var word: UInt64 = 0
      for i in range { word = word &<< 8 | UInt64(bytes[i]) }
      return body(word)
    }
    var at = range.lowerBound
    while at &+ 8 < range.upperBound {
      body(bytes.word(at))
      at &+= 8
    }
    body(bytes.word(range.upperBound &- 8))
  }
}

extension Span<UInt8> {
  /// The eight bytes at a place, all of which there are.
  @inline(__always)
  fileprivate func word(_ place: Int) -> UInt64 {
    unsafe bytes.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
  }
}
