/// Texts to look among: `in ('de', 'at', 'ch')`.
struct TextSet: Sendable {
  private let needles: [TextNeedle]
  /// Open addressing: the place of a needle by its hash, and −1; at most half full.
  private let slots: [Int32]
  private let lengths: ClosedRange<Int>
  private let isExact: Bool

  init(_ texts: some Collection<[UInt8]>, isExact: Bool) {
    needles = texts.map { TextNeedle($0, isExact: isExact) }
    self.isExact = isExact
    lengths = (texts.map(\.count).min() ?? 0)...(texts.map(\.count).max() ?? 0)
    var slots = [Int32](repeating: -1, count: Self.size(texts.count))
    let heap = TextHeap(texts)
    for i in 0..<heap.count {
      var slot = Int(truncatingIfNeeded: heap.hash(heap.range(i), isExact: isExact))
      slot &= slots.count - 1
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(i)
    }
    self.slots = slots
  }

  /// A power of two.
  private static func size(_ count: Int) -> Int {
    var size = 2
    while size < count * 2 { size *= 2 }
    return size
  }

  @inline(__always)
  func contains(_ heap: borrowing TextHeap, _ text: Range<Int>) -> Bool {
    guard lengths.contains(text.count) else { return false }
    var slot = Int(truncatingIfNeeded: heap.hash(text, isExact: isExact)) & (slots.count - 1)
    while slots[slot] >= 0 {
      if heap.equals(needles[Int(slots[slot])], text) { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }
}
