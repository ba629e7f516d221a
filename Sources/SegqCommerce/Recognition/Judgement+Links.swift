// How rows belong to rows of other tables.
extension Judgement {
  /// Tables that are there, with the file that holds the first rows where it is one of these.
  struct Target {
    let name: String
    let file: Int?
    let ids: ColumnProfile
    /// The header of the ids in snake case.
    var header: String?
    /// What a header may call it: `order`, `invoice`, `sales_order`.
    let nouns: Set<String>
  }

  /// Tables that are named in links whether they are there yet or not.
  private static let always = ["customers", "orders", "items", "carts", "segments"]

  func targets(_ shapes: [TableShape]) -> [String: Target] {
    var targets: [String: Target] = [:]
    for file in sheets.indices where findings[file].role == .table {
      let shape = shapes[file]
      let key = shape.keyColumn ?? shape.idColumn
      targets[shape.name] = Target(
        name: shape.name, file: file,
        ids: key.map { sheets[file].profiles[$0] } ?? ColumnProfile([]),
        header: key.map { sheets[file].keys[$0] }, nouns: nouns(of: shape.name, file))
    }
    for table in existing where targets[table.name] == nil {
      targets[table.name] = Target(
        name: table.name, file: nil, ids: ColumnProfile(table.ids),
        nouns: nouns(of: table.name, nil))
    }
    return targets
  }

  /// The links of a file, those first that lead to customers by the longest way: an item belongs to its
  /// order before its product.
  func links(
    of file: Int, _ shapes: [TableShape], _ targets: [String: Target]
  ) -> [TableShape.Link] {
    let finding = findings[file]
    guard finding.kind.name != "customers", finding.kind.name != "segments" else { return [] }
    var links = linksByHeader(of: file, shapes, targets)
    if haveNoIDs(targets["customers"], shapes) {
      // They get numbers of ours, which nobody else's ids are.
      links.removeAll { $0.table == "customers" && $0.key == .id }
    }
    if !links.contains(where: { $0.table == "customers" }) {
      links += linkByValues(of: file, shapes, targets, besides: links).map { [$0] } ?? []
    }
    if !links.contains(where: { $0.table == "customers" }) {
      links += linkByEmail(of: file, shapes[file], targets).map { [$0] } ?? []
    }
    return links.enumerated().sorted { one, other in
      let (a, b) = (rank(one.element.table), rank(other.element.table))
      return a == b ? one.offset < other.offset : a < b
    }.map(\.element)
  }

  /// Whether customers have no ids, and no file brings them with their emails.
  private func haveNoIDs(_ customers: Target?, _ shapes: [TableShape]) -> Bool {
    guard let file = customers?.file, shapes[file].idColumn == nil else { return false }
    return !sheets.indices.contains { other in
      let fit = findings[other].linesOf == nil ? findings[other].fit : sheets[other].fit(.orders)
      return other != file && fit.columns["customer"] != nil && fit.columns["email"] != nil
    }
  }

  /// Links by headers that name a table.
  private func linksByHeader(
    of file: Int, _ shapes: [TableShape], _ targets: [String: Target]
  ) -> [TableShape.Link] {
    var links = knownLinks(of: file, targets, shapes)
    let nearest = nearestFirst(targets)
    for column in sheets[file].columnsByNoun
    where column != shapes[file].idColumn && !sheets[file].profiles[column].isBlank
      && !links.contains(where: { $0.column == column })
    {
      guard let table = table(namedBy: column, of: file, nearest),
        !links.contains(where: { $0.table == table })
      else { continue }
      links += link(column, of: file, to: table, targets, shapes).map { [$0] } ?? []
    }
    return links
  }

  /// How far a table is from being the best parent.
  private func rank(_ table: String) -> Int {
    switch table {
    case "items", "cart_items": 0
    case "orders", "carts", "wishlist_owners": 1
    case "customers": 2
    default: 3
    }
  }

  private func knownLinks(
    of file: Int, _ targets: [String: Target], _ shapes: [TableShape]
  ) -> [TableShape.Link] {
    findings[file].kind.parents.compactMap { table, name in
      guard let column = findings[file].fit.columns[name],
        Self.always.contains(table) || targets[table] != nil,
        !sheets[file].profiles[column].isBlank
      else { return nil }
      return link(column, of: file, to: table, targets, shapes)
    }
  }

  /// The table whose name a header has: `store_id`, `employeeID`, `buyer`.
  private func table(
    namedBy column: Int, of file: Int, _ targets: [Target]
  ) -> String? {
    let sheet = sheets[file]
    let (noun, isMarked) = sheet.reference(column)
    let profile = sheet.profiles[column]
    guard isMarked || profile.isEmpty || !profile.areNames && !profile.areEmails else { return nil }
    let own = findings[file].kind
    let named = targets.first { table in
      table.name != own.name && table.nouns.contains(noun)
        && (isMarked || profile.count == 0 || profile.share(in: table.ids) ?? 0 > 0)
    }?.name
    if named == "customers", hasOthers(column, noun, of: file, targets) { return nil }
    if let named { return leadsUp(from: own, to: named) ? named : nil }
    if own.columns.isEmpty, let table = tableWithID(sheet.keys[column], besides: file, targets) {
      return table
    }
    let others = own.columns.isEmpty ? ["items", "orders"] : []
    if let table = others.first(where: { FileWords.singular($0) == noun }), table != own.name {
      return table
    }
    guard own.columns.isEmpty || own.parents.contains(where: { $0.table == "customers" }),
      sheet.refersToPerson(column)
    else { return nil }
    return "customers"
  }

  /// The table whose ids have the very header, where that says something: `uid`, `loyalty_no`.
  private func tableWithID(
    _ key: String, besides file: Int, _ targets: [Target]
  ) -> String? {
    let plain: Set<String> = [
      "id", "entity_id", "guid", "uuid", "key", "code", "name", "index", "",
    ]
    guard !plain.contains(key) else { return nil }
    let tables = targets.filter { $0.file != file && $0.header == key }
    return tables.count == 1 ? tables.first?.name : nil
  }

  /// Tables of one word before those of several: `refund_id` is of `refunds`, not of `line_refunds`.
  private func nearestFirst(_ targets: [String: Target]) -> [Target] {
    targets.values.sorted { one, other in
      let (a, b) = (FileWords.phrase(one.name).count, FileWords.phrase(other.name).count)
      return a == b ? one.name < other.name : a < b
    }
  }

  /// Whether a `user_id` has nobody of the customers: Shopify's is who works in the shop.
  private func hasOthers(
    _ column: Int, _ noun: String, of file: Int, _ targets: [Target]
  ) -> Bool {
    guard let customers = targets.first(where: { $0.name == "customers" }),
      let parent = customers.file, noun != "customer", !sheets[parent].words.core.contains(noun),
      sheets[parent].glimpse.isWhole, !customers.ids.isEmpty,
      sheets[file].profiles[column].count > 0
    else { return false }
    return sheets[file].profiles[column].share(in: customers.ids) ?? 0 == 0
  }

  /// Orders are never linked to their own items.
  private func leadsUp(from kind: KnownTable, to table: String) -> Bool {
    guard let other = KnownTable.named(table) else { return true }
    if kind.columns.isEmpty { return true }
    return !other.parents.contains { $0.table == kind.name }
      && !(kind.name == "orders" && ["carts", "addresses", "order_addresses"].contains(table))
  }

  private func nouns(of table: String, _ file: Int?) -> Set<String> {
    let kind = KnownTable.names[table]?.map(\.phrase) ?? []
    let core = file.map { sheets[$0].words.core } ?? []
    let phrases = kind + [FileWords.phrase(table), core, core.suffix(1)]
    return Set(phrases.map { $0.joined(separator: "_") }).subtracting([""])
  }

  /// The link of a column to a table: by its ids, or by another column of it where no id is among the
  /// values and that has them.
  private func link(
    _ column: Int, of file: Int, to table: String, _ targets: [String: Target],
    _ shapes: [TableShape]
  ) -> TableShape.Link? {
    let link = TableShape.Link(table: table, column: column, key: .id)
    let profile = sheets[file].profiles[column]
    if table == "customers", profile.areNames,
      profile.share(in: targets[table]?.ids ?? ColumnProfile([])) ?? 0 == 0
    {
      return .init(table: table, column: column, key: .column("name"))
    }
    guard let target = targets[table], let parent = target.file,
      sheets[parent].glimpse.isWhole, profile.share(in: target.ids) ?? 0 == 0, !profile.isEmpty
    else { return link }
    let other = sheets[parent].keys.indices.first { index in
      let values = sheets[parent].profiles[index]
      // Small numbers are in every column: how many orders somebody has is nobody's number.
      return index != shapes[parent].idColumn && !values.areEmails && values.isUnique
        && (profile.areTelling || sheets[parent].reference(index).isMarked)
        && profile.share(in: values) ?? 0 >= 0.5
    }
    return other.map {
      .init(table: table, column: column, key: .column(shapes[parent].columns[$0].name))
    } ?? link
  }

  /// Values alone make a link where they are all ids of customers, and no accident: `ALFKI`, hashes.
  private func linkByValues(
    of file: Int, _ shapes: [TableShape], _ targets: [String: Target],
    besides links: [TableShape.Link]
  ) -> TableShape.Link? {
    guard let customers = targets["customers"], customers.file != file else { return nil }
    let columns = sheets[file].keys.indices.filter { column in
      let profile = sheets[file].profiles[column]
      return column != shapes[file].idColumn && !links.contains { $0.column == column }
        && profile.areTelling && profile.distinct.count >= 3
        && profile.share(in: customers.ids) ?? 0 >= 0.95
    }
    guard columns.count == 1 else { return nil }
    return .init(table: "customers", column: columns[0], key: .id)
  }

  private func linkByEmail(
    of file: Int, _ shape: TableShape, _ targets: [String: Target]
  ) -> TableShape.Link? {
    let kind = findings[file].kind
    let known = kind.parents.contains { $0.table == "customers" }
    guard known || kind.columns.isEmpty else { return nil }
    let emails = KnownTable.customers.columns.first { $0.name == "email" }?.headers ?? []
    let column =
      findings[file].fit.columns["email"]
      ?? emails.lazy.compactMap { sheets[file].meanings.firstIndex(of: $0) }.first
    guard let column, known || hasEmails(of: targets["customers"], column, file) else { return nil }
    let website = shape.column(named: "website")
    return .init(table: "customers", column: column, key: .email(website: website))
  }

  /// Whether emails of a file nobody knows are those of customers: administrators have some too.
  private func hasEmails(of customers: Target?, _ column: Int, _ file: Int) -> Bool {
    guard let parent = customers?.file, let email = findings[parent].fit.columns["email"] else {
      return false
    }
    return sheets[file].profiles[column].share(in: sheets[parent].profiles[email]) ?? 0 >= 0.5
  }
}
