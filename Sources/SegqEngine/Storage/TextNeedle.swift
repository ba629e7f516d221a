import CKernels
import SegqRecords

/// A short text to be found in texts that lie end to end; without regard to the case of ASCII letters
/// when it was made so.
///
/// The place where text search meets C: `Sources/CKernels/find.h`.
@safe
struct TextNeedle: Sendable {
  /// What is wanted and, behind it, where case does not count.
  private let bytes: Memory<UInt8>
  nonisolated(unsafe) private let kernel: segq_needle

  let length: Int
  let isASCII: Bool

  /// `text` is folded already when the case of letters shall not count.
  init(_ text: some Collection<UInt8>, isExact: Bool) {
    let text = Array(text)
    let padded = (text.count + 16) & ~15
    let padding = [UInt8](repeating: 0, count: padded - text.count)
    bytes = Memory(text + padding + text.map { isExact ? 0 : $0.caseBit } + padding)
    length = text.count
    isASCII = text.allSatisfy { $0 < 0x80 }
    let (first, second) = Self.rarest(text)
    unsafe kernel = segq_needle(
      want: bytes.pointer, fold: bytes.pointer + padded, length: UInt32(text.count),
      first: UInt32(first), second: UInt32(second))
  }

  /// Bytes as they are met in names, addresses and numbers, the commonest first.
  private static let common = Array("eaoinrtlsmcud.hp0129gbykfv@34567-8w_ jzxq".utf8)

  /// The places of the two bytes that are met least.
  private static func rarest(_ text: [UInt8]) -> (Int, Int) {
    let rank = text.map { common.firstIndex(of: $0.asciiLowercase) ?? common.count }
    let places = text.indices.sorted { (rank[$1], $0) < (rank[$0], $1) }
    guard let first = places.first else { return (0, 0) }
    return (first, places.dropFirst().first ?? first)
  }

  /// Whether the text is it, but for case where that does not count.
  @inline(__always)
  func isWhole(_ text: Range<Int>, of heap: borrowing TextHeap) -> Bool {
    text.count == length && isAt(text.lowerBound, of: heap)
  }

  @inline(__always)
  func isPrefix(_ text: Range<Int>, of heap: borrowing TextHeap) -> Bool {
    text.count >= length && isAt(text.lowerBound, of: heap)
  }

  @inline(__always)
  func isSuffix(_ text: Range<Int>, of heap: borrowing TextHeap) -> Bool {
    text.count >= length && isAt(text.upperBound - length, of: heap)
  }

  @inline(__always)
  private func isAt(_ place: Int, of heap: borrowing TextHeap) -> Bool {
    unsafe withUnsafePointer(to: kernel) { unsafe segq_is_at(heap.bytes.pointer + place, $0) }
  }

  @inline(__always)
  func isPart(_ text: Range<Int>, of heap: borrowing TextHeap) -> Bool {
    let start = unsafe heap.bytes.pointer
    return unsafe withUnsafePointer(to: kernel) { needle in
      unsafe segq_find(start + text.lowerBound, start + text.upperBound, needle) != nil
    }
  }

  /// Which of these rows hold it; it is not empty. About as fast as the memory.
  func parts(of heap: TextHeap, _ rows: Range<Int>) -> Bitmap {
    unsafe heap.bits(rows) { rows in
      unsafe withUnsafePointer(to: kernel) { needle in
        if length > 2 {
          unsafe segq_scan(rows, needle)
        } else {
          unsafe segq_scan_short(rows, needle)
        }
      }
    }
  }

  func prefixes(of heap: TextHeap, _ rows: Range<Int>) -> Bitmap {
    anchored(segq_at_start, heap, rows)
  }

  func suffixes(of heap: TextHeap, _ rows: Range<Int>) -> Bitmap {
    anchored(segq_at_end, heap, rows)
  }

  func wholes(of heap: TextHeap, _ rows: Range<Int>) -> Bitmap {
    anchored(segq_whole, heap, rows)
  }

  @inline(__always)
  private func anchored(_ anchor: segq_anchor, _ heap: TextHeap, _ rows: Range<Int>) -> Bitmap {
    unsafe heap.bits(rows) { rows in
      unsafe withUnsafePointer(to: kernel) { unsafe segq_scan_anchored(rows, $0, anchor) }
    }
  }

  /// Several, side by side for the kernels: they hang on the memory of the needles.
  @safe
  struct List: Sendable {
    private let needles: [TextNeedle]
    nonisolated(unsafe) private let kernels: [segq_needle]

    init(_ needles: [TextNeedle]) {
      self.needles = needles
      unsafe kernels = needles.map { unsafe $0.kernel }
    }

    /// Whether the text is these and anything between them.
    @inline(__always)
    func arePieces(_ text: Range<Int>, of heap: borrowing TextHeap) -> Bool {
      let start = unsafe heap.bytes.pointer
      return unsafe kernels.withUnsafeBufferPointer { needles in
        guard let first = needles.baseAddress else { return false }
        return unsafe segq_has_pieces(
          start + text.lowerBound, start + text.upperBound, first, needles.count)
      }
    }
  }
}

extension UInt8 {
  /// The bit by which the letter's cases differ; 0 where the byte is no lowercase ASCII letter.
  fileprivate var caseBit: UInt8 { self >= 0x61 && self <= 0x7A ? 0x20 : 0 }
}

extension TextHeap {
  /// Which of these rows hold a byte that is not ASCII.
  func foreignRows(_ rows: Range<Int>) -> Bitmap {
    unsafe bits(rows) { unsafe segq_scan_foreign($0) }
  }

  func isForeign(_ range: Range<Int>) -> Bool {
    unsafe segq_is_foreign(bytes.pointer + range.lowerBound, range.count)
  }

  /// The same for texts that are the same, or the same but for the case of ASCII letters.
  @inline(__always)
  func hash(_ range: Range<Int>, isExact: Bool) -> UInt64 {
    unsafe segq_hash(bytes.pointer + range.lowerBound, range.count, !isExact)
  }

  /// The bits that a kernel sets.
  @inline(__always)
  fileprivate func bits(_ rows: Range<Int>, _ kernel: (segq_rows) -> Void) -> Bitmap {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= count)
    var words = [UInt64](repeating: 0, count: (rows.count + 63) >> 6)
    unsafe words.withUnsafeMutableBufferPointer { words in
      guard let words = words.baseAddress else { return }
      unsafe kernel(
        segq_rows(
          bytes: bytes.pointer, offsets: offsets.pointer, from: rows.lowerBound,
          to: rows.upperBound, bits: words))
    }
    return Bitmap(words: words, count: rows.count)
  }
}
