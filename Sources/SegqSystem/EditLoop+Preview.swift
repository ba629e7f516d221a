// What is said of the text beside what it is: looked up once for each text, however often it is
// painted.
extension EditLoop {
  /// Colours, and what the finder has found wrong.
  func inks(of text: String) -> [(range: Range<Int>, ink: Ink)] {
    guard configuration.usesColor, text.utf8.count <= Self.longestTyped,
      let style = configuration.style
    else { return [] }
    if styled?.text != text { styled = (text, style(text)) }
    let styles = (styled?.ranges ?? []).map { ($0.range, Ink.text($0.style)) }
    return styles + mistakes.map { ($0, .text(.error)) }
  }

  /// Asks about the text as it is now, if that was not done yet. Names found wrong stay so as long
  /// as nothing changes before their end.
  func askForPreview() {
    let text = line.text.text
    guard let previewer, text != asked else { return }
    if !mistakes.isEmpty {
      let same = zip(asked.utf8, text.utf8).prefix { $0 == $1 }.count
      mistakes = mistakes.filter { $0.upperBound < same }
    }
    asked = text
    note = ""
    text.isEmpty ? previewer.abandon() : previewer.ask(text)
  }

  func takePreview() {
    guard let found = previewer?.take() else { return }
    note = found.note
    mistakes = found.mistakes
  }

  func dropPreview() {
    previewer?.abandon()
    (asked, note, mistakes) = ("", "", [])
  }

  /// What could follow the text, if the cursor is at its end: the rest of the newest entry of the
  /// history that begins with it, else of what Tab would offer first.
  var suggestion: Substring? {
    guard configuration.usesColor, list.isEmpty else { return nil }
    let text = line.text
    guard text.isAtEnd, (1...Self.longestTyped).contains(text.length) else { return nil }
    if suggested?.text != text.text { suggested = (text.text, suggestion(for: text)) }
    return suggested?.rest
  }

  /// A longer text is a paste: nobody waits there for a word, and it is parsed when it is run.
  private static let longestTyped = 20_000

  private func suggestion(for text: EditText) -> Substring? {
    if let rest = history.continuation(of: text.text) { return rest }
    let suggest = configuration.suggest ?? configuration.complete
    let completions = suggest(text.text, text.cursor)
    let typed = text.slice(completions.replace.clamped(to: 0..<text.length))
    guard !typed.isEmpty, let first = completions.candidates.first?.text,
      first.lowercased().hasPrefix(typed.lowercased())
    else { return nil }
    var rest = first.dropFirst(typed.count)
    while rest.last == " " { rest.removeLast() }
    return rest.isEmpty ? nil : rest
  }
}
