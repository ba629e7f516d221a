/// Ids that lie far apart: a hash table with open addressing, at most half full.
struct HashedKeys: Sendable {
  private var slots: [(id: Int64, row: Int32)]
  private let mask: Int

  /// Without keys, and with room for so many.
  init(capacity: Int) {
    var size = 16
    while size < capacity * 2 { size *= 2 }
    mask = size - 1
    slots = [(Int64, Int32)](repeating: (0, -1), count: size)
  }

  /// The first row of each id. O(n).
  init(_ ids: RowIDs) {
    self.init(capacity: ids.count)
    ids.forEach { row, id in
      let slot = slot(of: id)
      if slots[slot].row < 0 { slots[slot] = (id, Int32(truncatingIfNeeded: row)) }
    }
  }

  /// −1 where there is none.
  func row(of id: Int64) -> Int32 { slots[slot(of: id)].row }

  /// Puts a row in the place of that of an id, which it returns; −1 where there was none.
  mutating func replace(_ id: Int64, by row: Int32) -> Int32 {
    let slot = slot(of: id)
    let old = slots[slot].row
    slots[slot] = (id, row)
    return old
  }

  /// Where the id is, or belongs.
  @inline(__always)
  private func slot(of id: Int64) -> Int {
    let hash = UInt64(bitPattern: id) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: hash >> 32 ^ hash >> 7) & mask
    while slots[slot].row >= 0, slots[slot].id != id { slot = (slot &+ 1) & mask }
    return slot
  }
}
