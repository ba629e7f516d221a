import CRoaring
import SegqEngine

/// Sets on one core: dense ones beside a plain loop over words, sparse ones beside CRoaring.
extension Limits {
  static func reportSets() {
    var dice = Dice()
    for (name, density) in [("1 row in 2", 0.5), ("1 in 50", 0.02)] {
      let (a, b) = (rows(density, &dice), rows(density, &dice))
      let (x, y, p, q) = (set(a), set(b), words(a), words(b))
      report("intersection, \(name)", { x.intersection(y).count }, beside: "words") {
        combined(p, q) { $0 & $1 }
      }
      report("union, \(name)", { x.union(y).count }, beside: "words") {
        combined(p, q) { $0 | $1 }
      }
      report("shared count, \(name)", { x.sharedCount(with: y) }, beside: "words") {
        sharedCount(p, q)
      }
    }
    for (name, density) in [("1 in 300", 1.0 / 300), ("1 in 1000", 0.001), ("1 in 10000", 0.0001)] {
      let (a, b) = (rows(density, &dice), rows(density, &dice))
      let (x, y, p, q) = (set(a), set(b), Roaring(a), Roaring(b))
      report("intersection, \(name)", { x.intersection(y).count }, beside: "CRoaring") { p.and(q) }
      report("union, \(name)", { x.union(y).count }, beside: "CRoaring") { p.or(q) }
      report("shared count, \(name)", { x.sharedCount(with: y) }, beside: "CRoaring") {
        p.sharedCount(q)
      }
    }
  }

  private static func rows(_ density: Double, _ dice: inout Dice) -> [Int32] {
    let limit = UInt64(density * Double(UInt32.max))
    return (0..<Int32(rowCount)).filter { _ in dice.next() >> 32 < limit }
  }

  private static func set(_ rows: [Int32]) -> RowSet {
    RowSet(ascending: rows, rowCount: rowCount)
  }

  private static func words(_ rows: [Int32]) -> [UInt64] {
    var words = [UInt64](repeating: 0, count: (rowCount + 63) / 64)
    for row in rows { words[Int(row) / 64] |= 1 << UInt64(row % 64) }
    return words
  }

  /// The loop that anybody would write.
  @inline(__always)
  private static func combined(
    _ a: [UInt64], _ b: [UInt64], _ operation: (UInt64, UInt64) -> UInt64
  ) -> Int {
    var result = [UInt64](repeating: 0, count: a.count)
    var count = 0
    for i in result.indices {
      result[i] = operation(a[i], b[i])
      count &+= result[i].nonzeroBitCount
    }
    return count
  }

  private static func sharedCount(_ a: [UInt64], _ b: [UInt64]) -> Int {
    var count = 0
    for i in a.indices { count &+= (a[i] & b[i]).nonzeroBitCount }
    return count
  }
}

/// A bitmap of CRoaring's.
private final class Roaring {
  private let bitmap: UnsafeMutablePointer<roaring_bitmap_t>

  init(_ rows: [Int32]) {
    let rows = rows.map { UInt32($0) }
    guard let made = unsafe roaring_bitmap_of_ptr(rows.count, rows) else { fatalError("no memory") }
    unsafe bitmap = made
    _ = unsafe roaring_bitmap_run_optimize(bitmap)
  }

  deinit { unsafe roaring_bitmap_free(bitmap) }

  func and(_ other: Roaring) -> Int { unsafe Self.count(roaring_bitmap_and(bitmap, other.bitmap)) }

  func or(_ other: Roaring) -> Int { unsafe Self.count(roaring_bitmap_or(bitmap, other.bitmap)) }

  func sharedCount(_ other: Roaring) -> Int {
    unsafe Int(roaring_bitmap_and_cardinality(bitmap, other.bitmap))
  }

  private static func count(_ made: UnsafeMutablePointer<roaring_bitmap_t>?) -> Int {
    guard let made = unsafe made else { fatalError("no memory") }
    defer { unsafe roaring_bitmap_free(made) }
    return unsafe Int(roaring_bitmap_get_cardinality(made))
  }
}
