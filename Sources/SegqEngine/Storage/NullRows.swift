import SegqRecords

/// Which rows of a column are null: a bit a row, as they lie in memory or in a file of a workspace.
public struct NullRows: Sendable {
  package let words: Memory<UInt64>
  public let count: Int

  init(_ bitmap: Bitmap) { self.init(words: Memory(bitmap.words), count: bitmap.count) }

  /// Bits as they were stored; those past the last row are 0.
  package init(words: Memory<UInt64>, count: Int) {
    self.words = words
    self.count = count
  }

  public subscript(row: Int) -> Bool { words.span[row >> 6] >> UInt64(row & 63) & 1 != 0 }

  /// How many rows are null.
  public var setCount: Int { unsafe WordKernel.count(words.pointer, count: words.count) }

  /// The bits of neighbouring rows; quick when they begin at a multiple of 64.
  func slice(_ rows: Range<Int>) -> Bitmap {
    let source = words.span
    let shift = UInt64(rows.lowerBound & 63)
    let first = rows.lowerBound >> 6
    let bits = (first..<first + (rows.count + 63) >> 6).map { place in
      shift == 0
        ? source[place]
        : source[place] >> shift
          | (place + 1 < source.count ? source[place + 1] << (64 - shift) : 0)
    }
    return Bitmap(words: bits, count: rows.count)
  }
}
