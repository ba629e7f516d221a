import SegqCommerce
import SegqEngine
import SegqFormats
import SegqRecords

// Attributes that a database keeps in tables of their own, one row a value (EAV).
extension StoreLoader {
  /// Adds the attributes of customers and addresses as columns.
  ///
  /// ```
  /// customer_entity_int                 eav_attribute          eav_attribute_option_value
  /// entity_id  attribute_id  value      attribute_id  code     option_id  value
  /// 7          150           12         150           shoe     12         42 EU
  /// ```
  /// gives the customer 7 `shoe` = `42 EU`.
  func addAttributes(to rows: inout FileRows, _ plan: LoadPlan) throws(ShellError) {
    guard let own = rows.shape.idColumn else { return }
    let names = Self.attributeTables(of: rows.shape.name).compactMap { plan.item(named: $0) }
    guard !names.isEmpty else { return }
    guard let codes = try attributeCodes(plan) else {
      for item in names {
        report.note(item.name) {
          $0.notes.append("its attributes have no names: eav_attribute is missing")
        }
      }
      return
    }
    let options = try optionLabels(plan)
    for item in names {
      let values = try fileRows(of: item)
      rows.addAttributes(values, codes, options, own)
    }
    rows.orderShown()
  }

  static func attributeTables(of table: String) -> [String] {
    entities[table].map { prefix in types.map { prefix + $0 } } ?? []
  }

  private static let entities = [
    "customers": "customer_entity_", "addresses": "customer_address_entity_",
  ]
  private static let types = ["varchar", "int", "decimal", "datetime", "text"]

  /// The code of each attribute, and whether its values are options.
  private func attributeCodes(_ plan: LoadPlan) throws(ShellError) -> [String: Attribute]? {
    guard let item = plan.item(named: "eav_attribute") else { return nil }
    let sheet = try textSheet(item)
    var codes: [String: Attribute] = [:]
    for row in 0..<sheet.document.rowCount {
      guard let id = sheet.text("attribute_id", row) ?? sheet.text("id", row),
        let code = sheet.text("attribute_code", row)
      else { continue }
      let input = sheet.text("frontend_input", row)
      codes[id] = Attribute(
        code: code, label: sheet.text("frontend_label", row),
        hasOptions: input.map { $0 == "select" || $0 == "multiselect" } ?? true)
    }
    return codes
  }

  /// The label of each option; that of the Admin (store 0) where there are several.
  private func optionLabels(_ plan: LoadPlan) throws(ShellError) -> [String: String] {
    guard let item = plan.item(named: "eav_attribute_option_value") else { return [:] }
    let sheet = try textSheet(item)
    var labels: [String: String] = [:]
    for row in 0..<sheet.document.rowCount {
      guard let id = sheet.text("option_id", row), let label = sheet.text("value", row) else {
        continue
      }
      if labels[id] == nil || sheet.text("store_id", row) == "0" { labels[id] = label }
    }
    return labels
  }

  struct Attribute {
    let code: String
    let label: String?
    let hasOptions: Bool
  }
}

extension FileRows {
  /// Adds a column for each attribute that rows of `values` have.
  fileprivate mutating func addAttributes(
    _ values: FileRows, _ codes: [String: StoreLoader.Attribute], _ options: [String: String],
    _ own: Int
  ) {
    guard let entities = values.vector("entity_id") ?? values.vector("id"),
      let attributes = values.vector("attribute_id"), let texts = values.vector("value")
    else { return }
    let index = KeyIndex(ofRows: columns[own].vector)
    let owners = index.rows(of: entities)
    var rowsOf: [String: [Int]] = [:]
    for row in 0..<values.count where owners[row] >= 0 && !texts.isNull(row) {
      rowsOf[attributes[row].text(in: .utc), default: []].append(row)
    }
    for (id, rows) in rowsOf.sorted(by: { $0.key < $1.key }) {
      guard let attribute = codes[id] else { continue }
      var source = [Int32](repeating: -1, count: count)
      for row in rows { source[Int(owners[row])] = Int32(truncatingIfNeeded: row) }
      var column = texts.gathered(withMissing: source)
      if attribute.hasOptions, texts.type != .datetime { column = column.labelled(by: options) }
      add(column, attribute, evidence: "from \(values.name)")
    }
  }

  private mutating func add(
    _ values: ColumnVector, _ attribute: StoreLoader.Attribute, evidence: String
  ) {
    let known = Recognition.column(named: attribute.code, of: shape.name)
    let column =
      known
      ?? TableShape.Column(
        name: attribute.code, header: attribute.label ?? attribute.code, kind: .any, isShown: false)
    put(column, vector(column.name)?.filled(from: values) ?? values, evidence: evidence)
  }
}

extension ColumnVector {
  /// Options by their labels; nothing changes unless all values are options.
  fileprivate func labelled(by options: [String: String]) -> ColumnVector {
    let values = (0..<count).map { self[$0] }
    let isOption = values.allSatisfy { $0 == .null || options[$0.text(in: .utc)] != nil }
    guard isOption, !options.isEmpty else { return self }
    return ColumnVector(
      values.map { $0 == .null ? .null : .text(options[$0.text(in: .utc)] ?? "") }, type: .text)
  }
}

extension LoadPlan {
  /// Whether files have attributes of a table's rows, whose names are known only when they are read.
  func hasAttributes(of recipe: TableRecipe) -> Bool {
    StoreLoader.attributeTables(of: recipe.name).contains { item(named: $0) != nil }
  }
}
