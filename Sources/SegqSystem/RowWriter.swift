import SegqBytes

/// Puts characters into rows of cells, and begins a new row where one is full.
struct RowWriter {
  let columns: Int
  /// Nil draws without colours.
  let theme: Theme?
  let width: (Character) -> Int
  private var rows: [Row] = []
  private var row = Row()
  private var ink = Ink.plain

  init(columns: Int, theme: Theme?, width: @escaping (Character) -> Int) {
    self.columns = columns
    self.theme = theme
    self.width = width
  }

  /// Where the next character goes, as long as it fits; never beyond the last column.
  var place: Frame.Place {
    Frame.Place(row: rows.count, column: min(row.width, columns - 1))
  }

  var finished: [Row] {
    var copy = self
    copy.endRow()
    return copy.rows
  }

  mutating func put(_ text: String, _ ink: Ink) {
    for character in text { put(character, ink) }
  }

  mutating func put(_ character: Character, _ ink: Ink) {
    let glyph = glyph(of: character)
    makeRoom(glyph.cells)
    use(ink)
    row.bytes.append(contentsOf: glyph.text.utf8)
    row.width += glyph.cells
  }

  /// The same of a printable ASCII character.
  mutating func put(_ ascii: UInt8, _ ink: Ink) {
    makeRoom(1)
    use(ink)
    row.bytes.append(ascii)
    row.width += 1
  }

  mutating func makeRoom(for character: Character) {
    makeRoom(glyph(of: character).cells)
  }

  mutating func endRow() {
    use(.plain)
    rows.append(row)
    row = Row()
  }

  mutating func makeRoom(_ cells: Int) {
    if row.width + cells > columns { endRow() }
  }

  private mutating func use(_ new: Ink) {
    guard let theme, new != ink else { return }
    row.bytes.append(contentsOf: (ink == .plain ? "\u{1B}[" : "\u{1B}[0;").utf8)
    row.bytes.append(contentsOf: (new.code(theme) + "m").utf8)
    ink = new
  }

  /// What is shown for a character: itself, `^A` for a control character, blanks for a tab, and a
  /// stand-in for what turns a line around or is wider than the whole screen.
  private func glyph(of character: Character) -> (text: String, cells: Int) {
    let shown = Self.visible(character) ?? (String(character), max(0, width(character)))
    return shown.cells <= columns ? shown : ("?", 1)
  }

  private static func visible(_ character: Character) -> (text: String, cells: Int)? {
    guard let scalar = character.unicodeScalars.first, VisibleText.isHidden(scalar) else {
      return nil
    }
    let value = scalar.value
    switch value {
    case 0x09: return ("    ", 4)
    case 0..<0x20: return ("^" + String(UnicodeScalar(UInt8(value + 0x40))), 2)
    case 0x7F: return ("^?", 2)
    default: return ("\u{FFFD}", 1)
    }
  }
}
