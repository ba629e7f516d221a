import CLibEdit
import Glibc

/// Threads for a piece of work that takes long enough to be shared: starting one takes 40 µs.
public enum Workers {
  /// How many can run at once.
  public static var limit: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Runs the same work in `count` threads, this one among them; returns when all are done.
  ///
  /// ```swift
  /// Workers.run(2) { while let block = next() { read(block) } }
  /// ```
  public static func run(_ count: Int, _ work: @escaping @Sendable () -> Void) {
    let threads = (1..<max(1, count)).compactMap { _ in start(work) }
    work()
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Runs the work in a thread that nobody waits for and no signal interrupts, behind those that
  /// somebody does wait for; false where the system has no thread for it.
  static func detach(_ work: @escaping @Sendable () -> Void) -> Bool {
    beside {
      // Of this thread and those that it starts.
      setpriority(__priority_which_t(0), 0, 10)
      work()
    }
  }

  /// The same, as fast as any other.
  static func beside(_ work: @escaping @Sendable () -> Void) -> Bool {
    var all = sigset_t()
    var usual = sigset_t()
    unsafe sigfillset(&all)
    // Faults stay: a workspace's bytes are checked in their handler, whoever touches them first.
    for fault in [SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT] {
      unsafe sigdelset(&all, fault)
    }
    unsafe pthread_sigmask(SIG_BLOCK, &all, &usual)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &usual, nil) }
    guard let thread = start(work) else { return false }
    pthread_detach(thread)
    return true
  }

  /// Nil where the system has no more threads to give: the others do the work then.
  private static func start(_ work: @escaping @Sendable () -> Void) -> pthread_t? {
    var thread = pthread_t()
    let box = unsafe Unmanaged.passRetained(Work(work)).toOpaque()
    let code = unsafe pthread_create(
      &thread, nil,
      { box in
        guard let box = unsafe box else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(box).takeRetainedValue().run()
        return nil
      }, box)
    guard code != 0 else { return thread }
    unsafe Unmanaged<Work>.fromOpaque(box).release()
    return nil
  }

  private final class Work: Sendable {
    let run: @Sendable () -> Void
    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }
}
