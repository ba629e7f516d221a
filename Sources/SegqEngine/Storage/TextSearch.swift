import SegqRecords

/// A condition on one text, tested on many at once: `contains 'anna'`, `like 'a%b'`, `= 'Köln'`,
/// `in ('de', 'at')`.
///
/// Made once a query. ASCII texts are looked at as they lie in the heap, either case of a letter
/// counting; others through ``FoldedTexts``, since case makes them longer or shorter: `ß` is `ss`,
/// the Kelvin sign is `k`.
public struct TextTest: Sendable {
  private let form: TextForm
  private let isExact: Bool
  /// Of a test of equality the folded texts of all that pass; others have them too, where it is exact.
  let texts: [[UInt8]]?

  init(_ pattern: TextPattern) {
    form = TextForm(pattern)
    isExact = pattern.isExact
    texts = nil
  }

  /// Equality with one text.
  init(equals text: String, isExact: Bool) {
    self.init(oneOf: [isExact ? Array(text.utf8) : TextFolding.fold(text)], isExact: isExact)
  }

  /// Equality with any of the texts, which are folded already unless it is exact.
  init(oneOf texts: some Collection<[UInt8]>, isExact: Bool) {
    form = TextForm(oneOf: texts, isExact: isExact)
    self.isExact = isExact
    self.texts =
      isExact ? texts.map { TextFolding.fold(String(decoding: $0, as: UTF8.self)) } : Array(texts)
  }

  /// Which of these rows pass. Fastest by row groups, as many cores at once as you like.
  func matches(_ heap: TextHeap, _ rows: Range<Int>) -> Bitmap {
    guard !isExact, !form.isIndifferent else { return form.matches(heap, rows) }
    var result =
      form.isForeign ? Bitmap(count: rows.count) : form.matches(heap, rows)
    var start = rows.lowerBound
    while start < rows.upperBound {
      let number = start / FoldedTexts.groupSize
      let end = min((number + 1) * FoldedTexts.groupSize, rows.upperBound)
      matchForeign(heap, number, start..<end, from: rows.lowerBound, in: &result)
      start = end
    }
    return result
  }

  /// Puts what the folded texts say in the place of what their bytes said.
  private func matchForeign(
    _ heap: TextHeap, _ number: Int, _ rows: Range<Int>, from first: Int, in result: inout Bitmap
  ) {
    let group = heap.folded.group(number, of: heap)
    guard !group.rows.isEmpty else { return }
    let start = number * FoldedTexts.groupSize
    let places = group.place(of: rows.lowerBound - start)..<group.place(of: rows.upperBound - start)
    guard !places.isEmpty else { return }
    let matches = form.matches(group.texts, places)
    for place in places {
      result[start + Int(group.rows[place]) - first] = matches[place - places.lowerBound]
    }
  }

  /// Which of these rows pass, in their order; a row below 0 is none and does not.
  func matches(_ heap: TextHeap, _ rows: [Int32]) -> Bitmap {
    form.withTest { test in
      rows.bitmap { row in
        guard row >= 0 else { return false }
        let range = heap.range(Int(row))
        guard !isExact, heap.isForeign(range) else { return test(heap, range) }
        let (number, place) = Int(row).quotientAndRemainder(dividingBy: FoldedTexts.groupSize)
        let group = heap.folded.group(number, of: heap)
        return test(group.texts, group.texts.range(group.place(of: place)))
      }
    }
  }

  /// Whether this text passes, as it is written. For a few texts; a heap is faster for many.
  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    var texts = TextVector()
    texts.append(text)
    return matches(TextHeap(texts), 0..<1)[0]
  }
}

extension Array where Element == Int32 {
  /// A bit an element.
  @inline(__always)
  fileprivate func bitmap(_ test: (Int32) -> Bool) -> Bitmap {
    var words = [UInt64](repeating: 0, count: (count + 63) >> 6)
    for i in indices where test(self[i]) { words[i >> 6] |= 1 << UInt64(i & 63) }
    return Bitmap(words: words, count: count)
  }
}
