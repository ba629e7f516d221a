import SegqCommerce
import SegqEngine
import SegqLanguage
import SegqRecords

// `load 'more.csv' append`: rows of a file behind those that a table has.
extension StoreLoader {
  /// The table with the rows of a file, on a parent if it has one, and where they were put if the
  /// others stayed in their order.
  func table(
    _ table: Table, appending path: String, _ shape: TableShape, parent: Table?
  ) throws(ShellError) -> (Table, Insertion?) {
    var shape = shape
    if table.idColumn == nil { shape.idColumn = nil }
    try checkID(of: shape, path, table)
    let places = Self.places(of: shape, in: table)
    let keys = [table.idColumn, table.parent?.key.id].compactMap { $0 }
    var sheet = try sheet(path, shape, behind: table, places, keys: Set(keys))
    var rows = try rows(of: &sheet, besides: table)
    var builder = TableBuilder(rebuilding: table)
    builder.parent = parent.flatMap { parent in
      let link = shape.parents.first { $0.table == parent.name }
      return (table.parent?.key ?? link.map { LinkKey(id: places[$0.column]) }).map { (parent, $0) }
    }
    let orphans = orphans(among: rows, at: places, builder.parent)
    try append(&rows, at: places, to: &builder, of: sheet)
    guard let result = builder.build(execution) else { throw .interrupted }
    if let (own, count, parent) = orphans { tellOrphans(count, of: sheet, own, parent) }
    return (result, builder.insertion)
  }

  /// How many of the rows that were read name nobody, and by which of their columns.
  private func orphans(
    among rows: TableBuilder, at places: [Int], _ parent: (table: Table, key: LinkKey)?
  ) -> (column: Int, count: Int, parent: Table)? {
    guard let parent, let own = places.firstIndex(of: parent.key.column) else { return nil }
    return (own, parent.table.missingCount(rows.columns[own].vector), parent.table)
  }

  /// For each column of a file that of the table with its name, else the one that has it as an alias,
  /// else the next behind all.
  private static func places(of shape: TableShape, in table: Table) -> [Int] {
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
    _ rows: inout TableBuilder, at places: [Int], to builder: inout TableBuilder, of sheet: Sheet
  ) throws(ShellError) {
    guard builder.rowCount + rows.rowCount <= Int(Int32.max) else {
      throw .diagnostic(
        Diagnostic(code: "unreadable", "\(sheet.path): more than 2,147,483,647 rows"))
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
            "\(sheet.path): '\(field.header)' would hold more than 4 GiB of text"))
      }
    }
    name(places, of: sheet.shape, in: &builder)
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
