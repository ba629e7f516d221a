import SegqRecords
import Testing

@testable import SegqEngine

/// Ids of any kind, and the links by them.
@Suite struct KeyTests {
  private static func column(_ texts: [String?]) -> ColumnVector {
    ColumnVector(texts.map { $0.map { .text($0) } ?? .null }, type: .text)
  }

  private static func numbers(_ numbers: [Int64?]) -> ColumnVector {
    ColumnVector(numbers.map { $0.map { .integer($0) } ?? .null }, type: .integer)
  }

  private static func table(
    _ name: String, _ columns: [(String, ColumnVector)], id: Int? = 0,
    parent: (Table, LinkKey)? = nil
  ) -> (table: Table, orphans: Int, ambiguous: Int) {
    var builder = TableBuilder(
      name: name,
      columns: columns.map { LoadedColumn(Field(name: $0, header: $0, type: $1.type), $1) })
    builder.idColumn = id
    builder.parent = parent
    let table = builder.build()
    return (table, builder.orphanCount, builder.ambiguousCount)
  }

  private static func texts(_ table: Table, _ column: Int) -> [String] {
    (0..<table.rowCount).map { table.columns[column].values[$0].text(in: .utc) }
  }

  @Test func rowsWithTextIDsLieInTheOrderOfTexts() {
    let ids = ["b-10", "B-9", "a", "é", "b-1", "ZZ", "b-10x", "10", "9"]
    let table = Self.table("customers", [("id", Self.column(ids))]).table
    #expect(
      Self.texts(table, 0) == ids.sorted { TextOrder.precedes($0, $1) })
  }

  @Test(arguments: 1...40)
  func manyTextIDsLieInTheOrderOfTexts(_ seed: UInt64) {
    var random = RowSetTests.Random(state: seed)
    let prefix = ["", "ORD-2024-", "00000000", "Kunde Nr. "][Int(seed % 4)]
    let ids = (0..<Int.random(in: 1...400, using: &random)).map { i in
      prefix
        + String(
          (0..<Int.random(in: 0...12, using: &random)).map { _ in
            "aAbZ09-é".randomElement(using: &random) ?? "a"
          })
    }
    let table = Self.table("t", [("id", Self.column(ids))]).table
    let expected = ids.enumerated().sorted { a, b in
      TextOrder.precedes(a.element, b.element)
        || !TextOrder.precedes(b.element, a.element) && a.offset < b.offset
    }
    #expect(Self.texts(table, 0) == expected.map(\.element))
  }

  @Test func textIDsCompareExactly() {
    let table = Self.table(
      "customers", [("id", Self.column(["ALFKI", "alfki", "007", "7", "ALFKI "]))]
    ).table
    for id in ["ALFKI", "alfki", "007", "7", "ALFKI "] {
      #expect(table.index?.row(of: id).map { table.idText($0) } == id)
    }
    #expect(table.index?.row(of: "Alfki") == nil)
    #expect(table.index?.row(of: "") == nil)
  }

  @Test func numbersAndTextsNameEachOther() {
    let byNumber = Self.table("a", [("id", Self.numbers([17, 5, -3]))]).table
    let found = byNumber.index?.rows(of: Self.column(["17", "017", "5.0", nil, "-3", "x"]))
    #expect(
      found?.map { $0 < 0 ? nil : byNumber.idText(Int($0)) } == ["17", nil, nil, nil, "-3", nil])
    let byText = Self.table("b", [("id", Self.column(["17", "A", "05"]))]).table
    let rows = byText.index?.rows(of: Self.numbers([17, 5, nil]))
    #expect(rows?.map { $0 < 0 ? nil : byText.idText(Int($0)) } == ["17", nil, nil])
  }

  @Test(arguments: 1...20)
  func childrenOfTextIDsAreFoundAsASearchFindsThem(_ seed: UInt64) {
    var random = RowSetTests.Random(state: seed)
    let size = Int.random(in: 1...300, using: &random)
    let ids = (0..<size).map { "C-\($0 * 7 % 1000)-\($0)" }.shuffled(using: &random)
    let keys = (0..<size * 3).map { _ in
      Bool.random(using: &random)
        ? ids.randomElement(using: &random) : [nil, "C-x", ""].randomElement(using: &random) ?? nil
    }
    let customers = Self.table("customers", [("id", Self.column(ids))]).table
    let (orders, orphans, _) = Self.table(
      "orders",
      [("id", Self.numbers((0..<Int64(keys.count)).map { $0 })), ("customer", Self.column(keys))],
      parent: (customers, LinkKey(id: 1)))
    #expect(orphans == keys.count { $0 != nil && !ids.contains($0 ?? "") })
    for row in 0..<customers.rowCount {
      let own = orders.parent?.children(of: row).map { orders.columns[0].values[Int($0)].number }
      let id = customers.idText(row)
      #expect(own == keys.enumerated().filter { $0.element == id }.map { Int64($0.offset) })
    }
  }

  @Test func emailsLinkWithoutRegardToCaseAndBlanks() {
    let customers = Self.table(
      "customers",
      [
        ("id", Self.numbers([1, 2, 3, 4])),
        ("email", Self.column(["ann@x.com", "BÖB@x.com", "two@x.com", "two@x.com"])),
      ]
    ).table
    let emails = ["Ann@X.com ", "böb@X.COM", "two@x.com", "nobody@x.com", nil, ""]
    let (orders, orphans, ambiguous) = Self.table(
      "orders",
      [("id", Self.numbers([1, 2, 3, 4, 5, 6])), ("email", Self.column(emails))],
      parent: (customers, LinkKey(email: 1)))
    let counts = (0..<4).map { orders.parent?.children(of: $0).count }
    #expect(counts == [1, 1, 0, 0])
    #expect(ambiguous == 1)
    #expect(orphans == 3, "two@x.com is ambiguous, nobody@ and the empty text are unknown")
  }

  @Test func anEmailOfSeveralWebsitesGoesByTheWebsite() {
    let customers = Self.table(
      "customers",
      [
        ("id", Self.numbers([1, 2, 3])),
        ("email", Self.column(["a@x.com", "a@x.com", "b@x.com"])),
        ("website", Self.column(["base", "outlet", "base"])),
      ]
    ).table
    let (orders, _, ambiguous) = Self.table(
      "orders",
      [
        ("id", Self.numbers([1, 2, 3, 4])),
        ("email", Self.column(["a@x.com", "a@x.com", "b@x.com", "a@x.com"])),
        ("website", Self.column(["Outlet", nil, "outlet", "base"])),
      ], parent: (customers, LinkKey(email: 1, website: 2)))
    let found = (0..<3).map { customer in
      orders.parent?.children(of: customer).map { orders.columns[0].values[Int($0)].number }
    }
    #expect(found == [[4], [1], []])
    #expect(ambiguous == 1)
  }

  @Test func whereAnIDIsMissingTheEmailCounts() {
    let customers = Self.table(
      "customers",
      [("id", Self.numbers([1, 2])), ("email", Self.column(["a@x.com", "b@x.com"]))]
    ).table
    let (orders, orphans, _) = Self.table(
      "orders",
      [
        ("id", Self.numbers([1, 2, 3])), ("customer", Self.numbers([2, nil, 9])),
        ("email", Self.column(["a@x.com", "a@x.com", "b@x.com"])),
      ], parent: (customers, LinkKey(id: 1, email: 2, matchesGuests: true)))
    let counts = (0..<2).map { orders.parent?.children(of: $0).count }
    #expect(counts == [1, 1], "order 1 names the customer 2, whatever its email is")
    #expect(orphans == 1)
  }

  @Test func identitiesOfTextsAreFoundAgain() {
    let ids = (0..<5000).map { "customer-\($0)" }
    let table = Self.table("customers", [("id", Self.column(ids))]).table
    let identities = table.identities(of: RowSet(ascending: [0, 7, 4999], rowCount: 5000)).ids
    #expect(Set(table.index?.rows(of: identities) ?? []) == [0, 7, 4999])
  }

  @Test func aNameOfSeveralCustomersLinksToNone() {
    let customers = Self.table(
      "customers",
      [("id", Self.numbers([1, 2, 3])), ("name", Self.column(["Ann", "Bob", "Ann"]))]
    ).table
    let (orders, orphans, ambiguous) = Self.table(
      "orders",
      [
        ("id", Self.numbers([1, 2, 3, 4])), ("who", Self.column(["Ann", "Bob", "Cat", nil])),
      ], parent: (customers, LinkKey(id: 1, named: "name")))
    #expect((0..<3).map { orders.parent?.children(of: $0).count } == [0, 1, 0])
    #expect(orphans == 2 && ambiguous == 1, "Ann is two customers, and Cat is none")
  }
}
