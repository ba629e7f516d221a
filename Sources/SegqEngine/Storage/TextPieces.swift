import SegqRecords

/// A `like` without `_`: pieces that follow each other, `first%inner%inner%last`.
///
/// Each is taken where it stands first, which leaves the most room for those behind it.
struct TextPieces: Sendable {
  private let pieces: TextNeedle.List
  private let longestPlace: Place
  let longest: TextNeedle

  private enum Place { case first, inner, last }

  init(first: TextNeedle, inner: [TextNeedle], last: TextNeedle) {
    pieces = TextNeedle.List([first] + inner + [last])
    let longestInner = inner.max { $0.length < $1.length } ?? last
    switch max(first.length, last.length, longestInner.length) {
    case first.length: (longest, longestPlace) = (first, .first)
    case last.length: (longest, longestPlace) = (last, .last)
    default: (longest, longestPlace) = (longestInner, .inner)
    }
  }

  func matches(_ heap: TextHeap, _ rows: Range<Int>) -> Bitmap {
    let chosen: Bitmap? =
      switch longestPlace {
      case .first: longest.prefixes(of: heap, rows)
      case .last: longest.suffixes(of: heap, rows)
      // A single letter is in most texts, so that looking for it first would save nothing.
      case .inner: longest.length > 1 ? longest.parts(of: heap, rows) : nil
      }
    return heap.bitmap(rows, among: chosen) { pieces.arePieces($1, of: $0) }
  }

  @inline(__always)
  func match(_ heap: borrowing TextHeap, _ text: Range<Int>) -> Bool {
    pieces.arePieces(text, of: heap)
  }
}
