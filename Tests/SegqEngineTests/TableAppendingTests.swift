import SegqRecords
import Synchronization
import Testing

@testable import SegqEngine

/// A table that grew beside the same rows read at once.
@Suite("Tables that grow")
struct TableAppendingTests {
  /// Rows of orders: ids in no order, owners of whom some are missing, values of every kind.
  private struct Rows {
    var ids: [Int64?] = []
    var owners: [Int64?] = []
    var totals: [Int64?] = []
    var few: [String?] = []
    var free: [String?] = []

    init(_ ids: [Int], _ dice: inout Dice) {
      for id in ids {
        self.ids.append(Int64(id))
        owners.append(dice.roll(11) == 0 ? nil : Int64(dice.roll(1200)))
        totals.append(dice.roll(7) == 0 ? nil : Int64(dice.roll(900_000)) << (id % 3 * 8))
        few.append(dice.roll(5) == 0 ? nil : ["open", "Open", "", "closed"][dice.roll(4)])
        free.append(dice.roll(5) == 0 ? nil : "ß\(dice.roll(1 << 30))")
      }
    }

    init(_ a: Rows, _ b: Rows) {
      (ids, owners, totals) = (a.ids + b.ids, a.owners + b.owners, a.totals + b.totals)
      (few, free) = (a.few + b.few, a.free + b.free)
    }

    func builder(of customers: Table, areCoded: Bool = false) -> TableBuilder {
      let vectors: [ColumnVector] = [
        .numbers(ids), .numbers(owners), .numbers(totals, .decimal),
        .texts(few, areCoded: areCoded), .texts(free),
      ]
      var builder = TableBuilder(
        name: "orders",
        columns: zip(["id", "customer", "total", "status", "note"], vectors).map {
          LoadedColumn(Field(name: $0, header: $0, type: $1.type), $1)
        })
      builder.idColumn = 0
      builder.parent = (customers, LinkKey(id: 1))
      return builder
    }
  }

  private static let places = [0, 1, 2, 3, 4]

  private static func customers(_ ids: [Int]) -> Table {
    var builder = TableBuilder(
      name: "customers",
      columns: [
        LoadedColumn(
          Field(name: "id", header: "id", type: .integer), .numbers(ids.map { Int64($0) }))
      ])
    builder.idColumn = 0
    return builder.build()
  }

  private static func expectSame(_ a: Table, _ b: Table) {
    #expect(a.rowCount == b.rowCount)
    #expect(a.columns.map(\.values.type) == b.columns.map(\.values.type))
    for (one, other) in zip(a.columns, b.columns) {
      let rows = 0..<a.rowCount
      #expect(rows.allSatisfy { one.values[$0] == other.values[$0] }, "\(one.field.name)")
    }
    let rows = 0..<a.rowCount
    #expect(a.parent?.parents(of: rows) == b.parent?.parents(of: rows))
  }

  @Test("It is the table of all rows, whatever lies where", arguments: [0, 1, 2, 3])
  func grown(seed: Int) throws {
    var dice = Dice(UInt64(seed))
    let customers = Self.customers(Array(stride(from: 0, to: 1000, by: 1 + seed)))
    let sizes = [(0, 5), (7, 0), (9, 30), (30_000, 15_000)][seed]
    var ids = Array(1...(sizes.0 + sizes.1))
    for i in ids.indices { ids.swapAt(i, dice.roll(ids.count)) }
    let (first, second) = (
      Rows(Array(ids[..<sizes.0]), &dice), Rows(Array(ids[sizes.0...]), &dice)
    )
    for areCoded in [false, true] {
      var old = first.builder(of: customers, areCoded: areCoded)
      var builder = TableBuilder(rebuilding: old.build())
      builder.idColumn = 0
      var rows = second.builder(of: customers, areCoded: !areCoded)
      try builder.append(&rows, at: Self.places, in: .utc, .twoThreads)
      let built = builder.build(.twoThreads)
      let grown = try #require(built)
      var whole = Rows(first, second).builder(of: customers)
      Self.expectSame(grown, whole.build())
      #expect(builder.orphanCount == whole.orphanCount)
    }
  }

  @Test("Interrupted wherever it may be, it leaves the table as it was")
  func interrupted() throws {
    var dice = Dice(5)
    let customers = Self.customers(Array(0..<500))
    var old = Rows(Array(1...100), &dice).builder(of: customers)
    let table = old.build()
    let before = (0..<table.rowCount).map { row in table.columns.map { $0.values[row] } }
    let more = Rows(Array(101...150), &dice)
    var (looks, isDone) = (0, false)
    while !isDone {
      let left = Mutex(looks)
      let execution = Execution(isInterrupted: {
        left.withLock { left in
          left -= 1
          return left < 0
        }
      })
      var builder = TableBuilder(rebuilding: table)
      var rows = more.builder(of: customers)
      do throws(AppendingError) {
        try builder.append(&rows, at: Self.places, in: .utc, execution)
        isDone = builder.build(execution)?.rowCount == 150
      } catch {
        guard case .interrupted = error else { throw error }
      }
      looks += 1
    }
    #expect(looks > 5)
    #expect((0..<table.rowCount).map { row in table.columns.map { $0.values[row] } } == before)
  }

  @Test("What hangs on a table that grew finds its rows again, and what hangs on that")
  func links() throws {
    var dice = Dice(8)
    let orders = Rows(Array(1...400), &dice)
    var builder = orders.builder(of: Self.customers([3, 700]))
    let table = builder.build()
    var items = TableBuilder(
      name: "items",
      columns: [
        LoadedColumn(
          Field(name: "order", header: "order", type: .integer),
          .numbers((1...900).map { _ in Int64(dice.roll(450)) }))
      ])
    items.parent = (table, LinkKey(id: 0))
    var store = Store()
    for table in [Self.customers([3, 700]), table, items.build()] { store.put(table) }
    // The customers that the orders were built on.
    store.put(try #require(table.parent?.table))
    let grown = Self.customers(Array(0..<1000))
    let isLinked = store.replace(grown, Execution())
    #expect(isLinked)
    var expected = orders.builder(of: grown)
    let again = expected.build()
    Self.expectSame(try #require(store.table(named: "orders")), again)
    let linked = try #require(store.table(named: "items"))
    #expect(linked.parent?.table === store.table(named: "orders"))
    for row in 0..<linked.rowCount {
      let key = try #require(linked.columns[0].values[row].number)
      let owner = again.index?.row(of: key).map { Int32($0) } ?? -1
      #expect(linked.parent?.parents(of: [Int32(row)]) == [owner])
    }
    let isReplaced = store.replace(Self.customers([1]), Execution(isInterrupted: { true }))
    #expect(!isReplaced)
  }
}
