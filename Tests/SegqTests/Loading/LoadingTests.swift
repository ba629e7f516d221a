import Foundation
import SegqTestSupport
import Testing

@Suite("Reading a folder of CSVs")
struct LoadingTests {
  private func store(_ files: [String: String], _ body: (URL) throws -> Void) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    for (name, text) in files {
      let file = folder.appending(path: name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    try body(folder)
  }

  @Test("Delimiters, line ends, a mark, headers in any order and case")
  func dialects() throws {
    let text = "\u{FEFF}zip;id;NAME\r\n01310;7;\"a;b\"\r\n\r\n\\N;3;\"two\r\nlines\""
    try store(["customers.csv": text]) { folder in
      let run = try Program.run([".", "-c", "select id, name, zip from customers"], in: folder)
      #expect(run.errors == "")
      #expect(run.output == "ID,Name,ZIP\n3,\"two\r\nlines\",\n7,a;b,01310\n")
    }
  }

  @Test("Bad rows are told by file and line, counted, and left out; or they stop everything")
  func badRows() throws {
    let text = "ID,Name\n1,a\n2\nx,b\n3,\"c\n4,d\n1,again\n,none\n5,e,f\n6,g\n"
    try store(["customers.csv": text]) { folder in
      let run = try Program.run([".", "--no-header", "-c", "select id from customers"], in: folder)
      #expect(run.output == "1\n4\n6\nx\n" && run.code == 0)
      for line in [3, 5, 7, 8, 9] { #expect(run.errors.contains("./customers.csv:\(line): ")) }
      #expect(run.errors.contains("./customers.csv: 3 rows were skipped"))
      let stop = try Program.run(
        [".", "--on-bad-row", "stop", "-c", "select customers"], in: folder)
      #expect(stop.code == 1 && stop.output == "" && stop.errors.contains("./customers.csv:3: "))
    }
  }

  @Test("A folder whose second table stops the load leaves the store as it was")
  func halfLoaded() throws {
    try store([
      "customers.csv": "ID,Name\n1,a\n2,b\n", "bad.csv": "",
      "new/customers.csv": "ID,Name\n7,g\n",
      "new/orders.csv": "Order ID,Customer ID,Total\n1,7,5\nx,y\n",
    ]) { folder in
      let run = try Program.run(
        [
          "customers.csv", "--on-bad-row", "stop", "--on-error", "continue", "--no-header", "-c",
          "load 'new'", "-c", "select id from customers",
        ], in: folder)
      #expect(run.code == 1 && run.output == "1\n2\n")
      #expect(run.errors.contains("new/orders.csv:3: "))
    }
  }

  @Test(
    "A file without a table in it is named",
    arguments: [
      ("<?xml version=\"1.0\"?>\n<Workbook/>", " is XML, but not a spreadsheet"),
      ("[1, 2]\n", " has no table: its list holds no objects"),
      ("PK\u{3}\u{4}rest", ": the zip data is cut short"), ("", " is empty"),
      ("[{\"id\": 1}\n", ":2:1: the JSON ends too early"), ("%PDF-1.4", " is a PDF file"),
    ])
  func foreign(text: String, message: String) throws {
    try store(["a.csv": text]) { folder in
      let run = try Program.run(["-c", "load 'a.csv'"], in: folder)
      #expect(
        run.code == 1 && run.output == "" && run.errors.contains("-c:1:6: error: a.csv\(message)"))
    }
  }

  @Test("The delimiter is what the header has most of", arguments: [",", ";", "\t", "|"])
  func delimiter(mark: String) throws {
    let rows = [["ID", "Name"], ["1", "a;b"], ["2", "c|d"], ["3", "e,f"]]
    let text = rows.map { row in row.map { "\"\($0)\"" }.joined(separator: mark) }
    try store(["a.csv": text.joined(separator: "\n") + "\n"]) { folder in
      let run = try Program.run(["-q", "-c", "load 'a.csv'; select a as tsv"], in: folder)
      #expect(run.output == "ID\tName\n1\ta;b\n2\tc|d\n3\te,f\n", "\(run)")
    }
  }

  @Test("Types are found from the data, those of the domain are fixed")
  func types() throws {
    let text = """
      ID,ZIP,Phone,points,code,flag,seen,when,note
      1,12345,5551234,5,007,true,2024-01-31,1/31/2024,
      2,99999,5550000,-2.5,12,false,2024-02-29,12/1/2024,x
      """
    try store(["customers.csv": text]) { folder in
      let run = try Program.run(
        [".", "--no-header", "-c", "describe customers"], in: folder)
      let types = run.output.split(separator: "\n").map { $0.split(separator: ",")[2] }
      #expect(
        types == ["integer", "text", "text", "decimal", "text", "boolean", "date", "date", "text"])
    }
  }

  @Test("Times are UTC unless they say otherwise, and are shown in the session's zone")
  func times() throws {
    let text =
      "ID,Customer Since\n1,2024-07-01 00:30:00\n2,2024-07-01T00:30:00+02:00\n3,\"Jul 1, 2024, 12:30:00 AM\"\n"
    try store(["customers.csv": text]) { folder in
      let run = try Program.run(
        [
          ".", "--no-header", "--timezone", "America/New_York", "-c", "select since from customers",
          "-c", "select id from customers where since = 2024-06-30",
        ], in: folder)
      #expect(
        run.output
          == "2024-06-30 20:30:00\n2024-06-30 18:30:00\n2024-07-01 00:30:00\n\n1\n2\n")
    }
  }

  @Test("Any table with a customer id hangs on customers; guests and strangers belong to nobody")
  func children() throws {
    let files = [
      "customers.csv": "ID,Name\n2,b\n1,a\n",
      "tickets.csv": "id,customer_id,topic\n10,2,x\n11,1,y\n12,,z\n13,9,w\n14,2,v\n",
    ]
    try store(files) { folder in
      let run = try Program.run(
        [
          ".", "--no-header", "-c",
          "select id, count(tickets), max(tickets.topic) from customers; select count() from tickets",
        ], in: folder)
      #expect(run.output == "1,1,y\n2,2,x\n\n4\n" || run.output == "1,1,y\n2,2,x\n\n5\n")
      #expect(run.errors.contains("1 row has a customer_id that no row of customers has"))
    }
  }

  @Test("Customers without a header are an error; those without ids are numbered, which is said")
  func unusable() throws {
    try store(["customers.csv": ""]) { folder in
      let run = try Program.run([".", "-c", "select customers"], in: folder)
      #expect(run.code == 1 && run.output == "" && run.errors.contains("./customers.csv"))
    }
    try store(["customers.csv": "Name,ZIP\na,1\n"]) { folder in
      let run = try Program.run([".", "--no-header", "-c", "select customers"], in: folder)
      #expect(run.output == "1,a,1\n", "\(run)")
      #expect(run.errors.contains("the customers are numbered from 1"))
    }
  }

  @Test("UTF-16, Excel XML and JSON are read like any table")
  func formats() throws {
    try store(["customers.csv": "ID,Name\n1,a\n", "a.json": "[ {\"ID\": 1} ]\n"]) { folder in
      try "ID\tName\n1\té\n".write(
        to: folder.appending(path: "u.csv"), atomically: true, encoding: .utf16)
      let exported = try Program.run(
        ["customers.csv", "-q", "-c", "select customers as xml to 'a.xml'"], in: folder)
      #expect(exported.code == 0)
      for file in ["u.csv", "a.xml", "a.json"] {
        let query = ["--no-header", "-c", "select id from t"]
        let run = try Program.run(["-c", "load '\(file)' as t"] + query, in: folder)
        #expect(run.code == 0 && run.output == "1\n", "\(run)")
      }
    }
  }

  @Test("A file of a folder that holds no table is skipped with a warning")
  func emptyFiles() throws {
    let files = ["customers.csv": "ID,Name\n1,a\n", "orders.csv": "", "x.csv": "<a/>"]
    try store(files) { folder in
      let run = try Program.run(
        [".", "--no-header", "-c", "select count() from customers"], in: folder)
      #expect(run.code == 0 && run.output == "1\n")
      #expect(run.errors.contains("warning: ./orders.csv is empty; it is skipped"), "\(run)")
      #expect(
        run.errors.contains("warning: ./x.csv is XML, but not a spreadsheet; it is skipped"),
        "\(run)")
      // What there is does not go for it.
      try "Order ID,Customer ID\n1,1\n".write(
        to: folder.appending(path: "old.csv"), atomically: true, encoding: .utf8)
      let loaded = try Program.run(
        [
          "--on-error", "continue", "-c", "load 'customers.csv'; load 'old.csv' as orders",
          "-c", "load '.'", "-c", "select count() from orders",
        ], in: folder)
      #expect(loaded.code == 1 && loaded.output == "count()\n1\n", "\(loaded)")
    }
  }

  @Test("MySQL's zero dates are null")
  func zeroDates() throws {
    let files = [
      "customers.csv":
        "ID,DOB,Customer Since\n1,0000-00-00,0000-00-00 00:00:00\n2,1990-01-01,2024-01-31 10:00:00\n",
      "visits.csv": "customer_id,seen,word\n1,0000-00-00,0000-00-00\n2,2024-01-31,x\n",
    ]
    try store(files) { folder in
      let run = try Program.run(
        [
          ".", "--no-header", "-c",
          "select id, dob, since from customers; select seen, word from visits",
        ], in: folder)
      #expect(run.errors == "")
      #expect(
        run.output
          == "1,,\n2,1990-01-01,2024-01-31 10:00:00\n\n,0000-00-00\n2024-01-31,x\n", "\(run)")
    }
  }

  @Test("Members that several threads read are those of a simple loop", arguments: [false, true])
  func members(hasDays: Bool) throws {
    let customers = (1...500).map { "\($0 * 3)" }
    let segments = (1...7).map { "\($0)" }
    var members = "Customer ID,Note,Segment ID,Added\n"
    var counts = [String: Set<String>]()
    var latest = [String: String]()
    var rejected: [Int] = []
    var state: UInt64 = 5
    func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % sides
    }
    for row in 0..<70_000 {
      let segment = roll(9000) == 0 ? ["8", "", "x", "\\N"][roll(4)] : segments[roll(7)]
      let customer = roll(9000) == 0 ? ["4", "", "1.5", "-3"][roll(4)] : customers[roll(500)]
      let day = "20\(10 + roll(14))-0\(1 + roll(9))-1\(roll(10))"
      let added = roll(5) == 0 ? "" : hasDays ? day : day + " 10:0\(roll(10)):00"
      members += "\(customer),a note of some length,\(segment),\(added)\n"
      guard segments.contains(segment), customers.contains(customer) else {
        rejected.append(row + 2)
        continue
      }
      counts[segment, default: []].insert(customer)
      latest[segment] = max(latest[segment] ?? "", added)
    }
    let files = [
      "customers.csv": "ID\n" + customers.map { $0 + "\n" }.joined(),
      "segments.csv": "ID,Segment,Status\n" + segments.map { "\($0),S\($0),Active\n" }.joined(),
      "members.csv": members,
    ]
    try store(files) { folder in
      let run = try Program.run(
        [
          ".", "--no-header", "--timezone", "UTC", "-c",
          "select id, customers, refreshed from segments",
        ], in: folder)
      let expected = segments.map { id in
        let time = latest[id] ?? ""
        return "\(id),\(counts[id]?.count ?? 0),\(time)\(hasDays ? " 00:00:00" : "")\n"
      }
      #expect(run.output == expected.joined())
      let told = run.errors.split(separator: "\n")
        .compactMap { $0.firstMatch(of: #/members.csv:([0-9]+): /#)?.1 }.compactMap { Int($0) }
      #expect(told == Array(rejected.prefix(5)))
      #expect(run.errors.contains("\(rejected.count) rows were skipped"))
    }
  }

  @Test("A rule that does not fit is told in its own text, and changes nothing")
  func wrongRule() throws {
    let files = [
      "customers.csv": "ID,Name\n1,a\n",
      "segments.csv": "ID,Segment,Status,Rule\n1,One,Active,nme = a\n2,Two,Active,name = a\n",
      "members.csv": "Segment ID,Customer ID\n1,1\n",
    ]
    try store(files) { folder in
      let run = try Program.run(
        [
          ".", "--no-header", "-c", "refresh all; select id, customers from segments", "--on-error",
          "continue",
        ], in: folder)
      #expect(run.code == 1)
      #expect(run.errors.contains("rule of segment 1:1:1: error: customers has no column 'nme'"))
      #expect(run.output.hasSuffix("\n\n1,1\n2,1\n"))
    }
  }

  @Test("What is loaded before the rows that it hangs on is linked when they come")
  func linkedLater() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    func write(_ name: String, _ text: String) throws {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    try write("items.csv", "Item ID,Order ID,SKU,Quantity\n1,2,A,1\n2,1,B,2\n3,2,C,3\n4,9,D,4\n")
    try write("orders.csv", "Order ID,Customer ID,Grand Total\n1,7,5\n2,3,6\n3,8,7\n")
    try write("customers.csv", "ID,Name\n3,C\n7,G\n")
    let questions =
      "select id, count(orders) as n, sum(items.quantity) as q from customers; select id, customers.name from orders"
    let expected = "3,1,4\n7,1,2\n\n1,G\n2,C\n3,\n"
    for order in [
      ["items", "orders", "customers"], ["orders", "items", "customers"],
      ["items", "customers", "orders"],
    ] {
      let loads = order.map { "load '\($0).csv'" }.joined(separator: "; ")
      let run = try Program.run(
        ["--no-header", "-c", "\(loads); \(questions); save 's.segdb'"], in: folder)
      #expect(run.code == 0 && run.output == expected, "\(order): \(run)")
      #expect(
        run.errors.contains("1 row has an Order ID that no row of orders has"), "\(run.errors)")
      let kept = try Program.run(["s.segdb", "--no-header", "-c", questions], in: folder)
      #expect(kept.code == 0 && kept.output == expected, "\(order): \(kept)")
      try FileManager.default.removeItem(at: folder.appending(path: "s.segdb"))
    }
  }
}
