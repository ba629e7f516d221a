import SegqRecords

/// Replaces texts of few distinct values by codes into a dictionary.
enum DictionaryEncoder {
  /// More distinct values than this are not worth a dictionary.
  private static let largest = 65_536

  /// The vector with its texts coded; as it was where it is no text or has too many values.
  static func encode(_ vector: ColumnVector) -> ColumnVector {
    guard case .texts(let texts) = vector.storage, texts.count >= 8 else { return vector }
    var table = HashTable()
    var codes: [Int32] = []
    codes.reserveCapacity(texts.count)
    for row in 0..<texts.count {
      codes.append(table.code(of: texts, row))
      // Names and emails show themselves early.
      if table.dictionary.count > max(64, row / 4) || table.dictionary.count > largest {
        return vector
      }
    }
    return ColumnVector(
      type: vector.type, storage: .coded(codes, table.dictionary), nulls: vector.nulls)
  }

  /// Open addressing over the bytes of the dictionary's texts.
  private struct HashTable {
    var dictionary = TextVector()
    private var slots = [Int32](repeating: -1, count: 256)
    private var last: (range: Range<Int>, code: Int32)?

    mutating func code(of texts: TextVector, _ row: Int) -> Int32 {
      let wanted = texts.range(row)
      if let last, Self.equal(texts.bytes, wanted, texts.bytes, last.range) { return last.code }
      if dictionary.count * 2 >= slots.count { grow() }
      var slot = Self.hash(texts.bytes, wanted) & (slots.count - 1)
      while slots[slot] >= 0 {
        let code = slots[slot]
        if Self.equal(texts.bytes, wanted, dictionary.bytes, dictionary.range(Int(code))) {
          last = (wanted, code)
          return code
        }
        slot = (slot + 1) & (slots.count - 1)
      }
      let code = Int32(dictionary.count)
      slots[slot] = code
      dictionary.append(texts.bytes[wanted])
      last = (wanted, code)
      return code
    }

    private mutating func grow() {
      slots = [Int32](repeating: -1, count: slots.count * 4)
      for code in 0..<dictionary.count {
        var slot = Self.hash(dictionary.bytes, dictionary.range(code)) & (slots.count - 1)
        while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = Int32(code)
      }
    }

    private static func equal(
      _ a: [UInt8], _ left: Range<Int>, _ b: [UInt8], _ right: Range<Int>
    ) -> Bool {
      guard left.count == right.count else { return false }
      for i in 0..<left.count where a[left.lowerBound + i] != b[right.lowerBound + i] {
        return false
      }
      return true
    }

    /// FNV-1a.
    private static func hash(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
      var hash: UInt64 = 0xcbf2_9ce4_8422_2325
      for i in range { hash = (hash ^ UInt64(bytes[i])) &* 0x100_0000_01b3 }
      return Int(truncatingIfNeeded: hash ^ hash >> 29)
    }
  }
}
