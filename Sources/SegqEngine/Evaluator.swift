import SegqRecords

/// Computes expressions for many rows at a time.
///
/// Not shared between threads; remembers what went wrong on the way without being an error.
final class Evaluator {
  let execution: Execution
  /// How often something was divided by zero; such a value is null.
  var divisionsByZero = 0
  /// What steps took, where it is to be known; told in nanoseconds by `clock`.
  var profile: PlanProfile?
  var clock: (@Sendable () -> Int64)?
  /// The table of the step that ended last.
  var lastTable: Table?

  /// Children of the rows that are looked at.
  var families: [Children] = []
  /// What conditions have in common, for the rows that are looked at.
  var common = CommonParts()

  /// The zone in which days were asked for last.
  private var clocks = ZoneOffsets(.utc)

  init(_ execution: Execution) { self.execution = execution }

  /// Looks at the interrupt; once per row group.
  func checkInterrupt() throws(EngineError) {
    if execution.isInterrupted() { throw .interrupted }
  }

  /// The value of each row.
  func values(
    _ expression: BoundExpression, _ table: Table, _ rows: Rows
  ) throws(EngineError) -> ColumnVector {
    switch expression {
    case .constant(let value, let type): return .constant(value, type, count: rows.count)
    case .column(let index, _): return table.columns[index].values.vector(of: rows)
    case .lookup(let column, let entries):
      return table.columns[column].values.looked(up: entries, rows)
    case .shared(let part) where part.type != .boolean:
      return try values(part, table, rows)
    case .ancestor(let level, let column, _):
      let (ancestor, parents) = Self.ancestors(table, rows, level)
      return ancestor.columns[column].values.gathered(withMissing: parents)
    case .computed(let level, let column):
      guard level > 0 else { return column.values.vector(of: rows) }
      return column.values.gathered(withMissing: Self.ancestors(table, rows, level).1)
    case .arithmetic(let operation, let a, let b, let type):
      let (left, right) = (try values(a, table, rows), try values(b, table, rows))
      return try arithmetic(operation, left, right, type)
    case .convert(let inner, let conversion):
      return try convert(try values(inner, table, rows), conversion)
    case .function(let function, let arguments, let type):
      var vectors: [ColumnVector] = []
      for argument in arguments { vectors.append(try values(argument, table, rows)) }
      return try apply(function, vectors, type)
    case .conditional(let condition, let a, let b):
      let yes = try truth(condition, table, rows).yes
      return .choosing(yes, try values(a, table, rows), else: try values(b, table, rows))
    case .aggregate(let aggregate): return try self.aggregate(aggregate, table, rows)
    case .compare, .within, .not, .all, .any, .isNull, .isEmpty, .oneOf, .match, .matches,
      .listContains, .member, .test, .shared:
      let truth = try truth(expression, table, rows)
      let numbers = (0..<rows.count).map { Int64(truth.yes[$0] ? 1 : 0) }
      return ColumnVector(type: .boolean, storage: .numbers(numbers), nulls: truth.unknown)
    }
  }

  /// What a condition says of each row.
  func truth(
    _ expression: BoundExpression, _ table: Table, _ rows: Rows
  ) throws(EngineError) -> Truth {
    if case .range(let range) = rows, let truth = expression.scanned(table, range) { return truth }
    switch expression {
    case .not(let inner): return !(try truth(inner, table, rows))
    case .all(let parts): return try all(parts, table, rows)
    case .any(let parts): return try any(parts, table, rows)
    case .compare(let comparison, let a, .constant(let value, _), _)
    where a.type != .text && value != .null:
      guard let number = value.number else { preconditionFailure("numbers compare with numbers") }
      return Comparing.compare(comparison, try values(a, table, rows), with: number)
    case .compare(let comparison, let a, let b, let isExact):
      let left = try values(a, table, rows)
      return Comparing.compare(comparison, left, try values(b, table, rows), isExact: isExact)
    case .within(let inner, let low, let high):
      return Comparing.within(try values(inner, table, rows), low: low, high: high)
    case .isNull(let inner):
      let vector = try values(inner, table, rows)
      return Truth(yes: vector.nulls ?? Bitmap(count: rows.count))
    case .isEmpty(let inner):
      return Truth(yes: Comparing.empty(try values(inner, table, rows)))
    case .oneOf(let inner, let values):
      return Comparing.oneOf(try self.values(inner, table, rows), values)
    case .match(let pattern, let inner):
      return Comparing.test(try values(inner, table, rows)) { pattern.matches($0) }
    case .matches(let matcher, let inner):
      return try Comparing.test(try values(inner, table, rows), matcher)
    case .listContains(let inner, let text, let isExact):
      return Comparing.listContains(try values(inner, table, rows), text, isExact: isExact)
    case .test(let column, let test): return table.columns[column].values.tested(test, rows)
    case .member(let level, let set): return Self.membership(table, rows, level, set)
    case .shared(let part): return try truth(part, table, rows)
    case .aggregate(let aggregate):
      if case .range(let range) = rows, let exists = try childExists(aggregate, range) {
        return exists
      }
      return Comparing.truth(of: try values(expression, table, rows))
    case .constant, .column, .ancestor, .computed, .arithmetic, .convert, .function, .conditional,
      .lookup:
      return Comparing.truth(of: try values(expression, table, rows))
    }
  }

  /// What reads columns where they lie comes first; the rest looks at the rows that are left: where
  /// they are few, to save time, and where it can go wrong, since only they were asked about.
  private func all(
    _ parts: [BoundExpression], _ table: Table, _ rows: Rows
  ) throws(EngineError) -> Truth {
    var result = Truth(count: rows.count, all: true)
    for part in parts where part.isScan(table) {
      result = result && (try truth(part, table, rows))
    }
    for part in parts where !part.isScan(table) {
      let left = result.possible
      if left.isEmpty { break }
      result = result && (try truth(part, table, rows, of: left))
    }
    return result
  }

  /// The same of conditions of which one is enough: the rest looks at the rows of which none has said
  /// yes.
  private func any(
    _ parts: [BoundExpression], _ table: Table, _ rows: Rows
  ) throws(EngineError) -> Truth {
    var result = Truth(count: rows.count, all: false)
    for part in parts where part.isScan(table) {
      result = result || (try truth(part, table, rows))
    }
    for part in parts where !part.isScan(table) {
      let left = ~result.yes
      if left.isEmpty { break }
      result = result || (try truth(part, table, rows, of: left))
    }
    return result
  }

  /// What a condition says of the rows of a mask, where it is worth it or it could fail on others; what
  /// it says of those is of no meaning.
  func truth(
    _ part: BoundExpression, _ table: Table, _ rows: Rows, of mask: Bitmap
  ) throws(EngineError) -> Truth {
    // What others have asked, or will, is asked of all at once.
    if case .shared = part { return try truth(part, table, rows) }
    let count = mask.setCount
    guard rows.areOfTable, count < (part.canFail ? rows.count : rows.count / 4) else {
      return try truth(part, table, rows)
    }
    return try truth(part, table, .list(rows.filtered(mask))).spread(over: mask)
  }

  private static func ancestors(
    _ table: Table, _ rows: Rows, _ level: Int
  ) -> (Table, [Int32]) {
    guard let link = table.parent else { preconditionFailure("\(table.name) has no parent") }
    var (ancestor, parents) = (link.table, rows.parents(along: link))
    for _ in 1..<level {
      guard let next = ancestor.parent else { preconditionFailure("no parent that far up") }
      parents = next.parents(of: parents)
      ancestor = next.table
    }
    return (ancestor, parents)
  }

  private static func membership(
    _ table: Table, _ rows: Rows, _ level: Int, _ set: RowSet
  ) -> Truth {
    if level == 0, case .range(let range) = rows { return Truth(yes: set.slice(range)) }
    let owners =
      level == 0
      ? (0..<rows.count).map { Int32(rows.row($0)) }
      : ancestors(table, rows, level).1
    var yes = Bitmap(count: rows.count)
    for (i, row) in owners.enumerated() where row >= 0 && set.contains(Int(row)) { yes[i] = true }
    return Truth(yes: yes)
  }

  private func arithmetic(
    _ operation: BoundExpression.Arithmetic, _ a: ColumnVector, _ b: ColumnVector,
    _ type: DataType
  ) throws(EngineError) -> ColumnVector {
    if operation == .concatenate { return Functions.concatenated(a, b) }
    guard let left = a.numbers, let right = b.numbers else {
      preconditionFailure("arithmetic on text")
    }
    var nulls = a.nulls.union(b.nulls)
    var result = [Int64](repeating: 0, count: left.count)
    for i in result.indices where !(nulls?[i] ?? false) {
      if operation == .divide, right[i] == 0 {
        divisionsByZero += 1
        if nulls == nil { nulls = Bitmap(count: left.count) }
        nulls?[i] = true
        continue
      }
      guard let value = Self.compute(operation, left[i], right[i], type) else {
        throw .overflow("the result of a calculation")
      }
      result[i] = value
    }
    return ColumnVector(type: type, storage: .numbers(result), nulls: nulls)
  }

  /// Both sides in the result's unit; nil where it leaves 64 bits.
  private static func compute(
    _ operation: BoundExpression.Arithmetic, _ a: Int64, _ b: Int64, _ type: DataType
  ) -> Int64? {
    let wide: Int128
    switch operation {
    case .add: wide = Int128(a) + Int128(b)
    case .subtract: wide = Int128(a) - Int128(b)
    case .multiply:
      let product = Int128(a) * Int128(b)
      wide = type == .decimal ? Rounding.divide(product, Int128(Decimal.scale)) : product
    case .divide: wide = Rounding.divide(Int128(a) * Int128(Decimal.scale), Int128(b))
    case .concatenate: return nil
    }
    return Int64(exactly: wide)
  }

  private func apply(
    _ function: ScalarFunction, _ arguments: [ColumnVector], _ type: DataType
  ) throws(EngineError) -> ColumnVector {
    if let zone = function.zone, zone != clocks.zone { clocks = ZoneOffsets(zone) }
    return try Functions.apply(function, arguments, type, &clocks)
  }

  private func convert(
    _ vector: ColumnVector, _ conversion: BoundExpression.Conversion
  ) throws(EngineError) -> ColumnVector {
    let map: (Int64) -> Int64?
    switch conversion {
    case .toText(let zone): return Functions.shown(vector, zone)
    case .integerToDecimal:
      map = {
        let (units, overflow) = $0.multipliedReportingOverflow(by: Decimal.scale)
        return overflow ? nil : units
      }
    case .datetimeToDate(let zone):
      if zone != clocks.zone { clocks = ZoneOffsets(zone) }
      return Functions.days(vector, &clocks)
    case .dateToDatetime(let zone): map = { zone.startOfDay($0) }
    }
    guard let numbers = vector.numbers else { preconditionFailure("conversion of text") }
    var result: [Int64] = []
    result.reserveCapacity(numbers.count)
    for number in numbers {
      guard let value = map(number) else { throw .overflow("a number made a decimal") }
      result.append(value)
    }
    return ColumnVector(
      type: BoundExpression.convert(.constant(.null, vector.type), conversion).type,
      storage: .numbers(result), nulls: vector.nulls)
  }

  /// The figure over the children of each row.
  private func aggregate(
    _ aggregate: Aggregate, _ table: Table, _ rows: Rows
  ) throws(EngineError) -> ColumnVector {
    if case .range(let range) = rows, let figure = try childFigure(aggregate, range) {
      return figure
    }
    var accumulator = Accumulator(aggregate, groups: rows.count)
    let owners = (0..<rows.count).map { Int32($0) }
    try accumulate(aggregate, table, rows, owners, into: &accumulator)
    return try accumulator.finish()
  }

  /// Adds rows, or their children, to the groups that own them.
  func accumulate(
    _ aggregate: Aggregate, _ table: Table, _ rows: Rows, _ owners: [Int32],
    into accumulator: inout Accumulator
  ) throws(EngineError) {
    if let members = aggregate.members {
      return try members.accumulate(rows, owners, into: &accumulator)
    }
    var (table, rows, owners) = (table, rows, owners)
    for child in aggregate.path {
      guard let link = child.parent else { preconditionFailure("\(child.name) hangs on nothing") }
      let (children, positions) = rows.children(along: link)
      owners = positions.map { owners[Int($0)] }
      (table, rows) = (child, children)
    }
    if let filter = aggregate.filter {
      let yes = try truth(filter, table, rows).yes
      let kept = rows.filtered(yes)
      owners = yes.positions.map { owners[$0] }
      rows = .list(kept)
    }
    let argument = try aggregate.argument.map { (e) throws(EngineError) in
      try values(e, table, rows)
    }
    let order = try aggregate.order.map { (e) throws(EngineError) in try values(e, table, rows) }
    try accumulator.add(owners, argument, order: order)
  }
}

extension Aggregate.Members {
  /// Adds, for each segment, its members among the rows.
  func accumulate(
    _ rows: Rows, _ owners: [Int32], into accumulator: inout Accumulator
  ) throws(EngineError) {
    for (place, set) in sets.enumerated() {
      var found: [Int32] = []
      if case .range(let range) = rows {
        set.slice(range).forEachSet { found.append(owners[$0]) }
      } else {
        for position in 0..<rows.count where set.contains(rows.row(position)) {
          found.append(owners[position])
        }
      }
      let places = [Int32](repeating: Int32(place), count: found.count)
      try accumulator.add(found, values?.gathered(places), order: order?.gathered(places))
    }
  }
}

extension Bitmap? {
  func union(_ other: Bitmap?) -> Bitmap? {
    guard let self else { return other }
    return other.map { self | $0 } ?? self
  }
}
