import SegqBytes

/// Cuts text with backslash escapes, as MySQL and PostgreSQL write it, into blocks.
struct EscapedTextCutter: RecordCutter {
  private let source: any ByteSource
  private let layout: DelimitedLayout
  private let blockSize: Int
  private var builder = BlockBuilder()
  private var bytes: [UInt8] = []
  private var offset: Int
  private var line: Int
  private var number = 0
  private var isAtEnd = false
  private(set) var failure: ReadingFailure?

  init(_ source: any ByteSource, _ layout: DelimitedLayout, blockSize: Int) {
    self.source = source
    self.layout = layout
    self.blockSize = blockSize
    offset = layout.dataOffset
    line = layout.dataLine
  }

  mutating func cut(_ block: inout FieldBlock, isInterrupted: () -> Bool) -> Bool {
    block.removeRows()
    guard failure == nil else { return false }
    builder.begin(&block, number: number, width: layout.width)
    defer { builder.finish(&block) }
    while true {
      guard !isInterrupted() else { return fail(.interrupted) }
      guard read() else { return false }
      if bytes.isEmpty, isAtEnd { return false }
      if takeRecords() { break }
      guard bytes.count < 1 << 31 else { return fail(.recordTooLarge(line: line)) }
    }
    number += 1
    return true
  }

  private mutating func fail(_ reason: ReadingFailure) -> Bool {
    failure = reason
    return false
  }

  /// Adds bytes behind those that are left over.
  private mutating func read() -> Bool {
    guard !isAtEnd else { return true }
    let wanted = max(blockSize, bytes.count)
    let range = bytes.count..<bytes.count + wanted
    bytes += repeatElement(0, count: wanted)
    do throws(SourceFailure) {
      let count = try source.read(at: offset, into: &bytes, range)
      bytes.removeSubrange((range.lowerBound + count)...)
      offset += count
      isAtEnd = count < wanted
    } catch { return fail(.source(error)) }
    return true
  }

  /// Takes the whole records; false where there is none.
  private mutating func takeRecords() -> Bool {
    var parser = RecordParser(bytes[...], layout.dialect, isWhole: isAtEnd, line: line)
    while true {
      if let record = parser.next() {
        take(record)
      } else if isAtEnd, let quote = parser.openQuote {
        builder.addBadRow(
          line: parser.line, "a quote that opens in line \(quote) does not close")
        parser.skipLine()
      } else {
        break
      }
    }
    let hasAny = parser.at > 0
    line = parser.line
    bytes.removeSubrange(..<parser.at)
    return hasAny
  }

  private mutating func take(_ record: RecordParser.Record) {
    guard !record.isBlank else { return }
    var fields = record.fields[...]
    if fields.count == layout.width + 1, record.endsEmpty { fields.removeLast() }
    guard fields.count == layout.width else {
      let width = layout.width
      return builder.addBadRow(
        line: record.line, FieldBlock.wrongCount(fields.count, width: width))
    }
    if layout.isHeader(fields) {
      return builder.note { $0.repeatedHeaders.add(line: record.line) }
    }
    builder.beginRow(line: record.line)
    for field in fields {
      if let field { builder.add(field) } else { builder.addNull() }
    }
  }
}
