import SegqRecords

/// Replaces texts of few distinct values by codes into a dictionary.
enum DictionaryEncoder {
  /// More distinct values than this are not worth a dictionary.
  private static let largest = 65_536

  /// Whether so many distinct texts of so many rows are to be codes.
  static func isWorthwhile(_ count: Int, of rows: Int) -> Bool {
    count <= min(largest, max(64, rows / 4))
  }

  /// The vector with its texts coded; as it was where it is no text or has too many values.
  static func encode(_ vector: ColumnVector) -> ColumnVector {
    guard case .texts(let texts) = vector.storage, texts.count >= 8 else { return vector }
    var table = TextNumbers()
    var codes: [Int32] = []
    codes.reserveCapacity(texts.count)
    for row in 0..<texts.count {
      codes.append(table.code(of: texts, row, next: Int32(table.count)).code)
      // Names and emails show themselves early.
      if !isWorthwhile(table.count, of: row) { return vector }
    }
    return ColumnVector(
      type: vector.type, storage: .coded(codes, table.texts), nulls: vector.nulls)
  }
}
