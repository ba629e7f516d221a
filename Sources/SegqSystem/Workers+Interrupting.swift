import CLibEdit
import Glibc
import Synchronization

// Work that nobody waits for any more once Ctrl-C was pressed.
extension Workers {
  /// What `body` makes in a thread of its own; nil as soon as Ctrl-C is pressed, however seldom the
  /// work looks whether it is. It goes on in the background then until it does, and what it has made
  /// goes away there: giving gigabytes back takes a while.
  ///
  /// ```swift
  /// guard let table = Workers.untilInterrupted({ isAbandoned in build(isAbandoned) }) else { return }
  /// ```
  /// `body` must change nothing that others see.
  public static func untilInterrupted<Result: Sendable>(
    _ body: @escaping @Sendable (_ isAbandoned: @escaping @Sendable () -> Bool) -> Result
  ) -> Result? {
    (try? within(nil, body)) ?? nil
  }

  /// The same, as long as it does not take more memory than the limit.
  public static func within<Result: Sendable>(
    _ limit: MemoryLimit?,
    _ body: @escaping @Sendable (_ isAbandoned: @escaping @Sendable () -> Bool) -> Result
  ) throws(MemoryLimit.Excess) -> Result? {
    let task = Undertaking<Result>()
    let isBeside = beside {
      task.finish(body { task.isAbandoned || Interrupt.isRequested })
    }
    guard isBeside else { return body { Interrupt.isRequested } }
    while !task.isDone(within: 20_000_000) {
      let excess = Interrupt.isRequested ? nil : limit?.excess()
      guard Interrupt.isRequested || excess != nil else { continue }
      // It may have come to its end meanwhile.
      if let result = task.abandon() { return result }
      ProgressLine.abandonAll()
      guard let excess else { return nil }
      task.waitForMemory()
      throw excess
    }
    return task.take()
  }

  /// Does in the background what has to be done before the program ends, again and again until it
  /// tells that it is done.
  public static func afterwards(_ work: @escaping @Sendable () -> Bool) {
    unfinished.add(1, ordering: .relaxed)
    let isDetached = detach {
      var tries = 200
      while !work(), tries > 0 {
        _ = usleep(50_000)
        tries -= 1
      }
      unfinished.subtract(1, ordering: .relaxed)
    }
    guard !isDetached else { return }
    _ = work()
    unfinished.subtract(1, ordering: .relaxed)
  }

  /// Waits for what is done ``afterwards(_:)``.
  public static func finish() {
    while unfinished.load(ordering: .relaxed) > 0 { _ = usleep(5_000) }
  }

  /// Gives back what nobody needs any more in the background, a second later: whoever has it in hand
  /// just now has put it down by then.
  public static func letGo(_ value: some Sendable) {
    _ = detach {
      withExtendedLifetime(value) { _ = usleep(1_000_000) }
    }
  }

  @safe private final class Undertaking<Result: Sendable>: Sendable {
    private struct State {
      var result: Result?
      var isAbandoned = false
    }

    private let state = Mutex(State())
    private nonisolated(unsafe) let done = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { unsafe sem_init(done, 0, 0) }

    deinit {
      unsafe sem_destroy(done)
      unsafe done.deallocate()
    }

    var isAbandoned: Bool { state.withLock { $0.isAbandoned } }

    func finish(_ result: Result) {
      state.withLock { state in
        if !state.isAbandoned { state.result = result }
      }
      unsafe sem_post(done)
    }

    func take() -> Result? { state.withLock { $0.result.take() } }

    /// The result if it is there after all; what comes later is dropped.
    func abandon() -> Result? {
      state.withLock { state in
        state.isAbandoned = state.result == nil
        return state.result.take()
      }
    }

    /// Waits a while until the work, which nobody wants any more, has given its memory back.
    func waitForMemory() {
      var tries = 200
      while tries > 0, !Interrupt.isRequested, !isDone(within: 50_000_000) { tries -= 1 }
      segq_give_back()
    }

    /// Waits so long at most; a signal ends the wait too.
    func isDone(within nanoseconds: Int) -> Bool {
      var end = timespec()
      unsafe clock_gettime(CLOCK_REALTIME, &end)
      end.tv_nsec += nanoseconds
      end.tv_sec += end.tv_nsec / 1_000_000_000
      end.tv_nsec %= 1_000_000_000
      return unsafe sem_timedwait(done, &end) == 0
    }
  }
}

private let unfinished = Atomic<Int>(0)
