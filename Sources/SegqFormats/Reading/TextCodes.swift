import SegqRecords

/// Numbers texts in the order in which they are first met.
///
/// A hash table with open addressing. Its entries are compared by their first eight bytes, which
/// are nearly always all that differ.
struct TextCodes: Sendable {
  private(set) var texts = TextVector()
  /// The first eight bytes of each text, and its length.
  private var entries: [(word: UInt64, length: Int)] = []
  private var slots = [Int32](repeating: -1, count: 64)

  var count: Int { entries.count }

  /// The bytes of a code's text.
  func text(_ code: Int) -> ArraySlice<UInt8> { texts.bytes[texts.range(code)] }

  /// The code of a text; the seven bytes behind it may be read too.
  @inline(__always)
  mutating func code(of bytes: Span<UInt8>, _ start: Int, _ length: Int) -> Int32 {
    let word = Self.firstWord(bytes, start, length)
    var slot = Self.hash(bytes, start, length, word) & (slots.count &- 1)
    while true {
      let code = slots[slot]
      if code < 0 { return add(bytes, start, length, word) }
      let entry = entries[Int(code)]
      if entry.word == word, entry.length == length,
        length <= 8 || restIsEqual(code, bytes, start, length)
      {
        return code
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
  }

  /// The code of a text that stands by itself.
  mutating func code(of text: ArraySlice<UInt8>) -> Int32 {
    let padded = Array(text) + [UInt8](repeating: 0, count: 8)
    return code(of: padded.span, 0, text.count)
  }

  @inline(__always)
  private static func firstWord(_ bytes: Span<UInt8>, _ start: Int, _ length: Int) -> UInt64 {
    let word = bytes.word(start)
    return length >= 8 ? word : word & ((1 &<< UInt64(8 &* length)) &- 1)
  }

  @inline(__always)
  private static func hash(
    _ bytes: Span<UInt8>, _ start: Int, _ length: Int, _ word: UInt64
  ) -> Int {
    var hash = (word ^ UInt64(length)) &* 0x9E37_79B9_7F4A_7C15
    if length > 8 {
      var at = 8
      while at &+ 8 < length {
        hash = (hash ^ hash >> 32 ^ bytes.word(start &+ at)) &* 0x9E37_79B9_7F4A_7C15
        at &+= 8
      }
      hash = (hash ^ hash >> 32 ^ bytes.word(start &+ length &- 8)) &* 0x9E37_79B9_7F4A_7C15
    }
    return Int(truncatingIfNeeded: hash ^ hash >> 29)
  }

  private func restIsEqual(_ code: Int32, _ bytes: Span<UInt8>, _ start: Int, _ length: Int) -> Bool
  {
    let known = texts.bytes.span
    let from = texts.range(Int(code)).lowerBound
    var at = 8
    while at &+ 8 < length {
      if known.word(from &+ at) != bytes.word(start &+ at) { return false }
      at &+= 8
    }
    return known.word(from &+ length &- 8) == bytes.word(start &+ length &- 8)
  }

  @inline(never)
  private mutating func add(
    _ bytes: Span<UInt8>, _ start: Int, _ length: Int, _ word: UInt64
  ) -> Int32 {
    let code = Int32(entries.count)
    for i in start..<start + length { texts.bytes.append(bytes[i]) }
    texts.endText()
    entries.append((word, length))
    if entries.count * 2 > slots.count { grow() } else { place(code) }
    return code
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for code in entries.indices { place(Int32(code)) }
  }

  private mutating func place(_ code: Int32) {
    let range = texts.range(Int(code))
    let entry = entries[Int(code)]
    let hash = Self.hash(texts.bytes.span, range.lowerBound, range.count, entry.word)
    var slot = hash & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = code
  }
}
