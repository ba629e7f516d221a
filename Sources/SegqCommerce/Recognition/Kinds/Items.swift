extension KnownTable {
  static let items = KnownTable(
    name: "items", files: ["items", "item", "order_items", "sales_order_item"],
    synonyms: [
      "order_lines", "order_details", "line_items", "lineitems", "order_products",
      "order_line_items",
      "invoice_lines", "invoice_items", "sales_flat_order_item", "orderlines", "orderdetails",
      "orderitems", "invoiceline", "bestellpositionen", "order_entries", "lines",
    ],
    columns: [
      .init(
        "id", "Item ID", .id,
        """
        item_id id | order_item_id line_id order_line_id line_item_id lineitem_id order_detail_id \
        id_order_detail invoice_line_id invoice_item_id row_id entity_id
        """),
      .init(
        "order", "Order ID", .id,
        """
        order_id | order_number order_no order_nr order_key id_order order_increment_id invoice_id \
        invoice_no invoice_number invoice_nr order transaction_id sale_id
        """, weak: "invoice parent_id increment_id", weight: 3),
      .init(
        "sku", "SKU", .text,
        """
        !lineitem_sku sku | product_sku item_sku stock_code stockcode product_code item_code \
        product_reference article_number asin
        """, weight: 2),
      .init(
        "name", "Name", .text,
        """
        !lineitem_name !product_name !item_name name | product_title title description \
        product_description item_description item product track_name
        """),
      .init(
        "quantity", "Quantity", .any,
        """
        !lineitem_quantity quantity qty_ordered qty | order_quantity product_quantity \
        item_quantity quantity_ordered units
        """, weight: 2),
      .init(
        "total", "Total", .decimal,
        """
        base_row_total row_total !lineitem_total total | line_total item_total original_total_set_shop_amount line_amount \
        total_price_tax_incl extended_price sales amount total_price subtotal revenue
        """, weight: 2),
      .init(
        "price", "Price", .decimal,
        """
        base_price !lineitem_price price | unit_price item_price product_price price_each \
        unit_price_tax_incl selling_price
        """, weight: 1),
      .init(
        "product", "Product ID", .id,
        "product_id | item_product_id id_product variant_id track_id article_id",
        weight: 1),
      .init("parent_item", "Parent Item ID", .id, "parent_item_id", weight: 0, isShown: false),
    ], parents: [("orders", "order"), ("products", "product")],
    required: [["order"], ["sku", "name", "product", "quantity", "total", "price"]],
    signs: [["order"], ["sku", "name", "product"], ["quantity", "price", "total"]])

  static let products = KnownTable(
    name: "products",
    files: ["products", "product", "catalog_product_entity", "catalog_product"],
    synonyms: ["articles", "produkte", "produits", "productos"],
    columns: [
      .init("id", "ID", .id, "product_id id entity_id | id_product product_key article_id"),
      .init(
        "sku", "SKU", .text, "sku | product_sku product_code stock_code variant_sku", weight: 2),
      .init("name", "Name", .text, "name product_name | title product_title", weight: 2),
      .init("price", "Price", .decimal, "price | unit_price base_price", weight: 1),
    ], required: [["id", "sku"]])
}
