/// What a text is searched for; without regard to case unless it is exact.
public struct TextPattern: Sendable, Hashable {
  public enum Kind: Sendable, Hashable {
    case contains
    case startsWith
    case endsWith
    /// `%` stands for any text, `_` for any one character, `\` takes their meaning away.
    case like
  }

  public let kind: Kind
  public let isExact: Bool
  /// Folded unless it is exact.
  let wanted: [UInt8]

  /// As `explain` writes it: `contains 'x'`
  var text: String {
    let word =
      switch kind {
      case .contains: "contains"
      case .startsWith: "starts with"
      case .endsWith: "ends with"
      case .like: "like"
      }
    return "\(word) '\(String(decoding: wanted, as: UTF8.self))'"
  }

  public init(_ kind: Kind, _ text: String, isExact: Bool = false) {
    self.kind = kind
    self.isExact = isExact
    wanted = isExact ? Array(text.utf8) : TextFolding.fold(text)
  }

  /// Whether the text fits, which is folded unless the pattern is exact.
  func matches(_ text: [UInt8]) -> Bool {
    switch kind {
    case .contains: Self.contains(text, wanted)
    case .startsWith: text.starts(with: wanted)
    case .endsWith: text.count >= wanted.count && text.suffix(wanted.count).elementsEqual(wanted)
    case .like: Self.isLike(text, wanted)
    }
  }

  private static func contains(_ text: [UInt8], _ wanted: [UInt8]) -> Bool {
    guard let first = wanted.first else { return true }
    guard text.count >= wanted.count else { return false }
    for start in 0...(text.count - wanted.count) where text[start] == first {
      var i = 1
      while i < wanted.count, text[start + i] == wanted[i] { i += 1 }
      if i == wanted.count { return true }
    }
    return false
  }

  /// Goes back to the last `%` only, so O(n·m) at worst.
  private static func isLike(_ text: [UInt8], _ pattern: [UInt8]) -> Bool {
    var (t, p) = (0, 0)
    var retry: (text: Int, pattern: Int)?
    while t < text.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "%") {
        p += 1
        retry = (t, p)
      } else if p < pattern.count, pattern[p] == UInt8(ascii: "_") {
        t += characterLength(text, t)
        p += 1
      } else if let step = literalStep(pattern, p), pattern[p + step - 1] == text[t] {
        t += 1
        p += step
      } else if let (start, after) = retry {
        t = start + characterLength(text, start)
        p = after
        retry = (t, after)
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "%") }
  }

  /// How many pattern bytes the next literal byte takes: 2 behind a `\`.
  private static func literalStep(_ pattern: [UInt8], _ p: Int) -> Int? {
    guard p < pattern.count else { return nil }
    return pattern[p] == UInt8(ascii: "\\") && p + 1 < pattern.count ? 2 : 1
  }

  private static func characterLength(_ text: [UInt8], _ start: Int) -> Int {
    var end = start + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return end - start
  }
}

extension TextPattern {
  /// What a `like` is made of.
  struct Parts {
    /// The literal texts between `%` and `_`.
    var literals: [[UInt8]] = [[]]
    /// Whether there is no `_`, so that `%` stands between each two literals.
    var isPlain = true

    /// The texts before, between and behind the `%`, of a pattern without `_`.
    var pieces: [[UInt8]]? { isPlain ? literals : nil }
  }

  var parts: Parts {
    var parts = Parts()
    var p = 0
    while let step = Self.literalStep(wanted, p) {
      let byte = wanted[p]
      if byte == UInt8(ascii: "%") || byte == UInt8(ascii: "_") {
        parts.isPlain = parts.isPlain && byte == UInt8(ascii: "%")
        parts.literals.append([])
        p += 1
      } else {
        parts.literals[parts.literals.count - 1].append(wanted[p + step - 1])
        p += step
      }
    }
    return parts
  }
}
