import Glibc
import SegqBytes
import Synchronization

/// A stream that a thread of its own reads ahead, so that decompressing and parsing go on side by
/// side. The first chunk is read without it: often nobody wants more than the header.
@safe final class ReadAhead: ByteStream {
  private let queue: Queue
  private let isInterrupted: @Sendable () -> Bool
  private let state = Mutex(State())

  private struct State {
    var isStarted = false
    var isAlone = false
    var chunk = Chunk()
    var taken = 0
    var hasFirst = false
  }

  private struct Chunk {
    var bytes: [UInt8] = []
    var count = 0
    var isLast = false
    var failure: SourceFailure?
  }

  private static let chunkSize = 1 << 18
  /// So many chunks wait to be taken.
  private static let depth: UInt32 = 4

  init(_ stream: any ByteStream, isInterrupted: @escaping @Sendable () -> Bool) {
    queue = Queue(stream)
    self.isInterrupted = isInterrupted
  }

  deinit { queue.abandon() }

  func read(into buffer: inout [UInt8], _ range: Range<Int>) throws(SourceFailure) -> Int {
    try state.withLock { state throws(SourceFailure) in
      var at = range.lowerBound
      while at < range.upperBound {
        if state.taken == state.chunk.count {
          if state.chunk.isLast { break }
          try fetch(&state)
          continue
        }
        let count = min(range.upperBound - at, state.chunk.count - state.taken)
        buffer.replaceSubrange(
          at..<at + count, with: state.chunk.bytes[state.taken..<state.taken + count])
        at += count
        state.taken += count
      }
      return at - range.lowerBound
    }
  }

  private func fetch(_ state: inout State) throws(SourceFailure) {
    if let failure = state.chunk.failure { throw failure }
    state.taken = 0
    if !state.hasFirst {
      state.hasFirst = true
      state.chunk = queue.next(reusing: [])
    } else {
      if !state.isStarted {
        state.isStarted = true
        state.isAlone = !queue.start()
      }
      state.chunk = try state.isAlone ? queue.next(reusing: []) : queue.take(isInterrupted)
    }
    if let failure = state.chunk.failure, state.chunk.count == 0 { throw failure }
  }

  /// What the thread and its reader share; it lives until both are done.
  @safe private final class Queue: Sendable {
    private let stream: any ByteStream
    private let chunks = Mutex<[Chunk]>([])
    private let isAbandoned = Atomic<Bool>(false)
    private nonisolated(unsafe) let free = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private nonisolated(unsafe) let filled = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init(_ stream: any ByteStream) {
      self.stream = stream
      unsafe sem_init(free, 0, ReadAhead.depth)
      unsafe sem_init(filled, 0, 0)
    }

    deinit {
      unsafe sem_destroy(free)
      unsafe sem_destroy(filled)
      unsafe free.deallocate()
      unsafe filled.deallocate()
    }

    func abandon() {
      isAbandoned.store(true, ordering: .relaxed)
      unsafe sem_post(free)
    }

    func start() -> Bool {
      Workers.beside {
        while true {
          unsafe self.wait(self.free)
          if self.isAbandoned.load(ordering: .relaxed) { return }
          let chunk = self.next(reusing: [])
          let isDone = chunk.isLast || chunk.failure != nil
          self.chunks.withLock { $0.append(chunk) }
          unsafe sem_post(self.filled)
          if isDone { return }
        }
      }
    }

    func next(reusing old: [UInt8]) -> Chunk {
      var chunk = Chunk(bytes: old)
      if chunk.bytes.isEmpty { chunk.bytes = [UInt8](repeating: 0, count: ReadAhead.chunkSize) }
      do throws(SourceFailure) {
        chunk.count = try stream.read(into: &chunk.bytes, 0..<ReadAhead.chunkSize)
        chunk.isLast = chunk.count < ReadAhead.chunkSize
      } catch { chunk.failure = error }
      return chunk
    }

    /// The next chunk that the thread has read.
    func take(_ isInterrupted: () -> Bool) throws(SourceFailure) -> Chunk {
      while true {
        var end = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &end)
        end.tv_nsec += 50_000_000
        end.tv_sec += end.tv_nsec / 1_000_000_000
        end.tv_nsec %= 1_000_000_000
        if unsafe sem_timedwait(filled, &end) == 0 { break }
        if isInterrupted() { throw .interrupted }
      }
      defer { unsafe sem_post(free) }
      return chunks.withLock { $0.removeFirst() }
    }

    private func wait(_ semaphore: UnsafeMutablePointer<sem_t>) {
      while unsafe sem_wait(semaphore) != 0 {}
    }
  }
}
