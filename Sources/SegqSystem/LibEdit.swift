import CLibEdit
import Glibc

/// libedit without its screen: it keeps the text and the key maps, runs their commands, reads
/// `~/.editrc`, and sets the modes of the terminal.
///
/// It asks `nextCharacter` for every character, and hands those in `Command` to `perform`.
@safe final class LibEdit {
  /// The next character for the key map, or nil to leave.
  var nextCharacter: () -> Unicode.Scalar? = { nil }
  /// Runs a command of segq's own; false ends the line.
  var perform: (Command) -> Bool = { _ in true }

  private let editor: OpaquePointer
  private let screen: WideScreen?

  /// Nil when there is no memory for it.
  init?(input: Int32) {
    // libedit takes letters for letters by the C locale's tables, which know no é.
    unsafe setlocale(LC_CTYPE, "C.UTF-8")
    let screen = WideScreen(besides: input)
    guard let editor = unsafe segq_el_open(screen?.descriptor ?? input) else { return nil }
    self.screen = screen
    unsafe self.editor = editor
    unsafe segq_el_set_owner(editor, Unmanaged.passUnretained(self).toOpaque())
    unsafe segq_el_set_reader(editor) { editor, character in
      let owner = unsafe LibEdit.owner(of: editor)
      owner?.leaveScreen()
      guard let next = owner?.nextCharacter() else { return 0 }
      unsafe character?.pointee = wchar_t(bitPattern: next.value)
      return 1
    }
    unsafe segq_el_set_command(editor) { editor, character in
      let command = UInt8(truncatingIfNeeded: character)
      guard let owner = unsafe LibEdit.owner(of: editor) else { return UInt8(CC_FATAL) }
      guard let command = Command(character: command) else { return UInt8(CC_ERROR) }
      return owner.perform(command) ? UInt8(CC_NORM) : UInt8(CC_EOF)
    }
    setKeys()
  }

  deinit {
    unsafe segq_el_close(editor)
  }

  /// Edits one line, from the first character to the command that ends it.
  func run() {
    var count: Int32 = 0
    screen?.show()
    unsafe _ = el_wgets(editor, &count)
  }

  /// libedit has looked how large its screen is, and waits for the first key.
  private func leaveScreen() {
    if screen?.leave() ?? false { setRaw(true) }
  }

  /// Raw or cooked, at once; going raw again takes a detour, since libedit believes it still is.
  func setRaw(_ isRaw: Bool) {
    unsafe segq_el_prepare(editor, 0)
    if isRaw { unsafe segq_el_prepare(editor, 1) }
  }

  private static func owner(of editor: OpaquePointer?) -> LibEdit? {
    guard let editor = unsafe editor, let owner = unsafe segq_el_owner(editor) else { return nil }
    return unsafe Unmanaged<LibEdit>.fromOpaque(owner).takeUnretainedValue()
  }

  /// The user's file first, because changing the map there throws all bindings away.
  private func setKeys() {
    unsafe segq_el_set_editor(editor, "emacs")
    unsafe el_source(editor, nil)
    unsafe segq_el_set_modes(editor)
    for character in UInt8(1)..<0xA0 where Command(character: character) != nil {
      bind(character, to: "segq-command")
    }
    for (key, command) in NamedKey.builtin { bind(key.rawValue, to: command) }
    for (key, alias) in NamedKey.viAliases {
      unsafe segq_el_alias_vi(editor, key, alias)
    }
  }

  private func bind(_ character: UInt8, to command: String) {
    let key = String(Unicode.Scalar(character))
    unsafe segq_el_bind(editor, key, command)
    unsafe segq_el_bind_vi(editor, key, command)
  }
}

// MARK: - The text

extension LibEdit {
  /// A copy of the text; setting it changes libedit's where they differ.
  var text: EditText {
    get {
      guard let line = unsafe el_wline(editor)?.pointee else { return EditText() }
      let before = unsafe Self.string(line.buffer, line.cursor)
      let after = unsafe Self.string(line.cursor, line.lastchar)
      return EditText(before + after, cursor: before.utf8.count)
    }
    set {
      replace(Array(text.text.unicodeScalars), with: Array(newValue.text.unicodeScalars))
      move(to: newValue.slice(0..<newValue.cursor).unicodeScalars.count)
    }
  }

  /// The cursor, in code points.
  var place: Int {
    guard let line = unsafe el_wline(editor)?.pointee else { return 0 }
    return unsafe line.cursor - line.buffer
  }

  /// Inserts at the cursor, without a look at the rest.
  func insert(_ new: String) {
    insert(new.unicodeScalars)
  }

  /// Whether both neighbours of the cursor are ASCII, so that it cannot stand inside a character.
  var isBetweenSimpleCharacters: Bool {
    guard let line = unsafe el_wline(editor)?.pointee else { return true }
    let isAtEdge = unsafe line.cursor == line.buffer || line.cursor == line.lastchar
    return unsafe isAtEdge || (line.cursor[-1] < 0x80 && line.cursor[0] < 0x80)
  }

  private func replace(_ old: [Unicode.Scalar], with new: [Unicode.Scalar]) {
    let head = zip(old, new).prefix { $0 == $1 }.count
    let tails = zip(old.dropFirst(head).reversed(), new.dropFirst(head).reversed())
    let tail = tails.prefix { $0 == $1 }.count
    move(to: old.count - tail)
    unsafe el_deletestr(editor, Int32(old.count - head - tail))
    insert(new[head..<(new.count - tail)])
  }

  private func insert(_ new: some Collection<Unicode.Scalar>) {
    guard !new.isEmpty else { return }
    unsafe _ = el_winsertstr(editor, new.map { wchar_t(bitPattern: $0.value) } + [0])
  }

  private func move(to place: Int) {
    guard let line = unsafe el_wline(editor)?.pointee else { return }
    let distance = unsafe place - (line.cursor - line.buffer)
    if distance != 0 { unsafe _ = el_cursor(editor, Int32(distance)) }
  }

  private static func string(
    _ start: UnsafePointer<wchar_t>?, _ end: UnsafePointer<wchar_t>?
  ) -> String {
    guard let start = unsafe start, let end = unsafe end else { return "" }
    let characters = unsafe Array(UnsafeBufferPointer(start: start, count: end - start))
    var bytes: [UInt8] = []
    bytes.reserveCapacity(characters.count)
    for character in characters {
      if (0..<0x80).contains(character) {
        bytes.append(UInt8(truncatingIfNeeded: character))
      } else {
        let scalar = Unicode.Scalar(UInt32(bitPattern: character)) ?? "\u{FFFD}"
        bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
