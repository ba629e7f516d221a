import SegqRecords

/// The texts of a column end to end; text `i` is `offsets[i]..<offsets[i + 1]`, in UTF-8.
public struct TextHeap: Sendable {
  let bytes: Memory<UInt8>
  /// One more than there are texts.
  let offsets: Memory<UInt32>
  /// Those that are not all ASCII, folded when they are first searched.
  let folded: FoldedTexts

  init(_ texts: TextVector) {
    self.init(bytes: Memory(adopting: texts.bytes), offsets: Memory(adopting: texts.offsets))
  }

  init(bytes: Memory<UInt8>, offsets: Memory<UInt32>) {
    self.bytes = bytes
    self.offsets = offsets
    folded = FoldedTexts(rowCount: offsets.count - 1)
  }

  /// Folded texts, which are not folded again.
  init(folded texts: TextVector) {
    bytes = Memory(texts.bytes)
    offsets = Memory(texts.offsets)
    folded = FoldedTexts(rowCount: 0)
  }

  init(_ texts: some Collection<[UInt8]>) {
    var vector = TextVector()
    for text in texts { vector.append(text[...]) }
    self.init(folded: vector)
  }

  public var count: Int { offsets.count - 1 }

  func range(_ row: Int) -> Range<Int> {
    Int(offsets.span[row])..<Int(offsets.span[row + 1])
  }

  subscript(row: Int) -> String { String(decoding: text(row), as: UTF8.self) }

  /// The bytes of a text.
  func text(_ row: Int) -> [UInt8] {
    var result: [UInt8] = []
    append(range(row), to: &result)
    return result
  }

  private func append(_ range: Range<Int>, to bytes: inout [UInt8]) {
    let source = self.bytes.span
    bytes.append(addingCapacity: range.count) { out in
      for place in range { out.append(source[place]) }
    }
  }

  /// The texts of neighbouring rows.
  func texts(_ rows: Range<Int>) -> TextVector {
    let offsets = offsets.span
    let start = offsets[rows.lowerBound]
    var result = TextVector()
    append(Int(start)..<Int(offsets[rows.upperBound]), to: &result.bytes)
    result.offsets.append(addingCapacity: rows.count) { out in
      for row in rows { out.append(offsets[row + 1] &- start) }
    }
    return result
  }

  /// The texts of these rows, in this order.
  func texts(_ rows: [Int32]) -> TextVector {
    let offsets = offsets.span
    var result = TextVector()
    var size = 0
    result.offsets.append(addingCapacity: rows.count) { out in
      for row in rows {
        size += Int(offsets[Int(row) + 1] &- offsets[Int(row)])
        out.append(UInt32(truncatingIfNeeded: size))
      }
    }
    precondition(size <= Int(UInt32.max), "a text vector holds 4 GiB at most")
    result.bytes = unsafe [UInt8](unsafeUninitializedCapacity: size + Self.step) { buffer, used in
      if let target = buffer.baseAddress { unsafe copy(rows, to: UnsafeMutableRawPointer(target)) }
      used = size
    }
    return result
  }

  /// So many bytes are copied at a time: behind a text a part of the next, which is written anew, and
  /// behind the last what there is room for.
  private static let step = 16

  @unsafe
  private func copy(_ rows: [Int32], to target: UnsafeMutableRawPointer) {
    let offsets = offsets.span
    let source = unsafe UnsafeRawPointer(bytes.pointer)
    var place = 0
    for row in rows {
      let (start, end) = (Int(offsets[Int(row)]), Int(offsets[Int(row) + 1]))
      for done in stride(from: 0, to: end &- start, by: Self.step) {
        let part = unsafe source.loadUnaligned(
          fromByteOffset: start &+ done, as: SIMD16<UInt8>.self)
        unsafe target.storeBytes(of: part, toByteOffset: place &+ done, as: SIMD16<UInt8>.self)
      }
      place &+= end &- start
    }
  }

  var byteCount: Int { bytes.byteCount + offsets.byteCount }
}
