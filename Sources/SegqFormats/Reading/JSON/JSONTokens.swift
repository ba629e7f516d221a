import SegqBytes

/// Cuts JSON into tokens as its bytes come, and checks its grammar (RFC 8259). Several documents may
/// follow each other, one a line or not.
///
/// Numbers stay the text they are. A bare `NaN`, as Python writes it, is null.
struct JSONTokens {
  enum Token: Sendable {
    case beginObject, endObject, beginArray, endArray
    /// Its text is in ``JSONTokens/text``, as are those of the following.
    case key
    case string, number
    case yes, no, null
    /// The end of the file.
    case end
  }

  /// Lists and maps within each other.
  static let deepest = 128

  private let source: any ByteSource
  var bytes = [UInt8](repeating: 0, count: 1 << 16)
  var count = 0
  var at = 0
  /// Of the first byte in ``bytes``.
  private var offset = 0
  private var isAtEnd = false
  private(set) var line = 1
  private var lineStart = 0

  /// Of the last key, string or number.
  var text: [UInt8] = []
  /// For each open list or map, whether it is a map.
  private var open: [Bool] = []
  var expected = Expected.document

  enum Expected {
    /// A first document, or another.
    case document
    case value
    case valueOrEnd
    case keyOrEnd
    case key
    case commaOrEnd
  }

  init(_ source: any ByteSource) { self.source = source }

  var depth: Int { open.count }

  mutating func next() throws(ReadingFailure) -> Token {
    while let byte = try peek() {
      switch byte {
      case 0x20, 0x09, 0x0D: at &+= 1
      case 0x0A:
        at &+= 1
        newLine()
      case UInt8(ascii: ","):
        guard expected == .commaOrEnd else { throw unexpected }
        at &+= 1
        expected = open.last == true ? .key : .value
      default: return try token(byte)
      }
    }
    guard open.isEmpty, expected == .document else { throw failure("the JSON ends too early") }
    return .end
  }

  private mutating func token(_ byte: UInt8) throws(ReadingFailure) -> Token {
    switch expected {
    case .document:
      if offset == 0, at == 0, byte == 0xEF { return try afterMark() }
      guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") || byte == 0x1E else {
        throw failure("something follows the end of the JSON, or it is a single value")
      }
      if byte == 0x1E {
        // RFC 7464 puts it in front of each document.
        at += 1
        return try next()
      }
      return try value(byte)
    case .value: return try value(byte)
    case .valueOrEnd:
      return byte == UInt8(ascii: "]") ? try close(isMap: false) : try value(byte)
    case .keyOrEnd:
      return byte == UInt8(ascii: "}") ? try close(isMap: true) : try key(byte)
    case .key: return try key(byte)
    case .commaOrEnd:
      if byte == UInt8(ascii: "}") { return try close(isMap: true) }
      guard byte == UInt8(ascii: "]") else { throw unexpected }
      return try close(isMap: false)
    }
  }

  /// A byte order mark.
  private mutating func afterMark() throws(ReadingFailure) -> Token {
    for byte in ByteOrderMark.utf8 {
      guard try peek() == byte else { throw unexpected }
      at += 1
    }
    return try next()
  }

  private mutating func close(isMap: Bool) throws(ReadingFailure) -> Token {
    guard open.last == isMap else { throw unexpected }
    at &+= 1
    open.removeLast()
    expected = open.isEmpty ? .document : .commaOrEnd
    return isMap ? .endObject : .endArray
  }

  private mutating func begin(isMap: Bool) throws(ReadingFailure) -> Token {
    guard open.count < Self.deepest else {
      throw failure("nested more than \(Self.deepest) levels deep")
    }
    at &+= 1
    open.append(isMap)
    expected = isMap ? .keyOrEnd : .valueOrEnd
    return isMap ? .beginObject : .beginArray
  }

  private mutating func value(_ byte: UInt8) throws(ReadingFailure) -> Token {
    switch byte {
    case UInt8(ascii: "{"): return try begin(isMap: true)
    case UInt8(ascii: "["): return try begin(isMap: false)
    case UInt8(ascii: "\""):
      try readString()
      expected = .commaOrEnd
      return .string
    case UInt8(ascii: "-"), 0x30...0x39: return try readNumber()
    default: return try word()
    }
  }

  private mutating func key(_ byte: UInt8) throws(ReadingFailure) -> Token {
    guard byte == UInt8(ascii: "\"") else { throw unexpected }
    try readString()
    while let byte = try peek() {
      if byte == UInt8(ascii: ":") {
        at &+= 1
        expected = .value
        return .key
      }
      guard byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A else { break }
      at &+= 1
      if byte == 0x0A { newLine() }
    }
    throw unexpected
  }

  private mutating func word() throws(ReadingFailure) -> Token {
    text.removeAll(keepingCapacity: true)
    while let byte = try peek(), Self.isInNumber(byte), text.count < 16 {
      text.append(byte)
      at &+= 1
    }
    let token: Token
    switch String(decoding: text, as: UTF8.self) {
    case "true": token = .yes
    case "false": token = .no
    case "null", "NaN", "Infinity": token = .null
    default: throw unexpected
    }
    expected = .commaOrEnd
    return token
  }
}

// Bytes and where they are.
extension JSONTokens {
  @inline(__always)
  mutating func peek() throws(ReadingFailure) -> UInt8? {
    if at == count {
      guard try fill() else { return nil }
    }
    return bytes[at]
  }

  private mutating func fill() throws(ReadingFailure) -> Bool {
    guard !isAtEnd else { return false }
    offset += count
    at = 0
    do throws(SourceFailure) {
      count = try source.read(at: offset, into: &bytes, 0..<bytes.count)
    } catch { throw .source(error) }
    isAtEnd = count < bytes.count
    return count > 0
  }

  mutating func newLine() {
    line += 1
    lineStart = offset + at
  }

  private var unexpected: ReadingFailure {
    guard at < count else { return failure("the JSON ends too early") }
    let byte = bytes[at]
    let shown =
      (0x21...0x7E).contains(byte) ? "'\(Character(Unicode.Scalar(byte)))'" : "byte \(byte)"
    let what =
      switch expected {
      case .document, .value, .valueOrEnd: "a value"
      case .keyOrEnd, .key: "a key in double quotes, and a colon"
      case .commaOrEnd: "a comma or the end of the list"
      }
    return failure("found \(shown), expected \(what)")
  }

  func failure(_ reason: String) -> ReadingFailure {
    .malformed(.init(line: line, column: offset + at - lineStart + 1, reason: reason))
  }
}
