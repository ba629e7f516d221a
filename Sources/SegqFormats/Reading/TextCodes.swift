import SegqRecords

/// Numbers texts in the order in which they are first met.
///
/// A hash table with open addressing. Its slots hold the first eight bytes of each text, which are
/// nearly always all that differ.
struct TextCodes: Sendable {
  private(set) var texts = TextVector()
  private var slots = [Slot](repeating: Slot(), count: 64)

  private struct Slot {
    var word: UInt64 = 0
    var length: Int32 = 0
    /// −1 where there is no text.
    var code: Int32 = -1
  }

  var count: Int { texts.count }

  /// The bytes of a code's text.
  func text(_ code: Int) -> ArraySlice<UInt8> { texts.bytes[texts.range(code)] }

  /// The code of a text; the seven bytes behind it may be read too.
  @inline(__always)
  mutating func code(of bytes: Span<UInt8>, _ start: Int, _ length: Int) -> Int32 {
    let word = Self.firstWord(bytes, start, length)
    let hash = Self.hash(bytes, start, length, word)
    if let code = known(hash, bytes, start, length, word) { return code }
    return add(bytes, start, length)
  }

  /// The code of a text that stands by itself.
  mutating func code(of text: ArraySlice<UInt8>) -> Int32 {
    let padded = Array(text) + [UInt8](repeating: 0, count: 8)
    return code(of: padded.span, 0, text.count)
  }

  @inline(__always)
  private func known(
    _ hash: Int, _ bytes: Span<UInt8>, _ start: Int, _ length: Int, _ word: UInt64
  ) -> Int32? {
    let slots = slots.span
    var place = hash & (slots.count &- 1)
    while true {
      let slot = slots[place]
      if slot.code < 0 { return nil }
      if slot.word == word, Int(slot.length) == length,
        length <= 8 || restIsEqual(slot.code, bytes, start, length)
      {
        return slot.code
      }
      place = (place &+ 1) & (slots.count &- 1)
    }
  }

  @inline(__always)
  private static func firstWord(_ bytes: Span<UInt8>, _ start: Int, _ length: Int) -> UInt64 {
    let word = bytes.word(start)
    return length >= 8 ? word : word & ((1 &<< UInt64(truncatingIfNeeded: 8 &* length)) &- 1)
  }

  @inline(__always)
  private static func hash(
    _ bytes: Span<UInt8>, _ start: Int, _ length: Int, _ word: UInt64
  ) -> Int {
    var hash = (word ^ UInt64(truncatingIfNeeded: length)) &* 0x9E37_79B9_7F4A_7C15
    if length > 8 {
      var at = 8
      while at &+ 8 < length {
        hash = (hash ^ hash >> 32 ^ bytes.word(start &+ at)) &* 0x9E37_79B9_7F4A_7C15
        at &+= 8
      }
      hash = (hash ^ hash >> 32 ^ bytes.word(start &+ length &- 8)) &* 0x9E37_79B9_7F4A_7C15
    }
    return Int(truncatingIfNeeded: hash >> 40 ^ hash >> 20)
  }

  private func restIsEqual(
    _ code: Int32, _ bytes: Span<UInt8>, _ start: Int, _ length: Int
  ) -> Bool {
    let known = texts.bytes.span
    let from = Int(texts.offsets[Int(code)])
    var at = 8
    while at &+ 8 < length {
      if known.word(from &+ at) != bytes.word(start &+ at) { return false }
      at &+= 8
    }
    return known.word(from &+ length &- 8) == bytes.word(start &+ length &- 8)
  }

  @inline(never)
  private mutating func add(_ bytes: Span<UInt8>, _ start: Int, _ length: Int) -> Int32 {
    let code = Int32(count)
    for i in start..<start + length { texts.bytes.append(bytes[i]) }
    texts.endText()
    guard count * 2 <= slots.count else {
      grow()
      return code
    }
    place(code, bytes, start, length)
    return code
  }

  private mutating func grow() {
    slots = [Slot](repeating: Slot(), count: slots.count * 4)
    let padded = texts.bytes + [UInt8](repeating: 0, count: 8)
    for code in 0..<count {
      let range = texts.range(code)
      place(Int32(code), padded.span, range.lowerBound, range.count)
    }
  }

  private mutating func place(_ code: Int32, _ bytes: Span<UInt8>, _ start: Int, _ length: Int) {
    let word = Self.firstWord(bytes, start, length)
    var place = Self.hash(bytes, start, length, word) & (slots.count - 1)
    while slots[place].code >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = Slot(word: word, length: Int32(length), code: code)
  }
}
