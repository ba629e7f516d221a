import SegqCommerce
import SegqEngine
import SegqFormats
import SegqLanguage
import SegqRecords
import SegqSystem

/// Reads files into tables: plan → read → merge, and a report of each file.
///
/// ```
/// paths ─▶ FileGlimpse ─▶ Verdict ─▶ LoadPlan ─▶ FileRows ─▶ Table
///          what is seen   what it is  which files   rows and    linked, in order
///                                     make a table  columns
/// ```
/// It makes new values only; the session puts them in the place of the old ones.
struct StoreLoader: Sendable {
  let zone: TimeZone
  let dateOrder: DateOrder?
  let stopsOnBadRow: Bool
  /// Whether guests' orders with the email of a customer are that customer's (`set guests`).
  let matchesGuests: Bool
  /// What the user said of files, by their fingerprints.
  let choices: [String: FileGlimpse.Choice]
  /// Whether long reading shows its progress on the terminal.
  let showsProgress: Bool
  let execution: Execution
  /// What became of each file.
  let report: LoadReport
  /// Tells the user something that is no error.
  let warn: @Sendable (Diagnostic) -> Void

  var isInterrupted: @Sendable () -> Bool { execution.isInterrupted }

  /// What was read of one file.
  struct Sheet {
    let item: LoadItem
    /// What its columns were read as.
    let wishes: [ColumnWish?]
    var document: CSVDocument

    var shape: TableShape { item.shape }

    /// The text in a column that was read as text; nil for nothing and for empty text.
    func text(_ name: String, _ row: Int) -> String? {
      guard let column = shape.column(named: name),
        case .text(let text)? = document.columns[column]?.vector[row]
      else { return nil }
      return text.isEmpty ? nil : text
    }
  }

  /// A store of these files: customers, segments and members are read, other tables when they are
  /// needed, unless all are wanted now.
  func store(_ plan: LoadPlan, readsAll: Bool) throws(ShellError) -> (
    Store, [StoreCatalog.WaitingTable]
  ) {
    let files = ReadFiles()
    var store = Store()
    var waiting: [StoreCatalog.WaitingTable] = []
    for recipe in plan.recipes {
      let link = plan.link(of: recipe)
      let parentWaits = waiting.contains { $0.shape.name == link?.table }
      if recipe.name != "customers", !readsAll,
        parentWaits || recipe.canWait && !plan.hasAttributes(of: recipe)
      {
        waiting.append(StoreCatalog.WaitingTable(recipe: recipe, plan: plan, parent: link?.table))
      } else {
        store.put(try table(recipe, plan, in: store, files))
      }
    }
    try addSegments(plan, to: &store, files)
    return (store, waiting)
  }

  /// The table that a recipe makes; what it is linked to is in the store.
  func table(
    _ recipe: TableRecipe, _ plan: LoadPlan, in store: Store, _ files: ReadFiles = ReadFiles()
  ) throws(ShellError) -> Table {
    // A table is linked to none that is linked to it.
    let known = store.tables.filter { !$0.isLinked(to: recipe.name) }
    let link = plan.link(of: recipe, besides: Set(known.map(\.name)))
    let parent = link.flatMap { link in store.table(named: link.table).map { ($0, link) } }
    var made: Table?
    for source in recipe.sources {
      var rows = try rows(of: source, recipe, plan, files, besides: made)
      if let table = made {
        made = try appended(rows, to: table, parent).table
      } else {
        if parent == nil { noteUnlinked(rows, in: plan, store) }
        made = try table(of: &rows, parent)
      }
    }
    guard let made else { preconditionFailure("a recipe has a source") }
    return made
  }

  /// The rows of a source, as the table will have them.
  private func rows(
    of source: TableRecipe.Source, _ recipe: TableRecipe, _ plan: LoadPlan, _ files: ReadFiles,
    besides table: Table?
  ) throws(ShellError) -> FileRows {
    var rows = try files.rows(of: source.item) { () throws(ShellError) in
      try fileRows(of: source.item)
    }
    if let part = source.part {
      rows = rows.part(source.item.verdict.parts[part])
      if rows.shape.name == "customers", let id = rows.shape.idColumn {
        rows = rows.keeping((~rows.zeros(id)).positions.map { Int32(truncatingIfNeeded: $0) })
      }
    }
    try complete(&rows, recipe, plan, files)
    try accept(&rows, besides: table, isQuiet: source.item.isDrillDown)
    return rows
  }

  /// Makes a table of rows, which give way to it.
  func table(
    of rows: inout FileRows, _ parent: (table: Table, link: TableShape.Link)?
  ) throws(ShellError) -> Table {
    let progress = showsProgress ? ProgressLine("arranging \(rows.shape.name)") : nil
    defer { progress?.finish() }
    let execution = execution.telling(progress)
    if let parent { clearGuests(of: &rows, parent) }
    let shape = rows.shape
    let name = rows.name
    var builder = TableBuilder(name: shape.name, columns: rows.columns)
    rows.columns = []
    builder.takeNames(of: shape)
    let key = parent.map { shape.key(to: $0.link, matchesGuests: matchesGuests) }
    if let parent, let key {
      builder.parent = (parent.table, key)
      if parent.table.name == "customers" { try countGuests(of: name, builder, key, parent.table) }
    }
    guard let table = builder.build(execution) else { throw .interrupted }
    if let parent { noteLink(of: name, shape, builder, parent, table) }
    return table
  }

  func checkInterrupt() throws(ShellError) {
    if isInterrupted() { throw .interrupted }
  }
}

extension Table {
  /// Whether the rows are linked to those of a table of that name, directly or by others between.
  fileprivate func isLinked(to name: String) -> Bool {
    parent.map { $0.table.name == name || $0.table.isLinked(to: name) } ?? false
  }
}

extension TableBuilder {
  /// Takes over what a shape says of the columns.
  mutating func takeNames(of shape: TableShape) {
    // What the reader coded stays so; restored texts are no longer coded.
    codesTexts = shape.isReport
    aliases = shape.aliases
    dateColumn = shape.dateColumn.flatMap { columns[$0].field.type.isTemporal ? $0 : nil }
    idColumn = shape.idColumn
    shownColumns = shape.shownColumns
  }
}
