import SegqCommerce
import Testing

@Suite("Files of Adobe Commerce: extracts of the database")
struct DatabaseFileTests {
  static let entity = glimpse(
    "customer_entity.csv",
    """
    entity_id,website_id,email,group_id,increment_id,store_id,created_at,is_active,prefix,firstname,\
    middlename,lastname,suffix,dob,default_billing,default_shipping,gender
    """, "1,1,anna@example.org,1,,1,2016-10-26 15:00:57,1,,Anna,,Berg,,,5,5,2",
    "2,1,ben@example.org,2,,1,2017-10-26 15:00:57,1,,Ben,,Ito,,,6,6,1")
  static let flat = glimpse(
    "customer_grid_flat.csv",
    "entity_id,name,email,group_id,created_at,website_id,billing_telephone,billing_postcode,billing_country_id,billing_region",
    "1,Anna Berg,anna@example.org,1,2016-10-26 15:00:57,1,0301,10115,DE,Berlin",
    "2,Ben Ito,ben@example.org,2,2017-10-26 15:00:57,1,0302,10117,DE,Berlin")

  @Test("The grid's table adds columns to the entity's, whatever the order of the files")
  func moreColumns() {
    for files in [[Self.entity, Self.flat], [Self.flat, Self.entity]] {
      #expect(
        tables(files).sorted() == [
          "customer_entity.csv: customers", "customer_grid_flat.csv: columns of customers",
        ])
    }
    let order = glimpse(
      "sales_order.csv", "entity_id,customer_id,base_grand_total", "1,1,9", "2,1,8")
    let grid = glimpse(
      "sales_order_grid.csv", "entity_id,billing_name,grand_total", "1,Anna Berg,9", "2,Anna Berg,8"
    )
    #expect(
      tables(grid, order, Self.entity) == [
        "sales_order_grid.csv: columns of orders", "sales_order.csv: orders",
        "customer_entity.csv: customers",
      ])
    #expect(tables(Self.flat) == ["customer_grid_flat.csv: customers"])
    let flat = Recognition.judge([Self.entity, Self.flat])[1].shape
    #expect(flat.columns.map(\.name).contains("phone") && flat.idColumn == 0)
  }

  @Test("Names are made of their parts; groups, websites, stores and addresses are looked up")
  func lookups() {
    let files = [
      Self.entity,
      glimpse(
        "customer_group.csv", "customer_group_id,customer_group_code,tax_class_id", "1,General,3"),
      glimpse("store_website.csv", "website_id,code,name,sort_order", "1,base,Main Website,0"),
      glimpse(
        "store.csv", "store_id,code,website_id,group_id,name", "1,default,1,1,Default Store View"),
      glimpse("store_group.csv", "group_id,website_id,name,root_category_id", "1,1,Main,2"),
      glimpse(
        "customer_address_entity.csv",
        "entity_id,parent_id,city,country_id,postcode,region,telephone",
        "5,1,Berlin,DE,10115,Berlin,0301"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(
      shapes.map(\.name) == [
        "customers", "customer_group", "store_website", "store", "store_group", "addresses",
      ])
    #expect(shapes[0].nameParts == [8, 9, 10, 11, 12])
    let words = shapes[0].lookups.map { lookup in
      "\(shapes[0].columns[lookup.column].name): \(lookup.table) "
        + lookup.takes.map { "\($0.column) as \($0.name)" }.joined(separator: ", ")
    }
    #expect(
      words == [
        "group: customer_group customer_group_code as group",
        "website: store_website name as website", "store: store name as store",
        "default_billing: addresses phone as phone, zip as zip, country as country, state as state",
      ])
    #expect(shapes[1].idColumn == 0 && shapes[1].columns[1].name == "customer_group_code")
    #expect(shapes[5].linkWords == ["customer → customers"])
  }

  @Test("Amounts are in base currency where the source has it; the other keeps its name")
  func baseCurrency() {
    let cases: [(String, String, String)] = [
      ("sales_order.csv", "entity_id,customer_id,grand_total,base_grand_total", "total"),
      ("quote.csv", "entity_id,customer_id,grand_total,base_grand_total,is_active", "total"),
      ("quote.csv", "entity_id,customer_id,subtotal,base_subtotal,is_active", "subtotal"),
      ("sales_order_item.csv", "item_id,order_id,sku,row_total,base_row_total", "total"),
      ("sales_order_item.csv", "item_id,order_id,sku,price,base_price", "price"),
      ("quote_address.csv", "address_id,quote_id,x,tax_amount,base_tax_amount", "tax"),
      (
        "sales_order_payment.csv", "entity_id,parent_id,method,amount_paid,base_amount_paid",
        "amount"
      ),
    ]
    for (file, header, column) in cases {
      let headers = header.split(separator: ",").map(String.init)
      for order in [headers, headers.reversed()] {
        let shape = Recognition.judge([FileGlimpse(file: file, header: order)])[0].shape
        let base = order.firstIndex { $0.hasPrefix("base_") }
        #expect(shape.column(named: column) == base)
        let other = String(order[base ?? 0].dropFirst("base_".count))
        let names = shape.columns.map(\.name)
        #expect(names.contains(column == other ? "order_" + other : other))
      }
    }
  }

  @Test("A simple child of a configurable product is a part")
  func parts() {
    let shape = Recognition.judge([
      glimpse(
        "sales_order_item.csv", "item_id,order_id,parent_item_id,sku,qty_ordered", "1,9,,S,1",
        "2,9,1,S-R,1")
    ])[0].shape
    #expect(shape.partOf == 2 && shape.name == "items")
  }

  @Test("Wishlists by their owners, views by product, with the catalog's sku")
  func products() {
    let files = [
      Self.entity,
      glimpse(
        "wishlist.csv", "wishlist_id,customer_id,shared,sharing_code,updated_at",
        "3,1,0,x,2024-01-05 10:00:00"),
      glimpse(
        "wishlist_item.csv", "wishlist_item_id,wishlist_id,product_id,store_id,added_at,qty",
        "7,3,11,1,2024-01-05 10:00:00,1"),
      glimpse(
        "report_viewed_product_index.csv",
        "index_id,visitor_id,customer_id,product_id,store_id,added_at",
        "1,,1,11,1,2024-01-05 10:00:00"),
      glimpse(
        "catalog_product_entity.csv", "entity_id,attribute_set_id,type_id,sku,created_at",
        "11,4,simple,A-1,2020-01-05 10:00:00"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(
      shapes.map(\.name) == ["customers", "wishlist_owners", "wishlist", "views", "products"])
    #expect(shapes[1].linkWords == ["customer → customers"])
    #expect(shapes[2].linkWords == ["wishlist → wishlist_owners", "product → products"])
    #expect(shapes[3].linkWords.first == "customer → customers")
    for shape in shapes[2...3] {
      #expect(shape.lookups.map(\.table) == ["products"])
      #expect(shape.lookups.first?.takes.map(\.name) == ["sku"])
    }
  }

  @Test("Attributes, credit, newsletter, segments and what belongs to them")
  func others() {
    let files = [
      glimpse("customer_entity_varchar.csv", "value_id,attribute_id,entity_id,value", "1,5,1,x"),
      glimpse(
        "m2_customer_address_entity_int.csv", "value_id,attribute_id,entity_id,value", "1,5,1,2"),
      glimpse(
        "eav_attribute.csv", "attribute_id,entity_type_id,attribute_code,backend_type", "5,1,x,int"),
      glimpse("eav_attribute_option_value.csv", "value_id,option_id,store_id,value", "1,2,0,Gold"),
      glimpse(
        "newsletter_subscriber.csv",
        "subscriber_id,store_id,customer_id,subscriber_email,subscriber_status",
        "1,1,1,anna@example.org,1"),
      glimpse(
        "magento_customerbalance.csv",
        "balance_id,customer_id,website_id,amount,base_currency_code", "1,1,1,5,EUR"),
      glimpse(
        "magento_customersegment_segment.csv",
        "segment_id,name,description,is_active,conditions_serialized", "1,VIP,,1,{}"),
      glimpse(
        "magento_customersegment_customer.csv", "segment_id,customer_id,added_date,website_id",
        "1,1,2024-01-05 10:00:00,1"),
      glimpse("magento_customersegment_website.csv", "segment_id,website_id", "1,1"),
    ]
    #expect(
      Recognition.judge(files).map(\.shape.name) == [
        "customer_entity_varchar", "customer_address_entity_int", "eav_attribute",
        "eav_attribute_option_value", "subscriptions", "credit", "segments", "members",
        "segment_websites",
      ])
  }

  @Test("Items name their order by its increment id where that is what they have")
  func increments() {
    let files = [
      glimpse(
        "orders.csv", "entity_id,increment_id,customer_id,grand_total", "1,000000012,1,9",
        "2,000000013,1,9"),
      glimpse("items.csv", "order_id,sku,qty", "000000012,A,1", "000000012,B,1", "000000013,A,1"),
    ]
    #expect(Recognition.judge(files)[1].shape.linkWords == ["order → orders.increment_id"])
  }
}
