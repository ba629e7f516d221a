import Foundation
import SegqTestSupport
import Testing

@Suite("Segments of a database, run")
struct AdobeStoreTests {
  /// A store as a database has it, and what Adobe Commerce would answer in it.
  struct Shop {
    struct Address { var id: Int, country: String?, city: String? }
    struct Order { var day: Int, status: String, total: Int, quantity: Int, skus: [String] }
    struct Person {
      var id: Int, group: Int, email: String, first: String?, born: Int?
      var addresses: [Address] = []
      var billing: Int?
      var orders: [Order] = []
      var subscription: Int?
      var credit: Int?
      var cart: (total: Int, isActive: Bool, skus: [String])?
      var wishes: [String] = []
    }
    var people: [Person] = []
  }

  /// Numbers that look like chance, and are the same each time.
  struct Chance {
    var state: UInt64
    mutating func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    mutating func pick<T>(_ values: [T]) -> T { values[below(values.count)] }
    mutating func maybe<T>(_ value: T) -> T? { below(3) == 0 ? nil : value }
  }

  static let skus = ["A1", "A2", "B1", "C9"]
  static let countries = ["US", "FR", "DE"]
  static let statuses = ["complete", "pending", "canceled"]

  static func shop(_ chance: inout Chance) -> Shop {
    var shop = Shop()
    for id in 1...60 {
      let mail = chance.pick(["ann", "bob", "cy"]) + "\(id)@" + chance.pick(["x.org", "y.com"])
      let name = chance.maybe(chance.pick(["Ann", "Anna", "Bob", "Cy"]))
      var person = Shop.Person(
        id: id, group: 1 + chance.below(3), email: mail, first: name,
        born: chance.maybe(1960 + chance.below(50)))
      for number in 0..<chance.below(4) {
        person.addresses.append(
          .init(
            id: id * 10 + number, country: chance.maybe(chance.pick(countries)),
            city: chance.maybe(chance.pick(["Paris", "Reno"]))))
      }
      if chance.below(2) == 0 { person.billing = person.addresses.first?.id }
      for _ in 0..<chance.below(5) {
        person.orders.append(
          .init(
            day: chance.below(60), status: chance.pick(statuses), total: 5 * chance.below(10),
            quantity: 1 + chance.below(4),
            skus: (0...chance.below(2)).map { _ in chance.pick(skus) }
          ))
      }
      person.subscription = chance.maybe(1 + chance.below(3))
      person.credit = chance.maybe(10 * chance.below(4))
      person.cart = chance.maybe(
        (10 * chance.below(6), chance.below(3) > 0, [chance.pick(skus), chance.pick(skus)]))
      person.wishes = (0..<chance.below(3)).map { _ in chance.pick(skus) }
      shop.people.append(person)
    }
    return shop
  }

  // How DOMAIN.md §5.2 says it

  /// A leaf is true or it is not; null never satisfies one.
  static func text(_ value: String?, _ node: AdobeNode) -> Bool {
    guard let value = value?.lowercased(), let wanted = node.value?.lowercased() else {
      return false
    }
    let list = wanted.contains(",") ? wanted.split(separator: ",").map(String.init) : [wanted]
    switch node.condition {
    case "==": return list.contains(value)
    case "!=": return !list.contains(value)
    case "{}": return list.allSatisfy { value.contains($0) }
    case "!{}": return list.allSatisfy { !value.contains($0) }
    default: return false
    }
  }

  static func number(_ value: Int, _ node: AdobeNode) -> Bool {
    let wanted = Int(node.value ?? "") ?? .min
    switch node.condition {
    case "==": return value == wanted
    case "!=": return value != wanted
    case ">=": return value >= wanted
    case "<=": return value <= wanted
    case ">": return value > wanted
    case "<": return value < wanted
    default: return false
    }
  }

  static func all(
    _ node: AdobeNode, negating: Bool, _ holds: (AdobeNode) -> Bool
  ) -> Bool {
    if node.children.isEmpty { return true }
    let results = node.children.map { holds($0) != (negating && node.value == "0") }
    return node.aggregator == "any" ? results.contains(true) : !results.contains(false)
  }

  /// The label's words: the age in days, the other way round.
  static func isUpToDate(age: Int, _ node: AdobeNode) -> Bool {
    let days = Int(node.value ?? "") ?? 0
    switch node.condition {
    case ">=": return age <= days  // "equals or less than"
    case "<=": return age >= days  // "equals or greater than"
    case ">": return age < days  // "less than"
    case "<": return age > days  // "greater than"
    case "==": return age == days
    default: return age != days
    }
  }

  static func holds(_ node: AdobeNode, _ person: Shop.Person) -> Bool {
    switch node.type {
    case "Combine", "Combine\\Root": return all(node, negating: true) { holds($0, person) }
    case "Customer\\Attributes":
      switch node.attribute {
      case "group_id": return text(String(person.group), node)
      case "email": return text(person.email, node)
      case "firstname": return text(person.first, node)
      default: return person.born.map { number($0 * 10_000 + 615, dated(node)) } ?? false
      }
    case "Customer\\Newsletter": return (person.subscription == 1) == (node.value == "1")
    case "Customer\\Storecredit": return person.credit.map { number($0, node) } ?? false
    case "Customer\\Address":
      return person.addresses.contains { address in
        all(node, negating: true) { child in
          switch child.attribute {
          case "country_id": return text(address.country, child)
          case "city": return text(address.city, child)
          default: return (address.id == person.billing) == (child.condition == "==")
          }
        }
      }
    case "Sales\\Ordersnumber", "Sales\\Salesamount", "Sales\\Purchasedquantity":
      let orders = person.orders.filter { order in
        let children = node.children.filter { $0.value != "any" }
        let narrowed = AdobeNode(node.type, nil, nil, nil, node.aggregator, children)
        return all(narrowed, negating: false) { child in
          child.type == "Uptodate"
            ? isUpToDate(age: order.day, child) : text(order.status, child)
        }
      }
      // Nobody without orders satisfies a condition on them, but "= 0".
      if orders.isEmpty { return node.condition == "==" && node.value == "0" }
      if node.type == "Sales\\Ordersnumber" { return number(orders.count, node) }
      let sum = orders.map { node.type == "Sales\\Salesamount" ? $0.total : $0.quantity }
        .reduce(0, +)
      guard node.attribute == "average" else { return number(sum, node) }
      // sum / n compared with v is sum compared with v · n.
      var scaled = node
      scaled.value = String((Int(node.value ?? "") ?? 0) * orders.count)
      return number(sum, scaled)
    case "Shoppingcart\\Amount":
      guard let cart = person.cart, cart.isActive else { return false }
      return number(cart.total, node)
    default:
      let skus =
        switch node.value {
        case "ordered_history": person.orders.flatMap(\.skus)
        case "wishlist": person.wishes
        default: person.cart.map { $0.isActive ? $0.skus : [] } ?? []
        }
      let found = skus.contains { sku in all(node, negating: false) { text(sku, $0) } }
      return found == (node.condition == "==")
    }
  }

  /// `1990-01-01` as 19900101.
  static func dated(_ node: AdobeNode) -> AdobeNode {
    var node = node
    node.value = node.value?.replacingOccurrences(of: "-", with: "")
    return node
  }

  // Trees made by chance

  static func tree(_ chance: inout Chance, depth: Int, _ type: String) -> AdobeNode {
    let children = (0..<(depth == 0 ? 1 : 1 + chance.below(3))).map { _ in
      depth > 0 && chance.below(3) == 0
        ? tree(&chance, depth: depth - 1, "Combine") : leaf(&chance)
    }
    return AdobeNode(
      type, nil, nil, chance.pick(["1", "0"]), chance.pick(["all", "any"]), children)
  }

  static func leaf(_ chance: inout Chance) -> AdobeNode {
    let words = ["==", "!=", "{}", "!{}"]
    let signs = ["==", "!=", ">=", "<=", ">", "<"]
    let aggregator = chance.pick(["all", "any"])
    switch chance.below(9) {
    case 0:
      return AdobeNode(
        "Customer\\Attributes", "group_id", chance.pick(["==", "!="]), chance.pick(["1", "2,3"]))
    case 1:
      return AdobeNode(
        "Customer\\Attributes", chance.pick(["firstname", "email"]), chance.pick(words),
        chance.pick(["ANN", "ann,a", "Bob,Cy", "o,b", "zz"]))
    case 2:
      return AdobeNode(
        "Customer\\Attributes", "dob", chance.pick(["==", ">=", "<="]),
        chance.pick(["1980-06-15", "1995-01-01"]))
    case 3: return AdobeNode("Customer\\Newsletter", nil, "==", chance.pick(["1", "0"]))
    case 4:
      return AdobeNode(
        "Customer\\Storecredit", nil, chance.pick(signs), chance.pick(["0", "20"]))
    case 5:
      let children = [
        AdobeNode(
          "Customer\\Address\\Attributes", "country_id", chance.pick(["==", "!="]),
          chance.pick(["US", "FR,DE"])),
        AdobeNode("Customer\\Address\\Attributes", "city", chance.pick(words), "Paris"),
        AdobeNode(
          "Customer\\Address\\DefaultAddress", nil, chance.pick(["==", "!="]), "default_billing"),
      ]
      return AdobeNode(
        "Customer\\Address", nil, nil, chance.pick(["1", "0"]), aggregator,
        Array(children.prefix(chance.below(4))))
    case 6:
      let (type, attribute) = chance.pick([
        ("Sales\\Ordersnumber", nil), ("Sales\\Salesamount", "total"),
        ("Sales\\Salesamount", "average"), ("Sales\\Purchasedquantity", "total"),
        ("Sales\\Purchasedquantity", "average"),
      ])
      let children = [
        AdobeNode(
          "Order\\Status", nil, chance.pick(["==", "!="]),
          chance.pick(["complete", "any", "pending,canceled"])),
        AdobeNode("Uptodate", nil, chance.pick(signs), chance.pick(["0", "20"])),
      ]
      return AdobeNode(
        type, attribute, chance.pick(signs), chance.pick(["0", "0", "1", "2", "20"]), aggregator,
        Array(children.prefix(chance.below(3))))
    case 7:
      return AdobeNode(
        "Shoppingcart\\Amount", "grand_total", chance.pick(signs), chance.pick(["0", "30"]))
    default:
      let (type, list) = chance.pick([
        ("Product\\Combine\\History", "ordered_history"),
        ("Product\\Combine\\ListCombine", "wishlist"),
        ("Product\\Combine\\ListCombine", "shopping_cart"),
      ])
      let children = [
        AdobeNode(
          "Product\\Attributes", "sku", chance.pick(words), chance.pick(["A1,B1", "A", "c9"])),
        AdobeNode("Product\\Attributes", "sku", chance.pick(words), chance.pick(["A1", "A,1"])),
      ]
      return AdobeNode(
        type, nil, chance.pick(["==", "!="]), list, aggregator,
        Array(children.prefix(chance.below(3))))
    }
  }

  // The tables of the database

  static func day(_ age: Int) -> String {
    // From 2026-11-01 12:00.
    let date = Date(timeIntervalSince1970: 1_793_534_400 - 86_400 * Double(age))
    return ISO8601DateFormatter.string(
      from: date, timeZone: .gmt, formatOptions: [.withFullDate])
  }

  static func files(_ shop: Shop, _ trees: [AdobeNode]) -> [String: String] {
    func line(_ values: Any?...) -> String {
      values.map { $0.map { "\($0)" } ?? "\\N" }.joined(separator: ",") + "\n"
    }
    var text = [
      "customer_entity": "entity_id,website_id,email,group_id,firstname,dob,default_billing\n",
      "customer_address_entity": "entity_id,parent_id,city,country_id\n",
      "sales_order":
        "entity_id,customer_id,status,base_grand_total,total_qty_ordered,created_at\n",
      "sales_order_item": "item_id,order_id,sku\n", "quote_item": "item_id,quote_id,sku\n",
      "newsletter_subscriber": "subscriber_id,customer_id,subscriber_status\n",
      "magento_customerbalance": "balance_id,customer_id,website_id,amount\n",
      "quote": "entity_id,customer_id,is_active,base_grand_total,updated_at\n",
      "wishlist": "wishlist_item_id,customer_id,sku\n",
      "magento_customersegment_segment":
        "segment_id,name,is_active,conditions_serialized,condition_sql,apply_to\n",
    ]
    var (order, item) = (1000, 1)
    for person in shop.people {
      text["customer_entity", default: ""] += line(
        person.id, 1, person.email, person.group, person.first, person.born.map { "\($0)-06-15" },
        person.billing)
      for address in person.addresses {
        text["customer_address_entity", default: ""] += line(
          address.id, person.id, address.city, address.country)
      }
      for one in person.orders {
        order += 1
        text["sales_order", default: ""] += line(
          order, person.id, one.status, "\(one.total).0000", "\(one.quantity).0000",
          day(one.day) + " 10:00:00")
        for sku in one.skus {
          item += 1
          text["sales_order_item", default: ""] += line(item, order, sku)
        }
      }
      if let status = person.subscription {
        text["newsletter_subscriber", default: ""] += line(person.id, person.id, status)
      }
      if let credit = person.credit {
        text["magento_customerbalance", default: ""] += line(
          person.id, person.id, 1, "\(credit).0000")
      }
      if let cart = person.cart {
        text["quote", default: ""] += line(
          person.id, person.id, cart.isActive ? 1 : 0, cart.total, day(1) + " 10:00:00")
        for sku in cart.skus {
          item += 1
          text["quote_item", default: ""] += line(item, person.id, sku)
        }
      }
      for sku in person.wishes {
        item += 1
        text["wishlist", default: ""] += line(item, person.id, sku)
      }
    }
    for (place, tree) in trees.enumerated() {
      let conditions = place % 2 == 0 ? tree.json : tree.php
      let quoted = "\"" + conditions.replacingOccurrences(of: "\"", with: "\"\"") + "\""
      text["magento_customersegment_segment", default: ""] += line(
        place + 1, "Segment \(place + 1)", 1, quoted, "SELECT 1", 1)
    }
    return text
  }

  @Test("Members are whom the conditions mean, worked out another way", arguments: [1, 2])
  func members(_ seed: Int) throws {
    var chance = Chance(state: UInt64(seed))
    let shop = Self.shop(&chance)
    let trees = (0..<150).map { _ in Self.tree(&chance, depth: 2, "Combine\\Root") }
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    for (name, text) in Self.files(shop, trees) {
      try text.write(
        to: folder.appending(path: name + ".csv"), atomically: true, encoding: .utf8)
    }
    let columns = trees.indices.map { "in \($0 + 1) as s\($0 + 1)" }.joined(separator: ", ")
    let run = try Program.run(
      [
        ".", "--now", "2026-11-01T12:00:00", "--no-header", "-c", "refresh all",
        "-c", "select \(columns) from customers", "-c", "select rule from segments",
      ], in: folder)
    #expect(run.code == 0, "\(run.errors)")
    let parts = run.output.components(separatedBy: "\n\n")
    try #require(parts.count == 3, "\(run.output.prefix(300)) \(run.errors)")
    let rows = parts[1].split(separator: "\n").map { $0.split(separator: ",") }
    let rules = parts[2].split(separator: "\n")
    #expect(rows.count == shop.people.count)
    var sizes: [Int] = []
    for (place, tree) in trees.enumerated() {
      let found = rows.map { $0[place] == "true" }
      let wanted = shop.people.map { Self.holds(tree, $0) }
      sizes.append(wanted.count { $0 })
      #expect(found == wanted, "\(tree.json)\n\(rules[place])")
    }
    // Few of the segments are trivial.
    #expect(sizes.count { $0 > 0 && $0 < shop.people.count } > 80)
  }
}
