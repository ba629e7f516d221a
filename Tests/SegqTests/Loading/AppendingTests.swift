import Foundation
import SegqTestSupport
import Testing

@Suite("load … append")
struct AppendingTests {
  private static let store = [
    "customers.csv": "ID,Name,ZIP\n5,e,05\n1,a,01\n",
    "orders.csv": "Order ID,Customer ID,Grand Total,points\n10,5,1.5,1\n11,9,2,2\n",
    "items.csv": "Item ID,Order ID,SKU\n1,11,x\n2,10,y\n3,20,z\n",
    "segments.csv": "ID,Segment,Status,Rule\n1,One,Active,id = 5\n2,Two,Active,\n",
    "members.csv": "Segment ID,Customer ID\n1,5\n2,1\n",
  ]

  /// Runs statements over the store, beside which there are files in `more`.
  private func run(
    _ more: [String: String], _ statements: String..., options: [String] = [], code: Int32 = 0
  ) throws -> Program.Run {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    for (place, files) in ["store": Self.store, "more": more] {
      let place = folder.appending(path: place)
      for (name, text) in files {
        try FileManager.default.createDirectory(
          at: place.appending(path: name).deletingLastPathComponent(),
          withIntermediateDirectories: true)
        try text.write(to: place.appending(path: name), atomically: true, encoding: .utf8)
      }
    }
    let texts = statements.flatMap { ["-c", $0] }
    let run = try Program.run(
      ["store", "--no-header", "--on-error", "continue"] + options + texts, in: folder)
    #expect(run.code == code, "\(run.errors)")
    return run
  }

  @Test("Columns meet by name or alias; what one side has not is null there")
  func columns() throws {
    let run = try run(
      ["b.csv": "Customer Name,gender,ID,postcode,points\nb,f,3,007,2.5\n"],
      "load 'more/b.csv' as customers append",
      "select id, name, zip, gender, points from customers", "select customers")
    #expect(run.output == "1,a,01,,\n3,b,007,f,2.5\n5,e,05,,\n\n1,a,01\n3,b,007\n5,e,05\n")
    #expect(run.errors == "customers: 3 rows (1 new)\n")
  }

  @Test("A mapping says which column is meant, and unknown headers are told")
  func mapping() throws {
    let more = ["b.csv": "Order ID,Buyer,Grand Total\n12,1,3\n"]
    let run = try run(
      more, "load 'more/b.csv' as orders append (customer = 'Buyer')",
      "select id, count(orders) from customers",
      "load 'more/b.csv' as orders append (customer = 'Byer')", code: 1)
    #expect(run.output == "1,1\n5,1\n" && run.errors.contains("did you mean 'Buyer'?"), "\(run)")
  }

  @Test("Numbers and times meet in the type of both; what would make text of them is null")
  func types() throws {
    let store = ["t.csv": "id,n,d,t,e\n1,1,2024-01-31,1.50,\n2,2,2024-02-01,x,\n"]
    let more = store.merging([
      "u.csv": "id,n,d,t,e\n3,2.50,2024-03-01 12:00:00,1.50,7\n",
      "v.csv": "id,n,d,t,e\n4,n/a,1.50,,\n",
    ]) { $1 }
    let run = try run(
      more, "load 'more/t.csv' as t", "load 'more/u.csv' as t append", "describe t",
      "select t", "load 'more/v.csv' as t append", "select t",
      options: ["--timezone", "Europe/Berlin"])
    let results = run.output.components(separatedBy: "\n\n")
    let types = results[0].split(separator: "\n").map { $0.split(separator: ",")[2] }
    #expect(types == ["integer", "decimal", "datetime", "text", "integer"], "\(run)")
    #expect(
      results[1] == """
        1,1,2024-01-31 00:00:00,1.50,
        2,2,2024-02-01 00:00:00,x,
        3,2.5,2024-03-01 13:00:00,1.50,7
        """, "\(results[1])")
    #expect(results[2] == results[1] + "\n4,,,,\n", "\(results[2])")
    #expect(
      run.errors.contains(
        "v.csv:2: 'd' has 1 value that is not a date, the first is '1.50'; it is read as null"),
      "\(run.errors)")
  }

  @Test("A column keeps its type, whatever is appended")
  func wrongValues() throws {
    let files = [
      "t.csv":
        "id,n,x,d,w,b,huge\n1,5,1.5,2024-01-31,2024-01-31 10:00:00,true,9000000000000000000\n",
      "u.csv": """
      id,n,x,d,w,b,huge
      2,10,abc,,,,
      3,abc,2,,,,
      4,007,,,,,
      5,8,,soon,,,
      6,,,,never,,
      7,,,,,maybe,
      8,,,,,,1.5
      9,7,2,2024-02-01,2024-02-01,no,3

      """,
    ]
    let run = try run(
      files, "load 'more/t.csv' as t", "load 'more/u.csv' as t append", "describe t", "select t")
    let results = run.output.components(separatedBy: "\n\n")
    let types = results[0].split(separator: "\n").map { $0.split(separator: ",")[2] }
    #expect(
      types == ["integer", "integer", "decimal", "date", "datetime", "boolean", "integer"], "\(run)"
    )
    #expect(
      results[1] == """
        1,5,1.5,2024-01-31,2024-01-31 10:00:00,true,9000000000000000000
        2,10,,,,,
        3,,2,,,,
        4,,,,,,
        5,8,,,,,
        6,,,,,,
        7,,,,,,
        8,,,,,,
        9,7,2,2024-02-01,2024-02-01 00:00:00,false,3

        """, "\(run)")
    for (line, wrong) in [
      (2, "'x' has 1 value that is not a number, the first is 'abc'"),
      (3, "'n' has 2 values that are not a number, the first is 'abc'"),
      (5, "'d' has 1 value that is not a date, the first is 'soon'"),
      (6, "'w' has 1 value that is not a date, the first is 'never'"),
    ] { #expect(run.errors.contains("more/u.csv:\(line): \(wrong)"), "\(run.errors)") }
    #expect(run.errors.contains("t: 9 rows (8 new)"))
    let stopped = try self.run(
      files, "load 'more/t.csv' as t", "load 'more/u.csv' as t append", "select id from t",
      options: ["--on-bad-row", "stop"], code: 1)
    #expect(stopped.output == "1\n")
  }

  @Test("An id that is there already, in the table or the file, is skipped and reported by line")
  func ids() throws {
    let text = "ID,Name\n5,x\n7,y\n7,z\n,n\nw,v\n"
    let run = try run(
      ["b.csv": text], "load 'more/b.csv' as customers append", "select id, name from customers")
    #expect(run.output == "1,a\n5,e\n7,y\n")
    for (line, reason) in [
      (2, "the id 5 is in customers already"), (4, "an earlier row has the id 7 too"),
      (5, "no id"), (6, "is not a whole number"),
    ] {
      #expect(run.errors.contains("b.csv:\(line): "), "\(line)")
      #expect(run.errors.contains(reason))
    }
    #expect(run.errors.contains("b.csv: 4 rows were skipped"))
    let stopped = try self.run(
      ["b.csv": text], "load 'more/b.csv' as customers append", "select id from customers",
      options: ["--on-bad-row", "stop"], code: 1)
    #expect(stopped.output == "1\n5\n" && stopped.errors.contains("b.csv:2: "))
  }

  @Test("Children find their parents, also those that come later; strangers are counted")
  func links() throws {
    let run = try run(
      [
        "customers.csv": "ID,Name\n9,i\n3,c\n",
        "orders.csv": "Order ID,Customer ID,Grand Total\n20,3,7\n21,77,1\n22,,1\n",
      ],
      "select id, count(orders), count(items) from customers",
      "load 'more/customers.csv' append", "select id, count(orders), count(items) from customers",
      "load 'more/orders.csv' append",
      "select id, sum(orders.total), max(items.sku) from customers", "select id, order from items")
    #expect(
      run.output == """
        1,0,0
        5,1,1

        1,0,0
        3,0,0
        5,1,1
        9,1,1

        1,0,
        3,7,z
        5,1.5,y
        9,2,x

        1,11
        2,10
        3,20

        """, "\(run)")
    #expect(
      run.errors.contains("more/orders.csv: 1 row has a Customer ID that no row of customers"))
  }

  @Test("Members stay with their customers, and segments with a rule become stale")
  func staleness() throws {
    let run = try run(
      ["customers.csv": "ID,Name\n2,b\n"], "load 'more/customers.csv' append",
      "select id from 1", "select id from 2", "select id, freshness, reason from segments")
    #expect(
      run.output
        == "5\n\n1\n\n1,stale,customers was loaded later\n2,fresh,\n",
      "\(run)")
  }

  @Test("Only segments whose rule reads the table become stale, and those that name them")
  func readers() throws {
    let run = try run(
      ["orders.csv": "Order ID,Customer ID,Grand Total\n20,5,7\n"],
      "create segment 'Named' as name = a", "create segment 'Buyers' as count(orders) > 0",
      "create segment 'Skus' as exists(items where sku = x)",
      "create segment 'Both' as in 'Buyers'", "refresh 'Named', 'Buyers', 'Skus', 'Both'",
      "load 'more/orders.csv' append",
      "select segment, freshness from segments where segment in (Named, Buyers, Skus, Both)")
    #expect(
      run.output.hasSuffix("Named,fresh\nBuyers,stale\nSkus,stale\nBoth,stale\n"), "\(run)")
    let items = try self.run(
      ["items.csv": "Item ID,Order ID,SKU\n9,10,q\n"],
      "create segment 'Buyers' as count(orders) > 0",
      "create segment 'Skus' as exists(items where sku = x)", "refresh 'Buyers', 'Skus'",
      "load 'more/items.csv' append",
      "select segment, freshness from segments where segment in (Buyers, Skus)")
    #expect(items.output.hasSuffix("Buyers,fresh\nSkus,stale\n"), "\(items)")
  }

  @Test("Segments with new ids and members of theirs are added")
  func segments() throws {
    let run = try run(
      [
        "segments.csv":
          "ID,Segment,Status,Rule\n4,Four,Inactive,\n3,Three,Active,in 1\n1,X,Active,\n",
        "members.csv": "Segment ID,Customer ID\n4,1\n1,1\n1,5\n3,5\n8,1\n1,8\n",
      ],
      "load 'more/segments.csv' append", "select id, segment, freshness from segments",
      "load 'more/members.csv' append", "select id, customers, freshness, reason from segments",
      "select id from 1")
    #expect(
      run.output == """
        1,One,fresh
        2,Two,fresh
        3,Three,unavailable
        4,Four,unavailable

        1,2,stale,members were added later
        2,1,fresh,
        3,1,stale,"segment 1, which its rule names, is stale"
        4,1,fresh,

        1
        5

        """, "\(run)")
    for line in [
      "segments.csv:4: there is a segment 1 already", "members.csv:6: there is no segment '8'",
      "members.csv:7: there is no customer '8'", "members: 5 rows (3 new)",
    ] { #expect(run.errors.contains(line), "\(run.errors)") }
  }

  @Test("A table that is not there is loaded; a file without the ids changes nothing")
  func others() throws {
    let run = try run(
      ["wishlist.csv": "Customer ID,SKU\n1,a\n", "b.csv": "Customer ID,Grand Total\n1,1\n"],
      "load 'more/wishlist.csv' append", "load 'more/wishlist.csv' append",
      "load 'more/b.csv' as orders append",
      "select id, count(wishlist), count(orders) from customers", code: 1)
    #expect(run.output == "1,2,0\n5,0,1\n", "\(run)")
    #expect(run.errors.contains("b.csv has no column with the ids that orders have"))
  }

  @Test("What goes wrong leaves everything as it was, in a folder of several files too")
  func failures() throws {
    let more = [
      "empty.csv": "", "c.csv": "a,b\n1,2\n", "orders.csv": "Order ID,Customer ID\n90,5\n",
      "bad/customers.csv": "ID,Name\n90,x\n", "bad/orders.csv": "Customer ID,Grand Total\n1,1\n",
    ]
    let look = "describe; select customers; select orders; select id, freshness from segments"
    let wrong = [
      "load 'more/empty.csv' as orders append", "load 'more/c.csv' as members append",
      "load 'more/c.csv' as customers append", "load 'more/bad' append",
      "load 'more/orders.csv' append (total = 'Sum')", "load 'more/none.csv' append",
    ]
    let runs = try wrong.map { try run(more, look, $0, look, code: 1) }
    for (statement, run) in zip(wrong, runs) {
      let results = run.output.components(separatedBy: "\n\n")
      #expect(
        results.count == 8 && results[..<4].map(\.trimmed) == results[4...].map(\.trimmed),
        "\(statement): \(run)")
      #expect(run.errors.contains("error: ") && !run.errors.contains("new)"), "\(statement)")
    }
  }

  @Test("Tables that were not read yet are, with what hangs on them")
  func waiting() throws {
    let run = try run(
      ["customers.csv": "ID,Name\n9,i\n", "items.csv": "Item ID,Order ID,SKU\n7,11,w\n"],
      "load 'more' append", "select id, max(items.sku), count(orders) from customers",
      "select id, sku from items where customers.name = i")
    #expect(run.output == "1,,0\n5,y,1\n9,x,1\n\n1,x\n7,w\n", "\(run)")
  }

  @Test("Segments of nobody are refused")
  func nothing() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    for name in ["segments", "members"] {
      try "Segment ID,Customer ID,ID,Segment\n1,1,1,x\n".write(
        to: folder.appending(path: "\(name).csv"), atomically: true, encoding: .utf8)
      let run = try Program.run(["-c", "load '\(name).csv' append"], in: folder)
      #expect(run.code == 1 && run.errors.contains("help: load 'customers.csv'"), "\(run)")
    }
  }

  @Test("Drill-down exports of one folder are put together, as the hint says")
  func exports() throws {
    let more = [
      "a.csv": "ID,Name,Email\n1,a,a@x\n2,b,b@x\n", "b.csv": "ID,Name,Email\n2,b,b@x\n3,c,c@x\n",
    ]
    let hint = try run(more, "load 'more'")
    let statement = "load 'more/a.csv' as customers"
    #expect(hint.errors.contains(statement), "\(hint.errors)")
    let run = try run(
      more, "\(statement); load 'more/b.csv' as customers append", "select id from customers")
    #expect(run.output == "1\n2\n3\n", "\(run)")
    let whole = try self.run(
      more, "load 'more' as customers append", "select id from customers")
    #expect(whole.output == "1\n2\n3\n5\n", "\(whole)")
  }

  @Test("It works in scripts, and is known to segq check")
  func scripts() throws {
    let script =
      "load 'b.csv' as customers append (zip = '$z')\nselect count() as n from customers\n"
    let run = try run(
      ["b.csv": "ID,Name\n2,b\n", "s.segq": script.replacing(" (zip = '$z')", with: "")],
      "source 'more/s.segq'")
    #expect(run.output == "3\n", "\(run)")
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    try script.replacing("$z", with: "${z}").write(
      to: folder.appending(path: "s.segq"), atomically: true, encoding: .utf8)
    let check = try Program.run(["check", "s.segq"], in: folder)
    #expect(check.code != 0 && check.errors.contains("s.segq:1:"), "\(check)")
  }
}

extension String {
  fileprivate var trimmed: String { trimmingCharacters(in: .newlines) }
}
