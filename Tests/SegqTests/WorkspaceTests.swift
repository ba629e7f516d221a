import Foundation
import SegqTestSupport
import Testing

@Suite("Workspaces, as their users meet them") struct WorkspaceTests {
  private func withWorkspace(_ body: (URL, ([String]) throws -> Program.Run) throws -> Void) throws
  {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let run: ([String]) throws -> Program.Run = { arguments in
      try Program.run(["--now", "2026-11-25"] + arguments, in: folder)
    }
    let saved = try run([Program.demo, "-c", "save 'shop.segdb'"])
    #expect(saved.code == 0 && saved.errors == "saved as shop.segdb: 1000 customers, 16 segments\n")
    try body(folder, run)
  }

  @Test("Every question is answered as from the files that it was made of")
  func answers() throws {
    try withWorkspace { _, run in
      let questions =
        "select customers; select orders; select items; select segments; drill 1 & 2; overlap all; "
        + "describe customers; select country, sum(items.quantity) from customers group by country; "
        + "select count() from items where customers.country = France"
      let kept = try run(["shop.segdb", "-c", questions])
      let loaded = try run([Program.demo, "-c", questions])
      #expect(kept.output == loaded.output)
    }
  }

  @Test("What is changed is there when it is opened again")
  func changes() throws {
    try withWorkspace { _, run in
      let made = try run([
        "shop.segdb", "-c",
        "create segment 'New' as country = France; refresh 'New'; drop segment 3; set page_size = 9",
      ])
      #expect(made.code == 0)
      let kept = try run([
        "shop.segdb", "-c",
        "select id, segment, freshness from segments where id in (3, 21); set page_size",
      ])
      #expect(
        kept.output.hasPrefix(
          "ID,Segment,Freshness\n21,New,fresh\n\nsetting,value,meaning\npage_size,9"))
    }
  }

  @Test(
    "A rule that is another segment is kept as that segment's members are",
    arguments: ["in 1", "in 1 + 20", "in union(1)", "(in 1)"])
  func sharedMembers(rule: String) throws {
    try withWorkspace { folder, run in
      let made = try run([
        "shop.segdb", "-q", "-c", "create segment 'b' as \(rule); refresh 'b'",
        "-c", "alter segment 2 as \(rule); refresh 2",
      ])
      #expect(made.code == 0)
      let kept = try run([
        "shop.segdb", "-q", "--no-header", "-c",
        "assert (select count() from 1) > 0; select count() from 'b' - 1; "
          + "select count() from 2 - 1; select count() from 1 - 2; select count() from 1 - 'b'",
      ])
      #expect(kept.output == "0\n\n0\n\n0\n\n0\n")
      #expect(try Program.run(["check-store", "shop.segdb"], in: folder).code == 0)
    }
  }

  @Test("What is open when its folder is removed is saved, and no change in it is said to be kept")
  func removed() throws {
    try withWorkspace { folder, run in
      let gone = try run([
        "shop.segdb", "--on-error", "continue",
        "-c", "refresh 1; ! rm -r shop.segdb", "-c", "drop segment 2",
        "-c", "save 'other.segdb'", "-c", "drop segment 3",
      ])
      #expect(gone.errors.contains("error: shop.segdb was removed or replaced since it was opened"))
      #expect(gone.errors.contains("saved as other.segdb: 1000 customers, 16 segments"))
      let saved = try run(["other.segdb", "-c", "select id from segments where id <= 3"])
      #expect(saved.output == "ID\n1\n2\n")
      #expect(try Program.run(["check-store", "other.segdb"], in: folder).code == 0)
    }
  }

  @Test("A removed lock lets another write, and the first is told that its change was not made")
  func lostLock() throws {
    try withWorkspace { folder, run in
      let other = "\(Program.path) --no-init shop.segdb -q -c 'drop segment 4'"
      let first = try run([
        "shop.segdb", "--on-error", "continue", "-c", "drop segment 2",
        "-c", "! rm shop.segdb/lock && \(other)", "-c", "drop segment 3", "-c", "drop segment 5",
      ])
      #expect(first.errors.contains("was changed by another program at the same time"))
      #expect(first.errors.contains("is seen as it is now"))
      let left = try run(["shop.segdb", "-c", "select id from segments where id <= 5"])
      #expect(left.output == "ID\n1\n3\n")
      #expect(try Program.run(["check-store", "shop.segdb"], in: folder).code == 0)
    }
  }

  @Test("undo takes back one change after the other")
  func undoing() throws {
    try withWorkspace { _, run in
      let undone = try run([
        "shop.segdb", "-c",
        "alter segment 1 rename to 'X'; drop segment 2; undo; undo; select segment from segments where id < 3; undo",
      ])
      #expect(undone.output == "Segment\nVIP customers\nRepeat buyers\n")
      #expect(
        undone.errors.hasPrefix(
          "undone: drop segment 2\nundone: alter segment 1 rename to 'X'\n"))
      #expect(undone.code == 1 && undone.errors.contains("no change of definitions to undo"))
    }
  }

  @Test("A table that is loaded takes the place of the one that is there")
  func loading() throws {
    try withWorkspace { folder, run in
      try "Order ID,Item ID,SKU,Quantity\n".write(
        to: folder.appending(path: "items.csv"), atomically: true, encoding: .utf8)
      #expect(try run(["shop.segdb", "-c", "load 'items.csv'"]).code == 0)
      let after = try run([
        "shop.segdb", "-c",
        "select count() from items; "
          + "select id, freshness from segments where id in (1, 13)",
      ])
      #expect(after.output == "count()\n0\n\nID,Freshness\n1,fresh\n13,stale\n")
    }
  }

  private func write(_ files: [String: String], to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
  }

  @Test("Of a folder that can't be read whole nothing is loaded")
  func loadingHalf() throws {
    try withWorkspace { folder, run in
      try write(
        [
          "customers.csv": "ID,Name\n1,a\n",
          "orders.csv": "Order ID,Customer ID,Grand Total\n1,1,5\nx,y\n",
        ], to: folder.appending(path: "bad"))
      let before = try run(["shop.segdb", "-c", "describe; select count() from items"])
      let loaded = try run([
        "shop.segdb", "--on-bad-row", "stop", "--on-error", "continue", "-c", "load 'bad'",
        "-c", "create segment 'q' as id < 3; describe; select count() from items",
      ])
      #expect(loaded.errors.contains("bad/orders.csv:3: 2 fields where the header has 3"))
      #expect(loaded.output == before.output.replacing("segments,16,", with: "segments,17,"))
      let after = try run(["shop.segdb", "-c", "describe; select count() from items"])
      #expect(after.output == loaded.output)
      // Nor is the workspace left for what can't be opened.
      let opened = try run([
        "shop.segdb", "--on-bad-row", "stop", "--on-error", "continue", "-c", "open 'bad'",
        "-c", "drop segment 'q'",
      ])
      #expect(opened.code == 1)
      #expect(
        try run(["shop.segdb", "-c", "describe; select count() from items"]).output
          == before.output)
    }
  }

  @Test("A table that others hang on is replaced in one step; segments, growth and settings stay")
  func weekly() throws {
    try withWorkspace { folder, run in
      let made = try run([
        "shop.segdb", "-q", "-c", "set page_size = 7",
        "-c", "create segment 'Paid' as count(orders where status = complete) > 0",
        "-c", "create segment 'Ids' as id < 10; refresh 'Paid', 'Ids'",
      ])
      #expect(made.code == 0)
      let orders = try String(
        contentsOf: URL(filePath: Program.demo + "/orders.csv"), encoding: .utf8)
      var lines = orders.split(separator: "\n")
      let customer = lines[1].split(separator: ",")[1]
      let last = lines.removeLast().split(separator: ",")[0]
      let changed =
        lines.map { $0.replacing(",complete,", with: ",reworked,") } + [
          "999999,\(customer),2026-11-25 10:00:00,complete,12.5,1"
        ]
      try write(["orders.csv": changed.joined(separator: "\n")], to: folder)
      let questions =
        "select count() from orders where status = complete; "
        + "select id, freshness from segments where id in (21, 22); select count() from 'Ids'"
      let loaded = try run(["shop.segdb", "-c", "load 'orders.csv'", "-c", questions])
      #expect(loaded.code == 0, "\(loaded)")
      #expect(
        loaded.output == "count()\n1\n\nID,Freshness\n21,stale\n22,fresh\n\ncount()\n2\n",
        "\(loaded)")
      let items = try run([
        Program.demo, "--no-header", "-c", "select count() from items where order = \(last)",
      ])
      let lost = Int(items.output.dropLast()) ?? 0
      #expect(
        loaded.errors.contains(
          "items: \(lost) \(lost == 1 ? "row has" : "rows have") lost the row of orders"),
        "\(loaded.errors)")
      let kept = try run([
        "shop.segdb", "--no-header", "-q", "-c", questions, "-c",
        "refresh 'Paid'; select count() from items where orders.status = reworked; set page_size",
        "-c",
        "select count() from customers where exists(items where orders.status = reworked); "
          + "growth 'Paid' as csv",
      ])
      let whole = try run([
        Program.demo, "--no-header", "-q", "-c",
        "select count() from items where orders.status = complete and order != \(last); "
          + "select count() from customers where "
          + "exists(items where orders.status = complete and order != \(last))",
      ])
      let counts = whole.output.split(separator: "\n")
      let parts = kept.output.components(separatedBy: "\n\n")
      #expect(parts.count == 8, "\(kept)")
      #expect(parts[4] == counts[0] && parts[5].hasPrefix("page_size,7,"), "\(kept)")
      #expect(parts[6] == counts[1] && parts[7].split(separator: "\n").count == 2, "\(kept)")
      #expect(try Program.run(["check-store", "shop.segdb"], in: folder).code == 0)
    }
  }

  @Test("What others hang on needs the ids by which they do")
  func weeklyWithoutIDs() throws {
    try withWorkspace { folder, run in
      try write(["orders.csv": "Customer ID,Grand Total\n1,5\n"], to: folder)
      let loaded = try run(["shop.segdb", "-c", "load 'orders.csv'"])
      #expect(loaded.code == 1)
      #expect(loaded.errors.contains("orders.csv has no column with the ids that orders have"))
    }
  }

  @Test("Customers that are loaded anew keep their orders and their segments")
  func weeklyCustomers() throws {
    try withWorkspace { folder, run in
      let text = try String(
        contentsOf: URL(filePath: Program.demo + "/customers.csv"), encoding: .utf8)
      var lines = text.split(separator: "\n")
      let gone = lines.remove(at: 1).split(separator: ",")[0]
      try write(["customers.csv": lines.joined(separator: "\n")], to: folder)
      let questions =
        "select count(), sum(count(orders)), sum(sum(items.total)) from customers where id != \(gone); "
        + "select count() from 1 where id != \(gone); select count() from 2 where id != \(gone)"
      let before = try run(["shop.segdb", "-q", "-c", questions])
      let loaded = try run(["shop.segdb", "-q", "-c", "load 'customers.csv'", "-c", questions])
      #expect(loaded.code == 0 && loaded.output == before.output, "\(loaded)")
      let after = try run([
        "shop.segdb", "-q", "-c", questions, "-c", "select customers where id = \(gone)",
      ])
      #expect(after.output.hasPrefix(before.output))
      #expect(after.output.split(separator: "\n").last?.hasPrefix("ID,") == true)
    }
  }

  @Test("A rule that counts from today makes its segment stale when the day has changed")
  func days() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    func run(_ day: String, _ arguments: String...) throws -> Program.Run {
      try Program.run(["--now", day] + arguments, in: folder)
    }
    let made = try run(
      "2026-11-20T10:00", Program.demo, "-q",
      "-c", "create segment 'Rel' as count(orders where date >= -90d) > 0",
      "-c", "create segment 'Days' as days_since(since) > 30 and since < today",
      "-c", "create segment 'Fixed' as since < 2025-01-01 + 7d or id < 9",
      "-c", "create segment 'On' as in 'Rel' and id > 3",
      "-c", "refresh 'Rel', 'Days', 'Fixed', 'On'",
      "-c", "assert (select count() from segments where freshness = stale) = 0",
      "-c", "save 'w.segdb'")
    #expect(made.code == 0, "\(made)")
    let question = "select id, reason from segments where freshness = stale"
    let same = try run("2026-11-20T23:59", "w.segdb", "-q", "--no-header", "-c", question)
    #expect(same.output == "", "\(same)")
    let day = "\"its rule counts from today, and its members are of 2026-11-20\""
    let stale =
      "21,\(day)\n22,\(day)\n24,\"segment 21, which its rule names, is stale\"\n"
    let next = try run("2026-11-21T00:00", "w.segdb", "--no-header", "-c", question)
    #expect(next.output == stale, "\(next)")
    let drilled = try run("2026-11-21T00:00", "w.segdb", "-c", "drill 'Rel' | true")
    #expect(
      drilled.errors.hasPrefix("segq: note: segment 21 'Rel' is stale: its rule counts from today"))
    let asked = try run(
      "2027-03-21", "w.segdb", "-q", "--no-header", "-c", "set auto_refresh = on",
      "-c", "select count() from 'On'; set auto_refresh = off", "-c", question)
    #expect(asked.output == "0\n\n22,\(day)\n", "\(asked)")
    let mended = try run(
      "2027-03-22", "w.segdb", "-q", "--no-header", "-c", "refresh stale", "-c", question)
    let ids = mended.output.split(separator: "\n").map { $0.split(separator: ",")[0] }
    #expect(ids.filter { $0.count == 2 && $0 > "20" } == ["21", "22", "24"], "\(mended)")
    #expect(try run("2027-03-22", "w.segdb", "-q", "--no-header", "-c", question).output == "")
  }

  /// Whether this user may make a small file system.
  private static let canMount =
    (try? Program.shell(
      "mkdir m && mount -t tmpfs none m && umount m && rmdir m", in: Program.makeFolder()))?
    .code == 0

  @Test("A full disk can be read, and who writes is told", .enabled(if: canMount))
  func fullDisk() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    _ = try Program.shell("mkdir m && mount -t tmpfs -o size=6m none m", in: folder)
    defer { _ = try? Program.shell("umount m", in: folder) }
    #expect(try Program.run([Program.demo, "-c", "save 'm/w.segdb'"], in: folder).code == 0)
    _ = try Program.shell("head -c 9000000 /dev/zero > m/fill", in: folder)
    let read = try Program.run(
      ["m/w.segdb", "--no-header", "-c", "select count() from customers; growth 1"], in: folder)
    #expect(read.code == 0 && read.output.hasPrefix("1000\n"), "\(read)")
    #expect(try Program.run(["check-store", "m/w.segdb"], in: folder).code == 0)
    let written = try Program.run(["m/w.segdb", "-c", "drop segment 3"], in: folder)
    #expect(written.code == 1)
    #expect(written.errors.hasSuffix("No space left on device\n"), "\(written)")
    _ = try Program.shell("rm m/fill", in: folder)
    #expect(try Program.run(["m/w.segdb", "-c", "drop segment 3"], in: folder).code == 0)
    #expect(try Program.run(["check-store", "m/w.segdb"], in: folder).code == 0)
  }

  @Test("A second writer is told who writes")
  func writers() throws {
    try withWorkspace { folder, _ in
      let run = try Program.shell(
        """
        (echo "alter segment 1 set status = inactive; echo 'written';"; sleep 6) | "$SEGQ" shop.segdb > one &
        for i in $(seq 100); do grep -q written one 2>/dev/null && break; sleep 0.1; done
        "$SEGQ" shop.segdb -c 'select status from segments limit 1'
        "$SEGQ" shop.segdb -c 'alter segment 2 set status = inactive'
        echo "code $?"; wait
        """, in: folder)
      #expect(run.output == "Status\nInactive\ncode 1\n")
      #expect(run.errors.contains("shop.segdb is being changed by process "))
    }
  }

  @Test("What can't be written is read all the same")
  func reading() throws {
    try withWorkspace { folder, run in
      _ = try Program.shell("chmod -R a-w shop.segdb", in: folder)
      defer { _ = try? Program.shell("chmod -R u+w shop.segdb", in: folder) }
      #expect(try run(["shop.segdb", "-c", "select count() from orders"]).code == 0)
    }
  }

  @Test("What is damaged is named, and nothing is answered of it")
  func damage() throws {
    try withWorkspace { folder, run in
      let path = folder.appending(path: "shop.segdb/data/00003.seg")
      var bytes = try Data(contentsOf: path)
      bytes[5000] ^= 1
      try bytes.write(to: path)
      let asked = try run(["shop.segdb", "-c", "select id, email from customers"])
      #expect(asked.code == 1 && asked.output.isEmpty)
      #expect(asked.errors.contains("00003.seg is damaged at byte 0: it holds customers.email"))
      #expect(try run(["shop.segdb", "-c", "select id from customers"]).code == 0)
      let check = try Program.run(["check-store", "shop.segdb"], in: folder)
      #expect(check.code == 1 && check.output.contains("1 place is damaged"))
    }
  }

  @Test("What is damaged is not saved elsewhere, and told by its own name")
  func savingDamage() throws {
    try withWorkspace { folder, run in
      let path = folder.appending(path: "shop.segdb/data/00003.seg")
      var bytes = try Data(contentsOf: path)
      bytes[100] ^= 1
      try bytes.write(to: path)
      let saved = try run(["shop.segdb", "-c", "save 'other.segdb'"])
      #expect(saved.code == 1)
      #expect(
        saved.errors.contains(
          "shop.segdb/data/00003.seg is damaged at byte 0: it holds customers.email"),
        "\(saved.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "other.segdb").path))
    }
  }

  @Test("forget says what it removes, and it is gone")
  func forgetting() throws {
    try withWorkspace { folder, run in
      let forgotten = try run(["shop.segdb", "-c", "forget customer 8"])
      #expect(forgotten.errors.hasPrefix("forgotten: 1 row of customers"))
      let after = try run([
        "shop.segdb", "-c", "select customers where id = 8; select count() from customers",
      ])
      #expect(after.output.hasSuffix("count()\n999\n"))
      #expect(
        try run(["shop.segdb", "-c", "forget customer 8"]).errors.contains(
          "there is no customer '8'"))
    }
  }

  @Test("forget finds the customer in tables that hang on nobody, by id and by email")
  func forgettingLoose() throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let files = [
      // Loaded before the customers, so that nothing links them.
      "visits.csv": "customer_id,page\n1,/home\n2,/secret-2\n1,/cart\n2,/secret-3\n",
      "newsletter.csv": "address,topic\nANNA@example.org,secret-4\nben@example.org,shoes\n",
      "customers.csv": "ID,Name,Email\n1,Ben,ben@example.org\n2,Anna,anna@example.org\n",
      // Guests have no customer, but an email.
      "orders.csv":
        "Order ID,Customer ID,Email,Grand Total\n7,2,x@example.org,1\n8,,Anna@example.org,2\n9,1,b,3\n",
      "items.csv": "Order ID,SKU\n7,secret-5\n8,secret-6\n9,kept\n",
      "notes.csv": "note\nsent to anna@example.org again\nnothing\n",
    ]
    for (name, text) in files {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    let names = ["visits", "newsletter", "customers", "orders", "items", "notes"]
    let loads = names.map { "load '\($0).csv' as \($0)" }.joined(separator: "; ")
    let made = try Program.run(["-c", "\(loads); save 'shop.segdb'"], in: folder)
    #expect(made.code == 0, "\(made)")
    let run = try Program.run(
      ["shop.segdb", "-c", "forget customer 'anna@example.org'"], in: folder)
    #expect(run.code == 0, "\(run)")
    for part in [
      "1 row of customers", "2 rows of visits", "1 row of newsletter", "2 rows of orders",
      "2 rows of items", "1 row of notes still has the email in 'note'",
    ] {
      #expect(run.errors.contains(part), "\(run.errors)")
    }
    let left = try Program.run(
      [
        "shop.segdb", "-c",
        "select customer_id, page from visits; select topic from newsletter; select id from orders; "
          + "select sku from items; select sum(items.order), count(orders) from customers",
      ], in: folder)
    #expect(
      left.output.split(separator: "\n").joined(separator: " ")
        == "customer_id,page 1,/home 1,/cart topic shoes Order ID 9 SKU kept sum(items.order),count(orders) 9,1",
      "\(left)")
    let data = folder.appending(path: "shop.segdb/data")
    for file in try FileManager.default.contentsOfDirectory(atPath: data.path) {
      let bytes = try Data(contentsOf: data.appending(path: file))
      #expect(bytes.range(of: Data("secret-".utf8)) == nil, "\(file)")
    }
  }

  @Test("What is no workspace is told apart")
  func wrong() throws {
    try withWorkspace { folder, run in
      try FileManager.default.createDirectory(
        at: folder.appending(path: "empty.segdb"), withIntermediateDirectories: true)
      #expect(
        try run(["empty.segdb", "-c", "describe"]).errors.contains("empty.segdb is no workspace"))
      #expect(try run(["-c", "save"]).errors.contains("no workspace is open to save into"))
      #expect(
        try run([Program.demo, "-c", "save 'no/shop.segdb'"]).errors.contains("no: No such file"))
    }
  }
}
