import Glibc
import Synchronization

/// What is found out about a text while it is typed: a line under it, and names that do not exist.
///
/// ```
/// segq> select customers where country = France
/// 1,204 of 10,000 customers · 12 %
/// ```
public struct Preview: Sendable, Equatable {
  public var note: String
  /// In UTF-8 offsets.
  public var mistakes: [Range<Int>]

  public init(note: String = "", mistakes: [Range<Int>] = []) {
    self.note = note
    self.mistakes = mistakes
  }

  /// Finds it out; asks from time to time whether somebody still wants it.
  public typealias Finder =
    @Sendable (_ text: String, _ isAbandoned: @escaping @Sendable () -> Bool) -> Preview?
}

/// Runs a finder in a thread of its own, for one text at a time: asking for another, or for none,
/// makes it abandon the one before.
///
/// The thread that waits for keys is told of a result by a signal, as of everything else.
final class Previewer: Sendable {
  private struct State {
    /// The number of the latest question; what was asked before is of no interest.
    var question = 0
    var text: String?
    var answer: Preview?
    var isRunning = false
    var reader = pthread_self()
  }

  private let find: Preview.Finder
  private let state = Mutex(State())

  init(_ find: @escaping Preview.Finder) { self.find = find }

  /// Asks about a text, in the thread that wants to be told.
  func ask(_ text: String) {
    let mustStart = state.withLock { state in
      state.question += 1
      state.text = text
      state.answer = nil
      state.reader = pthread_self()
      defer { state.isRunning = true }
      return !state.isRunning
    }
    if mustStart, !Workers.detach({ self.work() }) { state.withLock { $0.isRunning = false } }
  }

  /// Nobody wants to know any more.
  func abandon() {
    state.withLock { state in
      state.question += 1
      state.text = nil
      state.answer = nil
    }
  }

  /// What was found since it was asked for, once.
  func take() -> Preview? {
    state.withLock { state in
      defer { state.answer = nil }
      return state.answer
    }
  }

  private func work() {
    while let (text, question) = next() {
      let found = find(text) { [self] in state.withLock { $0.question != question } }
      state.withLock { state in
        guard state.question == question, let found else { return }
        state.answer = found
        pthread_kill(state.reader, Signals.told)
      }
    }
  }

  private func next() -> (String, Int)? {
    state.withLock { state in
      defer { state.text = nil }
      state.isRunning = state.text != nil
      return state.text.map { ($0, state.question) }
    }
  }
}
