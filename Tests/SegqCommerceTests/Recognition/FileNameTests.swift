import SegqCommerce
import Testing

@Suite("A file is recognised by its name first")
struct FileNameTests {
  static let orders = "id,customer_id,created_at,status,grand_total"

  @Test(
    "Prefixes, years, copies, plurals and capitals do not hide what it holds",
    arguments: [
      "orders", "order", "Orders", "sales_order", "m2_sales_order", "raw_orders", "orders_2024",
      "sales_order_2024-01-31", "orders (1)", "copy of orders", "Orders export", "shop1_orders",
      "OrdersExport", "acme_sales_order", "stripe-orders", "sales_flat_order", "orders2024",
      "sales_order_grid", "2024-Q1 orders", "fct_orders", "olist_orders_dataset", "invoices",
      "shopify_order_data", "ORDERS_JAN_2024",
    ])
  func prefixes(_ name: String) {
    #expect(
      tables(glimpse(name + ".csv", Self.orders, "1,7,2024-01-05,complete,9.50"))
        == ["\(name).csv: orders + customers"])
  }

  @Test(
    "Words behind a kind's name make something else",
    arguments: [
      ("order_status_history", "id,order_id,status,comment"),
      ("customer_notes", "id,customer_id,note"),
      ("order_tags", "order_id,tag"), ("customer_log", "id,customer_id,last_login_at"),
      ("segment_history", "id,name,day"), ("store_views", "store_id,code,name"),
    ])
  func tails(_ name: String, _ header: String) {
    #expect(tables(glimpse(name + ".csv", header)) == ["\(name).csv: \(name)"])
  }

  @Test("The name of a table of its own loses what says nothing")
  func own() {
    #expect(
      tables(
        glimpse("raw_reviews.csv", "review,stars"), glimpse("visits_2024.csv", "page,day"),
        glimpse("newsletter.csv", "customer_id,day"), glimpse("price_list.csv", "sku,eur"))
        == [
          "raw_reviews.csv: reviews", "visits_2024.csv: visits", "newsletter.csv: newsletter",
          "price_list.csv: price_list",
        ])
  }

  @Test("A workbook's sheet has a name of its own")
  func sheets() {
    var file = glimpse("shop.xlsx", Self.orders, "1,7,2024-01-05,complete,9.50")
    file.sheet = "Customers"
    var other = glimpse("shop.xlsx", "id,name,email", "7,Anna Berg,anna@example.org")
    other.sheet = "Sheet1"
    #expect(Recognition.judge([file])[0].shape.name == "customers")
    #expect(Recognition.judge([other])[0].shape.name == "customers")
  }
}
