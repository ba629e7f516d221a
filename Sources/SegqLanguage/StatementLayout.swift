/// One statement in lines: whole where it fits, else a line for each clause, and for each part of a
/// condition where a clause alone is too long.
struct StatementLayout {
  struct Line {
    var text: String
    /// Blanks before it, besides those of its block.
    var indent: Int
  }

  private let pieces: [FormatPiece]

  init(_ pieces: [FormatPiece]) { self.pieces = pieces }

  /// `prefix` is the room that the block's indentation takes.
  func lines(depth: Int, prefix: Int) -> [Line] {
    let hasComments = pieces.contains { !$0.comments.isEmpty }
    let whole = Self.joined(pieces[...])
    if !hasComments, whole.count + prefix <= Formatter.width {
      return [Line(text: whole, indent: 0)]
    }
    var lines: [Line] = []
    for (i, clause) in parts(pieces[...], before: .clause).enumerated() {
      let indent = i == 0 ? 0 : 2
      add(clause, indent: indent, prefix: prefix, to: &lines)
    }
    return lines
  }

  private func add(
    _ clause: ArraySlice<FormatPiece>, indent: Int, prefix: Int, to lines: inout [Line]
  ) {
    let text = Self.joined(clause)
    let isSimple = clause.dropFirst().allSatisfy(\.comments.isEmpty)
    addComments(of: clause, indent: indent, to: &lines)
    if isSimple, text.count + indent + prefix <= Formatter.width {
      return lines.append(Line(text: text, indent: indent))
    }
    for (i, part) in parts(clause, before: .logical).enumerated() {
      let indent = i == 0 ? indent : 4
      if i > 0 { addComments(of: part, indent: indent, to: &lines) }
      addWrapped(part, indent: indent, prefix: prefix, to: &lines)
    }
  }

  /// Breaks behind commas where there is no other way, and behind comments.
  private func addWrapped(
    _ part: ArraySlice<FormatPiece>, indent: Int, prefix: Int, to lines: inout [Line]
  ) {
    var start = part.startIndex
    var lastComma: Int?
    var indent = indent
    var position = start
    while position < part.endIndex {
      let breaksBefore = position > start && !part[position].comments.isEmpty
      let isTooLong =
        Self.joined(part[start...position]).count + indent + prefix > Formatter.width
      if breaksBefore || isTooLong && lastComma != nil {
        let end = breaksBefore ? position : (lastComma ?? position) + 1
        lines.append(Line(text: Self.joined(part[start..<end]), indent: indent))
        start = end
        indent = 4
        lastComma = nil
        if breaksBefore { addComments(of: part[start...], indent: indent, to: &lines) }
      }
      if part[position].kind == .symbol(.comma) { lastComma = position }
      position += 1
    }
    if start < part.endIndex {
      lines.append(Line(text: Self.joined(part[start...]), indent: indent))
    }
  }

  private func addComments(
    of clause: ArraySlice<FormatPiece>, indent: Int, to lines: inout [Line]
  ) {
    guard let first = clause.first else { return }
    for comment in first.comments where !comment.text.isEmpty {
      if comment.isTrailing, !lines.isEmpty {
        lines[lines.count - 1].text += "  " + comment.text
      } else {
        lines.append(Line(text: comment.text, indent: max(indent, 2)))
      }
    }
  }

  /// The pieces cut before each that is so marked.
  private func parts(
    _ pieces: ArraySlice<FormatPiece>, before kind: Mark.Kind
  ) -> [ArraySlice<FormatPiece>] {
    var parts: [ArraySlice<FormatPiece>] = []
    var start = pieces.startIndex
    for i in pieces.indices.dropFirst() where pieces[i].marks.contains(kind) {
      parts.append(pieces[start..<i])
      start = i
    }
    parts.append(pieces[start...])
    return parts
  }

  static func joined(_ pieces: ArraySlice<FormatPiece>) -> String {
    var text = ""
    var previous: FormatPiece?
    for piece in pieces {
      if let previous, needsBlank(previous, piece) { text += " " }
      text += piece.text
      previous = piece
    }
    return text
  }

  private static func needsBlank(_ a: FormatPiece, _ b: FormatPiece) -> Bool {
    switch (a.kind, b.kind) {
    case (.symbol(.dot), _), (_, .symbol(.dot)), (_, .symbol(.comma)),
      (.symbol(.leftParenthesis), _), (_, .symbol(.rightParenthesis)),
      (.symbol(.leftBracket), _), (_, .symbol(.rightBracket)):
      // `.tables` begins a statement of its own kind.
      return false
    // `!=` and `!~` are signs.
    case (.symbol(.exclamation), _): return b.text.hasPrefix("=") || b.text.hasPrefix("~")
    case (_, .symbol(.leftParenthesis)): return !b.marks.contains(.call)
    // Two signs side by side would begin a comment.
    default: return !a.marks.contains(.sign) || b.marks.contains(.sign)
    }
  }
}
