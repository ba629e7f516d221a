import SegqFormats
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem

// What a statement without rows says when it is done. Off a terminal there is no such line.
extension Session {
  /// Whether somebody reads along: at the prompt, or where errors go to a terminal.
  private var isReadAlong: Bool {
    !options.isQuiet && (isInteractive || Terminal.isTerminal(OutputStream.standardError))
  }

  /// Says what was done and what comes next: `segment 21 created · refresh 21 finds its members`.
  func answer(_ words: String, next: String? = nil) {
    guard isReadAlong else { return }
    tellLine(words + (next.map { " · " + $0 } ?? ""))
  }

  /// The same of what scripts and loops do by the thousand: `$n = 5`. Only what was typed is answered.
  func answerTyped(_ words: String) {
    guard depth == 1, openFiles.isEmpty else { return }
    answer(words)
  }

  /// Says, at a terminal, that `undo` can't undo a `load`, a `refresh` or a `forget`:
  /// `'undo' can't undo a refresh`
  func answerNotUndoable(_ word: String) { answer("'undo' can't undo a \(word)") }

  /// `$country = 'FR'`
  func answerVariable(_ name: Identifier) {
    guard let value = catalog.variables[name.text] else { return }
    let shown = if case .literal(let literal) = value { literal.text } else { value.text }
    answerTyped("$\(name.text) = \(shown)")
  }

  /// `1 segment`, `2 segments`
  static func count(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
