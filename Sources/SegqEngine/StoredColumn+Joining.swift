public import SegqRecords

// Columns of one meaning from two files become one.
extension StoredColumn {
  /// Whether it has no value that could tell its type.
  public var isAllNull: Bool { (nulls?.setCount ?? 0) == count }

  /// The type that fits the values of both: of `1` and `1.5` decimal, of `2024-01-31` and
  /// `2024-01-31 10:00:00` datetime, of what else differs text.
  public func commonType(with other: ColumnVector) -> DataType {
    switch (type, other.type) {
    case let (own, others) where own == others: own
    case _ where isAllNull: other.type
    case _ where other.isAllNull: type
    case (.integer, .decimal): fitsDecimals ? .decimal : .text
    case (.decimal, .integer): other.fitsDecimals ? .decimal : .text
    case (.date, .datetime), (.datetime, .date): .datetime
    case (.integer, _), (.decimal, _), (.text, _), (.date, _), (.datetime, _), (.boolean, _): .text
    }
  }

  private var fitsDecimals: Bool {
    numbers.map { $0.zone.isEmpty || $0.zone.low.fitsDecimals && $0.zone.high.fitsDecimals }
      ?? false
  }

  /// These values and behind them those of `other`, in the type that fits both; nil where that is
  /// more text than a ``TextVector`` holds. O(rows of both).
  func joined(with other: ColumnVector, in zone: TimeZone) -> StoredColumn? {
    let type = commonType(with: other)
    return vector(0..<count).converted(to: type, in: zone)?
      .joined(with: other.converted(to: type, in: zone))
      .map { StoredColumn(DictionaryEncoder.encode($0)) }
  }
}

extension ColumnVector {
  fileprivate var isAllNull: Bool { (nulls?.setCount ?? 0) == count }

  fileprivate var fitsDecimals: Bool { numbers?.allSatisfy(\.fitsDecimals) ?? false }

  /// The values in a type that fits them. A day becomes the instant at which it begins in `zone`; a
  /// text is what files have: times in UTC. Nil where that is too much text.
  fileprivate func converted(to new: DataType, in zone: TimeZone) -> ColumnVector? {
    switch (type, new) {
    case let (old, new) where old == new: self
    case _ where isAllNull: .constant(.null, new, count: count)
    case (.integer, .decimal): mapped(to: new) { $0 * Decimal.scale }
    case (.date, .datetime): mapped(to: new) { zone.startOfDay($0) }
    default: texts
    }
  }

  private func mapped(to new: DataType, _ body: (Int64) -> Int64) -> ColumnVector {
    // What lies in the place of a null is no value.
    let numbers = (numbers ?? []).enumerated().map { isNull($0) ? 0 : body($1) }
    return ColumnVector(type: new, storage: .numbers(numbers), nulls: nulls)
  }

  private var texts: ColumnVector? {
    var texts = TextVector()
    for row in 0..<count {
      guard texts.append(ifItFits: Array(self[row].text(in: .utc).utf8)[...]) else { return nil }
    }
    return ColumnVector(type: .text, storage: .texts(texts), nulls: nulls)
  }

  /// Both of one type.
  fileprivate func joined(with other: ColumnVector?) -> ColumnVector? {
    guard let other, let storage = joinedStorage(with: other) else { return nil }
    return ColumnVector(type: type, storage: storage, nulls: joinedNulls(with: other))
  }

  private func joinedStorage(with other: ColumnVector) -> Storage? {
    switch storage {
    case .numbers(let own): return .numbers(own + (other.numbers ?? []))
    case .coded(let own, var dictionary):
      let (others, texts) = other.codedTexts
      let codes = dictionary.merge(texts)
      if DictionaryEncoder.isWorthwhile(dictionary.count, of: count + other.count) {
        return .coded(own + others.map { codes[Int($0)] }, dictionary)
      }
    case .texts: break
    }
    var texts = TextVector()
    return texts.append(self) && texts.append(other) ? .texts(texts) : nil
  }

  /// Texts as codes into a dictionary, in which a text may stand twice.
  private var codedTexts: ([Int32], TextVector) {
    switch storage {
    case .coded(let codes, let dictionary): (codes, dictionary)
    case .texts(let texts): ((0..<Int32(truncatingIfNeeded: texts.count)).map { $0 }, texts)
    case .numbers: preconditionFailure("numbers are no text")
    }
  }

  /// Texts as they are, whether they are coded or not; nil where that is too much.
  var plainTexts: TextVector? {
    var texts = TextVector()
    return texts.append(self) ? texts : nil
  }

  private func joinedNulls(with other: ColumnVector) -> Bitmap? {
    guard nulls != nil || other.nulls != nil else { return nil }
    var joined = nulls ?? Bitmap(count: count)
    joined.append(contentsOf: other.nulls ?? Bitmap(count: other.count))
    return joined
  }
}

extension TextVector {
  /// Adds a text; false where it would be too much.
  fileprivate mutating func append(ifItFits text: ArraySlice<UInt8>) -> Bool {
    guard bytes.count + text.count <= Int(UInt32.max) else { return false }
    append(text)
    return true
  }

  /// Adds the text of each row; false where that is too much.
  fileprivate mutating func append(_ vector: ColumnVector) -> Bool {
    let reader = TextReader(vector)
    return (0..<vector.count).allSatisfy { append(ifItFits: reader[$0]) }
  }

  /// Adds the texts of another dictionary that this one has not; the code of each of them.
  mutating func merge(_ other: TextVector) -> [Int32] {
    var known = TextNumbers()
    for row in 0..<count { _ = known.code(of: self, row, next: Int32(truncatingIfNeeded: row)) }
    return (0..<other.count).map { row in
      let (code, isNew) = known.code(of: other, row, next: Int32(truncatingIfNeeded: count))
      if isNew { append(other.bytes[other.range(row)]) }
      return code
    }
  }
}

extension Int64 {
  fileprivate var fitsDecimals: Bool { !multipliedReportingOverflow(by: Decimal.scale).overflow }
}
