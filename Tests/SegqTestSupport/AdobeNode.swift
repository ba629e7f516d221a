/// A node of `conditions_serialized`, written as Adobe Commerce writes it.
public struct AdobeNode: Sendable {
  /// Behind `Magento\CustomerSegment\Model\Segment\Condition\`; the whole class behind a `!`.
  public var type: String
  public var attribute: String?
  public var condition: String?
  public var value: String?
  public var aggregator: String?
  public var children: [AdobeNode]

  public init(
    _ type: String, _ attribute: String? = nil, _ condition: String? = nil,
    _ value: String? = nil, _ aggregator: String? = nil, _ children: [AdobeNode] = []
  ) {
    self.type = type
    self.attribute = attribute
    self.condition = condition
    self.value = value
    self.aggregator = aggregator
    self.children = children
  }

  /// The head of a rule: ALL or ANY of the children are TRUE or FALSE.
  public static func root(
    _ aggregator: String = "all", _ value: String = "1", _ children: [AdobeNode]
  ) -> AdobeNode {
    AdobeNode("Combine\\Root", nil, nil, value, aggregator, children)
  }

  private var className: String {
    type.hasPrefix("!")
      ? String(type.dropFirst()) : "Magento\\CustomerSegment\\Model\\Segment\\Condition\\" + type
  }

  private var isCombine: Bool { aggregator != nil }

  public var json: String {
    func quoted(_ text: String?) -> String {
      guard let text else { return "null" }
      var result = "\""
      for scalar in text.unicodeScalars {
        switch scalar {
        case "\"", "\\", "/": result += "\\" + String(scalar)
        case "\n": result += "\\n"
        default:
          if scalar.value < 0x80 {
            result.unicodeScalars.append(scalar)
          } else {
            // PHP escapes what is not ASCII, in halves where it has to.
            for unit in String(scalar).utf16 {
              let digits = String(unit, radix: 16)
              result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
          }
        }
      }
      return result + "\""
    }
    var text =
      "{\"type\":\(quoted(className)),\"attribute\":\(quoted(attribute)),"
      + "\"operator\":\(quoted(condition)),\"value\":\(quoted(value)),"
      + "\"is_value_processed\":\(isCombine ? "null" : "false")"
    if let aggregator { text += ",\"aggregator\":\(quoted(aggregator))" }
    // The key is absent where there are none.
    if !children.isEmpty {
      text += ",\"conditions\":[" + children.map(\.json).joined(separator: ",") + "]"
    }
    return text + "}"
  }

  public var php: String {
    func quoted(_ text: String?) -> String {
      text.map { "s:\($0.utf8.count):\"\($0)\";" } ?? "N;"
    }
    var members = [
      ("type", quoted(className)), ("attribute", quoted(attribute)),
      ("operator", quoted(condition)), ("value", quoted(value)),
      ("is_value_processed", isCombine ? "N;" : "b:0;"),
    ]
    if let aggregator { members.append(("aggregator", quoted(aggregator))) }
    if !children.isEmpty {
      let list = children.enumerated().map { "i:\($0.offset);\($0.element.php)" }.joined()
      members.append(("conditions", "a:\(children.count):{\(list)}"))
    }
    return "a:\(members.count):{" + members.map { quoted($0.0) + $0.1 }.joined() + "}"
  }
}
