import SegqCommerce
import Testing

@Suite("The order of files and columns and the alphabet decide nothing")
struct OrderOfFilesTests {
  static let shop = [
    glimpse(
      "customers.csv", "ID,Name,Email,Group", "1,Anna Berg,anna@example.org,General",
      "2,Ben Ito,ben@example.org,General"),
    glimpse("admins.csv", "id,name,email", "1,Root Admin,root@shop.example"),
    glimpse(
      "sales_order.csv",
      "entity_id,increment_id,customer_id,created_at,grand_total,base_grand_total",
      "12,000000012,1,2024-01-05,11,10"),
    glimpse(
      "sales_order_item.csv",
      "item_id,order_id,product_id,parent_item_id,sku,qty_ordered,row_total", "1,12,11,,A,1,10"),
    glimpse("campaigns.csv", "id,name,status", "1,Spring,active"),
    glimpse("segments.csv", "ID,Segment,Status,Rule", "1,VIP,Active,count(orders) > 1"),
    glimpse("members.csv", "Segment ID,Customer ID", "1,1"),
    glimpse("visits.csv", "account_id,customer_id,page,seen_at", "2,1,home,2024-01-05"),
    glimpse("store.csv", "store_id,code,name,website_id", "1,default,Default,1"),
    glimpse("catalog_product_entity.csv", "entity_id,sku,type_id", "11,A,simple"),
    glimpse(
      "returned_orders.csv", "id,customer_id,created_at,reason,grand_total",
      "12,1,2024-02-05,late,10"),
  ]

  /// What a verdict says, but for the order of columns.
  private static func words(_ verdict: Verdict) -> String {
    let shape = verdict.shape
    let columns = shape.columns.map { "\($0.name) \($0.header) \($0.kind)" }.sorted()
    let links = shape.links.map { "\(shape.columns[$0.column].header) \($0.table) \($0.key)" }
    return """
      \(shape.name) \(verdict.role) \(verdict.certainty) \(columns) \(links.sorted()) \
      \(shape.idColumn.map { shape.columns[$0].header } ?? "-") \
      \(shape.dateColumn.map { shape.columns[$0].header } ?? "-") \(verdict.reason) \
      \(verdict.doubt?.question ?? "")
      """
  }

  private static func judged(_ files: [FileGlimpse]) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: zip(files.map(\.file), Recognition.judge(files).map(words)))
  }

  @Test("Shuffling files and columns changes no verdict", arguments: 0..<25)
  func shuffled(_ seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let files = Self.shop.shuffled(using: &random).map { file in
      let order = file.header.indices.shuffled(using: &random)
      return FileGlimpse(
        file: file.file, sheet: file.sheet, header: order.map { file.header[$0] },
        sample: order.map { file.sample[$0] }, isWhole: file.isWhole, isReport: file.isReport,
        choice: file.choice)
    }
    let (one, other) = (Self.judged(Self.shop), Self.judged(files))
    for (name, words) in one { #expect(other[name] == words) }
  }

  @Test("A table of its own is one by any other name", arguments: 0..<20)
  func renamed(_ seed: Int) {
    var random = SplitMix(state: UInt64(seed))
    let letters = Array("abcdefghijklmnopqrsuxyz")
    func name() -> String { String((0..<9).map { _ in letters.randomElement(using: &random)! }) }
    let own = ["admins", "campaigns", "visits"]
    var names: [String: String] = [:]
    let files = Self.shop.map { file in
      var file = file
      let stem = String(file.file.dropLast(4))
      if own.contains(stem) { file.file = name() + ".csv" }
      names[String(stem)] = String(file.file.dropLast(4))
      return file
    }
    let verdicts = Recognition.judge(files)
    for (before, after) in zip(Recognition.judge(Self.shop), verdicts) {
      #expect(
        after.shape.name
          == (own.contains(before.shape.name) ? names[before.shape.name] : before.shape.name))
      #expect(after.shape.linkWords == before.shape.linkWords)
    }
  }

  @Test(
    "A table that has nothing to do with the others changes none of their verdicts",
    arguments: [
      glimpse("aaa.csv", "day,temperature", "2024-01-05,7"),
      glimpse("zzz.csv", "id,label", "1,x", "2,y"),
      glimpse("weather_customers_like.csv", "day,degrees", "2024-01-05,7"),
      glimpse(
        "employees.csv", "employee_id,first_name,last_name,email", "7,Jo,Ode,jo@shop.example"),
      glimpse(
        "sales_invoice.csv", "entity_id,order_id,grand_total,created_at,base_grand_total",
        "3,12,11,2024-01-06,10"),
      glimpse(
        "reviews.csv", "review_id,order_id,customer_id,stars,created_at", "5,12,1,4,2024-01-07"),
    ])
  func unrelated(_ other: FileGlimpse) {
    let (one, more) = (Self.judged(Self.shop), Self.judged(Self.shop + [other]))
    for (name, words) in one { #expect(more[name] == words) }
    #expect(more[other.file]?.hasPrefix(String(other.file.dropLast(4))) ?? false)
  }

  @Test("Odd headers are columns all the same")
  func odd() {
    let shape = Recognition.judge([
      FileGlimpse(file: "visits.csv", header: ["", "Page, title", "page title", "ID", "id", "日本"])
    ])[0].shape
    #expect(
      shape.columns.map(\.name) == ["column", "page_title", "page_title_2", "id", "id_2", "日本"])
    #expect(shape.columns.map(\.header) == ["", "Page, title", "page title", "ID", "id", "日本"])
    #expect(Set(shape.columns.map(\.name)).count == 6)
  }

  private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var z = state
      z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
      z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
      return z ^ (z >> 31)
    }
  }
}
