extension Recognition {
  /// The table that a file is called after: `orders` of `shop/sales_order.csv`.
  public static func table(named path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    let stem = String(file.prefix { $0 != "." })
    return shape(file: stem, header: []).name
  }

  /// Whether a name is that of a known table or one of its files: `Customers`, `sales_order`.
  public static func isTable(_ name: String) -> Bool {
    KnownTable.all.contains { $0.name == table(named: name) }
  }

  /// Whether the rows of a known table are customers' own: orders, carts, addresses.
  public static func belongsToCustomers(_ table: String) -> Bool {
    KnownTable.all.first { $0.name == table }?.columns.contains { $0.name == "customer" } ?? false
  }

  /// The known column of a table that a name or a header means: `postcode` of customers is their `zip`.
  public static func column(named name: String, of table: String) -> TableShape.Column? {
    let known = KnownTable.all.first { $0.name == table }?.columns
    let column = known?.first { $0.name == name } ?? known?.first { $0.headers.contains(name) }
    return column.map {
      TableShape.Column(name: $0.name, header: $0.header, kind: $0.kind, isShown: $0.isShown)
    }
  }
}
