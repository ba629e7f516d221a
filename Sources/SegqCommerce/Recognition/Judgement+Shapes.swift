// From findings to verdicts.
extension Judgement {
  func verdicts() -> [Verdict] {
    var shapes = sheets.indices.map { shape(of: $0) }
    let names = Set(findings.map(\.name)).union(existing.map(\.name))
    for file in sheets.indices { dropForeignID(of: file, &shapes[file], names) }
    let targets = targets(shapes)
    let read = sheets.indices.filter { findings[$0].role != .leftOut }
    for file in read { shapes[file].links = links(of: file, shapes, targets) }
    breakCircles(&shapes)
    for file in read {
      for link in shapes[file].links where link.key == .id { shapes[file].makeID(link.column) }
      shapes[file].lookups = lookups(of: file, shapes, targets)
    }
    var verdicts = sheets.indices.map { file in
      Verdict(
        shape: shapes[file], role: findings[file].role, certainty: findings[file].certainty,
        reason: reason(for: file, shapes))
    }
    for file in sheets.indices { verdicts[file].doubt = doubt(about: file) }
    addParts(to: &verdicts)
    return verdicts
  }

  private func shape(of file: Int) -> TableShape {
    let (sheet, finding) = (sheets[file], findings[file])
    var shape = finding.kind.shape(sheet, finding.fit)
    shape.name = finding.name
    if let id = shape.idColumn, finding.kind.columns.isEmpty { shape.makeID(id) }
    if finding.linesOf != nil { shape.renameColumnsOfOrder(finding.kind, finding.fit) }
    shape.compute(finding.kind)
    guard finding.kind.name == "customers" else { return shape }
    if finding.fit.columns["name"] == nil { shape.nameParts = sheet.nameParts }
    shape.keyColumn = keyColumn(of: sheet, finding.fit)
    if sheet.hasAddresses { shape.continuedWhereEmpty = finding.fit.columns["email"] }
    return shape
  }

  /// `territoryID` is no id of `employee_territories` where there are `territories`.
  private func dropForeignID(of file: Int, _ shape: inout TableShape, _ names: Set<String>) {
    guard findings[file].kind.columns.isEmpty, let id = shape.idColumn else { return }
    let (noun, isMarked) = sheets[file].reference(id)
    let isForeign = names.contains { name in
      name != shape.name && FileWords.phrase(name).joined(separator: "_") == noun
    }
    if isMarked, isForeign { shape.idColumn = nil }
  }

  /// Olist's `customer_id` beside `customer_unique_id`: unique where the id is not.
  private func keyColumn(of sheet: Sheet, _ fit: Sheet.Fit) -> Int? {
    guard let id = fit.columns["id"], sheet.keys[id].contains("unique") else { return nil }
    let headers = KnownTable.customers.columns[0].headers
    return headers.lazy.compactMap { header in
      sheet.keys.firstIndex(of: header)
    }.first { $0 != id }
  }

  /// What other tables have for codes and ids of this one.
  private func lookups(
    of file: Int, _ shapes: [TableShape], _ targets: [String: Target]
  ) -> [TableShape.Lookup] {
    let shape = shapes[file]
    var lookups: [TableShape.Lookup] = findings[file].kind.columns.compactMap { column in
      guard let label = column.label, let index = findings[file].fit.columns[column.name],
        targets[label.table] != nil,
        case let profile = sheets[file].profiles[index], profile.isEmpty || profile.areNumbers
      else { return nil }
      return .init(
        column: index, table: label.table,
        takes: [.init(column: label.column, name: column.name)])
    }
    func look(_ column: String, in table: String, for names: [String]) {
      let names = names.filter { shape.column(named: $0) == nil && offers($0, table, shapes) }
      guard let index = shape.column(named: column), !names.isEmpty else { return }
      lookups.append(
        .init(column: index, table: table, takes: names.map { .init(column: $0, name: $0) }))
    }
    look("product", in: "products", for: ["sku"])
    if shape.name == "customers" {
      look("default_billing", in: "addresses", for: ["phone", "zip", "country", "state"])
    }
    return lookups
  }

  private func offers(_ column: String, _ table: String, _ shapes: [TableShape]) -> Bool {
    sheets.indices.contains {
      findings[$0].role == .table && shapes[$0].name == table
        && shapes[$0].column(named: column) != nil
    } || existing.contains { $0.name == table && $0.columns.contains(column) }
  }
}

extension TableShape {
  /// What is linked or linked to may be any text.
  mutating func makeID(_ column: Int) {
    if columns[column].kind != .integer { columns[column].kind = .id }
  }

  /// What the order calls `Total` is not the line's total: it is `order_total` there.
  fileprivate mutating func renameColumnsOfOrder(_ kind: KnownTable, _ fit: Sheet.Fit) {
    let known = Set(kind.columns.map(\.name)), taken = Set(fit.columns.values)
    for index in columns.indices where !taken.contains(index) {
      let name = columns[index].name
      if known.contains(name) { columns[index].name = "order_" + name }
    }
  }

  /// An item's total is quantity × price where the file has none.
  fileprivate mutating func compute(_ kind: KnownTable) {
    guard kind.name == "items", column(named: "total") == nil,
      let quantity = column(named: "quantity"), let price = column(named: "price")
    else { return }
    let total = Column(name: "total", header: "Total", kind: .decimal, isShown: true)
    computed.append(
      Computed(column: total, source: .product(.column(quantity), .column(price))))
  }
}

extension Sheet {
  /// System › Export's composite of customers and addresses.
  var hasAddresses: Bool {
    glimpse.header.contains { $0.hasPrefix("_address_") }
  }
}
