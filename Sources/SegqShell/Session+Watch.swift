import SegqLanguage
import SegqRecords
import SegqSystem

extension Session {
  /// `watch 5s select …`: runs the statement, waits, and runs it again until Ctrl-C or a mistake.
  ///
  /// At the prompt Ctrl-C is the way to end it; in a script it interrupts the script as ever.
  func watch(
    _ every: Duration, _ statement: Statement, in source: SourceText
  ) throws(ShellError) {
    repeat {
      if output.isTerminal, !options.isQuiet { tell(heading(every)) }
      if !options.hasFixedNow { catalog.now = Environment.now }
      let code = run(statement, in: source)
      if code == .interrupted || isQuitting { break }
      guard code == .success, !isInteractive || Terminal.isTerminal(0) else { throw .ended(code) }
    } while Environment.pause(seconds: every.seconds)
    if Interrupt.isRequested, !isInteractive { throw .interrupted }
  }

  /// `10:32:05 · every 5s · Ctrl-C ends`
  private func heading(_ every: Duration) -> String {
    let now = Value.datetime(Environment.now).text(in: settings.zone).suffix(8)
    return "\(now) · every \(every.count)\(every.unit.rawValue) · Ctrl-C ends\n"
  }
}

extension Duration {
  /// Behind `watch` an `m` is a minute.
  fileprivate var seconds: Int {
    switch unit {
    case .month: count * 60
    case .hour: count * 3600
    case .second, .day, .week, .year: count
    }
  }
}
