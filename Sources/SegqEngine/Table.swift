public import SegqRecords

/// A column of a table: its values and what they are called.
public struct Column: Sendable {
  public var field: Field
  /// Several values in one text, joined by `, ` (a segment's websites); `=` means any of them.
  public var isList: Bool
  /// Shown by `select TABLE`; the others only on request.
  public var isShown: Bool
  /// Why the values were read as they were: `date, day first, from 3 values above 12`.
  public var evidence: String?
  /// The only values that it can have, where these are few and known; whether a row has one or not.
  public var legalValues: [String] = []
  public let values: StoredColumn

  public init(_ field: Field, _ values: StoredColumn, isList: Bool = false, isShown: Bool = true) {
    self.field = field
    self.values = values
    self.isList = isList
    self.isShown = isShown
  }

  /// The same column with other values.
  func with(_ values: StoredColumn) -> Column {
    var column = Column(field, values, isList: isList, isShown: isShown)
    (column.evidence, column.legalValues) = (evidence, legalValues)
    return column
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
  /// What the rows are linked to; nil for customers and for what is linked to nothing.
  public let parent: ParentLink?
  /// The column of each alias, in lower case; the columns' own names are among them.
  public let aliases: [String: Int]
  /// The column that tells when a row happened; `first`, `last` and `nth` go by it.
  public let dateColumn: Int?
  /// The column with the ids by which rows are found, numbers or texts.
  public let idColumn: Int?
  /// The row of each id, where the table has ids.
  public let index: KeyIndex?

  public init(
    name: String, columns: [Column], rowCount: Int, parent: ParentLink? = nil,
    aliases: [String: Int] = [:], dateColumn: Int? = nil, idColumn: Int? = nil,
    index: KeyIndex? = nil, shownColumns: [Int]? = nil
  ) {
    self.idColumn = idColumn
    self.shownColumns = shownColumns ?? columns.indices.filter { columns[$0].isShown }
    self.name = name
    self.columns = columns
    self.rowCount = rowCount
    self.parent = parent
    self.dateColumn = dateColumn
    self.index = index ?? idColumn.map { KeyIndex(columns[$0].values) }
    var all = aliases
    for (i, column) in columns.enumerated() { all[column.field.name.lowercased()] = i }
    self.aliases = all
  }

  /// The same rows, in whose conditions the columns of `parent` are seen too.
  public func lent(namesOf parent: Table) -> Table { linked(by: ParentLink(naming: parent)) }

  /// The same rows, linked to others.
  func linked(by link: ParentLink) -> Table {
    Table(
      name: name, columns: columns, rowCount: rowCount, parent: link, aliases: aliases,
      dateColumn: dateColumn, idColumn: idColumn, index: index, shownColumns: shownColumns)
  }

  /// The column of that name or alias, without regard to case.
  public func column(named name: String) -> Int? { aliases[name.lowercased()] }
}
