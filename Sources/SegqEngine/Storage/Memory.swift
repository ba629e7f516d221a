import CKernels

/// Values end to end that never change: the memory of a column.
///
/// They are the column's own, or lie in a file that is mapped; who reads them does not know which.
@safe
public struct Memory<Element: BitwiseCopyable & Sendable>: Sendable {
  /// Holds on to what the values lie in.
  private let owner: any AnyObject & Sendable
  nonisolated(unsafe) private let start: UnsafePointer<Element>
  public let count: Int

  /// So many bytes behind the values may be read too, so that a kernel can load whole words.
  public static var padding: Int { 64 }

  /// Own memory, which `fill` writes from front to back.
  public init(count: Int, filling fill: (inout OutputSpan<Element>) -> Void) {
    let block = Block(byteCount: count * MemoryLayout<Element>.stride + Self.padding)
    let values = unsafe block.start.bindMemory(to: Element.self, capacity: count)
    var out = unsafe OutputSpan(
      buffer: UnsafeMutableBufferPointer(start: values, count: count), initializedCount: 0)
    fill(&out)
    precondition(out.count == count, "all values are to be written")
    _ = unsafe out.finalize(for: UnsafeMutableBufferPointer(start: values, count: count))
    owner = block
    unsafe start = UnsafePointer(values)
    self.count = count
  }

  public init(_ values: some Collection<Element>) {
    self.init(count: values.count) { out in
      let isCopied: Void? = values.withContiguousStorageIfAvailable { values in
        unsafe out.append(copying: values)
      }
      if isCopied == nil {
        for value in values { out.append(value) }
      }
    }
  }

  /// The values of an array, in whose memory they stay if there is room for the padding.
  init(adopting values: [Element]) {
    let room = (values.capacity - values.count) * MemoryLayout<Element>.stride
    guard room >= Self.padding, !values.isEmpty else {
      self.init(values)
      return
    }
    let array = AdoptedArray(values)
    unsafe self.init(borrowing: array.values, of: array)
  }

  /// Memory of another's, such as a mapped file's, with ``padding`` bytes behind it that can be read.
  @unsafe
  public init(borrowing values: UnsafeBufferPointer<Element>, of owner: any AnyObject & Sendable) {
    guard let base = values.baseAddress else { preconditionFailure("no memory") }
    self.owner = owner
    unsafe start = base
    count = values.count
  }

  public var span: Span<Element> {
    @_lifetime(borrow self)
    borrowing get {
      let values = unsafe Span(_unsafeStart: start, count: count)
      return unsafe _overrideLifetime(values, borrowing: self)
    }
  }

  /// Copies neighbouring values.
  @unsafe
  func copy(_ range: Range<Int>, to out: UnsafeMutablePointer<Element>) {
    let size = range.count * MemoryLayout<Element>.stride
    if size >= Self.largeCopy, let unread = owner as? any UnreadMemory {
      unsafe unread.copy(start + range.lowerBound, byteCount: size, to: out)
    } else {
      unsafe out.update(from: start + range.lowerBound, count: range.count)
    }
  }

  private static var largeCopy: Int { 65_536 }

  /// What the values lie in.
  package var holder: any AnyObject & Sendable { owner }

  public var byteCount: Int { count * MemoryLayout<Element>.stride }

  /// For kernels in C.
  @unsafe package var pointer: UnsafePointer<Element> { unsafe start }

  /// The same memory, seen as its bytes.
  package var bytes: Memory<UInt8> {
    unsafe Memory<UInt8>(start: UnsafeRawPointer(start), count: byteCount, of: owner)
  }

  /// Bytes, seen as the values that lie in them.
  package init(in bytes: Memory<UInt8>) {
    let count = bytes.count / MemoryLayout<Element>.stride
    unsafe self.init(start: UnsafeRawPointer(bytes.start), count: count, of: bytes.owner)
  }

  @unsafe
  private init(start: UnsafeRawPointer, count: Int, of owner: any AnyObject & Sendable) {
    self.owner = owner
    unsafe self.start = start.assumingMemoryBound(to: Element.self)
    self.count = count
  }
}

/// What values lie in that are read when they are touched. They can be copied without that, so that they
/// take no memory themselves.
package protocol UnreadMemory: AnyObject, Sendable {
  @unsafe
  func copy(_ bytes: UnsafeRawPointer, byteCount: Int, to out: UnsafeMutableRawPointer)
}

extension OutputSpan where Element: BitwiseCopyable {
  fileprivate mutating func append(copying values: UnsafeBufferPointer<Element>) {
    unsafe withUnsafeMutableBufferPointer { buffer, written in
      guard let from = values.baseAddress, let to = buffer.baseAddress else { return }
      unsafe (to + written).update(from: from, count: values.count)
      written += values.count
    }
  }
}

/// An array that is never changed again, so that its values stay where they are.
@safe
private final class AdoptedArray<Element: Sendable>: Sendable {
  private let array: [Element]
  nonisolated(unsafe) let values: UnsafeBufferPointer<Element>

  init(_ array: [Element]) {
    self.array = array
    unsafe values = array.withUnsafeBufferPointer { unsafe $0 }
  }
}

/// Memory that is given back with its last user.
@safe
private final class Block: Sendable {
  nonisolated(unsafe) let start: UnsafeMutableRawPointer

  /// Aligned to a line of the caches; the padding is zero.
  init(byteCount: Int) {
    unsafe start = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
    unsafe segq_use_large_pages(start, byteCount)
    let padding = Memory<UInt8>.padding
    unsafe (start + byteCount - padding).initializeMemory(
      as: UInt8.self, repeating: 0, count: padding)
  }

  deinit { unsafe start.deallocate() }
}
