import Foundation
import SegqTestSupport
import Testing

@Suite("What refreshes changed can be asked for") struct GrowthTests {
  /// Statements that run one after the other on the same workspace, each on a day of its own.
  private func withHistory(_ body: (URL, (String, String) throws -> Program.Run) throws -> Void)
    throws
  {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let run: (String, String) throws -> Program.Run = { day, statements in
      try Program.run(
        ["shop.segdb", "--now", day + "T12:00", "--no-header", "--quiet", "-c", statements],
        in: folder)
    }
    let saved = try Program.run([Program.demo, "-c", "save 'shop.segdb'"], in: folder)
    #expect(saved.code == 0)
    for (day, rule) in [
      ("2026-11-01", "id < 200"), ("2026-11-03", "id > 100 and id < 300"),
      ("2026-11-05", "id > 100 and id < 250"),
    ] {
      let made = try run(day, "create or replace segment 'G' as \(rule); refresh 'G'")
      #expect(made.code == 0, "\(made.errors)")
    }
    try body(folder, run)
  }

  private func ids(_ condition: String) throws -> String {
    try Program.run([
      Program.demo, "--no-header", "-c", "select id from customers where \(condition)",
    ])
    .output
  }

  private func count(_ condition: String) throws -> Int {
    try ids(condition).split(separator: "\n").count
  }

  @Test("growth has a row for each refresh, oldest first, and takes clauses and formats")
  func rows() throws {
    let (a, b) = (try count("id < 200"), try count("id > 100 and id < 300"))
    let (joined, left) = (try count("id >= 200 and id < 300"), try count("id <= 100"))
    let last = try count("id > 100 and id < 250")
    try withHistory { _, run in
      let rows = [
        "2026-11-01 12:00:00,\(a),\(a),0,\(a)\n",
        "2026-11-03 12:00:00,\(b),\(joined),\(left),\(joined - left)\n",
        "2026-11-05 12:00:00,\(last),0,\(b - last),\(last - b)\n",
      ]
      #expect(try run("2026-11-06", "growth 'G'").output == rows.joined())
      #expect(
        try run("2026-11-06", "growth 'G' where left > 0 order by when desc").output
          == rows[2] + rows[1])
      #expect(try run("2026-11-06", "growth 'G' limit 1").output == rows[0])
      #expect(try run("2026-11-06", "growth 'G' as chart").output.contains("customers"))
      let json = try run("2026-11-06", "growth 'G' limit 1 as json").output
      #expect(json.replacingOccurrences(of: " ", with: "").contains("\"joined\":\(a),"))
    }
  }

  @Test("Who was in, who joined and who left is told from what changed")
  func past() throws {
    let questions = [
      ("as of 2026-11-01", "id < 200"), ("as of 2026-11-02", "id < 200"),
      ("as of 2026-11-03", "id > 100 and id < 300"), ("as of '2026-11-03 11:59'", "id < 200"),
      ("as of 2026-11", "id > 100 and id < 250"), ("as of now", "id > 100 and id < 250"),
      ("joined since 2026-11-02", "id >= 200 and id < 250"),
      ("joined since -3d", "id >= 200 and id < 250"), ("joined since 2026-11-04", "id < 0"),
      ("joined since '2026-11-01 12:00:00'", "id >= 200 and id < 250"),
      ("left since 2026-11-02", "id <= 100"), ("left since 2026-11-04", "id >= 250 and id < 300"),
      ("as of 2026-11-02 where id > 150", "id > 150 and id < 200"),
      ("as of 2026-11-03 - 1d", "id < 200"),
    ]
    try withHistory { _, run in
      for (history, condition) in questions {
        let found = try run("2026-11-06", "drill 'G' \(history) to 'x.csv'; select id from _")
        #expect(try found.code == 0 && found.output == ids(condition), "\(history)")
      }
    }
  }

  @Test("Segments that are combined are combined as they were")
  func combined() throws {
    try withHistory { _, run in
      let found = try run(
        "2026-11-06",
        """
        create segment 'H' as id < 20
        refresh 'H'
        drill 'G' - 'H' as of 2026-11-06 to 'x.csv'
        let day = 2026-11-02
        drill 'G' & 'G' as of $day to 'x.csv'
        select id from _
        """)
      #expect(try found.output.hasSuffix(ids("id < 200")))
      let early = try run("2026-11-06", "drill 'G' + 'H' as of 2026-11-02")
      #expect(early.code == 1 && early.errors.contains("segment 22 'H' is known from 2026-11-06"))
    }
  }

  @Test("Before what is known nobody knows, and the way out is right")
  func before() throws {
    try withHistory { _, run in
      for history in ["as of 2026-10", "joined since 2026-11-01", "left since -1y"] {
        let refused = try run("2026-11-06", "drill 'G' \(history)")
        #expect(refused.code == 1)
        #expect(
          refused.errors.contains("error: who was in segment 21 'G' is known from 2026-11-01 12:00")
        )
        let words = history.split(separator: " ").prefix(2).joined(separator: " ")
        #expect(refused.errors.contains("help: write \(words) '2026-11-01 12:00:00', or a later"))
        #expect(try run("2026-11-06", "drill 'G' \(words) '2026-11-01 12:00:00'").code == 0)
      }
    }
  }

  @Test("why says since when a customer is a member")
  func since() throws {
    try withHistory { _, run in
      func why(_ id: Int) throws -> String { try run("2026-11-06", "why \(id) in 'G'").output }
      let joined = try count("id = 220") == 1 ? 220 : 221
      #expect(try why(joined).contains("a member since 2026-11-03 12:00:00, as refreshed"))
      let stayed = try count("id = 150") == 1 ? 150 : 151
      #expect(try why(stayed).contains("a member since before 2026-11-01 12:00:00, as refreshed"))
      let left = try count("id = 270") == 1 ? 270 : 271
      #expect(try why(left).contains("no member since 2026-11-05 12:00:00, as refreshed"))
    }
  }

  @Test("undo brings back the growth of a dropped segment, and takes that of a created one along")
  func undoing() throws {
    try withHistory { _, run in
      let before = try run("2026-11-06", "growth 'G'").output
      #expect(try run("2026-11-07", "drop segment 'G'; undo; growth 'G'").output == before)
      #expect(try run("2026-11-08", "growth 'G'").output == before)
      let made = try run(
        "2026-11-08",
        "create segment 'N' as id < 9; refresh 'N'; undo; create segment 'N' as id < 5; growth 'N'")
      #expect(made.code == 0 && made.output.split(separator: "\n").count == 1)
    }
  }

  @Test("Customers who are customers no longer are counted, and those who are forgotten are not")
  func gone() throws {
    try withHistory { folder, run in
      let member = try #require(ids("id < 200").split(separator: "\n").last)
      #expect(try run("2026-11-06", "forget customer \(member)").code == 0)
      let rest = try run(
        "2026-11-06", "drill 'G' as of 2026-11-02 to 'x.csv'; select count() from _")
      #expect(try rest.output == "\(count("id < 200") - 1)\n" && rest.errors.isEmpty)
      // All customers but one, loaded anew.
      let next = try run("2026-11-06", "select min(id) from 2").output.dropLast()
      let copy = folder.appending(path: "copy")
      try FileManager.default.copyItem(atPath: Program.demo, toPath: copy.path)
      let file = copy.appending(path: "customers.csv")
      let lines = try String(contentsOf: file, encoding: .utf8).components(separatedBy: "\n")
      try lines.filter { !$0.hasPrefix("\(next),") }.joined(separator: "\n").write(
        to: file, atomically: true, encoding: .utf8)
      let later = try run(
        "2026-11-07", "load 'copy'; growth 2")
      #expect(later.code == 0, "\(later.errors)")
      #expect(later.output.contains("\n2026-11-07 12:00:00,") && later.output.contains(",0,1,-1\n"))
      let past = try Program.run(
        ["shop.segdb", "--now", "2026-11-08", "-c", "drill 2 as of 2026-11-06 to 'x.csv'"],
        in: folder)
      #expect(past.errors.contains("note: 1 more was in, and is no longer among the customers"))
    }
  }

  @Test("A refresh that is cut short, or whose workspace can't be written, leaves no step")
  func failing() throws {
    try withHistory { folder, run in
      let before = try run("2026-11-06", "growth 'G'").output
      let failed = try run("2026-11-07", "alter segment 'G' as id / 'x' > 2; refresh 'G'")
      #expect(failed.code != 0)
      #expect(try run("2026-11-08", "growth 'G'").output == before)
    }
  }

  /// Customers 1 to 9; of segment 1 those up to 6, added on different days; of segment 2 all on one.
  private func withAdded(_ body: (URL, (String) throws -> Program.Run) throws -> Void) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let store = folder.appending(path: "store")
    try FileManager.default.createDirectory(at: store, withIntermediateDirectories: true)
    func write(_ name: String, _ lines: [String]) throws {
      try (lines.joined(separator: "\n") + "\n").write(
        to: store.appending(path: name), atomically: true, encoding: .utf8)
    }
    try write("customers.csv", ["ID,Email"] + (1...9).map { "\($0),c\($0)@example.com" })
    try write("segments.csv", ["ID,Segment,Status,Rule", "1,A,Active,id < 8", "2,B,Active,id < 3"])
    try write(
      "members.csv",
      [
        "Segment ID,Customer ID,Added,Website ID", "1,1,2026-01-05,1", "1,2,2026-01-05,1",
        "2,1,2026-03-01,1", "1,3,2026-02-01,1", "1,1,2026-02-03,2", "1,4,,1", "1,5,2026-02-28,1",
        "1,6,2026-02-28,1", "2,2,2026-03-01,1",
      ])
    try body(folder) { statements in
      try Program.run(
        [
          "store", "--now", "2026-03-10T12:00", "--timezone", "UTC", "--no-header", "-c",
          statements,
        ],
        in: folder)
    }
  }

  @Test(
    "When each member was added comes from the file of members, kept or not",
    arguments: [false, true])
  func added(isKept: Bool) throws {
    try withAdded { folder, run in
      func ask(_ statements: String) throws -> Program.Run {
        guard isKept else { return try run(statements) }
        return try Program.run(
          [
            "s.segdb", "--now", "2026-03-10T12:00", "--timezone", "UTC", "--no-header", "-c",
            statements,
          ], in: folder)
      }
      if isKept { #expect(try run("save 's.segdb'").code == 0) }
      for (since, wanted) in [
        ("2026-02", "3 5 6"), ("2026-01-05", "1 2 3 5 6"), ("2025", "1 2 3 5 6"),
        ("2026-02-28", "5 6"), ("2026-03", ""),
      ] {
        let run = try ask("drill 1 joined since \(since) to 'x.csv'; select id from _")
        let ids = run.output.split(separator: "\n").joined(separator: " ")
        #expect(ids == wanted, "since \(since): \(run.errors)")
      }
      #expect(
        try ask("growth 1").output == """
          2026-01-05 00:00:00,,2,,
          2026-02-01 00:00:00,,1,,
          2026-02-28 00:00:00,,2,,
          2026-02-28 00:00:00,6,,,

          """)
      #expect(try ask("growth 2").output == "2026-03-01 00:00:00,2,,,\n")
      #expect(
        try ask("why 1 in 1").output.contains(
          "a member since 2026-01-05, as refreshed 2026-02-28, and the rule"))
      #expect(try ask("why 'C5@example.com' in 1").output.contains("a member since 2026-02-28"))
      #expect(try !ask("why 4 in 1").output.contains("since"))
      let early = try ask("drill 1 as of 2026-02")
      #expect(early.output.split(separator: "\n").count == 6)
      let refused = try ask("drill 1 as of 2026-02-01")
      #expect(refused.code == 1 && refused.errors.contains("is known from 2026-02-28 00:00:00 on"))
      let refreshed = try ask(
        "refresh 1; drill 1 joined since 2026-02 to 'x.csv'; select id from _; growth 1")
      #expect(refreshed.output.contains("\n\n3\n5\n6\n7\n\n2026-01-05"), "\(refreshed.output)")
      let forgotten = try ask(
        isKept ? "forget customer 5; growth 1 limit 3" : "growth 1 limit 3")
      #expect(
        forgotten.output.hasSuffix("2026-02-28 00:00:00,,\(isKept ? 1 : 2),,\n"),
        "\(forgotten.output) \(forgotten.errors)")
    }
  }
}
