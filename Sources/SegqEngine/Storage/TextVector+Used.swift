import SegqRecords

extension TextVector {
  /// Only the texts that a row has, in their order, and the codes that name them now. In the place of
  /// a null lies the code of any text, which may be one that no row has: of the dictionary `'', Male`
  /// with a null and a `Male`, `Male` is left. O(rows).
  func used(by codes: [Int32], _ nulls: Bitmap?) -> ([Int32], TextVector) {
    var isUsed = [Bool](repeating: false, count: count)
    var unusedCount = count
    for row in codes.indices {
      guard unusedCount > 0 else { break }
      let code = Int(codes[row])
      guard !isUsed[code], !(nulls?[row] ?? false) else { continue }
      isUsed[code] = true
      unusedCount -= 1
    }
    guard unusedCount > 0 else { return (codes, self) }
    var kept = TextVector()
    let new = isUsed.indices.map { code -> Int32 in
      guard isUsed[code] else { return 0 }
      kept.append(bytes[range(code)])
      return Int32(truncatingIfNeeded: kept.count - 1)
    }
    return (codes.map { new[Int($0)] }, kept)
  }
}
