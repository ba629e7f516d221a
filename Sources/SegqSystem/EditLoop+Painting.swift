extension EditLoop {
  /// What is to be seen now.
  var scene: Scene {
    if let search { return search.scene(from: plainScene, history, columns: canvas.columns) }
    var scene = plainScene
    scene.below = list.isEmpty && !note.isEmpty ? [[shownNote]] : list
    if let suggestion, let row = suggestion.split(separator: "\n").first {
      scene.suffix = Span(row.count == suggestion.count ? String(row) : row + " …", .suggestion)
    }
    return scene
  }

  private var shownNote: Span {
    Span(note.cut(to: canvas.columns - 1, configuration.width), .detail)
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
    scene.theme = configuration.theme()
    scene.inks = inks(of: text.text)
    return scene
  }
}
