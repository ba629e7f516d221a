import SegqTestSupport
import Testing

@Suite("Segments of a website")
struct WebsiteScopeTests {
  private static let scoped =
    "ID,Segment,Status,Website,Rule\n1,Main,Active,Main,id > 0\n2,All,Active,,id > 0\n3,Use,Active,,in 1\n"

  private static func customers(_ websites: [String]?) -> String {
    "ID,Email" + (websites == nil ? "" : ",Website") + "\n"
      + (1...9).map { id in
        "\(id),c\(id)@x.com" + (websites.map { "," + $0[id % $0.count] } ?? "") + "\n"
      }
      .joined()
  }

  @Test(
    "Where customers do not tell their websites, the segment is unavailable, with the reason",
    arguments: [
      (nil, "customers have no column 'website'"), ([""], "no customer has a website"),
      (["1", "2"], "customers have the ids of websites, and not their names"),
    ] as [([String]?, String)])
  func unknown(_ websites: [String]?, _ reason: String) throws {
    let shop = try SmallShop([
      "customers": Self.customers(websites), "segments": Self.scoped, "members": "", "orders": "",
    ])
    defer { shop.remove() }
    let grid = try shop.lines("select freshness, reason from segments where id = 1")
    #expect(grid == ["unavailable,\"it covers the website 'Main', and \(reason)\""])
    for statement in [
      "drill 1", "refresh 1", "select count() from 1 + 2", "refresh 2; select customers where in 1",
      "refresh 3",
    ] {
      let run = try shop.answer(statement)
      #expect(run.code == 1 && run.errors.contains(reason), "\(statement) \(run)")
    }
    let why = try shop.lines("why 1 in 1")
    #expect(why.contains { $0.contains(reason) }, "\(why)")
    let told = try shop.answer("describe 1", options: [])
    #expect(told.output.contains(reason))
    #expect(try shop.lines("refresh 2; select count() from 2").last == "9")
    #expect(
      try shop.lines("alter segment 1 set website = all; refresh 1; select count() from 1").last
        == "9")
  }

  @Test("The ids of websites in a segment tell nothing of customers that have names")
  func ids() throws {
    let segments = Self.scoped.replacing("Active,Main", with: "Active,1")
    let shop = try SmallShop([
      "customers": Self.customers(["Main", "B2B"]), "segments": segments, "members": "",
    ])
    defer { shop.remove() }
    let run = try shop.answer("refresh 1")
    #expect(run.code == 1 && run.errors.contains("customers have the names of websites, such as"))
  }

  @Test("Customers without a website are of none; a website without customers is empty")
  func known() throws {
    let shop = try SmallShop([
      "customers": Self.customers(["Main", "", "B2B"]), "segments": Self.scoped, "members": "",
    ])
    defer { shop.remove() }
    #expect(try shop.lines("refresh 1; select count() from 1").last == "3")
    #expect(
      try shop.lines(
        "create segment 'O' for 'Outlet' as id > 0; refresh 'O'; select count() from 'O'"
      )
      .last == "0")
  }

  @Test("Members that were loaded are known all the same")
  func loaded() throws {
    let shop = try SmallShop([
      "customers": Self.customers(nil), "segments": Self.scoped,
      "members": "Segment ID,Customer ID\n1,1\n",
    ])
    defer { shop.remove() }
    #expect(try shop.lines("select freshness, customers from segments where id = 1") == ["fresh,1"])
    let run = try shop.answer("refresh 1")
    #expect(run.code == 1 && run.errors.contains("segment 1 'Main' can't be refreshed"))
    let drift = try shop.answer("drift 1")
    #expect(drift.code == 1 && drift.errors.contains("cannot be evaluated"))
  }
}
