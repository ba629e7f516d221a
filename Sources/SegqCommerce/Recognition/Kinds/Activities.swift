extension KnownTable {
  /// A row for each product that a customer wishes.
  ///
  /// `wishlist_item` of the database has the `wishlist_id` of an owner's row (``wishlistOwners``) and
  /// the id of a product: the sku is looked up.
  static let wishlist = KnownTable(
    name: "wishlist", files: ["wishlist", "wishlists", "wishlist_item", "wishlist_items"],
    columns: [
      .init("id", "ID", .id, "wishlist_item_id id", weight: 0),
      .init("customer", "Customer ID", .id, "customer_id customer | user_id client_id"),
      .init("date", "Date", .time, "date added_at added"),
      .init("sku", "SKU", .text, "sku"),
      .init("product", "Product ID", .id, "product_id", weight: 0),
      .init("wishlist", "Wishlist ID", .id, "wishlist_id", weight: 0, isShown: false),
    ], dateColumn: "date",
    parents: [("customers", "customer"), ("wishlist_owners", "wishlist"), ("products", "product")],
    required: [["sku", "product"], ["customer", "wishlist"]], isStrict: true)

  /// The database's `wishlist`: whose a wishlist is.
  static let wishlistOwners = KnownTable(
    name: "wishlist_owners", files: ["wishlist_owners", "wishlist"],
    columns: [
      .init("id", "ID", .id, "wishlist_id id"),
      .init("customer", "Customer ID", .id, "customer_id customer"),
    ], parents: [("customers", "customer")], required: [["id"], ["customer"]], isStrict: true)

  static let views = KnownTable(
    name: "views",
    files: ["views", "product_views", "report_viewed_product_index", "viewed_products"],
    columns: [
      .init("id", "ID", .id, "index_id id", weight: 0),
      .init("customer", "Customer ID", .id, "customer_id customer | user_id client_id"),
      .init("sku", "SKU", .text, "sku"),
      .init("date", "Date", .time, "date added_at viewed viewed_at"),
      .init("product", "Product ID", .id, "product_id", weight: 0),
    ], dateColumn: "date", parents: [("customers", "customer"), ("products", "product")],
    required: [["customer"], ["sku", "product"]])

  static let subscriptions = KnownTable(
    name: "subscriptions",
    files: ["subscriptions", "newsletter_subscriber", "newsletter_subscribers", "subscribers"],
    columns: [
      .init("id", "ID", .id, "subscriber_id id", weight: 0, isShown: false),
      .init("customer", "Customer ID", .id, "customer_id customer"),
      .init("status", "Status", .text, "status subscriber_status"),
      .init(
        "email", "Email", .text, "subscriber_email email customer_email", weight: 0, isShown: false),
      .init("website", "Website", .text, "website website_id", weight: 0, isShown: false),
    ], parents: [("customers", "customer")], required: [["customer", "email"], ["status"]])

  static let credit = KnownTable(
    name: "credit", files: ["credit", "store_credit", "magento_customerbalance"],
    columns: [
      .init("id", "ID", .id, "balance_id id", weight: 0, isShown: false),
      .init("customer", "Customer ID", .id, "customer_id customer"),
      .init(
        "website", "Website", .text, "website website_id", label: ("store_website", "name")),
      .init("amount", "Amount", .decimal, "amount balance"),
    ], parents: [("customers", "customer")], required: [["customer"], ["amount"]])
}
