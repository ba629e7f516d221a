import SegqRecords

/// Keys of groups whose values are numbered before any row is looked at, since there are few: texts
/// of a dictionary, numbers close together, the days of instants, parts of a range, who is in a set.
///
/// For `group by country, trunc(since, month)` of 60 countries and 100 months there are 6,000
/// combinations at most; a row finds its own by a look into a table for each key.
struct KnownKeys: Sendable {
  private let keys: [KnownKey]
  /// How many combinations there could be.
  let count: Int

  /// More than these are numbered as they are met.
  private static let most = 8192

  /// Nil where a key may have too many values, or cannot be told from one column.
  init?(
    _ expressions: [BoundExpression], of table: Table, rowCount: Int, _ evaluator: Evaluator
  ) throws(EngineError) {
    var keys: [KnownKey] = []
    var count = 1
    for expression in expressions {
      guard let key = try KnownKey(expression, of: table, rowCount: rowCount, evaluator) else {
        return nil
      }
      keys.append(key)
      count *= key.values.count
      guard count <= Self.most else { return nil }
    }
    self.keys = keys
    self.count = count
  }

  /// The combination that each row has.
  func owners(of rows: Rows, _ evaluator: Evaluator) throws(EngineError) -> [Int32] {
    var owners: [Int32] = []
    for key in keys {
      let codes = try key.codes(of: rows, evaluator)
      let size = Int32(truncatingIfNeeded: key.values.count)
      if owners.isEmpty {
        owners = codes
      } else {
        for i in owners.indices { owners[i] = owners[i] &* size &+ codes[i] }
      }
    }
    return owners
  }

  /// The value of each key in these combinations.
  func values(of combinations: [Int32]) -> [ColumnVector] {
    var rest = combinations
    var vectors: [ColumnVector] = []
    for key in keys.reversed() {
      let size = Int32(truncatingIfNeeded: key.values.count)
      vectors.append(key.values.gathered(rest.map { $0 % size }))
      for i in rest.indices { rest[i] /= size }
    }
    return vectors.reversed()
  }
}

/// One key: the values that it may have, and how a row finds its own.
private struct KnownKey: Sendable {
  /// The value of each code.
  let values: ColumnVector
  private let source: Source

  private enum Source: Sendable {
    case column(KnownColumn)
    /// The number of a part of what is computed; null has the last code.
    case part(BoundExpression, of: Table)
    /// 1 for the rows of a set.
    case member(RowSet)
  }

  init?(
    _ expression: BoundExpression, of table: Table, rowCount: Int, _ evaluator: Evaluator
  ) throws(EngineError) {
    if let known = try KnownColumn(expression, of: table, rowCount: rowCount, evaluator) {
      (values, source) = (known.values, .column(known))
    } else if case .function(.part(let edges), _, _) = expression {
      var numbers = ColumnVector(
        type: .integer, storage: .numbers(Array(0...Int64(edges.count)) + [0]))
      numbers.nulls = Bitmap(count: edges.count + 1)
      numbers.nulls?.append(true)
      (values, source) = (numbers, .part(expression, of: table))
    } else if case .member(0, let set) = expression {
      values = ColumnVector(type: .boolean, storage: .numbers([0, 1]))
      source = .member(set)
    } else {
      return nil
    }
  }

  /// The code that each row has.
  func codes(of rows: Rows, _ evaluator: Evaluator) throws(EngineError) -> [Int32] {
    switch source {
    case .column(let column): return column.codes(of: rows)
    case .part(let expression, let table):
      let parts = try evaluator.values(expression, table, rows)
      var codes = (parts.numbers ?? []).map { Int32(truncatingIfNeeded: $0) }
      parts.nulls?.forEachSet { codes[$0] = Int32(values.count - 1) }
      return codes
    case .member(let set):
      guard case .range(let range) = rows else {
        return (0..<rows.count).map { set.contains(rows.row($0)) ? 1 : 0 }
      }
      var codes = [Int32](repeating: 0, count: rows.count)
      set.slice(range).forEachSet { codes[$0] = 1 }
      return codes
    }
  }
}

/// A key that hangs on one column: the places its values fall into, and the code of each place.
private struct KnownColumn: Sendable {
  /// The value of each code.
  let values: ColumnVector
  private let column: StoredColumn
  private let places: Places

  /// How a value's number finds its code. The last code of a table is that of null.
  private enum Places: Sendable {
    /// Of a coded column the codes lead to those of the key.
    case dictionary([Int32])
    /// The numbers from `low` on.
    case numbers(low: Int64, [Int32])
    case days(DayTable, null: Int32)
  }

  init?(
    _ expression: BoundExpression, of table: Table, rowCount: Int, _ evaluator: Evaluator
  ) throws(EngineError) {
    // A table that is larger than what is looked up does not pay.
    let most = min(1 << 16, rowCount)
    let inputs: ColumnVector
    var days: DayTable?
    var low: Int64 = 0
    switch expression {
    case .column(let index, .text): column = table.columns[index].values
    case .lookup(let index, _): column = table.columns[index].values
    case .constant, .column, .ancestor, .computed, .compare, .within, .not, .all, .any, .isNull,
      .isEmpty, .oneOf, .match, .matches, .listContains, .member, .arithmetic, .convert, .function,
      .conditional, .aggregate, .test, .shared:
      guard !expression.canFail, let index = expression.soleNumbers else { return nil }
      column = table.columns[index].values
    }
    switch column.storage {
    case .texts: return nil
    case .coded(_, let dictionary):
      guard dictionary.count < most else { return nil }
      inputs = column.entries
    case .numbers(let numbers):
      let zone = numbers.zone
      low = zone.low
      guard !zone.isEmpty, !zone.high.subtractingReportingOverflow(low).overflow else { return nil }
      if zone.high - low < most {
        inputs = Self.inputs(Array(low...zone.high), column.type)
      } else {
        guard column.type == .datetime, let clocks = expression.soleClocks,
          let table = DayTable(clocks, zone.low...zone.high), table.dayCount < most
        else { return nil }
        days = table
        inputs = Self.inputs(table.starts, .datetime)
      }
    }
    var coder = ValueCodes(expression.type)
    let codes = coder.codes(of: try expression.values(ofEach: inputs, evaluator))
    values = coder.values
    places =
      switch column.storage {
      case .texts, .coded: .dictionary(codes)
      case .numbers:
        if let days {
          .days(days.leading(to: codes), null: codes[codes.count - 1])
        } else {
          .numbers(low: low, codes)
        }
      }
  }

  /// The numbers, and null behind them.
  private static func inputs(_ numbers: [Int64], _ type: DataType) -> ColumnVector {
    var nulls = Bitmap(count: numbers.count)
    nulls.append(true)
    return ColumnVector(type: type, storage: .numbers(numbers + [0]), nulls: nulls)
  }

  /// The code that each row has.
  func codes(of rows: Rows) -> [Int32] {
    switch (places, column.storage) {
    case (.dictionary(let table), .coded(let codes, _)):
      // That of null is the last.
      let codes: [Int32] = codes.values(of: rows)
      return codes.map { table[Int($0)] }
    case (.numbers(let low, let table), .numbers(let numbers)):
      // A null may have any number under it.
      let last = UInt64(table.count - 1)
      return codes(of: numbers, rows, null: table[table.count - 1]) {
        table[Int(truncatingIfNeeded: min(UInt64(bitPattern: $0 &- low), last))]
      }
    case (.days(let days, let null), .numbers(let numbers)):
      return codes(of: numbers, rows, null: null) { days[$0] }
    case (.dictionary, _), (.numbers, _), (.days, _):
      preconditionFailure("places are those of the column")
    }
  }

  @inline(__always)
  private func codes(
    of numbers: PackedNumbers, _ rows: Rows, null: Int32, _ code: (Int64) -> Int32
  ) -> [Int32] {
    let numbers: [Int64] = numbers.values(of: rows)
    var codes = numbers.map(code)
    column.nulls(of: rows)?.forEachSet { codes[$0] = null }
    return codes
  }
}

extension BoundExpression {
  /// The column of numbers that it is computed from, and nothing else but constants; nil where there
  /// is more.
  fileprivate var soleNumbers: Int? {
    switch self {
    case .column(let index, let type): return type == .text ? nil : index
    case .ancestor, .computed, .member, .aggregate, .lookup, .test, .shared: return nil
    case .constant, .compare, .within, .not, .all, .any, .isNull, .isEmpty, .oneOf, .match,
      .matches, .listContains, .arithmetic, .convert, .function, .conditional:
      let others = parts.filter { part in
        if case .constant = part { return false }
        return true
      }
      guard let first = others.first?.soleNumbers,
        others.allSatisfy({ $0.soleNumbers == first })
      else { return nil }
      return first
    }
  }

  /// The zone whose clocks tell the day of an instant, where nothing but that day matters.
  fileprivate var soleClocks: TimeZone? {
    switch self {
    case .function(.datePart(let part, let zone), let arguments, _) where part != .hour:
      return arguments[0].isColumn ? zone : nil
    case .function(.truncate(_, let zone), let arguments, _),
      .function(.daysSince(_, let zone), let arguments, _):
      return arguments[0].isColumn ? zone : nil
    case .convert(let inner, .datetimeToDate(let zone)): return inner.isColumn ? zone : nil
    case .column, .ancestor, .computed, .member, .aggregate, .lookup, .test, .shared, .constant:
      return nil
    case .compare, .within, .not, .all, .any, .isNull, .isEmpty, .oneOf, .match, .matches,
      .listContains, .arithmetic, .convert, .function, .conditional:
      let others = parts.filter { $0.soleNumbers != nil }
      guard let first = others.first?.soleClocks,
        others.allSatisfy({ $0.soleClocks == first })
      else { return nil }
      return first
    }
  }

  private var isColumn: Bool {
    if case .column = self { return true }
    return false
  }

  /// What it comes to for each value of its only column.
  fileprivate func values(
    ofEach inputs: ColumnVector, _ evaluator: Evaluator
  ) throws(EngineError) -> ColumnVector {
    switch self {
    case .column: return inputs
    case .lookup(_, let entries): return entries
    case .constant, .ancestor, .computed, .compare, .within, .not, .all, .any, .isNull, .isEmpty,
      .oneOf, .match, .matches, .listContains, .member, .arithmetic, .convert, .function,
      .conditional, .aggregate, .test, .shared:
      let field = Field(name: "value", header: "value", type: inputs.type)
      let table = Table(name: "", columns: [Column(field, inputs)], rowCount: inputs.count)
      return try evaluator.values(onlyColumn, table, .range(0..<inputs.count))
    }
  }

  /// The same over a table that has that column alone.
  private var onlyColumn: BoundExpression {
    if case .column(_, let type) = self { return .column(0, type) }
    return mapParts { $0.onlyColumn }
  }
}
