/// What was entered, oldest first, each text once and in the place where it was last used.
final class History {
  static let limit = 10_000

  private(set) var entries: [String]
  private let file: HistoryFile?

  init(path: String?) {
    file = path.map(HistoryFile.init(path:))
    entries = Self.newest(of: file?.load() ?? [])
  }

  /// Keeps an entry, here and in the file. One that begins with a blank is meant to be forgotten.
  func add(_ entry: String) {
    guard let first = entry.first, !first.isWhitespace else { return }
    entries.removeAll { $0 == entry }
    entries.append(entry)
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
    file?.append(entry)
  }

  /// The newest entry that begins with `text` and goes on.
  func continuation(of text: String) -> Substring? {
    guard !text.isEmpty else { return nil }
    let length = text.utf8.count
    let match = entries.last { $0.utf8.count > length && $0.utf8.starts(with: text.utf8) }
    return match.map { $0[$0.utf8.index($0.startIndex, offsetBy: length)...] }
  }

  /// The nearest entry before `index` that contains `query`, and where in it, in UTF-8 bytes.
  ///
  /// Small letters of a query find capitals too.
  func search(_ query: String, before index: Int) -> (entry: Int, range: Range<Int>)? {
    search(query, in: entries.indices.prefix(index).reversed())
  }

  /// The same for entries after `index`.
  func search(_ query: String, after index: Int) -> (entry: Int, range: Range<Int>)? {
    search(query, in: entries.indices.dropFirst(index + 1))
  }

  private func search(
    _ query: String, in places: some Sequence<Int>
  ) -> (entry: Int, range: Range<Int>)? {
    let needle = Array(query.utf8)
    for place in places {
      if let range = Self.find(needle, in: entries[place]) { return (place, range) }
    }
    return nil
  }

  private static func find(_ needle: [UInt8], in entry: String) -> Range<Int>? {
    let bytes = Array(entry.utf8)
    guard needle.count <= bytes.count else { return nil }
    return (0...(bytes.count - needle.count)).last { start in
      needle.indices.allSatisfy { matches(needle[$0], bytes[start + $0]) }
    }.map { $0..<($0 + needle.count) }
  }

  private static func matches(_ wanted: UInt8, _ byte: UInt8) -> Bool {
    wanted == byte || (0x61...0x7A).contains(wanted) && wanted == byte | 0x20
  }

  private static func newest(of loaded: [String]) -> [String] {
    var seen: Set<String> = []
    return loaded.reversed().filter { seen.insert($0).inserted }.prefix(limit).reversed()
  }
}
