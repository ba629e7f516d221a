import SegqBytes

@testable import SegqFormats

/// The delimiter that the first line has most of, outside quotes: how tests of random bytes know what
/// is a field without a judgement.
enum FirstLine {
  static func delimiter(of bytes: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { break }
      counts[byte, default: 0] += 1
    }
    let best = TextDialect.delimiters.max { counts[$0] ?? 0 < counts[$1] ?? 0 }
    return best.flatMap { counts[$0] == nil ? nil : $0 } ?? UInt8(ascii: ",")
  }
}

extension TableReader {
  /// Reads delimited text whose header is its first record.
  convenience init(
    _ source: any ByteSource, columns: [ColumnWish?], settings: ReadingSettings,
    consumer: (any RowConsumer)? = nil, blockSize: Int = usualBlockSize,
    isInterrupted: @escaping @Sendable () -> Bool = { false }
  ) {
    let bytes = (try? source.head(source.size)) ?? []
    let start = bytes.starts(with: ByteOrderMark.utf8) ? 3 : 0
    let dialect = TextDialect(delimiter: FirstLine.delimiter(of: bytes[start...]))
    let layout = DelimitedLayout(firstRecordOf: bytes, dialect)
    self.init(
      RowSource(delimited: source, layout, blockSize: blockSize), columns: columns,
      settings: settings, consumer: consumer, isInterrupted: isInterrupted)
  }
}
