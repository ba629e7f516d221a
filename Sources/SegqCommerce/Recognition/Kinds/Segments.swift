extension KnownTable {
  static let segments = KnownTable(
    name: "segments",
    files: [
      "segments", "segment", "magento_customersegment_segment", "customersegment_segment",
      "enterprise_customersegment_segment", "customer_segments",
    ],
    columns: [
      .init("id", "ID", .integer, "segment_id id"),
      .init("segment", "Segment", .text, "segment segment_name", weak: "name", weight: 3),
      .init("status", "Status", .text, "status is_active", weight: 1),
      .init("website", "Website", .text, "website websites site_code website_ids"),
      .init("description", "Description", .text, "description"),
      .init("apply_to", "Apply To", .text, "apply_to", weight: 2),
      .init("rule", "Rule", .text, "rule condition", weight: 2),
      .init(
        "conditions", "Conditions", .text, "conditions_serialized conditions", weight: 2),
    ], required: [["segment", "rule", "conditions"], ["id"]],
    signs: [["id"], ["segment"], ["status", "rule", "conditions"]])

  static let members = KnownTable(
    name: "members",
    files: [
      "members", "memberships", "segment_members", "magento_customersegment_customer",
      "customersegment_customer", "enterprise_customersegment_customer", "segment_customers",
    ],
    columns: [
      .init("segment", "Segment ID", .integer, "segment_id segment", weight: 2),
      .init(
        "customer", "Customer ID", .id, "customer_id customer | member_id user_id client_id",
        weight: 2),
      .init("added", "Added", .time, "added added_date"),
    ], parents: [("customers", "customer")], required: [["segment"], ["customer"]],
    signs: [["segment"], ["customer"]], isStrict: true)

  /// On which websites a segment is, a row each.
  static let segmentWebsites = KnownTable(
    name: "segment_websites",
    files: [
      "segment_websites", "magento_customersegment_website", "customersegment_website",
      "enterprise_customersegment_website",
    ],
    columns: [
      .init("segment", "Segment ID", .integer, "segment_id"),
      .init("website", "Website ID", .text, "website_id"),
    ], required: [["segment"], ["website"]], signs: [["segment"], ["website"]], isStrict: true)
}
