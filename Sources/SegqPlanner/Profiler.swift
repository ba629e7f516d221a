import SegqEngine
import SegqLanguage
import SegqRecords

/// What is typical of some customers: how many of them, and of the base, have each value.
///
/// ```
/// attribute,value,customers,share,base_share,lift,difference,p
/// country,France,120,0.4,0.206,1.9417,higher,0
/// ```
struct Profiler {
  let catalog: any Catalog
  let customers: Table
  let members: RowSet
  /// Nil: all customers.
  let base: RowSet?
  private let baseCount: Int
  private let sharedCount: Int

  init(catalog: any Catalog, customers: Table, members: RowSet, base: RowSet?) {
    (self.catalog, self.customers) = (catalog, customers)
    (self.members, self.base) = (members, base)
    baseCount = base?.count ?? customers.rowCount
    sharedCount = base.map { members.sharedCount(with: $0) } ?? members.count
  }

  /// A value beside how many have it.
  private struct Cell {
    var value: String?
    var (members, base, shared) = (0, 0, 0)
    /// Where it stands among the values of its attribute.
    var place: Int64?
  }

  /// The table of the profile. Named attributes stand in their order; without names they stand by
  /// how much they differ, each with the values that differ most.
  func table(by named: [Attribute]) throws(Diagnostic) -> Table {
    let attributes = named.isEmpty ? Attribute.all(of: customers, catalog) : named
    var parts: [(attribute: Attribute, cells: [Cell], strength: Double)] = []
    for attribute in attributes {
      let cells = try cells(of: attribute)
      parts.append((attribute, cells, strength(cells)))
    }
    // Each value is a question, and chance answers one in twenty wrongly.
    let questions = parts.reduce(0) { $0 + $1.cells.count }
    if named.isEmpty {
      parts.sort { $0.strength > $1.strength }
      parts = parts.map { ($0.attribute, telling($0.cells), $0.strength) }
    }
    let rows = parts.flatMap { part in
      part.cells.map { row(part.attribute, $0, part.strength, questions) }
    }
    return Table.of(rows, Self.fields, name: "profile", hidden: ["strength"])
  }

  static let fields =
    [("attribute", .text), ("value", .text), ("customers", .integer), ("share", .decimal)].fields
    + [("base_share", .decimal), ("lift", .decimal), ("difference", .text), ("p", .decimal)].fields
    + [("strength", .decimal)].fields

  // Counting.

  private func cells(of attribute: Attribute) throws(Diagnostic) -> [Cell] {
    guard let quantiles = try quantiles(of: attribute) else {
      return try counted(attribute.key) { $0 == .null ? nil : $0.text(in: catalog.zone) }
    }
    let key = attribute.key.asDate(catalog.zone)
    return try counted(quantiles.part(of: key)) { value in
      value.number.map { quantiles.label(Int($0)) }
    }.sorted { ($0.place ?? .max) < ($1.place ?? .max) }
  }

  /// So many different numbers are shown one by one.
  private static let fewValues = 8
  private static let sampleSize = 20_000

  /// The parts that numbers and dates fall into, by those of the base; nil where values are counted
  /// one by one. The base may have few values where members have millions: what customers without an
  /// order spent is 0.
  private func quantiles(of attribute: Attribute) throws(Diagnostic) -> Quantiles? {
    let key = attribute.key.asDate(catalog.zone)
    guard key.type.isNumeric || key.type.isTemporal else { return nil }
    var numbers = try sample(of: key, base)
    if Set(numbers).count <= Self.fewValues, base != nil { numbers += try sample(of: key, members) }
    guard Set(numbers).count > Self.fewValues else { return nil }
    return Quantiles(numbers, type: key.type)
  }

  /// The values of every so manieth customer of a set, or of all.
  private func sample(
    of key: BoundExpression, _ customersOf: RowSet?
  ) throws(Diagnostic) -> [Int64] {
    let field = Field(name: "value", header: "value", type: key.type)
    let rows = sampled(customersOf)
    let values = try catalog.batch(
      of: QueryPlan(.scan(customers, rows), showing: [NamedExpression(field, key)]))
    return (0..<values.rowCount).compactMap { values.columns[0][$0].number }
  }

  private func sampled(_ set: RowSet?) -> RowSet {
    let count = set?.count ?? customers.rowCount
    let places = stride(from: 0, to: count, by: max(1, count / Self.sampleSize))
    let rows = set?.rows
    return RowSet(
      ascending: places.map { rows?[$0] ?? Int32(truncatingIfNeeded: $0) },
      rowCount: customers.rowCount)
  }

  private func counted(
    _ key: BoundExpression, _ text: (Value) -> String?
  ) throws(Diagnostic) -> [Cell] {
    try cells(of: key).map { value, counts in
      Cell(
        value: text(value), members: counts.members, base: counts.base, shared: counts.shared,
        place: value.number)
    }.sorted {
      ($1.members, $1.base, $0.value ?? "~") < ($0.members, $0.base, $1.value ?? "~")
    }
  }

  private typealias Counts = (members: Int, base: Int, shared: Int)

  /// How many have each value. Texts of few values are counted by the sets of their codes; all else in
  /// one pass, by who is in which of the two sets.
  private func cells(of key: BoundExpression) throws(Diagnostic) -> [Value: Counts] {
    var cells: [Value: Counts] = [:]
    if case .column(_, .text) = key {
      for (value, count) in try counts(of: [key], members) {
        cells[value[0], default: (0, 0, 0)].members = count
      }
      for (value, count) in try counts(of: [key], base) {
        cells[value[0], default: (0, 0, 0)].base = count
      }
      let shared = try base.map { (base) throws(Diagnostic) in
        try counts(of: [key], members.intersection(base))
      }
      return Dictionary(
        uniqueKeysWithValues: cells.map { value, counts in
          // Of all customers the members are a part.
          (value, (counts.members, counts.base, shared.map { $0[[value]] ?? 0 } ?? counts.members))
        })
    }
    let sets = [members] + (base.map { [$0] } ?? [])
    // Neighbouring rows are counted faster than some of them here and there.
    let some = base.map { RowSet.union([members, $0], rowCount: customers.rowCount) }
    let rows = some.flatMap { $0.count > $0.rowCount / 8 ? nil : $0 }
    let keys = [key] + sets.map { .member(level: 0, $0) }
    for (values, count) in try counts(of: keys, rows) {
      let isMember = values[1] == .boolean(true)
      let isOfBase = values.count < 3 || values[2] == .boolean(true)
      if isMember { cells[values[0], default: (0, 0, 0)].members += count }
      if isOfBase { cells[values[0], default: (0, 0, 0)].base += count }
      if isMember, isOfBase { cells[values[0], default: (0, 0, 0)].shared += count }
    }
    return cells
  }

  private func counts(
    of keys: [BoundExpression], _ rows: RowSet?
  ) throws(Diagnostic) -> [[Value]: Int] {
    let named = keys.enumerated().map { place, key in
      NamedExpression(Field(name: "key", header: "key", type: key.type), key)
    }
    let count = Field(name: "n", header: "n", type: .integer)
    let shown = named.enumerated().map { place, key in
      NamedExpression(key.field, .column(place, key.field.type))
    }
    let groups = try catalog.batch(
      of: QueryPlan(
        .aggregate(
          .scan(customers, rows), keys: named,
          figures: [(count, Aggregate(.count, over: [], of: nil))]),
        showing: shown + [NamedExpression(count, .column(keys.count, .integer))]))
    var counts: [[Value]: Int] = [:]
    for row in 0..<groups.rowCount {
      let number = Int(groups.columns[keys.count][row].number ?? 0)
      if number > 0 { counts[keys.indices.map { groups.columns[$0][row] }] = number }
    }
    return counts
  }

  // Judging.

  private func proportions(_ cell: Cell) -> Proportions {
    Proportions(
      cell.members, of: members.count, and: cell.base, of: baseCount, shared: cell.shared,
      of: sharedCount)
  }

  /// Cramér's V of the attribute: 0 where members are as the others, 1 where they share no value.
  private func strength(_ cells: [Cell]) -> Double {
    let total = members.count + baseCount - sharedCount
    guard total > 0 else { return 0 }
    let sum = cells.reduce(0) { $0 + proportions($1).chiSquare }
    return (sum / Double(total)).squareRoot()
  }

  private static let mostTelling = 5

  /// The values that differ most, of an attribute that nobody named.
  private func telling(_ cells: [Cell]) -> [Cell] {
    let known = cells.enumerated().map { (place: $0, cell: $1, sides: proportions($1)) }
    let best = known.sorted {
      ($0.sides.areTooFew ? 0 : abs($0.sides.z)) > ($1.sides.areTooFew ? 0 : abs($1.sides.z))
    }
    return best.prefix(Self.mostTelling).sorted { $0.place < $1.place }.map(\.cell)
  }

  private func row(
    _ attribute: Attribute, _ cell: Cell, _ strength: Double, _ questions: Int
  ) -> [Value] {
    let share = Decimal.share(cell.members, members.count)
    let baseShare = Decimal.share(cell.base, baseCount)
    let lift =
      cell.base == 0 || members.isEmpty
      ? Value.null
      : .decimal(
        Decimal(
          rounding: Double(cell.members) / Double(members.count)
            / (Double(cell.base) / Double(baseCount))))
    let sides = proportions(cell)
    let p = sides.areTooFew ? nil : min(1, sides.p * Double(questions))
    return [
      .text(attribute.name), cell.value.map { .text($0) } ?? .null,
      .integer(Int64(cell.members)), share, baseShare, lift, .text(verdict(sides, p)),
      p.map { .decimal(Decimal(rounding: $0)) } ?? .null, .decimal(Decimal(rounding: strength)),
    ]
  }

  /// In a word, at one in twenty for the whole answer (Bonferroni).
  private func verdict(_ sides: Proportions, _ p: Double?) -> String {
    guard let p else { return "too few" }
    return p >= 0.05 ? "chance" : sides.z > 0 ? "higher" : "lower"
  }
}

extension [(String, DataType)] {
  fileprivate var fields: [Field] { map { Field(name: $0.0, header: $0.0, type: $0.1) } }
}

extension Decimal {
  fileprivate init(rounding value: Double) {
    self.init(units: Int64((value * Double(Decimal.scale)).rounded()))
  }

  /// A part of a whole; null where the whole is nobody.
  fileprivate static func share(_ part: Int, _ whole: Int) -> Value {
    whole == 0 ? .null : .decimal(Decimal(rounding: Double(part) / Double(whole)))
  }
}
