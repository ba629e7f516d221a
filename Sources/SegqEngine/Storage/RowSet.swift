public import SegqRecords

/// The rows of a table that are in a set, such as the customers of a segment. It never changes.
///
/// It lies in one of three forms; who asks does not see which. Of ten million rows:
///
///     every second row       words   1.25 MB
///     1,000 rows here and there   rows    4 KB
///     all but 1,000 neighbours    runs    16 bytes
///
/// The rule: rows or runs, whichever take less, where they take no more than an eighth of what words
/// do (for rows: where one in 256 is in the set); else words, which are quickest.
public struct RowSet: Sendable {
  public let form: Form
  /// How many rows the table has.
  public let rowCount: Int
  /// How many of them are in the set.
  public let count: Int

  public enum Form: Sendable {
    /// A bit a row, those past the last row 0. `ranks` is how many rows are in the set before each
    /// ``blockSize`` words, and in all.
    case words(Memory<UInt64>, ranks: Memory<UInt32>)
    /// The rows, ascending.
    case rows(Memory<UInt32>)
    /// Where each run begins and where it ends, ascending: of the rows 3, 4, 5 and 9 it is 3 6 9 10.
    /// `ranks` is how many rows are in the set before each ``blockSize`` edges, and in all.
    case runs(Memory<UInt32>, ranks: Memory<UInt32>)
  }

  /// What is counted together: 1,024 words are 65,536 rows.
  static var blockSize: Int { 1024 }

  /// A set as it was stored: `count` rows, which is not checked.
  public init(form: Form, rowCount: Int, count: Int) {
    precondition(rowCount < Int(Int32.max), "rows have 31 bits")
    self.form = form
    self.rowCount = rowCount
    self.count = count
  }

  /// No row at all.
  public init(rowCount: Int) {
    self.init(form: .rows(Memory(count: 0) { _ in }), rowCount: rowCount, count: 0)
  }

  /// Every row.
  public init(all rowCount: Int) {
    self.init(runs: Memory(rowCount == 0 ? [] : [0, UInt32(rowCount)]), rowCount: rowCount)
  }

  /// The rows whose bit is set. O(words).
  public init(_ bitmap: Bitmap) {
    self = unsafe bitmap.words.withUnsafeBufferPointer { words in
      unsafe Self(words: words, rowCount: bitmap.count)
    }
  }

  /// Rows that ascend strictly. O(rows), or O(words) where they are many.
  public init(ascending rows: [Int32], rowCount: Int) {
    self = Self(rows: Self.sorted(rows, rowCount: rowCount), rowCount: rowCount).settled()
  }

  public var isEmpty: Bool { count == 0 }

  var isFull: Bool { count == rowCount }

  /// How much memory the set takes.
  public var byteCount: Int {
    switch form {
    case .words(let words, let ranks): words.byteCount + ranks.byteCount
    case .rows(let rows): rows.byteCount
    case .runs(let edges, let ranks): edges.byteCount + ranks.byteCount
    }
  }

  /// O(1) among words, O(log n) among rows and runs.
  public func contains(_ row: Int) -> Bool {
    precondition(0 <= row && row < rowCount, "no such row")
    return switch form {
    case .words(let words, _): words.span[row >> 6] >> UInt64(row & 63) & 1 != 0
    case .rows(let rows):
      rows.span.countUpTo(UInt32(row)) > rows.span.countBelow(UInt32(row))
    case .runs(let edges, _): edges.span.countUpTo(UInt32(row)) & 1 != 0
    }
  }
}

// A set of one form, whatever another would take.
extension RowSet {
  /// Bits past the last row are to be 0. O(words), to count them.
  init(words: Memory<UInt64>, rowCount: Int) {
    let ranks = Self.ranks(count: words.count) { block in
      unsafe WordKernel.count(words.pointer + block.lowerBound, count: block.count)
    }
    self.init(
      form: .words(words, ranks: ranks), rowCount: rowCount, count: Int(ranks.span[ranks.count - 1])
    )
  }

  init(rows: Memory<UInt32>, rowCount: Int) {
    self.init(form: .rows(rows), rowCount: rowCount, count: rows.count)
  }

  init(runs edges: Memory<UInt32>, rowCount: Int) {
    let ranks = Self.ranks(count: edges.count) { block in
      stride(from: block.lowerBound, to: block.upperBound, by: 2)
        .reduce(0) { $0 + Int(edges.span[$1 + 1] - edges.span[$1]) }
    }
    self.init(
      form: .runs(edges, ranks: ranks), rowCount: rowCount, count: Int(ranks.span[ranks.count - 1]))
  }

  /// Words that `fill` writes a block at a time, giving how many bits are set in it.
  @unsafe
  init(rowCount: Int, writing fill: (Range<Int>, UnsafeMutablePointer<UInt64>) -> Int) {
    var ranks: Memory<UInt32>?
    let words = unsafe Memory<UInt64>(writing: (rowCount + 63) >> 6) { words in
      ranks = Self.ranks(count: (rowCount + 63) >> 6) { block in
        unsafe fill(block, words + block.lowerBound)
      }
    }
    guard let ranks else { preconditionFailure("words are written at once") }
    self.init(
      form: .words(words, ranks: ranks), rowCount: rowCount, count: Int(ranks.span[ranks.count - 1])
    )
  }

  /// The sums of what `body` gives for the blocks of so many words or edges.
  private static func ranks(count: Int, of body: (Range<Int>) -> Int) -> Memory<UInt32> {
    Memory(count: (count + blockSize - 1) / blockSize + 1) { out in
      var sum = 0
      for start in stride(from: 0, to: count, by: blockSize) {
        out.append(UInt32(sum))
        sum += body(start..<min(start + blockSize, count))
      }
      out.append(UInt32(sum))
    }
  }
}
