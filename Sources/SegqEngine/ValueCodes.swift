import SegqRecords

/// Numbers different values in the order in which they are first met; null is a value like others.
struct ValueCodes: Sendable {
  let type: DataType
  private var numbers = NumberCodes()
  private var texts = TextNumbers()
  private var null: Int32?
  private(set) var count = 0
  /// For each code its number among the texts, or the number itself.
  private var places: [Int64] = []

  private static let smallNumbers = 4096

  init(_ type: DataType) { self.type = type }

  /// The code of each value. O(n).
  mutating func codes(of vector: ColumnVector) -> [Int32] {
    switch vector.storage {
    case .numbers(let values): return codes(of: values, vector.nulls)
    case .texts(let texts):
      return (0..<texts.count).map { vector.isNull($0) ? nullCode() : code(of: texts, $0) }
    case .coded(let codes, let dictionary): return self.codes(of: codes, dictionary, vector.nulls)
    }
  }

  private mutating func codes(of values: [Int64], _ nulls: Bitmap?) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(values.count)
    // Months, years and codes are small; what has been met of them is found without a hash.
    var small = [Int32](repeating: -1, count: Self.smallNumbers)
    for (row, value) in values.enumerated() {
      if let nulls, nulls[row] {
        result.append(nullCode())
      } else if value >= 0, value < Self.smallNumbers {
        let place = Int(truncatingIfNeeded: value)
        if small[place] < 0 { small[place] = code(of: value) }
        result.append(small[place])
      } else {
        result.append(code(of: value))
      }
    }
    return result
  }

  /// Each code is looked up once.
  private mutating func codes(
    of codes: [Int32], _ dictionary: TextVector, _ nulls: Bitmap?
  ) -> [Int32] {
    var known = [Int32](repeating: -1, count: dictionary.count)
    return codes.indices.map { row in
      if let nulls, nulls[row] { return nullCode() }
      let code = Int(codes[row])
      if known[code] < 0 { known[code] = self.code(of: dictionary, code) }
      return known[code]
    }
  }

  private mutating func nullCode() -> Int32 {
    if let null { return null }
    let code = add(0)
    null = code
    return code
  }

  private mutating func code(of number: Int64) -> Int32 {
    let (code, isNew) = numbers.code(of: number, next: Int32(truncatingIfNeeded: count))
    if isNew { _ = add(number) }
    return code
  }

  private mutating func code(of texts: TextVector, _ row: Int) -> Int32 {
    let (code, isNew) = self.texts.code(of: texts, row, next: Int32(truncatingIfNeeded: count))
    if isNew { _ = add(Int64(self.texts.count - 1)) }
    return code
  }

  private mutating func add(_ place: Int64) -> Int32 {
    places.append(place)
    count += 1
    return Int32(truncatingIfNeeded: count - 1)
  }

  /// The value of each code.
  var values: ColumnVector {
    var nulls: Bitmap?
    if let null {
      nulls = Bitmap(count: count)
      nulls?[Int(null)] = true
    }
    guard type == .text else {
      return ColumnVector(type: type, storage: .numbers(places), nulls: nulls)
    }
    var result = TextVector()
    for (code, place) in places.enumerated() {
      result.append(nulls?[code] ?? false ? [] : texts.text(Int(place)))
    }
    return ColumnVector(type: .text, storage: .texts(result), nulls: nulls)
  }
}
