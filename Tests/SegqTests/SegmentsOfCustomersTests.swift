import Foundation
import SegqTestSupport
import Testing

/// `count(segments where …)` beside a loop over every customer and each of their segments.
@Suite("Segments of customers")
struct SegmentsOfCustomersTests {
  struct Row: Decodable {
    var id: Int
    var name: String?
    var country: String?
    var website: String?
    var group: String?
    var gender: String?
    var segment: String?
    var status: String?
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let condition: String
    /// What it says of a customer and one of their segments.
    let holds: @Sendable (Row, Row) -> Bool
    var testDescription: String { condition }
  }

  static let cases = [
    Case(condition: "website = customers.website") { customer, segment in
      segment.websites.contains { $0 == customer.website }
    },
    Case(condition: "customers.website = segments.website and status = active") {
      $1.status == "Active" && $1.websites.contains($0.website)
    },
    Case(condition: "website != customers.website or website is null and id < 5") {
      $1.websites.isEmpty && $1.id < 5
        || $0.website != nil && !$1.websites.isEmpty && !$1.websites.contains($0.website)
    },
    Case(condition: "website is null or website == customers.website") {
      $1.websites.isEmpty || $1.websites.contains($0.website)
    },
    Case(condition: "not (website = Outlet or country = FR)") {
      $1.websites.contains("Outlet") == false && $0.country != nil && $0.country != "France"
        && !$1.websites.isEmpty
    },
    Case(condition: "segment = group") { $0.group == $1.segment },
    Case(condition: "group = segment or id = 13") { $0.group == $1.segment || $1.id == 13 },
    Case(condition: "id * 100 > customers.id and id in (1, 2, 3, 4, 5, 7, 8, 9, 10, 12)") {
      $1.id * 100 > $0.id && $1.id <= 12
    },
    Case(condition: "if(gender = female, id < 6, id > 6)") {
      $0.gender == "Female" ? $1.id < 6 : $1.id > 6
    },
    Case(condition: "length(segment) > length(customers.name)") {
      ($1.segment ?? "").count > ($0.name ?? "").count
    },
    Case(condition: "country in (FR, Germany)") { customer, _ in
      ["France", "Germany"].contains(customer.country)
    },
  ]

  @Test("A condition asks the segment and the customer", arguments: cases)
  func counts(_ one: Case) throws {
    let store = try Self.store
    try Self.expect(one.condition, in: store) { one.holds($0, $1) }
  }

  @Test("So it does who else is in the segment, and what else the customer is in")
  func memberships() throws {
    let store = try Self.store
    let other = store.customers.first { store.has($0.id, 5) && store.has($0.id, 8) }
    let id = try #require(other?.id)
    try Self.expect("in 5 and id != 5 and has \(id)", in: store) { customer, segment in
      store.has(customer.id, 5) && segment.id != 5 && store.has(id, segment.id)
    }
  }

  private static func expect(
    _ condition: String, in store: Store, _ holds: (Row, Row) -> Bool
  ) throws {
    let expected = store.customers.map { customer in
      store.segments.filter { store.has(customer.id, $0.id) && holds(customer, $0) }.map(\.id)
    }
    let run = try run(
      "select id, count(segments where \(condition)) as n, exists(segments where \(condition)) as e,"
        + " max(segments.id where \(condition)) as m from customers")
    let lines = run.output.split(separator: "\n").last { $0.hasPrefix("[") } ?? "[]"
    let rows = try JSONDecoder().decode([Figures].self, from: Data(lines.utf8))
    #expect(rows.map(\.n) == expected.map(\.count), "\(run.errors)")
    #expect(rows.map(\.e) == expected.map { !$0.isEmpty })
    #expect(rows.map(\.m) == expected.map { $0.max() })
    #expect(
      expected.contains { !$0.isEmpty } && expected.contains([]), "such a condition says little")
  }

  @Test("In groups each customer counts with their own columns")
  func groups() throws {
    let store = try Self.store
    let run = try Self.run(
      "select country as name, count(segments where website = customers.website) as id"
        + " from customers group by country")
    let rows = try Self.rows(run.output.split(separator: "\n").last { $0.hasPrefix("[") } ?? "[]")
    for row in rows {
      let expected = store.customers.filter { $0.country == row.name }.map { customer in
        store.segments.count {
          store.has(customer.id, $0.id) && $0.websites.contains(customer.website)
        }
      }
      #expect(row.id == expected.reduce(0, +), "\(row.name ?? "")")
    }
    #expect(rows.count > 5)
  }

  struct Figures: Decodable {
    var n: Int
    var e: Bool
    var m: Int?
  }

  struct Store: Sendable {
    var customers: [Row] = []
    var segments: [Row] = []
    var members: [Int: Set<Int>] = [:]

    func has(_ customer: Int, _ segment: Int) -> Bool {
      members[segment]?.contains(customer) ?? false
    }
  }

  /// The demo store, every segment refreshed, read row by row.
  static var store: Store { get throws { try loaded.get() } }
  private static let loaded = Result { try load() }

  private static func load() throws -> Store {
    let ids = try rows(
      try run("select id from segments where freshness != unavailable").output
        .split(separator: "\n").last ?? "[]"
    ).map(\.id)
    let run = try run(
      "select id, name, country, website, group, gender from customers; "
        + "select id, segment, status, website from segments; "
        + ids.map { "select id from \($0)" }.joined(separator: "; "))
    let results = try run.output.split(separator: "\n").suffix(ids.count + 2).map { try rows($0) }
    var store = Store(customers: results[0], segments: results[1])
    for (id, rows) in zip(ids, results.dropFirst(2)) { store.members[id] = Set(rows.map(\.id)) }
    return store
  }

  private static func rows(_ text: Substring) throws -> [Row] {
    try JSONDecoder().decode([Row].self, from: Data(text.utf8))
  }

  private static func run(_ text: String) throws -> Program.Run {
    let run = try Program.run(
      [Program.demo, "--now", "2026-11-24", "-F", "json", "-c", "refresh all", "-c", text])
    #expect(run.code == 0, "\(run.errors)")
    return run
  }
}

extension SegmentsOfCustomersTests.Row {
  fileprivate var websites: [String?] { website?.components(separatedBy: ", ") ?? [] }
}
