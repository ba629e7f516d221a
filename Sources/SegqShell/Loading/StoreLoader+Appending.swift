import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqRecords

// Rows of a file behind those that a table has: `load 'more.csv' append`, and `orders_2025.csv` beside
// `orders_2024.csv`.
extension StoreLoader {
  /// The table with the rows of a file, and where they were put if the others stayed in their order.
  func table(
    _ table: Table, appending item: LoadItem, parent: Table?
  ) throws(ShellError) -> (table: Table, insertion: Insertion?) {
    var rows = try fileRows(of: item, behind: table)
    if table.idColumn == nil { rows.shape.idColumn = nil }
    try checkID(of: rows.shape, item.path, table)
    try accept(&rows, besides: table)
    let link = parent.flatMap { parent in
      rows.shape.links.first { $0.table == parent.name }.map { (parent, $0) }
    }
    return try appended(rows, to: table, link, parent)
  }

  /// The same with rows that were read.
  func appended(
    _ rows: FileRows, to table: Table, _ link: (table: Table, link: TableShape.Link)?,
    _ parent: Table? = nil
  ) throws(ShellError) -> (table: Table, insertion: Insertion?) {
    var rows = rows
    if let link { clearGuests(of: &rows, link) }
    let places = Self.places(of: rows.shape, in: table)
    var new = TableBuilder(name: table.name, columns: rows.columns)
    var builder = TableBuilder(rebuilding: table)
    let own = link.map { rows.shape.key(to: $0.link, matchesGuests: matchesGuests) }
    let key = table.parent?.key ?? own?.moved(to: places)
    if let parent = link?.table ?? parent, let key { builder.parent = (parent, key) }
    let orphans = orphans(among: new, at: places, builder.parent)
    try append(&new, at: places, to: &builder, of: rows)
    guard let result = builder.build(execution) else { throw .interrupted }
    let count = result.rowCount - table.rowCount
    report.note(rows.name) { file in
      guard result.parent != nil else { return }
      let linked = result.linkedCount - table.linkedCount
      (file.linked, file.unlinked) = (linked, count - linked)
    }
    if let (index, count, parent) = orphans, count > 0 {
      warn(
        .orphans(count, of: rows.name, by: rows.shape.columns[index].header, in: parent.name))
    }
    return (result, builder.insertion)
  }

  /// How many of the rows that were read name nobody, and by which of their columns.
  private func orphans(
    among rows: TableBuilder, at places: [Int], _ parent: (table: Table, key: LinkKey)?
  ) -> (column: Int, count: Int, parent: Table)? {
    guard let parent, parent.key.id != nil, parent.key.named == nil,
      let own = places.firstIndex(of: parent.key.column)
    else { return nil }
    return (own, parent.table.missingCount(rows.columns[own].vector), parent.table)
  }

  /// For each column of a file that of the table with its name, else the one that has it as an alias,
  /// else the next behind all.
  static func places(of shape: TableShape, in table: Table) -> [Int] {
    let names = table.columns.map { $0.field.name.lowercased() }
    var known = shape.columns.map { names.firstIndex(of: $0.name.lowercased()) }
    for (i, column) in shape.columns.enumerated() where known[i] == nil {
      guard let place = table.column(named: column.name), !known.contains(place) else { continue }
      known[i] = place
    }
    var next = names.count
    return known.map { place in
      if let place { return place }
      defer { next += 1 }
      return next
    }
  }

  /// Others find the rows by their ids.
  func checkID(
    of shape: TableShape, _ path: String, _ table: Table
  ) throws(ShellError) {
    guard let id = table.idColumn, shape.idColumn == nil else { return }
    throw .diagnostic(
      Diagnostic(
        code: "no-header", "\(path) has no column with the ids that \(table.name) have",
        help: "name it: load … (\(table.columns[id].field.name) = 'HEADER')"))
  }

  private func append(
    _ rows: inout TableBuilder, at places: [Int], to builder: inout TableBuilder, of file: FileRows
  ) throws(ShellError) {
    guard builder.rowCount + rows.rowCount <= Int(Int32.max) else {
      throw .diagnostic(
        Diagnostic(code: "unreadable", "\(file.name): more than 2,147,483,647 rows"))
    }
    do throws(AppendingError) {
      try builder.append(&rows, at: places, in: zone, execution)
    } catch {
      switch error {
      case .interrupted: throw .interrupted
      case .textTooLarge(let field):
        throw .diagnostic(
          Diagnostic(
            code: "unreadable",
            "\(file.name): '\(field.header)' would hold more than 4 GiB of text"))
      }
    }
    name(places, of: file.shape, in: &builder)
    for (index, place) in places.enumerated() {
      builder.columns[place].addEvidence(file.columns[index].evidence)
    }
  }

  /// Adds what the file brings to the aliases, the date and the shown columns.
  private func name(_ places: [Int], of shape: TableShape, in builder: inout TableBuilder) {
    for (alias, column) in shape.aliases where builder.aliases[alias] == nil {
      builder.aliases[alias] = places[column]
    }
    let date = builder.dateColumn ?? shape.dateColumn.map { places[$0] }
    builder.dateColumn = date.flatMap { builder.columns[$0].field.type.isTemporal ? $0 : nil }
    let names = builder.columns.map(\.field.name)
    builder.shownColumns = Recognition.order(ofColumns: names, in: builder.name).filter {
      builder.columns[$0].isShown
    }
  }
}

extension LinkKey {
  /// The same columns where they come to lie.
  fileprivate func moved(to places: [Int]) -> LinkKey {
    LinkKey(
      id: id.map { places[$0] }, named: named, email: email.map { places[$0] },
      website: website.map { places[$0] }, matchesGuests: matchesGuests)
  }
}

extension LoadedColumn {
  /// Of rows that were read later: `date; later rows: date, day first, from 3 values above 12`.
  fileprivate mutating func addEvidence(_ later: String?) {
    guard let later, let evidence, later != evidence else { return }
    let mark = "; later rows: "
    let first = evidence.firstRange(of: mark).map { String(evidence[..<$0.lowerBound]) } ?? evidence
    self.evidence = first == later ? first : first + mark + later
  }
}
