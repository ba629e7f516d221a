import SegqFormats

/// A node of `conditions_serialized`, with its class told by a short name.
struct AdobeCondition {
  /// `customer/attributes` for `Magento\CustomerSegment\Model\Segment\Condition\Customer\Attributes`
  /// and for Magento 1's `enterprise_customersegment/segment_condition_customer_attributes`; nil for a
  /// class of anybody else.
  let kind: String?
  /// The class as written, less the module's own prefix.
  let name: String
  let attribute: String?
  let condition: String?
  /// A list is an array, or a text with commas, which ``values`` cuts.
  let value: SerializedValue?
  /// `any` of the children has to hold rather than all.
  let isAny: Bool
  let children: [AdobeCondition]

  /// The tree that is serialized there; nil where nothing is: an empty array or object.
  static func tree(_ serialized: SerializedValue) -> AdobeCondition? {
    switch serialized {
    case .null, .boolean(false), .list([]), .map([]): nil
    default: AdobeCondition(serialized)
    }
  }

  private init(_ node: SerializedValue) {
    // A table written by a program that doubles backslashes has them doubled.
    let type = (node["type"]?.text ?? "").split(separator: "\\").joined(separator: "\\")
    (kind, name) = Self.kind(of: type)
    attribute = node["attribute"]?.text.flatMap { $0.isEmpty ? nil : $0 }
    condition = node["operator"]?.text
    value = node["value"]
    isAny = node["aggregator"]?.text?.lowercased() == "any"
    let nodes: [SerializedValue] =
      switch node["conditions"] {
      case .list(let list): list
      // Where one was deleted, the others keep their numbers and PHP writes an object.
      case .map(let members): members.map(\.value)
      default: []
      }
    children = nodes.map { AdobeCondition($0) }
  }

  private static let prefix = "Magento\\CustomerSegment\\Model\\Segment\\Condition\\"
  private static let oldPrefix = "enterprise_customersegment/segment_condition_"

  private static func kind(of type: String) -> (kind: String?, name: String) {
    if type.lowercased().hasPrefix(prefix.lowercased()) {
      let name = String(type.dropFirst(prefix.count))
      return (name.lowercased().split(separator: "\\").joined(separator: "/"), name)
    }
    if type.lowercased().hasPrefix(oldPrefix) {
      let name = String(type.dropFirst(oldPrefix.count))
      return (name.lowercased().split(separator: "_").joined(separator: "/"), name)
    }
    return (nil, type.isEmpty ? "a condition without a type" : type)
  }

  /// `value` as one text.
  var text: String? { value?.text }

  /// The values that are compared with: a comma in a text makes it several.
  var values: [String] {
    if case .list(let list)? = value { return list.compactMap(\.text) }
    if case .map(let members)? = value { return members.compactMap(\.value.text) }
    let text = text ?? ""
    let parts = text.split(separator: ",").map { $0.trimmed }.filter { !$0.isEmpty }
    return text.utf8.contains(UInt8(ascii: ",")) && !parts.isEmpty ? parts : [text]
  }

  /// `FALSE` in its head: each child is negated.
  var isFalse: Bool { text == "0" }

  /// As a placeholder says it: `Vendor\Loyalty points >= 500`
  var description: String {
    ([name] + [attribute, condition].compactMap { $0 } + values.filter { !$0.isEmpty })
      .joined(separator: " ")
  }
}

extension SerializedValue {
  /// A scalar as text, as PHP makes one of it.
  var text: String? {
    switch self {
    case .string(let text): text
    case .number(let digits): digits
    case .boolean(let bit): bit ? "1" : "0"
    case .null, .list, .map: nil
    }
  }
}

extension Substring {
  fileprivate var trimmed: String {
    let head = drop { $0.isWhitespace }
    return head.lastIndex { !$0.isWhitespace }.map { String(head[...$0]) } ?? ""
  }
}
