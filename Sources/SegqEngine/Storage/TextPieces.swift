import SegqRecords

/// A `like` without `_`: pieces that follow each other, `first%inner%inner%last`.
///
/// Each is taken where it stands first, which leaves the most room for those behind it.
struct TextPieces: Sendable {
  private let first: TextNeedle
  private let inner: [TextNeedle]
  private let last: TextNeedle
  let longest: TextNeedle

  init(first: TextNeedle, inner: [TextNeedle], last: TextNeedle) {
    (self.first, self.inner, self.last) = (first, inner, last)
    longest = (inner + [last]).reduce(first) { $1.length > $0.length ? $1 : $0 }
  }

  func matches(_ heap: TextHeap, _ rows: Range<Int>) -> Bitmap {
    // A single letter is in most texts, so that looking for it first would save nothing.
    let chosen = longest.length > 1 ? longest.rows(of: heap, rows) : nil
    return heap.bitmap(rows, among: chosen) { match($0, $1) }
  }

  func match(_ heap: borrowing TextHeap, _ text: Range<Int>) -> Bool {
    guard text.count >= first.length + last.length,
      first.isAt(text.lowerBound, of: heap),
      last.isAt(text.upperBound - last.length, of: heap)
    else { return false }
    var start = text.lowerBound + first.length
    let end = text.upperBound - last.length
    for needle in inner {
      guard let place = needle.firstPlace(in: start..<end, of: heap) else { return false }
      start = place + needle.length
    }
    return true
  }
}
