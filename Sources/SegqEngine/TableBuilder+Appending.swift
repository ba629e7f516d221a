public import SegqRecords

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
        LoadedColumn($0.field, $0.values.vector(0..<table.rowCount), isShown: $0.isShown)
      })
    aliases = table.aliases
    dateColumn = table.dateColumn
    shownColumns = table.shownColumns
    idColumn = table.idColumn
    parent = table.parent.map { ($0.table, $0.column) }
    codesTexts = false
  }

  /// Puts rows behind those that there are; what one side has not is null there.
  ///
  /// `places` has for each of their columns the one that it goes on with; columns that the table has
  /// not come behind its own, in order. What differs in type comes to the one that fits both.
  public mutating func append(
    _ others: [LoadedColumn], at places: [Int], in zone: TimeZone
  ) throws(TextTooLarge) {
    let (before, count) = (rowCount, others.first?.vector.count ?? 0)
    for place in columns.indices {
      let vector =
        places.firstIndex(of: place).map { others[$0].vector }
        ?? .constant(.null, columns[place].vector.type, count: count)
      try append(vector, to: place, in: zone)
    }
    for (other, place) in zip(others, places) where place == columns.count {
      columns.append(other)
      columns[place].vector = .constant(.null, other.vector.type, count: before)
      try append(other.vector, to: place, in: zone)
    }
    codesTexts = true
  }

  private var rowCount: Int { columns.first?.vector.count ?? 0 }

  private mutating func append(
    _ vector: ColumnVector, to place: Int, in zone: TimeZone
  ) throws(TextTooLarge) {
    let type = ColumnVector.commonType(columns[place].vector, vector)
    let own = columns[place].vector.converted(to: type, in: zone)
    guard let joined = own.joined(with: vector.converted(to: type, in: zone)) else {
      throw TextTooLarge(column: columns[place].field)
    }
    columns[place].vector = joined
    columns[place].field.type = type
  }
}

extension Store {
  /// Puts a table in the place of the one of the same name, and links again what hangs on it; false
  /// where it was interrupted, and the store is of no use.
  public mutating func replace(_ table: Table, isInterrupted: () -> Bool) -> Bool {
    let children = self.table(named: table.name).map { self.children(of: $0) } ?? []
    put(table)
    for child in children {
      var builder = TableBuilder(rebuilding: child)
      builder.parent?.table = table
      guard let built = builder.build(isInterrupted: isInterrupted),
        replace(built, isInterrupted: isInterrupted)
      else { return false }
    }
    return true
  }
}
