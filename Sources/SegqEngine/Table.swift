public import SegqRecords

/// A column of a table: its values and what they are called.
public struct Column: Sendable {
  public var field: Field
  /// Several values in one text, joined by `, ` (a segment's websites); `=` means any of them.
  public var isList: Bool
  /// Shown by `select TABLE`; the others only on request.
  public var isShown: Bool
  /// The only values that it can have, where these are few and known; whether a row has one or not.
  public var legalValues: [String] = []
  public let values: StoredColumn

  public init(_ field: Field, _ values: StoredColumn, isList: Bool = false, isShown: Bool = true) {
    self.field = field
    self.values = values
    self.isList = isList
    self.isShown = isShown
  }

  public init(_ field: Field, _ vector: ColumnVector, isList: Bool = false, isShown: Bool = true) {
    self.init(field, StoredColumn(vector), isList: isList, isShown: isShown)
  }
}

/// Rows with named columns, immutable once made.
///
/// A child table lies in the order of its parent's rows, so that the orders of one customer, and
/// the items of these orders, are neighbours.
public final class Table: Sendable {
  public let name: String
  public let columns: [Column]
  public let rowCount: Int
  /// The columns that `select TABLE` shows, in the order in which it does.
  public let shownColumns: [Int]
  /// What the rows hang on; nil for customers and for what hangs on nothing.
  public let parent: ParentLink?
  /// The column of each alias, in lower case; the columns' own names are among them.
  public let aliases: [String: Int]
  /// The column that tells when a row happened; `first`, `last` and `nth` go by it.
  public let dateColumn: Int?
  /// The row of each id, where the table has ids.
  public let index: KeyIndex?

  public init(
    name: String, columns: [Column], rowCount: Int, parent: ParentLink? = nil,
    aliases: [String: Int] = [:], dateColumn: Int? = nil, index: KeyIndex? = nil,
    shownColumns: [Int]? = nil
  ) {
    self.shownColumns = shownColumns ?? columns.indices.filter { columns[$0].isShown }
    self.name = name
    self.columns = columns
    self.rowCount = rowCount
    self.parent = parent
    self.dateColumn = dateColumn
    self.index = index
    var all = aliases
    for (i, column) in columns.enumerated() { all[column.field.name.lowercased()] = i }
    self.aliases = all
  }

  /// The same rows, in whose conditions the columns of `parent` are seen too.
  public func lent(namesOf parent: Table) -> Table { linked(by: ParentLink(naming: parent)) }

  /// The same rows, hanging on others.
  func linked(by link: ParentLink) -> Table {
    Table(
      name: name, columns: columns, rowCount: rowCount, parent: link, aliases: aliases,
      dateColumn: dateColumn, index: index, shownColumns: shownColumns)
  }

  /// The column of that name or alias, without regard to case.
  public func column(named name: String) -> Int? { aliases[name.lowercased()] }
}

/// How the rows of a child table hang on those of its parent.
public struct ParentLink: Sendable {
  public let table: Table
  /// The child's column with the ids of the parent's rows.
  package let column: Int
  /// The rows of parent row `p` are `offsets[p]..<offsets[p + 1]`; those behind the last hang on
  /// nothing (a guest's orders).
  package let offsets: Memory<Int32>

  /// `rows` has the parent's row of each row, ascending, and −1 behind them where there is none.
  init(table: Table, column: Int, sortedRows rows: [Int32]) {
    var counts = [Int32](repeating: 0, count: table.rowCount + 1)
    for row in rows where row >= 0 { counts[Int(row) + 1] += 1 }
    for i in 1..<max(1, counts.count) { counts[i] += counts[i - 1] }
    self.init(table: table, column: column, offsets: Memory(counts))
  }

  /// A link as it was stored.
  package init(table: Table, column: Int, offsets: Memory<Int32>) {
    self.table = table
    self.column = column
    self.offsets = offsets
  }

  /// A parent that lends its names and has no rows for those of the child.
  init(naming table: Table) {
    self.init(table: table, column: 0, offsets: Memory([]))
  }
}
