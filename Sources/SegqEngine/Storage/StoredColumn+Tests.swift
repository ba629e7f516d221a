import SegqRecords

// Conditions on one column, of neighbouring rows that begin at a multiple of 64.
extension StoredColumn {
  /// Which texts pass; what is null is unknown.
  func tested(_ test: TextTest, _ rows: Rows) -> Truth {
    guard case .texts(let heap) = storage else { preconditionFailure("no texts to test") }
    switch rows {
    case .range(let range):
      return Truth(yes: test.matches(heap, range), unknown: nulls?.slice(range))
    case .list(let list): return Truth(yes: test.matches(heap, list), unknown: nulls(of: list))
    case .dictionary: preconditionFailure("a dictionary is no column of texts")
    }
  }

  /// Which rows have a code whose entry is true; `entries` has one for null too.
  func coded(_ entries: ColumnVector, _ rows: Range<Int>) -> Truth {
    guard case .coded(let codes, _) = storage, let values = entries.numbers else {
      preconditionFailure("not coded")
    }
    let yes = values.indices.map { values[$0] != 0 && !entries.isNull($0) }
    let unknown = values.indices.map { entries.isNull($0) }
    return Truth(
      yes: having(yes, codes, rows),
      unknown: unknown.contains(true) ? having(unknown, codes, rows) : nil)
  }

  /// All rows whose code has a true entry, as a set; nil where there are too many codes for sets.
  func rows(where entries: ColumnVector) -> RowSet? {
    guard case .coded(let codes, _) = storage, entries.count <= CodeRows.mostCodes,
      let values = entries.numbers
    else { return nil }
    let sets = codeRows.sets(of: codes, count: values.count)
    let wanted = values.indices.filter { values[$0] != 0 && !entries.isNull($0) }
    return RowSet.union(wanted.map { sets[$0] }, rowCount: codes.count)
  }

  /// Which rows have one of the codes.
  private func having(_ wanted: [Bool], _ codes: PackedNumbers, _ rows: Range<Int>) -> Bitmap {
    guard wanted.count <= CodeRows.mostCodes else { return codes.having(wanted, rows) }
    let sets = codeRows.sets(of: codes, count: wanted.count)
    var words = [UInt64](repeating: 0, count: (rows.count + 63) >> 6)
    var span = words.mutableSpan
    for code in wanted.indices where wanted[code] {
      sets[code].or(into: &span, from: rows.lowerBound)
    }
    return Bitmap(words: words, count: rows.count)
  }

  /// How many of the rows have each code of this coded column, and how many are null behind them;
  /// nil where it is not coded.
  func codeCounts(_ rows: RowSelection) -> [Int64]? {
    guard case .coded(let codes, let dictionary) = storage else { return nil }
    let count = dictionary.count + 1
    if count <= CodeRows.mostCodes {
      let sets = codeRows.sets(of: codes, count: count)
      switch rows {
      case .all: return sets.map { Int64($0.count) }
      case .some(let set) where set.count >= count * set.rowCount >> 6:
        return sets.map { Int64($0.sharedCount(with: set)) }
      case .some, .list: break
      }
    }
    var counts = [Int64](repeating: 0, count: count)
    switch rows {
    case .all: codes.count(0..<codes.count, into: &counts)
    case .list(let list): for row in list { counts[Int(codes[Int(row)])] += 1 }
    case .some(let set): set.forEach { counts[Int(codes[$0])] += 1 }
    }
    return counts
  }
}

extension BoundExpression {
  /// The test that a condition on a column of texts, not coded, comes to; nil where it is another.
  func textTest(_ table: Table) -> BoundExpression? {
    func isHeap(_ column: Int) -> Bool {
      if case .texts = table.columns[column].values.storage { return true }
      return false
    }
    switch self {
    case .match(let pattern, .column(let column, .text)) where isHeap(column):
      return .test(column: column, TextTest(pattern))
    case .compare(
      let comparison, .column(let column, .text), .constant(.text(let text), _), let isExact)
    where isHeap(column) && (comparison == .equal || comparison == .notEqual):
      let test = BoundExpression.test(
        column: column, TextTest(equals: text, isExact: isExact))
      return comparison == .equal ? test : .not(test)
    case .oneOf(.column(let column, .text), .texts(let texts)) where isHeap(column):
      return .test(column: column, TextTest(oneOf: texts, isExact: false))
    case .constant, .column, .ancestor, .computed, .compare, .within, .not, .all, .any, .isNull,
      .isEmpty, .oneOf, .match, .matches, .listContains, .member, .arithmetic, .convert, .function,
      .conditional, .aggregate, .lookup, .test, .shared:
      return nil
    }
  }
}
