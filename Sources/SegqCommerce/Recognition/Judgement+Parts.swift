// Tables that the rows of a file give besides its own.
extension Judgement {
  func addParts(to verdicts: inout [Verdict]) {
    let hasCustomers =
      existing.contains { $0.name == "customers" }
      || findings.contains { $0.kind.name == "customers" && $0.role != .leftOut }
    for file in sheets.indices {
      let finding = findings[file]
      var ofOrders: Set<Int> = []
      var isOrders = finding.kind.name == "orders"
      if let order = finding.linesOf {
        let part = orders(of: file, order)
        ofOrders = Set(part.shape.columns.indices.compactMap { part.columnOfFile($0) })
        verdicts[file].parts.append(part)
        let header = sheets[file].glimpse.header[order]
        verdicts[file].reason += "; its rows are lines of orders, which \(header) tells apart"
        verdicts[file].shape.hide(ofOrders.subtracting(finding.fit.columns.values))
        isOrders = true
      }
      if isOrders, !hasCustomers, let part = customers(of: file, ofOrders) {
        verdicts[file].parts.append(part)
        verdicts[file].reason += "; it gives the customers too, as no other file has them"
      }
      if finding.kind.name == "customers", sheets[file].hasAddresses {
        verdicts[file].parts.append(addresses(of: file))
      }
    }
  }

  /// The orders of lines: what never differs within one, and the sums of amounts and quantities.
  private func orders(of file: Int, _ order: Int) -> TablePart {
    let (sheet, lines) = (sheets[file], findings[file].fit)
    let ofLine = Set(lines.columns.values)
    var fit = sheet.fit(.orders, without: ofLine)
    fit.columns["id"] = order
    let known = Set(fit.columns.values)
    let others = sheet.columnsOfOrder(order).subtracting(known).subtracting(ofLine)
    var draft = PartDraft()
    for column in sheet.keys.indices where known.contains(column) || others.contains(column) {
      let name = fit.columns.first { $0.value == column }?.key
      draft.add(sheet.glimpse.header[column], .column(column), name: name)
    }
    if fit.columns["total"] == nil, let amount = lines.amount {
      draft.add("Grand Total", .sum(amount), name: "total")
    }
    if fit.columns["quantity"] == nil, let quantity = lines.columns["quantity"] {
      draft.add("Quantity", .sum(.column(quantity)), name: "quantity")
    }
    var part = draft.part(.orders, sheet, .distinct(order))
    if let customer = part.shape.column(named: "customer") {
      part.shape.links = [.init(table: "customers", column: customer, key: .id)]
    } else if let email = part.shape.column(named: "email") {
      let website = part.shape.column(named: "website")
      part.shape.links = [
        .init(table: "customers", column: email, key: .email(website: website))
      ]
    }
    return part
  }

  /// The customers that orders name, by their ids, else by their emails.
  private func customers(of file: Int, _ ofOrders: Set<Int>) -> TablePart? {
    let (sheet, lines) = (sheets[file], findings[file].linesOf)
    let ofLine = lines == nil ? [] : Set(findings[file].fit.columns.values)
    var orders = sheet.fit(.orders, without: ofLine)
    orders.columns["id"] = lines ?? orders.columns["id"]
    let (id, email) = (orders.columns["customer"], orders.columns["email"])
    guard let key = id ?? email else { return nil }
    let hidden = ofLine.union(orders.columns.values).subtracting([id, email].compactMap { $0 })
    var fit = sheet.fit(.customers, without: hidden)
    fit.columns["id"] = id
    fit.columns["email"] = email ?? fit.columns["email"]
    var draft = PartDraft()
    for known in KnownTable.customers.columns where known.name != "since" {
      guard let column = fit.columns[known.name] else { continue }
      draft.add(sheet.glimpse.header[column], .column(column), name: known.name)
    }
    let nameParts = sheet.nameParts.filter { !hidden.contains($0) }
    if fit.columns["name"] == nil, !nameParts.isEmpty {
      draft.add("Name", .joined(nameParts.map { .column($0) }), name: "name")
    }
    return draft.part(.customers, sheet, .distinct(key))
  }

  /// The addresses of System › Export's composite: a row of the customer has one, the rows below with
  /// no email have more.
  private func addresses(of file: Int) -> TablePart {
    let sheet = sheets[file]
    var draft = PartDraft()
    for name in ["email", "website"] {
      guard let column = findings[file].fit.columns[name] else { continue }
      draft.add(sheet.glimpse.header[column], .carried(column), name: name)
    }
    let known = KnownTable.addresses.columns
    for (column, key) in sheet.keys.enumerated() where key.hasPrefix("address_") {
      let name = String(key.dropFirst("address_".count))
      let found = known.first { $0.headers.contains(name) || $0.headers.contains(key) }?.name
      draft.add(name, .column(column), name: found.flatMap { draft.has($0) ? nil : $0 })
    }
    var part = draft.part(.addresses, sheet, .each)
    if let email = part.shape.column(named: "email") {
      let website = part.shape.column(named: "website")
      part.shape.links = [
        .init(table: "customers", column: email, key: .email(website: website))
      ]
    }
    return part
  }
}

/// Columns of a part as they are collected.
private struct PartDraft {
  private var headers: [String] = []
  private var sources: [TablePart.Source] = []
  private var names: [String: Int] = [:]

  func has(_ name: String) -> Bool { names[name] != nil }

  mutating func add(_ header: String, _ source: TablePart.Source, name: String?) {
    if let name { names[name] = headers.count }
    headers.append(header)
    sources.append(source)
  }

  func part(_ kind: KnownTable, _ sheet: Sheet, _ rows: TablePart.Rows) -> TablePart {
    var fit = Sheet.Fit()
    fit.columns = names
    let shape = kind.shape(
      Sheet(FileGlimpse(file: sheet.glimpse.file, header: headers)), fit)
    return TablePart(shape: shape, sources: sources, rows: rows)
  }
}

extension TablePart {
  /// The column of the file that a column is, as it is there.
  fileprivate func columnOfFile(_ column: Int) -> Int? {
    if case .column(let index) = sources[column] { index } else { nil }
  }
}

extension Sheet.Fit {
  /// What a line costs.
  fileprivate var amount: TablePart.Source? {
    if let total = columns["total"] { return .column(total) }
    guard let quantity = columns["quantity"], let price = columns["price"] else { return nil }
    return .product(.column(quantity), .column(price))
  }
}

extension TableShape {
  /// What the order shows its items do not.
  fileprivate mutating func hide(_ hidden: Set<Int>) {
    for column in hidden { columns[column].isShown = false }
    shownColumns.removeAll { hidden.contains($0) }
  }
}
