import SegqBytes

/// A JSON document that is no table: `{"file":"a.segq","line":3}`
public indirect enum JSONValue: Sendable {
  case null
  case integer(Int)
  case boolean(Bool)
  case string(String)
  case array([JSONValue])
  /// Keys in the order given.
  case object([(key: String, value: JSONValue)])

  /// Appends the value on one line, strictly as RFC 8259 has it; what a terminal would obey as `\u009b`.
  public func append(to out: inout [UInt8]) {
    switch self {
    case .null: out += "null".utf8
    case .integer(let number): out += String(number).utf8
    case .boolean(let bit): out += (bit ? "true" : "false").utf8
    case .string(let text):
      var quoted: [UInt8] = []
      JSONCells().appendText(Array(text.utf8)[...], to: &quoted)
      VisibleText.append(lines: quoted, as: .json, to: &out)
    case .array(let values):
      out.append(UInt8(ascii: "["))
      for (i, value) in values.enumerated() {
        if i > 0 { out.append(UInt8(ascii: ",")) }
        value.append(to: &out)
      }
      out.append(UInt8(ascii: "]"))
    case .object(let members):
      out.append(UInt8(ascii: "{"))
      for (i, member) in members.enumerated() {
        if i > 0 { out.append(UInt8(ascii: ",")) }
        JSONValue.string(member.key).append(to: &out)
        out.append(UInt8(ascii: ":"))
        member.value.append(to: &out)
      }
      out.append(UInt8(ascii: "}"))
    }
  }

  public var text: String {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
