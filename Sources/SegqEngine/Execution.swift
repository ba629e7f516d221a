import SegqRecords
import Synchronization

/// How plans are run: on how many cores, and what makes them stop.
public struct Execution: Sendable {
  /// Asked once per row group.
  public var isInterrupted: @Sendable () -> Bool
  /// Runs what it is given in several threads at once, and returns when all are done.
  public var onAllCores: @Sendable (@escaping @Sendable () -> Void) -> Void

  public init(
    isInterrupted: @escaping @Sendable () -> Bool = { false },
    onAllCores: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void = { $0() }
  ) {
    self.isInterrupted = isInterrupted
    self.onAllCores = onAllCores
  }
}

extension Evaluator {
  /// Starting a thread takes as long as a quick look at a few groups.
  private static let fewGroups = 3

  /// What `body` makes of each group of rows that are not empty, in order. All cores take groups in
  /// turn, each with an evaluator of its own.
  func map<Result: Sendable>(
    _ rows: RowSelection,
    _ body: @escaping @Sendable (Evaluator, Rows) throws(EngineError) -> Result
  ) throws(EngineError) -> [Result] {
    try map(rows.groupCount) { (evaluator, group) throws(EngineError) in
      try rows.group(group).map { (rows) throws(EngineError) in try body(evaluator, rows) }
    }.compactMap { $0 }
  }

  /// What `body` makes of each number, in order.
  func map<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Evaluator, Int) throws(EngineError) -> Result
  ) throws(EngineError) -> [Result] {
    let work = GroupWork<Result>(count)
    let execution = execution
    let task: @Sendable () -> Void = {
      let evaluator = Evaluator(execution)
      while let group = work.next() {
        do throws(EngineError) {
          try evaluator.checkInterrupt()
          work.finish(group, try body(evaluator, group))
        } catch { work.fail(group, error) }
      }
      work.add(divisionsByZero: evaluator.divisionsByZero)
    }
    if count <= Self.fewGroups { task() } else { execution.onAllCores(task) }
    let (results, divisions) = try work.results()
    divisionsByZero += divisions
    return results
  }
}

/// Groups of rows that several threads work on.
private final class GroupWork<Result: Sendable>: Sendable {
  private struct State {
    var next = 0
    var results: [Result?]
    var failure: (group: Int, error: EngineError)?
    var divisionsByZero = 0
  }

  private let count: Int
  private let state: Mutex<State>

  init(_ count: Int) {
    self.count = count
    state = Mutex(State(results: Array(repeating: nil, count: count)))
  }

  /// The next group that nobody has taken; nil at the end and after a failure.
  func next() -> Int? {
    state.withLock { state in
      guard state.next < count, state.failure == nil else { return nil }
      state.next += 1
      return state.next - 1
    }
  }

  func finish(_ group: Int, _ result: Result) {
    state.withLock { $0.results[group] = result }
  }

  /// Of several failures the first in the order of the rows is told, as if one core had run it all.
  func fail(_ group: Int, _ error: EngineError) {
    state.withLock { state in
      if let known = state.failure, known.group < group { return }
      state.failure = (group, error)
    }
  }

  func add(divisionsByZero: Int) {
    state.withLock { $0.divisionsByZero += divisionsByZero }
  }

  func results() throws(EngineError) -> ([Result], Int) {
    let state = state.withLock { $0 }
    if let failure = state.failure { throw failure.error }
    return (state.results.compactMap { $0 }, state.divisionsByZero)
  }
}
