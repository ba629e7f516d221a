import Glibc

/// Reads statements line by line, where there is nothing to paint on.
final class PlainReader {
  private let configuration: LineEditor.Configuration
  private let screen: Int32?
  private var bytes: [UInt8] = []

  init(_ configuration: LineEditor.Configuration, screen: Int32?) {
    self.configuration = configuration
    self.screen = screen
  }

  /// Lines up to where the text is complete, to a blank line, or to the end.
  func read() -> LineEditor.Input {
    var text = ""
    show(configuration.prompt)
    while true {
      switch line() {
      case .text(let line):
        if !text.isEmpty, line.allSatisfy(\.isWhitespace) { return .text(text) }
        text += text.isEmpty ? line : "\n" + line
        if configuration.isComplete(text) { return .text(text) }
        show(configuration.continuationPrompt)
      case .interrupted:
        show("\n")
        return .interrupted
      case .end:
        show("\n")
        return text.isEmpty ? .end : .text(text)
      }
    }
  }

  private func line() -> LineEditor.Input {
    while true {
      if let end = bytes.firstIndex(of: Byte.newline) {
        defer { bytes.removeFirst(end + 1) }
        return .text(String(decoding: bytes[..<end], as: UTF8.self))
      }
      if Wait.forInput(STDIN_FILENO) == .signalled {
        guard Interrupt.isRequested else { continue }
        Interrupt.clear()
        bytes = []
        return .interrupted
      }
      switch Descriptor.read(STDIN_FILENO) {
      case .bytes(let more): bytes += more
      case .nothing: continue
      case .end: return rest()
      }
    }
  }

  /// A last line without its newline is a line.
  private func rest() -> LineEditor.Input {
    defer { bytes = [] }
    return bytes.isEmpty ? .end : .text(String(decoding: bytes, as: UTF8.self))
  }

  /// Prompts are for people: only where a terminal is at both ends.
  private func show(_ text: String) {
    guard let screen, Terminal.isTerminal(STDIN_FILENO) else { return }
    Terminal.show(text, on: screen)
  }
}
