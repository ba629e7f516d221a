/// A way through the history, from the text being typed back to older entries and forth again.
struct HistoryWalk {
  private let history: History
  private var draft = ""
  /// The entry shown; one beyond the last while it is the text being typed.
  private(set) var place: Int

  init(_ history: History) {
    self.history = history
    place = history.entries.count
  }

  /// The next older entry other than `text`, or nil when there is none.
  mutating func older(than text: String, startingWith prefix: Substring = "") -> String? {
    let entries = history.entries
    let match = entries.indices.prefix(place).last { index in
      entries[index] != text && entries[index].utf8.starts(with: prefix.utf8)
    }
    guard let match else { return nil }
    if place == entries.count { draft = text }
    place = match
    return entries[match]
  }

  /// The next newer entry, at last the text left behind, then nil.
  mutating func newer(than text: String, startingWith prefix: Substring = "") -> String? {
    let entries = history.entries
    guard place < entries.count else { return nil }
    let match = entries.indices.dropFirst(place + 1).first { index in
      entries[index] != text && entries[index].utf8.starts(with: prefix.utf8)
    }
    place = match ?? entries.count
    return match.map { entries[$0] } ?? draft
  }

  /// Goes straight to an entry, leaving `text`.
  mutating func jump(to entry: Int, from text: String) {
    if place == history.entries.count { draft = text }
    place = entry
  }
}
