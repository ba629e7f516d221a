import SegqRecords

extension Store {
  /// What was removed with a customer: rows of each table, and segments that they were in.
  public struct Removal: Sendable {
    public internal(set) var rows: [(table: String, count: Int)] = []
    public internal(set) var segments: [Int] = []
  }

  /// Removes a row of customers, all that hangs on it, and its membership. What is left lies in new
  /// memory, that no byte of the removed rows is in: columns are packed anew, and dictionaries lose
  /// what nobody else has. Nil where it was interrupted.
  public mutating func forget(customer row: Int, _ execution: Execution) -> Removal? {
    guard let customers else { return Removal() }
    var removal = Removal()
    var changed: [String: (table: Table, gone: Range<Int>)] = [:]
    for table in tables {
      let gone: Range<Int>
      if table === customers {
        gone = row..<row + 1
      } else if let link = table.parent, let above = changed[link.table.name]?.gone {
        gone = link.children(of: above)
      } else {
        continue
      }
      if !gone.isEmpty { removal.rows.append((table.name, gone.count)) }
      let parent = table.parent.flatMap { changed[$0.table.name] }
      guard let left = table.removing(gone, parent, execution) else { return nil }
      changed[table.name] = (left, gone)
    }
    for table in changed.values { put(table.table) }
    let id = customers.id(row)
    for place in segments.indices {
      if let id {
        segments[place].forgetGrowth(
          of: id, isMember: segments[place].members?.contains(row) ?? false)
      }
      guard let members = segments[place].members else { continue }
      if members.contains(row) { removal.segments.append(segments[place].id) }
      segments[place].setMembers(members.removing(row: row))
    }
    return removal
  }
}

extension Table {
  /// The same table without some neighbouring rows, on a parent without those that they hung on.
  fileprivate func removing(
    _ gone: Range<Int>, _ parent: (table: Table, gone: Range<Int>)?, _ execution: Execution
  ) -> Table? {
    let left = Array(0..<Int32(gone.lowerBound)) + Array(Int32(gone.upperBound)..<Int32(rowCount))
    guard let values = execution.map(columns, { $0.values.repacked(left) }) else { return nil }
    let columns = zip(columns, values).map { column, values in
      Column(column.field, values, isList: column.isList, isShown: column.isShown)
    }
    let ids = index == nil ? nil : column(named: "id")
    return Table(
      name: name, columns: columns, rowCount: left.count,
      parent: self.parent.flatMap { link in
        parent.map { link.removing(gone, of: $0.gone, parent: $0.table) }
      },
      aliases: aliases, dateColumn: dateColumn,
      index: ids.flatMap { values[$0].numbers }.map { KeyIndex($0) }, shownColumns: shownColumns)
  }
}

extension StoredColumn {
  /// The values of these rows, as if there had never been others.
  fileprivate func repacked(_ rows: [Int32]) -> StoredColumn {
    var vector = vector(rows)
    if case .coded(let codes, let dictionary) = vector.storage {
      let (codes, kept) = dictionary.used(by: codes, vector.nulls)
      vector.storage = .coded(codes, kept)
    }
    return StoredColumn(vector)
  }
}

extension TextVector {
  /// Only the texts that are named, in their order, and the codes that name them now. A null names
  /// none.
  fileprivate func used(by codes: [Int32], _ nulls: Bitmap?) -> ([Int32], TextVector) {
    var isUsed = [Bool](repeating: false, count: count)
    for (row, code) in codes.enumerated() where !(nulls?[row] ?? false) { isUsed[Int(code)] = true }
    var kept = TextVector()
    let places = isUsed.indices.map { code -> Int32 in
      guard isUsed[code] else { return 0 }
      kept.append(bytes[range(code)])
      return Int32(truncatingIfNeeded: kept.count - 1)
    }
    return (codes.map { places.isEmpty ? 0 : places[Int($0)] }, kept)
  }
}

extension ParentLink {
  /// The rows that hang on neighbouring rows of the parent.
  fileprivate func children(of parents: Range<Int>) -> Range<Int> {
    Int(offsets.span[parents.lowerBound])..<Int(offsets.span[parents.upperBound])
  }

  /// The link of what is left, where the rows that are gone hung on neighbouring rows of the parent.
  fileprivate func removing(
    _ gone: Range<Int>, of parents: Range<Int>, parent: Table
  ) -> ParentLink {
    let lost = Int32(gone.count)
    let left =
      offsets.array(0..<parents.lowerBound)
      + offsets.array(parents.upperBound..<offsets.count).map { $0 - lost }
    return ParentLink(table: parent, column: column, offsets: Memory(left))
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
