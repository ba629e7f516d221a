import SegqBytes

/// What could stand at the cursor.
///
/// For `where sta|` that is a range of 6..<9 and the candidates `status` and `state`.
public struct Completions: Equatable, Sendable {
  /// The UTF-8 offsets that a chosen candidate replaces.
  public var replace: Range<Int>
  public var candidates: [Candidate]

  public init(replace: Range<Int>, candidates: [Candidate]) {
    self.replace = replace
    self.candidates = candidates
  }

  /// What all candidates begin with: `sta`.
  var commonPrefix: String {
    guard let first = candidates.first else { return "" }
    return candidates.dropFirst().reduce(into: first.text) { prefix, candidate in
      prefix = String(zip(prefix, candidate.text).prefix { $0 == $1 }.map(\.0))
    }
  }
}

/// One of them: the text to insert and a few words about it, `status` and `text, 4 values`.
public struct Candidate: Equatable, Sendable {
  public var text: String
  public var detail: String

  public init(_ text: String, detail: String = "") {
    self.text = text
    self.detail = detail
  }
}

// MARK: - The list

extension Completions {
  /// All candidates in as many columns as fit, read from top to bottom:
  ///
  /// ```
  /// active    66     draft    134
  /// archived   0
  /// ```
  /// Where they need more than so many `rows`, the details are left out; one that is too long for
  /// the line is cut.
  func list(columns: Int, rows: Int = .max, width: (Character) -> Int) -> [[Span]] {
    let shown = candidates.map {
      Candidate(VisibleText.of($0.text), detail: VisibleText.of($0.detail))
    }
    let list = list(of: shown, columns, width)
    guard list.count > rows else { return list }
    return self.list(of: shown.map { Candidate($0.text) }, columns, width)
  }

  private func list(
    of candidates: [Candidate], _ columns: Int, _ width: (Character) -> Int
  ) -> [[Span]] {
    func cells(_ text: String) -> Int { text.reduce(0) { $0 + width($1) } }
    let textWidth = candidates.map { cells($0.text) }.max() ?? 0
    let candidates = candidates.map { candidate in
      let room = max(0, columns - textWidth - 3)
      return Candidate(candidate.text, detail: candidate.detail.cut(to: room, width))
    }
    let detailWidth = candidates.map { cells($0.detail) }.max() ?? 0
    let cell = textWidth + (detailWidth == 0 ? 0 : 2 + detailWidth)
    let across = max(1, (columns + 3) / (cell + 3))
    let down = (candidates.count + across - 1) / across
    return (0..<down).map { line in
      stride(from: line, to: candidates.count, by: down).flatMap { index -> [Span] in
        let candidate = candidates[index]
        let isLast = index + down >= candidates.count
        let gap = detailWidth == 0 ? 0 : 2
        let rest = isLast ? 0 : detailWidth - cells(candidate.detail) + 3
        let hasTail = !(isLast && candidate.detail.isEmpty)
        return [
          Span(candidate.text + blanks(hasTail ? textWidth - cells(candidate.text) + gap : 0)),
          Span(candidate.detail + blanks(rest), .detail),
        ]
      }
    }
  }

  private func blanks(_ count: Int) -> String {
    String(repeating: " ", count: max(0, count))
  }
}

extension String {
  /// The text in one row of at most so many cells: `select customers where co…`.
  func cut(to cells: Int, _ width: (Character) -> Int) -> String {
    var row = ""
    var used = 0
    for character in self {
      for shown in character.isNewline ? " " : VisibleText.of(String(character)) {
        used += width(shown)
        if used > cells { return row.isEmpty ? "" : row.dropLast() + "…" }
        row.append(shown)
      }
    }
    return row
  }
}
