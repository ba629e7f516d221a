/// What segq does itself when a key is pressed; everything else is libedit's.
enum Command {
  case enter, newRow, paste, complete, search, clearScreen
  case left, right, up, down, rowStart, rowEnd
  case deleteLeft, deleteRightOrLeave, deleteRight
  case older, newer, edit

  /// The command of a control character or of a `NamedKey`.
  init?(character: UInt8) {
    if let key = NamedKey(rawValue: character) {
      self.init(key)
      return
    }
    switch character {
    case 0x01: self = .rowStart  // Ctrl-A
    case 0x02: self = .left  // Ctrl-B
    case 0x04: self = .deleteRightOrLeave  // Ctrl-D
    case 0x05: self = .rowEnd  // Ctrl-E
    case 0x06: self = .right  // Ctrl-F
    case 0x08, 0x7F: self = .deleteLeft  // Backspace
    case 0x09: self = .complete  // Tab
    case 0x0A, 0x0D: self = .enter
    case 0x0C: self = .clearScreen  // Ctrl-L
    case 0x0E: self = .down  // Ctrl-N
    case 0x10: self = .up  // Ctrl-P
    case 0x12: self = .search  // Ctrl-R
    default: return nil
    }
  }

  private init?(_ key: NamedKey) {
    switch key {
    case .up: self = .up
    case .down: self = .down
    case .left: self = .left
    case .right: self = .right
    case .home: self = .rowStart
    case .end: self = .rowEnd
    case .delete: self = .deleteRight
    case .pageUp: self = .older
    case .pageDown: self = .newer
    case .newRow: self = .newRow
    case .pasted: self = .paste
    case .edit: self = .edit
    case .wordLeft, .wordRight, .wordDelete, .textStart, .textEnd: return nil
    }
  }
}

extension NamedKey {
  /// Keys that run a command of libedit's.
  static let builtin: [(key: NamedKey, command: String)] = [
    (.wordLeft, "ed-prev-word"), (.wordRight, "em-next-word"),
    (.wordDelete, "em-delete-next-word"),
    (.textStart, "ed-move-to-beg"), (.textEnd, "ed-move-to-end"),
  ]

  /// Keys of vi's command mode that mean one of ours: `k` is Up, `/` is Ctrl-R, `v` the editor.
  static let viAliases: [(key: String, alias: String)] = [
    ("j", "\u{82}"), ("k", "\u{81}"), ("/", "\u{12}"), ("?", "\u{12}"),
    ("v", "\u{91}"),
  ]
}
