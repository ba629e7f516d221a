// Files with a row for each line of an order, which give orders and items: UCI's Online Retail,
// Superstore, Shopify's export of orders.
extension Judgement {
  /// Marks such files; those that claimed to be orders are items.
  mutating func findLines() {
    let orders = sheets.indices.filter { findings[$0].kind.name == "orders" }
    let items = sheets.indices.filter { findings[$0].kind.name == "items" }
    let hasOrders = !orders.isEmpty || existing.contains { $0.name == "orders" }
    if !hasOrders {
      for file in items where isOfOrders(sheets[file]) { markLines(file) }
    }
    guard items.isEmpty else { return }
    for file in orders where sheets[file].hasLines(of: orderColumn(sheets[file])) {
      findings[file].kind = .items
      findings[file].name = "items"
      findings[file].fit = sheets[file].fit(.items)
      markLines(file)
    }
  }

  private mutating func markLines(_ file: Int) {
    guard let order = orderColumn(sheets[file]) else { return }
    findings[file].linesOf = order
    findings[file].fit = sheets[file].linesFit(order)
  }

  /// Beside the lines there is what only orders have: who and when.
  private func isOfOrders(_ sheet: Sheet) -> Bool {
    let fit = sheet.fit(.orders)
    return fit.columns["customer"] != nil || fit.columns["email"] != nil
      || fit.columns["date"] != nil
  }

  /// The column that tells one order from the next, filled in every row.
  private func orderColumn(_ sheet: Sheet) -> Int? {
    if let chosen = sheet.glimpse.choice?.columns["order"] {
      return sheet.keys.firstIndex(of: Recognition.key(chosen))
    }
    // Shopify's `Id` is empty in all rows of an order but the first, its `Name` is not.
    let headers =
      (sheet.keys.contains { $0.hasPrefix("lineitem_") } ? ["name"] : [])
      + (KnownTable.items.columns.first { $0.name == "order" }?.headers ?? [])
      + KnownTable.orders.columns[0].allHeaders
    return headers.lazy.compactMap { header in sheet.meanings.firstIndex(of: header) }
      .first { sheet.profiles[$0].nulls == 0 && !sheet.profiles[$0].areNames }
  }
}

extension Sheet {
  /// Orders come back in later rows, with a product and how many or how much of it.
  ///
  /// Where no order has two rows, the headers alone must say so: `Lineitem sku`, `product_id` with a
  /// quantity and a price.
  fileprivate func hasLines(of order: Int?) -> Bool {
    guard let order else { return false }
    let fit = linesFit(order)
    if profiles[order].distinct.count < profiles[order].count {
      return fit.has([["sku", "name", "product"], ["quantity", "price"]])
    }
    let named = fit.columns["name"].map {
      !["name", "title", "description"].contains(meanings[$0])
    }
    return fit.has([["quantity"], ["price", "total"]])
      && (named ?? false || fit.has([["sku", "product"]]))
  }

  /// Which columns are those of a line, with the order's own left to the order.
  func linesFit(_ order: Int) -> Fit {
    let marked = keys.indices.filter { keys[$0].hasPrefix("lineitem_") }
    let ofOrder =
      marked.isEmpty
      ? columnsOfOrder(order).filter { !isOfLine($0) } : Set(keys.indices).subtracting(marked)
    var fit = fit(.items, without: ofOrder)
    fit.columns = fit.columns.filter { $0.value != order }
    fit.columns["order"] = order
    if let id = fit.columns["id"], !profiles[id].mayBeID { fit.columns["id"] = nil }
    return fit
  }

  /// Columns that never differ between the lines of an order, of which some have several; a quantity
  /// and a price are the line's even so.
  func columnsOfOrder(_ order: Int) -> Set<Int> {
    guard glimpse.sample.indices.contains(order) else { return [] }
    let orders = glimpse.sample[order]
    guard Set(orders).count < orders.count else { return [] }
    return Set(
      keys.indices.filter { column in
        guard column != order, glimpse.sample.indices.contains(column) else { return false }
        var seen: [String?: String] = [:]
        return zip(orders, glimpse.sample[column]).allSatisfy { order, value in
          guard let value else { return true }
          let first = seen[order] ?? value
          seen[order] = first
          return first == value
        }
      })
  }

  /// `Lineitem quantity`, `product_name`, `Quantity`, `Unit Price`: of the line by the header alone.
  private func isOfLine(_ column: Int) -> Bool {
    let key = meanings[column]
    if ["lineitem_", "line_", "item_", "product_"].contains(where: key.hasPrefix) { return true }
    let names = ["sku", "name", "quantity", "price", "product", "id"]
    return KnownTable.items.columns.contains { known in
      names.contains(known.name) && known.headers.contains(key) && key != "id" && key != "name"
    }
  }
}
