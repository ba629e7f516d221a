import SegqLanguage

extension KnownTable {
  /// The shape of a file with those headers, of which `fit` says what the known columns are.
  func shape(_ sheet: Sheet, _ fit: Sheet.Fit) -> TableShape {
    let known = Dictionary(uniqueKeysWithValues: columns.map { ($0.name, $0) })
    let names = Dictionary(fit.columns.map { ($0.value, $0.key) }, uniquingKeysWith: { $1 })
    var shape = TableShape(name: name, columns: [])
    var used = Set(names.values)
    for (index, header) in sheet.glimpse.header.enumerated() {
      if let name = names[index] {
        let column = known[name]
        shape.columns.append(
          .init(
            name: name, header: column?.header ?? header, kind: column?.kind ?? .any,
            isShown: column?.isShown ?? (self.name != "customers")))
      } else {
        let isOfBase = fit.columns[sheet.keys[index]].map { sheet.keys[$0].hasPrefix("base_") }
        // `price` beside `base_price`, which is the price: in the order's own currency.
        let key = (isOfBase ?? false ? "order_" : "") + sheet.keys[index]
        let name = Self.free(key, among: &used)
        shape.columns.append(
          .init(
            name: name, header: header, kind: Self.kind(of: sheet.meanings[index]),
            isShown: self.name != "customers"))
      }
    }
    name(&shape, sheet, fit)
    shape.idColumn = fit.columns[idColumn] ?? idColumn(of: sheet, shape)
    shape.dateColumn = dateColumn.flatMap { fit.columns[$0] }
    if columns.isEmpty { shape.dateColumn = Self.dateColumn(of: sheet, shape) }
    shape.partOf = fit.columns["parent_item"]
    shape.isReport = sheet.glimpse.isReport
    return shape
  }

  /// What a column is whose header nobody knows: codes of places are text, `01129` and Norway's `NO`
  /// among them.
  private static func kind(of header: String) -> TableShape.Column.Kind {
    let words = header.split(separator: "_").map(String.init)
    let isOfPlace = [1, 2].contains { count in
      codesOfPlaces.contains(words.suffix(count).joined(separator: "_"))
    }
    return isOfPlace ? .text : .any
  }

  private static let codesOfPlaces: Set<String> = [
    "zip", "zipcode", "zip_code", "postcode", "postalcode", "postal_code", "plz", "country",
    "country_code", "country_id", "province_code", "state_code", "region_code", "language",
    "lang", "locale",
  ]

  /// `name`, or `name_2` where that is used.
  private static func free(_ key: String, among used: inout Set<String>) -> String {
    let plain = key.isEmpty ? "column" : key
    var (name, number) = (plain, 2)
    while !used.insert(name).inserted {
      name = "\(plain)_\(number)"
      number += 1
    }
    return name
  }

  /// Sets what is shown, in the order of the kind, and the other names of columns.
  private func name(_ shape: inout TableShape, _ sheet: Sheet, _ fit: Sheet.Fit) {
    let known = columns.compactMap { fit.columns[$0.name] }
    let others = shape.columns.indices.filter { !known.contains($0) }
    shape.shownColumns = (known + others).filter { shape.columns[$0].isShown }
    let used = Set(shape.columns.map(\.name))
    func alias(_ name: String, _ index: Int) {
      if !name.isEmpty, !used.contains(name), shape.aliases[name] == nil {
        shape.aliases[name] = index
      }
    }
    for (index, key) in sheet.keys.enumerated() {
      alias(key, index)
      // `customerid`, as headers were called before their capitals counted.
      alias(sheet.glimpse.header[index].snakeCased ?? "", index)
    }
    for column in columns {
      guard let index = fit.columns[column.name] else { continue }
      for header in column.spokenHeaders { alias(header, index) }
    }
  }

  /// The id of a table that is not known: `id`, or `visit_id` of `visits`.
  private func idColumn(of sheet: Sheet, _ shape: TableShape) -> Int? {
    guard columns.isEmpty else { return nil }
    let noun = sheet.words.core.last ?? ""
    let whole = sheet.words.core.joined(separator: "_")
    let names =
      ["id", "entity_id"]
      + [whole, noun].filter { !$0.isEmpty }.flatMap { ["\($0)_id", "id_\($0)"] }
      + ["uuid", "guid"] + [noun].flatMap { ["\($0)_key", "\($0)_code", "\($0)_no"] }
    let found = names.lazy.compactMap { sheet.keys.firstIndex(of: $0) }
      .first { sheet.profiles[$0].mayBeID }
    if let found { return found }
    // `ticket` of `tickets`, numbered.
    return sheet.keys.firstIndex(of: noun).flatMap { column in
      let profile = sheet.profiles[column]
      return profile.isUnique && profile.areCodes && !profile.areTimes ? column : nil
    }
  }

  /// When a copy was made says nothing of the row: `_fivetran_synced`, `etl_loaded_at`.
  private static func isOfLoading(_ key: String) -> Bool {
    key.split(separator: "_").contains {
      ["synced", "loaded", "ingested", "etl", "extracted", "updated", "modified"].contains($0)
    }
  }

  private static func dateColumn(of sheet: Sheet, _ shape: TableShape) -> Int? {
    let noun = sheet.words.core.last ?? ""
    let names = ["date", "created_at", "\(noun)_date", "timestamp", "time", "created", "datetime"]
    if let index = names.lazy.compactMap({ shape.column(named: $0) }).first { return index }
    let times = sheet.keys.indices.filter {
      sheet.profiles[$0].areTimes && !sheet.profiles[$0].areNumbers && !isOfLoading(sheet.keys[$0])
    }
    return times.count == 1 ? times[0] : nil
  }
}
