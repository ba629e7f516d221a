import SegqCommerce
import SegqLanguage
import SegqStore

// What the user said of a file counts for the next file of that shape.
extension Session {
  /// What was said of files, by their fingerprints; a workspace keeps it among its settings.
  var choices: [String: FileGlimpse.Choice] {
    var all = sessionChoices
    for (name, text) in workspace?.settings ?? [:] where name.hasPrefix(Self.prefix) {
      let fingerprint = String(name.dropFirst(Self.prefix.count))
      if all[fingerprint] == nil { all[fingerprint] = FileGlimpse.Choice(kept: text) }
    }
    return all
  }

  private static let prefix = "file:"

  /// Remembers what a statement said of the one file that it loaded.
  func remember(_ choice: FileGlimpse.Choice?, for items: [LoadItem]) {
    guard let choice, items.count == 1 else { return }
    sessionChoices[items[0].glimpse.fingerprint] = choice
  }

  /// The choices of this session as a workspace keeps them.
  var keptChoices: [String: String] {
    var settings: [String: String] = [:]
    for (fingerprint, choice) in sessionChoices {
      settings[Self.prefix + fingerprint] = choice.kept
    }
    return settings
  }
}

extension FileGlimpse.Choice {
  /// `orders`, and `id=Order No` in a line each.
  var kept: String {
    let columns = self.columns.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    return ([table ?? ""] + columns).joined(separator: "\n")
  }

  init(kept text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var columns: [String: String] = [:]
    for line in lines.dropFirst() {
      let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 2 { columns[parts[0]] = parts[1] }
    }
    self.init(table: lines.first.flatMap { $0.isEmpty ? nil : String($0) }, columns: columns)
  }
}
