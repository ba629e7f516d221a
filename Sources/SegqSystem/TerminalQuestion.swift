import Glibc

extension Terminal {
  /// Asks somebody at the terminal and reads the line that they answer with; nil where nobody is
  /// there, at Ctrl-D and after Ctrl-C.
  public static func ask(_ question: String) -> String? {
    guard isTerminal(STDIN_FILENO), isTerminal(STDERR_FILENO) else { return nil }
    guard show(question, on: STDERR_FILENO) else { return nil }
    var bytes: [UInt8] = []
    while !bytes.contains(Byte.newline) {
      if Wait.forInput(STDIN_FILENO) == .signalled {
        if Interrupt.isRequested { return nil }
        continue
      }
      switch Descriptor.read(STDIN_FILENO) {
      case .bytes(let more): bytes += more
      case .nothing: continue
      case .end: return nil
      }
    }
    return String(decoding: bytes.prefix { $0 != Byte.newline }, as: UTF8.self)
  }
}
