/// What the rules of the made-up segments ask about a customer's orders.
struct DemoTally {
  var orders = 0
  var complete = 0
  var completeCents = 0
  var canceled = 0
  var since2025 = 0
  var completeSince2025 = 0
  var largestCents = 0
  var hasClearance = false

  mutating func add(_ order: DemoOrder) {
    orders += 1
    let isRecent = order.second >= DemoSegment.newYear2025
    if isRecent { since2025 += 1 }
    largestCents = max(largestCents, order.cents)
    hasClearance = hasClearance || order.hasClearance
    switch order.status {
    case .complete:
      complete += 1
      completeCents += order.cents
      if isRecent { completeSince2025 += 1 }
    case .canceled: canceled += 1
    case .processing, .pending, .closed: break
    }
  }
}

/// A customer as the rules see them.
struct DemoCase {
  let person: DemoPerson
  /// Place among the customers, from 0.
  let index: Int
  /// Of how many.
  let customers: Int
  /// Registered at that second.
  let since: Int
  var tally = DemoTally()

  /// Lives there; false for a customer without an address.
  func isIn(_ countries: String...) -> Bool {
    person.address != nil
      && countries.contains { DemoCountry.all[person.country].name.elementsEqual($0.utf8) }
  }
}

/// One segment of the made-up store: its row in segments.csv, and who is in it.
struct DemoSegment {
  enum Audience: String {
    case everyone = "Visitors and Registered Customers"
    case registered = "Registered Customers"
    case visitors = "Visitors"
  }

  let id: Int
  let name: String
  var isActive = true
  var websites: [DemoWebsite] = []
  let description: String
  var audience = Audience.registered
  /// The condition as segq reads it; none for a list kept by hand.
  var rule: String?
  /// When its members were last found; nil for never.
  var refreshed: Int?
  /// The same as ``rule``, in Swift. Nobody where it is not given.
  var matches: (@Sendable (DemoCase) -> Bool)?

  /// 2026-10-31 21:00, an hour after the last order.
  static let today = DemoCalendar.second(2026, 10, 31, hour: 21)
  /// 2026-08-31 03:00, when the segments that lag behind were refreshed.
  static let lagging = DemoCalendar.second(2026, 8, 31, hour: 3)
  static let newYear2025 = DemoCalendar.second(2025, 1, 1)
  private static let newYear2026 = DemoCalendar.second(2026, 1, 1)
  private static let listMade = DemoCalendar.second(2026, 3, 2, hour: 9, minute: 30)

  /// Whether members.csv has the customer; `earlier` is how they stood at ``lagging``.
  func holds(_ now: DemoCase, earlier: DemoCase) -> Bool {
    guard let refreshed, let matches, now.since < refreshed else { return false }
    guard websites.isEmpty || websites.contains(now.person.website) else { return false }
    return matches(refreshed == Self.lagging ? earlier : now)
  }
}

extension DemoSegment {
  static let all: [DemoSegment] = [
    DemoSegment(
      id: 1, name: "VIP customers", description: "Completed orders for 1,000 and more",
      rule: "sum(orders.total where status = complete) >= 1000", refreshed: today,
      matches: { $0.tally.completeCents >= 100_000 }),
    DemoSegment(
      id: 2, name: "Repeat buyers", description: "Three completed orders; last refreshed in August",
      rule: "count(orders where status = complete) >= 3", refreshed: lagging,
      matches: { $0.tally.complete >= 3 }),
    DemoSegment(
      id: 3, name: "Lapsed since 2025",
      description: "Bought once, but not in 2025 or 2026; last refreshed in August",
      rule: "exists(orders) and not exists(orders where date >= 2025-01-01)", refreshed: lagging,
      matches: { $0.tally.orders > 0 && $0.tally.since2025 == 0 }),
    DemoSegment(
      id: 4, name: "Newcomers 2026", description: "Registered this year", rule: "since >= 2026",
      refreshed: today, matches: { $0.since >= newYear2026 }),
    DemoSegment(
      id: 5, name: "Germans and Austrians", description: "For the German newsletter",
      audience: .everyone, rule: "country in (Germany, Austria)", refreshed: today,
      matches: { $0.isIn("Germany", "Austria") }),
    DemoSegment(
      id: 7, name: "Wholesale", websites: [.business], description: "Price list W",
      rule: "group = Wholesale", refreshed: today, matches: { $0.person.group == .wholesale }),
    DemoSegment(
      id: 8, name: "No orders yet", description: "Registered, but never bought",
      rule: "count(orders) = 0", refreshed: today, matches: { $0.tally.orders == 0 }),
    DemoSegment(
      id: 9, name: "Gmail users", description: "Promotions tab, see ticket #4711",
      rule: "email ends with '@gmail.com'", refreshed: today, matches: { $0.person.isGmail }),
    DemoSegment(
      id: 10, name: "Big baskets", description: "One order above 400", audience: .everyone,
      rule: "max(orders.total) > 400", refreshed: today,
      matches: { $0.tally.largestCents > 40_000 }),
    DemoSegment(
      id: 12, name: "Fidèles", description: "Clients fidèles, à inviter à la soirée d'automne",
      rule:
        "country in (France, Morocco) and count(orders where status = complete and date >= 2025) >= 2",
      refreshed: today,
      matches: { $0.isIn("France", "Morocco") && $0.tally.completeSince2025 >= 2 }),
    DemoSegment(
      id: 13, name: "Clearance hunters", websites: [.main, .outlet],
      description: "Bought an article whose SKU starts with \"OUT-\"",
      rule: "exists(items where sku starts with 'OUT-')", refreshed: today,
      matches: { $0.tally.hasClearance }),
    DemoSegment(
      id: 14, name: "Canceled twice", isActive: false, description: "Switched off since the audit",
      rule: "count(orders where status = canceled) >= 2", refreshed: today,
      matches: { $0.tally.canceled >= 2 }),
    DemoSegment(
      id: 15, name: "Press & friends (by hand)", description: "A list kept by hand, without a rule",
      refreshed: listMade, matches: { $0.index % max(1, $0.customers / 40) == 0 }),
    DemoSegment(
      id: 17, name: "\"Silver\" surfers, 60+", description: "Born before 1967",
      rule: "dob < 1967-01-01 and gender = Female", refreshed: today,
      matches: { ($0.person.birth ?? 0) < newYear1967 && $0.person.gender == .female }),
    DemoSegment(
      id: 18, name: "Average order over 150", description: "Saved, but never refreshed",
      rule: "avg(orders.total where status = complete) >= 150"),
    DemoSegment(
      id: 20, name: "Visitors", websites: [.main],
      description: "Everyone who is not logged in", audience: .visitors),
  ]

  /// In days since 1970-01-01; an unknown birthday, taken as 0, is not before it.
  private static let newYear1967: Int64 = -1096
}
