/// All that the editor wants to be seen, before it is laid out in cells.
///
/// ```
/// segq> select customers            prompt, text
///   ... where country = 'DE'        continuation, text, the suffix in grey
/// country  a column of customers    a line below
/// ```
struct Scene {
  var prompt = ""
  var continuation = ""
  var text = EditText()
  var inks: [(range: Range<Int>, ink: Ink)] = []
  /// Stands behind the text without being part of it: a suggestion, `^C`.
  var suffix = Span("")
  var below: [[Span]] = []
  var usesColor = false
  var theme = Theme.dark
  var width: (Character) -> Int

  /// Rows of cells no wider than `columns`, at most `height` of them, the cursor's among them.
  ///
  /// - Parameter top: the first row that was visible last time: the window moves no farther
  ///   than it must.
  func frame(columns: Int, height: Int, top: Int = 0) -> Frame {
    var writer = RowWriter(
      columns: max(1, columns), theme: usesColor ? theme : nil, width: width)
    let cursor = write(to: &writer)
    for line in below {
      writer.endRow()
      for span in line { writer.put(span.text, span.ink) }
    }
    return Frame(rows: writer.finished, cursor: cursor, height: max(1, height), top: top)
  }

  private func write(to writer: inout RowWriter) -> Frame.Place {
    writer.put(prompt, .prompt)
    var cursor: Frame.Place?
    var offset = 0
    var palette = Palette(inks)
    var index = text.text.startIndex
    while index < text.text.endIndex {
      // What is not ASCII may be part of the character before it.
      if let byte = text.simpleCharacter(at: index) {
        writer.makeRoom(1)
        if cursor == nil, text.cursor == offset { cursor = writer.place }
        writer.put(byte, palette.ink(at: offset))
        index = text.text.utf8.index(after: index)
        offset += 1
        continue
      }
      let character = text.text[index]
      let end = offset + character.utf8.count
      let isNewRow = character == "\n" || character == "\r\n"
      if !isNewRow { writer.makeRoom(for: character) }
      if cursor == nil, text.cursor < end { cursor = writer.place }
      if isNewRow { startRow(in: &writer) } else { writer.put(character, palette.ink(at: offset)) }
      index = text.text.index(after: index)
      offset = end
    }
    if cursor == nil {
      writer.makeRoom(for: " ")
      cursor = writer.place
    }
    writer.put(suffix.text, suffix.ink)
    return cursor ?? writer.place
  }

  private func startRow(in writer: inout RowWriter) {
    writer.endRow()
    writer.put(continuation, .prompt)
  }
}

extension EditText {
  /// A printable ASCII character that no other belongs to.
  fileprivate func simpleCharacter(at index: String.Index) -> UInt8? {
    let utf8 = text.utf8
    guard 0x20..<0x7F ~= utf8[index] else { return nil }
    let next = utf8.index(after: index)
    return next == utf8.endIndex || utf8[next] < 0x80 ? utf8[index] : nil
  }
}

/// The ink of each offset, asked for from left to right; of those that overlap the one that was
/// given last.
private struct Palette {
  private let inks: [(range: Range<Int>, ink: Ink)]
  private var starts: ArraySlice<Int>
  private var open: [Int] = []

  init(_ inks: [(range: Range<Int>, ink: Ink)]) {
    self.inks = inks
    starts = inks.indices.sorted { inks[$0].range.lowerBound < inks[$1].range.lowerBound }[...]
  }

  mutating func ink(at offset: Int) -> Ink {
    while let first = starts.first, inks[first].range.lowerBound <= offset {
      open.append(starts.removeFirst())
    }
    if open.isEmpty { return .plain }
    open.removeAll { inks[$0].range.upperBound <= offset }
    return open.max().map { inks[$0].ink } ?? .plain
  }
}
