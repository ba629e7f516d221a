/// Lays a text out in the one way in which segq writes it: `SELECT  customers where a=1;` becomes
/// `select customers where a = 1`. Comments stay, and what the text means does not change.
public enum Formatter {
  /// A statement that is longer goes on in new lines, one for each clause.
  static let width = 100

  /// The text laid out; the mistakes, where it has any.
  ///
  /// Laying out twice changes nothing more. O(n).
  public static func format(_ source: SourceText) -> Result<String, FormatFailure> {
    // Bytes that are no text would not come out as they went in.
    guard String(validating: source.bytes, as: UTF8.self) != nil else {
      let error = SyntaxError(kind: .lexical(.invalidUTF8), span: source.firstForeignBytes)
      return .failure(FormatFailure(diagnostics: [error.diagnostic]))
    }
    var parser = Parser(source)
    parser.marks = []
    var diagnostics: [Diagnostic] = []
    loop: while true {
      switch parser.step(isFinal: true) {
      case .statement: continue
      case .failure(let found): diagnostics += found
      case .incomplete(let found): diagnostics += found.map { [$0] } ?? []
      case .end: break loop
      }
    }
    guard diagnostics.isEmpty else { return .failure(FormatFailure(diagnostics: diagnostics)) }
    var layout = Layout(FormatTokens(source, parser.marks ?? []).pieces)
    return .success(layout.text())
  }
}

public struct FormatFailure: Error {
  public let diagnostics: [Diagnostic]
}

/// A token with what the parser made of it and what stands before it.
struct FormatPiece {
  var text: String
  var kind: Token.Kind
  var marks: Set<Mark.Kind>
  /// Comments between the token before and this one; `isTrailing` on that token's line.
  var comments: [(text: String, isTrailing: Bool)]
  /// An empty line stands before it, or before its comments.
  var followsBlankLine: Bool
  /// The token is the first of its line.
  var followsNewline: Bool
}

/// Cuts a text into pieces for the layout.
private struct FormatTokens {
  var pieces: [FormatPiece] = []

  init(_ source: SourceText, _ marks: [Mark]) {
    var kinds: [Int: Set<Mark.Kind>] = [:]
    var raw: [Int: Int] = [:]
    for mark in marks {
      kinds[mark.span.start, default: []].insert(mark.kind)
      if mark.kind == .raw, mark.span.end > mark.span.start {
        raw[mark.span.start] = mark.span.end
      }
    }
    var lexer = Lexer(source)
    var end = 0
    while true {
      var token = lexer.next()
      if let rawEnd = raw[token.span.start] {
        token.span.end = rawEnd
        lexer.move(to: rawEnd)
      }
      let gap = FormatGap(source, end..<token.span.start)
      let marks = kinds[token.span.start] ?? []
      let text = source[token.span]
      pieces.append(
        FormatPiece(
          text: marks.isDisjoint(with: [.keyword, .clause, .logical])
            || raw[token.span.start] != nil
            ? text : text.lowercased(),
          // What is no business of the language may begin with any sign.
          kind: raw[token.span.start] == nil ? token.kind : .string, marks: marks,
          comments: gap.comments,
          followsBlankLine: gap.hasBlankLine, followsNewline: token.followsNewline))
      end = token.span.end
      if token.kind == .end { return }
      // A pipe and a shell command reach to the end of their line.
      if token.kind == .symbol(.pipe) || token.kind == .symbol(.exclamation) {
        let line = source.trimmed(SourceSpan(end, lexer.endOfLine(from: end)))
        guard let rawEnd = raw[line.start] else { continue }
        pieces.append(
          FormatPiece(
            text: source[SourceSpan(line.start, rawEnd)], kind: .string,
            marks: kinds[line.start] ?? [], comments: [], followsBlankLine: false,
            followsNewline: false))
        lexer.move(to: rawEnd)
        end = rawEnd
      }
    }
  }
}

/// What stands between two tokens: blanks, line ends and comments.
private struct FormatGap {
  var comments: [(text: String, isTrailing: Bool)] = []
  var hasBlankLine = false

  init(_ source: SourceText, _ range: Range<Int>) {
    var lines = 0
    var position = range.lowerBound
    while position < range.upperBound {
      let byte = source.bytes[position]
      if source.endsLine(position) {
        lines += 1
        if lines == 2, comments.isEmpty { hasBlankLine = true }
        position += 1
      } else if byte == UInt8(ascii: "#") || byte == UInt8(ascii: "-") {
        let line = source.lineRange(at: position)
        let span = source.trimmed(SourceSpan(position, min(line.upperBound, range.upperBound)))
        let isTrailing = lines == 0 && comments.isEmpty && range.lowerBound > 0
        if lines >= 2, !comments.isEmpty { comments.append(("", false)) }
        comments.append((source[span], isTrailing))
        lines = 0
        position = max(span.end, position + 1)
      } else {
        position += 1
      }
    }
    // An empty line between the comments and what they stand before is kept too.
    if lines >= 2, !comments.isEmpty, comments.contains(where: { !$0.isTrailing }) {
      comments.append(("", false))
    } else if lines >= 2, !comments.isEmpty {
      hasBlankLine = true
    }
  }
}

/// Puts pieces into lines.
private struct Layout {
  private let pieces: [FormatPiece]
  private var lines: [String] = []
  private var depth = 0
  /// Pieces of the statement that is being collected.
  private var statement: [FormatPiece] = []

  init(_ pieces: [FormatPiece]) { self.pieces = pieces }

  mutating func text() -> String {
    for piece in pieces { take(piece) }
    while lines.last == "" { lines.removeLast() }
    return lines.isEmpty ? "" : lines.joined(separator: "\n") + "\n"
  }

  private mutating func take(_ piece: FormatPiece) {
    let endsStatement =
      piece.kind == .symbol(.semicolon) || piece.kind == .symbol(.rightBrace)
      || piece.kind == .end || piece.marks.contains(.statement) && !isInner(piece)
    if endsStatement {
      flush(isSeparated: piece.kind == .symbol(.semicolon))
      // Those before a statement are written with it.
      if !piece.marks.contains(.statement) { emitComments(of: piece) }
    }
    switch piece.kind {
    case .end, .symbol(.semicolon): return
    case .symbol(.rightBrace):
      depth -= 1
      append("}")
    case .symbol(.leftBrace):
      statement.append(piece)
      flush(isSeparated: false)
      depth += 1
    default:
      if isElse(piece) {
        appendToLast(" else")
        isAfterElse = true
        return
      }
      statement.append(piece)
    }
  }

  /// Whether a head such as `else` has to be gone on with in its line.
  private var isAfterElse = false

  private func isElse(_ piece: FormatPiece) -> Bool {
    statement.isEmpty && piece.text == "else" && piece.marks.contains(.keyword)
      && piece.comments.isEmpty && lines.last?.hasSuffix("}") ?? false
  }

  /// `explain select …`: a statement within a statement.
  private func isInner(_ piece: FormatPiece) -> Bool {
    guard let first = statement.first, !piece.followsNewline else {
      return statement.isEmpty && isAfterElse
    }
    return first.text == "explain" || first.text == "watch"
  }

  /// Writes the statement that was collected.
  private mutating func flush(isSeparated: Bool) {
    guard !statement.isEmpty else { return }
    defer {
      statement.removeAll()
      isAfterElse = false
    }
    if isAfterElse {
      for line in StatementLayout(statement).lines(depth: depth, prefix: 0) {
        appendToLast(" " + line.text)
      }
      return
    }
    emitComments(of: statement[0])
    if statement[0].followsBlankLine, statement[0].comments.allSatisfy(\.isTrailing),
      !lines.isEmpty, lines.last != "", lines.last?.hasSuffix("{") != true
    {
      lines.append("")
    }
    statement[0].comments = []
    let needsSeparator =
      isSeparated && Parser.openWords.contains(statement[statement.count - 1].text.lowercased())
    for line in StatementLayout(statement).lines(depth: depth, prefix: 2 * depth) {
      append(line.text, extra: line.indent)
    }
    if needsSeparator { appendToLast(";") }
  }

  private mutating func emitComments(of piece: FormatPiece) {
    var isFirst = true
    for comment in piece.comments {
      if comment.isTrailing, !lines.isEmpty {
        appendToLast("  " + comment.text)
      } else if comment.text.isEmpty {
        if lines.last != "" { lines.append("") }
      } else {
        if isFirst, piece.followsBlankLine, !lines.isEmpty, lines.last != "",
          lines.last?.hasSuffix("{") != true
        {
          lines.append("")
        }
        append(comment.text)
      }
      if !comment.isTrailing { isFirst = false }
    }
  }

  private mutating func append(_ text: String, extra: Int = 0) {
    lines.append(String(repeating: " ", count: 2 * depth + extra) + text)
  }

  private mutating func appendToLast(_ text: String) {
    if lines.isEmpty { lines.append("") }
    lines[lines.count - 1] += text
  }
}

extension Formatter {
  /// The condition at `span` in one line, without comments, and with what its variables stand for.
  public static func condition<E: Error>(
    _ source: SourceText, _ span: SourceSpan, _ literals: (VariableName) throws(E) -> [Literal]
  ) throws(E) -> String {
    var parser = Parser(SourceText(bytes: Array(source.bytes[span.range]), name: ""))
    parser.marks = []
    parser.openBrackets = 1
    parser.startStatement()
    _ = try? parser.condition()
    var pieces = FormatTokens(parser.source, parser.marks ?? []).pieces.dropLast()
    for i in pieces.indices { pieces[i].comments = [] }
    let complete = try replaced(Array(pieces), literals)
    return StatementLayout.joined(complete[...])
  }

  private static func replaced<E: Error>(
    _ pieces: [FormatPiece], _ literals: (VariableName) throws(E) -> [Literal]
  ) throws(E) -> [FormatPiece] {
    var result: [FormatPiece] = []
    var position = 0
    while position < pieces.count {
      var piece = pieces[position]
      position += 1
      if piece.kind == .variable {
        let nowhere = SourceSpan(0, 0)
        var name = VariableName(
          Identifier(text: String(piece.text.dropFirst()), span: nowhere), nowhere)
        if position + 1 < pieces.count, pieces[position].kind == .symbol(.dot) {
          name.field = Identifier(text: pieces[position + 1].text, span: nowhere)
          position += 2
        }
        piece.text = try literals(name).map(\.text).joined(separator: ", ")
      } else if piece.kind == .string, piece.text.contains("${") {
        let source = SourceText(piece.text, name: "")
        let template = try? StringLiteral.template(of: source, SourceSpan(0, source.bytes.count))
        var text = ""
        for part in template?.pieces ?? [] {
          switch part {
          case .text(let plain): text += plain
          case .variable(let name):
            text += try literals(name).map(\.bare).joined(separator: " ")
          }
        }
        piece.text = Literal.string(text).text
      }
      result.append(piece)
    }
    return result
  }
}

extension Literal {
  /// A text without its quotes, anything else as it is written.
  fileprivate var bare: String {
    guard case .string(let text) = self else { return text }
    return text
  }
}
