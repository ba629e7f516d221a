@testable import SegqSystem

/// A terminal of a few escape sequences: what the painter's bytes look like to a person.
struct TestScreen {
  let columns: Int
  let rows: Int
  let width: (Character) -> Int
  /// Rows of cells; the second cell of a wide character is empty text.
  private(set) var cells: [[String]]
  /// Rows that have left the screen at its top.
  private(set) var scrolled: [String] = []
  private(set) var row = 0
  private(set) var column = 0
  private(set) var unknown: [String] = []

  init(columns: Int, rows: Int, width: @escaping (Character) -> Int) {
    self.columns = columns
    self.rows = rows
    self.width = width
    cells = Array(repeating: [], count: rows)
  }

  var lines: [String] { cells.map { $0.joined() } }

  /// Everything there ever was, up to the last row that is not blank.
  var transcript: [String] {
    var all = scrolled + lines
    while all.last?.isEmpty == true { all.removeLast() }
    return all
  }

  mutating func feed(_ bytes: [UInt8]) {
    var text = String(decoding: bytes, as: UTF8.self)[...]
    while let character = text.popFirst() {
      switch character {
      case "\u{1B}": escape(&text)
      case "\r": column = 0
      case "\n": lineFeed()
      case "\r\n":
        column = 0
        lineFeed()
      case "\u{07}": break
      default: put(character)
      }
    }
  }

  private mutating func escape(_ text: inout Substring) {
    let body = text.prefix { !($0.isLetter && $0.isASCII) }
    text = text.dropFirst(body.count)
    let final = text.popFirst() ?? " "
    let count = Int(body.dropFirst()) ?? 1
    switch (final, body) {
    case ("A", _): row = max(0, row - count)
    case ("B", _): row = min(rows - 1, row + count)
    case ("C", _): column = min(columns - 1, column + count)
    case ("H", "["): (row, column) = (0, 0)
    case ("K", "["): cells[row] = Array(cells[row].prefix(column))
    case ("J", "["): erase(from: row)
    case ("J", "[2"): cells = Array(repeating: [], count: rows)
    case ("m", _), ("h", _), ("l", _): break
    default: unknown.append(body + String(final))
    }
  }

  private mutating func erase(from first: Int) {
    cells[first] = Array(cells[first].prefix(column))
    for index in cells.indices.dropFirst(first + 1) { cells[index] = [] }
  }

  private mutating func lineFeed() {
    if row + 1 < rows {
      row += 1
    } else {
      scrolled.append(cells.removeFirst().joined())
      cells.append([])
    }
  }

  /// Beyond the last column a terminal goes on in the next row.
  private mutating func put(_ character: Character) {
    let needed = width(character)
    if column + needed > columns {
      column = 0
      lineFeed()
    }
    while cells[row].count < column { cells[row].append(" ") }
    if needed == 0, !cells[row].isEmpty {
      cells[row][column - 1] += String(character)
      return
    }
    let glyph = [String(character)] + Array(repeating: "", count: max(0, needed - 1))
    cells[row].replaceSubrange(column..<min(cells[row].count, column + needed), with: glyph)
    column += needed
  }
}

/// Cells of the characters used in these tests.
func testWidth(_ character: Character) -> Int {
  guard let first = character.unicodeScalars.first else { return 0 }
  if first.properties.generalCategory == .nonspacingMark { return 0 }
  return first.value >= 0x2E80 || character.unicodeScalars.contains("\u{FE0F}") ? 2 : 1
}
