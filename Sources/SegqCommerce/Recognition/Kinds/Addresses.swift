extension KnownTable {
  static let addresses = KnownTable(
    name: "addresses",
    files: [
      "addresses", "address", "customer_address", "customer_addresses", "customer_address_entity",
    ],
    columns: [
      .init("id", "ID", .id, "id entity_id address_id | id_address"),
      .init(
        "customer", "Customer ID", .id,
        "customer_id customer parent_id | id_customer user_id client_id cust_id account_id",
        weight: 2),
      .init("city", "City", .text, "city | town", weight: 2),
      .init(
        "zip", "ZIP", .text,
        "zip postcode | zip_code postal_code zipcode"),
      .init(
        "state", "State/Province", .text, "state_province state region | province province_code"),
      .init("country", "Country", .text, "country country_id | country_code"),
      .init("phone", "Phone", .text, "phone telephone | phone_number"),
      .init("email", "Email", .text, "email customer_email", weight: 0, isShown: false),
      .init(
        "website", "Website", .text, "website website_id", weight: 0, isShown: false),
      .init(
        "default_billing", "Default Billing", .any,
        "default_billing address_default_billing | is_default_billing", weight: 0, isShown: false),
      .init(
        "default_shipping", "Default Shipping", .any,
        "default_shipping address_default_shipping | is_default_shipping", weight: 0,
        isShown: false),
    ], parents: [("customers", "customer")],
    required: [["city", "zip", "country"], ["customer", "email"]])
}
