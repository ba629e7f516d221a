import SegqTestSupport
import Testing

@Suite("Files of the shapes that shops and public data sets have")
struct PublicDataTests {
  private static let customers = "id,email,name\n1,a@x.com,Ann Berg\n2,b@x.com,Bob Carl\n"
  private static let perCustomer =
    "select id, count(orders.id), sum(orders.total) from customers group by id"

  @Test("Orders of customer 0 are those of guests, with customers and without")
  func guests() throws {
    let orders =
      "order_id,customer_id,email,date,total\n10,1,a@x.com,2024-01-02,5\n11,0,g@x.com,2024-01-03,7\n"
      + "12,0,b@x.com,2024-01-04,9\n13,2,b@x.com,2024-02-04,11\n"
    try Folder.with(["customers.csv": Self.customers, "orders.csv": orders]) { folder in
      let run = try folder.run(
        Self.perCustomer, "select count() from orders where customer is null",
        "set guests = match; load 'orders.csv'; " + Self.perCustomer)
      #expect(run.output == "1,1,5\n2,1,11\n\n2\n\n1,1,5\n2,2,20\n", "\(run)")
      #expect(!run.errors.contains("no row of customers has"), "\(run)")
      let load = try folder.run("select count() from orders", "describe load")
      #expect(load.output.contains("2 rows have the customer id 0, which is read as null"))
    }
    try Folder.with(["orders.csv": orders]) { folder in
      let run = try folder.run(Self.perCustomer, "select count() from orders")
      #expect(run.output == "1,1,5\n2,1,11\n\n4\n", "\(run)")
    }
  }

  @Test("A customer 0 has orders, and a text 0 is a guest's among text ids")
  func customersCalledZero() throws {
    try Folder.with([
      "customers.csv": "id,email,name\n0,z@x.com,Zed\n1,a@x.com,Ann\n",
      "orders.csv": "id,customer_id,date,total\n10,1,2024-01-02,5\n11,0,2024-01-03,7\n",
    ]) { folder in
      let run = try folder.run(Self.perCustomer)
      #expect(run.output == "0,1,7\n1,1,5\n", "\(run)")
    }
    try Folder.with([
      "customers.csv": "id,email,name\nC-1,a@x.com,Ann\nC-2,b@x.com,Bob\n",
      "orders.csv": "id,customer_id,date,total\n10,C-1,2024-01-02,5\n11,0,2024-01-03,7\n",
    ]) { folder in
      let run = try folder.run(Self.perCustomer, "select id from orders where customer is null")
      #expect(run.output == "C-1,1,5\nC-2,0,0\n\n11\n", "\(run)")
      #expect(run.errors == "", "\(run)")
    }
  }

  @Test("WooCommerce: how many orders a customer has is nobody's id; lines of orders are items")
  func wooCommerce() throws {
    try Folder.with([
      "wc-customers.csv":
        "Name,Username,Date Registered,Email,Orders,Total Spend,Country / Region,Postal Code\n"
        + "Ann Berg,ann,2023-01-01 09:00:00,a@x.com,2,30,NO,0150\n"
        + "Bob Carl,bob,2023-01-02 09:00:00,b@x.com,0,0,CH,3000\n",
      "orders-export.csv":
        "order_id,order_date,status,order_total,customer_id,billing_first_name,billing_last_name,"
        + "billing_email,billing_country,item_product_id,item_name,item_quantity,item_total\n"
        + "10,2024-01-02 10:00:00,completed,20,5,Ann,Berg,a@x.com,NO,100,Shirt,1,15\n"
        + "10,2024-01-02 10:00:00,completed,20,5,Ann,Berg,a@x.com,NO,101,Sock,1,5\n"
        + "11,2024-02-02 10:00:00,completed,10,0,Guest,One,g@x.com,NO,101,Sock,2,10\n",
    ]) { folder in
      let run = try folder.run(
        Self.perCustomer, "select id, total, billing_country from orders order by id",
        "select sum(total), count() from items")
      #expect(run.output == "5,1,20\n6,0,0\n\n10,20,NO\n11,10,NO\n\n30,3\n", "\(run)")
    }
  }

  @Test("Ids of customers without a column of ids are nobody's in other files")
  func customersWithoutIDs() throws {
    try Folder.with([
      "customers.csv": "name,email\nAnn,a@x.com\nBob,b@x.com\n",
      "orders.csv": "id,customer_id,date,total\n10,1,2024-01-02,5\n11,2,2024-01-03,6\n",
    ]) { folder in
      let run = try folder.run("select count(), sum(total) from orders")
      #expect(run.output == "2,11\n", "\(run)")
      #expect(run.errors.contains("the customers have no ids"), "\(run)")
      #expect(run.errors.contains("load './customers.csv' as customers (id = 'HEADER')"))
    }
  }

  @Test("Totals and remarks at the end are left out, and said")
  func footers() throws {
    try Folder.with([
      "customers.csv": Self.customers,
      "orders.csv":
        "Order ID,Customer ID,Date,Total\n10,1,2024-01-02,5\n11,2,2024-01-03,6\n\n"
        + "Total: 2 orders,,,11\nExported by Ann,,,\n",
    ]) { folder in
      let run = try folder.run(Self.perCustomer, "select sum(total), count() from orders")
      #expect(run.output == "1,1,5\n2,1,6\n\n11,2\n", "\(run)")
      #expect(run.errors.contains("orders.csv:5: this row is a total of the others"), "\(run)")
      #expect(run.errors.contains("orders.csv:6: the last row is a remark"), "\(run)")
    }
  }

  @Test("Orders with names only say with which line they can be linked, and are")
  func namesOnly() throws {
    try Folder.with([
      "customers.csv": "id,firstname,lastname\n1,Ann,Berg\n2,Bob,Carl\n",
      "orders.csv": "id,customer,date,total\n10,Ann Berg,2024-01-02,5\n11,Ann Berg,2024-01-03,6\n",
    ]) { folder in
      let run = try folder.run("select count() from orders")
      let load = "load './orders.csv' as orders (customer = 'customer')"
      #expect(run.errors.contains(load), "\(run)")
      let linked = try folder.run(load, Self.perCustomer)
      #expect(linked.output == "1,2,11\n2,0,0\n", "\(linked)")
    }
  }

  @Test("Emails in a column called Customer link orders")
  func emailsAsCustomers() throws {
    try Folder.with([
      "customers.csv": Self.customers,
      "orders.csv": "Order ID,Customer,Date,Total (EUR)\n10,a@x.com,2024-01-02,5\n",
    ]) { folder in
      let run = try folder.run(Self.perCustomer)
      #expect(run.output == "1,1,5\n2,0,0\n", "\(run)")
      #expect(run.errors == "", "\(run)")
    }
  }

  @Test("Several currencies in one column are a warning; one is none")
  func currencies() throws {
    for (amounts, warns) in [(["$5.00", "€6.00"], true), (["$5.00", "$6.00"], false)] {
      try Folder.with([
        "customers.csv": Self.customers,
        "orders.csv": "id,customer_id,date,total\n10,1,2024-01-02,\(amounts[0])\n"
          + "11,2,2024-01-03,\(amounts[1])\n",
      ]) { folder in
        let run = try folder.run("select sum(total) from orders")
        #expect(run.output == "11\n", "\(run)")
        #expect(run.errors.contains("amounts in several currencies ($, €)") == warns, "\(run)")
      }
    }
  }

  @Test("Two files of customers with the same ids: neither is taken by the alphabet")
  func twoCountries() throws {
    try Folder.with([
      "customers_de.csv": "id,email,name\n1,d@x.com,Dan E\n2,e@x.com,Eva F\n",
      "customers_fr.csv": "id,email,name\n1,h@x.com,Han E\n2,i@x.com,Ina F\n",
    ]) { folder in
      let run = try folder.run(
        "select count() from customers_de", "select count() from customers_fr")
      #expect(run.output == "2\n\n2\n", "\(run)")
      #expect(run.errors.contains("load './customers_fr.csv' as customers"), "\(run)")
      #expect(run.errors.contains("no file was taken for the customers"), "\(run)")
    }
  }

  @Test("JSON of other shops: nested rows find theirs by ids of any spelling, addresses by theirs")
  func nestedJSON() throws {
    try Folder.with([
      "customers.json":
        #"[{"customerID":"ALFKX","contactName":"Mia A","address":{"postalCode":"01129","country":"DE","phone":"030"}},{"customerID":"BERGX","contactName":"Bo B","address":{"postalCode":"S-958","country":"SE","phone":"09"}}]"#,
      "orders.json":
        #"[{"orderID":10,"customerID":"ALFKX","orderDate":"1996-07-04","details":[{"productID":1,"unitPrice":2,"quantity":3},{"productID":2,"unitPrice":1,"quantity":1}]},{"orderID":11,"customerID":"BERGX","orderDate":"1996-07-05","details":[{"productID":1,"unitPrice":2,"quantity":1}]}]"#,
    ]) { folder in
      let run = try folder.run(
        "select id, zip, country, phone from customers",
        "select id, count(items), sum(items.total) from orders group by id")
      #expect(run.output == "ALFKX,01129,DE,030\nBERGX,S-958,SE,09\n\n10,2,7\n11,1,2\n", "\(run)")
      #expect(run.errors == "", "\(run)")
      let only = try folder.run("load 'orders.json' as orders", "select count() from orders")
      #expect(only.output == "2\n", "\(only)")
      #expect(only.errors.contains("only the outermost list is loaded, not 'details'"), "\(only)")
    }
  }

  @Test("MongoDB's ids and dates are those of their objects")
  func mongo() throws {
    try Folder.with([
      "customers.csv": Self.customers,
      "orders.json":
        #"{"_id":{"$oid":"65a1"},"customerId":1,"createdAt":{"$date":"2024-01-02T10:00:00Z"},"total":5,"items":[{"sku":"a","qty":1},{"sku":"b","qty":3}]}"#
        + "\n"
        + #"{"_id":{"$oid":"65a2"},"customerId":2,"createdAt":{"$date":"2024-01-03T10:00:00Z"},"total":6,"items":[{"sku":"b","qty":2}]}"#,
    ]) { folder in
      let run = try folder.run(
        Self.perCustomer, "select id, date, sum(items.quantity) from orders group by id, date")
      #expect(
        run.output
          == "1,1,5\n2,1,6\n\n65a1,2024-01-02 10:00:00,4\n65a2,2024-01-03 10:00:00,2\n", "\(run)")
    }
  }

  @Test("Shopify's state of an account is no state of a country")
  func shopifyState() throws {
    try Folder.with([
      "shopify_customer_data.csv":
        "id,first_name,last_name,email,state,created_at\n7,Ann,Berg,a@x.com,enabled,2024-01-02\n"
        + "8,Bob,Carl,b@x.com,invited,2024-01-03\n",
      "shopify_gql_order_data.csv":
        "id,customer_id,created_at,total_price_set_pres_amount,total_price_set_shop_amount\n"
        + "1,7,2024-01-02,9,10\n",
    ]) { folder in
      let run = try folder.run("describe customers", Self.perCustomer)
      #expect(run.output.contains("\nstate,state,text"), "\(run)")
      #expect(run.output.hasSuffix("\n7,1,10\n8,0,0\n"), "\(run)")
    }
  }

  @Test("Rows of one person are counted where they are made one")
  func oneCustomerOfSeveralRows() throws {
    try Folder.with([
      "olist_customers_dataset.csv":
        "customer_id,customer_unique_id,customer_zip_code_prefix,customer_state\n"
        + "c1,u1,01001,RJ\nc2,u2,01002,PR\nc3,u1,01001,RJ\n",
      "olist_orders_dataset.csv":
        "order_id,customer_id,order_status,order_purchase_timestamp\n"
        + "o1,c1,delivered,2018-01-04 10:15:00\no2,c3,delivered,2018-02-04 10:15:00\n"
        + "o3,c2,delivered,2018-03-04 10:15:00\n",
    ]) { folder in
      let run = try folder.run(
        "select id, count(orders.id) from customers group by id", "describe load")
      #expect(run.output.hasPrefix("u1,2\nu2,1\n"), "\(run)")
      #expect(run.output.contains("1 row has the customer_unique_id of an earlier row"), "\(run)")
    }
  }

  @Test("load … as of a workbook takes its first sheet with a table and names the others")
  func firstSheet() throws {
    func sheet(_ name: String, _ rows: [[String]]) -> String {
      let cells = rows.map { row in
        "<Row>"
          + row.map { "<Cell><Data ss:Type=\"String\">\($0)</Data></Cell>" }.joined() + "</Row>"
      }
      return "<Worksheet ss:Name=\"\(name)\"><Table>\(cells.joined())</Table></Worksheet>"
    }
    let book =
      "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" "
      + "xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">"
      + sheet("Notes", [["Please read"], ["These are the orders of 2024"]])
      + sheet(
        "Data", [["Order ID", "Customer ID", "Total"], ["10", "1", "5"], ["11", "2", "6"]])
      + sheet("Old", [["Order ID", "Customer ID", "Total"], ["1", "1", "99"]]) + "</Workbook>"
    try Folder.with(["customers.csv": Self.customers, "more/book.xml": book]) { folder in
      let run = try folder.run("load 'more/book.xml' as orders", Self.perCustomer)
      #expect(run.output == "1,1,5\n2,1,6\n", "\(run)")
      #expect(run.errors.contains("only 'Data' is loaded, not 'Notes', 'Old'"), "\(run)")
    }
  }
}
