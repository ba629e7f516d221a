import SegqLanguage

// Conditions on customers, their addresses, their credit and their subscription.
extension AdobeRules {
  func customer(_ node: AdobeCondition) -> RuleText? {
    guard let attribute = node.attribute else { return nil }
    switch attribute {
    case "created_at", "dob":
      let column = attribute == "dob" ? "dob" : "since"
      return Comparison(column: column, kind: .date).rule(node.condition, node.values)
    case "default_billing", "default_shipping": return hasDefault(node, attribute)
    case "group_id": return coded(node, "group")
    case "gender": return coded(node, "gender")
    case "website_id": return coded(node, "website")
    case "store_id":
      return coded(node, context.has("store", in: "customers") ? "store" : "store_id")
    default: return plain(node, attribute)
    }
  }

  /// A column that holds codes of Adobe's, or what they are shown as.
  private func coded(_ node: AdobeCondition, _ column: String) -> RuleText? {
    let values = node.values.map { context.label(of: $0, in: column) }
    return Comparison(column: column, kind: .code).rule(node.condition, values)
  }

  /// A column that is called as the attribute is.
  private func plain(_ node: AdobeCondition, _ attribute: String) -> RuleText? {
    guard let column = Self.column(attribute) else { return nil }
    return Comparison(column: column, kind: .text).rule(node.condition, node.values)
  }

  /// The code of an attribute as the name of a column; nil for what no attribute may be called.
  static func column(_ attribute: String) -> String? {
    let isWord = attribute.utf8.allSatisfy { byte in
      (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x5F
    }
    guard isWord, let first = attribute.utf8.first, !(0x30...0x39).contains(first) else {
      return nil
    }
    return Keywords.all.contains(attribute.lowercased()) ? "`\(attribute)`" : attribute
  }

  private func hasDefault(_ node: AdobeCondition, _ attribute: String) -> RuleText? {
    let has =
      context.has(attribute, in: "customers")
      ? RuleText(text: "\(attribute) is not null")
      : RuleText.exists("addresses", where: RuleText(text: "\(attribute) = '1'"))
    switch node.text {
    case "is_exists": return has
    case "is_not_exists":
      return context.has(attribute, in: "customers")
        ? RuleText(text: "\(attribute) is null") : has.negated
    default: return nil
    }
  }

  /// The database has a number for what the Admin's grid calls Subscribed.
  func newsletter(_ node: AdobeCondition) -> RuleText? {
    guard node.condition == nil || node.condition == "==" || node.condition == "!=",
      let value = node.text, value == "1" || value == "0"
    else { return nil }
    let subscribed = RuleText.exists(
      "subscriptions", where: RuleText(text: "lower(status) in ('1', 'subscribed')"))
    return (value == "1") == (node.condition != "!=") ? subscribed : subscribed.negated
  }

  /// A balance is one of a website's, and counts for segments of it. Where the balances do not tell
  /// theirs, each counts.
  func credit(_ node: AdobeCondition) -> RuleText? {
    let isTold = context.columns["credit"] == nil || context.has("website", in: "credit")
    let own = Comparison(column: "website", kind: .code).rule("()", context.websites)
    return number("amount", node).map { amount in
      .exists("credit", where: .joined([isTold ? own : nil, amount].compactMap { $0 }, any: false))
    }
  }

  /// A column beside a number.
  func number(_ column: String, _ node: AdobeCondition) -> RuleText? {
    guard node.condition.map({ Self.signs[$0] != nil }) ?? false else { return nil }
    return Comparison(column: column, kind: .number).rule(
      node.condition, node.text.map { [$0] } ?? [])
  }

  // Addresses

  /// Those of customers and those of orders have the same columns.
  func address(_ node: AdobeCondition, _ table: String) -> RuleText? {
    switch node.attribute {
    case "postcode": return plain(node, "zip")
    case "country_id":
      return Comparison(column: "country", kind: .code).rule(node.condition, node.values)
    case "telephone": return plain(node, "phone")
    case "region": return plain(node, "state")
    case "region_id":
      let names = node.values.compactMap { context.labels["region"]?[$0] }
      // The region is told by its name where its number is not there.
      guard !context.has("region_id", in: table), names.count == node.values.count else {
        return Comparison(column: "region_id", kind: .code).rule(node.condition, node.values)
      }
      return Comparison(column: "state", kind: .code).rule(node.condition, names)
    case let attribute?: return plain(node, attribute)
    case nil: return nil
    }
  }

  /// A region is told by its number or, where a country has none, by its name.
  func region(_ node: AdobeCondition, _ table: String) -> RuleText? {
    guard node.condition == nil || node.condition == "==", let value = node.text,
      value == "1" || value == "0"
    else { return nil }
    var has = RuleText(text: "state is not empty")
    if context.has("region_id", in: table) {
      has = .joined([has, RuleText(text: "coalesce(region_id, 0) > 0")], any: true)
    }
    return value == "1" ? has : has.negated
  }

  /// Addresses say themselves that they are the default, or the customer has the address' id.
  func defaultAddress(_ node: AdobeCondition) -> RuleText? {
    guard let which = node.text, which == "default_billing" || which == "default_shipping",
      node.condition == "==" || node.condition == "!="
    else { return nil }
    let isOfCustomer =
      context.has(which, in: "customers") && !context.has(which, in: "addresses")
    let isDefault = RuleText(
      text: isOfCustomer ? "id = customers.\(which)" : "\(which) = '1'", mayBeUnknown: true)
    return node.condition == "==" ? isDefault : isDefault.negated
  }
}
