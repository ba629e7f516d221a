import SegqCommerce
import SegqLanguage
import SegqSystem

// Files of which a second reading is nearly as good as the first.
extension Session {
  /// What files were taken for. A doubt is a question to somebody at a terminal, whose answer counts
  /// from then on; elsewhere it is a note with what to type.
  func items(
    _ body: @escaping @Sendable (StoreLoader) throws(ShellError) -> [LoadItem]
  ) throws(ShellError) -> [LoadItem] {
    let items = try reading(body)
    let answered = items.filter { ask($0) }
    guard answered.isEmpty else { return try self.items(body) }
    for item in items where item.verdict.doubt != nil && !asked.contains(item.glimpse.fingerprint) {
      _ = try reading { (loader) throws(ShellError) in loader.tellDoubt(item) }
    }
    return items
  }

  /// Asks about a file, once; whether the answer is another reading than the one that was taken.
  private func ask(_ item: LoadItem) -> Bool {
    guard isInteractive, !options.isQuiet, let doubt = item.verdict.doubt,
      !asked.contains(item.glimpse.fingerprint)
    else { return false }
    let readings = doubt.readings.enumerated().map { "  \($0 + 1)  \($1.meaning)\n" }.joined()
    let question =
      "\(item.name): \(doubt.question)\n\(readings)1 to \(doubt.readings.count), Enter takes 1: "
    guard let answer = Terminal.ask(question) else { return false }
    asked.insert(item.glimpse.fingerprint)
    guard let number = Int(answer.filter { !$0.isWhitespace }), number > 1,
      doubt.readings.indices.contains(number - 1),
      let choice = choice(item.statement(doubt.readings[number - 1]))
    else { return false }
    sessionChoices[item.glimpse.fingerprint] = choice
    return true
  }

  /// What `load 'FILE' as T (column = 'header')` says of its file.
  private func choice(_ statement: String) -> FileGlimpse.Choice? {
    let parsed = Parser.parse(SourceText(statement, name: "")).statements.first
    guard case .command(.load(let load))? = parsed?.kind else { return nil }
    return try? choice(of: load)
  }
}
