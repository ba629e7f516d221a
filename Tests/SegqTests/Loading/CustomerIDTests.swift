import SegqTestSupport
import Testing

@Suite("Ids of any kind")
struct CustomerIDTests {
  private static let files = [
    "customers.csv": "customer_id,name,email\nALFKI,Maria,maria@x.com\nBERGS,Chris,chris@x.com\n"
      + "ANATR,Ana,ana@x.com\n",
    "orders.csv": "order_id,customer_id,date,total\nO-9,ALFKI,2024-01-05,10.5\n"
      + "O-10,ANATR,2024-01-06,20\nO-11,ALFKI,2024-02-06,30\nO-12,XXX,2024-02-06,5\n",
    "segments.csv": "ID,Segment,Status,Rule\n1,Twice,Active,count(orders) > 1\n2,Hand,Active,\n",
    "members.csv": "Segment ID,Customer ID,Added\n2,ANATR,2024-01-01\n2,nobody,2024-01-02\n",
  ]

  @Test("Customers, orders, members and rules go by texts")
  func texts() throws {
    try Folder.with(Self.files) { folder in
      let run = try folder.run(
        "select id, count(orders), sum(orders.total) from customers", "refresh 1",
        "select id from 1", "select id from 2", "select id from customers where id = 'ALFKI'")
      #expect(
        run.output.hasPrefix("ALFKI,2,40.5\nANATR,1,20\nBERGS,0,0\n\n1,Twice,1,"), "\(run)")
      #expect(run.output.hasSuffix("\n\nALFKI\n\nANATR\n\nALFKI\n"))
      #expect(run.errors.contains("members.csv:3: there is no customer 'nobody'"))
      #expect(run.errors.contains("1 row has a Customer ID that no row of customers has"))
    }
  }

  @Test("A workspace keeps them: why, growth, append, a load anew and forget")
  func workspace() throws {
    try Folder.with(
      Self.files.merging([
        "more/customers.csv": "customer_id,name,email\nZZTOP,Zoe,zoe@x.com\n",
        "more/orders.csv":
          "order_id,customer_id,date,total\nO-20,ZZTOP,2024-03-05,1\nO-21,ZZTOP,2024-03-06,2\n",
      ]) { $1 }
    ) { folder in
      _ = try folder.run("refresh 1", "save 'w.segdb'")
      let why = try folder.run("why 'ALFKI' in 1", store: "w.segdb")
      #expect(why.code == 0 && why.output.contains("count(orders) = 2"))
      let more = try folder.run(
        "load 'more' append", "refresh 1", "select id from 1", "forget customer 'ALFKI'",
        "select id from 1", "growth 1", store: "w.segdb")
      #expect(more.code == 0, "\(more)")
      #expect(more.output.contains("ALFKI\nZZTOP\n\nZZTOP\n"), "\(more)")
      #expect(more.output.contains(",1,1,0,1\n"), "\(more)")
      let rows = try folder.run("select id from orders", store: "w.segdb")
      #expect(rows.output == "O-10\nO-12\nO-20\nO-21\n")
    }
  }

  @Test(
    "A number is the same id however it is written",
    arguments: ["1.0", "'1", " 1 ", "\"1\"", "1.00"])
  func forms(one: String) throws {
    try Folder.with([
      "customers.csv": "id,name\n\(one),Ann\n2,Bob\n",
      "orders.csv": "order_id,customer_id,total\n7,1,5\n",
    ]) { folder in
      let run = try folder.run("select id, sum(orders.total) from customers")
      #expect(run.output == "1,5\n2,0\n", "\(run)")
    }
  }

  @Test("Leading zeros, increments and UUIDs are texts, and link exactly")
  func increments() throws {
    try Folder.with([
      "customers.csv": "id,name\n007,Bond\n7,Other\n000000012-1,Guest\n",
      "orders.csv": "order_id,customer_id,total\n1,007,5\n2,7,3\n3,000000012-1,2\n",
    ]) { folder in
      let run = try folder.run("select id, sum(orders.total) from customers")
      #expect(run.output == "000000012-1,2\n007,5\n7,3\n", "\(run)")
    }
  }

  @Test("A repeated text id is skipped and reported by line")
  func repeated() throws {
    try Folder.with(["customers.csv": "id,name\nA,1\nB,2\nA,3\nC,4\nD,5\n"]) { folder in
      let run = try folder.run("select id from customers")
      #expect(run.output == "A\nB\nC\nD\n")
      #expect(run.errors.contains("customers.csv:4: an earlier row has the id A too"))
    }
  }

  @Test("A file of which most rows would be lost is an error, and nothing changes")
  func mostLost() throws {
    let rows = (0..<40).map { "\($0 % 3),n\($0)" }.joined(separator: "\n")
    try Folder.with(["customers.csv": "id,name\n1,Ann\n", "new.csv": "id,name\n" + rows + "\n"]) {
      folder in
      let run = try folder.run("load 'new.csv' as customers")
      #expect(run.code == 1 && run.errors.contains("37 of 40 rows can't be read"), "\(run)")
      #expect(run.errors.contains("load 'new.csv' as TABLE (id = 'HEADER')"))
    }
  }
}
