/// One prompt on a terminal: libedit keeps the text, this decides what its own keys do and paints.
///
/// The heart is `nextCharacter`, which libedit calls before each character: it is the one place
/// where the screen is brought up to date, and where keys and signals come in.
final class EditLoop {
  let configuration: LineEditor.Configuration
  let history: History
  let line: LibEdit
  var keys: KeyReader
  var canvas: Canvas
  /// The candidates shown under the text until the next key.
  var list: [[Span]] = []
  var walk: HistoryWalk
  var outcome = LineEditor.Input.end
  /// The paste that `Command.paste` is to insert.
  var pasted = ""
  /// Keys read too far, to be taken first.
  var pushedBack: [Key] = []
  var search: Search?
  /// The column that a run of Up and Down keeps to, and where its last step led.
  var vertical: (column: Int, cursor: Int)?
  private var waiting: [Unicode.Scalar] = []
  private var latestPlace = 0

  init?(
    _ configuration: LineEditor.Configuration, history: History, input: Int32, screen: Int32
  ) {
    guard let line = LibEdit(input: input, output: screen) else { return nil }
    self.configuration = configuration
    self.history = history
    self.line = line
    keys = KeyReader(descriptor: input)
    canvas = Canvas(descriptor: screen)
    walk = HistoryWalk(history)
    line.nextCharacter = { [unowned self] in nextCharacter() }
    line.perform = { [unowned self] in perform($0) }
    Signals.install()
  }

  func read() -> LineEditor.Input {
    outcome = .end
    walk = HistoryWalk(history)
    waiting = []
    list = []
    canvas.resize()
    TerminalGuard.arm(keys.descriptor)
    canvas.write("\u{1B}[?2004h")
    line.run()
    canvas.write("\u{1B}[?2004l")
    TerminalGuard.disarm()
    return outcome
  }

  private func nextCharacter() -> Unicode.Scalar? {
    if !waiting.isEmpty { return waiting.removeFirst() }
    leaveInsideOfCharacter()
    if !keys.isQueued { paint() }
    guard let key = nextKey() else { return nil }
    list = []
    waiting = scalars(of: key)
    return waiting.removeFirst()
  }

  /// What libedit is told of a key.
  private func scalars(of key: Key) -> [Unicode.Scalar] {
    switch key {
    case .character(let scalar): return [scalar]
    case .alt(let scalar): return ["\u{1B}", scalar]
    case .named(let key): return [Unicode.Scalar(key.rawValue)]
    case .paste(let text):
      pasted = text
      return [Unicode.Scalar(NamedKey.pasted.rawValue)]
    }
  }

  /// libedit's motions go by code point; one that ended inside a character goes on to its edge.
  private func leaveInsideOfCharacter() {
    defer { latestPlace = line.place }
    guard !line.isBetweenSimpleCharacters else { return }
    line.text.cursor = line.text.snapped(forward: line.place > latestPlace)
  }
}

// MARK: - Keys and signals

extension EditLoop {
  /// Waits for the next key; nil when reading is over, `outcome` saying how.
  func nextKey() -> Key? {
    if !pushedBack.isEmpty { return pushedBack.removeFirst() }
    while true {
      switch keys.next() {
      case .key(.character("\u{3}")): return interrupt()
      case .key(.character("\u{1A}")): suspend()
      case .key(let key): return key
      case .signal:
        if Interrupt.isRequested { return interrupt() }
        catchUp()
      case .end:
        finish(.end)
        return nil
      }
    }
  }

  /// Drops the text, which stays on the screen with `^C` behind it.
  private func interrupt() -> Key? {
    Interrupt.clear()
    finish(.interrupted, mark: "^C")
    return nil
  }

  /// Ctrl-Z: stops the whole job, as the terminal would have done, and comes back with `fg`.
  private func suspend() {
    canvas.finish(scene)
    canvas.write("\u{1B}[?2004l")
    line.setRaw(false)
    TerminalGuard.disarm()
    Signals.stopJob()
    catchUp()
  }

  /// Does what signals have asked for. After a pause somebody else has used the terminal.
  private func catchUp() {
    if Signals.takeContinued() {
      TerminalGuard.arm(keys.descriptor)
      line.setRaw(true)
      canvas.write("\u{1B}[?2004h")
      canvas.forget()
    }
    if Signals.takeResized() { canvas.resize() }
    paint()
  }
}
