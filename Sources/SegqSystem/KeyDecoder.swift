/// Bytes from a terminal → keys.
///
/// ```
/// 61          a
/// C3 A9       é
/// 1B 5B 41    Up
/// 1B 66       Alt-f
/// 1B          Escape, once `giveUp()` says that nothing follows
/// ```
/// Any bytes will do: what is not UTF-8 becomes U+FFFD, and an unknown sequence nothing at all.
struct KeyDecoder {
  private var bytes: [UInt8] = []
  private var start = 0
  private var isPasting = false
  private var searched = 0

  mutating func feed(_ more: some Sequence<UInt8>) {
    bytes.removeFirst(start)
    searched -= start
    start = 0
    bytes.append(contentsOf: more)
  }

  /// The bytes that are not yet part of a key.
  var queue: ArraySlice<UInt8> { bytes[start...] }

  /// How long to wait for the rest of what has begun, in milliseconds; nil where nothing has.
  var patience: Int? {
    if isPasting { return 1000 }
    return queue.isEmpty ? nil : 25
  }

  /// The next key, or nil as long as more bytes are needed.
  mutating func next() -> Key? {
    while isPasting || start < bytes.count {
      switch isPasting ? paste() : step() {
      case .key(let key): return key
      case .nothing: continue
      case .incomplete: return nil
      }
    }
    return nil
  }

  /// Takes what has begun for all there is: a lone Escape is the Escape key, a paste without its
  /// end is over.
  mutating func giveUp() -> Key? {
    if isPasting { return endPaste(at: bytes.count, skipping: 0) }
    guard let first = queue.first else { return nil }
    if first != Byte.escape {
      start = bytes.count
      return .character("\u{FFFD}")
    }
    let rest = bytes.count - start
    let second = rest == 2 ? bytes[start + 1] : nil
    start = bytes.count
    if let second, second < 0x80 { return .alt(Unicode.Scalar(second)) }
    return rest == 1 ? .character("\u{1B}") : nil
  }
}

// MARK: - One key

extension KeyDecoder {
  private enum Step {
    case key(Key)
    /// Something that means nothing here, now behind us.
    case nothing
    case incomplete
  }

  private mutating func step() -> Step {
    guard bytes[start] == Byte.escape else {
      guard let scalar = scalar(at: start) else { return .incomplete }
      return .key(.character(scalar))
    }
    guard start + 1 < bytes.count else { return .incomplete }
    switch bytes[start + 1] {
    case UInt8(ascii: "["): return control()
    case UInt8(ascii: "O"): return function()
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      return report()
    case Byte.escape:
      start += 1
      return .key(.character("\u{1B}"))
    default: return alt()
    }
  }

  private mutating func alt() -> Step {
    guard let scalar = scalar(at: start + 1) else { return .incomplete }
    return .key(scalar == "\r" || scalar == "\n" ? .named(.newRow) : .alt(scalar))
  }

  /// Decodes one character and moves behind it; nil if its last bytes are not there yet.
  private mutating func scalar(at offset: Int) -> Unicode.Scalar? {
    let first = bytes[offset]
    let length = first < 0xC2 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 1
    let there = bytes[offset...].prefix(length)
    let isCut = there.count < length && there.dropFirst().allSatisfy { $0 & 0xC0 == 0x80 }
    guard !isCut else { return nil }
    let text = String(decoding: there, as: UTF8.self).unicodeScalars
    guard text.count == 1, let scalar = text.first, scalar != "\u{FFFD}" else {
      start = offset + (length == there.count && text.count == 1 ? length : 1)
      return "\u{FFFD}"
    }
    start = offset + length
    return (0x80..<0xA0).contains(scalar.value) ? "\u{FFFD}" : scalar
  }

  /// `ESC [ 1 ; 5 C`: parameters, then one letter.
  private mutating func control() -> Step {
    var end = start + 2
    if end < bytes.count, bytes[end] == UInt8(ascii: "[") { end += 1 }
    while end < bytes.count, (0x20...0x3F).contains(bytes[end]) { end += 1 }
    guard end < bytes.count else { return .incomplete }
    guard (0x40...0x7E).contains(bytes[end]) else {
      start = end
      return .nothing
    }
    let sequence = bytes[(start + 2)...end]
    start = end + 1
    return meaning(of: String(decoding: sequence, as: UTF8.self))
  }

  /// `ESC O A`, from a keypad in application mode.
  private mutating func function() -> Step {
    guard start + 2 < bytes.count else { return .incomplete }
    let letter = bytes[start + 2]
    start += 3
    switch letter {
    case UInt8(ascii: "M"): return .key(.character("\r"))
    case UInt8(ascii: "c"): return .key(.named(.wordRight))
    case UInt8(ascii: "d"): return .key(.named(.wordLeft))
    default: return meaning(of: String(decoding: [letter], as: UTF8.self))
    }
  }

  /// An answer to a question that nobody here has asked: skipped to its end.
  private mutating func report() -> Step {
    for end in (start + 2)..<max(start + 2, bytes.count) {
      let isEnd = bytes[end] == 0x07 || (bytes[end] == UInt8(ascii: "\\") && bytes[end - 1] == 0x1B)
      guard isEnd else { continue }
      start = end + 1
      return .nothing
    }
    return .incomplete
  }

  private mutating func meaning(of sequence: String) -> Step {
    if sequence.first == "[" { return .nothing }
    if sequence == "200~" {
      isPasting = true
      searched = start
      return .nothing
    }
    return NamedKey(sequence: sequence).map { .key(.named($0)) } ?? .nothing
  }
}

// MARK: - Paste

extension KeyDecoder {
  private mutating func paste() -> Step {
    let mark = Array("\u{1B}[201~".utf8)
    while searched + mark.count <= bytes.count {
      if bytes[searched] == mark[0], bytes[searched...].starts(with: mark) {
        return .key(endPaste(at: searched, skipping: mark.count))
      }
      searched += 1
    }
    return .incomplete
  }

  private mutating func endPaste(at end: Int, skipping mark: Int) -> Key {
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    start = end + mark
    isPasting = false
    return .paste(Self.cleaned(text))
  }

  /// Rows end in `\n`, tabs stay, other control characters go.
  static func cleaned(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var previous: Unicode.Scalar = " "
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n" where previous == "\r": break
      case "\r", "\n": result.append("\n")
      case "\t": result.append("\t")
      case _ where scalar.properties.generalCategory == .control: break
      default: result.append(scalar)
      }
      previous = scalar
    }
    return String(result)
  }
}

extension NamedKey {
  /// What stands behind `ESC [`: `A`, `1;5C`, `3~`.
  fileprivate init?(sequence: String) {
    switch sequence {
    case "27;2;13~", "13;2u", "13;3u": self = .newRow
    default: self.init(parts: sequence.dropLast().split(separator: ";"), last: sequence.last)
    }
  }

  private init?(parts: [Substring], last: Character?) {
    let hasModifier = parts.count == 2 && parts[1] != "1" && parts[1] != "2"
    switch (last, last == "~" ? parts.first : nil) {
    case ("A", _): self = .up
    case ("B", _): self = .down
    case ("C", _): self = hasModifier ? .wordRight : .right
    case ("D", _): self = hasModifier ? .wordLeft : .left
    case ("H", _), ("~", "1"), ("~", "7"): self = hasModifier ? .textStart : .home
    case ("F", _), ("~", "4"), ("~", "8"): self = hasModifier ? .textEnd : .end
    case ("~", "3"): self = hasModifier ? .wordDelete : .delete
    case ("~", "5"): self = .pageUp
    case ("~", "6"): self = .pageDown
    default: return nil
    }
  }
}

enum Byte {
  static let escape: UInt8 = 0x1B
  static let tab: UInt8 = 0x09
  static let newline: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
}
