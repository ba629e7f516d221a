import Foundation
import SegqTestSupport
import Testing

@Suite("Extracts of a database's segments")
struct AdobeFileTests {
  typealias Node = AdobeNode

  private static let customers = """
    ID,Name,Email,Group,Website
    1,Ann,ann@x.org,General,Main
    2,Bob,bob@x.org,Wholesale,Outlet
    3,Cy,cy@x.org,VIP,Main

    """

  private static func segments(_ rows: [(conditions: String, applyTo: Int)]) -> String {
    var text =
      "segment_id,name,description,is_active,conditions_serialized,processing_frequency,"
      + "condition_sql,apply_to\n"
    for (place, row) in rows.enumerated() {
      let quoted = row.conditions.replacingOccurrences(of: "\"", with: "\"\"")
      text += "\(place + 1),Segment \(place + 1),,1,\"\(quoted)\",1,\\N,\(row.applyTo)\n"
    }
    return text
  }

  private func store(
    _ rows: [(conditions: String, applyTo: Int)], _ files: [String: String] = [:],
    _ body: (URL) throws -> Void
  ) throws {
    let folder = try Program.makeFolder()
    defer { Program.remove(folder) }
    let own = [
      "customers.csv": Self.customers, "customersegment_segment.csv": Self.segments(rows),
    ]
    for (name, text) in own.merging(files, uniquingKeysWith: { $1 }) {
      try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
    }
    try body(folder)
  }

  private static func group(_ value: String, _ condition: String = "==") -> String {
    Node.root("all", "1", [Node("Customer\\Attributes", "group_id", condition, value)]).json
  }

  @Test("Websites, members, groups and visitors are read from the tables beside them")
  func tables() throws {
    let files = [
      "customersegment_website.csv": "segment_id,website_id\n1,1\n1,2\n2,2\n9,1\n",
      "store_website.csv": "website_id,code,name\n0,admin,Admin\n1,base,Main\n2,out,Outlet\n",
      "customer_group.csv":
        "customer_group_id,customer_group_code,tax_class_id\n1,General,3\n2,Wholesale,3\n4,VIP,3\n",
      "customersegment_customer.csv":
        "segment_id,customer_id,added_date,updated_date,website_id\n"
        + "1,1,2026-01-02 03:04:05,2026-01-02 03:04:05,1\n1,1,2026-01-02 03:04:05,2026-01-02 03:04:05,2\n",
    ]
    let rows = [
      (Self.group("1,4"), 1), (Self.group("4", "!="), 1), (Node.root("all", "1", []).php, 2),
    ]
    try store(rows, files) { folder in
      let again = try Program.run(
        [
          ".", "--no-header", "--now", "2026-11-01", "-c",
          "select id, website, customers, freshness, rule from segments", "-c", "refresh all",
          "-c", "select id, customers from segments",
        ], in: folder)
      let parts = again.output.components(separatedBy: "\n\n")
      #expect(
        parts.first == """
          1,"Main, Outlet",1,fresh,"group in ('General', 'VIP')"
          2,Outlet,,unavailable,group != 'VIP'
          3,,0,fresh,true
          """)
      // The second website has one customer; visitors are nobody's customers, whoever the rule finds.
      #expect(parts.last == "1,2\n2,1\n3,0\n")
      #expect(again.code == 0)
      #expect(again.errors.contains("customersegment_website.csv:5: there is no segment '9'"))
    }
  }

  @Test("A table that is not loaded and a condition that is not known make a segment unavailable")
  func unavailable() throws {
    let cart = Node.root(
      "all", "1",
      [
        Node(
          "Product\\Combine\\ListCombine", nil, "==", "shopping_cart", "all",
          [Node("Product\\Attributes", "sku", "==", "A")])
      ])
    let vendor = Node.root(
      "all", "1",
      [
        Node("Customer\\Attributes", "email", "{}", "x.org"),
        Node("!Vendor\\Loyalty\\Points", "points", ">=", "500"),
      ])
    let rows = [(cart.json, 1), (vendor.php, 1), ("{\"type\":\"Mag", 1), (Self.group("1"), 1)]
    try store(rows) { folder in
      let run = try Program.run(
        [
          ".", "--no-header", "-c", "select id, freshness, reason from segments",
          "-c", "describe 2",
        ], in: folder)
      #expect(
        run.output.hasPrefix(
          """
          1,unavailable,"its rule needs cart_items, and these are not loaded"
          2,unavailable,its rule has a condition that segq does not know: Vendor\\Loyalty\\Points points >= 500
          3,unavailable,"its rule has a condition that segq does not know: unreadable, it ends too early (byte 13)"
          4,unavailable,never refreshed

          """), "\(run.output)")
      #expect(
        run.output.contains(
          "rule,fold(email) contains 'x.org' and unknown_condition('Vendor\\\\Loyalty\\\\Points points >= 500')"
        ))
      let warnings = run.errors.split(separator: "\n")
      #expect(
        warnings == [
          "segq: warning: ./customersegment_segment.csv:3: segment 2: segq does not know the condition "
            + "'Vendor\\Loyalty\\Points points >= 500'",
          "segq: warning: ./customersegment_segment.csv:4: segment 3: its conditions can't be read: "
            + "it ends too early (byte 13)",
        ], "\(run.errors)")
      #expect(run.code == 0)

      let refresh = try Program.run([".", "--no-header", "-c", "refresh 2"], in: folder)
      #expect(refresh.code == 1 && refresh.output == "")
      #expect(
        refresh.errors.contains(
          "error: segq does not know the condition 'Vendor\\Loyalty\\Points points >= 500'"))

      let mended = try Program.run(
        [
          ".", "--no-header", "-c", "alter segment 2 as email contains 'x.org' and group = VIP",
          "-c", "refresh 2", "-c", "select id from 2",
        ], in: folder)
      #expect(mended.code == 0 && mended.output.hasSuffix("\n\n3\n"))

      let stop = try Program.run(
        [".", "--on-bad-row", "stop", "-c", "select segments"], in: folder)
      #expect(stop.code == 1 && stop.output == "")
      #expect(stop.errors.contains("customersegment_segment.csv:4: segment 3: its conditions"))
    }
  }

  @Test("Many broken conditions are told five times and counted")
  func many() throws {
    let rows = (0..<9).map { (String(Self.group("1").dropLast($0 + 1)), 1) }
    try store(rows) { folder in
      let run = try Program.run(
        [".", "--no-header", "-c", "select count() from segments"], in: folder)
      #expect(run.output == "9\n")
      #expect(run.errors.components(separatedBy: "can't be read").count == 6)
      #expect(run.errors.contains("9 segments have conditions that did not become rules"))
    }
  }

  @Test("What `describe` shows can be put back, and a workspace keeps it")
  func again() throws {
    let address = Node.root(
      "any", "0",
      [
        Node("Customer\\Attributes", "email", "==", "it's, ${y} \\"),
        Node("Sales\\Ordersnumber", nil, "<", "3", "all"),
      ])
    let orders =
      "Order ID,Customer ID,Purchase Date,Status,Grand Total\n1,1,2026-01-01,complete,5\n"
    try store([(address.json, 1), (address.php, 1)], ["orders.csv": orders]) { folder in
      let shown = try Program.run(
        [".", "--no-header", "-F", "tsv", "-c", "select rule from segments"], in: folder)
      let rules = shown.output.split(separator: "\n").map(String.init)
      try #require(rules.count == 2 && rules[0] == rules[1])
      let run = try Program.run(
        [
          ".", "--no-header", "-c", "refresh 1", "-c", "create segment 'again' as \(rules[0])",
          "-c", "refresh 'again'", "-c", "select count() from 1 - 'again'",
          "-c", "select count() from 'again' - 1", "-c", "save 'x.segdb'",
        ], in: folder)
      #expect(run.code == 0, "\(run.errors)")
      #expect(run.output.hasSuffix("\n\n0\n\n0\n"))
      let kept = try Program.run(
        ["x.segdb", "--no-header", "-F", "tsv", "-c", "select rule from segments"], in: folder)
      #expect(kept.output.split(separator: "\n").map(String.init) == rules + [rules[0]])
    }
  }
}
