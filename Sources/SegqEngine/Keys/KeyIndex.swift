import Synchronization

/// Finds the row of an id, be it a number or a text. How is found out when somebody first asks.
///
/// A text stands in the index by its *identity*, a number of 64 bits that is its hash; a number is its
/// own. Whoever needs numbers only, such as the growth of segments, goes by identities and never sees
/// which kind the ids are of.
public struct KeyIndex: Sendable {
  private let lazy: Lazy

  private final class Lazy: Sendable {
    let ids: RowIDs
    let keys = AtomicLazyReference<Keys>()
    init(_ ids: RowIDs) { self.ids = ids }
  }

  /// Of several rows with one id the first counts.
  public init(_ ids: [Int64]) { lazy = Lazy(.array(ids)) }

  package init(_ ids: PackedNumbers) { lazy = Lazy(.packed(ids)) }

  /// The ids of a table as its column has them.
  package init(_ column: StoredColumn) { lazy = Lazy(RowIDs(column)) }

  /// The ids, row by row.
  package var ids: RowIDs { lazy.ids }

  /// Whether the ids are texts.
  public var areTexts: Bool { lazy.ids.areTexts }

  /// O(n) for the first who asks.
  private var keys: Keys { lazy.keys.load() ?? lazy.keys.storeIfNil(Keys(lazy.ids)) }

  /// The row of an identity.
  public func row(of id: Int64) -> Int? {
    // A row that has the id is the one, whatever the order of the others: most tables lie by id, and
    // who asks for one row needs no index of all.
    if lazy.keys.load() == nil, let row = lazy.ids.searched(for: id) { return row }
    let row = keys.row(of: id)
    return row < 0 ? nil : Int(row)
  }

  /// The row of each identity, −1 where it has none.
  public func rows(of ids: [Int64]) -> [Int32] { rows(of: ids[...]) }

  public func rows(of ids: ArraySlice<Int64>) -> [Int32] {
    if lazy.keys.load() == nil, let rows = lazy.ids.fewRows(of: ids) { return rows }
    let keys = keys
    return ids.map { keys.row(of: $0) }
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

  init(_ ids: RowIDs) {
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

  private static func directRows(_ ids: RowIDs, lowest: Int64, count: Int) -> [Int32] {
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
