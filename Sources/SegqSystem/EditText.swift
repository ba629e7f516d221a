/// The text being edited and the place of the cursor in it, with the motions that libedit lacks:
/// by row, and by what a reader takes for one character.
///
/// All places are offsets in UTF-8 bytes; a row ends where a `\n` stands.
struct EditText: Equatable {
  var text: String
  var cursor: Int

  init(_ text: String = "", cursor: Int? = nil) {
    self.text = text
    self.cursor = cursor ?? text.utf8.count
  }

  var length: Int { text.utf8.count }
  var isAtEnd: Bool { cursor == length }

  /// The row under the cursor, without its `\n`.
  var row: Range<Int> {
    let utf8 = text.utf8
    let place = index(cursor)
    let before = utf8[..<place].lastIndex(of: Byte.newline).map { utf8.index(after: $0) }
    let after = utf8[place...].firstIndex(of: Byte.newline)
    return offset(before ?? utf8.startIndex)..<offset(after ?? utf8.endIndex)
  }

  var isOnFirstRow: Bool { row.lowerBound == 0 }
  var isOnLastRow: Bool { row.upperBound == length }

  /// Whether the cursor stands on a blank last row below other rows: Enter there means "run it".
  var isOnBlankLastRow: Bool {
    guard !isOnFirstRow, isOnLastRow else { return false }
    return slice(row).utf8.allSatisfy { $0 == 0x20 || $0 == Byte.tab }
  }

  /// The place one character to the left, or the cursor's own at the start.
  var left: Int {
    cursor == 0 ? 0 : offset(text.index(before: index(cursor)))
  }

  /// The place one character to the right, or the cursor's own at the end.
  var right: Int {
    isAtEnd ? cursor : offset(text.index(after: clusterStart))
  }

  /// The cursor, unless it stands inside a character (`e` and its accent): then its near or far side.
  func snapped(forward: Bool) -> Int {
    let start = offset(clusterStart)
    return start == cursor ? cursor : forward ? right : start
  }

  /// The text of a range of offsets that lie between scalars.
  func slice(_ range: Range<Int>) -> Substring {
    text[index(range.lowerBound)..<index(range.upperBound)]
  }

  mutating func replace(_ range: Range<Int>, with new: String) {
    text.replaceSubrange(index(range.lowerBound)..<index(range.upperBound), with: new)
    cursor = range.lowerBound + new.utf8.count
  }

  func index(_ offset: Int) -> String.Index {
    text.utf8.index(text.startIndex, offsetBy: offset)
  }

  private func offset(_ index: String.Index) -> Int {
    text.utf8.distance(from: text.startIndex, to: index)
  }

  /// There and back: an index inside a character counts as its start when going on from it.
  private var clusterStart: String.Index {
    let place = index(cursor)
    guard place < text.endIndex else { return place }
    return text.index(before: text.index(after: place))
  }
}

// MARK: - Up and down

extension EditText {
  /// Cells between the start of the row and the cursor.
  func column(_ width: (Character) -> Int) -> Int {
    slice(row.lowerBound..<cursor).reduce(0) { $0 + width($1) }
  }

  /// The place in the row above at `column` cells or just before; nil on the first row.
  func above(column: Int, _ width: (Character) -> Int) -> Int? {
    row.lowerBound == 0 ? nil : place(inRowOf: row.lowerBound - 1, column, width)
  }

  /// The same for the row below; nil on the last row.
  func below(column: Int, _ width: (Character) -> Int) -> Int? {
    row.upperBound == length ? nil : place(inRowOf: row.upperBound + 1, column, width)
  }

  private func place(inRowOf offset: Int, _ column: Int, _ width: (Character) -> Int) -> Int {
    let range = EditText(text, cursor: offset).row
    var cells = 0
    var place = range.lowerBound
    for character in slice(range) {
      cells += width(character)
      guard cells <= column else { break }
      place += character.utf8.count
    }
    return place
  }
}
