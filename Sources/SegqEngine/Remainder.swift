import SegqRecords

/// The rows of a table that are left when some are taken out.
struct Remainder: Sendable {
  /// What is taken out, ascending.
  let gone: [Int32]
  let oldCount: Int

  var count: Int { oldCount - gone.count }

  /// Each stretch of rows that stay neighbours, and where it lies then.
  @inline(__always)
  func forEachStretch(_ body: (_ old: Range<Int>, _ start: Int) -> Void) {
    var next = 0
    for (place, row) in gone.enumerated() {
      body(next..<Int(row), next - place)
      next = Int(row) + 1
    }
    body(next..<oldCount, next - gone.count)
  }

  /// The rows that are left.
  var rows: [Int32] {
    var rows: [Int32] = []
    rows.reserveCapacity(count)
    forEachStretch { old, _ in for row in old { rows.append(Int32(truncatingIfNeeded: row)) } }
    return rows
  }

  fileprivate func kept<Element>(_ values: Memory<Element>) -> Memory<Element> {
    unsafe Memory(writing: count) { out in
      forEachStretch { old, start in unsafe values.copy(old, to: out + start) }
    }
  }

  fileprivate func kept(_ nulls: NullRows) -> NullRows {
    let size = (count + 63) >> 6
    let words = unsafe Memory<UInt64>(writing: size) { out in
      unsafe out.initialize(repeating: 0, count: size)
      forEachStretch { old, start in
        unsafe WordKernel.copy(nulls.words.pointer, old, to: out, at: start)
      }
    }
    return NullRows(words: words, count: count)
  }
}

extension StoredColumn {
  /// The values of the rows that are left, copied in stretches; nil where how they lie, or a
  /// dictionary, tells of a value that no row has any more.
  func keeping(_ rest: Remainder) -> StoredColumn? {
    let nulls = nulls.map { rest.kept($0) }
    if let nulls, nulls.setCount == 0 { return nil }
    let kept: Storage? =
      switch storage {
      case .numbers(let numbers): numbers.keeping(rest, nulls).map { .numbers($0) }
      case .texts(let heap): .texts(heap.keeping(rest))
      case .coded(let codes, let dictionary):
        codes.keeping(rest, nil, isCoded: true).flatMap {
          $0.areAllNamed(in: dictionary) ? .coded($0, dictionary) : nil
        }
      }
    return kept.map { StoredColumn(type: type, storage: $0, nulls: nulls) }
  }
}

extension PackedNumbers {
  fileprivate func keeping(
    _ rest: Remainder, _ nulls: NullRows?, isCoded: Bool = false
  ) -> PackedNumbers? {
    func packed<Element: FixedWidthInteger>(
      _ values: Memory<Element>, _ storage: (Memory<Element>) -> Storage
    ) -> PackedNumbers {
      let kept = rest.kept(values)
      let whole = rest.gone.first.map { Int($0) / RowSelection.groupSize } ?? 0
      return PackedNumbers(
        base: base, storage: storage(kept),
        zones: zones(of: kept, base: base, nulls, keeping: whole), count: rest.count)
    }
    let kept =
      switch storage {
      case .bytes(let values): packed(values) { .bytes($0) }
      case .halves(let values): packed(values) { .halves($0) }
      case .words(let values): packed(values) { .words($0) }
      case .whole(let values): packed(values) { .whole($0) }
      }
    return isCoded || Form(kept.zone) == Form(of: self) ? kept : nil
  }

  /// Whether each text has a row.
  fileprivate func areAllNamed(in dictionary: TextDictionary) -> Bool {
    var counts = [Int64](repeating: 0, count: dictionary.count + 1)
    count(0..<count, into: &counts)
    return !counts.dropLast().contains(0)
  }
}

extension TextHeap {
  fileprivate func keeping(_ rest: Remainder) -> TextHeap {
    let old = offsets.span
    var size = 0
    rest.forEachStretch { rows, _ in size += Int(old[rows.upperBound] - old[rows.lowerBound]) }
    let kept = unsafe Memory<UInt32>(writing: rest.count + 1) { out in
      var place: UInt32 = 0
      rest.forEachStretch { rows, start in
        let moved = old[rows.lowerBound] &- place
        unsafe offsets.copy(rows, to: out + start)
        for row in start..<start + rows.count { unsafe out[row] &-= moved }
        place = old[rows.upperBound] &- moved
      }
      unsafe out[rest.count] = place
    }
    let text = unsafe Memory<UInt8>(writing: size) { out in
      var place = 0
      rest.forEachStretch { rows, _ in
        let range = Int(old[rows.lowerBound])..<Int(old[rows.upperBound])
        unsafe bytes.copy(range, to: out + place)
        place += range.count
      }
    }
    return TextHeap(bytes: text, offsets: kept)
  }
}
