import SegqBytes
import SegqFormats
import SegqLanguage

/// Draws what went wrong: place, sentence, the line with a caret under it, and the way out.
///
/// ```
/// report.segq:3:18: error: customers has no column 'contry'
///   3 | select customers where contry = FR
///     |                        ^^^^^^
/// help: did you mean 'country'?
/// ```
struct DiagnosticRenderer {
  var usesColor: Bool

  private static let tabWidth = 4
  private static let longestLine = 110
  private static let longestMessage = 400

  func render(_ diagnostic: Diagnostic, in source: SourceText?) -> String {
    var text = ""
    if let source, let span = diagnostic.span, span.start <= source.bytes.count {
      let (line, column) = source.position(of: span.start)
      text += "\(VisibleText.of(source.name)):\(line):\(column): \(title(diagnostic))\n"
      text += excerpt(of: source, span, line: line)
    } else {
      text += (source.map { "\(VisibleText.of($0.name)): " } ?? "segq: ") + title(diagnostic) + "\n"
    }
    if let help = diagnostic.help { text += paint("help", "36") + ": \(VisibleText.of(help))\n" }
    if diagnostic.span != nil, let source, !source.includers.isEmpty {
      text +=
        paint("note", "1;34") + ": included from "
        + VisibleText.of(source.includers.joined(separator: ", from ")) + "\n"
    }
    return text
  }

  private func title(_ diagnostic: Diagnostic) -> String {
    let colour =
      switch diagnostic.severity {
      case .error: "1;31"
      case .warning: "1;33"
      case .note: "1;34"
      }
    return paint(diagnostic.severity.rawValue, colour) + ": "
      + VisibleText.of(Self.shortened(diagnostic.message))
  }

  /// A name of a megabyte does not bury what is said about it.
  private static func shortened(_ text: String) -> String {
    text.utf8.count <= longestMessage
      ? text : "\(text.prefix(longestMessage / 2)) … \(text.suffix(longestMessage / 4))"
  }

  /// The line and the caret; of a long line the part around the mistake.
  private func excerpt(of source: SourceText, _ span: SourceSpan, line: Int) -> String {
    let range = source.lineRange(at: span.start)
    let end = min(max(span.end, span.start), range.upperBound)
    let before = shown(source, range.lowerBound..<min(span.start, range.upperBound))
    let marked = Self.beginning(of: shown(source, min(span.start, end)..<end))
    let after = shown(source, end..<range.upperBound)
    let (head, tail) = Self.cut(before, marked, after)
    let number = String(line)
    let margin = String(repeating: " ", count: number.count)
    let caret = String(repeating: "^", count: max(1, DisplayWidth.of(marked)))
    return "  \(number) | \(head)\(marked)\(tail)\n"
      + "  \(margin) | \(String(repeating: " ", count: DisplayWidth.of(head)))\(paint(caret, "1;31"))\n"
  }

  /// A piece of the line as a terminal shows it, tabs as blanks.
  private func shown(_ source: SourceText, _ range: Range<Int>) -> String {
    let blanks = String(repeating: " ", count: Self.tabWidth)
    let text = String(decoding: source.bytes[range], as: UTF8.self)
    return text.split(separator: "\t", omittingEmptySubsequences: false)
      .map { VisibleText.of($0) }.joined(separator: blanks)
  }

  /// As much of what is marked as fits into a line.
  private static func beginning(of marked: String) -> String {
    guard marked.utf8.count > longestLine, DisplayWidth.of(marked) > longestLine else {
      return marked
    }
    return marked.prefix(longestLine - 20) + "…"
  }

  private static func cut(_ before: String, _ marked: String, _ after: String) -> (String, String) {
    let room = max(20, longestLine - DisplayWidth.of(marked))
    var (head, tail) = (before, after)
    if DisplayWidth.of(head) > room * 2 / 3 { head = "…" + head.suffix(room * 2 / 3) }
    let rest = max(10, room - DisplayWidth.of(head))
    if DisplayWidth.of(tail) > rest { tail = tail.prefix(rest) + "…" }
    return (head, tail)
  }

  private func paint(_ text: String, _ colour: String) -> String {
    usesColor ? "\u{1B}[\(colour)m\(text)\u{1B}[0m" : text
  }
}
