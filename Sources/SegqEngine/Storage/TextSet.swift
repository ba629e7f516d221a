/// Texts to look among: `in ('de', 'at', 'ch')`.
struct TextSet: Sendable {
  private let needles: [TextNeedle]
  /// A bit for some bits of each hash: nearly every text that is not among them stops here.
  private let filter: [UInt64]
  /// Open addressing: the high half of a needle's hash and, in the low half, its place + 1.
  private let slots: [UInt64]
  private let longest: Int
  private let isExact: Bool

  init(_ texts: some Collection<[UInt8]>, isExact: Bool) {
    needles = texts.map { TextNeedle($0, isExact: isExact) }
    longest = texts.map(\.count).max() ?? -1
    self.isExact = isExact
    var size = 4
    while size < texts.count * 2 { size *= 2 }
    var filter = [UInt64](repeating: 0, count: size)
    var slots = [UInt64](repeating: 0, count: size)
    let heap = TextHeap(texts)
    for i in 0..<heap.count {
      let hash = heap.hash(heap.range(i), isExact: isExact)
      filter[Self.place(hash, size)] |= 1 << (hash >> 58)
      var slot = Self.place(hash, size)
      while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
      slots[slot] = hash & ~0xFFFF_FFFF | UInt64(i + 1)
    }
    (self.filter, self.slots) = (filter, slots)
  }

  private static func place(_ hash: UInt64, _ size: Int) -> Int {
    Int(truncatingIfNeeded: hash) & (size - 1)
  }

  @inline(__always)
  func contains(_ heap: borrowing TextHeap, _ text: Range<Int>) -> Bool {
    guard text.count <= longest else { return false }
    let hash = heap.hash(text, isExact: isExact)
    guard filter[Self.place(hash, filter.count)] >> (hash >> 58) & 1 != 0 else { return false }
    return find(hash, heap, text)
  }

  private func find(_ hash: UInt64, _ heap: borrowing TextHeap, _ text: Range<Int>) -> Bool {
    var slot = Self.place(hash, slots.count)
    while slots[slot] != 0 {
      let place = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
      if slots[slot] >> 32 == hash >> 32, needles[place].isWhole(text, of: heap) { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }
}
