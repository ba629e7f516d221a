import Synchronization

/// Tells on the terminal how far a long piece of work has come, and takes it away at the end:
///
///     reading orders.csv · 43 % · 812 MB/s · 2 s left
///
/// Shown after half a second, on standard error, and only where that is a terminal that moves its
/// cursor; never among data.
public final class ProgressLine: Sendable {
  private let what: String
  private let total: Int
  private let start = Environment.nanoseconds
  /// When it was painted last; nil where it has not been yet.
  private let painted = Mutex<Int64?>(nil)

  private static let patience: Int64 = 500_000_000
  private static let pause: Int64 = 100_000_000

  /// Of work in so many bytes; nil where it cannot be shown.
  public init?(_ what: String, bytes total: Int) {
    guard total > 0, Terminal.isTerminal(OutputStream.standardError), Terminal.movesCursor else {
      return nil
    }
    self.what = what
    self.total = total
  }

  /// Tells that so many bytes are done; from any thread.
  public func advance(to done: Int) {
    let now = Environment.nanoseconds
    painted.withLock { last in
      guard now - start >= Self.patience, now - (last ?? 0) >= Self.pause else { return }
      last = now
      Self.paint(Self.text(what, done: done, of: total, nanoseconds: now - start))
    }
  }

  /// Takes the line away.
  public func finish() {
    painted.withLock { last in
      if last != nil { Self.paint("") }
      last = nil
    }
  }

  private static func paint(_ text: String) {
    let stream = OutputStream(descriptor: OutputStream.standardError)
    try? stream.write("\r\(text)\u{1B}[K")
    try? stream.flush()
  }

  static func text(_ what: String, done: Int, of total: Int, nanoseconds: Int64) -> String {
    let seconds = Double(max(1, nanoseconds)) / 1e9
    let rate = Double(done) / seconds
    let left = rate > 0 ? Double(max(0, total - done)) / rate : 0
    return "\(what) · \(min(100, done * 100 / max(1, total))) % · \(Int(rate / 1e6)) MB/s · "
      + "\(Int(left.rounded(.up))) s left"
  }
}
