import SegqBytes

struct JSONDocument {
  let input: Input
  init(
    _ source: any ByteSource, _ input: Input, blockSize: Int,
    isInterrupted: @escaping @Sendable () -> Bool
  ) { self.input = input }
  static func isIn(_ head: [UInt8], name: String) -> Bool { false }
  func file(notes: [SheetNote]) throws(ReadingFailure) -> TableFile { throw .empty }
}
