import Foundation
import SegqTestSupport
import Testing

@Suite("Rules of an Adobe database over what its tables hold")
struct AdobeDatabaseTests {
  private typealias Node = AdobeNode

  /// Segments of one condition each, by name, with the websites of the first.
  private static func shop(
    _ conditions: [(name: String, node: AdobeNode)], customers: String,
    websites: String = "1,1\n", others: [String: String] = [:]
  ) throws -> URL {
    let folder = try Program.makeFolder()
    func write(_ name: String, _ text: String) throws {
      try text.write(
        to: folder.appending(path: name + ".csv"), atomically: true, encoding: .utf8)
    }
    let rows = conditions.enumerated().map { place, condition in
      let json = Node.root("all", "1", [condition.node]).json
      let quoted = json.replacingOccurrences(of: "\"", with: "\"\"")
      return "\(place + 1),\(condition.name),1,\"\(quoted)\",1\n"
    }
    try write(
      "magento_customersegment_segment",
      "segment_id,name,is_active,conditions_serialized,apply_to\n" + rows.joined())
    try write("customersegment_website", "segment_id,website_id\n" + websites)
    try write("customer_entity", customers)
    for (name, text) in others { try write(name, text) }
    return folder
  }

  private static func run(_ folder: URL, _ statements: String) throws -> Program.Run {
    try Program.run([".", "-q", "--no-header", "-c", statements], in: folder)
  }

  private static let people = """
    entity_id,website_id,email,group_id,created_at,firstname,gender
    1,1,a@x,1,2026-01-01 10:00:00,André,1
    2,1,b@x,1,2026-01-01 10:00:00,Bea,2
    3,1,c@x,2,2026-01-01 10:00:00,ANDRE,
    4,2,d@x,,2026-01-01 10:00:00,Dan,1
    5,2,e@x,,2026-01-01 10:00:00,Eve,
    6,2,f@x,,2026-01-01 10:00:00,Fay,
    7,2,g@x,,2026-01-01 10:00:00,Gil,
    8,2,h@x,,2026-01-01 10:00:00,Hal,2

    """

  @Test("Codes stay codes where some customers have none: a null is no label")
  func nullIsNoLabel() throws {
    // Eight rows, so that the column is one of codes into a dictionary.
    for gender in ["1", "2"] {
      let folder = try Self.shop(
        [
          ("Gender", Node("Customer\\Attributes", "gender", "==", gender)),
          ("Group", Node("Customer\\Attributes", "group_id", "==", "2")),
        ], customers: Self.people)
      defer { Program.remove(folder) }
      let found = try Self.run(
        folder, "select rule from segments; refresh all; drill 1 | cut -d, -f1")
      #expect(
        found.output.hasPrefix("gender = '\(gender)'\ngroup = '2'\n"), "\(found)")
      #expect(found.output.hasSuffix("\n\(gender)\n"), "\(found)")
    }
  }

  @Test("Words stay words, and empty texts beside codes are no words")
  func labels() throws {
    let words = Self.people.replacingOccurrences(of: ",1\n", with: ",Male\n")
      .replacingOccurrences(of: ",2\n", with: ",Female\n")
    let empty = Self.people.replacingOccurrences(of: "ANDRE,\n", with: "ANDRE,\"\"\n")
    for (customers, rule) in [(words, "gender = 'Male'"), (empty, "gender = '1'")] {
      let folder = try Self.shop(
        [("Gender", Node("Customer\\Attributes", "gender", "==", "1"))], customers: customers)
      defer { Program.remove(folder) }
      #expect(try Self.run(folder, "select rule from segments").output == rule + "\n")
    }
  }

  @Test(
    "Texts compare as MySQL's collation compares them",
    arguments: [
      (AdobeNode("Customer\\Attributes", "firstname", "==", "Andre"), "1\n3\n"),
      (AdobeNode("Customer\\Attributes", "firstname", "!=", "andré"), "2\n"),
      (AdobeNode("Customer\\Attributes", "firstname", "{}", "NDRÈ"), "1\n3\n"),
      (AdobeNode("Customer\\Attributes", "firstname", "!{}", "ndre"), "2\n"),
      (AdobeNode("Customer\\Attributes", "firstname", "==", "bèa, andre"), "1\n2\n3\n"),
    ])
  func collation(_ node: AdobeNode, _ members: String) throws {
    let folder = try Self.shop([("Name", node)], customers: Self.people)
    defer { Program.remove(folder) }
    let found = try Self.run(folder, "refresh 1; select id from 1")
    #expect(found.output.components(separatedBy: "\n\n").last == members, "\(found)")
  }

  private static let balances = """
    balance_id,customer_id,website_id,amount,base_currency_code
    1,1,1,60.0000,USD
    2,2,2,70.0000,USD
    3,3,1,20,USD

    """

  @Test(
    "Store credit counts on the websites of the segment",
    arguments: [
      ("1,1\n", "1\n"), ("1,2\n", ""), ("1,1\n1,2\n", "1\n2\n"), ("", "1\n2\n"),
    ])
  func credit(_ websites: String, _ members: String) throws {
    let onOne = Self.people.replacingOccurrences(of: "4,2", with: "4,1")
    let names = "website_id,code,name\n0,admin,Admin\n1,base,Main\n2,b2b,Business\n"
    for store in [[:], ["store_website": names]] {
      let folder = try Self.shop(
        [("Credit", Node("Customer\\Storecredit", nil, ">=", "50"))], customers: onOne,
        websites: websites,
        others: store.merging(["magento_customerbalance": Self.balances]) { $1 })
      defer { Program.remove(folder) }
      let found = try Self.run(folder, "refresh 1; select id from 1")
      #expect(found.output.hasSuffix("\n\n" + members), "\(found)")
    }
  }
}
