import Synchronization

/// Finds the row of an id. How is found out when somebody first asks.
public struct KeyIndex: Sendable {
  private let lazy: Lazy

  private final class Lazy: Sendable {
    let ids: IDs
    let keys = AtomicLazyReference<Keys>()
    init(_ ids: IDs) { self.ids = ids }
  }

  /// Of several rows with one id the first counts.
  public init(_ ids: [Int64]) { lazy = Lazy(.array(ids)) }

  package init(_ ids: PackedNumbers) { lazy = Lazy(.packed(ids)) }

  /// O(n) for the first who asks.
  private var keys: Keys { lazy.keys.load() ?? lazy.keys.storeIfNil(Keys(lazy.ids)) }

  public func row(of id: Int64) -> Int? {
    // A row that has the id is the one, whatever the order of the others: most tables lie by id, and
    // who asks for one row needs no index of all.
    if lazy.keys.load() == nil, let row = lazy.ids.searched(for: id) { return row }
    let row = keys.row(of: id)
    return row < 0 ? nil : Int(row)
  }

  /// The row of each id, −1 where it has none.
  public func rows(of ids: [Int64]) -> [Int32] { rows(of: ids[...]) }

  public func rows(of ids: ArraySlice<Int64>) -> [Int32] {
    if lazy.keys.load() == nil, let rows = lazy.ids.fewRows(of: ids) { return rows }
    let keys = keys
    return ids.map { keys.row(of: $0) }
  }
}

/// The ids of a table, row by row.
private enum IDs: Sendable {
  case array([Int64])
  case packed(PackedNumbers)

  var count: Int {
    switch self {
    case .array(let ids): ids.count
    case .packed(let ids): ids.count
    }
  }

  private subscript(row: Int) -> Int64 {
    switch self {
    case .array(let ids): ids[row]
    case .packed(let ids): ids[row]
    }
  }

  /// The first row with the id where the ids ascend; where they don't, perhaps nil. O(log n).
  func searched(for id: Int64) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < id { low = middle + 1 } else { high = middle }
    }
    return low < count && self[low] == id ? low : nil
  }

  private static let mostFew = 1 << 16
  /// By so many of its bits an id is told to be none of those that are looked for.
  private static let filter = 1 << 22

  /// The first row of each id, −1 where it has none; nil where they are so many that an index is
  /// quicker. The row groups that may have one are looked through.
  func fewRows(of wanted: ArraySlice<Int64>) -> [Int32]? {
    guard case .packed(let ids) = self, wanted.count < min(Self.mostFew, ids.count / 256) else {
      return nil
    }
    var rows = [Int32](repeating: -1, count: wanted.count)
    // Most tables lie by id.
    var rest: [Int64: [Int]] = [:]
    for (place, id) in wanted.enumerated() {
      if let row = searched(for: id) {
        rows[place] = Int32(truncatingIfNeeded: row)
      } else {
        rest[id, default: []].append(place)
      }
    }
    guard let low = rest.keys.min(), let high = rest.keys.max() else { return rows }
    let zones = ids.zones.span
    // Hashing each id of the table would take longer than the index.
    var areWanted = [Bool](repeating: false, count: Self.filter)
    let mask = Int64(Self.filter - 1)
    for id in rest.keys { areWanted[Int(id & mask)] = true }
    var group: [Int64] = []
    for number in zones.indices where zones[number].low <= high && zones[number].high >= low {
      let start = number * RowSelection.groupSize
      group.removeAll(keepingCapacity: true)
      ids.append(start..<min(start + RowSelection.groupSize, ids.count), to: &group)
      for (i, id) in group.enumerated() where areWanted[Int(id & mask)] {
        guard let places = rest[id], rows[places[0]] < 0 else { continue }
        for place in places { rows[place] = Int32(truncatingIfNeeded: start + i) }
      }
    }
    return rows
  }

  func forEach(_ body: (_ row: Int, _ id: Int64) -> Void) {
    switch self {
    case .array(let ids): for row in ids.indices { body(row, ids[row]) }
    case .packed(let ids):
      var group: [Int64] = []
      for start in stride(from: 0, to: ids.count, by: RowSelection.groupSize) {
        group.removeAll(keepingCapacity: true)
        ids.append(start..<min(start + RowSelection.groupSize, ids.count), to: &group)
        for i in group.indices { body(start &+ i, group[i]) }
      }
    }
  }
}

/// What the rows of ids are found by.
private final class Keys: Sendable {
  private enum Form: Sendable {
    /// Each id is one more than that before it.
    case consecutive
    /// The row of `lowest + i`; −1 where there is none.
    case direct([Int32])
    case hashed(HashedKeys)
  }

  private let lowest: Int64
  private let count: Int
  private let form: Form

  init(_ ids: IDs) {
    var (low, high, first) = (Int64.max, Int64.min, Int64(0))
    var isConsecutive = true
    ids.forEach { row, id in
      low = min(low, id)
      high = max(high, id)
      if row == 0 { first = id }
      isConsecutive = isConsecutive && id == first &+ Int64(row)
    }
    if ids.count == 0 { (low, high) = (0, 0) }
    (lowest, count) = (low, ids.count)
    let span = high.subtractingReportingOverflow(low)
    form =
      if isConsecutive, !span.overflow {
        .consecutive
      } else if !span.overflow,
        span.partialValue < Int64(ids.count) * 4 + 1024
      {
        .direct(Self.directRows(ids, lowest: low, count: Int(span.partialValue) + 1))
      } else { .hashed(HashedKeys(ids)) }
  }

  private static func directRows(_ ids: IDs, lowest: Int64, count: Int) -> [Int32] {
    var rows = [Int32](repeating: -1, count: count)
    ids.forEach { row, id in
      let place = Int(id &- lowest)
      if rows[place] < 0 { rows[place] = Int32(truncatingIfNeeded: row) }
    }
    return rows
  }

  /// −1 where there is none.
  @inline(__always)
  func row(of id: Int64) -> Int32 {
    let place = UInt64(bitPattern: id &- lowest)
    switch form {
    case .consecutive:
      return place < UInt64(count) ? Int32(truncatingIfNeeded: place) : -1
    case .direct(let rows):
      return place < UInt64(rows.count) ? rows[Int(place)] : -1
    case .hashed(let keys): return keys.row(of: id)
    }
  }
}

/// Ids that lie far apart: a hash table with open addressing, at most half full.
private struct HashedKeys: Sendable {
  private var slots: [(id: Int64, row: Int32)]
  private let mask: Int

  init(_ ids: IDs) {
    var size = 16
    while size < ids.count * 2 { size *= 2 }
    mask = size - 1
    slots = [(Int64, Int32)](repeating: (0, -1), count: size)
    ids.forEach { row, id in
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
