public import SegqRecords

/// How the values of a column are to be read.
public struct ColumnTyping: Sendable {
  /// What a column is allowed to become.
  public enum Wish: Sendable, Hashable {
    /// What fits all its values.
    case any
    case text
    case integer
    case decimal
    /// A date, or a time where any value has a clock.
    case time
  }

  public var wish: Wish
  public var dateOrder: DateOrder?
  public var zone: TimeZone

  public init(_ wish: Wish, dateOrder: DateOrder?, zone: TimeZone) {
    self.wish = wish
    self.dateOrder = dateOrder
    self.zone = zone
  }

  /// A column read, and the rows whose value did not fit.
  public struct Result: Sendable {
    public var vector: ColumnVector
    public var badRows: [Int] = []
    /// How many numbers had more than four decimal places and were rounded.
    public var roundedCount = 0
  }

  /// Gives the values of a column their type. O(n).
  public func read(_ column: CSVDocument.RawColumn) -> Result {
    switch wish {
    case .text: return Result(vector: text(column))
    case .integer: return numbers(column, .integer) { FieldParse.integer($0) }
    case .decimal: return decimals(column)
    case .time: return times(column)
    case .any: return inferred(column)
    }
  }

  private func text(_ column: CSVDocument.RawColumn) -> ColumnVector {
    ColumnVector(
      type: .text, storage: .texts(FormulaGuard.unguarded(column.texts)),
      nulls: column.nulls.isEmpty ? nil : column.nulls)
  }

  private func inferred(_ column: CSVDocument.RawColumn) -> Result {
    guard column.nulls.setCount < column.texts.count else { return Result(vector: text(column)) }
    let readers: [() -> Result] = [
      { numbers(column, .integer, stopsEarly: true) { FieldParse.integer($0) } },
      { decimals(column, stopsEarly: true) },
      { times(column, stopsEarly: true) },
      { numbers(column, .boolean, stopsEarly: true) { FieldParse.boolean($0).map { $0 ? 1 : 0 } } },
    ]
    for reader in readers {
      let result = reader()
      if result.badRows.isEmpty { return result }
    }
    return Result(vector: text(column))
  }

  /// `stopsEarly`: the first value that does not fit ends it.
  private func numbers(
    _ column: CSVDocument.RawColumn, _ type: DataType, stopsEarly: Bool = false,
    _ parse: (ArraySlice<UInt8>) -> Int64?
  ) -> Result {
    var values: [Int64] = []
    values.reserveCapacity(column.texts.count)
    var nulls = column.nulls
    var bad: [Int] = []
    for row in 0..<column.texts.count {
      let range = column.texts.range(row)
      // Empty text in quotes is no number, and so null.
      if range.isEmpty {
        nulls[row] = true
        values.append(0)
      } else if let value = parse(column.texts.bytes[range]) {
        values.append(value)
      } else {
        bad.append(row)
        values.append(0)
        if stopsEarly { break }
      }
    }
    let vector = ColumnVector(
      type: type, storage: .numbers(values), nulls: nulls.isEmpty ? nil : nulls)
    return Result(vector: vector, badRows: bad)
  }

  /// `1.5`; an exact whole column of a wish stays decimal. `1e5` and `007` are no numbers.
  private func decimals(_ column: CSVDocument.RawColumn, stopsEarly: Bool = false) -> Result {
    var rounded = 0
    var result = numbers(column, .decimal, stopsEarly: stopsEarly) { text in
      // What begins like an id (`007`, `+49…`) is taken for a number only where one is wished for.
      if stopsEarly, text.count > 1,
        text.first == UInt8(ascii: "+")
          || text.first == UInt8(ascii: "0") && text.dropFirst().first != UInt8(ascii: ".")
      {
        return nil
      }
      guard let (value, isRounded) = FieldParse.decimal(text) else { return nil }
      if isRounded { rounded += 1 }
      return value.units
    }
    result.roundedCount = rounded
    return result
  }

  private func times(_ column: CSVDocument.RawColumn, stopsEarly: Bool = false) -> Result {
    let order = dateOrder ?? Self.order(of: column)
    var hasClock = false
    var result = numbers(column, .datetime, stopsEarly: stopsEarly) { text in
      guard let time = FieldParse.time(text, order: order) else { return nil }
      if time.clock != nil { hasClock = true }
      return time.instant(in: zone)
    }
    if !hasClock, result.badRows.count < column.texts.count {
      result = numbers(column, .date, stopsEarly: stopsEarly) { text in
        FieldParse.time(text, order: order)?.day
      }
    }
    return result
  }

  /// Month first, unless a value forbids it.
  private static func order(of column: CSVDocument.RawColumn) -> DateOrder {
    guard let first = (0..<column.texts.count).first(where: { !column.texts.range($0).isEmpty }),
      column.texts.bytes[column.texts.range(first)].contains(UInt8(ascii: "/"))
    else { return .monthFirst }
    let isDayFirst = (0..<column.texts.count).contains {
      FieldParse.isDayFirst(column.texts.bytes[column.texts.range($0)])
    }
    return isDayFirst ? .dayFirst : .monthFirst
  }
}

extension FormulaGuard {
  /// Texts without the `'` that a guarded file puts in front; copied only where one has it.
  static func unguarded(_ texts: TextVector) -> TextVector {
    let isGuarded = (0..<texts.count).contains { row in
      let range = texts.range(row)
      return !range.isEmpty && texts.bytes[range.lowerBound] == mark
    }
    guard isGuarded else { return texts }
    var result = TextVector()
    result.reserveCapacity(texts: texts.count, bytes: texts.bytes.count)
    for row in 0..<texts.count { result.append(unguard(texts.bytes[texts.range(row)])) }
    return result
  }
}
