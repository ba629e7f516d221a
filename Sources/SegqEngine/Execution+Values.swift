import Synchronization

extension Execution {
  /// What `body` makes of each value, in order, on all cores; nil where it was interrupted.
  ///
  /// A value is let go when its turn is over, so that a column gives way to what is made of it.
  package func map<Value: Sendable, Result: Sendable>(
    _ values: consuming [Value], _ body: @escaping @Sendable (Value) -> Result
  ) -> [Result]? {
    let work = ValueWork<Value, Result>(values)
    let isInterrupted = isInterrupted
    onAllCores {
      while !isInterrupted(), let (place, value) = work.next() { work.finish(place, body(value)) }
    }
    return work.results
  }
}

/// Values that several threads work on.
private final class ValueWork<Value: Sendable, Result: Sendable>: Sendable {
  private struct State {
    var next = 0
    var values: [Value?]
    var results: [Result?]
  }

  private let state: Mutex<State>

  init(_ values: consuming [Value]) {
    state = Mutex(State(values: values, results: Array(repeating: nil, count: values.count)))
  }

  /// The next value, which nobody else gets.
  func next() -> (Int, Value)? {
    state.withLock { state in
      guard state.next < state.values.count, let value = state.values[state.next].take() else {
        return nil
      }
      state.next += 1
      return (state.next - 1, value)
    }
  }

  func finish(_ place: Int, _ result: Result) {
    state.withLock { $0.results[place] = result }
  }

  /// Nil unless all are there.
  var results: [Result]? {
    state.withLock { state in
      let results = state.results.compactMap { $0 }
      return results.count == state.results.count ? results : nil
    }
  }
}
