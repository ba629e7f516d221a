import SegqBytes

/// Cuts one table of a JSON file into blocks of records.
struct JSONCutter: RecordCutter {
  private let sheet: JSONPlan.Sheet
  private let blockSize: Int
  private let countsLines: Bool
  private var tokens: JSONTokens
  private var walk: JSONWalk
  private var builder = BlockBuilder()
  private var row: JSONRow
  /// Rows of the parent's row at hand, whose id may come behind them.
  private var waiting: [JSONRow] = []
  private var parentID: [UInt8]?
  private var parentCount = 0
  private var itemCount = 0
  private var isInRow = false
  private var isInParent = false
  private var number = 0
  private var isAtEnd = false
  private(set) var failure: ReadingFailure?

  init(
    _ source: any ByteSource, _ tree: JSONTree, _ sheet: JSONPlan.Sheet, blockSize: Int,
    countsLines: Bool
  ) {
    self.sheet = sheet
    self.blockSize = blockSize
    self.countsLines = countsLines
    tokens = JSONTokens(source)
    walk = JSONWalk(tree, grows: false)
    row = JSONRow(tree, sheet.columns)
  }

  mutating func cut(_ block: inout FieldBlock, isInterrupted: () -> Bool) -> Bool {
    block.removeRows()
    guard failure == nil, !isAtEnd else { return false }
    builder.begin(&block, number: number, width: sheet.columns.count)
    number += 1
    do throws(ReadingFailure) {
      var count = 0
      while !isAtEnd, builder.byteCount < blockSize {
        count &+= 1
        if count & 0xFFF == 0, isInterrupted() { throw .interrupted }
        try step()
      }
    } catch { failure = error }
    builder.finish(&block)
    return failure == nil
  }

  private mutating func step() throws(ReadingFailure) {
    switch try walk.step(&tokens) {
    case .beginObject(let node): begin(node)
    case .endObject(let node): try end(node)
    case .beginArray(let node): if isInRow { row.beginList(node) }
    case .endArray(let node): if isInRow { row.endList(node) }
    case .scalar(let node, let isElement, let token): take(node, isElement, token)
    case .repeated(let node): forget(node)
    case .end: isAtEnd = true
    case .unknown: throw .changed
    }
  }

  private mutating func begin(_ node: Int) {
    if node == sheet.parentRecord {
      waiting.removeAll(keepingCapacity: true)
      parentCount += 1
      // Without an id of its own it is the number of the object.
      parentID = sheet.parentID < 0 ? Array(String(parentCount).utf8) : nil
      isInParent = true
    }
    guard node == sheet.record else { return }
    itemCount += 1
    row.begin(line: countsLines ? tokens.line : itemCount)
    isInRow = true
  }

  private mutating func end(_ node: Int) throws(ReadingFailure) {
    if node == sheet.record {
      isInRow = false
      if sheet.parentRecord < 0 {
        try put(row, id: nil)
      } else if waiting.count < Self.mostWaiting || parentID == nil {
        waiting.append(row)
      } else {
        try putWaiting()
        try put(row, id: parentID)
      }
    } else if node == sheet.parentRecord {
      isInParent = false
      try putWaiting()
    }
  }

  /// More rows than these do not wait where the id is known.
  private static let mostWaiting = 10_000

  private mutating func putWaiting() throws(ReadingFailure) {
    for row in waiting { try put(row, id: parentID) }
    waiting.removeAll(keepingCapacity: true)
  }

  private mutating func take(_ node: Int, _ isElement: Bool, _ token: JSONTokens.Token) {
    let text: [UInt8]?
    switch token {
    case .string, .number: text = tokens.text
    case .yes: text = Array("true".utf8)
    case .no: text = Array("false".utf8)
    case .null, .beginObject, .endObject, .beginArray, .endArray, .key, .end: text = nil
    }
    if isInParent, node == sheet.parentID { parentID = text }
    guard isInRow else { return }
    if isElement { row.addElement(node, text) } else { row.set(node, text) }
  }

  /// What a key held that comes again is void.
  private mutating func forget(_ node: Int) {
    if isInRow { row.clear(node) }
    if isInParent, walk.tree.isInside(sheet.record, node) { waiting.removeAll() }
  }

  private mutating func put(_ row: JSONRow, id: [UInt8]?) throws(ReadingFailure) {
    guard builder.byteCount + row.byteCount * 2 + sheet.columns.count * 4 < 1 << 31 else {
      throw .recordTooLarge(line: row.line)
    }
    builder.beginRow(line: row.line)
    for (column, node) in sheet.columns.enumerated() {
      if node < 0 {
        if let id { builder.add(id) } else { builder.addNull() }
      } else if let range = row.range(column) {
        builder.add(row.text, range)
      } else {
        builder.addNull()
      }
    }
  }
}

/// The values of one row as they come.
struct JSONRow: Sendable {
  private(set) var line = 0
  private(set) var text: [UInt8] = []
  private var ranges: [Range<Int>?]
  /// For each node its column; −1 where it has none.
  private let columns: [Int32]
  private let tree: JSONTree
  /// The values of a list so far, and how many lists are open.
  private var joined: [UInt8] = []
  private var joinedCount = 0
  private var listDepth = 0

  init(_ tree: JSONTree, _ nodes: [Int]) {
    self.tree = tree
    ranges = [Range<Int>?](repeating: nil, count: nodes.count)
    var columns = [Int32](repeating: -1, count: tree.nodes.count)
    for (column, node) in nodes.enumerated() where node >= 0 { columns[node] = Int32(column) }
    self.columns = columns
  }

  var byteCount: Int { text.count }

  func range(_ column: Int) -> Range<Int>? { ranges[column] }

  mutating func begin(line: Int) {
    self.line = line
    text.removeAll(keepingCapacity: true)
    for i in ranges.indices { ranges[i] = nil }
    listDepth = 0
  }

  mutating func set(_ node: Int, _ value: [UInt8]?) {
    let column = Int(columns[node])
    guard column >= 0 else { return }
    guard let value else { return ranges[column] = nil }
    let start = text.count
    text.append(contentsOf: value)
    ranges[column] = start..<text.count
  }

  mutating func beginList(_ node: Int) {
    guard columns[node] >= 0 else { return }
    if listDepth == 0 {
      joined.removeAll(keepingCapacity: true)
      joinedCount = 0
    }
    listDepth += 1
  }

  mutating func addElement(_ node: Int, _ value: [UInt8]?) {
    guard columns[node] >= 0, let value else { return }
    if joinedCount > 0 { joined += [UInt8(ascii: ","), UInt8(ascii: " ")] }
    joined += value
    joinedCount += 1
  }

  mutating func endList(_ node: Int) {
    guard columns[node] >= 0, listDepth > 0 else { return }
    listDepth -= 1
    if listDepth == 0, joinedCount > 0 { set(node, joined) }
  }

  /// Takes back what is at a node and within it.
  mutating func clear(_ node: Int) {
    if columns[node] >= 0 { ranges[Int(columns[node])] = nil }
    for child in tree[node].children { clear(child) }
  }
}
