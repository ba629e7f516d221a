extension KnownTable {
  static let carts = KnownTable(
    name: "carts", files: ["carts", "cart", "quote", "quotes", "shopping_carts"],
    synonyms: ["sales_flat_quote", "baskets"],
    columns: [
      .init("id", "ID", .id, "id entity_id cart_id | quote_id id_cart basket_id"),
      .init("customer", "Customer ID", .id, "customer_id customer | user_id id_customer client_id"),
      .init("date", "Date", .time, "date updated_at created_at"),
      .init("total", "Total", .decimal, "base_grand_total grand_total total | amount", weight: 2),
      .init("quantity", "Quantity", .any, "quantity items_qty"),
      .init("active", "Active", .any, "active is_active", weight: 2),
      .init("subtotal", "Subtotal", .decimal, "base_subtotal subtotal"),
      .init("lines", "Lines", .any, "lines items_count line_items"),
      .init(
        "store_credit", "Store Credit", .decimal, "base_customer_bal_amount_used store_credit",
        weight: 0),
      .init(
        "gift_card", "Gift Card", .decimal, "base_gift_cards_amount_used gift_card", weight: 0),
      .init("email", "Email", .text, "customer_email email", weight: 0, isShown: false),
    ], dateColumn: "date", parents: [("customers", "customer")],
    required: [["customer", "email"], ["total", "active", "quantity", "date"]])

  static let cartItems = KnownTable(
    name: "cart_items", files: ["cart_items", "quote_item", "sales_flat_quote_item"],
    columns: [
      .init("id", "Item ID", .id, "item_id id"),
      .init("cart", "Cart ID", .id, "cart_id cart quote_id", weight: 2),
      .init("sku", "SKU", .text, "sku", weight: 2),
      .init("name", "Name", .text, "name product_name"),
      .init("quantity", "Quantity", .any, "quantity qty"),
      .init("product", "Product ID", .id, "product_id", weight: 0),
      .init("parent_item", "Parent Item ID", .id, "parent_item_id", weight: 0, isShown: false),
    ], parents: [("carts", "cart"), ("products", "product")],
    required: [["cart"], ["sku", "product", "name"]])

  static let cartAddresses = KnownTable(
    name: "cart_addresses", files: ["cart_addresses", "quote_address", "sales_flat_quote_address"],
    columns: [
      .init("id", "ID", .id, "address_id id"),
      .init("cart", "Cart ID", .id, "cart_id cart quote_id", weight: 2),
      .init("tax", "Tax", .decimal, "base_tax_amount tax_amount tax"),
      .init("shipping", "Shipping", .decimal, "base_shipping_amount shipping_amount shipping"),
    ], parents: [("carts", "cart")], required: [["cart"]])
}
