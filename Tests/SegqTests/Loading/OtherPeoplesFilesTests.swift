import SegqTestSupport
import Testing

@Suite("Files that other programs wrote")
struct OtherPeoplesFilesTests {
  private static let drillDownHeader =
    #"ID,Name,Email,Group,Phone,ZIP,Country,State/Province,"Customer Since""#

  @Test("Exports of the drill-down are segments with their members, and together the customers")
  func drillDowns() throws {
    let bob =
      #"2,"Bob O&#039;Beta",bob@x.com,General,"+49 1",75001,France,,"Feb 1, 2021, 11:09:32 AM""#
    try Folder.with([
      "vip.csv": Self.drillDownHeader
        + "\n1,\"Ann Alpha\",ann@x.com,General,555,01129,Germany,Berlin,\"Oct 26, 2016, 3:00:57 PM\"\n\(bob)\n",
      "lapsed.csv": Self.drillDownHeader
        + "\n\(bob)\n3,Cat,cat@x.com,General,,,,,\"Feb 2, 2021, 11:09:32 AM\"\n",
    ]) { folder in
      let run = try folder.run(
        "select segment, customers from segments order by segment",
        "select id, name from 'vip' & 'lapsed'",
        "select count() from customers")
      #expect(run.output == "lapsed,2\nvip,2\n\n2,Bob O'Beta\n\n3\n", "\(run)")
    }
  }

  @Test("A drill-down beside customers is a segment of these")
  func drillDownBeside() throws {
    try Folder.with([
      "customers.csv": "ID,Name,Email\n1,Ann,ann@x.com\n2,Bob,bob@x.com\n",
      "export/vip.csv": Self.drillDownHeader
        + "\n2,Bob,bob@x.com,General,,,,,\"Feb 1, 2021, 11:09:32 AM\"\n9,Zed,zed@x.com,General,,,,,\"Feb 1, 2021, 11:09:32 AM\"\n",
    ]) { folder in
      let run = try folder.run(
        "load 'export/vip.csv'", "select id from 'vip'", "select count() from customers")
      #expect(run.output == "2\n\n2\n", "\(run)")
      #expect(run.errors.contains("1 row has an ID that no row of customers has"), "\(run)")
    }
  }

  @Test("System › Export: customers without ids, addresses by email and website")
  func systemExport() throws {
    try Folder.with([
      "customer.csv":
        "email,_website,_store,created_at,firstname,gender,group_id,lastname,website_id\n"
        + "ann@x.com,base,default,2020-01-02 03:04:05,Ann,Female,1,Alpha,1\n"
        + "ann@x.com,outlet,outlet,2020-02-02 03:04:05,Ann,Female,1,Alpha,2\n"
        + "bob@x.com,base,default,2020-01-03 03:04:05,Bob,Male,1,Beta,1\n",
      "customer_address.csv":
        "_website,_email,_entity_id,city,country_id,postcode,region,telephone,"
        + "_address_default_billing_,_address_default_shipping_\n"
        + "base,ann@x.com,1,Berlin,DE,01129,Berlin,+4930,1,1\n"
        + "outlet,ann@x.com,2,Paris,FR,75001,Paris,+331,1,1\n"
        + "base,bob@x.com,3,Rome,IT,00100,Roma,+396,,1\nbase,bob@x.com,4,Milan,IT,20100,Milano,+392,1,\n",
    ]) { folder in
      let run = try folder.run("select id, name, website, zip, count(addresses) from customers")
      #expect(
        run.output
          == "1,Ann Alpha,base,01129,1\n2,Ann Alpha,outlet,75001,1\n3,Bob Beta,base,20100,2\n",
        "\(run)")
    }
  }

  @Test("The composite of customers and addresses: a row without email is an address more")
  func composite() throws {
    try Folder.with([
      "customer_composite.csv":
        "email,_website,firstname,lastname,group_id,_address_city,_address_country_id,_address_postcode,"
        + "_address_telephone,_address_default_billing_,_address_default_shipping_\n"
        + "ann@x.com,base,Ann,Alpha,1,Berlin,DE,01129,+4930,1,\n,,,,,Paris,FR,75001,+331,,1\n"
        + "bob@x.com,base,Bob,Beta,1,,,,,,\n"
    ]) { folder in
      let run = try folder.run("select name, email, zip, count(addresses) from customers")
      #expect(run.output == "Ann Alpha,ann@x.com,01129,2\nBob Beta,bob@x.com,,0\n", "\(run)")
      #expect(!run.errors.contains("warning"), "\(run)")
    }
  }

  @Test("Lines of invoices give items, orders and customers")
  func invoiceLines() throws {
    try Folder.with([
      "online_retail.csv":
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"
        + "536365,85123A,HOLDER,6,12/1/2010 8:26,2.55,17850,United Kingdom\n"
        + "536365,71053,LANTERN,6,12/1/2010 8:26,3.39,17850,United Kingdom\n"
        + "C536379,D,Discount,-1,12/13/2010 9:41,27.5,14527,United Kingdom\n"
        + "536414,22139,,56,12/1/2010 11:52,0,,United Kingdom\n"
    ]) { folder in
      let run = try folder.run(
        "select id, country, count(orders), sum(items.quantity), sum(orders.total) from customers",
        "select id, customer, date, total from orders")
      #expect(
        run.output == "14527,United Kingdom,1,-1,-27.5\n17850,United Kingdom,1,12,35.64\n\n"
          + "536365,17850,2010-12-01 08:26:00,35.64\n536414,,2010-12-01 11:52:00,0\n"
          + "C536379,14527,2010-12-13 09:41:00,-27.5\n", "\(run)")
    }
  }

  @Test("A last row of totals is skipped, and the ids stay numbers")
  func totals() throws {
    try Folder.with([
      "customers.csv": "id,name\n1,Ann\n2,Bob\n",
      "orders.csv":
        "order_id;customer_id;date;total\n1;1;2024-01-01;10\n2;2;2024-01-02;20\nTotal;;;30\n",
    ]) { folder in
      let run = try folder.run("select sum(total), max(id) from orders")
      #expect(run.output == "30,2\n", "\(run)")
      #expect(
        run.errors.contains("orders.csv:4: the last row is a total of the others and is skipped"))
    }
  }

  @Test("The stronger file is the customers, and every file stands in describe load")
  func stronger() throws {
    try Folder.with([
      "admins.csv": "id,name,email\n1,Root,root@x.com\n",
      "customers.csv": "id,name,email\n7,Ann,ann@x.com\n",
      "orders_2024.csv": "order_id,customer_id,date,total\n1,7,2024-01-01,10\n",
      "orders_2025.csv": "order_id,customer_id,date,total\n2,7,2025-01-01,20\n",
      "store.csv": "store_id,code,website_id,name\n1,default,1,Default\n",
      "campaigns.csv": "id,name,status\n1,Spring,sent\n", "notes.md": "# Notes\n",
    ]) { folder in
      let run = try folder.run("select name, sum(orders.total) from customers")
      let load = try folder.run("describe load", "select count() from segments")
      #expect(run.output.hasPrefix("Ann,30\n"), "\(run)")
      for (file, table) in [
        ("admins.csv", "admins"), ("customers.csv", "customers"), ("orders_2024.csv", "orders"),
        ("orders_2025.csv", "orders"), ("store.csv", "store"), ("campaigns.csv", "campaigns"),
      ] {
        #expect(load.output.contains("./\(file),\(table),"), "\(file): \(load)")
      }
      #expect(load.output.contains("./notes.md,,") && load.output.hasSuffix("\n0\n"), "\(load)")
    }
  }

  @Test("What is said of a file overrides everything, and counts for the next of its shape")
  func remembered() throws {
    try Folder.with([
      "kunden.csv": "Kundennr,Vorname\n7,Ann\n8,Bob\n", "neu.csv": "Kundennr,Vorname\n9,Cat\n",
    ]) { folder in
      let run = try folder.run(
        "load 'kunden.csv' as customers (id = 'Kundennr', name = 'Vorname')", "save 'w.segdb'",
        store: nil)
      #expect(run.code == 0, "\(run)")
      let next = try folder.run("load 'neu.csv' append", "select customers", store: "w.segdb")
      #expect(next.output == "7,Ann\n8,Bob\n9,Cat\n", "\(next)")
    }
  }

  @Test("A table comes from standard input, unless the statements do")
  func standardInput() throws {
    try Folder.with([:]) { folder in
      let text = "id,name\n1,Ann\n"
      let run = try Program.run(
        ["--no-header", "-c", "load '-' as customers", "-c", "select customers"], input: text,
        in: folder.url)
      #expect(run.output == "1,Ann\n", "\(run)")
      let both = try Program.run([], input: "load '-' as customers\n", in: folder.url)
      #expect(
        both.code == 1 && both.errors.contains("statements come from standard input"), "\(both)")
      let pipe = try Program.shell(
        "exec \"$SEGQ\" --no-header -c \"load '/dev/stdin' as t\" -c 'select count() from t' < <(for i in $(seq 1 30000); do echo $i; sleep 0; done)",
        in: folder.url)
      #expect(pipe.output == "29999\n" || pipe.output == "30000\n", "\(pipe)")
    }
  }
}
