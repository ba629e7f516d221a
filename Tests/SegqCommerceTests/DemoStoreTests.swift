import Testing

@testable import SegqCommerce

private let files = DemoFiles(customers: 1000, seed: 7)

@Suite("The made-up store")
struct DemoStoreTests {
  @Test("is the same bytes each time, and other bytes for another seed or size")
  func isRepeatable() {
    #expect(DemoFiles(customers: 1000, seed: 7).texts == files.texts)
    #expect(
      DemoFiles(customers: 1000, seed: 8).texts["customers.csv"] != files.texts["customers.csv"])
    #expect(DemoFiles(customers: 999, seed: 7).texts["orders.csv"] != files.texts["orders.csv"])
  }

  @Test("has the bytes it always had")
  func isPinned() {
    #expect(files.checksum.value == 13_320_355_044_376_146_295)
  }

  @Test(
    "has the headers the loader knows",
    arguments: [
      (
        "customers.csv",
        "ID,Name,Email,Group,Phone,ZIP,Country,State/Province,Customer Since,Website,DOB,Gender"
      ),
      ("orders.csv", "Order ID,Customer ID,Purchase Date,Status,Grand Total,Quantity"),
      ("items.csv", "Item ID,Order ID,SKU,Name,Quantity,Total"),
      ("segments.csv", "ID,Segment,Status,Website,Description,Apply To,Rule"),
      ("members.csv", "Segment ID,Customer ID,Added"),
    ])
  func hasHeaders(file: String, header: String) {
    #expect(files.header(file) == header)
    #expect(files.rows(file).count > 10)
    #expect(files.texts.count == 5)
  }

  @Test("comes in blocks of 128 KiB and a row at most, none empty, the last of a file smaller")
  func blocksAreBounded() {
    let large = DemoFiles(customers: 20_000, seed: 1)
    for (file, sizes) in large.blocks {
      for size in sizes.dropLast() { #expect((131_072..<132_072).contains(size), "\(file)") }
      #expect((1..<132_072).contains(sizes.last ?? 0), "\(file)")
    }
    #expect((large.blocks["items.csv"]?.count ?? 0) > 10)
  }

  @Test("has no customers where none are asked for, but its segments", arguments: [-1, 0])
  func canBeEmpty(customers: Int) {
    let empty = DemoFiles(customers: customers, seed: 7)
    #expect(empty.rows("customers.csv").isEmpty)
    #expect(empty.rows("segments.csv").count == files.rows("segments.csv").count)
    #expect(empty.header("orders.csv") == files.header("orders.csv"))
  }

  @Test("reads well in every small size", arguments: 1...60)
  func smallStores(customers: Int) {
    let small = DemoFiles(customers: customers, seed: UInt64(customers))
    #expect(small.rows("customers.csv").count == customers)
    #expect(small.rows("items.csv").allSatisfy { DemoFiles.cents($0["Total"]) != nil })
  }

  @Test("passes on the error of its sink, and calls it no more")
  func sinkMayFail() {
    struct DiskFull: Error {}
    var calls = 0
    #expect(throws: DiskFull.self) {
      try DemoStore(customers: 5000, seed: 1).write { (_, _) throws(DiskFull) in
        calls += 1
        if calls == 3 { throw DiskFull() }
      }
    }
    #expect(calls == 3)
  }

  @Test("has products that differ in SKU and in name, at prices above nothing")
  func catalogIsClean() {
    let products = DemoCatalog().products
    #expect((400...1000).contains(products.count))
    let skus = Set(products.map { $0.fields.prefix { $0 != UInt8(ascii: ",") } })
    #expect(skus.count == products.count)
    #expect(Set(products.map(\.fields)).count == products.count)
    #expect(products.allSatisfy { $0.cents > 100 })
    var random = DemoRandom(seed: 1, index: 1, stream: 1)
    let catalog = DemoCatalog()
    var sales = [Int](repeating: 0, count: products.count)
    for _ in 0..<100_000 { sales[catalog.pick(&random)] += 1 }
    sales.sort()
    #expect(sales[0] > 0 && sales.reduce(0, +) == 100_000)
    #expect((sales.last ?? 0) > 20 * sales[sales.count / 4])
  }
}

@Suite("The orders of the made-up store")
struct DemoOrdersTests {
  private let orders = files.rows("orders.csv")
  private let items = files.rows("items.csv")
  private let customers = files.rows("customers.csv")

  @Test("total and quantity are the sums of the items', to the cent")
  func totalsAreSums() {
    var sums: [String: (cents: Int, quantity: Int)] = [:]
    for item in items {
      let old = sums[item["Order ID"] ?? "", default: (0, 0)]
      sums[item["Order ID"] ?? ""] = (
        old.cents + (DemoFiles.cents(item["Total"]) ?? -1),
        old.quantity + (Int(item["Quantity"] ?? "") ?? -1)
      )
    }
    #expect(sums.count == orders.count)
    for order in orders {
      let sum = sums[order["Order ID"] ?? ""]
      #expect(DemoFiles.cents(order["Grand Total"]) == sum?.cents)
      #expect(Int(order["Quantity"] ?? "") == sum?.quantity)
    }
  }

  @Test("belong to customers who had registered by then, or to guests")
  func customersExist() {
    let since = Dictionary(
      uniqueKeysWithValues: customers.map { ($0["ID"] ?? "", $0["Customer Since"] ?? "") })
    for order in orders {
      guard let customer = order["Customer ID"] else { continue }
      #expect((since[customer] ?? "never") <= order["Purchase Date"] ?? "")
    }
    #expect((1...60).contains(orders.count { $0["Customer ID"] == nil }))
  }

  @Test("fall into the calendar, and none near New Year")
  func datesAreInside() {
    let dates =
      orders.compactMap { $0["Purchase Date"] } + customers.compactMap { $0["Customer Since"] }
    #expect(dates.count == orders.count + customers.count)
    for date in dates {
      #expect(date >= "2021-01-01 12:00:00" && date < "2026-10-31 20:00:00")
      #expect(!(date.dropFirst(5) >= "12-31 10:00:00" || date.dropFirst(5) < "01-01 12:00:00"))
      #expect(date.utf8.count == 19)
    }
  }

  @Test("are about three a customer, few have many, and each year has more")
  func areSkewed() {
    let large = DemoFiles(customers: 10_000, seed: 3).rows("orders.csv")
    var counts: [String: Int] = [:]
    var years: [String: Int] = [:]
    var statuses: [String: Int] = [:]
    for order in large {
      if let customer = order["Customer ID"] { counts[customer, default: 0] += 1 }
      years[String(order["Purchase Date"]?.prefix(4) ?? ""), default: 0] += 1
      statuses[order["Status"] ?? "", default: 0] += 1
    }
    #expect((25_000...35_000).contains(large.count))
    #expect((2000...4000).contains(10_000 - counts.count))
    #expect((2000...4000).contains(counts.values.count { $0 == 1 }))
    #expect((5...200).contains(counts.values.count { $0 >= 50 }))
    let growth = years.sorted { $0.key < $1.key }.map(\.value)
    #expect(growth.count == 6 && growth == growth.sorted())
    #expect(Set(statuses.keys) == ["complete", "processing", "pending", "canceled", "closed"])
    #expect((statuses["complete"] ?? 0) > large.count * 3 / 4)
  }

  @Test("ids ascend, with gaps")
  func idsHaveGaps() throws {
    for (rows, header) in [(customers, "ID"), (orders, "Order ID")] {
      let ids = rows.compactMap { Int($0[header] ?? "") }
      #expect(ids.count == rows.count)
      let steps = zip(ids, ids.dropFirst()).map { $1 - $0 }
      #expect(steps.allSatisfy { $0 >= 1 })
      #expect(steps.contains { $0 > 1 })
    }
  }
}
