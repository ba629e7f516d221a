import SegqBytes

struct SpreadsheetML {
  init(_ source: any ByteSource, blockSize: Int, isInterrupted: @escaping @Sendable () -> Bool) {}
  static func isIn(_ head: [UInt8]) -> Bool { false }
  func sheets() throws(ReadingFailure) -> [TableSheet] { [] }
}
