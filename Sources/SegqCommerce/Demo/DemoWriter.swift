internal import SegqRecords

/// Writes the made-up store, customer by customer, to five files at once.
struct DemoWriter {
  private let cast: DemoCast
  private let calendar = DemoCalendar()
  private let catalog = DemoCatalog()
  private let labels = DemoLabels()

  private var customers = DemoSheet(
    "customers.csv",
    headers:
      "ID,Name,Email,Group,Phone,ZIP,Country,State/Province,Customer Since,Website,DOB,Gender")
  private var orders = DemoSheet(
    "orders.csv", headers: "Order ID,Customer ID,Purchase Date,Status,Grand Total,Quantity")
  private var items = DemoSheet("items.csv", headers: "Item ID,Order ID,SKU,Name,Quantity,Total")
  private var segments = DemoSheet(
    "segments.csv", headers: "ID,Segment,Status,Website,Description,Apply To,Rule")
  private var members = DemoSheet("members.csv", headers: "Segment ID,Customer ID,Added")

  private var customerID = 0
  private var orderID = 1000
  private var itemID = 0
  private var habit = DemoHabit()
  private var order = DemoOrder()

  init(customers: Int, seed: UInt64) { cast = DemoCast(customers: customers, seed: seed) }

  mutating func writeCustomer<E: Error>(
    _ index: Int, _ sink: (String, [UInt8]) throws(E) -> Void
  ) throws(E) {
    var random = DemoRandom(seed: cast.seed, index: index, stream: 1)
    let person = DemoPerson(index, of: cast)
    // Some ids are missing: accounts that were deleted.
    customerID += random.chance(930) ? 1 : 2 + random.skewed(9)
    let share = calendar.length / cast.customers
    let position = index * share + random.below(share)
    var now = DemoCase(
      person: person, index: index, customers: cast.customers,
      since: calendar.second(at: position))
    var earlier = now
    addCustomer(person, since: now.since)
    habit.draw(since: position, by: person.group, in: calendar, &random)
    for position in habit.positions {
      order.draw(at: calendar.second(at: position), by: person.group, from: catalog, &random)
      now.tally.add(order)
      if order.second < DemoSegment.lagging { earlier.tally.add(order) }
      try addOrder(of: customerID, &random, sink)
    }
    addMemberships(now, earlier)
    if random.chance(12) { try addGuestOrder(&random, sink) }
    try customers.flushIfFull(sink)
    try members.flushIfFull(sink)
  }

  private mutating func addCustomer(_ person: DemoPerson, since: Int) {
    customers.add(customerID)
    customers.add(person.name)
    customers.add(encoded: person.email)
    customers.add(encoded: labels.groups[person.group.rawValue])
    add(person.address?.phone)
    add(person.address?.zip)
    add(person.address == nil ? nil : DemoCountry.all[person.country].name)
    add(person.address?.state)
    customers.add(since, in: calendar)
    customers.add(encoded: labels.websites[person.website.rawValue])
    if let birth = person.birth {
      customers.add(CivilDate(days: birth))
    } else {
      customers.addEmpty()
    }
    add(person.gender.map { Array($0.rawValue.utf8) })
    customers.endRow()
  }

  private mutating func add(_ text: [UInt8]?) {
    if let text { customers.add(text) } else { customers.addEmpty() }
  }

  private mutating func addGuestOrder<E: Error>(
    _ random: inout DemoRandom, _ sink: (String, [UInt8]) throws(E) -> Void
  ) throws(E) {
    let second = calendar.second(at: random.below(calendar.length))
    order.draw(at: second, by: .general, from: catalog, &random)
    try addOrder(of: nil, &random, sink)
  }

  private mutating func addOrder<E: Error>(
    of customer: Int?, _ random: inout DemoRandom, _ sink: (String, [UInt8]) throws(E) -> Void
  ) throws(E) {
    orderID += random.chance(985) ? 1 : 2 + random.below(4)
    orders.add(orderID)
    if let customer { orders.add(customer) } else { orders.addEmpty() }
    orders.add(order.second, in: calendar)
    orders.add(encoded: labels.statuses[order.status.rawValue])
    orders.add(cents: order.cents)
    orders.add(order.quantity)
    orders.endRow()
    try orders.flushIfFull(sink)
    try addItems(sink)
  }

  private mutating func addItems<E: Error>(
    _ sink: (String, [UInt8]) throws(E) -> Void
  ) throws(E) {
    for item in order.items {
      itemID += 1
      items.add(itemID)
      items.add(orderID)
      items.add(encoded: catalog.products[item.product].fields)
      items.add(item.quantity)
      items.add(cents: item.cents)
      items.endRow()
      try items.flushIfFull(sink)
    }
  }

  private mutating func addMemberships(_ now: DemoCase, _ earlier: DemoCase) {
    for segment in DemoSegment.all where segment.holds(now, earlier: earlier) {
      members.add(segment.id)
      members.add(customerID)
      members.add(segment.refreshed ?? 0, in: calendar)
      members.endRow()
    }
  }

  mutating func writeSegments() {
    for segment in DemoSegment.all {
      segments.add(segment.id)
      segments.add(Array(segment.name.utf8))
      segments.add(encoded: Array((segment.isActive ? "Active" : "Inactive").utf8))
      segments.add(Array(segment.websites.map(\.name).joined(separator: ", ").utf8))
      segments.add(Array(segment.description.utf8))
      segments.add(encoded: Array(segment.audience.rawValue.utf8))
      segments.add(Array((segment.rule ?? "").utf8))
      segments.endRow()
    }
  }

  /// Hands on what is left of each file.
  mutating func finish<E: Error>(_ sink: (String, [UInt8]) throws(E) -> Void) throws(E) {
    try customers.flush(sink)
    try orders.flush(sink)
    try items.flush(sink)
    try segments.flush(sink)
    try members.flush(sink)
  }
}

/// The words of enums as bytes, made once.
private struct DemoLabels {
  let groups = DemoGroup.allCases.map { Array($0.name.utf8) }
  let websites = DemoWebsite.allCases.map { Array($0.name.utf8) }
  let statuses = DemoStatus.allCases.map { Array($0.name.utf8) }
}
