package import SegqRecords
import Synchronization

/// The texts that the codes of a column name. Those of a file are read when somebody first asks.
package final class TextDictionary: Sendable {
  package let count: Int
  /// How many bytes they take.
  package let byteCount: Int

  private let heap: TextHeap?
  private let read = AtomicLazyReference<Texts>()

  private final class Texts: Sendable {
    let texts: TextVector
    init(_ texts: TextVector) { self.texts = texts }
  }

  package init(_ texts: TextVector) {
    count = texts.count
    byteCount = texts.bytes.count + texts.offsets.count * MemoryLayout<UInt32>.stride
    heap = nil
    _ = read.storeIfNil(Texts(texts))
  }

  package init(stored heap: TextHeap) {
    count = heap.count
    byteCount = heap.byteCount
    self.heap = heap
  }

  package var texts: TextVector {
    if let texts = read.load() { return texts.texts }
    let texts = heap.map { $0.texts(0..<count) } ?? TextVector()
    return read.storeIfNil(Texts(texts)).texts
  }
}
