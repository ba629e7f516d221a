import Testing

@testable import SegqCommerce

private let files = DemoFiles(customers: 3000, seed: 11)
private let customers = files.rows("customers.csv")
private let segments = files.rows("segments.csv")

/// Each rule once more, over the rows as they were written.
private struct Shop {
  typealias Row = DemoFiles.Row
  var orders: [String: [Row]] = [:]
  var clearance: Set<String> = []

  init() {
    for order in files.rows("orders.csv") {
      if let customer = order["Customer ID"] { orders[customer, default: []].append(order) }
    }
    for item in files.rows("items.csv") where item["SKU"]?.hasPrefix("OUT-") ?? false {
      clearance.insert(item["Order ID"] ?? "")
    }
  }

  func orders(_ customer: Row, _ status: String? = nil, since: String = "", before: String = "9")
    -> [Row]
  {
    (orders[customer["ID"] ?? ""] ?? []).filter {
      let date = $0["Purchase Date"] ?? ""
      return (status == nil || $0["Status"] == status) && date >= since && date < before
    }
  }

  func total(_ orders: [Row]) -> Int {
    orders.reduce(0) { $0 + (DemoFiles.cents($1["Grand Total"]) ?? 0) }
  }
}

private let shop = Shop()
private let august = "2026-08-31 03:00:00"

@Suite("The segments of the made-up store")
struct DemoSegmentsTests {
  private static func members(_ id: Int) -> Set<String> {
    Set(
      files.rows("members.csv").filter { $0["Segment ID"] == "\(id)" }.map {
        $0["Customer ID"] ?? ""
      })
  }

  private static func ids(where holds: (DemoFiles.Row) -> Bool) -> Set<String> {
    Set(customers.filter(holds).map { $0["ID"] ?? "" })
  }

  struct Rule: Sendable, CustomTestStringConvertible {
    let id: Int
    let text: String
    let holds: @Sendable (DemoFiles.Row) -> Bool
    var testDescription: String { text }
  }

  @Test(
    "members are those for whom the rule holds",
    arguments: [
      Rule(id: 1, text: "sum(orders.total where status = complete) >= 1000") {
        shop.total(shop.orders($0, "complete")) >= 100_000
      },
      Rule(id: 4, text: "since >= 2026") { ($0["Customer Since"] ?? "") >= "2026" },
      Rule(id: 5, text: "country in (Germany, Austria)") {
        ["Germany", "Austria"].contains($0["Country"] ?? "")
      },
      Rule(id: 7, text: "group = Wholesale") {
        $0["Group"] == "Wholesale" && $0["Website"] == "B2B"
      },
      Rule(id: 8, text: "count(orders) = 0") { shop.orders($0).isEmpty },
      Rule(id: 9, text: "email ends with '@gmail.com'") {
        $0["Email"]?.lowercased().hasSuffix("@gmail.com") ?? false
      },
      Rule(id: 10, text: "max(orders.total) > 400") {
        shop.orders($0).contains { (DemoFiles.cents($0["Grand Total"]) ?? 0) > 40_000 }
      },
      Rule(
        id: 12,
        text:
          "country in (France, Morocco) and count(orders where status = complete and date >= 2025) >= 2"
      ) {
        ["France", "Morocco"].contains($0["Country"] ?? "")
          && shop.orders($0, "complete", since: "2025").count >= 2
      },
      Rule(id: 13, text: "exists(items where sku starts with 'OUT-')") {
        $0["Website"] != "B2B"
          && shop.orders($0).contains { shop.clearance.contains($0["Order ID"] ?? "") }
      },
      Rule(id: 14, text: "count(orders where status = canceled) >= 2") {
        shop.orders($0, "canceled").count >= 2
      },
      Rule(id: 17, text: "dob < 1967-01-01 and gender = Female") {
        ($0["DOB"] ?? "9") < "1967-01-01" && $0["Gender"] == "Female"
      },
    ])
  func membersMatch(rule: Rule) {
    #expect(segments.first { $0["ID"] == "\(rule.id)" }?["Rule"] == rule.text)
    let expected = Self.ids(where: rule.holds)
    #expect(Self.members(rule.id) == expected)
    #expect((1..<customers.count / 2).contains(expected.count))
  }

  @Test("repeat buyers are those of August: people who since joined are missing")
  func repeatBuyersLag() {
    let then = Self.ids { shop.orders($0, "complete", before: august).count >= 3 }
    let now = Self.ids { shop.orders($0, "complete").count >= 3 }
    #expect(Self.members(2) == then)
    #expect(then.isStrictSubset(of: now))
  }

  @Test("the lapsed are those of August: people who since came back are still there")
  func lapsedLag() {
    func lapsed(_ customer: DemoFiles.Row, before: String) -> Bool {
      !shop.orders(customer, before: before).isEmpty
        && shop.orders(customer, since: "2025", before: before).isEmpty
    }
    let then = Self.ids { lapsed($0, before: august) }
    #expect(Self.members(3) == then)
    #expect(then.isStrictSuperset(of: Self.ids { lapsed($0, before: "9") }))
  }

  @Test("members are dated with the refresh of their segment, never before they registered")
  func datesFit() {
    let since = Dictionary(
      uniqueKeysWithValues: customers.map { ($0["ID"] ?? "", $0["Customer Since"] ?? "") })
    var dates: [String: Set<String>] = [:]
    for member in files.rows("members.csv") {
      #expect((since[member["Customer ID"] ?? ""] ?? "9") < member["Added"] ?? "")
      dates[member["Segment ID"] ?? "", default: []].insert(member["Added"] ?? "")
    }
    #expect(dates["2"] == [august] && dates["3"] == [august])
    #expect(dates["1"] == ["2026-10-31 21:00:00"])
    #expect(dates.values.allSatisfy { $0.count == 1 })
  }

  @Test("there is one of each special kind")
  func hasSpecialKinds() {
    #expect((12...16).contains(segments.count))
    func named(_ name: String) -> DemoFiles.Row { segments.first { $0["Segment"] == name } ?? [:] }
    #expect(named("Average order over 150")["Rule"] != nil && Self.members(18).isEmpty)
    #expect(named("Press & friends (by hand)")["Rule"] == nil)
    #expect((20...60).contains(Self.members(15).count))
    #expect(named("Visitors")["Apply To"] == "Visitors" && Self.members(20).isEmpty)
    #expect(named("Clearance hunters")["Website"] == "Main Website, Outlet")
    #expect(named("Fidèles")["Apply To"] == "Registered Customers")
    #expect(named("Big baskets")["Apply To"] == "Visitors and Registered Customers")
    #expect(segments.filter { $0["Status"] == "Inactive" }.map { $0["ID"] } == ["14"])
    #expect(named("\"Silver\" surfers, 60+")["ID"] == "17")
  }
}
