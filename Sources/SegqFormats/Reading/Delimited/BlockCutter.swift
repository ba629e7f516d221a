import SegqBytes

/// Cuts a file of delimited text into blocks of whole records, one after the other.
///
/// Whoever asks for a block gets it with its fields found: where a record ends depends on every
/// quote before it, so this is the part of reading that goes in order. It takes a fifth of the time.
struct BlockCutter: RecordCutter {
  private let source: any ByteSource
  private let width: Int
  private let headerBytes: [UInt8]
  private let blockSize: Int
  /// A block's places are 32-bit, with room for the padding.
  private static let largest = Int(Int32.max) - 4096

  private var scanner: RecordScanner
  private var offset: Int
  private var isAtEnd = false
  /// Bytes that were read and belong to the next block.
  private var rest: [UInt8] = []
  private var restStart = 0
  private var number = 0
  private var line: Int
  /// The last record of a block, if a quote in it never closes.
  private var unclosed: CSVDocument.BadRow?
  private(set) var failure: ReadingFailure?

  init(_ source: any ByteSource, _ layout: DelimitedLayout, width: Int, blockSize: Int) {
    self.source = source
    self.width = width
    self.blockSize = blockSize
    headerBytes = layout.headerBytes
    scanner = RecordScanner(delimiter: layout.dialect.delimiter)
    offset = layout.dataOffset
    line = layout.dataLine
  }

  mutating func cut(_ block: inout FieldBlock, isInterrupted: () -> Bool) -> Bool {
    block.removeRows()
    guard failure == nil, begin(&block) else { return false }
    scanner.start()
    while true {
      guard !isInterrupted() else { return fail(.interrupted) }
      let isFinal = isAtEnd && restStart == rest.count
      scanner.scan(block.bytes, used: block.used, isFinal: isFinal)
      if isFinal, let quote = scanner.openQuoteLine {
        skip(block, quote: line + quote)
        break
      }
      if isFinal || scanner.recordCount > 0 { break }
      guard block.used < Self.largest else { return fail(.recordTooLarge(line: line)) }
      guard read(&block) else { return false }
    }
    finish(&block)
    return true
  }

  private mutating func fail(_ reason: ReadingFailure) -> Bool {
    failure = reason
    return false
  }

  private mutating func begin(_ block: inout FieldBlock) -> Bool {
    block.used = 0
    block.number = number
    block.width = width
    number += 1
    return read(&block) && block.used > 0
  }

  /// Adds bytes to the block: what was left over first. A long record makes the steps longer.
  private mutating func read(_ block: inout FieldBlock) -> Bool {
    let wanted = min(max(blockSize, block.used), Self.largest + 1 - block.used)
    block.reserve(block.used + wanted)
    let old = min(wanted, rest.count - restStart)
    block.bytes.replaceSubrange(
      block.used..<block.used + old, with: rest[restStart..<restStart + old])
    restStart += old
    block.used += old
    let range = block.used..<block.used + wanted - old
    if !range.isEmpty, !isAtEnd {
      let new: Int
      do throws(SourceFailure) {
        new = try source.read(at: offset, into: &block.bytes, range)
      } catch { return fail(.source(error)) }
      isAtEnd = new < range.count
      offset += new
      block.used += new
    }
    for i in block.used..<block.used + FieldBlock.padding { block.bytes[i] = 0 }
    return true
  }

  /// A quote that never closes costs the line at which its record begins; what follows is read anew.
  private mutating func skip(_ block: FieldBlock, quote: Int) {
    let bad = line + scanner.recordCount + (scanner.extraLines.last?.extra ?? 0)
    unclosed = CSVDocument.BadRow(
      line: bad, reason: "a quote that opens in line \(quote) does not close")
    scanner.skipLine(block.bytes, used: block.used)
  }

  /// Keeps the begun record for the next block, and hands the others over.
  private mutating func finish(_ block: inout FieldBlock) {
    keep(block.bytes[min(scanner.openRecord, block.used)..<block.used])
    scanner.swapMarks(with: &block.marks)
    block.lay(scanner, firstLine: line, from: 0)
    block.header = headerBytes
    if let unclosed { block.addBadRow(line: unclosed.line, unclosed.reason) }
    unclosed = nil
    line += scanner.recordCount + (scanner.extraLines.last?.extra ?? 0)
  }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    if rest.count > restStart {
      // They came from there just now.
      restStart -= bytes.count
    } else {
      rest.removeAll(keepingCapacity: true)
      rest.append(contentsOf: bytes)
      restStart = 0
    }
  }
}
