import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords
import SegqSystem
import Synchronization

/// What the prompt says under a statement while it is typed.
///
/// ```
/// segq> select customers where country = France and since >= 2026
/// 120 of 10,000 customers · 1.2 %
/// segq> select customers where contry = France
/// customers has no column 'contry' · did you mean 'country'?
/// ```
/// It works in a thread of its own on the store as it was when the prompt came, reads no file, and
/// stops when the next key is pressed.
final class LivePreview: Sendable {
  private struct State {
    var store: StoreCatalog.Snapshot
    var isCounting: Bool
  }

  private let state: Mutex<State?> = Mutex(nil)

  /// A longer text is a script, and nobody types one.
  private static let longestText = 20_000

  /// What the next texts are about.
  func update(_ store: StoreCatalog.Snapshot, isCounting: Bool) {
    state.withLock { $0 = State(store: store, isCounting: isCounting) }
  }

  func find(_ text: String, _ isAbandoned: @escaping @Sendable () -> Bool) -> Preview? {
    guard text.utf8.count <= Self.longestText, let state = state.withLock({ $0 }) else {
      return nil
    }
    let catalog = StoreCatalog(state.store, Execution(isInterrupted: isAbandoned))
    // So that the counts of values are there when Tab asks for them.
    _ = Completer(catalog, waitsForCounts: true, readsFolders: false).complete(
      text, text.utf8.count)
    let typed = TypedText(text)
    guard let statement = typed.statement else { return nil }
    do throws(Diagnostic) {
      let count = try LiveCount(statement, typed.source, catalog)
      guard typed.isWhole, state.isCounting, let count else { return Preview() }
      return try count.sentence().map { Preview(note: $0) }
    } catch { return typed.preview(of: error) }
  }
}

/// The last statement of a text, or as much of its beginning as is one: of `select customers where
/// contry =` everything but the sign.
private struct TypedText {
  let source: SourceText
  private(set) var statement: Statement?
  private(set) var isWhole = true
  /// Where the part of it ends that is a statement.
  private var cut: Int

  init(_ text: String) {
    var bytes = Array(text.utf8)
    source = SourceText(text, name: "<prompt>")
    cut = bytes.count
    for _ in 0..<8 {
      let parsed = Parser.parse(SourceText(bytes: bytes, name: "<prompt>"))
      if parsed.diagnostics.isEmpty {
        statement = parsed.statements.last
        return
      }
      isWhole = false
      guard let last = SourceText(bytes: bytes, name: "").lastToken?.start, last > 0 else { return }
      bytes.removeSubrange(last...)
      cut = last
    }
  }

  /// What is not loaded, and what was abandoned, is no mistake.
  func preview(of error: Diagnostic) -> Preview {
    let mistakes = ([error] + error.others).filter { mistake in
      guard let span = mistake.span else { return false }
      let isName = mistake.code.hasPrefix("unknown-") || mistake.code == "wrong-type"
      return isName && isFinished(span, isColumn: mistake.code == "unknown-column")
    }
    guard let first = mistakes.first else { return Preview() }
    return Preview(
      note: ([first.message] + [first.help].compactMap { $0 }).joined(separator: " · "),
      mistakes: mistakes.compactMap { $0.span?.range })
  }

  /// A word at the end may be half typed, and before what was left out it may mean something else:
  /// `sum(` is no column.
  private func isFinished(_ span: SourceSpan, isColumn: Bool) -> Bool {
    let rest = source.bytes[min(span.end, source.bytes.count)...]
    guard let next = rest.first(where: { $0 != UInt8(ascii: " ") }) else { return false }
    let isLast = !isWhole && rest.startIndex >= lastWordEnd
    return !isLast || isColumn && next != UInt8(ascii: "(") && next != UInt8(ascii: ".")
  }

  private var lastWordEnd: Int {
    SourceText(bytes: Array(source.bytes[..<cut]), name: "").lastToken?.end ?? 0
  }
}
