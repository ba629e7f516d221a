/// Chooses some of many rows: as if by chance, and the same ones each time.
enum Sampling {
  /// `count` of the rows, in the order in which they come. O(n log n).
  static func choose(_ count: Int, of rows: [Int32]) -> [Int32] {
    let lots = rows.indices.sorted { (a, b) in
      let (x, y) = (lot(rows[a]), lot(rows[b]))
      return x == y ? a < b : x < y
    }
    return lots.prefix(count).sorted().map { rows[$0] }
  }

  /// The finalizer of SplitMix64 (Steele, Lea and Flood, 2014): neighbours fall far apart.
  private static func lot(_ row: Int32) -> UInt64 {
    var z = UInt64(UInt32(bitPattern: row)) &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
