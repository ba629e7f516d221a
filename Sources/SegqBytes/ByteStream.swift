import Synchronization

/// Bytes that come one after another, and only once.
public protocol ByteStream: AnyObject, Sendable {
  /// Puts the next bytes into `range` of the buffer; how many there were. Fewer than asked for end
  /// the stream.
  func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SourceFailure) -> Int
}

/// A source whose bytes come in order. Asked for earlier ones, it begins a new stream.
///
/// The first bytes are kept, so that looking at the beginning of a file costs no second stream.
public final class StreamedSource: ByteSource {
  private struct State {
    var stream: (any ByteStream)?
    /// Where the stream is.
    var position = 0
    var head: [UInt8] = []
    var failure: SourceFailure?
  }

  public let size: Int
  private let base: (any ByteSource)?
  private let make: @Sendable () throws(SourceFailure) -> any ByteStream
  private let state = Mutex(State())
  private static let keptHead = 1 << 18

  /// `base` is what the stream is made of, and is asked whether it changed.
  public init(
    size: Int, of base: (any ByteSource)? = nil,
    _ make: @escaping @Sendable () throws(SourceFailure) -> any ByteStream
  ) {
    self.size = size
    self.base = base
    self.make = make
  }

  public func read(
    at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SourceFailure) -> Int {
    try state.withLock { state throws(SourceFailure) in
      try read(&state, at: offset, into: &buffer, range)
    }
  }

  public func checkUnchanged() throws(SourceFailure) { try base?.checkUnchanged() }

  private func read(
    _ state: inout State, at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SourceFailure) -> Int {
    if offset + range.count <= state.head.count {
      buffer.replaceSubrange(range, with: state.head[offset..<offset + range.count])
      return range.count
    }
    if state.stream == nil || offset < state.position {
      state.stream = nil
      state.stream = try make()
      state.position = 0
    }
    try skip(&state, to: offset)
    guard state.position == offset else { return 0 }
    return try next(&state, into: &buffer, range)
  }

  private func skip(_ state: inout State, to offset: Int) throws(SourceFailure) {
    var scratch: [UInt8] = []
    while state.position < offset {
      let count = min(offset - state.position, Self.keptHead)
      if scratch.count < count { scratch = [UInt8](repeating: 0, count: count) }
      if try next(&state, into: &scratch, 0..<count) < count { return }
    }
  }

  private func next(
    _ state: inout State, into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SourceFailure) -> Int {
    let count = try state.stream?.read(into: &buffer, range) ?? 0
    if state.position == state.head.count, state.head.count < Self.keptHead {
      let kept = min(count, Self.keptHead - state.head.count)
      state.head += buffer[range.lowerBound..<range.lowerBound + kept]
    }
    state.position += count
    return count
  }
}
