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
    let hash = Self.hash(other.bytes, range)
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
    let own = texts.range(place)
    guard own.count == range.count else { return false }
    for i in 0..<range.count
    where texts.bytes[own.lowerBound &+ i] != bytes[range.lowerBound &+ i] { return false }
    return true
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

  /// Eight bytes at a time.
  private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> UInt32 {
    var hash = UInt64(truncatingIfNeeded: range.count)
    var at = range.lowerBound
    while at < range.upperBound {
      var word: UInt64 = 0
      for i in at..<min(at &+ 8, range.upperBound) { word = word << 8 | UInt64(bytes[i]) }
      hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
      hash ^= hash >> 29
      at &+= 8
    }
    return UInt32(truncatingIfNeeded: hash >> 32)
  }
}
