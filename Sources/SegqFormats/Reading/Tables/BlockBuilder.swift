/// Puts rows into a block field by field, for formats whose fields do not lie in the file as they are.
///
/// A field is written as delimited text has it, so that what reads columns needs to know one form
/// only: nothing for null, `""` for empty text, quotes where a text could be taken for something else.
struct BlockBuilder: Sendable {
  private(set) var block = FieldBlock()
  private var line = 0

  /// Begins a block; takes the memory of one that is done with.
  mutating func begin(_ old: inout FieldBlock, number: Int, width: Int) {
    swap(&block, &old)
    block.removeRows()
    block.used = 0
    block.number = number
    block.width = width
    block.marks.removeAll(keepingCapacity: true)
    line = -1
  }

  /// Hands the block over.
  mutating func finish(_ block: inout FieldBlock) {
    self.block.reserve(self.block.used)
    for i in self.block.used..<self.block.used + FieldBlock.padding { self.block.bytes[i] = 0 }
    swap(&self.block, &block)
  }

  var byteCount: Int { block.used }
  var rowCount: Int { block.rowCount }

  /// Begins a row that was in this line, row or item of the file.
  @inline(__always)
  mutating func beginRow(line: Int) {
    block.marks.append(Int32(truncatingIfNeeded: block.used &- 1))
    if line != self.line &+ 1 || block.rowCount == 0 { block.lines.append((block.rowCount, line)) }
    self.line = line
    block.rowCount &+= 1
  }

  @inline(__always)
  mutating func addNull() { endField() }

  /// Adds a text, empty or not.
  @inline(__always)
  mutating func add(_ text: Span<UInt8>) {
    block.reserve(block.used + 2 * text.count + 4)
    guard text.count > 0 else {
      put(UInt8(ascii: "\""))
      put(UInt8(ascii: "\""))
      return endField()
    }
    switch text[0] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): addQuoted(text)
    case UInt8(ascii: "'"):
      // A text column takes one off.
      if FormulaGuard.isNeeded(Array(text)[...]) { put(UInt8(ascii: "'")) }
      copy(text)
    default: copy(text)
    }
    endField()
  }

  mutating func add(_ text: [UInt8]) { add(text.span) }

  @inline(__always)
  mutating func add(_ text: [UInt8], _ range: Range<Int>) { add(text.span.extracting(range)) }

  @inline(__always)
  private mutating func copy(_ text: Span<UInt8>) {
    let used = block.used
    var bytes = block.bytes.mutableSpan
    for i in 0..<text.count { bytes[used &+ i] = text[i] }
    block.used = used &+ text.count
  }

  private mutating func addQuoted(_ text: Span<UInt8>) {
    put(UInt8(ascii: "\""))
    for i in 0..<text.count {
      if text[i] == UInt8(ascii: "\"") { put(UInt8(ascii: "\"")) }
      put(text[i])
    }
    put(UInt8(ascii: "\""))
  }

  @inline(__always)
  private mutating func put(_ byte: UInt8) {
    block.bytes[block.used] = byte
    block.used &+= 1
  }

  @inline(__always)
  private mutating func endField() {
    block.reserve(block.used + 1)
    block.marks.append(Int32(truncatingIfNeeded: block.used))
    block.bytes[block.used] = UInt8(ascii: ",")
    block.used &+= 1
  }

  mutating func addBadRow(line: Int, _ reason: @autoclosure () -> String) {
    block.addBadRow(line: line, reason())
  }

  mutating func note(_ change: (inout RowNotes) -> Void) { change(&block.notes) }
}

extension Array where Element == UInt8 {
  /// Without a copy where the array is whole.
  init(_ span: Span<UInt8>) {
    self.init()
    reserveCapacity(span.count)
    for i in 0..<span.count { append(span[i]) }
  }
}
