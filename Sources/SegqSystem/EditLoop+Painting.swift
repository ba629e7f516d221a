extension EditLoop {
  /// What is to be seen now.
  var scene: Scene {
    if let search { return search.scene(from: plainScene, history) }
    var scene = plainScene
    scene.below = list
    if let suggestion, let row = suggestion.split(separator: "\n").first {
      scene.suffix = Span(row.count == suggestion.count ? String(row) : row + " …", .suggestion)
    }
    return scene
  }

  func paint() {
    canvas.show(scene)
  }

  /// Ends reading: the whole text stays on the screen, followed by a mark such as `^C`.
  func finish(_ outcome: LineEditor.Input, mark: String = "") {
    self.outcome = outcome
    search = nil
    var scene = plainScene
    scene.suffix = Span(mark)
    canvas.finish(scene)
  }

  /// The rest of the newest history entry that begins with the text, if the cursor is at its end.
  var suggestion: Substring? {
    guard configuration.usesColor, list.isEmpty else { return nil }
    let text = line.text
    return text.isAtEnd ? history.continuation(of: text.text) : nil
  }

  func bell() {
    canvas.write("\u{07}")
  }

  /// Without suggestion and list.
  var plainScene: Scene {
    let text = line.text
    var scene = Scene(width: configuration.width)
    scene.prompt = configuration.prompt
    scene.continuation = configuration.continuationPrompt
    scene.usesColor = configuration.usesColor
    scene.text = text
    if configuration.usesColor, let style = configuration.style {
      scene.inks = style(text.text).map { ($0.range, .text($0.style)) }
    }
    return scene
  }
}
