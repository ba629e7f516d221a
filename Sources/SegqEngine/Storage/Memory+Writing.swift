// For loops that write through a pointer.
extension Memory {
  /// Own memory, all of which `write` writes.
  @unsafe
  init(writing count: Int, _ write: (UnsafeMutablePointer<Element>) -> Void) {
    self.init(count: count) { out in
      unsafe out.withUnsafeMutableBufferPointer { buffer, written in
        guard let start = buffer.baseAddress else { return }
        unsafe write(start)
        written = count
      }
    }
  }

  /// Own memory of which `write` writes `most` values at most, giving how many.
  @unsafe
  init(atMost most: Int, _ write: (UnsafeMutablePointer<Element>) -> Int) {
    self = unsafe withUnsafeTemporaryAllocation(of: Element.self, capacity: most) { scratch in
      guard let start = scratch.baseAddress else { return Memory(count: 0) { _ in } }
      let count = unsafe write(start)
      return unsafe Memory(writing: count) { out in
        unsafe out.initialize(from: start, count: count)
      }
    }
  }
}
