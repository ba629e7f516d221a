/// The statuses an order of the made-up store can have.
enum DemoStatus: Int, CaseIterable {
  case complete, processing, pending, canceled, closed

  var name: String {
    switch self {
    case .complete: "complete"
    case .processing: "processing"
    case .pending: "pending"
    case .canceled: "canceled"
    case .closed: "closed"
    }
  }

  /// Most orders of the last days are still on their way.
  static func draw(second: Int, _ random: inout DemoRandom) -> DemoStatus {
    let age = DemoSegment.today - second
    let weights =
      switch age {
      case ..<(2 * 86_400): [50, 450, 430, 60, 10]
      case ..<(9 * 86_400): [560, 300, 50, 70, 20]
      default: [872, 6, 4, 70, 48]
      }
    return allCases[random.pick(weights, total: 1000)]
  }
}

/// One order and what is in it; the room for the items is used again for the next.
struct DemoOrder {
  struct Item {
    let product: Int
    let quantity: Int
    let cents: Int
  }

  var second = 0
  var status = DemoStatus.complete
  var items: [Item] = []
  /// The sum of the items' totals.
  var cents = 0
  var quantity = 0
  var hasClearance = false

  /// Fills in the order that `group` places at `second`.
  mutating func draw(
    at second: Int, by group: DemoGroup, from catalog: DemoCatalog, _ random: inout DemoRandom
  ) {
    self.second = second
    status = DemoStatus.draw(second: second, &random)
    items.removeAll(keepingCapacity: true)
    cents = 0
    quantity = 0
    hasClearance = false
    for _ in 0..<Self.itemCount(&random) { addItem(by: group, from: catalog, &random) }
  }

  /// 1.7 in the mean.
  private static func itemCount(_ random: inout DemoRandom) -> Int {
    switch random.below(100) {
    case ..<60: 1
    case ..<83: 2
    case ..<93: 3
    case ..<97: 4
    default: 5 + random.below(4)
    }
  }

  private mutating func addItem(
    by group: DemoGroup, from catalog: DemoCatalog, _ random: inout DemoRandom
  ) {
    var place = catalog.pick(&random)
    while items.contains(where: { $0.product == place }) {
      place = (place + 1) % catalog.products.count
    }
    let product = catalog.products[place]
    let amount = Self.amount(by: group, &random)
    let price = Self.price(product.cents, second: second, group)
    items.append(Item(product: place, quantity: amount, cents: price * amount))
    cents += price * amount
    quantity += amount
    hasClearance = hasClearance || product.isClearance
  }

  private static func amount(by group: DemoGroup, _ random: inout DemoRandom) -> Int {
    switch group {
    case .general: random.chance(820) ? 1 : 2 + random.skewed(4)
    case .retailer: 1 + random.skewed(10)
    case .wholesale: 2 + random.skewed(24)
    }
  }

  /// Prices go up by 3% a year; retailers pay 10% less, wholesalers 25%.
  private static func price(_ cents: Int, second: Int, _ group: DemoGroup) -> Int {
    let now = cents * (100 + 3 * DemoCalendar.year(of: second)) / 100
    switch group {
    case .general: return now
    case .retailer: return now * 90 / 100
    case .wholesale: return now * 75 / 100
    }
  }
}

/// When a customer orders.
struct DemoHabit {
  /// Positions in the calendar, ascending.
  private(set) var positions: [Int] = []

  /// How many of 10,000 customers place how many orders.
  private static let weights: [(orders: ClosedRange<Int>, weight: Int)] = [
    (0...0, 2750), (1...1, 2650), (2...2, 1400), (3...3, 880), (4...4, 580), (5...5, 420),
    (6...8, 620), (9...12, 340), (13...20, 210), (21...49, 115), (50...130, 35),
  ]

  /// Draws the orders of a customer who registered at position `since`.
  mutating func draw(
    since: Int, by group: DemoGroup, in calendar: DemoCalendar, _ random: inout DemoRandom
  ) {
    positions.removeAll(keepingCapacity: true)
    let count = Self.count(since: since, by: group, in: calendar, &random)
    let rest = calendar.length - since
    let isFaithful = random.chance(450)
    let span = isFaithful ? rest : min(rest, 1 + random.below(rest))
    let ordersAtOnce = random.chance(600)
    for number in 0..<count {
      let isFirst = number == 0 && ordersAtOnce
      positions.append(since + random.below(isFirst ? min(span, calendar.length / 50_000) : span))
    }
    positions.sort()
  }

  private static func count(
    since: Int, by group: DemoGroup, in calendar: DemoCalendar, _ random: inout DemoRandom
  ) -> Int {
    let row = random.pick(places, total: 10_000)
    let range = weights[row].orders
    var count =
      range.lowerBound + (range.count > 10 ? random.skewed(range.count) : random.below(range.count))
    if group == .wholesale { count += count / 2 }
    // Nobody who came last week has ordered fifty times.
    let most = 2 + (calendar.length - since) * 300 / calendar.length
    return min(count, most, 150)
  }

  private static let places = weights.map(\.weight)
}
