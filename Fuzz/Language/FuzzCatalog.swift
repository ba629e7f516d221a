import SegqEngine
import SegqLanguage
import SegqPlanner
import SegqRecords

/// A store of three customers with orders and two segments, for names to be looked up in.
final class FuzzCatalog: Catalog {
  private let tables: [Table]
  let segments: [Segment]
  let selected: Set<Int> = [1]
  var grid: Table { Store.grid(segments, selected: selected) { _ in nil } }
  var variables = Variables()
  let isChecking = false
  let now: Int64 = 1_790_000_000
  let zone = TimeZone.utc

  init() {
    func column(_ name: String, _ type: DataType, _ values: [Value]) -> LoadedColumn {
      LoadedColumn(Field(name: name, header: name, type: type), ColumnVector(values, type: type))
    }
    var customers = TableBuilder(
      name: "customers",
      columns: [
        column("id", .integer, [.integer(1), .integer(2), .integer(3)]),
        column("email", .text, [.text("a@b"), .null, .text("É@ß")]),
        column("country", .text, [.text("France"), .text("France"), .null]),
        column("since", .datetime, [.datetime(0), .datetime(1_700_000_000), .null]),
      ])
    customers.idColumn = 0
    let parent = customers.build()
    var orders = TableBuilder(
      name: "orders",
      columns: [
        column("id", .integer, [.integer(10), .integer(11)]),
        column("customer", .integer, [.integer(1), .integer(9)]),
        column("total", .decimal, [.decimal(Decimal(units: 125_000)), .null]),
        column("date", .date, [.date(19_000), .date(20_000)]),
      ])
    orders.idColumn = 0
    orders.dateColumn = 3
    orders.parent = (parent, LinkKey(id: 1))
    tables = [parent, orders.build()]
    var known = Segment(id: 1, name: "VIP", isActive: true, websites: [])
    known.setMembers(RowSet(Bitmap(count: 3, filledWith: true)))
    known.rule = "in 2"
    segments = [known, Segment(id: 2, name: "Other", isActive: false, websites: ["Main"])]
    variables["x"] = .literal(.number("5"))
    variables["args"] = .list([.string("a"), .number("1")])
    variables["s"] = .row([("id", .literal(.number("1"))), ("name", .unknown(.text))])
  }

  var tableNames: [String] { tables.map(\.name) }
  func parent(of name: String) -> String? { name == "orders" ? "customers" : nil }
  func table(_ name: String) throws(Diagnostic) -> Table {
    guard let table = tables.first(where: { $0.name == name }) else {
      throw Diagnostic(code: "unknown-table", "no table \(name)")
    }
    return table
  }
  func columnNames(of table: String) -> [String] {
    tables.first { $0.name == table }?.columns.map(\.field.name) ?? []
  }
  func lastResult() throws(Diagnostic) -> Table { tables[0] }
  func computedColumn(_ name: String, of table: Table) throws(Diagnostic) -> Column? {
    guard table.name == "customers", name == "rfm_group" else { return nil }
    return tables[0].columns[2]
  }
  func matcher(_ pattern: String) throws(PatternError) -> any TextMatcher {
    throw PatternError(message: "none here", offset: 0)
  }
  func overlap(_ places: [Int]) -> Table {
    Table.of([], Store.overlapFields, name: "overlap", hidden: ["name_a", "name_b"])
  }
  var guessesTypes: Bool { false }
  func obstacle(toSegmentAt place: Int) -> Obstacle? { nil }
  func customers(matching condition: BoundExpression, forRow row: Int, of grid: Table) -> RowSet {
    RowSet(all: tables[0].rowCount)
  }
  func matching(_ rule: BoundExpression, websites: [String]) throws(Diagnostic) -> RowSet {
    RowSet(rowCount: tables[0].rowCount)
  }
  func members(_ set: SegmentSet) -> RowSet { RowSet(rowCount: 3) }
  func synonyms(of value: String, in field: Field) -> [String] { value == "FR" ? ["France"] : [] }
  func batch(of plan: QueryPlan) throws(Diagnostic) -> RecordBatch {
    do throws(EngineError) {
      let answer = try Answer(plan, Execution())
      return try answer.batch(0..<answer.rowCount)
    } catch { throw Diagnostic(code: "engine", "\(error)") }
  }
}
