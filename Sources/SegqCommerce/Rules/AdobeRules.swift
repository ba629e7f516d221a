public import SegqFormats
import SegqLanguage

/// `conditions_serialized` of a segment as a rule in the language.
///
/// `{"type":"…\\Combine\\Root","value":"0","aggregator":"all","conditions":[{"type":"…\\Customer\\Newsletter",
/// "operator":"==","value":"1"}]}` is `not exists(subscriptions where lower(status) in ('1', 'subscribed'))`.
/// What the conditions mean is in `docs/ADOBE-RULES.md`.
public struct AdobeRules {
  let context: RuleContext

  public init(_ context: RuleContext) { self.context = context }

  /// A rule, and the conditions in it that nobody can say in the language.
  public struct Translation: Sendable, Equatable {
    public var rule: String
    public var unknown: [String] = []
  }

  /// The rule of a text of JSON or of PHP's `serialize`. Nothing in it is run.
  public func translation(of text: String) throws(SerializedError) -> Translation {
    guard let root = AdobeCondition.tree(try SerializedValue(text)) else {
      return Translation(rule: RuleText.everyone.text)
    }
    var unknown: [String] = []
    let rule = rule(root, .customer, &unknown) ?? .everyone
    // What the language would not take, such as a thousand brackets, must not stand there as a rule.
    do throws(Diagnostic) { _ = try Parser.parseCondition(SourceText(rule.text, name: "")) } catch {
      return Self.placeholder("the whole rule: \(error.message)")
    }
    return Translation(rule: rule.text, unknown: unknown)
  }

  /// What stands for conditions that could not be read.
  public static func placeholder(_ what: String) -> Translation {
    Translation(rule: RuleText.unknown(what).text, unknown: [what])
  }

  /// The rows that a condition is asked of.
  enum Subject: Equatable {
    case customer
    case address
    case orderAddress
    case order
    case orderedProduct
    case viewedProduct
    case cartProduct
    case wishedProduct
  }

  /// Nil for what is no condition: an order status that may be any.
  func rule(
    _ node: AdobeCondition, _ subject: Subject, _ unknown: inout [String]
  ) -> RuleText? {
    switch node.kind {
    case "combine/root" where subject == .customer, "combine" where subject == .customer:
      return joined(node, subject, negates: true, &unknown)
    case "product/combine" where subject.isProduct:
      return joined(node, subject, negates: true, &unknown)
    case "customer/address" where subject == .customer:
      return .exists(
        "addresses", where: joined(node, .address, negates: true, &unknown))
    case "order/address" where subject == .customer:
      return .exists(
        "order_addresses", where: joined(node, .orderAddress, negates: true, &unknown))
    case "product/combine/history" where subject == .customer,
      "product/combine/list" where subject == .customer,
      "product/combine/listcombine" where subject == .customer:
      return products(node, &unknown) ?? told(node, &unknown)
    case "sales/ordersnumber" where subject == .customer,
      "sales/salesamount" where subject == .customer,
      "sales/purchasedquantity" where subject == .customer:
      let filter = joined(node, .order, negates: false, &unknown)
      return figure(node, where: filter) ?? told(node, &unknown)
    case "order/status" where subject == .order && node.values.contains("any"):
      return nil
    default:
      return leaf(node, subject) ?? told(node, &unknown)
    }
  }

  /// The children of a node; where it says FALSE, each of them negated.
  func joined(
    _ node: AdobeCondition, _ subject: Subject, negates: Bool, _ unknown: inout [String]
  ) -> RuleText {
    var parts: [RuleText] = []
    for child in node.children {
      guard let part = rule(child, subject, &unknown) else { continue }
      parts.append(negates && node.isFalse ? part.negated : part)
    }
    return .joined(parts, any: node.isAny)
  }

  private func told(_ node: AdobeCondition, _ unknown: inout [String]) -> RuleText {
    unknown.append(node.description)
    return .unknown(node.description)
  }

  private func leaf(_ node: AdobeCondition, _ subject: Subject) -> RuleText? {
    switch (subject, node.kind) {
    case (.customer, "customer/attributes"): customer(node)
    case (.customer, "customer/newsletter"): newsletter(node)
    case (.customer, "customer/storecredit"): credit(node)
    case (.customer, "shoppingcart/amount"): cartAmount(node)
    case (.customer, "shoppingcart/itemsquantity"): cart("lines", node)
    case (.customer, "shoppingcart/productsquantity"): cart("quantity", node)
    case (.address, "customer/address/attributes"): address(node, "addresses")
    case (.address, "customer/address/region"): region(node, "addresses")
    case (.address, "customer/address/defaultaddress"), (.address, "customer/address/default"):
      defaultAddress(node)
    case (.orderAddress, "order/address/attributes"): address(node, "order_addresses")
    case (.orderAddress, "order/address/region"): region(node, "order_addresses")
    case (.orderAddress, "order/address/type"):
      Comparison(column: "type", kind: .code).rule(node.condition, node.values)
    case (.order, "order/status"):
      Comparison(column: "status", kind: .code).rule(node.condition, node.values)
    case (_, "product/attributes") where subject.isProduct: product(node)
    case (_, "uptodate"): subject.date.flatMap { upToDate(node, $0) }
    case (_, "daterange"): subject.date.flatMap { dateRange(node, $0) }
    default: nil
    }
  }

  // Dates of what was done

  /// The code compares the date with the day N days ago; its label is about the age in days, and so the
  /// other way round: `>=` 30 reads "equals or less than", and means the last 30 days.
  private func upToDate(_ node: AdobeCondition, _ date: String) -> RuleText? {
    guard let condition = Self.signs[node.condition ?? ""],
      let days = node.text.flatMap({ Int($0) }), (0...100_000).contains(days)
    else { return nil }
    return RuleText(text: "\(date) \(condition) -\(days)d", mayBeUnknown: true)
  }

  /// `2024-01-01...2024-01-31`, both days included.
  private func dateRange(_ node: AdobeCondition, _ date: String) -> RuleText? {
    let text = node.text ?? ""
    var bounds = [text[...]]
    if let dots = text.indices.first(where: { text[$0...].hasPrefix("...") }) {
      bounds = [text[..<dots], text[dots...].dropFirst(3)]
    }
    let days = bounds.compactMap { bound in
      // One version of Adobe Commerce appends a time.
      bound.split { $0 == " " || $0 == "T" }.first.flatMap { Comparison.date(String($0)) }
    }
    guard bounds.count == 2, days.count == 2 else { return nil }
    let range = "between \(days[0]) and \(days[1])"
    switch node.condition {
    case "==": return RuleText(text: "\(date) \(range)", mayBeUnknown: true)
    case "!=": return RuleText(text: "\(date) not \(range)", mayBeUnknown: true)
    default: return nil
    }
  }

  static let signs = ["==": "=", "!=": "!=", ">=": ">=", ">": ">", "<=": "<=", "<": "<"]
}

extension AdobeRules.Subject {
  var isProduct: Bool {
    switch self {
    case .orderedProduct, .viewedProduct, .cartProduct, .wishedProduct: true
    case .customer, .address, .orderAddress, .order: false
    }
  }

  /// The column that says when it was.
  fileprivate var date: String? {
    switch self {
    case .order, .viewedProduct, .wishedProduct: "date"
    case .orderedProduct: "orders.date"
    case .cartProduct: "carts.date"
    case .customer, .address, .orderAddress: nil
    }
  }
}
