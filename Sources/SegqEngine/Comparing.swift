import SegqRecords

/// The kernels that turn values into truth.
enum Comparing {
  static func compare(
    _ comparison: BoundExpression.Comparison, _ a: ColumnVector, _ b: ColumnVector, isExact: Bool
  ) -> Truth {
    let unknown = a.nulls.union(b.nulls)
    if let left = a.numbers, let right = b.numbers {
      return Truth(yes: compare(comparison, left, right), unknown: unknown)
    }
    let (left, right) = (FoldedReader(a, isExact: isExact), FoldedReader(b, isExact: isExact))
    let yes = bits(a.count) { i in
      let (x, y) = (left[i], right[i])
      return switch comparison {
      case .equal: x.elementsEqual(y)
      case .notEqual: !x.elementsEqual(y)
      case .less: x.lexicographicallyPrecedes(y)
      case .lessOrEqual: !y.lexicographicallyPrecedes(x)
      case .greater: y.lexicographicallyPrecedes(x)
      case .greaterOrEqual: !x.lexicographicallyPrecedes(y)
      }
    }
    return Truth(yes: yes, unknown: unknown)
  }

  private static func compare(
    _ comparison: BoundExpression.Comparison, _ a: [Int64], _ b: [Int64]
  ) -> Bitmap {
    switch comparison {
    case .equal: bits(a.count) { a[$0] == b[$0] }
    case .notEqual: bits(a.count) { a[$0] != b[$0] }
    case .less: bits(a.count) { a[$0] < b[$0] }
    case .lessOrEqual: bits(a.count) { a[$0] <= b[$0] }
    case .greater: bits(a.count) { a[$0] > b[$0] }
    case .greaterOrEqual: bits(a.count) { a[$0] >= b[$0] }
    }
  }

  static func within(_ vector: ColumnVector, low: Int64?, high: Int64?) -> Truth {
    guard high != .min else {
      return Truth(yes: Bitmap(count: vector.count), unknown: vector.nulls)
    }
    return Truth(
      yes: vector.between(low ?? .min, high.map { $0 - 1 } ?? .max), unknown: vector.nulls)
  }

  static func compare(
    _ comparison: BoundExpression.Comparison, _ vector: ColumnVector, with number: Int64
  ) -> Truth {
    let yes =
      switch comparison {
      case .equal: vector.between(number, number)
      case .notEqual: ~vector.between(number, number)
      case .less: ~vector.between(number, .max)
      case .lessOrEqual: vector.between(.min, number)
      case .greater: ~vector.between(.min, number)
      case .greaterOrEqual: vector.between(number, .max)
      }
    return Truth(yes: yes, unknown: vector.nulls)
  }

  static func oneOf(_ vector: ColumnVector, _ values: ValueSet) -> Truth {
    switch values {
    case .texts(let texts): return test(vector) { texts.contains($0) }
    case .numbers(let wanted):
      guard let numbers = vector.numbers else { preconditionFailure("numbers among texts") }
      return Truth(
        yes: bits(numbers.count) { wanted.contains(numbers[$0]) }, unknown: vector.nulls)
    }
  }

  static func truth(of vector: ColumnVector) -> Truth {
    guard let numbers = vector.numbers else { preconditionFailure("text is no condition") }
    return Truth(yes: bits(numbers.count) { numbers[$0] != 0 }, unknown: vector.nulls)
  }

  static func empty(_ vector: ColumnVector) -> Bitmap {
    let nulls = vector.nulls ?? Bitmap(count: vector.count)
    guard vector.type == .text else { return nulls }
    let reader = TextReader(vector)
    return nulls | bits(vector.count) { reader[$0].isEmpty }
  }

  /// `body` sees each text folded.
  static func test(_ vector: ColumnVector, _ body: ([UInt8]) -> Bool) -> Truth {
    let reader = TextReader(vector)
    var buffer: [UInt8] = []
    let yes = bits(vector.count) { i in
      buffer.removeAll(keepingCapacity: true)
      TextFolding.append(reader[i], to: &buffer)
      return body(buffer)
    }
    return Truth(yes: yes, unknown: vector.nulls)
  }

  /// `matcher` sees each text as it is.
  static func test(_ vector: ColumnVector, _ matcher: any TextMatcher) throws(EngineError) -> Truth
  {
    let reader = TextReader(vector)
    var isCostly = false
    let yes = bits(vector.count) { i in
      guard !vector.isNull(i) else { return false }
      guard let matches = matcher.matches(reader[i]) else {
        isCostly = true
        return false
      }
      return matches
    }
    if isCostly { throw .costlyPattern }
    return Truth(yes: yes, unknown: vector.nulls)
  }

  static func listContains(_ vector: ColumnVector, _ text: String, isExact: Bool) -> Truth {
    func normal(_ text: String) -> [UInt8] {
      isExact ? Array(text.utf8) : TextFolding.fold(text)
    }
    let wanted = normal(text)
    let yes = bits(vector.count) { i in
      guard case .text(let list) = vector[i] else { return false }
      return list.components(separatedBy: ", ").contains { normal(String($0)) == wanted }
    }
    return Truth(yes: yes, unknown: vector.nulls)
  }

  @inline(__always)
  private static func bits(_ count: Int, _ test: (Int) -> Bool) -> Bitmap {
    var words = [UInt64](repeating: 0, count: (count + 63) >> 6)
    for w in words.indices {
      var word: UInt64 = 0
      for bit in 0..<min(64, count - w << 6) where test(w << 6 | bit) { word |= 1 << UInt64(bit) }
      words[w] = word
    }
    return Bitmap(words: words, count: count)
  }
}

/// Reads texts folded, each distinct one of a coded vector folded once.
private struct FoldedReader {
  private let texts: TextVector
  private let codes: [Int32]?

  init(_ vector: ColumnVector, isExact: Bool) {
    switch vector.storage {
    case .texts(let texts): (self.texts, codes) = (isExact ? texts : texts.folded, nil)
    case .coded(let codes, let dictionary):
      (texts, self.codes) = (isExact ? dictionary : dictionary.folded, codes)
    case .numbers: preconditionFailure("numbers are no text")
    }
  }

  subscript(row: Int) -> ArraySlice<UInt8> {
    texts.bytes[texts.range(codes.map { Int($0[row]) } ?? row)]
  }
}

extension TextVector {
  /// Each text folded (see ``TextFolding``).
  var folded: TextVector {
    var result = TextVector()
    result.reserveCapacity(texts: count, bytes: bytes.count)
    for i in 0..<count {
      TextFolding.append(bytes[range(i)], to: &result.bytes)
      result.endText()
    }
    return result
  }
}

extension String {
  func components(separatedBy separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let found = rest.firstRange(of: separator) {
      parts.append(rest[..<found.lowerBound])
      rest = rest[found.upperBound...]
    }
    return parts + [rest]
  }

}

extension Substring {
  fileprivate func firstRange(of wanted: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(wanted) {
        return start..<index(start, offsetBy: wanted.count)
      }
      formIndex(after: &start)
    }
    return nil
  }
}
