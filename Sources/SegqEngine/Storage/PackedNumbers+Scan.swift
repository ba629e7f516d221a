import CKernels
import SegqRecords

extension PackedNumbers {
  /// Which of neighbouring rows have a number from `low` to `high`; the rows begin at a multiple of
  /// 64. A row group that the zones decide is not looked at.
  func within(_ low: Int64, _ high: Int64, _ rows: Range<Int>) -> Bitmap {
    guard low <= high, !rows.isEmpty else { return Bitmap(count: rows.count) }
    if let isAll = decided(low, high, rows) {
      return Bitmap(count: rows.count, filledWith: isAll)
    }
    var words: [UInt64] = []
    words.reserveCapacity((rows.count + 63) >> 6)
    switch storage {
    case .bytes(let values):
      let (first, span) = bounds(low, high, UInt8.self)
      unsafe values.eachWord(rows) { words.append(unsafe segq_range8($0, first, span)) }
    case .halves(let values):
      let (first, span) = bounds(low, high, UInt16.self)
      unsafe values.eachWord(rows) { words.append(unsafe segq_range16($0, first, span)) }
    case .words(let values):
      let (first, span) = bounds(low, high, UInt32.self)
      unsafe values.eachWord(rows) { words.append(unsafe segq_range32($0, first, span)) }
    case .whole(let values):
      let span = UInt64(bitPattern: high &- low)
      unsafe values.eachWord(rows) { words.append(unsafe segq_range64($0, low, span)) }
    }
    return Bitmap(words: words, count: rows.count)
  }

  /// The bounds as they are stored, given that some number lies between them.
  private func bounds<Element: FixedWidthInteger>(
    _ low: Int64, _ high: Int64, _ type: Element.Type
  ) -> (low: Element, span: Element) {
    let first = Element(clamping: low.subtractingReportingOverflow(base).overflow ? 0 : low - base)
    let last = Element(
      clamping: high.subtractingReportingOverflow(base).overflow ? .max : high - base)
    return (first, last &- first)
  }

  /// Whether all or none of the rows are within, where the zones tell.
  private func decided(_ low: Int64, _ high: Int64, _ rows: Range<Int>) -> Bool? {
    let size = RowSelection.groupSize
    var zone = Zone()
    let zones = zones.span
    for group in rows.lowerBound / size...(rows.upperBound - 1) / size { zone.add(zones[group]) }
    if zone.isEmpty || zone.high < low || zone.low > high { return false }
    return zone.low >= low && zone.high <= high ? true : nil
  }
}

extension Memory {
  /// Calls `body` with the address of each 64th value; the last may have fewer than 64 behind it,
  /// and then padding that is enough for bytes only: those are copied.
  @inline(__always)
  fileprivate func eachWord(_ rows: Range<Int>, _ body: (UnsafePointer<Element>) -> Void) {
    var row = rows.lowerBound
    while row + 64 <= rows.upperBound {
      unsafe body(pointer + row)
      row += 64
    }
    guard row < rows.upperBound else { return }
    let rest = span.extracting(row..<rows.upperBound)
    let last = rest[rest.count - 1]
    let copy = (0..<64).map { $0 < rest.count ? rest[$0] : last }
    unsafe copy.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { unsafe body(start) }
    }
  }
}

extension ColumnVector {
  /// Which of the numbers lie from `low` to `high`.
  func between(_ low: Int64, _ high: Int64) -> Bitmap {
    guard let numbers else { preconditionFailure("text lies between no numbers") }
    guard low <= high else { return Bitmap(count: count) }
    let size = (count + 63) >> 6
    let words = unsafe [UInt64](unsafeUninitializedCapacity: size) { words, used in
      if let words = words.baseAddress { unsafe segq_between(numbers, count, low, high, words) }
      used = size
    }
    return Bitmap(words: words, count: count)
  }
}
