import Glibc
import Synchronization

/// Signals as flags, for the editor to act on when it comes to it.
enum Signals {
  /// Installs a handler without SA_RESTART: a call that blocks shall return when the signal comes.
  /// It comes even where whoever started this program had held it back.
  static func handle(_ number: Int32, by handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = handler
    unsafe sigaction(number, &action, nil)
    var own = sigset_t()
    unsafe sigemptyset(&own)
    unsafe sigaddset(&own, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &own, nil)
  }

  /// What a signal does now.
  static func action(of number: Int32) -> sigaction {
    var action = sigaction()
    unsafe sigaction(number, nil, &action)
    return action
  }

  /// Whether a signal is ignored, as SIGHUP is under `nohup`.
  static func isIgnored(_ number: Int32) -> Bool {
    let handler = unsafe action(of: number).__sigaction_handler.sa_handler
    return unsafe unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// How a thread tells the one that waits for keys that it has something for it.
  static let told = SIGUSR1

  /// Watches for those that change what is on the screen.
  static func install() {
    heard.store(false, ordering: .relaxed)
    handle(told) { _ in heard.store(true, ordering: .relaxed) }
    resized.store(false, ordering: .relaxed)
    continued.store(false, ordering: .relaxed)
    handle(SIGWINCH) { _ in resized.store(true, ordering: .relaxed) }
    handle(SIGCONT) { _ in continued.store(true, ordering: .relaxed) }
  }

  /// Whether one of them, or Ctrl-C, has come and was not taken yet.
  static var arePending: Bool {
    resized.load(ordering: .relaxed) || continued.load(ordering: .relaxed)
      || heard.load(ordering: .relaxed) || Interrupt.isRequested
  }

  /// Whether the window has another size since the last call.
  static func takeResized() -> Bool {
    resized.exchange(false, ordering: .relaxed)
  }

  /// Whether the program was stopped and goes on, since the last call.
  static func takeContinued() -> Bool {
    continued.exchange(false, ordering: .relaxed)
  }

  /// Whether another thread has something to tell, since the last call.
  static func takeTold() -> Bool {
    heard.exchange(false, ordering: .relaxed)
  }

  /// Stops this program and what runs with it, as Ctrl-Z does; returns when it goes on.
  static func stopJob() {
    kill(0, SIGTSTP)
    continued.store(true, ordering: .relaxed)
  }
}

private let resized = Atomic<Bool>(false)
private let continued = Atomic<Bool>(false)
private let heard = Atomic<Bool>(false)
