import SegqRecords
import Synchronization

/// For each code of a coded column the rows that have it, found when somebody first asks.
///
/// `country = 'DE'` is then a set that is there already, and `group by country` asks each set for its
/// count.
final class CodeRows: Sendable {
  /// More codes than this are quicker looked up row by row.
  static let mostCodes = 256

  final class Sets: Sendable {
    let sets: [RowSet]
    init(_ sets: [RowSet]) { self.sets = sets }
  }

  private let found = AtomicLazyReference<Sets>()

  /// Whether nobody has to wait for them any more.
  var areFound: Bool { found.load() != nil }

  /// The rows of each of `count` codes.
  func sets(of codes: PackedNumbers, count: Int) -> [RowSet] {
    if let found = found.load() { return found.sets }
    return found.storeIfNil(Sets(Self.find(codes, count: count))).sets
  }

  /// O(rows).
  private static func find(_ codes: PackedNumbers, count: Int) -> [RowSet] {
    var counts = [Int64](repeating: 0, count: count)
    codes.count(0..<codes.count, into: &counts)
    let size = (codes.count + 63) >> 6
    var words = counts.map {
      [UInt64](repeating: 0, count: RowSet.areFew(Int($0), of: codes.count) ? 0 : size)
    }
    var rows = counts.map { _ in [Int32]() }
    var group: [Int32] = []
    for start in stride(from: 0, to: codes.count, by: RowSelection.groupSize) {
      group.removeAll(keepingCapacity: true)
      codes.append(start..<min(start + RowSelection.groupSize, codes.count), to: &group)
      for (i, code) in group.enumerated() {
        let (row, code) = (start &+ i, Int(code))
        if words[code].isEmpty {
          rows[code].append(Int32(truncatingIfNeeded: row))
        } else {
          words[code][row >> 6] |= 1 << UInt64(row & 63)
        }
      }
    }
    return (0..<count).map { code in
      words[code].isEmpty
        ? RowSet(ascending: rows[code], rowCount: codes.count)
        : RowSet(Bitmap(words: words[code], count: codes.count))
    }
  }
}
