import Glibc
import SegqBytes
import Synchronization

/// Bytes that come once, made to be read as often as one likes: each is kept as it comes.
final class SpooledSource: ByteSource {
  private let stream: any ByteStream
  /// The file that they come from, where it is one.
  private let base: (any ByteSource)?
  private let state: Mutex<State>

  private struct State: ~Copyable {
    var spool: Spool
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var isAtEnd = false
  }

  init(
    _ stream: any ByteStream, of base: (any ByteSource)? = nil,
    memoryLimit: Int = Spool.memoryLimit
  ) {
    (self.stream, self.base) = (stream, base)
    state = Mutex(State(spool: Spool(memoryLimit: memoryLimit)))
  }

  /// A guess until the end has come.
  var size: Int {
    state.withLock { $0.isAtEnd ? $0.spool.count : max($0.spool.count, Spool.memoryLimit) }
  }

  func checkUnchanged() throws(SourceFailure) { try base?.checkUnchanged() }

  /// Waits for the last byte.
  func readToEnd() throws(SourceFailure) {
    try state.withLock { state throws(SourceFailure) in try fetch(&state, to: .max) }
  }

  func read(
    at offset: Int, into buffer: inout [UInt8], _ range: Range<Int>
  ) throws(SourceFailure) -> Int {
    try state.withLock { state throws(SourceFailure) in
      try fetch(&state, to: offset + range.count)
      return try state.spool.read(at: offset, into: &buffer, range)
    }
  }

  private func fetch(_ state: inout State, to end: Int) throws(SourceFailure) {
    while state.spool.count < end, !state.isAtEnd {
      let count = try stream.read(into: &state.chunk, 0..<state.chunk.count)
      state.isAtEnd = count < state.chunk.count
      try state.spool.append(state.chunk[..<count])
    }
  }
}

/// A pipe, a FIFO, a terminal or a device, read to its end whatever the sizes of the writes.
///
/// It waits in short steps, so that Ctrl-C ends the wait while nobody writes.
final class DescriptorStream: ByteStream {
  private let descriptor: Int32
  private let isInterrupted: @Sendable () -> Bool

  /// Takes an open descriptor, and closes it in the end.
  init(descriptor: Int32, isInterrupted: @escaping @Sendable () -> Bool) {
    self.descriptor = descriptor
    self.isInterrupted = isInterrupted
  }

  deinit { close(descriptor) }

  func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SourceFailure) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= buffer.count)
    var done = 0
    while done < range.count {
      guard try isReady() else { continue }
      let count = unsafe buffer.withUnsafeMutableBytes { bytes in
        unsafe Glibc.read(
          descriptor, bytes.baseAddress.map { unsafe $0 + range.lowerBound + done },
          range.count - done)
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count >= 0 else { throw .last }
      if count == 0 { break }
      done += count
    }
    return done
  }

  private func isReady() throws(SourceFailure) -> Bool {
    guard !isInterrupted() else { throw .interrupted }
    var polled = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let count = unsafe poll(&polled, 1, 50)
    if count < 0, errno != EINTR { throw .last }
    return count > 0
  }
}
