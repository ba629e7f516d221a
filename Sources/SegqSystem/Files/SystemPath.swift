import Glibc

// The one place where a text becomes a path, or anything else that ends in a zero byte for the system.
extension String {
  /// Calls with the bytes of the text and a zero behind them.
  ///
  /// `../out.csv\u{0}/in.csv` is `../out.csv` to the system, and another path to whoever looked at the
  /// text: one with a zero byte in it is refused.
  func withPath<Result>(
    _ body: (UnsafePointer<CChar>) -> Result
  ) throws(SystemError) -> Result {
    guard !utf8.contains(0) else { throw .zeroByte }
    return unsafe withCString { unsafe body($0) }
  }
}
