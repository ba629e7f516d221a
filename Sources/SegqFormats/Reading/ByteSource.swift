/// Where the bytes of a file come from.
public protocol ByteSource: Sendable {
  /// How many bytes there are, as far as is known.
  var size: Int { get }

  /// Puts the bytes at `offset` into `range` of the buffer; how many there were. Fewer than asked for
  /// end the file.
  func read(at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>) -> Int
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
