import SegqBytes
import Synchronization

/// Tells on the terminal how far a long piece of work has come, and takes it away at the end:
///
///     reading orders.csv · 43 % · 812 MB/s · 2 s left
///
/// Shown after half a second, on standard error, and only where that is a terminal that moves its
/// cursor; never among data.
public final class ProgressLine: Sendable {
  /// What is counted, for the rate.
  public enum Unit: Sendable { case bytes, rows }

  private let what: String
  private let total: Int
  private let unit: Unit
  private let start = Environment.nanoseconds
  private let state = Mutex(State())
  /// How often work had been abandoned when this began.
  private let abandonments = ProgressLine.shown.withLock { $0.abandonments }

  private struct State {
    var done = 0
    /// When it was painted last.
    var painted: Int64 = 0
    var isFinished = false
  }

  private static let patience: Int64 = 500_000_000
  private static let pause: Int64 = 100_000_000

  /// Nil where it cannot be shown. Of work whose size nobody knows (0) only the name is.
  public init?(_ what: String, of total: Int = 0, _ unit: Unit = .bytes) {
    guard Terminal.isTerminal(OutputStream.standardError), Terminal.movesCursor else {
      return nil
    }
    self.what = what
    self.total = total
    self.unit = unit
  }

  /// Tells that so much is done, or that the work goes on; from any thread.
  public func advance(to done: Int? = nil) {
    let now = Environment.nanoseconds
    state.withLock { state in
      if let done { state.done = max(state.done, done) }
      guard !state.isFinished, now - start >= Self.patience, now - state.painted >= Self.pause
      else { return }
      state.painted = now
      let text = Self.text(what, done: state.done, of: total, unit, nanoseconds: now - start)
      Self.shown.withLock { shown in
        guard shown.abandonments == abandonments else { return }
        shown.isThere = true
        Self.paint(text)
      }
    }
  }

  /// Tells that so much more is done.
  public func advance(by more: Int) {
    state.withLock { $0.done += more }
    advance()
  }

  /// Takes the line away, for good.
  public func finish() {
    state.withLock { $0.isFinished = true }
    Self.clear()
  }

  /// What stands on the terminal.
  private struct Shown {
    var isThere = false
    var abandonments = 0

    mutating func clear() {
      if isThere { ProgressLine.paint("") }
      isThere = false
    }
  }

  private static let shown = Mutex(Shown())

  /// Makes room for what is told in between; the line comes again below it.
  public static func clear() {
    shown.withLock { $0.clear() }
  }

  /// Takes all away for good: work that goes on in the background says nothing more.
  static func abandonAll() {
    shown.withLock { shown in
      shown.abandonments += 1
      shown.clear()
    }
  }

  private static func paint(_ text: String) {
    let width = Terminal.size(of: OutputStream.standardError)?.columns ?? 80
    // What is wider than the terminal would begin a row that nobody takes away.
    Descriptor.write(
      Array("\r\(VisibleText.of(text).prefix(max(0, width - 1)))\u{1B}[K".utf8),
      to: OutputStream.standardError)
  }

  static func text(
    _ what: String, done: Int, of total: Int, _ unit: Unit, nanoseconds: Int64
  ) -> String {
    guard total > 0 else { return what }
    let rate = Double(done) * 1e9 / Double(max(1, nanoseconds))
    let head = "\(what) · \(min(100, done * 100 / max(1, total))) %"
    guard rate > 0 else { return head }
    let left = Int((Double(max(0, total - done)) / rate).rounded(.up))
    return "\(head) · \(unit.text(rate)) · \(time(left)) left"
  }

  /// `42 s`, `3 min 20 s`, `2 h 5 min`
  private static func time(_ seconds: Int) -> String {
    switch seconds {
    case ..<60: "\(seconds) s"
    case ..<3600: "\(seconds / 60) min \(seconds % 60) s"
    default: "\(seconds / 3600) h \(seconds % 3600 / 60) min"
    }
  }
}

extension ProgressLine.Unit {
  /// `812 MB/s`, `4.2 million rows/s`
  fileprivate func text(_ rate: Double) -> String {
    switch self {
    case .bytes: "\(Int(rate / 1e6)) MB/s"
    case .rows where rate >= 1e6: "\(Self.tenths(rate / 1e6)) million rows/s"
    case .rows: "\(Int(rate)) rows/s"
    }
  }

  private static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
