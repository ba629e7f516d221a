import SegqRecords

extension Store {
  /// What was removed with a customer: rows of each table, and segments that they were in.
  public struct Removal: Sendable {
    public internal(set) var rows: [(table: String, count: Int)] = []
    public internal(set) var segments: [Int] = []
    /// Columns of what is left in whose texts the email still stands, and in how many rows.
    public internal(set) var mentions: [(table: String, column: String, count: Int)] = []
  }

  /// Removes a row of customers, all that hangs on it or names it by its id, in one of `idColumns`, or
  /// by its email, all that hangs on these, and its membership. What is left lies in new memory, that
  /// no byte of the removed rows is in, and dictionaries lose what nobody else has; a table that none of
  /// them was in stays where it is. Nil where it was interrupted.
  public mutating func forget(
    customer row: Int, namedIn idColumns: [String], _ execution: Execution
  ) -> Removal? {
    guard let customers else { return Removal() }
    let trace = CustomerTrace(row, of: customers, idColumns: idColumns)
    var removal = Removal()
    var changed: [String: (table: Table, gone: [Int32])] = [:]
    for table in tables {
      let parent = table.parent.flatMap { changed[$0.table.name] }
      let gone: [Int32]
      if table === customers {
        gone = [Int32(row)]
      } else {
        guard let named = trace.rows(of: table, execution) else { return nil }
        gone = Set(named).union(table.parent.map { $0.children(of: parent?.gone ?? []) } ?? [])
          .sorted()
        if gone.isEmpty, parent == nil { continue }
      }
      if !gone.isEmpty { removal.rows.append((table.name, gone.count)) }
      guard let left = table.removing(gone, parent, execution) else { return nil }
      changed[table.name] = (left, gone)
    }
    for table in changed.values { put(table.table) }
    // A dropped segment, and a rule that was altered, may still name the customer.
    journal = ChangeJournal()
    let id = customers.identity(row)
    for place in segments.indices {
      if let id {
        segments[place].forgetGrowth(
          of: id, isMember: segments[place].members?.contains(row) ?? false)
      }
      guard let members = segments[place].members else { continue }
      if members.contains(row) { removal.segments.append(segments[place].id) }
      segments[place].setMembers(members.removing(row: row))
    }
    for table in tables {
      for column in table.columns {
        let count = trace.mentionCount(in: column)
        if count > 0 { removal.mentions.append((table.name, column.field.name, count)) }
      }
    }
    return removal
  }
}

extension Table {
  /// The same table without some rows, ascending, on a parent without those that they hung on.
  fileprivate func removing(
    _ gone: [Int32], _ parent: (table: Table, gone: [Int32])?, _ execution: Execution
  ) -> Table? {
    let rest = Remainder(gone: gone, oldCount: rowCount)
    let values =
      gone.isEmpty
      ? columns.map(\.values)
      : execution.map(columns) { $0.values.keeping(rest) ?? $0.values.repacked(rest.rows) }
    guard let values else { return nil }
    let left = zip(columns, values).map { column, values in column.with(values) }
    guard let columns = left.findable(in: name, execution) else { return nil }
    return Table(
      name: name, columns: columns, rowCount: rest.count,
      parent: self.parent.map { link in
        link.removing(gone, of: parent?.gone ?? [], parent: parent?.table ?? link.table)
      },
      aliases: aliases, dateColumn: dateColumn,
      idColumn: idColumn, shownColumns: shownColumns)
  }
}

extension StoredColumn {
  /// The values of these rows, as if there had never been others.
  fileprivate func repacked(_ rows: [Int32]) -> StoredColumn { StoredColumn(vector(rows)) }
}

extension ParentLink {
  /// The rows that hang on rows of the parent.
  fileprivate func children(of parents: [Int32]) -> [Int32] {
    parents.flatMap { Array(children(of: Int($0))) }
  }

  /// The link of what is left, where these rows are gone, among them all that hung on the parents that
  /// are. Both ascend.
  fileprivate func removing(_ gone: [Int32], of parents: [Int32], parent: Table) -> ParentLink {
    let offsets = offsets.span
    var left: [Int32] = []
    left.reserveCapacity(offsets.count - parents.count)
    var (lost, next) = (0, 0)
    for row in 0..<offsets.count {
      while lost < gone.count, gone[lost] < offsets[row] { lost += 1 }
      if next < parents.count, parents[next] == row {
        next += 1
      } else {
        left.append(offsets[row] - Int32(lost))
      }
    }
    return ParentLink(table: parent, key: key, offsets: Memory(left))
  }
}

extension RowSet {
  /// The set among the rows that are left when one is taken out.
  fileprivate func removing(row gone: Int) -> RowSet {
    var left = Bitmap(count: rowCount - 1)
    forEach { row in
      if row != gone { left[row < gone ? row : row - 1] = true }
    }
    return RowSet(left)
  }
}
