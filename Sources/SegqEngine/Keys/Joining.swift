public import SegqRecords

// Columns of another file, by its ids.
extension KeyIndex {
  /// The first row of each value of a column, whatever its type.
  public init(ofRows keys: ColumnVector) { self.init(StoredColumn(keys)) }
}

extension ColumnVector {
  /// The values of these rows, in this order; null where the row is −1.
  public func gathered(withMissing rows: [Int32]) -> ColumnVector {
    StoredColumn(self).gathered(withMissing: rows)
  }

  /// These values, and where they are null those of another column with as many rows. Where the types
  /// differ in more than that, texts.
  public func filled(from other: ColumnVector) -> ColumnVector {
    guard let nulls else { return self }
    let rows = 0..<count
    let values = rows.map { nulls[$0] ? other[$0] : self[$0] }
    guard type != other.type, values.contains(where: { $0.type != nil && $0.type != type }) else {
      return ColumnVector(values, type: type)
    }
    return ColumnVector(
      values.map { $0 == .null ? .null : .text($0.text(in: .utc)) }, type: .text)
  }
}
