import SegqCommerce
import Testing

@Suite("Public data sets open without help")
struct PublicDataTests {
  @Test("dbt's jaffle shop: no email, user_id, payments of orders")
  func jaffleShop() {
    let files = [
      glimpse("raw_customers.csv", "id,first_name,last_name", "1,Mia,P.", "2,Sho,M."),
      glimpse("raw_orders.csv", "id,user_id,order_date,status", "1,1,2018-01-01,returned"),
      glimpse("raw_payments.csv", "id,order_id,payment_method,amount", "1,1,credit_card,1000"),
    ]
    #expect(
      tables(files) == [
        "raw_customers.csv: customers", "raw_orders.csv: orders", "raw_payments.csv: payments",
      ])
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(shapes[0].nameParts == [1, 2])
    #expect(shapes[1].linkWords == ["customer → customers"])
    #expect(shapes[1].header(of: "date") == "Purchase Date" && shapes[1].dateColumn == 2)
    #expect(shapes[2].linkWords == ["order → orders"] && shapes[2].index("amount") == 3)
  }

  @Test("Northwind: camelCase, ids that are text, totals of quantity × price")
  func northwind() {
    let files = [
      glimpse(
        "customers.csv",
        "customerID,companyName,contactName,contactTitle,city,postalCode,country,phone",
        "ALFKI,Futter GmbH,Maria Lang,Owner,Berlin,12209,Germany,030-0074321",
        "ANATR,Emparedados,Ana Ruiz,Owner,Mexico,05021,Mexico,(5) 555-4729"),
      glimpse(
        "orders.csv", "orderID,customerID,employeeID,orderDate,shippedDate,freight,shipCountry",
        "10248,ALFKI,5,1996-07-04,1996-07-16,32.38,France",
        "10249,ANATR,6,1996-07-05,1996-07-10,11.61,Germany"),
      glimpse(
        "order_details.csv", "orderID,productID,unitPrice,quantity,discount", "10248,11,14,12,0",
        "10248,42,9.8,10,0"),
      glimpse("products.csv", "productID,productName,supplierID,unitPrice", "11,Queso,5,21"),
      glimpse("employees.csv", "employeeID,lastName,firstName,title", "5,Buch,Stefan,Manager"),
      glimpse("suppliers.csv", "supplierID,companyName,contactName", "5,Cooperativa,Antonio Valle"),
      glimpse("categories.csv", "categoryID,categoryName", "1,Beverages"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(
      shapes.map(\.name) == [
        "customers", "orders", "items", "products", "employees", "suppliers", "categories",
      ])
    #expect(shapes[0].idColumn == 0 && shapes[0].columns[0].kind == .id)
    #expect(shapes[0].index("name") == 2 && shapes[0].index("zip") == 5)
    #expect(shapes[1].linkWords == ["customer → customers", "employee_id → employees"])
    #expect(shapes[1].dateColumn == 3)
    #expect(shapes[2].linkWords == ["order → orders", "product → products"])
    #expect(shapes[2].computed.first?.source == .product(.column(3), .column(2)))
    #expect(shapes[3].linkWords == ["supplier_id → suppliers"])
    #expect(shapes[4].idColumn == 0)
  }

  @Test("Olist: a person has a customer_id for each order")
  func olist() {
    let files = [
      glimpse(
        "olist_customers_dataset.csv",
        "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state",
        "06b8999e,861eff47,14409,franca,SP", "18955e83,290c77bc,09790,campo,SP",
        "4e7b3e00,861eff47,14409,franca,SP"),
      glimpse(
        "olist_orders_dataset.csv",
        "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at",
        "e481f51c,06b8999e,delivered,2017-10-02 10:56:33,2017-10-02 11:07:15"),
      glimpse(
        "olist_order_items_dataset.csv",
        "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value",
        "e481f51c,1,87285b34,3504c0cb,2017-10-06 11:07:15,29.99,8.72",
        "e481f51c,1,87285b34,3504c0cb,2017-10-06 11:07:15,29.99,8.72"),
      glimpse(
        "olist_order_payments_dataset.csv",
        "order_id,payment_sequential,payment_type,payment_installments,payment_value",
        "e481f51c,1,voucher,1,18.59"),
      glimpse(
        "olist_order_reviews_dataset.csv", "review_id,order_id,review_score,review_creation_date",
        "7bc2406a,e481f51c,4,2018-01-18 00:00:00"),
      glimpse("olist_sellers_dataset.csv", "seller_id,seller_city", "3504c0cb,campinas"),
      glimpse("olist_products_dataset.csv", "product_id,product_category_name", "87285b34,artes"),
      glimpse(
        "olist_geolocation_dataset.csv", "geolocation_zip_code_prefix,geolocation_lat",
        "01037,-23.5"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(
      shapes.map(\.name) == [
        "customers", "orders", "items", "payments", "olist_order_reviews", "olist_sellers",
        "products", "olist_geolocation",
      ])
    #expect(shapes[0].idColumn == 1 && shapes[0].keyColumn == 0 && shapes[0].index("zip") == 2)
    #expect(shapes[1].linkWords == ["customer → customers"] && shapes[1].dateColumn == 3)
    #expect(
      shapes[2].linkWords == [
        "order → orders", "product → products", "seller_id → olist_sellers",
      ])
    #expect(shapes[2].idColumn == nil)
    #expect(shapes[3].index("amount") == 4 && shapes[3].linkWords == ["order → orders"])
    #expect(shapes[4].linkWords == ["order_id → orders"] && shapes[4].idColumn == 0)
  }

  @Test("UCI's Online Retail: lines of invoices give orders, items and customers")
  func onlineRetail() throws {
    let file = glimpse(
      "Online Retail.csv",
      "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
      "536365,85123A,WHITE HOLDER,6,12/1/2010 8:26,2.55,17850.0,United Kingdom",
      "536365,71053,WHITE LANTERN,6,12/1/2010 8:26,3.39,17850.0,United Kingdom",
      "536370,22728,ALARM CLOCK,24,12/1/2010 8:45,3.75,12583.0,France")
    #expect(tables(file) == ["Online Retail.csv: items + orders + customers"])
    let verdict = Recognition.judge([file])[0]
    #expect(verdict.doubt == nil)
    #expect(verdict.shape.header(of: "sku") == "SKU" && verdict.shape.index("name") == 2)
    #expect(verdict.shape.linkWords == ["order → orders"])
    let amount = TablePart.Source.product(.column(3), .column(5))
    #expect(verdict.shape.computed.map(\.source) == [amount])
    let orders = try #require(verdict.parts.first)
    #expect(orders.rows == .distinct(0))
    #expect(
      orders.shape.columns.map(\.name) == [
        "id", "date", "customer", "country", "total", "quantity",
      ])
    #expect(
      orders.sources == [
        .column(0), .column(4), .column(6), .column(7), .sum(amount), .sum(.column(3)),
      ])
    #expect(orders.shape.linkWords == ["customer → customers"] && orders.shape.dateColumn == 1)
    let customers = try #require(verdict.parts.last)
    #expect(customers.rows == .distinct(6))
    #expect(customers.shape.columns.map(\.name) == ["id", "country"])
  }

  @Test("Superstore: the state is the customer's, the sales are the line's")
  func superstore() throws {
    let file = glimpse(
      "Sample - Superstore.csv",
      """
      Row ID,Order ID,Order Date,Ship Date,Ship Mode,Customer ID,Customer Name,Segment,Country,City,\
      State,Postal Code,Region,Product ID,Category,Sub-Category,Product Name,Sales,Quantity,Discount,\
      Profit
      """,
      """
      1,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,\
      Henderson,Kentucky,42420,South,FUR-BO-10001798,Furniture,Bookcases,Bush Bookcase,261.96,2,0,41.9
      """,
      """
      2,CA-2016-152156,11/8/2016,11/11/2016,Second Class,CG-12520,Claire Gute,Consumer,United States,\
      Henderson,Kentucky,42420,South,FUR-CH-10000454,Furniture,Chairs,Hon Chairs,731.94,3,0,219.6
      """,
      """
      3,CA-2016-138688,6/12/2016,6/16/2016,Second Class,DV-13045,Darrin Van Huff,Corporate,\
      United States,Los Angeles,California,90036,West,OFF-LA-10000240,Office Supplies,Labels,\
      Address Labels,14.62,2,0,6.9
      """)
    let verdict = Recognition.judge([file])[0]
    #expect(verdict.shape.name == "items" && verdict.shape.idColumn == 0)
    #expect(verdict.shape.index("total") == 17 && verdict.shape.index("quantity") == 18)
    let orders = try #require(verdict.parts.first)
    #expect(orders.rows == .distinct(1) && orders.shape.column(named: "status") == nil)
    let total = orders.shape.column(named: "total")
    #expect(total.map { orders.sources[$0] } == .sum(.column(17)))
    let customers = try #require(verdict.parts.last)
    #expect(
      customers.shape.columns.map(\.name) == [
        "id", "name", "group", "zip", "country", "state",
      ])
  }

  @Test("Chinook: singular names in capitals, invoices are orders")
  func chinook() {
    let files = [
      glimpse(
        "Customer.csv",
        "CustomerId,FirstName,LastName,Company,Country,PostalCode,Phone,Email,SupportRepId",
        "1,Luis,Alves,Embraer,Brazil,12227,+55,luis@example.br,3"),
      glimpse(
        "Employee.csv", "EmployeeId,LastName,FirstName,Title,ReportsTo,Email",
        "3,Peck,Jane,Agent,2,jane@chinook.example"),
      glimpse(
        "Invoice.csv", "InvoiceId,CustomerId,InvoiceDate,BillingCity,BillingCountry,Total",
        "1,1,2009-01-01 00:00:00,Stuttgart,Germany,1.98"),
      glimpse(
        "InvoiceLine.csv", "InvoiceLineId,InvoiceId,TrackId,UnitPrice,Quantity", "1,1,2,0.99,1",
        "2,1,4,0.99,1"),
      glimpse("Track.csv", "TrackId,Name,AlbumId,UnitPrice", "2,Balls,1,0.99", "4,Fast,1,0.99"),
      glimpse("Album.csv", "AlbumId,Title,ArtistId", "1,For Those,1"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(
      shapes.map(\.name) == ["customers", "employee", "orders", "items", "track", "album"])
    #expect(shapes[0].nameParts == [1, 2] && shapes[0].idColumn == 0)
    #expect(shapes[2].linkWords == ["customer → customers"] && shapes[2].index("total") == 5)
    #expect(shapes[3].linkWords == ["order → orders", "product → track"])
    #expect(shapes[4].linkWords == ["album_id → album"])
  }

  @Test("Fivetran's Shopify seeds: staff is user_id, tags and refunds are their own")
  func shopifySeeds() {
    let files = [
      glimpse(
        "shopify_customer_data.csv",
        "id,created_at,accepts_marketing,email,first_name,last_name,orders_count,phone,total_spent",
        "3589760876641,2020-08-01 10:00:00,true,0ab,f1,l1,2,,10"),
      glimpse(
        "shopify_order_data.csv",
        """
        id,note,email,currency,subtotal_price,total_tax,total_price,created_at,name,\
        customer_id,location_id,user_id,number,order_number,financial_status,processed_at
        """,
        "2674098602081,,021c,GBP,2.8,0,2.8,2020-09-11 19:35:42,d17,3589760876641,,,4135,5135,paid,2020-09-11 19:35:42"
      ),
      glimpse(
        "shopify_order_line_data.csv", "id,order_id,variant_id,product_id,name,price,quantity,sku",
        "5001,2674098602081,3,4,Shirt,2.8,1,S-1"),
      glimpse("shopify_customer_tag_data.csv", "index,customer_id,value", "1,3589760876641,vip"),
      glimpse(
        "shopify_abandoned_checkout_data.csv", "id,created_at,email,source_name",
        "14067453558881,2020-08-24 09:54:37,4895,web"),
      glimpse(
        "shopify_transaction_data.csv", "id,order_id,amount,created_at,kind,user_id",
        "9001,2674098602081,2.8,2020-09-11 19:35:42,sale,"),
      glimpse("shopify_product_data.csv", "id,title,vendor", "4,Shirt,Acme"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(
      shapes.map(\.name) == [
        "customers", "orders", "items", "shopify_customer_tag", "shopify_abandoned_checkout",
        "shopify_transaction", "products",
      ])
    #expect(shapes[1].linkWords == ["customer → customers"])
    #expect(shapes[1].index("id") == 0 && shapes[1].index("total") == 6)
    #expect(shapes[2].linkWords == ["order → orders", "product → products"])
    #expect(shapes[3].linkWords == ["customer_id → customers"])
    #expect(shapes[5].linkWords.first == "order_id → orders")
  }

  @Test("Shopify's own exports: customers, and orders with a row for each line")
  func shopifyExports() throws {
    let customers = glimpse(
      "customers_export.csv",
      """
      Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address City,\
      Default Address Province Code,Default Address Country Code,Default Address Zip,\
      Default Address Phone,Phone,Total Spent,Total Orders,Tags
      """, "'6543210987654,Ada,Moor,ada@example.com,yes,Ottawa,ON,CA,'K1A,,+1,90.00,2,vip")
    let orders = glimpse(
      "orders_export_1.csv",
      """
      Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Created at,\
      Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Billing Name,Billing Zip,\
      Billing Country,Id
      """,
      "#1001,ada@example.com,paid,2024-01-05 10:00:00 -0500,USD,30,5,0,35,2024-01-05 09:59:00 -0500,2,Cup,10,C-1,Ada Moor,K1A,CA,500",
      "#1001,ada@example.com,,,,,,,,,1,Pot,10,P-1,,,,",
      "#1002,bo@example.com,paid,2024-01-06 10:00:00 -0500,USD,10,0,0,10,2024-01-06 09:59:00 -0500,1,Cup,10,C-1,Bo Li,10115,DE,501"
    )
    #expect(
      tables(orders, customers) == [
        "orders_export_1.csv: items + orders", "customers_export.csv: customers",
      ])
    let verdict = Recognition.judge([orders, customers])[0]
    #expect(verdict.shape.columns[10...13].map(\.name) == ["quantity", "name", "price", "sku"])
    #expect(verdict.shape.idColumn == nil)
    #expect(verdict.shape.computed.map(\.source) == [.product(.column(10), .column(12))])
    let part = try #require(verdict.parts.first)
    #expect(part.rows == .distinct(0))
    for (name, column) in [("id", 0), ("status", 2), ("total", 8), ("date", 9)] {
      #expect(part.shape.column(named: name).map { part.sources[$0] } == .column(column))
    }
    #expect(part.shape.linkWords == ["email → customers by email"])
    // No order has two lines in the rows that were seen: the headers say it.
    let single = FileGlimpse(
      file: orders.file, header: orders.header, sample: orders.sample.map { [$0[0], $0[2]] })
    let other = Recognition.judge([single])[0]
    #expect(
      other.shape.name == "items"
        && other.shape.columns.map(\.name) == verdict.shape.columns.map(\.name))
    #expect(
      other.parts.first?.shape.column(named: "total").map { other.parts[0].sources[$0] }
        == .column(8))
    #expect(
      Recognition.judge([orders])[0].parts.last.map { $0.shape.idSource } == .email(1, website: nil)
    )
    let shape = Recognition.judge([customers])[0].shape
    #expect(shape.nameParts == [1, 2] && shape.index("country") == 7 && shape.index("zip") == 8)
  }

  @Test("WooCommerce: customers and orders of its reports and its export plugins")
  func wooCommerce() throws {
    let customers = glimpse(
      "wc-customers-report.csv",
      "Name,Username,Last Active,Date Registered,Email,Orders,Total Spend,AOV,Country / Region,City,Region,Postal Code",
      "Ada Moor,ada,2024-02-01,2023-01-05,ada@example.com,2,90.00,45.00,CA,Ottawa,ON,K1A")
    let orders = glimpse(
      "wc-orders-export.csv",
      "order_id,order_number,date,status,order_total,customer_id,billing_first_name,billing_last_name,billing_email",
      "101,101,2024-01-05 10:00:00,completed,35.00,7,Ada,Moor,ada@example.com")
    let shapes = Recognition.judge([customers, orders]).map(\.shape)
    #expect(shapes.map(\.name) == ["customers", "orders"])
    #expect(shapes[0].idSource == .email(4, website: nil) && shapes[0].index("zip") == 11)
    #expect(shapes[1].index("total") == 4 && shapes[1].index("email") == 8)
    let part = try #require(Recognition.judge([orders])[0].parts.first)
    #expect(part.sources == [.column(5), .column(8), .joined([.column(6), .column(7)])])
  }

  @Test("Stripe: customers and payments as its dashboard exports them")
  func stripe() {
    let files = [
      glimpse(
        "stripe_customers.csv", "id,Description,Email,Name,Created (UTC),Delinquent,Total Spend",
        "cus_Nf,,ada@example.com,Ada Moor,2024-01-05 10:00,false,35"),
      glimpse(
        "unified_payments.csv",
        "id,Created date (UTC),Amount,Currency,Status,Customer ID,Customer Email",
        "ch_3M,2024-01-06 10:00,35.00,usd,Paid,cus_Nf,ada@example.com"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(shapes.map(\.name) == ["customers", "payments"])
    #expect(shapes[0].index("since") == 4 && shapes[0].idColumn == 0)
    #expect(shapes[1].linkWords == ["customer → customers"])
  }

  @Test("PrestaShop and QloApps: id_customer, and exports for people")
  func prestaShop() {
    let files = [
      glimpse(
        "ps_customer.csv",
        "id_customer;id_gender;firstname;lastname;email;birthday;active;date_add",
        "1;1;Ada;Moor;ada@example.com;1990-01-15;1;2023-01-05 10:00:00"),
      glimpse(
        "ps_orders.csv", "id_order;reference;id_customer;id_cart;current_state;total_paid;date_add",
        "5;XKBKNABJK;1;9;6;35.000000;2024-01-05 10:00:00"),
      glimpse(
        "ps_order_detail.csv",
        "id_order_detail;id_order;product_id;product_name;product_quantity;product_price",
        "8;5;11;Mug;2;11.900000"),
      glimpse(
        "ps_address.csv", "id_address;id_customer;id_country;postcode;city", "3;1;8;75002;Paris"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(shapes.map(\.name) == ["customers", "orders", "items", "addresses"])
    #expect(shapes[0].nameParts == [2, 3] && shapes[0].index("since") == 7)
    #expect(shapes[1].idColumn == 0 && shapes[1].linkWords == ["customer → customers"])
    #expect(shapes[2].linkWords == ["order → orders"] && shapes[2].index("quantity") == 4)
    #expect(shapes[3].linkWords == ["customer → customers"])
    let export = glimpse(
      "customer_2024-01-05_101112.csv",
      "ID;Social title;First name;Last name;Email address;Sales;Enabled;Newsletter;Registration;Last visit",
      "1;Mr.;Ada;Moor;ada@example.com;--;1;1;01/05/2024 10:00:00;")
    let shape = Recognition.judge([export])[0].shape
    #expect(shape.name == "customers" && shape.index("since") == 8 && shape.nameParts == [1, 2, 3])
  }

  @Test("PrestaShop's and QloApps' files for importing: remarks and stars in the headers")
  func imports() {
    let files = [
      glimpse(
        "customers_import.csv",
        "Customer ID;Active (0/1);Titles ID (Mr = 1, Mrs = 2, else 0);Email *;Birthday (yyyy-mm-dd);Last Name *;First Name *;Phone;Registration date (yyyy-mm-dd);Groups (x,y,z...)",
        "1;1;1;ada@example.com;1990-01-15;Moor;Ada;123;2023-01-05;Customer"),
      glimpse(
        "addresses_import.csv",
        "Address ID;Alias*;Customer e-mail*;Customer ID;Lastname*;Zipcode*;City*;Country*;Phone",
        "3;Home;ada@example.com;;Moor;75002;Paris;France;123"),
      glimpse(
        "bookings_import.csv",
        "Order Reference ID;Customer ID;Room Type ID;Number Of Rooms;Order Price",
        "1;1;1;1;1250"),
      glimpse(
        "supply_orders_import.csv", "ID;Supplier ID;Reference;Date;Total", "1;4;SO-1;2023-01-05;99"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(
      shapes.map(\.name) == ["customers", "addresses", "orders", "supply_orders"])
    #expect(shapes[0].nameParts == [6, 5] && shapes[0].index("dob") == 4)
    #expect(shapes[0].index("email") == 3 && shapes[0].index("since") == 8)
    #expect(
      shapes[1].index("zip") == 5 && shapes[1].linkWords.contains("email → customers by email"))
    #expect(shapes[2].index("total") == 4 && shapes[2].linkWords.first == "customer → customers")
  }

  @Test("Mailchimp's and Klaviyo's seeds: their segments have no rule but members")
  func newsletters() {
    let mailchimp = [
      glimpse(
        "member.csv", "id,email_address,list_id,status", "0d2b,ada@example.com,8e42,subscribed"),
      glimpse("segment.csv", "id,list_id,member_count,name,type", "482927,8e42,2,employee,static"),
      glimpse("segment_member.csv", "member_id,segment_id,list_id", "0d2b,482927,8e42"),
      glimpse(
        "campaign.csv", "id,list_id,title,status,send_time", "c1,8e42,Spring,sent,2020-04-23"),
      glimpse("campaign_recipient.csv", "campaign_id,member_id", "c1,0d2b"),
    ]
    let shapes = Recognition.judge(mailchimp).map(\.shape)
    #expect(
      shapes.map(\.name) == ["customers", "segments", "members", "campaign", "campaign_recipient"])
    #expect(shapes[0].columns[0].kind == .id && shapes[2].index("customer") == 0)
    #expect(shapes[4].linkWords == ["member_id → customers", "campaign_id → campaign"])
    let klaviyo = [
      glimpse(
        "person.csv", "id,email,first_name,last_name,created", "01A,a@b.c,Ada,Moor,2020-01-05"),
      glimpse("event.csv", "id,person_id,metric_id,timestamp", "e1,01A,m1,2020-01-06 10:00:00"),
      glimpse("metric.csv", "id,name", "m1,Opened"),
    ]
    let others = Recognition.judge(klaviyo).map(\.shape)
    #expect(others.map(\.name) == ["customers", "event", "metric"])
    #expect(others[1].linkWords == ["person_id → customers", "metric_id → metric"])
  }

  @Test("A row an order, with a product and a quantity: orders and items")
  func flat() {
    let file = glimpse(
      "sales_2024.csv", "Order Number,Date,Customer Email,Product,SKU,Qty,Unit Price,Total",
      "5,2024-01-05,a@b.org,Mug,M-1,2,5.00,10.00", "6,2024-01-06,c@d.org,Pot,P-1,1,9.00,9.00")
    #expect(tables(file) == ["sales_2024.csv: items + orders + customers"])
    let shape = Recognition.judge([file])[0].shape
    #expect(
      ["order", "name", "sku", "quantity", "price", "total"].map(shape.index) == [0, 3, 4, 5, 6, 7])
  }

  @Test("The newer jaffle shop: a customer column with ids, items by sku")
  func newJaffleShop() {
    let files = [
      glimpse("raw_customers.csv", "id,name", "50a2d1c4,Scott Lopez", "438005c2,Michael Hart"),
      glimpse(
        "raw_orders.csv", "id,customer,ordered_at,store_id,subtotal,tax_paid,order_total",
        "363ac8a6,50a2d1c4,2016-09-01T15:01:00,4b6c2304,700,42,742",
        "ecbbbb31,438005c2,2016-09-01T07:15:00,4b6c2304,700,42,742"),
      glimpse(
        "raw_items.csv", "id,order_id,sku", "4db0f5fe,363ac8a6,BEV-001", "3f5d4d7a,ecbbbb31,BEV-001"
      ),
      glimpse(
        "raw_products.csv", "sku,name,type,price,description", "BEV-001,tangaroo,beverage,600,x"),
      glimpse(
        "raw_stores.csv", "id,name,opened_at,tax_rate", "4b6c2304,Philadelphia,2016-09-01,0.06"),
      glimpse("raw_supplies.csv", "id,name,cost,perishable,sku", "SUP-009,napkin,4,False,BEV-001"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(
      shapes.map(\.name) == ["customers", "orders", "items", "products", "stores", "supplies"])
    #expect(shapes[1].linkWords == ["customer → customers", "store_id → stores"])
    #expect(shapes[1].index("date") == 2 && shapes[1].index("total") == 6)
    #expect(shapes[2].linkWords == ["order → orders"])
  }

  @Test("CDNOW: orders without ids, customers from them")
  func cdnow() {
    let file = glimpse(
      "CDNOW_orders.csv", "customer_id,date,quantity,price", "1,19970101,1,11.77",
      "2,19970112,1,12.00", "2,19970112,5,77.00")
    #expect(tables(file) == ["CDNOW_orders.csv: orders + customers"])
    let shape = Recognition.judge([file])[0].shape
    #expect(shape.columns.map(\.name) == ["customer", "date", "quantity", "total"])
    #expect(shape.idSource == .rowNumbers)
  }

  @Test("Codes of places that no kind knows are text, and amounts may name their currency")
  func codesAndCurrencies() {
    let orders = glimpse(
      "orders.csv", "id,customer_id,order_date,amount_usd,Shipping Country,ship_zip,weight",
      "1,7,2024-01-02,5,NO,0150,3", "2,8,2024-01-03,6,NO,1150,4")
    let shape = Recognition.judge([orders])[0].shape
    let kinds = Dictionary(uniqueKeysWithValues: shape.columns.map { ($0.name, $0.kind) })
    #expect(kinds["shipping_country"] == .text && kinds["ship_zip"] == .text)
    #expect(kinds["weight"] == .any)
    #expect(shape.column(named: "total") == 3)
  }

  @Test(
    "A small number that customers have besides their ids links nothing; a number of theirs does")
  func accidentalNumbers() {
    let customers = glimpse(
      "customers.csv", "id,email,orders,customer_number", "501,a@x.com,2,1", "502,b@x.com,0,3")
    let counted = glimpse("orders.csv", "order_id,customer_id,total", "10,2,5", "11,0,6")
    let numbered = glimpse("orders.csv", "order_id,customer_id,total", "10,3,5", "11,1,6")
    #expect(
      Recognition.judge([customers, counted])[1].shape.linkWords.first == "customer → customers")
    #expect(
      Recognition.judge([customers, numbered])[1].shape.linkWords.first
        == "customer → customers.customer_number")
  }

  @Test("The users whose ids orders have are the customers, not those who work in the shop")
  func usersOfTheShop() {
    let verdicts = Recognition.judge([
      glimpse("users.csv", "id,email,name", "900,adm@x.com,Ad Min", "901,ed@x.com,Ed Itor"),
      glimpse("members_list.csv", "id,email,name", "1,a@x.com,Ann Berg", "2,b@x.com,Bob Carl"),
      glimpse("orders.csv", "id,member_id,date,total", "1,1,2024-01-02,5", "2,2,2024-01-03,6"),
    ])
    #expect(verdicts.map(\.shape.name) == ["users", "customers", "orders"])
  }
}
