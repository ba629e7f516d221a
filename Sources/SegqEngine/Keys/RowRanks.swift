import SegqRecords

/// The order of a table's rows by their ids: numbers by their size, texts as texts sort.
///
/// `ALFKI`, `ANATR`, `BERGS` ascend as they come, so that their ranks are their rows; `10`, `9` as texts
/// have the ranks 0 and 1.
enum RowRanks: Sendable {
  case numbers(PackedNumbers)
  /// The rows ascend as they come.
  case ascending(count: Int)
  case ranks([Int64])

  /// O(n); O(n log n) where texts come unordered.
  init(_ ids: StoredColumn) {
    if let numbers = ids.numbers {
      self = .numbers(numbers)
    } else {
      let order = TextSort(ids)
      self = order.isAscending ? .ascending(count: ids.count) : .ranks(order.ranks)
    }
  }

  /// The ranks of neighbouring rows.
  func append(_ rows: Range<Int>, to out: inout [Int64]) {
    switch self {
    case .numbers(let numbers): numbers.append(rows, to: &out)
    case .ascending: for row in rows { out.append(Int64(row)) }
    case .ranks(let ranks): out += ranks[rows]
    }
  }

  /// All ranks.
  var all: [Int64] {
    switch self {
    case .numbers(let numbers): numbers.numbers
    case .ascending(let count): (0..<Int64(count)).map { $0 }
    case .ranks(let ranks): ranks
    }
  }
}

/// Sorts the texts of a column, ignoring case, then by code point; nulls last.
///
/// What all texts begin with (`ORD-2024-`) is passed over. The eight bytes behind it, folded, are a number
/// by which the rows are sorted by counting; only rows that agree in them are compared as texts.
private struct TextSort {
  private let heap: TextHeap
  private let codes: PackedNumbers?
  private let nulls: NullRows?
  private let count: Int

  init(_ column: StoredColumn) {
    (nulls, count) = (column.nulls, column.count)
    switch column.storage {
    case .texts(let heap): (self.heap, codes) = (heap, nil)
    case .coded(let codes, let dictionary):
      (heap, self.codes) = (TextHeap(dictionary.texts), codes)
    case .numbers: preconditionFailure("numbers have an order of their own")
    }
  }

  private func text(_ row: Int) -> Int { codes.map { Int($0[row]) } ?? row }

  private func isNull(_ row: Int) -> Bool { nulls?[row] ?? false }

  var isAscending: Bool {
    guard count > 1 else { return true }
    for row in 1..<count where isBefore(row, row - 1) { return false }
    return true
  }

  /// The rank of each row; rows that are alike keep their order.
  var ranks: [Int64] {
    var order = RowOrder(count: count)
    let prefix = commonPrefix
    let words = (0..<count).map { word($0, behind: prefix) }
    order.sort(by: words)
    var rows = order.rows
    var start = 0
    while start < count {
      var end = start + 1
      while end < count, words[Int(rows[end])] == words[Int(rows[start])] { end += 1 }
      if end - start > 1 {
        rows[start..<end].sort { a, b in
          isBefore(Int(a), Int(b)) || !isBefore(Int(b), Int(a)) && a < b
        }
      }
      start = end
    }
    var ranks = [Int64](repeating: 0, count: count)
    for (rank, row) in rows.enumerated() { ranks[Int(row)] = Int64(rank) }
    return ranks
  }

  /// How many bytes all texts share at their beginning. Only ASCII counts, whose folding is its own.
  private var commonPrefix: Int {
    guard let first = (0..<count).first(where: { !isNull($0) }) else { return 0 }
    let model = folded(first)
    var length = model.prefix { $0 < 0x80 }.count
    for row in first..<count where length > 0 && !isNull(row) {
      let range = heap.range(text(row))
      let bytes = heap.bytes.span
      var shared = 0
      while shared < min(length, range.count),
        bytes[range.lowerBound + shared].asciiLowercase == model[shared]
      {
        shared += 1
      }
      length = shared
    }
    return length
  }

  /// Eight folded bytes as a number that sorts as they do.
  private func word(_ row: Int, behind prefix: Int) -> UInt64 {
    if isNull(row) { return .max }
    let range = heap.range(text(row))
    if heap.isForeign(range) { return Self.word(folded(row).dropFirst(prefix)) }
    let bytes = heap.bytes.span
    var word: UInt64 = 0
    for i in 0..<8 {
      let at = range.lowerBound + prefix + i
      word = word << 8 | (at < range.upperBound ? UInt64(bytes[at].asciiLowercase) : 0)
    }
    return word
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var word: UInt64 = 0
    for byte in bytes.prefix(8) { word = word << 8 | UInt64(byte) }
    return word << UInt64(8 * (8 - min(8, bytes.count)))
  }

  private func folded(_ row: Int) -> [UInt8] {
    var folded: [UInt8] = []
    TextFolding.append(heap.bytes.span.extracting(heap.range(text(row))), to: &folded)
    return folded
  }

  private func isBefore(_ a: Int, _ b: Int) -> Bool {
    if isNull(a) || isNull(b) { return !isNull(a) && isNull(b) }
    let (x, y) = (heap.range(text(a)), heap.range(text(b)))
    if heap.isForeign(x) || heap.isForeign(y) {
      return TextOrder.precedes(heap[text(a)], heap[text(b)])
    }
    let bytes = heap.bytes.span
    for i in 0..<min(x.count, y.count) {
      let (p, q) = (
        bytes[x.lowerBound &+ i].asciiLowercase, bytes[y.lowerBound &+ i].asciiLowercase
      )
      if p != q { return p < q }
    }
    if x.count != y.count { return x.count < y.count }
    for i in 0..<x.count {
      let (p, q) = (bytes[x.lowerBound &+ i], bytes[y.lowerBound &+ i])
      if p != q { return p < q }
    }
    return false
  }
}
