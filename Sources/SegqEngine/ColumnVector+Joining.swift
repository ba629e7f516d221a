public import SegqRecords

/// A column would have more text than a ``TextVector`` holds.
public struct TextTooLarge: Error, Sendable {
  public let column: Field
}

// Columns of one meaning from two files become one.
extension ColumnVector {
  /// Whether it has no value that could tell its type.
  public var isAllNull: Bool { (nulls?.setCount ?? 0) == count }

  /// The type that fits the values of both: of `1` and `1.5` decimal, of `2024-01-31` and
  /// `2024-01-31 10:00:00` datetime, of what else differs text.
  public static func commonType(_ a: ColumnVector, _ b: ColumnVector) -> DataType {
    switch (a.type, b.type) {
    case let (one, other) where one == other: one
    case _ where b.isAllNull: a.type
    case _ where a.isAllNull: b.type
    case (.integer, .decimal): a.fitsDecimals ? .decimal : .text
    case (.decimal, .integer): b.fitsDecimals ? .decimal : .text
    case (.date, .datetime), (.datetime, .date): .datetime
    default: .text
    }
  }

  private var fitsDecimals: Bool {
    numbers?.allSatisfy { !$0.multipliedReportingOverflow(by: Decimal.scale).overflow } ?? false
  }

  /// The values in a ``commonType(_:_:)``. A day becomes the instant at which it begins in `zone`; a
  /// text is what files have: times in UTC.
  public func converted(to new: DataType, in zone: TimeZone) -> ColumnVector {
    switch (type, new) {
    case let (old, new) where old == new: self
    case _ where isAllNull: .constant(.null, new, count: count)
    case (.integer, .decimal): mapped(to: new) { $0 * Decimal.scale }
    case (.date, .datetime): mapped(to: new) { zone.startOfDay($0) }
    default: texts
    }
  }

  private func mapped(to new: DataType, _ body: (Int64) -> Int64) -> ColumnVector {
    ColumnVector(type: new, storage: .numbers((numbers ?? []).map(body)), nulls: nulls)
  }

  private var texts: ColumnVector {
    var texts = TextVector()
    for row in 0..<count { texts.append(self[row].text(in: .utc)) }
    return ColumnVector(type: .text, storage: .texts(texts), nulls: nulls)
  }

  /// These values and behind them those of `other`, of the same type; nil where that is too much text.
  func joined(with other: ColumnVector) -> ColumnVector? {
    let storage: Storage
    switch (self.storage, other.storage) {
    case (.numbers(let own), .numbers(let others)): storage = .numbers(own + others)
    case (.coded(let codes, let dictionary), .coded(let others, let otherDictionary)):
      var merged = dictionary
      let places = merged.merge(otherDictionary)
      storage = .coded(codes + others.map { places[Int($0)] }, merged)
    default:
      guard var texts = plainTexts, let others = other.plainTexts,
        texts.bytes.count + others.bytes.count <= Int(UInt32.max)
      else { return nil }
      texts.append(contentsOf: others)
      storage = .texts(texts)
    }
    return ColumnVector(type: type, storage: storage, nulls: joinedNulls(with: other))
  }

  private func joinedNulls(with other: ColumnVector) -> Bitmap? {
    guard nulls != nil || other.nulls != nil else { return nil }
    var joined = nulls ?? Bitmap(count: count)
    joined.append(contentsOf: other.nulls ?? Bitmap(count: other.count))
    return joined
  }

  /// Each row's own text; nil for more than a vector holds.
  private var plainTexts: TextVector? {
    switch storage {
    case .numbers: return nil
    case .texts(let texts): return texts
    case .coded(let codes, let dictionary):
      let size = codes.reduce(0) { $0 + dictionary.range(Int($1)).count }
      guard size <= Int(UInt32.max) else { return nil }
      return dictionary.gathered(codes)
    }
  }
}

extension TextVector {
  fileprivate mutating func append(contentsOf other: TextVector) {
    reserveCapacity(texts: count + other.count, bytes: bytes.count + other.bytes.count)
    for row in 0..<other.count { append(other.bytes[other.range(row)]) }
  }

  /// Adds the texts of another dictionary that this one has not; the place of each of them.
  fileprivate mutating func merge(_ other: TextVector) -> [Int32] {
    var known = TextNumbers()
    for row in 0..<count { _ = known.code(of: self, row, next: Int32(truncatingIfNeeded: row)) }
    return (0..<other.count).map { row in
      let (code, isNew) = known.code(of: other, row, next: Int32(truncatingIfNeeded: count))
      if isNew { append(other.bytes[other.range(row)]) }
      return code
    }
  }
}
