// Conditions on orders, carts and products.
extension AdobeRules {
  /// Figures over orders: how many, for how much, of how many pieces.
  ///
  /// Adobe groups the orders of a customer, and who has none is in no group: `< 3` is nothing for them.
  /// `= 0` alone is asked in another way, so that it finds those without orders.
  func figure(_ node: AdobeCondition, where filter: RuleText) -> RuleText? {
    guard let condition = node.condition.flatMap({ Self.signs[$0] }),
      let number = node.text.flatMap({ Comparison.number($0) })
    else { return nil }
    let count = RuleText.call("count", "orders", where: filter)
    if node.kind == "sales/ordersnumber" {
      return compared(count, condition, number, among: count)
    }
    let column = node.kind == "sales/salesamount" ? "orders.total" : "orders.quantity"
    switch node.attribute {
    case "total", nil:
      return compared(
        RuleText.call("sum", column, where: filter), condition, number, among: count)
    case "average":
      let average = RuleText.call("avg", column, where: filter)
      // Of nothing there is no average.
      return condition == "=" && Self.isZero(number)
        ? RuleText(text: "coalesce(\(average), 0) = 0")
        : RuleText(text: "\(average) \(condition) \(number)", mayBeUnknown: true)
    default: return nil
    }
  }

  private func compared(
    _ figure: String, _ condition: String, _ number: String, among count: String
  ) -> RuleText {
    let plain = RuleText(text: "\(figure) \(condition) \(number)")
    let holdsForNone =
      switch condition {
      case "<": !number.hasPrefix("-") && !Self.isZero(number)
      case "<=": !number.hasPrefix("-") || Self.isZero(number)
      case ">": number.hasPrefix("-") && !Self.isZero(number)
      case ">=": number.hasPrefix("-") || Self.isZero(number)
      case "!=": !Self.isZero(number)
      default: false
      }
    guard holdsForNone else { return plain }
    return .joined([RuleText(text: "\(count) > 0"), plain], any: false)
  }

  private static func isZero(_ number: String) -> Bool {
    number.utf8.allSatisfy { "-0.".utf8.contains($0) }
  }

  // Carts

  /// A cart is looked at while it is active.
  func cart(_ column: String, _ node: AdobeCondition) -> RuleText? {
    number(column, node).map { .exists("carts", where: .joined([Self.isActive, $0], any: false)) }
  }

  private static let isActive = RuleText(text: "active = '1'", mayBeUnknown: true)

  func cartAmount(_ node: AdobeCondition) -> RuleText? {
    switch node.attribute {
    case "grand_total", nil: cart("total", node)
    case "subtotal": cart("subtotal", node)
    case "store_credit": cart("store_credit", node)
    case "gift_card": cart("gift_card", node)
    // These two are kept by address.
    case "tax": cart("sum(cart_addresses.tax)", node)
    case "shipping": cart("sum(cart_addresses.shipping)", node)
    default: nil
    }
  }

  // Products

  /// What was bought or viewed, or lies in the cart or on the wish list.
  func products(_ node: AdobeCondition, _ unknown: inout [String]) -> RuleText? {
    let isHistory = node.kind == "product/combine/history"
    let list = node.text ?? (isHistory ? "viewed_history" : "shopping_cart")
    guard node.condition == nil || node.condition == "==" || node.condition == "!=" else {
      return nil
    }
    let found: RuleText
    switch (isHistory, list) {
    case (true, "viewed_history"):
      found = .exists("views", where: joined(node, .viewedProduct, negates: false, &unknown))
    case (true, "ordered_history"):
      found = .exists("items", where: joined(node, .orderedProduct, negates: false, &unknown))
    case (false, "wishlist"):
      found = .exists("wishlist", where: joined(node, .wishedProduct, negates: false, &unknown))
    case (false, "shopping_cart"):
      let isActive = RuleText(text: "carts.active = '1'", mayBeUnknown: true)
      found = .exists(
        "cart_items",
        where: .joined(
          [isActive, joined(node, .cartProduct, negates: false, &unknown)], any: false))
    default: return nil
    }
    return node.condition == "!=" ? found.negated : found
  }

  func product(_ node: AdobeCondition) -> RuleText? {
    guard let attribute = node.attribute, let column = Self.column(attribute) else { return nil }
    // A product may be in several categories.
    let kind: Comparison.Kind = attribute == "category_ids" ? .set : .text
    return Comparison(column: column, kind: kind).rule(node.condition, node.values)
  }
}
