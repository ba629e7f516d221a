import SegqCommerce
import Testing

@Suite("Files are judged together")
struct TogetherTests {
  static let customers = glimpse(
    "customers.csv", "ID,Name,Email,Group", "1,Anna Berg,anna@example.org,General",
    "2,Ben Ito,ben@example.org,Retailer")

  @Test(
    "A weaker file takes no kind from a stronger one",
    arguments: [
      glimpse("admins.csv", "id,name,email", "1,Root Admin,root@shop.example"),
      glimpse(
        "abandoned_checkouts.csv", "id,email,name,created_at,total",
        "9,anna@example.org,#9,2024-01-05,3"
      ),
      glimpse(
        "employees.csv", "employeeID,lastName,firstName,title,email",
        "1,Ode,Jo,Clerk,jo@shop.example"),
      glimpse("store.csv", "store_id,code,website_id,group_id,name", "1,default,1,1,Default"),
      glimpse("campaigns.csv", "id,name,status", "1,Spring,active"),
    ])
  func weaker(_ other: FileGlimpse) {
    let name = other.file.dropLast(4)
    #expect(
      tables(other, Self.customers) == ["\(name).csv: \(name)", "customers.csv: customers"])
    let isLikeOrders = name == "abandoned_checkouts"
    let doubt = Recognition.judge([other, Self.customers])[0].doubt
    #expect(doubt?.readings.first?.meaning == (isLikeOrders ? "a table of its own, \(name)" : nil))
  }

  @Test("Addresses with the columns of customers are addresses")
  func addresses() {
    let export = glimpse(
      "address export.csv", "id,customer_id,email,name,city,postcode,country_id",
      "5,1,anna@example.org,Anna Berg,Bonn,53111,DE")
    #expect(
      tables(export, Self.customers)
        == ["address export.csv: addresses", "customers.csv: customers"])
  }

  @Test("Alone and with a name of its own, a file like customers is a question")
  func alone() {
    let admins = glimpse("admins.csv", "id,name,email", "1,Root Admin,root@shop.example")
    let verdict = Recognition.judge([admins])[0]
    #expect(verdict.shape.name == "customers")
    #expect(
      verdict.doubt?.readings.map(\.statement) == [
        "load 'admins.csv' as customers", "load 'admins.csv' as admins",
      ])
    let orders = glimpse("orders.csv", "id,customer_id,total", "1,55,9", "2,56,8", "3,57,7")
    #expect(
      tables(admins, orders) == ["admins.csv: admins", "orders.csv: orders + customers"])
    #expect(
      tables([admins], existing: [ExistingTable(name: "customers")]) == ["admins.csv: admins"])
  }

  @Test("An export without a name is known by its columns, without a question")
  func unnamed() {
    let file = glimpse("export (3).csv", "id,name,email", "1,Anna Berg,anna@example.org")
    #expect(tables(file) == ["export (3).csv: customers"])
    #expect(Recognition.judge([file])[0].doubt == nil)
  }

  @Test("Files of one kind with the same columns are one table in the order of their names")
  func parts() {
    let header = "id,customer_id,created_at,grand_total"
    let one = glimpse("orders_2024.csv", header, "1,1,2024-01-05,9", "2,1,2024-02-05,9")
    let two = glimpse("orders_2025.csv", header, "3,1,2025-01-05,9", "4,2,2025-02-05,9")
    let ten = glimpse("orders_2025_10.csv", header, "7,1,2025-10-05,9")
    let nine = glimpse("orders_2025_9.csv", header, "6,1,2025-09-05,9")
    #expect(
      tables(ten, two, nine, one).sorted() == [
        "orders_2024.csv: orders + customers", "orders_2025.csv: more of orders + customers",
        "orders_2025_10.csv: more of orders + customers",
        "orders_2025_9.csv: more of orders + customers",
      ])
    #expect(
      tables(
        glimpse("visits_2024.csv", "customer_id,page", "1,a"),
        glimpse("visits_2025.csv", "customer_id,page", "2,a"))
        == ["visits_2024.csv: visits", "visits_2025.csv: more of visits"])
  }

  @Test("A second file of a kind with other columns, or with the same ids, is a question")
  func doubts() {
    let header = "id,customer_id,created_at,grand_total"
    let orders = glimpse("orders.csv", header, "1,1,2024-01-05,9", "2,1,2024-02-05,9")
    let copy = glimpse("orders (1).csv", header, "1,1,2024-01-05,9", "2,1,2024-02-05,9")
    let returns = glimpse("returned_orders.csv", header, "5,1,2024-01-05,9")
    for other in [copy, returns] {
      let verdicts = Recognition.judge([other, orders])
      #expect(verdicts.map(\.role) == [.table, .table])
      #expect(verdicts[1].shape.name == "orders" && verdicts[0].shape.name != "orders")
      #expect(
        verdicts[0].doubt?.readings.last?.statement == "load '\(other.file)' as orders append")
    }
  }

  @Test("Another word for a kind and other columns are no question")
  func synonyms() {
    let accounts = glimpse("accounts.csv", "id,country,type,email", "1,DE,bank,x@y.org")
    let verdict = Recognition.judge([accounts, Self.customers])[0]
    #expect(verdict.shape.name == "accounts" && verdict.doubt == nil)
  }

  @Test("Two files with as good a claim are a question, and neither is taken")
  func tie() {
    let one = glimpse("shop_orders.csv", "id,customer_id,total,a", "1,1,9,x")
    let other = glimpse("mall_orders.csv", "id,customer_id,total,b", "1,2,9,y")
    let verdicts = Recognition.judge([one, other])
    #expect(verdicts.map(\.shape.name) == ["shop_orders", "mall_orders"])
    #expect(verdicts.allSatisfy { $0.doubt?.readings.count == 2 })
  }

  @Test("What the user says counts more than anything")
  func chosen() {
    let file = glimpse(
      "orders.csv", "key,who,n", "1,7,3",
      choice: .init(table: "visits", columns: ["customer": "who"]))
    let shape = Recognition.judge([file])[0].shape
    #expect(shape.name == "visits" && shape.linkWords == ["customer → customers"])
    let chosen = glimpse(
      "x.csv", "key,who,cash", "1,7,3",
      choice: .init(table: "orders", columns: ["id": "KEY", "customer": "who", "total": "cash"]))
    let orders = Recognition.judge([chosen])[0]
    #expect(orders.shape.columns.map(\.name) == ["id", "customer", "total"])
    #expect(orders.certainty == .chosen && orders.reason.hasPrefix("loaded as orders"))
  }

  @Test("Choices are kept by the headers, whatever their order and case")
  func fingerprints() {
    let one = glimpse("a.csv", "Order ID,Total"), other = glimpse("b.csv", "total,order_id")
    #expect(one.fingerprint == other.fingerprint)
    #expect(one.fingerprint != glimpse("c.csv", "Order ID,Totals").fingerprint)
  }

  @Test(
    "Files that are loaded into a store are linked to its tables, and take none by their columns")
  func existing() {
    let store = [
      ExistingTable(name: "customers", ids: ["1", "2"]), ExistingTable(name: "stores", ids: ["7"]),
    ]
    let visits = glimpse("visits.csv", "id,user_id,store_id,page", "9,1,7,home")
    let shape = Recognition.judge([visits], existing: store)[0].shape
    #expect(shape.linkWords == ["user_id → customers", "store_id → stores"])
    let orders = glimpse("orders.csv", "id,customer_id,total", "1,1,9")
    #expect(tables([orders], existing: store) == ["orders.csv: orders"])
  }

  @Test("Ids of letters link without a telling header; numbers that happen to agree do not")
  func values() {
    let customers = glimpse(
      "customers.csv", "id,name,email", "ALFKI,A B,a@b.org", "ANATR,C D,c@d.org",
      "AROUT,E F,e@f.org")
    let calls = glimpse("calls.csv", "who,minutes", "ALFKI,1", "AROUT,2", "ANATR,3")
    #expect(Recognition.judge([customers, calls])[1].shape.linkWords == ["who → customers"])
    let numbered = glimpse(
      "customers.csv", "id,name,email", "1,A B,a@b.org", "2,C D,c@d.org", "3,E F,e@f.org")
    let rooms = glimpse("rooms.csv", "floor,beds", "1,1", "2,2", "3,3")
    #expect(Recognition.judge([numbered, rooms])[1].shape.linkWords == [])
  }

  @Test("A header that another table's ids have is a link to it, unless all ids are called so")
  func sameHeader() {
    let files = [
      glimpse("people.csv", "uid,mail", "1,a@b.org", "2,c@d.org"),
      glimpse(
        "sessions.csv", "session,uid,started", "s1,1,2024-01-05 10:00:00",
        "s2,2,2024-01-05 11:00:00"),
      glimpse("rooms.csv", "id,floor", "1,2"), glimpse("chairs.csv", "id,color", "1,red"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(shapes.map(\.name) == ["customers", "sessions", "rooms", "chairs"])
    #expect(shapes.map(\.linkWords) == [[], ["uid → customers"], [], []])
    #expect(shapes[1].idColumn == 0)
  }

  @Test("Of tables that name each other, the one with many rows belongs to the other")
  func circles() {
    let files = [
      glimpse("payouts.csv", "id,balance_transaction_id", "p1,t3", "p2,t4"),
      glimpse("balance_transactions.csv", "id,payout_id", "t1,p1", "t2,p1", "t3,p1", "t4,p2"),
      glimpse("a.csv", "id,b_id", "1,1"), glimpse("b.csv", "id,c_id", "1,1"),
      glimpse("c.csv", "id,a_id", "1,1"),
    ]
    for files in [files, files.reversed()] {
      let shapes = Recognition.judge(files).map(\.shape)
      let links = Dictionary(uniqueKeysWithValues: shapes.map { ($0.name, $0.links.map(\.table)) })
      #expect(links["payouts"] == [] && links["balance_transactions"] == ["payouts"])
      #expect(["a", "b", "c"].compactMap { links[$0]?.count }.reduce(0, +) == 2)
    }
  }

  @Test("A customer column with names is a name; with emails it links by them")
  func customerNames() {
    let named = glimpse("orders.csv", "id,customer,total", "1,Anna Berg,9", "2,Ben Ito,8")
    #expect(Recognition.judge([Self.customers, named])[1].shape.linkWords == [])
    let mailed = glimpse("orders.csv", "id,email,total", "1,anna@example.org,9")
    #expect(
      Recognition.judge([Self.customers, mailed])[1].shape.linkWords
        == ["email → customers by email"])
  }

  @Test("The reason is a sentence a user understands")
  func reasons() {
    let verdicts = Recognition.judge([
      Self.customers, glimpse("sales_order.csv", "entity_id,customer_id,grand_total", "1,1,9"),
      glimpse("admins.csv", "id,name,email", "1,Root Admin,root@shop.example"),
      glimpse("visits.csv", "customer_id,page", "1,home"),
    ])
    #expect(
      verdicts.map(\.reason) == [
        "named customers.csv; ID, Name, Email and Group match",
        "named sales_order.csv; entity_id, customer_id and grand_total match",
        "a table of its own; customers.csv is customers",
        "a table of its own; customer_id links it to customers",
      ])
  }

  @Test("Files without columns are skipped, with the reason")
  func leftOut() {
    let verdict = Recognition.judge([FileGlimpse(file: "x.csv", header: [])])[0]
    #expect(verdict.role == .leftOut && verdict.reason == "skipped: it has no columns")
  }
}
