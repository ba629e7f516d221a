import SegqRecords

/// The ids of a table, row by row, as identities: a number is its own, a text's is its hash.
///
/// ```
/// 17        → 17
/// 'ALFKI'   → a number of 64 bits, the same in every run
/// ```
/// Two texts of ten million share a hash once in some 400,000 tables; who links rows by them compares
/// the texts too (``matches(_:_:of:)``).
package enum RowIDs: Sendable {
  case array([Int64])
  case packed(PackedNumbers)
  case texts(TextHeap)
  /// The identity of each text of a dictionary by the code.
  case coded(PackedNumbers, [Int64], TextHeap)

  package init(_ column: StoredColumn) {
    switch column.storage {
    case .numbers(let numbers): self = .packed(numbers)
    case .texts(let heap): self = .texts(heap)
    case .coded(let codes, let dictionary):
      let heap = TextHeap(dictionary.texts)
      // The code behind the last stands for null.
      self = .coded(codes, (0..<heap.count).map { heap.identity($0) } + [0], heap)
    }
  }

  package var count: Int {
    switch self {
    case .array(let ids): ids.count
    case .packed(let ids), .coded(let ids, _, _): ids.count
    case .texts(let heap): heap.count
    }
  }

  package var areTexts: Bool {
    switch self {
    case .array, .packed: false
    case .texts, .coded: true
    }
  }

  package subscript(row: Int) -> Int64 {
    switch self {
    case .array(let ids): ids[row]
    case .packed(let ids): ids[row]
    case .texts(let heap): heap.identity(row)
    case .coded(let codes, let identities, _): identities[Int(codes[row])]
    }
  }

  /// The identities of neighbouring rows.
  func identities(_ rows: Range<Int>) -> [Int64] {
    switch self {
    case .array(let ids): return Array(ids[rows])
    case .packed(let ids):
      var numbers: [Int64] = []
      ids.append(rows, to: &numbers)
      return numbers
    case .texts(let heap): return rows.map { heap.identity($0) }
    case .coded(let codes, let identities, _):
      var numbers: [Int64] = []
      codes.append(rows, to: &numbers)
      return numbers.map { identities[Int($0)] }
    }
  }

  /// Whether the text of a row is that of a heap.
  func matches(_ row: Int, _ text: Int, of heap: TextHeap) -> Bool {
    switch self {
    case .array, .packed: false
    case .texts(let own): own.isEqual(row, to: text, of: heap)
    case .coded(let codes, _, let own): own.isEqual(Int(codes[row]), to: text, of: heap)
    }
  }

  /// The first row with the id where the ids ascend; where they don't, perhaps nil. O(log n).
  func searched(for id: Int64) -> Int? {
    switch self {
    case .array(let ids): Self.search(for: id, count: ids.count) { ids[$0] }
    case .packed(let ids): Self.search(for: id, count: ids.count) { ids[$0] }
    case .texts, .coded: nil
    }
  }

  /// The kind of ids is known outside the loop, in which nothing is then copied.
  @inline(__always)
  private static func search(
    for id: Int64, count: Int, _ value: (_ row: Int) -> Int64
  ) -> Int? {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if value(middle) < id { low = middle + 1 } else { high = middle }
    }
    return low < count && value(low) == id ? low : nil
  }

  private static let mostFew = 1 << 16
  /// By so many of its bits an id is told to be none of those that are looked for.
  private static let filter = 1 << 22

  /// The first row of each id, −1 where it has none; nil where they are so many that an index is
  /// quicker. The row groups that may have one are looked through.
  func fewRows(of wanted: ArraySlice<Int64>) -> [Int32]? {
    guard case .packed(let ids) = self, wanted.count < min(Self.mostFew, ids.count / 256) else {
      return nil
    }
    var rows = [Int32](repeating: -1, count: wanted.count)
    // Most tables lie by id.
    var rest: [Int64: [Int]] = [:]
    for (place, id) in wanted.enumerated() {
      if let row = Self.search(for: id, count: ids.count, { ids[$0] }) {
        rows[place] = Int32(truncatingIfNeeded: row)
      } else {
        rest[id, default: []].append(place)
      }
    }
    guard let low = rest.keys.min(), let high = rest.keys.max() else { return rows }
    let zones = ids.zones.span
    // Hashing each id of the table would take longer than the index.
    var areWanted = [Bool](repeating: false, count: Self.filter)
    let mask = Int64(Self.filter - 1)
    for id in rest.keys { areWanted[Int(id & mask)] = true }
    var group: [Int64] = []
    for number in zones.indices where zones[number].low <= high && zones[number].high >= low {
      let start = number * RowSelection.groupSize
      group.removeAll(keepingCapacity: true)
      ids.append(start..<min(start + RowSelection.groupSize, ids.count), to: &group)
      for (i, id) in group.enumerated() where areWanted[Int(id & mask)] {
        guard let places = rest[id], rows[places[0]] < 0 else { continue }
        for place in places { rows[place] = Int32(truncatingIfNeeded: start + i) }
      }
    }
    return rows
  }

  func forEach(_ body: (_ row: Int, _ id: Int64) -> Void) {
    switch self {
    case .array(let ids): for row in ids.indices { body(row, ids[row]) }
    case .packed, .texts, .coded:
      for start in stride(from: 0, to: count, by: RowSelection.groupSize) {
        let group = identities(start..<min(start + RowSelection.groupSize, count))
        for i in group.indices { body(start &+ i, group[i]) }
      }
    }
  }
}

extension TextHeap {
  /// A number that tells a text from all others, but for one chance in 2⁶⁴.
  @inline(__always)
  func identity(_ row: Int) -> Int64 {
    Int64(bitPattern: hash(range(row), isExact: true))
  }

  /// Whether a text is another's, byte by byte.
  func isEqual(_ row: Int, to other: Int, of heap: TextHeap) -> Bool {
    let (own, theirs) = (range(row), heap.range(other))
    guard own.count == theirs.count else { return false }
    let (a, b) = (bytes.span, heap.bytes.span)
    for i in 0..<own.count where a[own.lowerBound &+ i] != b[theirs.lowerBound &+ i] {
      return false
    }
    return true
  }
}
