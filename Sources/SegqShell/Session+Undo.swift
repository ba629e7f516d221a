import SegqEngine
import SegqLanguage
import SegqRecords
import SegqStore

extension Session {
  /// Runs `create`, `alter` or `drop`, remembers how to undo it, and answers with what `body` says.
  func defining(
    _ statement: SourceSpan, in source: SourceText, _ body: () throws(ShellError) -> Answered
  ) throws(ShellError) {
    let answered = try changing { () throws(ShellError) in
      let before = catalog.segments
      let answered = try body()
      markCounting(since: before)
      let change = try readingGrowth { () throws(GrowthError) in
        try DefinitionChange(
          words: Self.line(source[statement]), from: before, to: catalog.segments,
          of: catalog.store.customers)
      }
      catalog.store.journal.append(change)
      return answered
    }
    answer(answered.words, next: answered.next)
  }

  /// `segment 21 created`, and the next step: `refresh 21 finds its members`
  typealias Answered = (words: String, next: String?)

  private func readingGrowth<T>(_ body: () throws(GrowthError) -> T) throws(ShellError) -> T {
    do throws(GrowthError) { return try body() } catch {
      throw .diagnostic(Diagnostic(code: "workspace", error.message, help: error.help))
    }
  }

  /// In one line.
  private static func line(_ words: String) -> String {
    words.split(whereSeparator: \.isNewline).map { $0.drop { $0 == " " || $0 == "\t" } }
      .joined(separator: " ")
  }

  /// `undo`: undoes the last change of definitions, then the one before it.
  func undo() throws(ShellError) {
    let undone = try changing { () throws(ShellError) in
      var store = catalog.store
      let change = try readingGrowth { () throws(GrowthError) in try store.undo() }
      guard let change else { throw Self.nothingToUndo }
      let touched = Set(change.before.map(\.segment.id))
      let before = catalog.segments
      catalog.store = store
      catalog.update(marked(touched))
      markCounting(since: before)
      return change
    }
    catalog.selected.formIntersection(Set(catalog.segments.map(\.id)))
    guard !options.isQuiet else { return }
    tellLine("undone: \(undone.words)")
  }

  private static let nothingToUndo = ShellError.diagnostic(
    Diagnostic(
      code: "nothing-to-undo", "there is no change of definitions to undo",
      help: "undo takes back create, alter and drop; it can't undo load, refresh and forget"))

  /// The segments, with those stale whose rule names one that was refreshed after them.
  private func marked(_ ids: Set<Int>) -> [Segment] {
    var segments = catalog.segments
    let dependencies = catalog.dependencies
    for place in segments.indices where ids.contains(segments[place].id) {
      let later = dependencies.named[place].sorted().first {
        (segments[$0].refreshed ?? .min) > (segments[place].refreshed ?? .min)
      }
      guard let later, segments[place].staleness == nil else { continue }
      segments[place].markStale(
        "segment \(segments[later].id), which its rule names, was refreshed later")
    }
    return segments
  }
}
