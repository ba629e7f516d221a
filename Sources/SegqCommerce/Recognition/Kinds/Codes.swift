// Small tables of the database that name what other tables have codes of. Their columns keep their
// headers, so that they are found under the database's own names.
extension KnownTable {
  static let codes: [KnownTable] = [
    table("customer_group", id: "customer_group_id"),
    table("store_website", id: "website_id"),
    table("store_group", id: "group_id"),
    table("store", id: "store_id"),
    table("directory_country_region", id: "region_id"),
    table("eav_attribute", id: "attribute_id"),
    table("eav_attribute_option", id: "option_id"),
    table("eav_attribute_option_value", id: "value_id"),
    table("eav_entity_type", id: "entity_type_id"),
    table("sales_invoice", id: "entity_id"),
    table("sales_shipment", id: "entity_id"),
    table("sales_creditmemo", id: "entity_id"),
    table("sales_order_status_history", id: "entity_id"),
    table("customer_visitor", id: "visitor_id"),
    table("customer_log", id: "log_id"),
  ]

  /// `customer_entity_varchar` has a row for each value: `value_id, attribute_id, entity_id, value`.
  static let attributes: [KnownTable] = ["customer", "customer_address"].flatMap { entity in
    ["varchar", "int", "datetime", "decimal", "text"].map { type in
      table("\(entity)_entity_\(type)", id: "value_id", ["attribute_id", "entity_id", "value"])
    }
  }

  private static func table(
    _ name: String, id: String, _ others: [String] = []
  ) -> KnownTable {
    let ids = ([id] + others.filter { $0.hasSuffix("_id") }).map { KnownColumn($0, $0, .id, $0) }
    return KnownTable(
      name: name, files: [name], columns: ids, idColumn: id, required: [[id]], isStrict: true)
  }
}
