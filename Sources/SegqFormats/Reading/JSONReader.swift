/// Reads JSON strictly as RFC 8259 has it.
struct JSONReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(SerializedError) -> SerializedValue {
    let value = try value()
    skipBlanks()
    guard position == bytes.count else { throw error(.trailing) }
    return value
  }

  static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  private func error(_ kind: SerializedError.Kind, at place: Int? = nil) -> SerializedError {
    SerializedError(kind: kind, byte: (place ?? position) + 1)
  }

  private var here: SerializedError { error(position < bytes.count ? .unexpected : .endsTooEarly) }

  private mutating func skipBlanks() {
    while position < bytes.count, Self.isBlank(bytes[position]) { position += 1 }
  }

  private mutating func eat(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func value() throws(SerializedError) -> SerializedValue {
    skipBlanks()
    guard position < bytes.count else { throw here }
    switch bytes[position] {
    case UInt8(ascii: "{"):
      return try nested { (reader) throws(SerializedError) in try reader.map() }
    case UInt8(ascii: "["):
      return try nested { (reader) throws(SerializedError) in try reader.list() }
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .boolean(true))
    case UInt8(ascii: "f"): return try word("false", .boolean(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return .number(try number())
    }
  }

  private mutating func nested(
    _ read: (inout JSONReader) throws(SerializedError) -> SerializedValue
  ) throws(SerializedError) -> SerializedValue {
    guard depth < SerializedValue.depthLimit else { throw error(.tooDeep) }
    depth += 1
    position += 1
    let value = try read(&self)
    depth -= 1
    return value
  }

  private mutating func list() throws(SerializedError) -> SerializedValue {
    var values: [SerializedValue] = []
    skipBlanks()
    if eat(UInt8(ascii: "]")) { return .list([]) }
    repeat { values.append(try value()) } while try goesOn(UInt8(ascii: "]"))
    return .list(values)
  }

  private mutating func map() throws(SerializedError) -> SerializedValue {
    var members: [SerializedValue.Member] = []
    skipBlanks()
    if eat(UInt8(ascii: "}")) { return .map([]) }
    repeat {
      skipBlanks()
      guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw here }
      let key = try string()
      skipBlanks()
      guard eat(UInt8(ascii: ":")) else { throw here }
      members.append(SerializedValue.Member(key: key, value: try value()))
    } while try goesOn(UInt8(ascii: "}"))
    return .map(members)
  }

  /// Whether another member follows the one that was read.
  private mutating func goesOn(_ end: UInt8) throws(SerializedError) -> Bool {
    skipBlanks()
    if eat(UInt8(ascii: ",")) { return true }
    guard eat(end) else { throw here }
    return false
  }

  private mutating func word(
    _ word: String, _ value: SerializedValue
  ) throws(SerializedError) -> SerializedValue {
    for byte in word.utf8 { guard eat(byte) else { throw here } }
    return value
  }

  private mutating func number() throws(SerializedError) -> String {
    let start = position
    _ = eat(UInt8(ascii: "-"))
    if !eat(UInt8(ascii: "0")) { try digits() }
    if eat(UInt8(ascii: ".")) { try digits() }
    if eat(UInt8(ascii: "e")) || eat(UInt8(ascii: "E")) {
      if !eat(UInt8(ascii: "+")) { _ = eat(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(SerializedError) {
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    guard position > start else { throw here }
  }

  private mutating func string() throws(SerializedError) -> String {
    let start = position
    position += 1
    var text: [UInt8] = []
    while true {
      guard position < bytes.count else { throw here }
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw error(.notUTF8, at: start)
        }
        return string
      case UInt8(ascii: "\\"): text += String(try escaped()).utf8
      case 0..<0x20: throw error(.unexpected, at: position - 1)
      default: text.append(byte)
      }
    }
  }

  /// What stands behind a backslash.
  private mutating func escaped() throws(SerializedError) -> Unicode.Scalar {
    guard position < bytes.count else { throw here }
    let mark = bytes[position]
    position += 1
    switch mark {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(mark)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicode()
    default: throw error(.wrongEscape, at: position - 2)
    }
  }

  /// `00e9`, or the two halves of a pair: `d83d\ude00`
  private mutating func unicode() throws(SerializedError) -> Unicode.Scalar {
    let start = position - 2
    let first = try hexadecimal()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, eat(UInt8(ascii: "\\")), eat(UInt8(ascii: "u")) else {
      throw error(.wrongEscape, at: start)
    }
    let second = try hexadecimal()
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw error(.wrongEscape, at: start) }
    return scalar
  }

  private mutating func hexadecimal() throws(SerializedError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard position < bytes.count,
        let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
      else { throw here }
      value = value << 4 | UInt32(digit)
      position += 1
    }
    return value
  }
}
