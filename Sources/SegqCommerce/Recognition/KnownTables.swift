// The tables of a store and the headers under which their columns are met: the report's own export,
// the Admin's grids, System › Export, and the database (magento/magento2,
// `app/code/Magento/{Customer,Sales,Quote}/etc/db_schema.xml`).
extension KnownTable {
  static let all: [KnownTable] = [
    customers, orders, items, orderAddresses, addresses, carts, cartItems, cartAddresses, wishlist,
    views, subscriptions, credit, segments, members, segmentWebsites,
  ]

  /// The nine columns of the report come first and are what is shown.
  static let customers = KnownTable(
    name: "customers",
    files: ["customers", "customer", "customer_entity", "customer_grid_flat"],
    columns: [
      .init("id", "ID", .integer, ["id", "customer_id", "entity_id"]),
      .init("name", "Name", .text, ["name", "customer_name", "full_name"]),
      .init("email", "Email", .text, ["email", "email_address", "customer_email"]),
      .init("group", "Group", .text, ["group", "customer_group", "group_id"]),
      .init("phone", "Phone", .text, ["phone", "telephone", "billing_telephone", "phone_number"]),
      .init(
        "zip", "ZIP", .text, ["zip", "postcode", "zip_code", "billing_postcode", "postal_code"]),
      .init("country", "Country", .text, ["country", "country_id", "billing_country_id"]),
      .init(
        "state", "State/Province", .text,
        ["state_province", "state", "region", "billing_region", "province"]),
      .init(
        "since", "Customer Since", .time,
        ["customer_since", "since", "created_at", "date_of_registration"]),
      .init(
        "website", "Website", .text, ["website", "web_site", "website_code", "website_id"], false),
      .init("dob", "Date of Birth", .time, ["dob", "date_of_birth"], false),
      .init("gender", "Gender", .text, ["gender"], false),
    ], dateColumn: "since", signature: ["id", "email"])

  static let orders = KnownTable(
    name: "orders", files: ["orders", "order", "sales_order", "sales_order_grid"],
    columns: [
      .init("id", "Order ID", .any, ["order_id", "id", "entity_id", "increment_id"]),
      .init("customer", "Customer ID", .integer, ["customer_id", "customer"]),
      .init(
        "date", "Purchase Date", .time, ["purchase_date", "created_at", "date", "order_date"]),
      .init("status", "Status", .text, ["status", "order_status"]),
      .init(
        "total", "Grand Total", .decimal,
        ["grand_total", "base_grand_total", "grand_total_base", "grand_total_purchased", "total"]),
      .init("quantity", "Quantity", .any, ["quantity", "total_qty_ordered", "qty"]),
    ], dateColumn: "date", parents: [("customers", "customer")], signature: ["total", "customer"])

  static let items = KnownTable(
    name: "items", files: ["items", "item", "order_items", "sales_order_item"],
    columns: [
      .init("id", "Item ID", .any, ["item_id", "id"]),
      .init("order", "Order ID", .any, ["order_id", "order"]),
      .init("sku", "SKU", .text, ["sku"]),
      .init("name", "Name", .text, ["name", "product_name"]),
      .init("quantity", "Quantity", .any, ["quantity", "qty_ordered", "qty"]),
      .init("total", "Total", .decimal, ["total", "row_total", "base_row_total"]),
    ], parents: [("orders", "order")], signature: ["order", "sku"])

  static let orderAddresses = KnownTable(
    name: "order_addresses", files: ["order_addresses", "sales_order_address"],
    columns: [
      .init("id", "ID", .any, ["id", "entity_id"]),
      .init("order", "Order ID", .any, ["order_id", "order", "parent_id"]),
      .init("type", "Type", .text, ["type", "address_type"]),
    ] + addresses.columns.dropFirst(2), parents: [("orders", "order")])

  static let addresses = KnownTable(
    name: "addresses",
    files: ["addresses", "address", "customer_address", "customer_address_entity"],
    columns: [
      .init("id", "ID", .any, ["id", "entity_id"]),
      .init("customer", "Customer ID", .integer, ["customer_id", "customer", "parent_id"]),
      .init("city", "City", .text, ["city"]),
      .init("zip", "ZIP", .text, ["zip", "postcode"]),
      .init("state", "State/Province", .text, ["state_province", "state", "region"]),
      .init("country", "Country", .text, ["country", "country_id"]),
      .init("phone", "Phone", .text, ["phone", "telephone"]),
    ], parents: [("customers", "customer")])

  static let carts = KnownTable(
    name: "carts", files: ["carts", "cart", "quote", "quotes"],
    columns: [
      .init("id", "ID", .any, ["id", "entity_id", "cart_id"]),
      .init("customer", "Customer ID", .integer, ["customer_id", "customer"]),
      .init("date", "Date", .time, ["date", "updated_at", "created_at"]),
      .init("total", "Total", .decimal, ["total", "grand_total", "base_grand_total"]),
      .init("quantity", "Quantity", .any, ["quantity", "items_qty"]),
      .init("active", "Active", .any, ["active", "is_active"]),
      .init("subtotal", "Subtotal", .decimal, ["base_subtotal", "subtotal"]),
      .init("lines", "Lines", .any, ["lines", "items_count", "line_items"]),
      .init(
        "store_credit", "Store Credit", .decimal, ["base_customer_bal_amount_used", "store_credit"]),
      .init("gift_card", "Gift Card", .decimal, ["base_gift_cards_amount_used", "gift_card"]),
    ], dateColumn: "date", parents: [("customers", "customer")])

  static let cartItems = KnownTable(
    name: "cart_items", files: ["cart_items", "quote_item"],
    columns: [
      .init("id", "Item ID", .any, ["item_id", "id"]),
      .init("cart", "Cart ID", .any, ["cart_id", "cart", "quote_id"]),
      .init("sku", "SKU", .text, ["sku"]),
      .init("name", "Name", .text, ["name", "product_name"]),
      .init("quantity", "Quantity", .any, ["quantity", "qty"]),
    ], parents: [("carts", "cart")])

  static let cartAddresses = KnownTable(
    name: "cart_addresses", files: ["cart_addresses", "quote_address"],
    columns: [
      .init("id", "ID", .any, ["address_id", "id"]),
      .init("cart", "Cart ID", .any, ["cart_id", "cart", "quote_id"]),
      .init("tax", "Tax", .decimal, ["base_tax_amount", "tax_amount", "tax"]),
      .init(
        "shipping", "Shipping", .decimal, ["base_shipping_amount", "shipping_amount", "shipping"]),
    ], parents: [("carts", "cart")])

  static let wishlist = KnownTable(
    name: "wishlist", files: ["wishlist", "wishlists"],
    columns: [
      .init("customer", "Customer ID", .integer, ["customer_id", "customer"]),
      .init("date", "Date", .time, ["date", "added_at", "added"]),
      .init("sku", "SKU", .text, ["sku"]),
    ], dateColumn: "date", parents: [("customers", "customer")])

  static let views = KnownTable(
    name: "views", files: ["views", "product_views", "report_viewed_product_index"],
    columns: [
      .init("customer", "Customer ID", .integer, ["customer_id", "customer"]),
      .init("sku", "SKU", .text, ["sku"]),
      .init("date", "Date", .time, ["date", "added_at", "viewed"]),
    ], dateColumn: "date", parents: [("customers", "customer")])

  static let subscriptions = KnownTable(
    name: "subscriptions", files: ["subscriptions", "newsletter_subscriber", "subscribers"],
    columns: [
      .init("customer", "Customer ID", .integer, ["customer_id", "customer"]),
      .init("status", "Status", .text, ["status", "subscriber_status"]),
    ], parents: [("customers", "customer")])

  static let credit = KnownTable(
    name: "credit", files: ["credit", "store_credit", "magento_customerbalance"],
    columns: [
      .init("customer", "Customer ID", .integer, ["customer_id", "customer"]),
      .init("website", "Website", .text, ["website", "website_id"]),
      .init("amount", "Amount", .decimal, ["amount", "balance"]),
    ], parents: [("customers", "customer")])

  static let segments = KnownTable(
    name: "segments",
    files: [
      "segments", "segment", "magento_customersegment_segment", "customersegment_segment",
      "enterprise_customersegment_segment",
    ],
    columns: [
      .init("id", "ID", .integer, ["id", "segment_id"]),
      .init("segment", "Segment", .text, ["segment", "name", "segment_name"]),
      .init("status", "Status", .text, ["status", "is_active"]),
      .init("website", "Website", .text, ["website", "websites", "site_code", "website_ids"]),
      .init("description", "Description", .text, ["description"]),
      .init("apply_to", "Apply To", .text, ["apply_to"]),
      .init("rule", "Rule", .text, ["rule", "condition"]),
      .init("conditions", "Conditions", .text, ["conditions_serialized", "conditions"]),
    ], signature: ["segment", "status"])

  static let members = KnownTable(
    name: "members",
    files: [
      "members", "memberships", "segment_members", "magento_customersegment_customer",
      "customersegment_customer", "enterprise_customersegment_customer",
    ],
    columns: [
      .init("segment", "Segment ID", .integer, ["segment_id", "segment"]),
      .init("customer", "Customer ID", .integer, ["customer_id", "customer"]),
      .init("added", "Added", .time, ["added", "added_date"]),
    ], signature: ["segment", "customer"])

  /// On which websites a segment is, a row each.
  static let segmentWebsites = KnownTable(
    name: "segment_websites",
    files: [
      "segment_websites", "magento_customersegment_website", "customersegment_website",
      "enterprise_customersegment_website",
    ],
    columns: [
      .init("segment", "Segment ID", .integer, ["segment_id"]),
      .init("website", "Website ID", .text, ["website_id"]),
    ], signature: ["segment", "website"])
}

extension KnownTable.KnownColumn {
  fileprivate init(
    _ name: String, _ header: String, _ kind: TableShape.Column.Kind, _ headers: [String],
    _ isShown: Bool = true
  ) {
    self.init(name: name, header: header, kind: kind, headers: headers, isShown: isShown)
  }
}
