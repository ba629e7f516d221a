/// Many texts end to end: `offsets[i]..<offsets[i + 1]` are the bytes of text `i`, in UTF-8.
@frozen
public struct TextVector: Sendable, Hashable {
  public var bytes: [UInt8]
  /// One more than there are texts; starts with 0. A vector holds 4 GiB at most.
  public var offsets: [UInt32]

  @inlinable
  public init() {
    bytes = []
    offsets = [0]
  }

  public init(_ texts: some Sequence<String>) {
    self.init()
    for text in texts { append(text) }
  }

  @inlinable
  public var count: Int { offsets.count - 1 }

  @inlinable
  public func range(_ index: Int) -> Range<Int> {
    Int(offsets[index])..<Int(offsets[index + 1])
  }

  @inlinable
  public subscript(index: Int) -> String {
    String(decoding: bytes[range(index)], as: UTF8.self)
  }

  @inlinable
  public mutating func append(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    endText()
  }

  @inlinable
  public mutating func append(_ text: ArraySlice<UInt8>) {
    bytes.append(contentsOf: text)
    endText()
  }

  /// Makes what was appended to ``bytes`` since the last text the next one.
  @inlinable
  public mutating func endText() {
    precondition(bytes.count <= Int(UInt32.max), "a text vector holds 4 GiB at most")
    offsets.append(UInt32(truncatingIfNeeded: bytes.count))
  }

  public mutating func reserveCapacity(texts: Int, bytes: Int) {
    offsets.reserveCapacity(texts + 1)
    self.bytes.reserveCapacity(bytes)
  }
}
