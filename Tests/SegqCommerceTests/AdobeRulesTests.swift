import Foundation
import SegqFormats
import SegqLanguage
import SegqTestSupport
import Testing

@testable import SegqCommerce

@Suite("Conditions of Adobe's segments as rules")
struct AdobeRulesTests {
  typealias Node = AdobeNode

  static func leaf(_ type: String, _ attribute: String?, _ condition: String, _ value: String)
    -> Node
  { Node(type, attribute, condition, value) }

  /// A condition that stands alone under ALL TRUE, and its rule.
  static let conditions: [(Node, String)] = [
    // Customer attributes, each operator.
    (leaf("Customer\\Attributes", "email", "==", "a@b.c"), "email ~= 'a@b.c'"),
    (leaf("Customer\\Attributes", "email", "!=", "a@b.c"), "not (email ~= 'a@b.c')"),
    (
      leaf("Customer\\Attributes", "email", "==", "a@b.c, d@e.f"),
      "email ~= 'a@b.c' or email ~= 'd@e.f'"
    ),
    (leaf("Customer\\Attributes", "email", "!=", "a,b,,"), "not (email ~= 'a' or email ~= 'b')"),
    (leaf("Customer\\Attributes", "firstname", "{}", "ann"), "fold(firstname) contains 'ann'"),
    (
      leaf("Customer\\Attributes", "firstname", "{}", "an,na"),
      "fold(firstname) contains 'an' and fold(firstname) contains 'na'"
    ),
    (
      leaf("Customer\\Attributes", "lastname", "!{}", "x,y"),
      "fold(lastname) not contains 'x' and fold(lastname) not contains 'y'"
    ),
    (leaf("Customer\\Attributes", "points", ">=", "5"), "points >= '5'"),
    (leaf("Customer\\Attributes", "points", ">", "5"), "points > '5'"),
    (leaf("Customer\\Attributes", "points", "<=", "5"), "points <= '5'"),
    (leaf("Customer\\Attributes", "points", "<", "5"), "points < '5'"),
    (leaf("Customer\\Attributes", "group_id", "()", "1,2"), "group in ('1', '2')"),
    (leaf("Customer\\Attributes", "group_id", "!()", "1,2"), "group not in ('1', '2')"),
    (leaf("Customer\\Attributes", "group_id", "==", "2"), "group = '2'"),
    (leaf("Customer\\Attributes", "gender", "!=", "1"), "gender != '1'"),
    (leaf("Customer\\Attributes", "website_id", "==", "1"), "website = '1'"),
    (leaf("Customer\\Attributes", "store_id", "==", "3"), "store_id = '3'"),
    (
      leaf("Customer\\Attributes", "hobbies", "[]", "3,17"),
      "',' || hobbies || ',' contains ',3,' and ',' || hobbies || ',' contains ',17,'"
    ),
    (
      leaf("Customer\\Attributes", "hobbies", "![]", "3"),
      "',' || hobbies || ',' not contains ',3,'"
    ),
    (leaf("Customer\\Attributes", "where", "==", "x"), "`where` ~= 'x'"),
    (
      leaf("Customer\\Attributes", "email", "==", "it's ${x} \\ \"é😀\""),
      "email ~= 'it''s \\${x} \\\\ \"é😀\"'"
    ),
    (leaf("Customer\\Attributes", "created_at", "==", "2024-02-29"), "since = 2024-02-29"),
    (
      leaf("Customer\\Attributes", "created_at", ">=", "2024-01-31 00:00:00"), "since >= 2024-01-31"
    ),
    (
      leaf("Customer\\Attributes", "created_at", "<=", "2024-01-31 10:30:00"),
      "since <= 2024-01-31T10:30:00"
    ),
    (leaf("Customer\\Attributes", "dob", "<=", "1990-01-01"), "dob <= 1990-01-01"),
    (
      Node("Customer\\Attributes", "default_billing", nil, "is_exists"),
      "exists(addresses where default_billing = '1')"
    ),
    (
      Node("Customer\\Attributes", "default_shipping", nil, "is_not_exists"),
      "not exists(addresses where default_shipping = '1')"
    ),
    // What hangs on customers.
    (
      leaf("Customer\\Newsletter", nil, "==", "1"),
      "exists(subscriptions where lower(status) in ('1', 'subscribed'))"
    ),
    (
      leaf("Customer\\Newsletter", nil, "==", "0"),
      "not exists(subscriptions where lower(status) in ('1', 'subscribed'))"
    ),
    (leaf("Customer\\Storecredit", nil, ">=", "50.5000"), "exists(credit where amount >= 50.5)"),
    (leaf("Customer\\Storecredit", nil, "!=", "0"), "exists(credit where amount != 0)"),
    // Addresses: all children of the same one.
    (
      Node(
        "Customer\\Address", nil, nil, nil, "all",
        [
          leaf("Customer\\Address\\Attributes", "country_id", "==", "US"),
          leaf("Customer\\Address\\Attributes", "postcode", "==", "01337,01338"),
          leaf("Customer\\Address\\Attributes", "telephone", "{}", "555"),
        ]),
      "exists(addresses where country = 'US' and (zip ~= '01337' or zip ~= '01338') and fold(phone) contains '555')"
    ),
    (
      Node(
        "Customer\\Address", nil, nil, "0", "any",
        [
          leaf("Customer\\Address\\Attributes", "city", "==", "Paris"),
          leaf("Customer\\Address\\Region", nil, "==", "1"),
        ]),
      "exists(addresses where not coalesce(city ~= 'Paris', false) or not state is not empty)"
    ),
    (
      Node(
        "Customer\\Address", nil, nil, "1", "all",
        [
          leaf("Customer\\Address\\DefaultAddress", nil, "==", "default_billing"),
          leaf("Customer\\Address\\DefaultAddress", nil, "!=", "default_shipping"),
          leaf("Customer\\Address\\Region", nil, "==", "0"),
          leaf("Customer\\Address\\Attributes", "region_id", "==", "12"),
          leaf("Customer\\Address\\Attributes", "company", "!{}", "GmbH"),
        ]),
      "exists(addresses where default_billing = '1' and not coalesce(default_shipping = '1', false) "
        + "and not state is not empty and region_id = '12' and fold(company) not contains 'GmbH')"
    ),
    (Node("Customer\\Address", nil, nil, "1", "all"), "exists(addresses)"),
    (
      Node(
        "Order\\Address", nil, nil, "1", "all",
        [
          leaf("Order\\Address\\Type", nil, "==", "billing"),
          leaf("Order\\Address\\Attributes", "country_id", "!=", "US"),
        ]),
      "exists(order_addresses where type = 'billing' and country != 'US')"
    ),
    // Carts
    (
      leaf("Shoppingcart\\Amount", "subtotal", "<", "10"),
      "exists(carts where active = '1' and subtotal < 10)"
    ),
    (
      leaf("Shoppingcart\\Amount", "grand_total", ">=", "100"),
      "exists(carts where active = '1' and total >= 100)"
    ),
    (
      leaf("Shoppingcart\\Amount", "tax", ">", "0"),
      "exists(carts where active = '1' and sum(cart_addresses.tax) > 0)"
    ),
    (
      leaf("Shoppingcart\\Amount", "shipping", "<=", "5"),
      "exists(carts where active = '1' and sum(cart_addresses.shipping) <= 5)"
    ),
    (
      leaf("Shoppingcart\\Amount", "store_credit", "==", "0"),
      "exists(carts where active = '1' and store_credit = 0)"
    ),
    (
      leaf("Shoppingcart\\Amount", "gift_card", "!=", "0"),
      "exists(carts where active = '1' and gift_card != 0)"
    ),
    (
      leaf("Shoppingcart\\Itemsquantity", nil, ">=", "3"),
      "exists(carts where active = '1' and lines >= 3)"
    ),
    (
      leaf("Shoppingcart\\Productsquantity", nil, "==", "3"),
      "exists(carts where active = '1' and quantity = 3)"
    ),
    // Products
    (
      Node(
        "Product\\Combine\\ListCombine", nil, "==", "shopping_cart", "any",
        [
          leaf("Product\\Attributes", "sku", "==", "A1"),
          leaf("Product\\Attributes", "sku", "{}", "B"), leaf("Uptodate", nil, ">=", "7"),
        ]),
      "exists(cart_items where carts.active = '1' and (sku ~= 'A1' or fold(sku) contains 'B' or "
        + "carts.date >= -7d))"
    ),
    (
      Node("Product\\Combine\\ListCombine", nil, "!=", "wishlist", "all"), "not exists(wishlist)"
    ),
    (
      Node(
        "Product\\Combine\\History", nil, "==", "viewed_history", "all",
        [leaf("Daterange", nil, "==", "2024-01-01...2024-01-31")]),
      "exists(views where date between 2024-01-01 and 2024-01-31)"
    ),
    (
      Node(
        "Product\\Combine\\History", nil, "!=", "ordered_history", "all",
        [
          Node(
            "Product\\Combine", nil, nil, "0", "any",
            [
              leaf("Product\\Attributes", "sku", "==", "A,B"),
              leaf("Product\\Attributes", "category_ids", "==", "4,5"),
            ]),
          leaf("Daterange", nil, "!=", "2024-01-01 00:00:00...2024-01-31 23:59:59"),
        ]),
      "not exists(items where (not coalesce(sku ~= 'A' or sku ~= 'B', false) or not coalesce(',' || "
        + "category_ids || ',' contains ',4,' or ',' || category_ids || ',' contains ',5,', false)) "
        + "and orders.date not between 2024-01-01 and 2024-01-31)"
    ),
    // Orders
    (
      Node(
        "Sales\\Ordersnumber", nil, ">=", "3", "all",
        [
          leaf("Order\\Status", nil, "==", "complete"), leaf("Uptodate", nil, ">=", "30"),
          leaf("Order\\Status", nil, "==", "any"),
        ]),
      "count(orders where status = 'complete' and date >= -30d) >= 3"
    ),
    (Node("Sales\\Ordersnumber", nil, "==", "0", "all"), "count(orders) = 0"),
    (
      Node("Sales\\Ordersnumber", nil, "<", "3", "all"), "count(orders) > 0 and count(orders) < 3"
    ),
    (Node("Sales\\Ordersnumber", nil, "<", "0", "all"), "count(orders) < 0"),
    (
      Node("Sales\\Ordersnumber", nil, "<=", "0", "all"), "count(orders) > 0 and count(orders) <= 0"
    ),
    (Node("Sales\\Ordersnumber", nil, ">", "0", "all"), "count(orders) > 0"),
    (Node("Sales\\Ordersnumber", nil, "!=", "0", "all"), "count(orders) != 0"),
    (
      Node("Sales\\Ordersnumber", nil, "!=", "2", "all"), "count(orders) > 0 and count(orders) != 2"
    ),
    (
      Node(
        "Sales\\Salesamount", "total", ">=", "1000.00", "any",
        [leaf("Order\\Status", nil, "!=", "canceled"), leaf("Uptodate", nil, "<", "7")]),
      "sum(orders.total where status != 'canceled' or date < -7d) >= 1000"
    ),
    (
      Node("Sales\\Salesamount", "total", "<", "5", "all"),
      "count(orders) > 0 and sum(orders.total) < 5"
    ),
    (Node("Sales\\Salesamount", "total", "==", "0", "all"), "sum(orders.total) = 0"),
    (Node("Sales\\Salesamount", "average", "<", "5", "all"), "avg(orders.total) < 5"),
    (
      Node("Sales\\Salesamount", "average", "==", "0", "all"), "coalesce(avg(orders.total), 0) = 0"
    ),
    (
      Node("Sales\\Purchasedquantity", "total", "<=", "4", "all"),
      "count(orders) > 0 and sum(orders.quantity) <= 4"
    ),
    (
      Node("Sales\\Purchasedquantity", "average", ">", "2.5", "all"),
      "avg(orders.quantity) > 2.5"
    ),
  ]

  private static let signs = [
    ("==", "="), ("!=", "!="), (">=", ">="), (">", ">"), ("<=", "<="), ("<", "<"),
  ]

  private static func translated(_ text: String, _ context: RuleContext = RuleContext()) throws
    -> AdobeRules.Translation
  { try AdobeRules(context).translation(of: text) }

  @Test("Each class and each operator", arguments: conditions)
  func condition(_ node: Node, _ rule: String) throws {
    let root = Node.root("all", "1", [node])
    #expect(try Self.translated(root.json) == AdobeRules.Translation(rule: rule))
    #expect(try Self.translated(root.php).rule == rule)
  }

  @Test("Up To Date compares the date, whatever its label says", arguments: signs)
  func upToDate(_ condition: String, _ sign: String) throws {
    let node = Node(
      "Sales\\Ordersnumber", nil, ">", "0", "all", [Self.leaf("Uptodate", nil, condition, "30")])
    #expect(
      try Self.translated(Node.root([node]).json).rule
        == "count(orders where date \(sign) -30d) > 0")
  }

  @Test("ALL and ANY of TRUE and FALSE: FALSE negates each child, unknown ones included")
  func heads() throws {
    let a = Self.leaf("Customer\\Attributes", "email", "==", "x")
    let b = Node("Sales\\Ordersnumber", nil, ">", "1", "all")
    func rule(_ aggregator: String, _ value: String, _ children: [Node]) throws -> String {
      try Self.translated(Node.root(aggregator, value, children).json).rule
    }
    #expect(try rule("all", "1", [a, b]) == "email ~= 'x' and count(orders) > 1")
    #expect(try rule("any", "1", [a, b]) == "email ~= 'x' or count(orders) > 1")
    #expect(
      try rule("all", "0", [a, b]) == "not coalesce(email ~= 'x', false) and not count(orders) > 1")
    #expect(
      try rule("any", "0", [a, b]) == "not coalesce(email ~= 'x', false) or not count(orders) > 1")
    let inner = Node("Combine", nil, nil, "1", "any", [b, b])
    #expect(
      try rule("all", "0", [a, inner])
        == "not coalesce(email ~= 'x', false) and not (count(orders) > 1 or count(orders) > 1)")
    #expect(
      try rule("all", "1", [a, inner])
        == "email ~= 'x' and (count(orders) > 1 or count(orders) > 1)")
    let nested = Node("Combine", nil, nil, "0", "all", [Node("Combine", nil, nil, "0", "all", [a])])
    #expect(try rule("all", "1", [nested]) == "not not coalesce(email ~= 'x', false)")
  }

  @Test(
    "Without conditions everyone is in",
    arguments: [
      "[]", "{}", "null", "a:0:{}", "N;", "b:0;", AdobeNode.root([]).json, AdobeNode.root([]).php,
      AdobeNode.root("any", "0", []).json,
    ])
  func everyone(_ text: String) throws {
    #expect(try Self.translated(text) == AdobeRules.Translation(rule: "true"))
  }

  @Test("Classes of Magento 1 are the same conditions")
  func oldNames() throws {
    let prefix = "!enterprise_customersegment/segment_condition_"
    let root = Node(
      prefix + "combine_root", nil, nil, "1", "all",
      [
        Node(prefix + "customer_attributes", "group_id", "==", "2"),
        Node(
          prefix + "product_combine_list", nil, "==", "wishlist", "all",
          [Node(prefix + "product_attributes", "sku", "==", "A")]),
        Node(
          prefix + "customer_address", nil, nil, "1", "all",
          [Node(prefix + "customer_address_default", nil, "==", "default_billing")]),
      ])
    #expect(
      try Self.translated(root.php).rule
        == "group = '2' and exists(wishlist where sku ~= 'A') and "
        + "exists(addresses where default_billing = '1')")
  }

  @Test("What is shown in place of a code is asked for, and columns that are there are used")
  func context() throws {
    var context = RuleContext(
      columns: [
        "customers": ["id", "default_billing", "store"], "addresses": ["id", "state", "region_id"],
        "order_addresses": ["state"],
      ], labels: RuleContext.defaultLabels)
    context.labels["region"] = ["12": "California"]
    func rule(_ node: Node) throws -> String {
      try Self.translated(Node.root([node]).json, context).rule
    }
    #expect(
      try rule(Self.leaf("Customer\\Attributes", "group_id", "==", "1,9"))
        == "group in ('General', '9')")
    #expect(try rule(Self.leaf("Customer\\Attributes", "gender", "==", "2")) == "gender = 'Female'")
    #expect(try rule(Self.leaf("Customer\\Attributes", "store_id", "==", "2")) == "store = '2'")
    #expect(
      try rule(Node("Customer\\Attributes", "default_billing", nil, "is_not_exists"))
        == "default_billing is null")
    let address = Node(
      "Customer\\Address", nil, nil, "1", "all",
      [
        Self.leaf("Customer\\Address\\DefaultAddress", nil, "==", "default_billing"),
        Self.leaf("Customer\\Address\\Attributes", "region_id", "==", "12"),
        Self.leaf("Customer\\Address\\Region", nil, "==", "1"),
      ])
    #expect(
      try rule(address)
        == "exists(addresses where id = customers.default_billing and region_id = '12' and "
        + "(state is not empty or coalesce(region_id, 0) > 0))")
    let order = Node(
      "Order\\Address", nil, nil, "1", "all",
      [Self.leaf("Order\\Address\\Attributes", "region_id", "!=", "12")])
    #expect(try rule(order) == "exists(order_addresses where state != 'California')")
  }

  @Test(
    "What can't be said names itself, and the rest is said",
    arguments: [
      (Node("!Vendor\\Loyalty", "points", ">=", "5"), "Vendor\\Loyalty points >= 5"),
      (Node("Customer\\Shoesize", nil, ">=", "5"), "Customer\\Shoesize >= 5"),
      (Node("Customer\\Attributes", "dob", "==", "1/2/90"), "Customer\\Attributes dob == 1/2/90"),
      (
        Node("Customer\\Attributes", "created_at", ">=", "2023-02-29"),
        "Customer\\Attributes created_at >= 2023-02-29"
      ),
      (Node("Customer\\Attributes", "a b", "==", "x"), "Customer\\Attributes a b == x"),
      (Node("Customer\\Attributes", "email", "~", "x"), "Customer\\Attributes email ~ x"),
      (Node("Customer\\Attributes", nil, "==", "x"), "Customer\\Attributes == x"),
      (Node("Customer\\Storecredit", nil, ">=", "1,000"), "Customer\\Storecredit >= 1 000"),
      (Node("Customer\\Storecredit", nil, "{}", "1"), "Customer\\Storecredit {} 1"),
      (Node("Customer\\Newsletter", nil, "==", "2"), "Customer\\Newsletter == 2"),
      (Node("Sales\\Ordersnumber", nil, "==", "many", "all"), "Sales\\Ordersnumber == many"),
      (Node("Sales\\Salesamount", "median", "==", "1", "all"), "Sales\\Salesamount median == 1"),
      (Node("Shoppingcart\\Amount", "colour", "==", "1"), "Shoppingcart\\Amount colour == 1"),
      (
        Node("Product\\Combine\\History", nil, "==", "liked", "all"),
        "Product\\Combine\\History == liked"
      ),
      (Node("Order\\Status", nil, "==", "complete"), "Order\\Status == complete"),
      (Node("Uptodate", nil, ">=", "30"), "Uptodate >= 30"),
    ])
  func unknown(_ node: Node, _ text: String) throws {
    let found = try Self.translated(
      Node.root("any", "1", [Self.leaf("Customer\\Attributes", "email", "==", "x"), node]).json)
    #expect(found.unknown == [text])
    #expect(found.rule == "email ~= 'x' or \(RuleText.unknown(text).text)")
  }

  @Test(
    "Values of other types, numbered children and doubled backslashes are read for what they mean")
  func tolerance() throws {
    let text =
      #"{"type":"Magento\\\\CustomerSegment\\\\Model\\\\Segment\\\\Condition\\\\Combine\\\\Root","value":true,"aggregator":"all","conditions":{"1":{"type":"Magento\\CustomerSegment\\Model\\Segment\\Condition\\Customer\\Attributes","attribute":"group_id","operator":"==","value":["1",2]}}}"#
    #expect(try Self.translated(text).rule == "group in ('1', '2')")
  }

  @Test("Rules go through the formatter as they are", arguments: conditions)
  func roundTrip(_ node: Node, _ expected: String) throws {
    let rule = try Self.translated(Node.root("any", "0", [node, node]).json).rule
    let source = SourceText(rule, name: "")
    let tree = try Parser.parseCondition(source)
    let written = Formatter.condition(source, SourceSpan(0, source.bytes.count)) { _ in
      [Literal]()
    }
    #expect(written == rule)
    let statement = SourceText("create segment 'x' as \(rule)\n", name: "")
    let formatted = try Formatter.format(statement).get()
    let twice = try Formatter.format(SourceText(formatted, name: "")).get()
    #expect(formatted == twice)
    let body = try #require(formatted.range(of: "as not "))
    let again = SourceText(
      String(formatted[formatted.index(body.lowerBound, offsetBy: 3)...]), name: "")
    #expect(try Parser.parseCondition(again) == tree)
  }

  @Test("Cut off and changed at any byte, a text gives a rule that parses or one mistake")
  func mutations() throws {
    let root = Node.root(
      "any", "0", Self.conditions.suffix(60).prefix(40).map(\.0).filter { $0.children.count > 1 })
    for text in [root.json, root.php] {
      let bytes = Array(text.utf8)
      var failures = 0
      for cut in stride(from: 0, to: bytes.count, by: 11) {
        #expect(throws: SerializedError.self) {
          try Self.translated(String(decoding: bytes[..<cut], as: UTF8.self))
        }
        for byte in [UInt8(ascii: "9"), UInt8(ascii: "\""), UInt8(ascii: "{"), 0x00, 0x80] {
          var changed = bytes
          changed[cut] = byte
          do {
            let rule = try Self.translated(String(decoding: changed, as: UTF8.self)).rule
            _ = try Parser.parseCondition(SourceText(rule, name: ""))
          } catch let error as SerializedError {
            failures += 1
            #expect((1...changed.count + 8).contains(error.byte) && !error.message.isEmpty)
          }
        }
      }
      #expect(failures > 100)
    }
  }
}

extension AdobeNode {
  fileprivate static func root(_ children: [AdobeNode]) -> AdobeNode { root("all", "1", children) }
}
