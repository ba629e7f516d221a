/// Cuts text into tokens, one at a time.
///
/// A value type: a copy remembers its place, which is how the parser looks ahead.
struct Lexer: Sendable {
  private let bytes: [UInt8]
  private(set) var position: Int

  init(_ source: SourceText) {
    bytes = source.bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// Goes on from `offset`.
  mutating func move(to offset: Int) { position = offset }

  /// The offset of the end of the line that `offset` is in.
  func endOfLine(from offset: Int) -> Int {
    bytes[offset...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      ?? bytes.count
  }

  mutating func next() -> Token {
    let followsNewline = skipBlanks()
    let start = position
    let kind = scan()
    return Token(kind: kind, span: SourceSpan(start, position), followsNewline: followsNewline)
  }

  private func peek(_ distance: Int = 0) -> UInt8 {
    position + distance < bytes.count ? bytes[position + distance] : 0
  }

  /// Skips blanks, comments and line ends; tells whether a line ended that no `\` continues.
  private mutating func skipBlanks() -> Bool {
    var sawNewline = position == 0
    var isJoined = false
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"):
        position += 1
      case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
        position += 1
        if !isJoined { sawNewline = true }
        if bytes[position - 1] == UInt8(ascii: "\n") || peek() != UInt8(ascii: "\n") {
          isJoined = false
        }
      case UInt8(ascii: "#"):
        position = endOfLine(from: position)
      case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"):
        position = endOfLine(from: position)
      case UInt8(ascii: "\\") where isLineEnd(after: position + 1):
        position += 1
        isJoined = true
      case 0xC2 where peek(1) == 0xA0:  // no-break space, as web pages paste it
        position += 2
      default:
        return sawNewline
      }
    }
    return sawNewline
  }

  private func isLineEnd(after offset: Int) -> Bool {
    var offset = offset
    while offset < bytes.count, bytes[offset] == UInt8(ascii: " ") || bytes[offset] == 9 {
      offset += 1
    }
    return offset == bytes.count || bytes[offset] == UInt8(ascii: "\n")
      || bytes[offset] == UInt8(ascii: "\r")
  }

  private mutating func scan() -> Token.Kind {
    guard position < bytes.count else { return .end }
    if position == 0, isUTF16 {
      position = bytes.count
      return .invalid(.utf16)
    }
    let byte = bytes[position]
    if byte.isDigit { return scanNumber() }
    if byte.isWordPart { return scanWord() }
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return scanString(byte)
    case UInt8(ascii: "`"): return scanQuotedName()
    case UInt8(ascii: "$") where peek(1).isWordPart:
      position += 1
      return scanWord() == .word ? .variable : .invalid(.unknownCharacter("$"))
    case UInt8(ascii: "$") where peek(1) == UInt8(ascii: "{"): return scanBracedVariable()
    case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): return scanBlockComment()
    default: return scanSymbol()
    }
  }

  /// What a byte order mark says, as Windows editors write it.
  private var isUTF16: Bool {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
  }

  private mutating func scanWord() -> Token.Kind {
    let start = position
    while position < bytes.count, bytes[position].isWordPart { position += 1 }
    guard bytes[start..<position].contains(where: { $0 >= 0x80 }) else { return .word }
    return scanForeignWord(from: start)
  }

  /// Letters outside ASCII: only what Unicode calls a letter, mark or number belongs to a word.
  private mutating func scanForeignWord(from start: Int) -> Token.Kind {
    guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
      return .invalid(.invalidUTF8)
    }
    var length = 0
    for scalar in text.unicodeScalars {
      guard
        scalar.isASCII || scalar.properties.isAlphabetic || scalar.properties.isGraphemeExtend
          || scalar.properties.numericType != nil
      else {
        position = start + (length > 0 ? length : scalar.utf8.count)
        return length > 0 ? .word : .invalid(.unknownCharacter(scalar))
      }
      length += scalar.utf8.count
    }
    return .word
  }

  /// A number, or what begins like one: a date, a length of time, a word such as `24MB01`.
  private mutating func scanNumber() -> Token.Kind {
    let start = position
    while peek().isDigit { position += 1 }
    if position - start == 4, scanDateTail() { return .date }
    if peek().isWordPart {
      let digits = position
      guard scanWord() == .word else {
        position = digits
        return .integer
      }
      let isUnit = position - digits == 1 && "dwmyhs".utf8.contains(bytes[digits] | 0x20)
      return isUnit ? .duration : .word
    }
    guard peek() == UInt8(ascii: "."), peek(1).isDigit else { return .integer }
    position += 1
    while peek().isDigit { position += 1 }
    guard peek() == UInt8(ascii: "."), peek(1).isDigit else { return .decimal }
    while peek().isDigit || peek() == UInt8(ascii: ".") { position += 1 }
    return .invalid(.severalPoints)
  }

  /// `-01`, `-01-31`, `-01-31T10:00:00` and `-01-31 10:00:00` behind four digits.
  private mutating func scanDateTail() -> Bool {
    guard scanPart(UInt8(ascii: "-")) else { return false }
    guard scanPart(UInt8(ascii: "-")) else { return true }
    guard peek() | 0x20 == UInt8(ascii: "t") || peek() == UInt8(ascii: " "), peek(1).isDigit,
      peek(2).isDigit, peek(3) == UInt8(ascii: ":")
    else { return true }
    position += 3
    for _ in 0..<2 where !scanPart(UInt8(ascii: ":")) { break }
    return true
  }

  /// The mark and exactly two digits.
  private mutating func scanPart(_ mark: UInt8) -> Bool {
    guard peek() == mark, peek(1).isDigit, peek(2).isDigit, !peek(3).isDigit else { return false }
    position += 3
    return true
  }

  private mutating func scanString(_ quote: UInt8) -> Token.Kind {
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == UInt8(ascii: "\\"), position < bytes.count {
        position += 1
      } else if byte == quote {
        guard quote == UInt8(ascii: "'"), peek() == quote else { return .string }
        position += 1
      }
    }
    return .invalid(.unterminatedString(quote: quote))
  }

  private mutating func scanQuotedName() -> Token.Kind {
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
      position += 1
      if bytes[position - 1] == UInt8(ascii: "`") { return .quotedName }
    }
    return .invalid(.unterminatedName)
  }

  private mutating func scanSymbol() -> Token.Kind {
    let start = position
    if let sign = foreignSign {
      position += sign.rawValue.utf8.count
      return .invalid(.foreignSign(sign))
    }
    position += 1
    if let symbol = Token.Symbol(bytes[start], peek()) {
      position += 1
      return .symbol(symbol)
    }
    return Token.Symbol(bytes[start]).map { .symbol($0) }
      ?? .invalid(.unknownCharacter(Unicode.Scalar(bytes[start])))
  }

  private static let foreignStarts = ForeignSign.allCases.compactMap(\.rawValue.utf8.first)

  /// `:=`, `===`, `::`
  private var foreignSign: ForeignSign? {
    guard Self.foreignStarts.contains(bytes[position]), !peek(1).isWordPart else { return nil }
    return ForeignSign.allCases.first { bytes[position...].starts(with: $0.rawValue.utf8) }
  }

  private mutating func scanBracedVariable() -> Token.Kind {
    let line = endOfLine(from: position)
    let close = bytes[position..<line].firstIndex(of: UInt8(ascii: "}"))
    position = close.map { $0 + 1 } ?? position + 2
    return .invalid(.bracedVariable)
  }

  private mutating func scanBlockComment() -> Token.Kind {
    position += 2
    while position < bytes.count {
      position += 1
      if bytes[position - 1] == UInt8(ascii: "*"), peek() == UInt8(ascii: "/") {
        position += 1
        break
      }
    }
    return .invalid(.blockComment)
  }
}

extension Token.Symbol {
  private static let single: [Token.Symbol?] = {
    var table = [Token.Symbol?](repeating: nil, count: 256)
    for symbol in Token.Symbol.allCases where symbol.rawValue.utf8.count == 1 {
      for byte in symbol.rawValue.utf8 { table[Int(byte)] = symbol }
    }
    return table
  }()

  fileprivate init?(_ byte: UInt8) {
    guard let symbol = Self.single[Int(byte)] else { return nil }
    self = symbol
  }

  fileprivate init?(_ first: UInt8, _ second: UInt8) {
    switch (first, second) {
    case (UInt8(ascii: "|"), UInt8(ascii: "|")): self = .concatenate
    case (UInt8(ascii: "&"), UInt8(ascii: "&")): self = .both
    case (UInt8(ascii: "="), UInt8(ascii: "=")): self = .identical
    case (UInt8(ascii: "~"), UInt8(ascii: "=")): self = .similar
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): self = .notEqual
    case (UInt8(ascii: "<"), UInt8(ascii: ">")): self = .lessOrGreater
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): self = .lessOrEqual
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): self = .greaterOrEqual
    default: return nil
    }
  }
}

extension UInt8 {
  var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  /// A letter, a digit, `_`, or part of a letter outside ASCII.
  var isWordPart: Bool {
    isDigit || self == UInt8(ascii: "_") || self >= 0x80
      || (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z")
  }
}
