import SegqTestSupport
import Testing

@Suite("The whole customer from a database extract")
struct DatabaseExtractTests {
  private static let files = [
    "customer_entity.csv":
      "entity_id,website_id,email,group_id,created_at,prefix,firstname,middlename,lastname,suffix,"
      + "dob,default_billing,default_shipping,gender\n"
      + "1,1,ann@x.com,1,2020-01-02 03:04:05,,Ann,,Alpha,,1980-02-03,11,11,2\n"
      + "2,1,bob@x.com,2,2020-01-03 03:04:05,Mr.,Bob,B.,Beta,Jr.,NULL,13,13,NULL\n"
      + "3,2,cat@x.com,1,2021-01-02 03:04:05,,Cat,,Gamma,,NULL,NULL,NULL,1\n",
    "customer_address_entity.csv":
      "entity_id,parent_id,city,country_id,postcode,region,telephone\n"
      + "11,1,Berlin,DE,01129,Berlin,+49 30 123\n12,2,Paris,FR,75001,Paris,+33 1\n"
      + "13,2,Lyon,FR,69001,Rhône,+33 4\n",
    "customer_group.csv":
      "customer_group_id,customer_group_code\n0,NOT LOGGED IN\n1,General\n2,Wholesale\n",
    "store_website.csv":
      "website_id,code,name\n0,admin,Admin\n1,base,Main Website\n2,outlet,Outlet\n",
    "eav_attribute.csv":
      "attribute_id,entity_type_id,attribute_code,frontend_input,frontend_label\n"
      + "150,1,shoe_size,select,Shoe Size\n151,1,nickname,text,Nickname\n",
    "eav_attribute_option_value.csv":
      "value_id,option_id,store_id,value\n1,12,0,42 EU\n2,13,0,43 EU\n",
    "customer_entity_int.csv": "value_id,attribute_id,entity_id,value\n1,150,1,12\n2,150,3,13\n",
    "customer_entity_varchar.csv": "value_id,attribute_id,entity_id,value\n1,151,2,Bobby\n",
    "sales_order.csv":
      "entity_id,customer_id,base_grand_total,grand_total,created_at,status\n"
      + "1,1,100,110,2024-01-01 10:00:00,complete\n",
    "sales_order_item.csv":
      "item_id,order_id,parent_item_id,sku,name,qty_ordered,row_total,base_row_total\n"
      + "1,1,NULL,CONF-RED,Conf,1,110,100\n2,1,1,CONF-RED,Conf red,1,0,0\n",
    "quote.csv":
      "entity_id,customer_id,is_active,grand_total,base_grand_total,updated_at\n"
      + "1,1,1,55,50,2024-01-01 10:00:00\n",
  ]

  @Test(
    "Nine columns: the name's parts, the group's and website's labels, the default billing address")
  func nineColumns() throws {
    try Folder.with(Self.files) { folder in
      let run = try folder.run(
        "select customers", "select id, website, shoe_size, nickname from customers")
      let expected = """
        1,Ann Alpha,ann@x.com,General,+49 30 123,01129,DE,Berlin,2020-01-02 03:04:05
        2,Mr. Bob B. Beta Jr.,bob@x.com,Wholesale,+33 4,69001,FR,Rhône,2020-01-03 03:04:05
        3,Cat Gamma,cat@x.com,General,,,,,2021-01-02 03:04:05

        1,Main Website,42 EU,
        2,Main Website,,Bobby
        3,Outlet,43 EU,

        """
      #expect(run.output == expected, "\(run)")
    }
  }

  @Test("Amounts are in base currency, and the simple part of a configurable counts nowhere")
  func amounts() throws {
    try Folder.with(Self.files) { folder in
      let run = try folder.run(
        "select sum(orders.total), sum(carts.total), sum(items.quantity), sum(items.total) from customers",
        "select grand_total from orders")
      #expect(run.output == "100,50,1,100\n\n110\n", "\(run)")
    }
  }

  @Test("The customers' grid adds columns to customer_entity, whose own values count")
  func gridFlat() throws {
    try Folder.with([
      "customer_entity.csv":
        "entity_id,email,group_id,firstname,lastname\n1,ann@x.com,1,Ann,Alpha\n2,bob@x.com,1,Bob,Beta\n",
      "customer_grid_flat.csv":
        "entity_id,name,email,group_id,billing_postcode,billing_telephone,billing_region,billing_country_id\n"
        + "1,Ann A.,ann@x.com,1,01129,555,Berlin,DE\n",
    ]) { folder in
      let run = try folder.run("select id, name, zip, country from customers", "describe load")
      #expect(run.output.hasPrefix("1,Ann"), "\(run)")
      #expect(run.output.contains(",01129,DE\n2,Bob Beta,,\n"), "\(run)")
      #expect(run.output.contains("more columns of customers"))
    }
  }
}
