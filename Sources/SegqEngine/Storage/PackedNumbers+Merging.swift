import SegqRecords

// New numbers among those of a column.
extension PackedNumbers {
  /// These numbers and `new` among them, which are in the order in which they will lie; those at
  /// `newNulls` do not count, nor those at `nulls` of the result. Where `replaced` is given the number
  /// that comes first in it becomes the second. O(n).
  ///
  /// They lie as they did where the new ones fit that, so that they are copied.
  func merged(
    with new: [Int64], _ newNulls: Bitmap?, _ insertion: Insertion, nulls: NullRows?,
    replacing replaced: (Int64, Int64)? = nil
  ) -> PackedNumbers {
    var all = zone
    for (row, number) in new.enumerated() where !(newNulls?[row] ?? false) { all.add(number) }
    if let replaced { all.add(replaced.1) }
    let own = Form(of: self)
    let form = all.isEmpty || own.holds(all) ? own : Form(all)
    var numbers = new
    newNulls?.forEachSet { numbers[$0] = form.base }
    let mix = Mixture(
      old: self, new: numbers, base: form.base, insertion: insertion, nulls: nulls,
      replaced: replaced)
    return switch form.width {
    case 1: mix.numbers { .bytes($0) }
    case 2: mix.numbers { .halves($0) }
    case 4: mix.numbers { .words($0) }
    default: mix.numbers { .whole($0) }
    }
  }
}

private struct Mixture {
  let old: PackedNumbers
  let new: [Int64]
  let base: Int64
  let insertion: Insertion
  let nulls: NullRows?
  let replaced: (Int64, Int64)?

  func numbers<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
    _ storage: (Memory<Element>) -> PackedNumbers.Storage
  ) -> PackedNumbers {
    let values: Memory<Element> =
      switch old.storage {
      case .bytes(let values): merged(values)
      case .halves(let values): merged(values)
      case .words(let values): merged(values)
      case .whole(let values): merged(values)
      }
    let kept = replaced == nil ? insertion.before.first.map { Int($0) / RowSelection.groupSize } : 0
    return PackedNumbers(
      base: base, storage: storage(values),
      zones: old.zones(of: values, base: base, nulls, keeping: kept ?? 0), count: insertion.count)
  }

  private func merged<Own: FixedWidthInteger, Element: FixedWidthInteger>(
    _ values: Memory<Own>
  ) -> Memory<Element> {
    let new = new.map { Element(truncatingIfNeeded: $0 &- base) }
    if base == old.base, replaced == nil, let values = values as? Memory<Element> {
      return insertion.merged(values, new)
    }
    let moved = old.base &- base
    let (from, to) = replaced ?? (0, 0)
    return unsafe Memory(writing: insertion.count) { out in
      let source = unsafe values.pointer
      insertion.forEachStretch { stretch, added in
        let start = unsafe out + added.lowerBound
        for row in stretch {
          let number = unsafe Int64(truncatingIfNeeded: source[row]) &+ moved
          unsafe start[row] = Element(
            truncatingIfNeeded: number &+ base == from ? to &- base : number)
        }
        for place in added { unsafe out[stretch.upperBound + place] = new[place] }
      }
    }
  }
}

extension PackedNumbers {
  /// The zones of numbers that lie as these do now: `values` and a base. Those of the first groups are
  /// as they were.
  func zones<Element: FixedWidthInteger>(
    of values: Memory<Element>, base: Int64, _ nulls: NullRows?, keeping kept: Int
  ) -> Memory<Zone> {
    let size = RowSelection.groupSize
    let known = zones.span
    return Memory(count: (values.count + size - 1) / size) { out in
      for group in 0..<out.capacity {
        let rows = group * size..<min((group + 1) * size, values.count)
        out.append(group < kept ? known[group] : Zone(of: values, rows, base: base, nulls))
      }
    }
  }
}

extension PackedNumbers.Zone {
  fileprivate init<Element: FixedWidthInteger>(
    of values: Memory<Element>, _ rows: Range<Int>, base: Int64, _ nulls: NullRows?
  ) {
    var (low, high) = (Element.max, Element.min)
    if let nulls {
      let words = nulls.words.span
      for row in rows where words[row >> 6] >> UInt64(row & 63) & 1 == 0 {
        let value = unsafe values.pointer[row]
        low = min(low, value)
        high = max(high, value)
      }
    } else {
      for row in rows {
        let value = unsafe values.pointer[row]
        low = min(low, value)
        high = max(high, value)
      }
    }
    guard low <= high else { return }
    self.low = base &+ Int64(truncatingIfNeeded: low)
    self.high = base &+ Int64(truncatingIfNeeded: high)
  }
}
