/// Finds the row of an id: by direct addressing where ids are dense, else by hash.
public struct KeyIndex: Sendable {
  private let lowest: Int64
  /// The row of `lowest + i`; −1 where there is none.
  private let direct: [Int32]
  private let hashed: HashedKeys?

  /// Of several rows with one id the first counts. O(n).
  public init(_ ids: [Int64]) {
    let (low, high) = Self.bounds(of: ids)
    let span = high.subtractingReportingOverflow(low)
    lowest = low
    if !span.overflow, span.partialValue < Int64(ids.count) * 4 + 1024 {
      direct = Self.directRows(ids, lowest: low, count: Int(span.partialValue) + 1)
      hashed = nil
    } else {
      (direct, hashed) = ([], HashedKeys(ids))
    }
  }

  private static func bounds(of ids: [Int64]) -> (low: Int64, high: Int64) {
    guard var low = ids.first else { return (0, 0) }
    var high = low
    for id in ids {
      low = min(low, id)
      high = max(high, id)
    }
    return (low, high)
  }

  private static func directRows(_ ids: [Int64], lowest: Int64, count: Int) -> [Int32] {
    var rows = [Int32](repeating: -1, count: count)
    for row in ids.indices.reversed() {
      rows[Int(ids[row] &- lowest)] = Int32(truncatingIfNeeded: row)
    }
    return rows
  }

  public func row(of id: Int64) -> Int? {
    let row = rowOrMissing(id)
    return row < 0 ? nil : Int(row)
  }

  /// The row of each id, −1 where it has none.
  public func rows(of ids: [Int64]) -> [Int32] { ids.map { rowOrMissing($0) } }

  @inline(__always)
  private func rowOrMissing(_ id: Int64) -> Int32 {
    if let hashed { return hashed.row(of: id) }
    let place = id.subtractingReportingOverflow(lowest)
    guard !place.overflow, place.partialValue >= 0, place.partialValue < Int64(direct.count) else {
      return -1
    }
    return direct[Int(place.partialValue)]
  }
}

/// Ids that lie far apart: a hash table with open addressing, at most half full.
private struct HashedKeys: Sendable {
  private var slots: [(id: Int64, row: Int32)]
  private let mask: Int

  init(_ ids: [Int64]) {
    var size = 16
    while size < ids.count * 2 { size *= 2 }
    mask = size - 1
    slots = [(Int64, Int32)](repeating: (0, -1), count: size)
    for (row, id) in ids.enumerated() {
      let slot = slot(of: id)
      if slots[slot].row < 0 { slots[slot] = (id, Int32(truncatingIfNeeded: row)) }
    }
  }

  func row(of id: Int64) -> Int32 { slots[slot(of: id)].row }

  /// Where the id is, or belongs.
  @inline(__always)
  private func slot(of id: Int64) -> Int {
    let hash = UInt64(bitPattern: id) &* 0x9E37_79B9_7F4A_7C15
    var slot = Int(truncatingIfNeeded: hash >> 32 ^ hash >> 7) & mask
    while slots[slot].row >= 0, slots[slot].id != id { slot = (slot &+ 1) & mask }
    return slot
  }
}
