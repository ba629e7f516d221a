extension KnownTable {
  static let orders = KnownTable(
    name: "orders", files: ["orders", "order", "sales_order", "sales_order_grid"],
    synonyms: [
      "invoices", "invoice", "sales_flat_order", "sales_flat_order_grid", "sales", "purchases",
      "transactions", "bestellungen", "commandes", "pedidos", "ordini", "bookings",
    ],
    columns: [
      .init(
        "id", "Order ID", .id,
        """
        order_id id entity_id increment_id | order_number order_no order_nr order_key order_code \
        order_uuid order_reference order_reference_id id_order invoice_id invoice_no invoice_number invoice_nr transaction_id \
        sale_id purchase_id
        """, weak: "order invoice number reference name"),
      .init(
        "customer", "Customer ID", .id,
        """
        customer_id | cust_id customer_key customer_no customer_number customer_code customer_uuid \
        id_customer client_id buyer_id shopper_id account_id member_id person_id contact_id \
        user_id consumer_id id_client customer
        """, weak: "client buyer user member", weight: 2),
      .init(
        "date", "Purchase Date", .time,
        """
        purchase_date created_at date order_date | order_datetime order_created_at ordered_at \
        ordered_on order_purchase_timestamp invoice_date purchased_at purchase_timestamp placed_at \
        transaction_date sale_date sales_date date_created created_on created_utc date_add \
        order_time processed_at paid_at \
        created timestamp day
        """, weight: 2),
      .init(
        "status", "Status", .text,
        "status order_status | financial_status display_financial_status state current_state payment_status"
      ),
      .init(
        "total", "Grand Total", .decimal,
        """
        base_grand_total grand_total_base grand_total grand_total_purchased total | order_total \
        total_price total_price_set_shop_amount total_price_set_shop_money_amount \
        total_amount total_paid_tax_incl total_paid order_amount order_value order_price \
        invoice_total total_value net_total total_sales revenue n_revenue net_sales \
        amount sales payment_value price
        """, weight: 3),
      .init(
        "quantity", "Quantity", .any,
        """
        quantity total_qty_ordered qty | total_quantity items_sold total_items item_count \
        items_count total_item_count units
        """),
      .init(
        "email", "Customer Email", .text,
        """
        customer_email email | billing_email buyer_email email_address contact_email
        """, weak: "customer client buyer user member account customer_id user_id", weight: 0),
      .init(
        "website", "Website", .text, "website website_id", weight: 0, isShown: false),
    ], dateColumn: "date", parents: [("customers", "customer")],
    required: [["total", "date", "customer", "email"], ["id", "total", "customer", "email"]],
    signs: [["total"], ["customer", "email"]])

  static let payments = KnownTable(
    name: "payments", files: ["payments", "payment", "sales_order_payment", "order_payments"],
    columns: [
      .init("id", "ID", .id, "payment_id id entity_id"),
      .init("order", "Order ID", .id, "order_id order | parent_id id_order", weight: 2),
      .init("customer", "Customer ID", .id, "customer_id customer | user_id"),
      .init("method", "Method", .text, "payment_method method payment_type payment", weight: 2),
      .init("date", "Date", .time, "date created_at | created created_utc payment_date paid_at"),
      .init("status", "Status", .text, "status"),
      .init(
        "amount", "Amount", .decimal,
        """
        base_amount_paid amount | base_amount_ordered payment_value payment_amount amount_paid total
        """, weight: 3),
    ], dateColumn: "date", parents: [("orders", "order"), ("customers", "customer")],
    required: [["amount"], ["order", "customer"]])

  static let orderAddresses = KnownTable(
    name: "order_addresses",
    files: ["order_addresses", "sales_order_address", "order_address", "sales_flat_order_address"],
    columns: [
      .init("id", "ID", .id, "id entity_id address_id"),
      .init("order", "Order ID", .id, "order_id order parent_id"),
      .init("type", "Type", .text, "type address_type"),
    ] + addresses.columns.dropFirst(2).filter { $0.name != "email" },
    parents: [("orders", "order")])
}
