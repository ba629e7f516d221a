/// One thing pressed, or pasted.
enum Key: Equatable {
  /// A character as it comes: `a`, `é`, and the control characters, so that Ctrl-A is U+0001.
  case character(Unicode.Scalar)
  /// A character with Alt held down, sent as Escape and the character.
  case alt(Unicode.Scalar)
  case named(NamedKey)
  /// Bracketed paste, whole, as it is to be inserted.
  case paste(String)
}

/// Keys that a terminal sends as an escape sequence. libedit knows each of them as one private
/// character: U+0080–U+009F are below 256, where its key maps end, and never typed.
enum NamedKey: UInt8, CaseIterable {
  case up = 0x81
  case down, left, right, home, end, delete, pageUp, pageDown
  case wordLeft, wordRight, wordDelete, textStart, textEnd
  /// Alt-Enter and Shift-Enter: a new row, whether or not the text is complete.
  case newRow
  /// What the editor sends itself when a paste has come.
  case pasted
  /// Ctrl-X Ctrl-E.
  case edit
}
