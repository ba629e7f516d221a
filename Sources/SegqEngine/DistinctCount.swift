import SegqRecords

extension Grouping {
  /// How many different values a column has among the rows, where that is all that is asked: without
  /// putting together what each row group has; nil where it is not.
  func distinctCount(
    _ rows: RowSelection, _ evaluator: Evaluator
  ) throws(EngineError) -> Int? {
    guard keys.isEmpty, figures.count == 1, figures[0].function == .countDistinct,
      figures[0].path.isEmpty, figures[0].filter == nil, figures[0].members == nil,
      case .column(let index, _) = figures[0].argument
    else { return nil }
    let column = table.columns[index].values
    switch column.storage {
    case .coded:
      return column.codeCounts(rows)?.dropLast().count { $0 > 0 }
    case .texts(let heap):
      return try DistinctTexts(heap: heap, nulls: column.nulls).count(rows, evaluator)
    case .numbers: return nil
    }
  }
}

/// Counts the different texts of a column. All cores sort the rows by their texts' hashes into
/// partitions so small that the table of one stays in the caches, and then count these.
private struct DistinctTexts: Sendable {
  let heap: TextHeap
  let nulls: NullRows?

  private static let partitions = 64

  private struct Entry: Sendable {
    /// See ``TextHash/key(_:_:)``.
    var key: UInt64
    var row: Int32
  }

  func count(_ rows: RowSelection, _ evaluator: Evaluator) throws(EngineError) -> Int {
    let parts = try evaluator.map(rows) { (_, rows) throws(EngineError) in partitioned(rows) }
    return try evaluator.map(Self.partitions) { (_, number) throws(EngineError) in
      distinct(parts.map { $0[number] })
    }.reduce(0, +)
  }

  private func partitioned(_ rows: Rows) -> [[Entry]] {
    var parts = [[Entry]](repeating: [], count: Self.partitions)
    for i in parts.indices { parts[i].reserveCapacity(rows.count / Self.partitions * 5 / 4 + 16) }
    let bytes = heap.bytes.span
    for position in 0..<rows.count {
      let row = rows.row(position)
      if let nulls, nulls[row] { continue }
      let key = TextHash.key(bytes, heap.range(row))
      parts[Int(truncatingIfNeeded: Self.mixed(key) &>> 58)].append(
        Entry(key: key, row: Int32(truncatingIfNeeded: row)))
    }
    return parts
  }

  private static func mixed(_ key: UInt64) -> UInt64 {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed &>> 32
  }

  /// Open addressing; what is equal has equal keys.
  private func distinct(_ parts: [[Entry]]) -> Int {
    var slots = [Entry](repeating: Entry(key: 0, row: -1), count: 1 << 12)
    var count = 0
    let bytes = heap.bytes.span
    for part in parts {
      for entry in part {
        var slot = Int(truncatingIfNeeded: Self.mixed(entry.key)) & (slots.count &- 1)
        while slots[slot].row >= 0 {
          if slots[slot].key == entry.key,
            TextHash.isWhole(entry.key)
              || TextHash.areEqual(
                bytes, heap.range(Int(slots[slot].row)), bytes, heap.range(Int(entry.row)))
          {
            break
          }
          slot = (slot &+ 1) & (slots.count &- 1)
        }
        guard slots[slot].row < 0 else { continue }
        slots[slot] = entry
        count += 1
        if count * 2 > slots.count { grow(&slots) }
      }
    }
    return count
  }

  private func grow(_ slots: inout [Entry]) {
    let old = slots
    slots = Array(repeating: Entry(key: 0, row: -1), count: old.count * 4)
    for entry in old where entry.row >= 0 {
      var slot = Int(truncatingIfNeeded: Self.mixed(entry.key)) & (slots.count &- 1)
      while slots[slot].row >= 0 { slot = (slot &+ 1) & (slots.count &- 1) }
      slots[slot] = entry
    }
  }
}
