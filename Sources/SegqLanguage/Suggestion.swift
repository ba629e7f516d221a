/// Finds the name that was probably meant.
public enum Suggestion {
  /// The candidate nearest to `word`, or nil where none is near.
  ///
  /// Near is: at most a third of the word's length in edits (insert, delete, replace, swap of
  /// neighbours), without regard to case; or the word begins the candidate.
  public static func nearest(to word: String, in candidates: some Sequence<String>) -> String? {
    let wanted = Array(word.lowercased())
    guard !wanted.isEmpty, wanted.count <= 64 else { return nil }
    let limit = max(1, (wanted.count + 1) / 3)
    var best: (distance: Int, name: String)?
    for candidate in candidates where !candidate.isEmpty && candidate != word {
      let letters = Array(candidate.lowercased())
      guard letters.count <= 64 else { continue }
      var distance = editDistance(wanted, letters)
      if distance > limit, wanted.count >= 3, letters.starts(with: wanted) { distance = limit }
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
  }

  /// Optimal string alignment distance, O(n·m).
  static func editDistance(_ a: [Character], _ b: [Character]) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...b.count)
    for i in 0..<a.count {
      var row = [i + 1]
      for j in 0..<b.count {
        var cost = min(last[j] + (a[i] == b[j] ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      beforeLast = last
      last = row
    }
    return last[b.count]
  }
}
