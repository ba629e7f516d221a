public import SegqRecords

/// Why rows could not be put behind those of a table.
public enum AppendingError: Error, Sendable {
  case interrupted
  /// The column would have more text than a ``TextVector`` holds.
  case textTooLarge(Field)
}

extension Table {
  /// The column of the ids by which rows are found.
  public var idColumn: Int? { index == nil ? nil : column(named: "id") }

  /// How many of these ids no row has. A null names nobody.
  public func missingCount(_ ids: ColumnVector) -> Int {
    guard let index, let numbers = ids.numbers else { return 0 }
    return index.rows(of: numbers).enumerated().count(where: { $1 < 0 && !ids.isNull($0) })
  }
}

extension TableBuilder {
  /// The rows of a table, to be built again with others behind them or on another parent.
  public init(rebuilding table: Table) {
    self.init(
      name: table.name,
      columns: table.columns.map {
        LoadedColumn($0.field, ColumnVector([], type: $0.field.type), isShown: $0.isShown)
      })
    packed = table.columns.map(\.values)
    aliases = table.aliases
    dateColumn = table.dateColumn
    shownColumns = table.shownColumns
    idColumn = table.idColumn
    parent = table.parent.map { ($0.table, $0.column) }
  }

  /// Puts the rows that were read behind those of a table, on all cores; what one side has not is null
  /// there.
  ///
  /// `places` has for each of their columns the one that it goes on with; columns that the table has
  /// not come behind its own, in order. What differs in type comes to the one that fits both. Columns
  /// are unpacked one a core, and `rows` give way to what is made of them.
  public mutating func append(
    _ rows: inout TableBuilder, at places: [Int], in zone: TimeZone, _ execution: Execution
  ) throws(AppendingError) {
    let count = rowCount + rows.rowCount
    let pairs = pairs(&rows, at: places)
    let joined = Self.execution(execution, rowCount: count)
      .map(consume pairs) { $0.joined(with: $1, in: zone) }
    guard let joined else { throw .interrupted }
    var stored: [StoredColumn] = []
    for (place, column) in joined.enumerated() {
      guard let column else { throw .textTooLarge(columns[place].field) }
      columns[place].field.type = column.type
      stored.append(column)
    }
    packed = stored
  }

  /// For each column what the table has, and what comes behind it.
  private mutating func pairs(
    _ rows: inout TableBuilder, at places: [Int]
  ) -> [(StoredColumn, ColumnVector)] {
    let (before, count) = (rowCount, rows.rowCount)
    var pairs = (packed ?? []).map { ($0, ColumnVector.constant(.null, $0.type, count: count)) }
    let vectors = rows.takeVectors()
    for (i, (place, vector)) in zip(places, vectors).enumerated() {
      if place == columns.count {
        let field = rows.columns[i].field
        columns.append(
          LoadedColumn(field, ColumnVector([], type: field.type), isShown: rows.columns[i].isShown))
        pairs.append((StoredColumn(.constant(.null, vector.type, count: before)), vector))
      } else {
        pairs[place].1 = vector
      }
    }
    return pairs
  }
}

extension Store {
  /// Puts a table in the place of the one of the same name, and links again what hangs on it; false
  /// where it was interrupted, and the store is of no use.
  public mutating func replace(_ table: Table, _ execution: Execution) -> Bool {
    let children = self.table(named: table.name).map { self.children(of: $0) } ?? []
    put(table)
    for child in children {
      var builder = TableBuilder(rebuilding: child)
      builder.parent?.table = table
      guard let built = builder.build(execution), replace(built, execution) else { return false }
    }
    return true
  }
}
