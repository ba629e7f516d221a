import SegqTestSupport
import Testing

@testable import SegqLanguage

/// `Tests/Corpus/*.segq`: what each stage makes of a script stands beside it.
@Suite("The corpus, from text to layout")
struct CorpusTests {
  static let files = Golden.files("Corpus", ending: ".segq")

  @Test("Tokens", arguments: files)
  func tokens(file: String) throws {
    let source = SourceText(try Golden.text(file), name: file)
    var lexer = Lexer(source)
    var lines = ""
    while true {
      let token = lexer.next()
      if token.kind == .end { break }
      let mark = token.followsNewline ? "│ " : "  "
      lines += "\(mark)\(token.kind) \(source[token.span])\n"
    }
    #expect(try Golden.matches(lines, file.stage("tokens")))
  }

  @Test("Syntax", arguments: files)
  func syntax(file: String) throws {
    let parsed = Parser.parse(SourceText(try Golden.text(file), name: file))
    #expect(parsed.diagnostics.map(\.message) == [])
    let lines = parsed.statements.map { Self.drawn($0.syntax, 0) }.joined()
    #expect(try Golden.matches(lines, file.stage("syntax")))
  }

  @Test("Layout: one and the same, however often, with the same meaning", arguments: files)
  func layout(file: String) throws {
    let source = SourceText(try Golden.text(file), name: file)
    let text = try Formatter.format(source).get()
    #expect(try Golden.matches(text, file.stage("formatted")))
    let again = SourceText(text, name: file)
    #expect(try Formatter.format(again).get() == text)
    #expect(Parser.parse(again).statements == Parser.parse(source).statements)
  }

  @Test("The layout does not hang on how the text came", arguments: files)
  func squeezed(file: String) throws {
    let source = SourceText(try Golden.text(file).replacing("\r", with: ""), name: file)
    let text = try Formatter.format(source).get()
    // Twice the blanks, capitals where they mean nothing, and CRLF.
    let other = SourceText(text.replacing("\n", with: "\r\n"), name: file)
    #expect(try Formatter.format(other).get() == text)
  }

  private static func drawn(_ node: SyntaxNode, _ depth: Int) -> String {
    let detail = node.detail.isEmpty ? "" : " " + node.detail
    return String(repeating: "  ", count: depth) + node.name + detail + "\n"
      + node.children.map { drawn($0, depth + 1) }.joined()
  }
}

extension String {
  /// `Corpus/grid.segq` with another ending.
  fileprivate func stage(_ ending: String) -> String { dropLast(4) + ending }

  @Test(
    "A shell command keeps what it begins with",
    arguments: [
      "\n!", "!\t~-n", "! =x", "!;ls", "!#ls", "! ;a#b", "select customers | ;a",
      "select customers | #a;b",
    ])
  func shellCommands(text: String) throws {
    let source = SourceText(text, name: "test")
    let again = SourceText(try Formatter.format(source).get(), name: "again")
    #expect(Parser.parse(again).statements == Parser.parse(source).statements)
    #expect(Parser.parse(again).statements.count == 1)
  }
}
