extension EditLoop {
  /// Tab: inserts what is certain; when nothing is, shows what is possible.
  func complete() {
    if keys.textFollows() { return line.insert("\t") }
    let text = line.text
    var completions = configuration.complete(text.text, text.cursor)
    completions.replace = completions.replace.clamped(to: 0..<text.length)
    guard let only = completions.candidates.first else { return bell() }
    if completions.candidates.count == 1 {
      insert(only.text, completions.replace)
    } else if let prefix = completions.certainPart(after: text.slice(completions.replace)) {
      insert(prefix, completions.replace)
    } else {
      show(completions)
    }
  }

  private func insert(_ new: String, _ range: Range<Int>) {
    var text = line.text
    text.replace(range, with: new)
    line.text = text
  }

  /// Under the text, where the next key takes it away; what is too long for that goes above, to
  /// be scrolled back to, and the prompt begins again below.
  private func show(_ completions: Completions) {
    list = completions.list(
      columns: canvas.columns, rows: canvas.rows - 2, width: configuration.width)
    guard !canvas.holds(scene) else { return }
    var above = plainScene
    above.below = list
    list = []
    canvas.finish(above)
  }
}

extension Completions {
  /// The common prefix of all candidates if it says more than what is there already.
  func certainPart(after typed: Substring) -> String? {
    let prefix = commonPrefix
    let isLonger = prefix.utf8.count > typed.utf8.count
    return isLonger && prefix.lowercased().hasPrefix(typed.lowercased()) ? prefix : nil
  }
}
