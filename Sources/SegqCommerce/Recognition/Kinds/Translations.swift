/// Headers of other languages with the English ones that they mean, a line each.
///
/// Those of the Admin's grids are from the language packs of its community:
/// splendidinternet/Magento2_German_LocalePack_de_DE, nallias/magento2-language-fr-fr and
/// eusonlito/magento2-language-es_es.
enum Translations {
  /// What a header means: its snake case without a remark in brackets, unless that makes it another
  /// known one. `Birthday (yyyy-mm-dd)` is `birthday`, `Customer e-mail *` is `customer_email`, `Grand
  /// Total (Base)` is all of it.
  static func meaning(of header: String, _ key: String, among keys: Set<String>) -> String {
    let whole = meaning(of: key, among: keys)
    if known.contains(whole) { return whole }
    if let plain = withoutCurrency(key).map({ meaning(of: $0, among: keys) }),
      known.contains(plain), !keys.contains(plain)
    {
      return plain
    }
    guard let bracket = header.firstIndex(of: "("), bracket != header.startIndex else {
      return whole
    }
    let rest = meaning(of: Recognition.key(String(header[..<bracket])), among: keys)
    return known.contains(rest) && !keys.contains(rest) ? rest : whole
  }

  /// `total` of `total_usd` and of `Total (EUR)`.
  private static func withoutCurrency(_ key: String) -> String? {
    guard let mark = key.lastIndex(of: "_"),
      currencies.contains(String(key[key.index(after: mark)...]))
    else { return nil }
    return String(key[..<mark])
  }

  private static let currencies: Set<String> = [
    "usd", "eur", "gbp", "chf", "cad", "aud", "nzd", "sek", "nok", "dkk", "pln", "czk", "huf",
    "try", "inr", "jpy", "cny", "brl", "mxn", "zar", "sgd", "hkd", "aed", "ils", "ron",
  ]

  private static let known = Set(
    KnownTable.all.flatMap { $0.columns.flatMap(\.allHeaders) } + KnownTable.nameParts.joined())

  /// What a header in snake case means, seen beside the others of its file: `Nom` is a last name
  /// beside `Prénom`, and a name alone.
  private static func meaning(of key: String, among keys: Set<String>) -> String {
    if key == "nom", keys.contains("prénom") { return "lastname" }
    if key == "nombre", !keys.isDisjoint(with: ["apellido", "apellidos"]) { return "firstname" }
    if key == "estado", !keys.contains("fecha_de_compra"), keys.contains("país") { return "state" }
    if let meaning = english[key] { return meaning }
    return key.contains("e_mail") ? key.replacing("e_mail", with: "email") : key
  }

  private static let english = [
    // German
    "kunden_id": "customer_id",
    "kundennummer": "customer_number",
    "kunden_nr": "customer_number",
    "kundenname": "customer_name",
    "kunden_e_mail": "customer_email",
    "kundengruppe": "customer_group",
    "vorname": "firstname",
    "nachname": "lastname",
    "e_mail_adresse": "email",
    "gruppe": "group",
    "telefon": "phone",
    "telefonnummer": "phone",
    "plz": "zip",
    "postleitzahl": "zip",
    "ort": "city",
    "stadt": "city",
    "land": "country",
    "bundesland": "state_province",
    "bundesland_provinz": "state_province",
    "kunde_seit": "customer_since",
    "geburtsdatum": "date_of_birth",
    "geschlecht": "gender",
    "einkaufsort": "purchase_point",
    "kaufdatum": "purchase_date",
    "bestelldatum": "order_date",
    "bestellnummer": "order_number",
    "rechnungsnummer": "invoice_number",
    "rechnung_an_name": "bill_to_name",
    "versand_an_name": "ship_to_name",
    "gesamtsumme_basis": "grand_total_base",
    "gesamtsumme_gekauft": "grand_total_purchased",
    "gesamtsumme": "grand_total",
    "gesamtbetrag": "grand_total",
    "zwischensumme": "subtotal",
    "zahlungsmethode": "payment_method",
    "artikelnummer": "sku",
    "artikel": "product_name",
    "menge": "quantity",
    "anzahl": "quantity",
    "einzelpreis": "unit_price",
    "preis": "price",
    "datum": "date",
    // French
    "prénom": "firstname",
    "nom": "name",
    "nom_du_client": "customer_name",
    "email_du_client": "customer_email",
    "adresse_e_mail": "email",
    "adresse_email": "email",
    "courriel": "email",
    "groupe": "group",
    "groupe_de_clients": "customer_group",
    "téléphone": "phone",
    "code_postal": "zip",
    "ville": "city",
    "pays": "country",
    "état_province": "state_province",
    "client_depuis": "customer_since",
    "date_de_naissance": "date_of_birth",
    "genre": "gender",
    "site_web": "website",
    "acheté_sur": "purchase_point",
    "date_d_achat": "purchase_date",
    "date_de_commande": "order_date",
    "numéro_de_commande": "order_number",
    "nom_de_facturation": "bill_to_name",
    "nom_de_livraison": "ship_to_name",
    "total_devise_de_base": "grand_total_base",
    "total_commandé": "grand_total_purchased",
    "total_général": "grand_total",
    "montant_total": "grand_total",
    "sous_total": "subtotal",
    "statut": "status",
    "mode_de_paiement": "payment_method",
    "quantité": "quantity",
    "prix": "price",
    // Spanish
    "nombre": "name",
    "apellido": "lastname",
    "apellidos": "lastname",
    "cliente_nombre": "customer_name",
    "nombre_del_cliente": "customer_name",
    "correo": "email",
    "correo_electrónico": "email",
    "correo_electrónico_del_cliente": "customer_email",
    "grupo": "group",
    "grupo_del_cliente": "customer_group",
    "teléfono": "phone",
    "c_p": "zip",
    "código_postal": "zip",
    "ciudad": "city",
    "país": "country",
    "estado_provincia": "state_province",
    "cliente_desde": "customer_since",
    "fecha_de_nacimiento": "date_of_birth",
    "sexo": "gender",
    "sitio_web": "website",
    "punto_de_compra": "purchase_point",
    "fecha_de_compra": "purchase_date",
    "fecha": "date",
    "número_de_pedido": "order_number",
    "nombre_de_facturación": "bill_to_name",
    "nombre_de_envío": "ship_to_name",
    "gran_total_base": "grand_total_base",
    "gran_total_comprado": "grand_total_purchased",
    "importe_total": "grand_total",
    "estado": "status",
    "estatus": "status",
    "cantidad": "quantity",
    "precio": "price",
  ]
}
