/// Where the bytes of a file come from: a disk, a pipe, a decompressor, memory.
///
/// Bytes are asked for by their offset. Most readers ask from the beginning to the end, and then
/// perhaps once more from the beginning; a source of bytes that only come in order starts over then.
public protocol ByteSource: Sendable {
  /// How many bytes there are, as far as is known; an estimate where they are compressed.
  var size: Int { get }

  /// Puts the bytes at `offset` into `range` of the buffer; how many there were. Fewer than asked for
  /// end the file.
  func read(
    at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SourceFailure) -> Int

  /// Called when a reader is done: fails if the bytes changed while they were read.
  func checkUnchanged() throws(SourceFailure)
}

extension ByteSource {
  public func checkUnchanged() throws(SourceFailure) {}

  /// The first `count` bytes, or all if there are fewer.
  public func head(_ count: Int) throws(SourceFailure) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let found = try read(at: 0, into: &bytes, 0..<count)
    bytes.removeSubrange(found...)
    return bytes
  }
}

/// Bytes that are in memory already.
public struct MemorySource: ByteSource {
  private let bytes: [UInt8]

  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  public var size: Int { bytes.count }

  public func read(at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>) -> Int {
    let found = bytes.dropFirst(offset).prefix(range.count)
    buffer.replaceSubrange(range.lowerBound..<range.lowerBound + found.count, with: found)
    return found.count
  }
}
