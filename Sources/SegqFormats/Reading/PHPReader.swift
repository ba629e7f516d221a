/// Reads what PHP's `serialize` writes of arrays, texts, numbers, booleans and null:
/// `a:2:{s:4:"type";s:1:"x";s:5:"value";N;}`. Lengths count bytes and have to fit.
///
/// Objects and references are refused: nothing that a class does is ever called here.
struct PHPReader {
  private let bytes: [UInt8]
  private var position = 0
  private var depth = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func document() throws(SerializedError) -> SerializedValue {
    let value = try value()
    while position < bytes.count, JSONReader.isBlank(bytes[position]) { position += 1 }
    guard position == bytes.count else { throw error(.trailing) }
    return value
  }

  private func error(_ kind: SerializedError.Kind, at place: Int? = nil) -> SerializedError {
    SerializedError(kind: kind, byte: (place ?? position) + 1)
  }

  private mutating func require(_ text: StaticString) throws(SerializedError) {
    for byte in text.description.utf8 {
      guard position < bytes.count else { throw error(.endsTooEarly) }
      guard bytes[position] == byte else { throw error(.unexpected) }
      position += 1
    }
  }

  private mutating func value() throws(SerializedError) -> SerializedValue {
    guard position < bytes.count else { throw error(.endsTooEarly) }
    let start = position
    position += 1
    switch bytes[start] {
    case UInt8(ascii: "N"):
      try require(";")
      return .null
    case UInt8(ascii: "b"):
      let digits = try scalar()
      guard digits == "0" || digits == "1" else { throw error(.unexpected, at: start + 2) }
      return .boolean(digits == "1")
    case UInt8(ascii: "i"):
      let digits = try scalar()
      guard Int(digits) != nil else { throw error(.unexpected, at: start + 2) }
      return .number(digits)
    case UInt8(ascii: "d"):
      let digits = try scalar()
      guard Double(digits)?.isFinite ?? false else { throw error(.unexpected, at: start + 2) }
      return .number(digits)
    case UInt8(ascii: "s"): return .string(try string(from: start))
    case UInt8(ascii: "a"): return try array(from: start)
    case UInt8(ascii: "O"), UInt8(ascii: "C"), UInt8(ascii: "E"): throw error(.object, at: start)
    case UInt8(ascii: "r"), UInt8(ascii: "R"): throw error(.reference, at: start)
    default: throw error(.unexpected, at: start)
    }
  }

  /// What stands between `:` and `;`.
  private mutating func scalar() throws(SerializedError) -> String {
    try require(":")
    let start = position
    while position < bytes.count, bytes[position] != UInt8(ascii: ";"), position - start < 40 {
      position += 1
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    try require(";")
    return text
  }

  /// `:12:` as 12.
  private mutating func length() throws(SerializedError) -> Int {
    try require(":")
    let start = position
    var length = 0
    while position < bytes.count, (0x30...0x39).contains(bytes[position]), position - start < 10 {
      length = length * 10 + Int(bytes[position] - 0x30)
      position += 1
    }
    guard position > start else {
      throw error(position < bytes.count ? .unexpected : .endsTooEarly)
    }
    try require(":")
    return length
  }

  private mutating func string(from start: Int) throws(SerializedError) -> String {
    let length = try length()
    try require("\"")
    guard length <= bytes.count - position else { throw error(.endsTooEarly, at: bytes.count) }
    let text = bytes[position..<position + length]
    position += length
    guard position + 1 < bytes.count else { throw error(.endsTooEarly, at: bytes.count) }
    guard bytes[position] == UInt8(ascii: "\""), bytes[position + 1] == UInt8(ascii: ";") else {
      throw error(.wrongLength, at: start)
    }
    position += 2
    guard let string = String(validating: text, as: UTF8.self) else {
      throw error(.notUTF8, at: start)
    }
    return string
  }

  /// An array of the keys 0, 1, 2 … is a list.
  private mutating func array(from start: Int) throws(SerializedError) -> SerializedValue {
    guard depth < SerializedValue.depthLimit else { throw error(.tooDeep, at: start) }
    depth += 1
    defer { depth -= 1 }
    let count = try length()
    try require("{")
    var members: [SerializedValue.Member] = []
    for _ in 0..<count {
      guard position < bytes.count else { throw error(.endsTooEarly) }
      guard bytes[position] != UInt8(ascii: "}") else { throw error(.wrongLength, at: start) }
      let place = position
      switch try value() {
      case .number(let digits) where bytes[place] == UInt8(ascii: "i"):
        members.append(SerializedValue.Member(key: digits, value: try value()))
      case .string(let text):
        members.append(SerializedValue.Member(key: text, value: try value()))
      default: throw error(.unexpected, at: place)
      }
    }
    guard position < bytes.count else { throw error(.endsTooEarly) }
    guard bytes[position] == UInt8(ascii: "}") else { throw error(.wrongLength, at: start) }
    position += 1
    let isList = members.enumerated().allSatisfy { $0.element.key == String($0.offset) }
    return isList ? .list(members.map(\.value)) : .map(members)
  }
}
