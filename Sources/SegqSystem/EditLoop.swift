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
  /// Finds out what is said under the text, and for which text it was asked last.
  let previewer: Previewer?
  var asked = ""
  var note = ""
  var mistakes: [Range<Int>] = []
  /// What was made of the text when it was painted last.
  var styled: (text: String, ranges: [StyledRange])?
  var suggested: (text: String, rest: Substring?)?
  private var waiting: [Unicode.Scalar] = []
  private var latestPlace = 0

  init?(
    _ configuration: LineEditor.Configuration, history: History, input: Int32, screen: Int32
  ) {
    guard let line = LibEdit(input: input) else { return nil }
    self.configuration = configuration
    self.history = history
    self.line = line
    keys = KeyReader(descriptor: input)
    canvas = Canvas(descriptor: screen)
    walk = HistoryWalk(history)
    previewer = configuration.preview.map(Previewer.init)
    line.nextCharacter = { [unowned self] in nextCharacter() }
    line.perform = { [unowned self] in perform($0) }
    Signals.install()
  }

  func read() -> LineEditor.Input {
    outcome = .end
    walk = HistoryWalk(history)
    waiting = []
    list = []
    // The history is another, and Tab may offer other things.
    suggested = nil
    canvas.resize()
    TerminalGuard.arm(keys.descriptor)
    canvas.write("\u{1B}[?2004h")
    line.run()
    dropPreview()
    canvas.write("\u{1B}[?2004l")
    TerminalGuard.disarm()
    return outcome
  }

  private func nextCharacter() -> Unicode.Scalar? {
    if !waiting.isEmpty { return waiting.removeFirst() }
    leaveInsideOfCharacter()
    if !keys.isQueued {
      askForPreview()
      paint()
    }
    guard let key = nextKey(), let scalars = scalars(of: key) else { return nil }
    list = []
    waiting = scalars
    return waiting.removeFirst()
  }

  /// What libedit is told of a key; nil when reading is over.
  private func scalars(of key: Key) -> [Unicode.Scalar]? {
    switch key {
    case .character("\u{18}"):
      guard let next = nextKey() else { return nil }
      if next == .character("\u{5}") { return [Unicode.Scalar(NamedKey.edit.rawValue)] }
      return scalars(of: next).map { ["\u{18}"] + $0 }
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
    leaveTerminal()
    Signals.stopJob()
    catchUp()
  }

  private func leaveTerminal() {
    canvas.finish(plainScene)
    canvas.write("\u{1B}[?2004l")
    line.setRaw(false)
    TerminalGuard.disarm()
  }

  private func returnToTerminal() {
    TerminalGuard.arm(keys.descriptor)
    line.setRaw(true)
    canvas.write("\u{1B}[?2004h")
    canvas.forget()
  }

  /// Ctrl-X Ctrl-E: the text in an editor, and what comes back of it in the place of the text.
  func edit() {
    leaveTerminal()
    let edited = configuration.edit(line.text.text)
    returnToTerminal()
    Interrupt.clear()
    if let edited { line.text = EditText(edited) }
  }

  /// Does what signals have asked for. After a pause somebody else has used the terminal.
  private func catchUp() {
    if Signals.takeContinued() { returnToTerminal() }
    if Signals.takeResized() { canvas.resize() }
    if Signals.takeTold() { takePreview() }
    paint()
  }
}
