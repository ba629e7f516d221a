import SegqTestSupport
import Testing

@Suite("Numbers, ids and tables at the edge of what can be")
struct EdgeTests {
  @Test(
    "A decimal is exact to its last digit, and refused behind it",
    arguments: [
      ("922337203685477.5807", "922337203685477.5807"),
      ("-922337203685477.5808", nil), ("922337203685477.5808", nil),
      ("-922337203685477.5809", nil), ("922337203685478", "922337203685478"),
      ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", nil),
    ] as [(String, String?)])
  func decimals(literal: String, shown: String?) throws {
    let run = try Program.run(["--no-header", "-c", "select \(literal) as n"])
    guard let shown else {
      #expect(run.code == 1 && run.errors.contains("too large or too fine"), "\(run.errors)")
      return
    }
    #expect(run.output == shown + "\n")
  }

  @Test("A rule with such a number in segments.csv makes its segment unavailable")
  func ruleAtTheEdge() throws {
    try Folder.with([
      "customers.csv": "ID,Score\n1,5\n",
      "segments.csv": "ID,Segment,Status,Rule\n1,Edge,Active,score > 922337203685477.5808\n",
    ]) { folder in
      let run = try folder.run("select freshness, reason from segments", "refresh 1")
      #expect(run.output.hasPrefix("unavailable,") && run.output.contains("too large or too fine"))
      #expect(run.code == 1)
    }
  }

  @Test("Behind the greatest id of all there is none, so a new segment gets the least that is free")
  func greatestID() throws {
    try Folder.with([
      "customers.csv": "ID,Name\n1,Ann\n",
      "segments.csv": "ID,Segment,Status\n1,One,Active\n9223372036854775807,Last,Active\n",
    ]) { folder in
      let run = try folder.run(
        "create segment 'New' as id = 1", "create segment 'Other' as id = 1",
        "select id from segments order by id")
      #expect(run.output == "1\n2\n3\n9223372036854775807\n", "\(run.errors)")
    }
  }

  @Test("Customers without ids are numbered, also beside the greatest id of all")
  func numberedCustomers() throws {
    try Folder.with([
      "customers.csv": "email,_website\na@x.org,base\nb@x.org,base\n",
      "orders.csv":
        "ID,Customer ID,Customer Email,Grand Total\n1,9223372036854775807,a@x.org,5\n",
    ]) { folder in
      let run = try folder.run("select id, email from customers order by email")
      #expect(run.output == "9223372036854775807,a@x.org\n1,b@x.org\n", "\(run.errors)")
    }
  }

  @Test(
    "Tables with a header and no rows answer like any other",
    arguments: [
      "count(orders)", "count(items)", "last(orders.date)",
      "median(orders.total)",
      "exists(items where qty > 1)", "count(distinct items.sku)", "rfm_recency", "rfm_group",
    ])
  func emptyTables(expression: String) throws {
    for customers in ["", "1,Ann\n"] {
      for orders in ["", "7,1,2024-01-01,5\n"] {
        try Folder.with([
          "customers.csv": "ID,Name\n" + customers,
          "orders.csv": "ID,Customer ID,Date,Total\n" + orders,
          "items.csv": "ID,Order ID,SKU,Qty\n",
        ]) { folder in
          let run = try folder.run(
            "select count() from customers", "select id, \(expression) as v from customers",
            "select count() from customers where \(expression) is null or \(expression) is not null",
            "describe customers")
          #expect(run.code == 0, "\(run.errors)")
          #expect(run.output.hasPrefix(customers.isEmpty ? "0\n" : "1\n"))
        }
      }
    }
  }

  @Test("A file that names no row of the other is not linked to it, whoever asks first")
  func unlinkedTables() throws {
    for question in [
      "count(orders)", "exists(orders)", "sum(orders.total)", "count(orders where total > 1)",
    ] {
      try Folder.with([
        "customers.csv": "ID,Name\n1,Ann\n", "orders.csv": "Number,Date,Total\nA-7,2024-01-01,5\n",
      ]) { folder in
        let run = try folder.run("select id, \(question) from customers")
        #expect(run.code == 1 && run.errors.contains("orders is not linked to customers"))
      }
    }
  }

  @Test("Distinct rows are ordered by figures of the rows that are alike")
  func distinctByFigures() throws {
    try Folder.with([
      "customers.csv": "ID,Country\n1,FR\n2,DE\n3,FR\n4,US\n",
      "orders.csv": "ID,Customer ID,Total\n1,1,5\n2,2,5\n3,2,5\n4,2,1\n5,3,5\n",
    ]) { folder in
      let run = try folder.run(
        "select distinct country from customers order by count(orders) desc, country",
        "select distinct country from customers order by max(orders.total) desc limit 1")
      #expect(run.output == "DE\nFR\nUS\n\nDE\n", "\(run.errors)")
    }
  }

  @Test("A list is compared with texts only")
  func lists() throws {
    try Folder.with([
      "customers.csv": "ID,Name\n1,Ann\n",
      "segments.csv": "ID,Segment,Status,Website\n1,One,Active,B2B\n",
    ]) { folder in
      for value in ["-30d", "now", "1 + 1", "2.5 * 2"] {
        let run = try folder.run("select id from segments where website in (\(value), 'B2B')")
        #expect(run.code == 1 && run.errors.contains("do not compare"), "\(value): \(run.errors)")
      }
    }
  }
}
