import SegqTestSupport
import Testing

@Suite("Who rows belong to")
struct LinkingTests {
  private static let guests = [
    "customers.csv": "id,name,email\n1,Ann,ann@x.com\n2,Bob,bob@x.com\n",
    "orders.csv": "order_id,customer_id,customer_email,created_at,grand_total\n"
      + "1,1,ann@x.com,2024-01-01,10\n2,,Bob@x.com,2024-01-02,20\n3,,zed@x.com,2024-01-02,30\n",
    "segments.csv": "ID,Segment,Status,Rule\n1,Spent,Active,sum(orders.total) >= 20\n",
  ]

  @Test("Guests with a customer's email are counted once, and linked when asked")
  func guestOrders() throws {
    try Folder.with(Self.guests) { folder in
      let ask = "select id, sum(orders.total) from customers"
      let run = try folder.run(
        "refresh 1", ask, "set guests = match", ask,
        "select customers, freshness from segments", "refresh stale", "select id from 1",
        "set guests = nobody", ask)
      #expect(run.output.contains("\n1,10\n2,0\n\n1,10\n2,20\n\n0,stale\n"), "\(run)")
      #expect(run.output.hasSuffix("\n2\n\n1,10\n2,0\n"))
      #expect(run.errors.contains("1 row without a customer id has the email of a customer"))
    }
  }

  @Test("A workspace keeps what guests are")
  func guestsKept() throws {
    try Folder.with(Self.guests) { folder in
      _ = try folder.run("set guests = match", "save 'w.segdb'")
      _ = try folder.run("set guests = match", store: "w.segdb")
      let run = try folder.run(
        "set guests", "select sum(orders.total) from customers where id = 2", store: "w.segdb")
      #expect(run.output.hasPrefix("guests,match,") && run.output.contains("\n20\n"), "\(run)")
    }
  }

  @Test("Orders without a customer's id go by the email, and by the website where it tells")
  func emails() throws {
    try Folder.with([
      "customers.csv":
        "id,name,email,website\n1,Ann,ann@x.com,base\n2,Ann,ann@x.com,outlet\n3,Bob,bob@x.com,base\n"
        + "4,Dup,dup@x.com,base\n5,Dup,dup@x.com,base\n",
      "orders.csv":
        "order_id,customer_email,website,created_at,grand_total\n1,ANN@x.com,base,2024-01-01,1\n"
        + "2,ann@x.com,outlet,2024-01-01,2\n3,bob@x.com,,2024-01-01,4\n4,dup@x.com,base,2024-01-01,8\n"
        + "5,new@x.com,base,2024-01-01,16\n",
    ]) { folder in
      let run = try folder.run("select id, sum(orders.total) from customers", "describe load")
      #expect(run.output.hasPrefix("1,1\n2,2\n3,4\n4,0\n5,0\n\n"), "\(run)")
      #expect(run.output.contains(",5,3,2,0,"), "3 rows are linked, 2 are not: \(run)")
      #expect(run.errors.contains("1 of them an email of several customers"), "\(run)")
    }
  }

  @Test("Orders that name no customer are a warning, and RFM an error with the way out")
  func nobody() throws {
    try Folder.with([
      "customers.csv": "ID,Name\n1,Ann\n2,Bob\n",
      "orders.csv": "ID,Date\n1,2024-01-01\n2,2024-02-01\n",
    ]) { folder in
      let run = try folder.run("describe customers", "select count() from orders")
      #expect(run.code == 0 && !run.output.contains("rfm"), "\(run)")
      #expect(run.errors.contains("no column has the customer's id or email"))
      let rfm = try folder.run("select rfm_group from customers")
      #expect(rfm.code == 1 && rfm.errors.contains("orders are not linked to customers"))
      #expect(rfm.errors.contains("load '…' as orders (customer = 'HEADER')"))
    }
  }

  @Test("Scores of what orders lack are null, not the worst")
  func unknownScores() throws {
    try Folder.with([
      "customers.csv": "ID,Name\n1,Ann\n2,Bob\n3,Cat\n",
      "orders.csv": "order_id,customer_id,note\n1,1,a\n2,2,b\n3,2,c\n",
    ]) { folder in
      let run = try folder.run(
        "select id, rfm_recency, rfm_frequency, rfm_monetary, rfm_group from customers")
      #expect(run.output == "1,,1,,\n2,,3,,\n3,,,,Prospects\n", "\(run)")
    }
  }
}
