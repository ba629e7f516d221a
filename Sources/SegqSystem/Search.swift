/// Searching the history while typing: the newest entry that contains the query.
///
/// ```
/// search `de`: select customers where country = 'de'
/// ```
struct Search {
  private(set) var query = ""
  private(set) var match: (entry: Int, range: Range<Int>)?
  /// Whether there is no such entry; `match` is then the last one there was.
  private(set) var hasFailed = false

  /// Makes the query longer; the entry shown stays as long as it still fits.
  mutating func extend(_ scalar: Unicode.Scalar, _ history: History) {
    query.unicodeScalars.append(scalar)
    update(history.search(query, before: match.map { $0.entry + 1 } ?? history.entries.count))
  }

  mutating func shorten(_ history: History) {
    query = String(query.dropLast())
    match = nil
    if query.isEmpty { hasFailed = false } else { update(history.search(query, before: .max)) }
  }

  mutating func older(_ history: History) {
    guard !query.isEmpty else { return }
    update(history.search(query, before: match?.entry ?? history.entries.count))
  }

  mutating func newer(_ history: History) {
    guard !query.isEmpty, let match else { return }
    update(history.search(query, after: match.entry))
  }

  /// The scene of the prompt with the entry found in the place of the text, and older ones below.
  func scene(from scene: Scene, _ history: History, columns: Int) -> Scene {
    var scene = scene
    scene.prompt = "\(hasFailed ? "not found" : "search") `\(query)`: "
    guard let match else { return scene }
    scene.text = EditText(history.entries[match.entry], cursor: match.range.lowerBound)
    scene.inks = [(match.range, .match)]
    scene.below = olderMatches(history).map { entry in
      [Span("  " + entry.cut(to: columns - 3, scene.width), .detail)]
    }
    return scene
  }

  /// So many of the entries that Ctrl-R would come to next are shown.
  private static let shownMatches = 5

  private func olderMatches(_ history: History) -> [String] {
    var places: [Int] = []
    while places.count < Self.shownMatches,
      let next = history.search(query, before: places.last ?? match?.entry ?? 0)
    { places.append(next.entry) }
    return places.map { history.entries[$0] }
  }

  private mutating func update(_ found: (entry: Int, range: Range<Int>)?) {
    hasFailed = found == nil
    match = found ?? match
  }
}

extension EditLoop {
  /// Ctrl-R: takes keys until one is not for the search. Enter runs what was found, Ctrl-G goes
  /// back to the text as it was, every other key is done to what was found.
  func runSearch() -> Bool {
    search = Search()
    defer { search = nil }
    while true {
      if !keys.isQueued { paint() }
      guard let key = nextKey() else { return false }
      if key == .character("\u{7}") { return true }
      if !continueSearch(key) {
        takeMatch()
        if key != .character("\u{1B}") { pushedBack.append(key) }
        return true
      }
    }
  }

  /// Whether the key was one for the search.
  private func continueSearch(_ key: Key) -> Bool {
    switch key {
    case .character("\u{12}"), .named(.up): search?.older(history)
    case .character("\u{13}"), .named(.down): search?.newer(history)
    case .character("\u{08}"), .character("\u{7F}"): search?.shorten(history)
    case .character(let scalar) where scalar.value >= 0x20: search?.extend(scalar, history)
    case .paste(let text):
      for scalar in text.unicodeScalars { search?.extend(scalar, history) }
    case .character, .alt, .named: return false
    }
    if search?.hasFailed == true { bell() }
    return true
  }

  private func takeMatch() {
    guard let match = search?.match else { return }
    walk.jump(to: match.entry, from: line.text.text)
    line.text = EditText(history.entries[match.entry], cursor: match.range.lowerBound)
  }
}
