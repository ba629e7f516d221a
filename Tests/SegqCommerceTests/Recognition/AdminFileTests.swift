import SegqCommerce
import Testing

@Suite("Files of Adobe Commerce: the Admin's exports")
struct AdminFileTests {
  static let report = "ID,Name,Email,Group,Phone,ZIP,Country,State/Province,Customer Since"
  static let row =
    "1,Anna Berg,anna@example.org,General,0301,10115,Germany,Berlin,2016-10-26 15:00:57"

  @Test("A drill-down file is a segment with its members; customers.csv is the customers")
  func drillDown() {
    let vip = glimpse("VIP customers.csv", Self.report, Self.row)
    let gone = glimpse("gone.csv", Self.report, Self.row)
    let customers = glimpse("customers.csv", Self.report, Self.row)
    #expect(
      tables(vip, customers, gone) == [
        "VIP customers.csv: segment VIP customers", "customers.csv: customers",
        "gone.csv: segment gone",
      ])
    #expect(tables(vip) == ["VIP customers.csv: segment VIP customers"])
    #expect(Recognition.judge([vip])[0].shape.name == "customers")
    let more = glimpse("grid.csv", Self.report + ",Website", Self.row + ",Main")
    #expect(tables(more) == ["grid.csv: customers"])
    let unnamed = glimpse("export.csv", Self.report, Self.row)
    #expect(tables(unnamed) == ["export.csv: customers"])
    #expect(
      tables(unnamed, customers) == ["export.csv: segment export", "customers.csv: customers"])
    var bytes = glimpse("customersegment_customers.xml", Self.report, Self.row)
    bytes.isReport = true
    #expect(tables(bytes) == ["customersegment_customers.xml: segment customersegment_customers"])
  }

  @Test(
    "The report's columns are known in the Admin's other languages",
    arguments: [
      "ID,Name,E-Mail,Gruppe,Telefon,PLZ,Land,Bundesland/Provinz,Kunde seit",
      "ID,Nom,Email,Groupe,Téléphone,Code postal,Pays,État/Province,Client depuis",
      "ID,Nombre,Correo electrónico,Grupo,Teléfono,C.P.,País,Estado/Provincia,Cliente desde",
    ])
  func languages(_ header: String) {
    let verdict = Recognition.judge([glimpse("Stammkunden.csv", header, Self.row)])[0]
    #expect(verdict.role == .segment("Stammkunden"))
    #expect(
      verdict.shape.columns.map(\.name) == [
        "id", "name", "email", "group", "phone", "zip", "country", "state", "since",
      ])
  }

  @Test(
    "The orders grid is known in them too",
    arguments: [
      "ID,Einkaufsort,Kaufdatum,Rechnung an Name,Versand an Name,Gesamtsumme (Basis),Gesamtsumme (gekauft),Status,Kunden-E-Mail",
      "ID,Acheté sur,Date d’achat,Nom de facturation,Nom de livraison,Total (devise de base),Total (commandé),Statut,Email du client",
      "ID,Punto de compra,Fecha de compra,Nombre de facturación,Nombre de envío,Gran Total (Base),Gran Total (comprado),Estado,Correo electrónico del cliente",
    ])
  func ordersInLanguages(_ header: String) {
    let row =
      "000000012,Main,2024-01-05 10:00:00,Anna Berg,Anna Berg,100.00,110.00,complete,a@b.org"
    let verdict = Recognition.judge([glimpse("export.csv", header, row)])[0]
    let shape = verdict.shape
    #expect(shape.name == "orders" && shape.linkWords == ["email → customers by email"])
    #expect(["id", "date", "total", "status", "email"].map(shape.index) == [0, 2, 5, 7, 8])
    #expect(verdict.parts.first?.shape.columns.map(\.name) == ["name", "email"])
  }

  @Test("The customers grid and the orders grid, linked by email")
  func grids() {
    let files = [
      glimpse(
        "export.csv",
        "ID,Name,Email,Group,Phone,ZIP,Country,State/Province,Customer Since,Web Site,Confirmed email,Date of Birth,Gender",
        "1,Anna Berg,anna@example.org,General,0301,10115,Germany,Berlin,2016-10-26,Main Website,,,Female"
      ),
      glimpse(
        "export (1).csv",
        """
        ID,Purchase Point,Purchase Date,Bill-to Name,Ship-to Name,Grand Total (Base),\
        Grand Total (Purchased),Status,Billing Address,Shipping Address,Shipping Information,\
        Customer Email,Customer Group,Subtotal,Shipping and Handling,Customer Name,Payment Method,\
        Total Refunded
        """,
        "000000012,Main Website,2024-01-05 10:00:00,Anna Berg,Anna Berg,100.00,110.00,complete,a,b,c,anna@example.org,1,90,10,Anna Berg,checkmo,0"
      ),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(shapes.map(\.name) == ["customers", "orders"])
    #expect(shapes[0].index("website") == 9 && shapes[0].index("since") == 8)
    #expect(shapes[1].linkWords == ["email → customers by email"])
    #expect(shapes[1].index("total") == 5 && shapes[1].index("grand_total_purchased") == 6)
    #expect(shapes[1].columns[0].kind == .id && shapes[1].dateColumn == 2)
  }

  @Test("System Export: customers without ids, addresses by email and website")
  func systemExport() {
    let files = [
      glimpse(
        "customer_20240105_101112.csv",
        "email,_website,_store,confirmation,created_at,created_in,dob,firstname,gender,group_id,lastname,middlename,prefix,store_id,suffix,website_id,password",
        "anna@example.org,base,default,,2016-10-26 15:00:57,Default,,Anna,Female,1,Berg,,Ms,1,,1,"),
      glimpse(
        "customer_address_20240105_101113.csv",
        "_website,_email,_entity_id,city,company,country_id,firstname,lastname,postcode,region,street,telephone,_address_default_billing_,_address_default_shipping_",
        "base,anna@example.org,5,Berlin,,DE,Anna,Berg,10115,Berlin,A 1,0301,1,1"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(shapes.map(\.name) == ["customers", "addresses"])
    #expect(
      shapes[0].idSource == .email(0, website: 1) && shapes[0].nameParts == [12, 7, 11, 10, 14])
    #expect(shapes[1].linkWords == ["email → customers by email and website"])
    #expect(shapes[1].index("default_billing") == 12 && shapes[1].idColumn == 2)
  }

  @Test(
    "The composite of customers and addresses: a row without an email goes on with the one above")
  func composite() throws {
    let file = glimpse(
      "customer_composite.csv",
      "email,_website,firstname,lastname,_address_city,_address_country_id,_address_postcode,_address_telephone,_address_default_billing_",
      "anna@example.org,base,Anna,Berg,Berlin,DE,10115,0301,1", ",,,,Bonn,DE,53111,0228,")
    let verdict = Recognition.judge([file])[0]
    #expect(verdict.shape.name == "customers" && verdict.shape.continuedWhereEmpty == 0)
    #expect(verdict.shape.index("zip") == 6 && verdict.shape.index("phone") == 7)
    let part = try #require(verdict.parts.first)
    #expect(part.shape.name == "addresses" && part.rows == .each)
    #expect(
      part.shape.columns.map(\.name) == [
        "email", "website", "city", "country", "zip", "phone", "default_billing",
      ])
    #expect(part.sources.prefix(3) == [.carried(0), .carried(1), .column(4)])
    #expect(part.shape.linkWords == ["email → customers by email and website"])
  }

  @Test("Commerce Intelligence's raw export has the database's names in other letters")
  func rawExport() {
    let files = [
      glimpse(
        "customer_entity_raw.csv", "entity_id,email,created_at,group_id,store_id",
        "1,anna@example.org,2016-10-26 15:00:57,1,1"),
      glimpse(
        "Sales order - raw data export.csv",
        "Entity Id,Customer Id,Created At,Status,Base Grand Total,Grand Total",
        "12,1,2024-01-05 10:00:00,complete,100,110"),
    ]
    let shapes = Recognition.judge(files).map(\.shape)
    #expect(shapes.map(\.name) == ["customers", "orders"])
    #expect(shapes[1].index("total") == 4 && shapes[1].linkWords == ["customer → customers"])
  }
}
