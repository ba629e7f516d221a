import Foundation
import SegqTestSupport
import Testing

@Suite("Staleness goes wherever members go")
struct StalenessTests {
  private static let stale = "select id, reason from segments where freshness = stale"

  @Test("A changed rule makes stale whatever is made of it, however far away")
  func chain() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let change = "refresh 7; alter segment 1 as id <= 3; "
    let lines = try shop.lines(change + "select count() from 'B'; " + Self.stale)
    #expect(
      lines.dropFirst() == [
        "2", "1,its rule changed after the last refresh",
        "2,\"segment 1, which its rule names, is stale\"",
        "3,\"segment 2, which its rule names, is stale\"",
        "4,\"segment 1, which its rule reads, was altered later\"",
      ])
    let told = try shop.answer(change + "select count() from 'A'", options: [])
    #expect(told.errors.contains("segment 3 'A' is stale: segment 2, which its rule names"))
  }

  @Test("One 'refresh stale' mends the whole chain, and auto_refresh what an answer needs of it")
  func mending() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let mended = try shop.lines(
      "alter segment 1 as id <= 3; refresh stale; \(Self.stale); select count() from 'A'")
    #expect(mended.last == "3" && !mended.contains { $0.contains("which its rule") }, "\(mended)")
    let first = try shop.lines(
      "alter segment 1 as id <= 3; set auto_refresh = on; select count() from 'A'")
    #expect(first == ["3"])
    let asked = try shop.lines(
      "alter segment 1 as id <= 3; set auto_refresh = on; "
        + "select count() from customers where count(segments where segment = 'B') = 1")
    #expect(asked == ["3"])
  }

  @Test("A refresh that changes nobody leaves those that name the segment fresh")
  func unchanged() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let lines = try shop.lines(
      "refresh 7; alter segment 1 as id <= 2 or id = 1; refresh 1; " + Self.stale)
    #expect(lines.allSatisfy { !$0.contains("B") && !$0.hasPrefix("2,\"") }, "\(lines)")
    #expect(lines.count == 3, "\(lines)")
  }

  @Test("A refresh in the middle of a chain hands on that members have changed")
  func middle() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let lines = try shop.lines(
      "alter segment 1 as id <= 3; refresh 1; refresh 2; select id, reason from segments where id = 3"
    )
    #expect(lines.last == "3,\"segment 2, which its rule names, was refreshed later\"")
  }

  @Test(
    "What asks of all segments is stale when one of them is another",
    arguments: [
      (
        "alter segment 6 set status = inactive",
        "segment 6, which its rule reads, was altered later"
      ),
      ("alter segment 6 rename to 'Y'", "segment 6, which its rule reads, was altered later"),
      ("drop segment 6", "segment 6, which its rule reads, was dropped later"),
      ("refresh 5", "segment 5, which its rule reads, was refreshed later"),
      ("alter segment 1 as id = 1", "segment 1, which its rule reads, was altered later"),
    ])
  func askers(_ change: String, _ reason: String) throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let lines = try shop.lines(
      "refresh 7, 4; \(change); select reason from segments where id = 4")
    #expect(lines.last == "\"\(reason)\"", "\(lines)")
  }

  @Test("A query within a rule asks of all segments too")
  func subquery() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let lines = try shop.lines(
      "create segment 'S' as id <= (select count() from segments where status = active); refresh 'S'; "
        + "alter segment 1 set status = inactive; select reason from segments where segment = 'S'")
    #expect(lines.last == "\"segment 1, which its rule reads, was altered later\"")
  }

  @Test("Members that were added make those stale that name the segment")
  func appended() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    try "Segment ID,Customer ID\n1,3\n".write(
      to: shop.folder.appending(path: "more.txt"), atomically: true, encoding: .utf8)
    let lines = try shop.lines(
      "load 'more.txt' as members append; select id from segments where freshness = stale and id <= 3"
    )
    #expect(lines == ["1", "2", "3"])
  }

  @Test("A segment that comes back by 'undo' knows what was loaded or refreshed meanwhile")
  func undone() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let loaded = try shop.lines(
      "select count() from orders; drop segment 3; load 'orders.csv'; undo; "
        + "select freshness from segments where id = 3")
    #expect(loaded.last == "stale")
    let refreshed = try shop.lines(
      "drop segment 3; alter segment 1 as id <= 3; refresh 1, 2; undo; undo; "
        + "select freshness from segments where id = 3")
    #expect(refreshed.last == "stale")
    let altered = try shop.lines(
      "create segment 'O' as count(orders) > 1; refresh 'O'; alter segment 'O' as count(orders) > 2; "
        + "load 'orders.csv'; undo; select reason from segments where segment = 'O'")
    #expect(altered.last == "orders was loaded later")
    let same = try shop.lines(
      "alter segment 3 as id = 1; undo; select freshness from segments where id = 3")
    #expect(same == ["fresh"])
  }

  @Test("RFM scores are of orders, so that these make a rule over them stale")
  func scores() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let lines = try shop.lines(
      "create segment 'R' as rfm_recency > 3; refresh 'R'; load 'orders.csv'; "
        + "select reason from segments where segment = 'R'")
    #expect(lines.last == "orders was loaded later")
  }

  @Test("Loaded members are of the day on which the last of them was added")
  func added() throws {
    let shop = try SmallShop()
    defer { shop.remove() }
    let question = "select reason from segments where id = 7"
    let reason = "\"its rule counts from today, and its members are of 2026-08-01\""
    #expect(try shop.lines(question, now: "2026-11-29") == [reason])
    let same = "select freshness from segments where id = 7"
    #expect(try shop.lines(same, now: "2026-08-01T23:59") == ["fresh"])
  }

  @Test("Members of which no day is known are of the newest row of the folder")
  func newest() throws {
    let undated = SmallShop.members.split(separator: "\n").map { line in
      line.split(separator: ",").prefix(2).joined(separator: ",") + "\n"
    }.joined()
    let shop = try SmallShop(["members": undated])
    defer { shop.remove() }
    let question =
      "select count() from orders where id > 99; select reason from segments where id = 7"
    let reason = "\"its rule counts from today, and its members are of 2026-08-12\""
    #expect(try shop.lines(question, now: "2026-11-29") == ["0", reason])
    #expect(
      try shop.lines("select freshness from segments where id = 7", now: "2026-04-02") == ["fresh"])
  }
}
