import SegqRecords

// New values among those of a column, which are copied in stretches.
extension StoredColumn {
  /// These values and those of `other` among them, in the type that fits both; nil where that is more
  /// text than a ``TextVector`` holds. O(rows), as fast as memory is copied, where the new values fit
  /// how the old ones lie.
  func merged(
    with other: ColumnVector, _ insertion: Insertion, in zone: TimeZone
  ) -> StoredColumn? {
    if commonType(with: other) == type, other.type == type,
      let merged = merged(with: other.gathered(insertion.rows), insertion)
    {
      return merged
    }
    return joined(with: other, in: zone)?.gathered(insertion.order)
  }

  /// Values of the same type, in the order in which they will lie.
  private func merged(with new: ColumnVector, _ insertion: Insertion) -> StoredColumn? {
    let all = insertion.merged(nulls, new.nulls)
    let merged: Storage? =
      switch storage {
      case .numbers(let own):
        .numbers(own.merged(with: new.numbers ?? [], new.nulls, insertion, nulls: all))
      case .texts(let own):
        new.plainTexts.flatMap { own.merged(with: $0, insertion) }.map { .texts($0) }
      case .coded(let codes, let dictionary):
        Self.merged(codes, dictionary, new, insertion)
      }
    return merged.map { StoredColumn(type: type, storage: $0, nulls: all) }
  }

  /// Nil where there are too many texts to be coded.
  private static func merged(
    _ codes: PackedNumbers, _ dictionary: TextDictionary, _ new: ColumnVector,
    _ insertion: Insertion
  ) -> Storage? {
    var texts = dictionary.texts
    let old = Int64(texts.count)
    // What lies in the place of a null is no value.
    let rows = (0..<Int32(truncatingIfNeeded: new.count)).filter { !new.isNull(Int($0)) }
    guard let words = new.gathered(rows).plainTexts else { return nil }
    let found = texts.merge(words)
    let null = Int64(texts.count)
    guard DictionaryEncoder.isWorthwhile(texts.count, of: insertion.count) else { return nil }
    var numbers = [Int64](repeating: null, count: new.count)
    for (row, code) in zip(rows, found) { numbers[Int(row)] = Int64(code) }
    let merged = codes.merged(
      with: numbers, nil, insertion, nulls: nil, replacing: null == old ? nil : (old, null))
    return .coded(merged, null == old ? dictionary : TextDictionary(texts))
  }
}

extension TextHeap {
  /// Nil where that is too much text.
  fileprivate func merged(with new: TextVector, _ insertion: Insertion) -> TextHeap? {
    let size = bytes.count + new.bytes.count
    guard size <= Int(UInt32.max) else { return nil }
    let old = offsets.span
    let grown = unsafe Memory<UInt32>(writing: insertion.count + 1) { out in
      insertion.forEachStretch { stretch, added in
        let before = new.offsets[added.lowerBound]
        let start = unsafe out + stretch.lowerBound + added.lowerBound
        unsafe offsets.copy(stretch, to: start)
        for place in 0..<stretch.count { unsafe start[place] &+= before }
        for place in added {
          unsafe out[stretch.upperBound + place] = old[stretch.upperBound] &+ new.offsets[place]
        }
      }
      unsafe out[insertion.count] = UInt32(truncatingIfNeeded: size)
    }
    let text = unsafe Memory<UInt8>(writing: size) { out in
      insertion.forEachStretch { stretch, added in
        let (from, to) = (Int(old[stretch.lowerBound]), Int(old[stretch.upperBound]))
        let (first, last) = (
          Int(new.offsets[added.lowerBound]), Int(new.offsets[added.upperBound])
        )
        unsafe bytes.copy(from..<to, to: out + from + first)
        for place in first..<last { unsafe out[to + place] = new.bytes[place] }
      }
    }
    return TextHeap(bytes: text, offsets: grown)
  }
}

extension Insertion {
  /// Which rows are null then; nil where none is.
  fileprivate func merged(_ old: NullRows?, _ new: Bitmap?) -> NullRows? {
    guard old != nil || new != nil else { return nil }
    let words = unsafe Memory<UInt64>(writing: (count + 63) >> 6) { out in
      unsafe out.initialize(repeating: 0, count: (count + 63) >> 6)
      forEachStretch { stretch, added in
        if let old {
          unsafe WordKernel.copy(
            old.words.pointer, stretch, to: out, at: stretch.lowerBound + added.lowerBound)
        }
        for place in added where new?[place] ?? false {
          let row = stretch.upperBound + place
          unsafe out[row >> 6] |= 1 << UInt64(row & 63)
        }
      }
    }
    return NullRows(words: words, count: count)
  }
}

extension WordKernel {
  /// Puts the bits of some rows where the bits from `start` on are clear.
  @unsafe
  static func copy(
    _ words: UnsafePointer<UInt64>, _ rows: Range<Int>, to out: UnsafeMutablePointer<UInt64>,
    at start: Int
  ) {
    var (row, place) = (rows.lowerBound, start)
    while row < rows.upperBound {
      let count = min(64 - (place & 63), rows.upperBound - row)
      var bits = unsafe words[row >> 6] >> UInt64(row & 63)
      if (row & 63) + count > 64 { bits |= unsafe words[(row >> 6) + 1] << UInt64(64 - (row & 63)) }
      unsafe out[place >> 6] |= (bits & (.max >> UInt64(64 - count))) << UInt64(place & 63)
      (row, place) = (row + count, place + count)
    }
  }
}
