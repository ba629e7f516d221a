extension EditLoop {
  /// Does what a key stands for; false ends reading.
  func perform(_ command: Command) -> Bool {
    switch command {
    case .enter: return enter()
    case .deleteRightOrLeave: return deleteRightOrLeave()
    case .search: return runSearch()
    case .newRow: line.insert("\n")
    case .paste: paste()
    case .complete: complete()
    case .clearScreen: clearScreen()
    case .edit: edit()
    case .left: line.text.cursor = line.text.left
    case .right: acceptSuggestion() ?? { line.text.cursor = line.text.right }()
    case .rowStart: line.text.cursor = line.text.row.lowerBound
    case .rowEnd: acceptSuggestion() ?? { line.text.cursor = line.text.row.upperBound }()
    case .up: up()
    case .down: down()
    case .older: step { $0.older(than: $1, startingWith: $2) }
    case .newer: step { $0.newer(than: $1, startingWith: $2) }
    case .deleteLeft: delete { $0.left..<$0.cursor }
    case .deleteRight: delete { $0.cursor..<$0.right }
    }
    return true
  }

  private func acceptSuggestion() -> Void? {
    suggestion.map { line.insert(String($0)) }
  }

  private func delete(_ range: (EditText) -> Range<Int>) {
    var text = line.text
    text.replace(range(text), with: "")
    line.text = text
  }

  /// A paste that ends in a newline is not run by it: Enter is for people.
  private func paste() {
    let text = line.text
    while text.isAtEnd, pasted.last == "\n" { pasted.removeLast() }
    line.insert(pasted)
    pasted = ""
  }

  private func clearScreen() {
    canvas.write("\u{1B}[H\u{1B}[2J")
    canvas.forget()
  }
}

// MARK: - Leaving

extension EditLoop {
  /// Runs what is complete; otherwise, and in the middle of a paste without brackets, a new row.
  /// On a blank last row it runs what there is, so that an unfinished text can be had out with.
  private func enter() -> Bool {
    guard !keys.textFollows() else { return startRow() }
    let text = line.text
    if text.isOnBlankLastRow {
      line.text = EditText(String(text.slice(0..<(text.row.lowerBound - 1))))
      return leave()
    }
    let isBlank = text.text.allSatisfy(\.isWhitespace)
    return isBlank || configuration.isComplete(text.text) ? leave() : startRow()
  }

  private func startRow() -> Bool {
    line.insert("\n")
    return true
  }

  private func leave() -> Bool {
    finish(.text(line.text.text))
    return false
  }

  private func deleteRightOrLeave() -> Bool {
    if line.text.text.isEmpty {
      finish(.end)
      return false
    }
    return perform(.deleteRight)
  }
}

// MARK: - Up and down

extension EditLoop {
  private func up() {
    moveVertically { $0.above(column: $1, configuration.width) }
      ?? recall(walk.older(than: line.text.text))
  }

  private func down() {
    moveVertically { $0.below(column: $1, configuration.width) }
      ?? recall(walk.newer(than: line.text.text))
  }

  /// Several steps in a row keep to the column of the first, across shorter rows.
  private func moveVertically(_ step: (EditText, Int) -> Int?) -> Void? {
    let text = line.text
    let kept = vertical.flatMap { $0.cursor == text.cursor ? $0.column : nil }
    let column = kept ?? text.column(configuration.width)
    guard let place = step(text, column) else { return nil }
    line.text.cursor = place
    vertical = (column, place)
    return ()
  }

  private func recall(_ entry: String?) {
    guard let entry else { return bell() }
    line.text = EditText(entry)
    vertical = nil
  }

  /// Through the entries that begin with what stands before the cursor, which stays in its place.
  private func step(_ walk: (inout HistoryWalk, String, Substring) -> String?) {
    let text = line.text
    let prefix = text.slice(0..<text.cursor)
    guard let entry = walk(&self.walk, text.text, prefix) else { return bell() }
    line.text = EditText(entry, cursor: text.cursor)
  }
}
