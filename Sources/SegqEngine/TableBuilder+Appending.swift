public import SegqRecords

/// Why rows could not be put behind those of a table.
public enum AppendingError: Error, Sendable {
  case interrupted
  /// The column would have more text than a ``TextVector`` holds.
  case textTooLarge(Field)
}

extension Table {
  /// How many of these ids no row has. A null names nobody.
  public func missingCount(_ ids: ColumnVector) -> Int {
    guard let index else { return 0 }
    return index.rows(of: ids).enumerated().count(where: { $1 < 0 && !ids.isNull($0) })
  }
}

extension TableBuilder {
  /// The rows of a table, to be built again with others behind them or on another parent.
  public init(rebuilding table: Table) {
    self.init(
      name: table.name,
      columns: table.columns.map {
        var column = LoadedColumn(
          $0.field, ColumnVector([], type: $0.field.type), isShown: $0.isShown)
        column.evidence = $0.evidence
        return column
      })
    packed = table.columns.map(\.values)
    rebuilt = table
    aliases = table.aliases
    dateColumn = table.dateColumn
    shownColumns = table.shownColumns
    idColumn = table.idColumn
    parent = table.parent.map { ($0.table, $0.key) }
  }

  /// Puts the rows that were read behind those of a table, on all cores; what one side has not is null
  /// there.
  ///
  /// `places` has for each of their columns the one that it goes on with; columns that the table has
  /// not come behind its own, in order. What differs in type comes to the one that fits both. Few rows
  /// go straight to where they belong, so that those of the table are copied in stretches. `rows` give
  /// way to what is made of them.
  public mutating func append(
    _ rows: inout TableBuilder, at places: [Int], in zone: TimeZone, _ execution: Execution
  ) throws(AppendingError) {
    let count = rowCount + rows.rowCount
    insertion = insertion(of: rows, at: places)
    let insertion = insertion
    let pairs = pairs(&rows, at: places)
    let joined = Self.execution(execution, rowCount: count)
      .map(consume pairs) { old, new in
        insertion.map { old.merged(with: new, $0, in: zone) } ?? old.joined(with: new, in: zone)
      }
    guard let joined else { throw .interrupted }
    var stored: [StoredColumn] = []
    for (place, column) in joined.enumerated() {
      guard let column else { throw .textTooLarge(columns[place].field) }
      columns[place].field.type = column.type
      stored.append(column)
    }
    packed = stored
  }

  /// Where the rows belong; nil where they are not few, or where those of the table may come to lie
  /// otherwise.
  private func insertion(of rows: TableBuilder, at places: [Int]) -> Insertion? {
    guard let table = rebuilt, table.rowCount >= max(fewestKept, 4 * rows.rowCount),
      parent?.table === table.parent?.table, parent?.key == table.parent?.key,
      parent?.key.usedEmail == nil, parent?.key.named == nil
    else { return nil }
    func vector(_ column: Int) -> ColumnVector? {
      places.firstIndex(of: column).map { rows.columns[$0].vector }
    }
    let ids = idColumn.map { vector($0) }
    let keys = parent.map {
      vector($0.key.column) ?? .constant(.null, .integer, count: rows.rowCount)
    }
    // An id of another type changes the order of all.
    guard ids.map({ $0?.type == .integer && $0?.nulls == nil }) ?? true,
      idColumn.map({ table.columns[$0].values.type == .integer }) ?? true,
      keys.map({ $0.type == .integer }) ?? true
    else { return nil }
    return Insertion(
      into: table, ids: ids?.flatMap(\.numbers), keys: keys, count: rows.rowCount)
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
  /// where it was interrupted, and the store is of no use. Where it is the same table with rows among
  /// its own, what hangs on the others goes on doing so.
  public mutating func replace(
    _ table: Table, _ execution: Execution, by insertion: Insertion? = nil
  ) -> Bool {
    let old = self.table(named: table.name)
    let children = old.map { self.children(of: $0) } ?? []
    put(table)
    for child in children {
      if let insertion, let kept = child.kept(on: table, insertion) {
        replace(withSameRows: kept)
        continue
      }
      var builder = TableBuilder(rebuilding: child)
      builder.parent?.table = table
      guard let built = builder.build(execution), replace(built, execution) else { return false }
    }
    return true
  }

  private mutating func replace(withSameRows table: Table) {
    let children = self.table(named: table.name).map { self.children(of: $0) } ?? []
    put(table)
    for child in children {
      if let link = child.parent { replace(withSameRows: child.linked(by: link.on(table, nil))) }
    }
  }
}

extension Table {
  /// The same rows on a parent with rows among its own; nil where some that hung on nothing name one of
  /// these.
  fileprivate func kept(on table: Table, _ insertion: Insertion) -> Table? {
    guard let link = parent, link.key.usedEmail == nil, link.key.named == nil,
      let ids = table.idColumn.flatMap({ table.columns[$0].values.numbers })
    else { return nil }
    var new: Set<Int64> = []
    for (place, before) in insertion.before.enumerated() { new.insert(ids[Int(before) + place]) }
    let keys = columns[link.key.column].values
    let loose = link.offsets.span[insertion.oldCount]..<Int32(truncatingIfNeeded: rowCount)
    let isNamed = loose.contains { row in
      !keys.isNull(Int(row)) && keys.numbers.map { new.contains($0[Int(row)]) } ?? true
    }
    return isNamed ? nil : linked(by: link.on(table, insertion))
  }
}
