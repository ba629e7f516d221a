// A kind of table is a file of this folder, and a header that means a column is a word of its line.
//
// Facts: the report's own export and the Admin's grids (AdobeDocs/commerce-admin.en), System › Export
// (magento/magento2, `app/code/Magento/CustomerImportExport`), the database (magento/magento2,
// `app/code/Magento/{Customer,Sales,Quote,Store,Eav,Wishlist,Newsletter}/etc/db_schema.xml`), and the
// public exports and sample data of other programs that the tests name.
extension KnownTable {
  static let all: [KnownTable] =
    [customers, orders, items, payments, products, orderAddresses, addresses]
    + [carts, cartItems, cartAddresses, wishlist, wishlistOwners, views, subscriptions, credit]
    + [segments, members, segmentWebsites] + codes + attributes

  static func named(_ name: String) -> KnownTable? { all.first { $0.name == name } }

  /// Words that mean a customer in `user_id`, `client`, `buyer_key`.
  static let personWords: Set<String> = [
    "customer", "cust", "user", "client", "buyer", "member", "shopper", "account", "person",
    "contact", "subscriber", "profile", "consumer", "purchaser", "patron", "kunde", "kunden",
    "cliente", "acheteur", "cardholder", "visitor",
  ]
}
