public import SegqRecords

// The rows that a column of keys names.
extension KeyIndex {
  /// The row that each of neighbouring keys names, −1 where it names none; what is null names none.
  ///
  /// Keys and ids may be of different kinds: the text `17` names the row 17, and the number 17 the row
  /// `17`. O(1) for each, and a look at the text of the row where the ids are texts.
  package func rows(of keys: StoredColumn, _ range: Range<Int>) -> [Int32] {
    var rows = namedRows(keys, range)
    guard let nulls = keys.nulls else { return rows }
    for i in rows.indices where nulls[range.lowerBound + i] { rows[i] = -1 }
    return rows
  }

  /// The same for all of a column as it was read.
  public func rows(of keys: ColumnVector) -> [Int32] {
    rows(of: StoredColumn(keys), 0..<keys.count)
  }

  /// Of the rows that have the same value the first, by whom the others are found too. `keys` are the
  /// values of the index. O(n).
  func repeatedRows(_ keys: StoredColumn) -> Bitmap {
    var repeated = Bitmap(count: keys.count)
    for (row, first) in rows(of: keys, 0..<keys.count).enumerated()
    where first >= 0 && first != Int32(truncatingIfNeeded: row) {
      repeated[Int(first)] = true
    }
    return repeated
  }

  /// The row of an id as somebody types it.
  public func row(of text: String) -> Int? {
    let row = rows(of: ColumnVector([.text(text)], type: .text))[0]
    return row < 0 ? nil : Int(row)
  }

  private func namedRows(_ keys: StoredColumn, _ range: Range<Int>) -> [Int32] {
    switch keys.storage {
    case .numbers(let numbers):
      var wanted: [Int64] = []
      numbers.append(range, to: &wanted)
      return areTexts ? rows(ofTexts: wanted.map { .text(String($0)) }) : rows(of: wanted)
    case .texts(let heap): return rows(of: heap, range)
    case .coded(let codes, let dictionary):
      let heap = TextHeap(dictionary.texts)
      let known = rows(of: heap, 0..<heap.count) + [-1]
      var wanted: [Int64] = []
      codes.append(range, to: &wanted)
      return wanted.map { known[Int($0)] }
    }
  }

  private func rows(ofTexts values: [Value]) -> [Int32] {
    let column = StoredColumn(ColumnVector(values, type: .text))
    return namedRows(column, 0..<values.count)
  }

  private func rows(of heap: TextHeap, _ range: Range<Int>) -> [Int32] {
    guard areTexts else { return rows(ofNumbers: heap, range) }
    var rows = rows(of: range.map { heap.identity($0) })
    let ids = ids
    for i in rows.indices where rows[i] >= 0 {
      if !ids.matches(Int(rows[i]), range.lowerBound + i, of: heap) { rows[i] = -1 }
    }
    return rows
  }

  /// Texts that are whole numbers name rows whose ids are numbers.
  private func rows(ofNumbers heap: TextHeap, _ range: Range<Int>) -> [Int32] {
    let numbers = range.map { Int64(wholeNumber: heap.text($0)) }
    var rows = rows(of: numbers.map { $0 ?? 0 })
    for i in rows.indices where numbers[i] == nil { rows[i] = -1 }
    return rows
  }
}

extension Int64 {
  /// `42` and `-7`, written as segq writes them; nil for `007`, `+7` and everything else.
  init?(wholeNumber text: [UInt8]) {
    let written = String(decoding: text, as: UTF8.self)
    guard let number = Int64(written), String(number) == written else { return nil }
    self = number
  }
}

extension Table {
  /// The identity of a row (``KeyIndex``); nil where the table has no ids.
  package func identity(_ row: Int) -> Int64? { index?.ids[row] }

  /// The identities of rows, ascending.
  func identities(of set: RowSet) -> IDSet {
    guard let ids = index?.ids else { return .none }
    return IDSet(ascending: set.rows.map { ids[Int($0)] }.sorted())
  }

  /// The id of a row as people write it; nil where the table has no ids.
  public func idText(_ row: Int) -> String? {
    idColumn.map { columns[$0].values[row].text(in: .utc) }
  }
}
