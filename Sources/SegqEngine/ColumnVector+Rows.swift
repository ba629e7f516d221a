import SegqRecords

extension ColumnVector {
  /// The same value, `count` times.
  static func constant(_ value: Value, _ type: DataType, count: Int) -> ColumnVector {
    let nulls = value == .null ? Bitmap(count: count, filledWith: true) : nil
    guard type == .text else {
      let numbers = [Int64](repeating: value.number ?? 0, count: count)
      return ColumnVector(type: type, storage: .numbers(numbers), nulls: nulls)
    }
    let text = if case .text(let text) = value { text } else { "" }
    return ColumnVector(
      type: .text, storage: .coded([Int32](repeating: 0, count: count), TextVector([text])),
      nulls: nulls)
  }

  /// `a` where the bit is set, else `b`.
  static func choosing(_ mask: Bitmap, _ a: ColumnVector, else b: ColumnVector) -> ColumnVector {
    var nulls = Bitmap(count: mask.count)
    for i in 0..<mask.count where mask[i] ? a.isNull(i) : b.isNull(i) { nulls[i] = true }
    if let left = a.numbers, let right = b.numbers {
      let numbers = left.indices.map { mask[$0] ? left[$0] : right[$0] }
      return ColumnVector(type: a.type, storage: .numbers(numbers), nulls: nulls)
    }
    let (left, right) = (TextReader(a), TextReader(b))
    var texts = TextVector()
    for i in 0..<mask.count { texts.append(mask[i] ? left[i] : right[i]) }
    return ColumnVector(type: .text, storage: .texts(texts), nulls: nulls)
  }
}

/// Reads the bytes of a text vector, coded or not.
struct TextReader {
  private let texts: TextVector
  private let codes: [Int32]?

  init(_ vector: ColumnVector) {
    switch vector.storage {
    case .texts(let texts): (self.texts, codes) = (texts, nil)
    case .coded(let codes, let dictionary): (texts, self.codes) = (dictionary, codes)
    case .numbers: preconditionFailure("numbers are no text")
    }
  }

  subscript(row: Int) -> ArraySlice<UInt8> {
    texts.bytes[texts.range(codes.map { Int($0[row]) } ?? row)]
  }
}
